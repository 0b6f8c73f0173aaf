"""A ballot on any stage's page: ``self.tool("TP-6", *ballot(self, "readiness"))``."""

from pspworkbook.guide.ballots import ballots
from pspworkbook.stages.page import Page, page_of_library
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.part import Part
from pspworkbook.workbook.joining import to_ask_about


def ballot(page: Page, key: str, *, review: bool = False, own: bool = True) -> list[Part]:
    """The parts that show one ballot: the panel, and below it its picture. ``review`` takes it again.

    ``own`` is false where another part of the page takes people's own answers.

    A ballot about the records of a register asks about those that were
    there when the page was opened. Raises KeyError when there is no such ballot.
    """
    asked = ballots()[key]
    if asked.items_of:
        entries = page.session.now.records(asked.items_of)
        if not entries:
            return []  # nothing to ask about yet
        asked = asked.with_items(to_ask_about(entries))
    panel = BallotPanel(page.session, asked, page_of_library(), review=review, own=own)
    return [panel] if panel.ballot.free_text else [panel, panel.chart]
