"""Stage 6, Do (DO-1 to DO-14)."""

from pspworkbook.stages.do.page import Do, open

__all__ = ["Do", "open"]
