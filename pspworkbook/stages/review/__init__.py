"""Stage 7, Review (RV-1 to RV-11)."""

from pspworkbook.stages.review.page import Review, open

__all__ = ["Review", "open"]
