"""Stage 5, Plan (PL-1 to PL-25)."""

from pspworkbook.stages.plan.page import Plan, open

__all__ = ["Plan", "open"]
