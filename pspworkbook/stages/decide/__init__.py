"""Stage 2, To PSP or not: is a PSP the right way, does the law allow it, and what was decided (TP-1 to TP-14)."""

from pspworkbook.stages.decide.page import Decide, open

__all__ = ["Decide", "open"]
