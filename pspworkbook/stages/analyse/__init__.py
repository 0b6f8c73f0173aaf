"""Stage 4, Analyse. So far: the forecast SROI (AN-3) and its principles (AN-4), as six steps that a group can walk."""

from pspworkbook.stages.analyse.page import Analyse, open

__all__ = ["Analyse", "open"]
