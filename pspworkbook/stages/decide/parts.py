"""Parts that stage 2 needs: rows offered by a rule, and views of a ballot's answers, held back as the ballot does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pspworkbook.charts.picture import Picture
from pspworkbook.methods.findings import StageGap
from pspworkbook.records import Answer
from pspworkbook.stages.page import Page, words
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.passage import Passage
from pspworkbook.widgets.register import Register
from pspworkbook.widgets.session import Session

Offer = Callable[[], list[Mapping[str, Any]]]


class OfferedRows(Register):
    """A register that offers rows by a rule, anew at every look; a row is there as soon as its ``by`` fields are."""

    def __init__(
        self, session: Session, kind: str, offer: Offer, by: Sequence[str], button: str = "", **more: Any
    ) -> None:
        self._offer, self._by = offer, tuple(by)
        super().__init__(session, kind, **more)
        if button:
            self.words = {**self.words, "seed": button, "seed_rest": button}
        session.watch(["answer"], self.refresh)

    def _unseeded(self) -> list[dict[str, Any]]:
        there = {
            tuple(getattr(entry.record, name) for name in self._by) for entry in self.session.now.records(self.kind)
        }
        return [dict(row) for row in self._offer() if tuple(row[name] for name in self._by) not in there]


def held_back(page: Page, panel: BallotPanel, template: str, facts: Callable[[int], dict[str, Any]]) -> Passage:
    """A passage on a ballot's answers. Like the panel it says nothing until the answers are shown there.

    ``facts`` gets the round that the panel shows.
    """

    def say() -> str:
        return words(template, **facts(panel.state["view"])) if panel.state["shown"] else ""

    part = Passage(say())
    _follow(page, panel, lambda: part.show(say()))
    return part


def held_back_chart(page: Page, panel: BallotPanel, title: str, draw: Callable[[int], Picture]) -> Chart:
    """A chart of a ballot's answers, held back in the same way."""

    def picture() -> Picture:
        return draw(panel.state["view"]) if panel.state["shown"] else Picture(title, panel.hidden_words)

    part = Chart(picture())
    _follow(page, panel, lambda: part.show(picture()))
    return part


def findings_on(
    page: Page,
    panel: BallotPanel,
    find: Callable[[list[Answer]], Iterable[StageGap]],
    kinds: Sequence[str],
    *,
    rule: str,
    fine: str,
) -> Passage:
    """What a rule finds in records of these kinds and in a ballot's answers; without those while they are held back."""

    def said() -> dict[str, Any]:
        shown = panel.state["shown"]
        found = list(find([entry.record for entry in page.session.now.records("answer")] if shown else []))
        return {
            "findings": found,
            "title": "Look at this",
            "rule": rule if shown or found else "",
            "fine": fine if shown else "",
        }

    part = page.passage("findings", said, kinds=[*kinds, "answer"])
    panel.observe(lambda _change: part.show(words("findings", **said())), "state")
    return part


def _follow(page: Page, panel: BallotPanel, work: Callable[[], None]) -> None:
    page.session.watch(["answer"], work)
    panel.observe(lambda _change: work(), "state")
