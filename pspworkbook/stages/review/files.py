"""The Word files and the calendar of stage 7, made from what the workbook holds at the moment of asking."""

import datetime as dt
from typing import TYPE_CHECKING

from pspworkbook import guide
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots import ballot_results
from pspworkbook.methods.review import calendar, views
from pspworkbook.stages.facts import steps
from pspworkbook.stages.facts.answers import shown, waiting
from pspworkbook.stages.facts.review import rows
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import WorkbookError

if TYPE_CHECKING:
    from pspworkbook.stages.review.page import Review


def you_said_file(session: Session) -> tuple[str, str, bytes]:
    """“You said, we did”: the file's name, its media type and its bytes."""
    from pspworkbook.documents.review_docx import you_said_docx

    said = views.you_said(rows(session.now, "feedback"))
    data = you_said_docx(said, workbook=session.workbook.name, on=dt.date.today(), note=_made_up(session))
    return _named("you-said-we-did", session, data)


def decision_file(page: "Review") -> tuple[str, str, bytes]:
    """The decision on what comes next."""
    from pspworkbook.documents.review_docx import decision_docx

    data = decision_docx(
        page.one("rollout")[1],
        page.evaluation,
        page.checks(),
        [f"{limit.name}. {limit.text}" for limit in guide.sroi().limitations],
        spreads=_spreads(page),
        waiting=waiting(page.session.now, "roll-out"),
        route=page.route,
        workbook=page.workbook.name,
        on=dt.date.today(),
        note=_made_up(page.session),
    )
    return _named("what-comes-next", page.session, data)


def _spreads(page: "Review") -> list[tuple[str, str]]:
    """Each question of the ballot on what comes next, with the spread of its latest round in words."""
    asked = ballots()["roll-out"]
    answers = shown(page.session.now)
    used = ballot_results.rounds_used(asked, answers)
    found = ballot_results.results(asked, answers, max(used)) if used else ()
    return [(one.question.label, one.spread.words) for one in found]


def calendar_file(page: "Review") -> tuple[str, str, bytes]:
    """The review calendar for a diary: each step from its latest safe beginning, and the last day."""
    from pspworkbook.documents import calendar_file as calendar_file_of

    plan, slug = page.one("review_plan")[1], page.workbook.slug
    due = calendar.calendar(plan, steps.points(page.session.now), dt.date.today(), steps.planned(page.session.now))
    if not due or plan.ends is None:
        raise WorkbookError(
            "Say first when it ends and what has to be done before: the dates are counted back from it."
        )
    about = dict(page.rows("review_point"))
    events = [
        calendar_file_of.Event(f"review-{one.id}@{slug}.psp", one.what, one.start, one.end, f"{about[one.id].purpose}\n{about[one.id].inputs}".strip())
        for one in due
    ]  # fmt: skip
    events.append(
        calendar_file_of.Event(
            f"review-end@{slug}.psp", f"Ends: {plan.what_ends}", plan.ends, plan.ends, plan.continuity
        )
    )
    data = calendar_file_of.ics(events, dt.datetime.now(dt.UTC), page.workbook.name)
    return f"review-calendar-{slug}-{dt.date.today():%Y-%m-%d}.ics", calendar_file_of.MEDIA, data


def _made_up(session: Session) -> str:
    said = session.now.the("partnership").record.made_up
    return f"An example for training, not a real partnership. {said}" if said else ""


def _named(what: str, session: Session, data: bytes) -> tuple[str, str, bytes]:
    from pspworkbook.documents.word import MEDIA

    return f"{what}-{session.workbook.slug}-{dt.date.today():%Y-%m-%d}.docx", MEDIA, data
