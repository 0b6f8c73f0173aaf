"""Stage 1, Identify the need: what is hard for whom, how we know, and who has to be in the room (ID-1 to ID-12)."""

from pspworkbook.stages.identify.page import Identify, open

__all__ = ["Identify", "open"]
