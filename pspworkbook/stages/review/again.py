"""The first stages' ratings taken again (RV-9): the panel, then and now with their spread, and what moved in words."""

from typing import TYPE_CHECKING, Any

from pspworkbook.charts.picture import Picture
from pspworkbook.charts.review import again_picture
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.review import views
from pspworkbook.records.ballot import AT_REVIEW
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.facts.answers import shown, waiting
from pspworkbook.stages.page import words
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.passage import Passage

if TYPE_CHECKING:
    from pspworkbook.stages.review.page import Review

WAITING = (
    "People are answering now. What they say is shown when “Show answers” is chosen, so that nobody follows the others."
)


def again(page: "Review", key: str) -> list[Part]:
    """One ballot of the first stages. While its review round is open, nothing of it is shown until somebody asks."""
    asked = ballots()[key]
    panel: Any = ballot(page, key, review=True)[0]

    def kept_back() -> str:
        state = panel.state
        if state["code"] and state["round"] == AT_REVIEW and not state["shown"]:
            return WAITING
        return waiting(page.session.now, key)

    def rows() -> list[views.Again]:
        return views.again(asked, shown(page.session.now))

    def picture() -> Picture:
        return (
            Picture(f"{asked.title}: then and now", unseen)
            if (unseen := kept_back())
            else again_picture(asked.title, rows())
        )

    def said() -> dict[str, Any]:
        moved = [] if kept_back() else [f"{one.label}: {one.words}" for one in rows() if one.words]
        return {"title": "What moved", "lines": moved, "rule": views.AGAIN_RULE, "nothing": ""}

    chart, passage = Chart(picture()), Passage(words("do_lines", **said()))

    def show(_change: object = None) -> None:
        chart.show(picture())
        passage.show(words("do_lines", **said()))

    page.session.watch(["answer", "sitting"], show)
    panel.observe(show, "state")
    return [panel, chart, passage]
