"""Stage 3, Form a partnership: partners, their time, what they agree on paper, and how they meet (FP-1 to FP-12)."""

from pspworkbook.stages.form.page import Form, open

__all__ = ["Form", "open"]
