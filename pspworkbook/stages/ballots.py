"""A ballot on any stage's page: ``self.tool("TP-6", *ballot(self, "readiness"))``."""

from pspworkbook.guide.ballots import ballots
from pspworkbook.stages.page import Page, page_of_library
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.part import Part


def ballot(page: Page, key: str, *, review: bool = False, own: bool = True) -> list[Part]:
    """The parts that show one ballot: the panel, and below it its picture. ``review`` takes it again.

    ``own`` is false where another part of the page takes people's own answers.

    A ballot about the records of a register asks about those that are there. Raises KeyError when there is no such ballot.
    """
    panel = BallotPanel(page.session, ballots()[key], page_of_library(), review=review, own=own)
    return [panel] if panel.ballot.free_text else [panel, panel.chart]
