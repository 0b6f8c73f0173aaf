"""Risks and issues (PL-7), and what stands in the way of public support (PL-23), on the page."""

import datetime as dt
from typing import Any

from pspworkbook.charts.picture import Picture
from pspworkbook.charts.risk import TITLE, risk_picture
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.plan import risk_seeds, risks
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.facts.answers import unseen, waiting
from pspworkbook.stages.facts.plan_more import answers, support
from pspworkbook.stages.plan.files import risks_file
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.session import SOON
from pspworkbook.workbook.joining import closes_at, sitting_of

RISKS = {"title": "wide", "type": "narrow", "owner": "mid", "review": "narrow", "status": "narrow"}
BLOCKERS = {"blocker": "wide", "stakeholder": "mid", "approach": "wide", "owner": "mid"}
MOST_LISTED = 50
"""A longer list is not read; the register has a search and the file has them all."""
HELD_BACK = "Held back while phones can join the rating, so that nobody is led by what others said. {waiting}"
KINDS = ["risk", "answer", "sitting", "person"]


def show(page: ToolPage) -> None:
    """The register, the rating, the matrix, what to talk about, what nobody sees to."""
    chart = Chart(_picture(page))
    page.session.watch(KINDS, lambda: chart.show(_picture(page)))
    page.tool(
        "PL-7",
        page.register("risk", empty="No risk yet. Take over what other stages found, or write one down.", shown=RISKS),
        Offers(page.session, "risk", lambda: offers(page), list(risk_seeds.kinds())),
        *_ballot(page),
        page.passage("plan_risk", lambda: facts(page), KINDS, when=SOON),
        chart,
        page.findings(
            lambda: risks.gaps(page.rows("risk"), dt.date.today()),
            ["risk"],
            title="What nobody sees to, and what is overdue",
            rule=risks.RULE,
            fine="Everything that is open has somebody, an answer, and a date on which it is looked at again.",
        ),
        SaveFile("Save the register for all partners as .docx", lambda: risks_file(page)),
    )


def _ballot(page: ToolPage) -> list[Part]:
    """The rating, asked of everyone alone."""
    return ballot(page, risks.BALLOT) if risks.BALLOT in ballots() else []


def offers(page: ToolPage) -> Any:
    """What other registers say that is not yet a risk."""
    return risk_seeds.all_risks(page.rows)


def rating_is_on(page: ToolPage) -> bool:
    """Whether phones can join the rating at this moment."""
    sitting = sitting_of(page.session.now.records("sitting"), risks.BALLOT)
    return sitting is not None and closes_at(page.workbook, sitting.record) is not None


def found(page: ToolPage) -> tuple[risks.Rating, ...]:
    """Every open risk with what was shown of its rating; of what is not shown yet only how many people rated it."""
    now = page.session.now
    return now.once(("risk ratings",), lambda: risks.ratings(page.rows("risk"), answers(now), unseen(now)))  # type: ignore[no-any-return]


def held(page: ToolPage) -> str:
    """Why ratings are not shown, with how many people have rated; nothing where all are."""
    still = waiting(page.session.now, risks.BALLOT)
    return HELD_BACK.format(waiting=still) if still and rating_is_on(page) else still


def _picture(page: ToolPage) -> Picture:
    rated, why = found(page), held(page)
    return Picture(TITLE, why) if why and not any(one.n for one in rated) else risk_picture(rated)


def facts(page: ToolPage) -> dict[str, Any]:
    """The register in the order of its scores, and the agenda."""
    rated = found(page)
    people = {id_: row.label() for id_, row in page.rows("person")}
    late = risks.overdue(page.rows("risk"), dt.date.today())
    return {
        "rated": rated[:MOST_LISTED],
        "more": max(0, len(rated) - MOST_LISTED),
        "agenda": risks.agenda(rated),
        "overdue": late[:MOST_LISTED],
        "more_overdue": max(0, len(late) - MOST_LISTED),
        "people": people,
        "held": held(page),
        "scored": any(one.score is not None for one in rated),
        "score_rule": risks.SCORE_RULE,
        "talk_rule": risks.TALK_RULE,
    }


def blockers(page: ToolPage) -> None:
    """Who may stand in the way, what the public expects, and how it is met."""
    page.tool(
        "PL-23",
        page.register("blocker", empty="Nothing is written down yet.", shown=BLOCKERS),
        Offers(
            page.session,
            "blocker",
            lambda: risk_seeds.blockers_from(
                page.rows("stakeholder"), lambda id_, part: support(page.session.now, id_, part)
            ),
            ["stakeholder", "answer", "sitting"],
            title="Stakeholders whose support is low",
            folded=True,  # who that is stays off the projector until somebody opens it
        ),
        page.passage("plan_blockers", lambda: {"rule": risk_seeds.BLOCKER_RULE}, ["-"]),
    )
