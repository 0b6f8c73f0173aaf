"""Who matters, and who supports it (AN-6): placed by several people separately, with the spread of each stakeholder."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from pspworkbook.methods.analyse import stakeholders
from pspworkbook.methods.analyse.acting import being_done
from pspworkbook.stages.ballots import ballot
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.grid import StakeholderGrid
from pspworkbook.widgets.offers import Offers

if TYPE_CHECKING:
    from pspworkbook.stages.analyse.page import Analyse

DOING = ("person", "blocker", "communication", "member", "involvement")
KINDS = ["stakeholder", "answer", "sitting", *DOING]
GROUPS = {"name": "wide", "sector": "wide", "people": "narrow"}
AIMS = {"wanted": "mid", "approach": "wide", "moved_by": "mid", "moved_by_date": "narrow"}
ON_MAP = (*AIMS, "interest", "influences", "map_notes")


def stakeholder_map(page: "Analyse") -> None:
    """The list of stakeholders, the grid, where we want them to be, and whom to win over first."""
    panels = [part for part in ballot(page, stakeholders.BALLOT, own=False)[:1] if isinstance(part, BallotPanel)]
    grid = StakeholderGrid(page.session, panels[0] if panels else None)

    def facts() -> dict[str, Any]:
        return {"acting": _acting(page, grid), "shown": grid.shown, "today": dt.date.today(), "plan": page.session.address("plan"), "do": page.session.address("do")}  # fmt: skip

    said = page.passage("analyse_stakeholders", facts, KINDS)
    offers = Offers(
        page.session,
        "blocker",
        lambda: stakeholders.blockers(grid.found(), dict(page.rows("stakeholder"))) if grid.shown else (),
        KINDS,
        title="To meet before it stands in the way",
    )

    def again(_change: object) -> None:
        from pspworkbook.stages.page import words

        said.show(words("analyse_stakeholders", **facts()))
        offers.refresh()

    grid.observe(again, "state")  # support stays off the projector until somebody asks for it
    page.tool(
        "AN-6",
        page.register("stakeholder", name="who", only=("name", "sector", "people", "reason"), shown=GROUPS, fixed=True, added_in=("stakeholder", "in step 2 of the forecast, where they are listed"), caption="Stakeholders, as listed in step 2 of the forecast"),
        *panels,
        grid,
        said,
        offers,
        page.register("stakeholder", name="aims", only=ON_MAP, shown=AIMS, fixed=True, caption="Where we want them to be, and what we do about it"),
        reconstructed=True,
    )  # fmt: skip


def _acting(page: "Analyse", grid: StakeholderGrid) -> list[Any]:
    """Whom to act on, with what is being done; nobody while the ratings are hidden."""
    if not grid.shown:
        return []
    return being_done(
        grid.found(),
        dict(page.rows("stakeholder")),
        dict(page.rows("person")),
        page.rows("blocker"),
        page.rows("communication"),
        page.rows("member"),
        page.rows("involvement"),
    )
