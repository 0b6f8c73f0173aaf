"""Who matters, and who supports it (AN-6): rated by several people separately, with the spread of each stakeholder."""

from typing import TYPE_CHECKING, Any

from pspworkbook.charts.picture import Picture
from pspworkbook.charts.stakeholders import stakeholder_picture
from pspworkbook.methods.analyse import stakeholders
from pspworkbook.stages.ballots import ballot
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.offers import Offers

if TYPE_CHECKING:
    from pspworkbook.stages.analyse.page import Analyse

KINDS = ["stakeholder", "answer"]
GROUPS = {"name": "wide", "sector": "mid", "people": "narrow"}


def stakeholder_map(page: "Analyse") -> None:
    """The list of stakeholders, everybody's own rating, the map with its spread, and whom to win over first."""
    rating = ballot(page, stakeholders.BALLOT)[:1]

    def found() -> list[stakeholders.Placed]:
        return stakeholders.placed(page.rows("stakeholder"), [row for _, row in page.rows("answer")])

    def shown() -> bool:
        return bool(rating and rating[0].state["shown"])  # type: ignore[attr-defined]

    def picture() -> Picture:
        return stakeholder_picture(found(), shown=shown())

    def facts() -> dict[str, Any]:
        return {
            "act": [one for one in found() if one.act] if shown() else [],
            "shown": shown(),
            "rule": stakeholders.RULE,
        }

    chart, said = Chart(picture()), page.passage("analyse_stakeholders", facts, KINDS)

    def again(_change: object = None) -> None:
        from pspworkbook.stages.page import words

        chart.show(picture())
        said.show(words("analyse_stakeholders", **facts()))

    page.session.watch(KINDS, again)
    for panel in rating:
        panel.observe(again, "state")  # support stays off the projector until somebody asks for it
    page.tool(
        "AN-6",
        page.register("stakeholder", name="who", only=("name", "sector", "people", "reason"), shown=GROUPS, fixed=True, caption="Stakeholders, as listed in step 2 of the forecast"),
        *rating,
        chart,
        said,
        Offers(page.session, "blocker", lambda: stakeholders.blockers(found()) if shown() else (), KINDS, title="To meet before it stands in the way"),
        reconstructed=True,
    )  # fmt: skip
