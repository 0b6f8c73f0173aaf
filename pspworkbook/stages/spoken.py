"""A ballot that is answered in words, and what was written offered to a register once the answers are shown."""

from collections.abc import Callable, Iterable

from pspworkbook.methods.offers import Offer
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.page import Page
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.part import Part


def spoken(page: Page, key: str, kind: str, propose: Callable[[], Iterable[Offer]], title: str) -> list[Part]:
    """The panel of the ballot, and below it what people wrote as records of ``kind``; nothing before it is shown."""
    [panel] = ballot(page, key)
    offers = Offers(page.session, kind, lambda: propose() if panel.state["shown"] else (), ["answer"], title=title)  # type: ignore[attr-defined]
    panel.observe(lambda _change: offers.refresh(), "state")
    return [panel, offers]
