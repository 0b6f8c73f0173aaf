"""The fair competition file: what shows that nobody had an unfair start (regulations 41 and 42; note P-06)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pspworkbook.methods.do.conduct import open_interests, settled
from pspworkbook.methods.findings import Rows, StageGap, number_of
from pspworkbook.methods.plan import pilot
from pspworkbook.methods.words import day
from pspworkbook.records import Person
from pspworkbook.records.conduct import ConflictOfInterest, SharedInformation, SpecificationCheck
from pspworkbook.records.deliver import ProcurementNotice
from pspworkbook.records.fields import plain_number
from pspworkbook.records.form import Candidate
from pspworkbook.records.pilot import PilotChoice, PilotQuestion
from pspworkbook.records.record import Record, field_of, fields_of

RULE = (
    "Whatever a partner has been given that could help to bid is given to every bidder, with a date, or is public, or "
    "it says why it cannot be. The specification is looked at by somebody who took no part in the design. Every open "
    "interest says what the person does. What is given to all is given before the bids are in, so that there is time to "
    "use it. Where a pilot was decided, its seven questions are answered in full and its approval counts. What this file "
    "lacks is listed. It shows what was done; it is no proof of it."
)
KEPT_BACK = "Name kept back"
REASON_KEPT_BACK = "Kept back"


@dataclass(frozen=True)
class Part:
    """One table of the file: its title, the heads of its columns, its rows; ``nothing`` is what to say without rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str


@dataclass(frozen=True)
class FairFacts:
    """What the file is drawn from. ``influences`` are the records of the co-production log."""

    today: dt.date
    shared: Rows[SharedInformation]
    interests: Rows[ConflictOfInterest]
    candidates: Rows[Candidate]
    checks: Rows[SpecificationCheck]
    questions: Rows[PilotQuestion]
    influences: Rows[Record]
    people: Mapping[str, Person]
    notices: Rows[ProcurementNotice] = ()
    choice: PilotChoice = field(default_factory=PilotChoice)
    completed: dt.date | None = None


def _date(value: Any) -> str:
    return day(value) if value else "no date"


def _said(record: Any, field: str) -> str:
    return field_of(type(record), field).show(getattr(record, field)) or "not said"


def _name(row: ConflictOfInterest, facts: FairFacts, names: bool) -> str:
    if not (names or row.may_be_named):
        return KEPT_BACK
    return facts.people[row.person].name if row.person in facts.people else "Not in the list of people"


def parts(facts: FairFacts, *, names: bool = False) -> list[Part]:
    """The tables of the file. ``names`` adds names that are kept back otherwise; what an interest is never stands in it."""
    shared = tuple(
        (row.what, row.with_whom, _date(row.when), _release(row), row.evidence or "not said")
        for _, row in sorted(facts.shared, key=lambda pair: pair[1].when or dt.date.max)
    )
    notices = tuple(
        (row.notice, row.where or "not said", _date(row.published), _date(row.reply_by), _time_to_reply(row))
        for _, row in sorted(facts.notices, key=lambda pair: pair[1].published or dt.date.max)
    )
    interests = tuple(
        (
            _name(row, facts, names),
            row.about,
            _date(row.declared),
            _said(row, "does"),
            _date(row.closed) if row.closed else "open",
        )
        for _, row in facts.interests
        if row.kind_of != "none"
    )
    chosen = tuple(
        (
            row.name,
            _said(row, "found"),
            _said(row, "chosen"),
            _reason(row, names),
            _said(row, "conflict") if names else "kept back",
        )
        for _, row in facts.candidates
    )
    checks = tuple(
        (
            row.part,
            row.who,
            _said(row, "independent"),
            _date(row.date),
            row.found or "nothing",
            f"{row.changed or 'nothing'}{' (something is still open)' if row.open else ''}",
        )
        for _, row in facts.checks
    )
    asked = facts.questions or facts.choice.decision == "pilot"
    questions = tuple(one.cells for one in pilot.questions(facts.questions, facts.today)) if asked else ()
    influences = tuple((row.label(), _log_line(row)) for _, row in facts.influences)
    return [
        Part("What was shared, with whom, and whether all have it", ("What", "With whom", "On", "Given to all", "Evidence"), shared, "Nothing is written down."),
        Part("Interests declared", ("Who", "Matters", "Declared", "What the person does", "Closed"), interests, "No interest is declared."),
        Part("How partners were found and chosen", ("Organisation", "How found", "Outcome", "Reason", "Conflict"), chosen, "No possible partner is listed."),
        Part("Independent looks at the specification", ("What", "Who looked", "How independent", "On", "What could have favoured one", "What was changed"), checks, "Nobody has looked at it."),
        Part("Seven questions before the pilot", pilot.QUESTION_HEAD, questions, "No question is answered."),
        Part("Decision on a pilot, and its approval", ("Decided", "By whom", "On", "Approval"), _approval(facts), "Nothing is decided."),
        Part("Notices, and the time there was to reply", ("Notice", "Where", "Published", "Replies by", "Time"), notices, "No notice is published yet."),
        Part("Who shaped the design", ("What", "What is written down"), influences, "The co-production log is empty."),
    ]  # fmt: skip


def _reason(row: Candidate, names: bool) -> str:
    """Why somebody was chosen, in free words: these may tell of a conflict, wherever none is denied."""
    if not (names or row.conflict == "none"):
        return REASON_KEPT_BACK
    return row.reason or "no reason given"


def _approval(facts: FairFacts) -> tuple[tuple[str, ...], ...]:
    """The decision on a pilot in one row, with whether its approval counts."""
    choice = facts.choice
    if not choice.decision:
        return ()
    state = pilot.approval(choice, facts.questions, facts.today, facts.completed)
    held = f"Held back. {state.words}" if state.state == "held back" else state.words
    return ((_said(choice, "decision"), choice.decided_by or "not said", _date(choice.date), held),)


def _release(row: SharedInformation) -> str:
    said = _said(row, "same_for_all")
    return f"{said}, {_date(row.released)}" if row.same_for_all == "yes" else said


def _time_to_reply(row: ProcurementNotice) -> str:
    if not row.published or not row.reply_by:
        return "not known"
    return number_of((row.reply_by - row.published).days, "day")


def _log_line(row: Record) -> str:
    """The fields of the co-production log that a file may show: those that are not private."""
    kept = [
        spec for spec in fields_of(type(row)) if not spec.private and not spec.refers_to and spec.kind.name != "origin"
    ]
    held = [(spec, getattr(row, spec.name)) for spec in kept if spec.name != row.name_field]
    said = [(spec.title, day(value) if isinstance(value, dt.date) else spec.show(value)) for spec, value in held]
    return "; ".join(f"{title}: {text.rstrip('.')}" for title, text in said if text)


def lacks(facts: FairFacts) -> Iterator[StageGap]:
    """What the file lacks, by :data:`RULE`: in this stage, and of what was to be answered before the pilot."""
    yield from gaps(facts)
    yield from pilot.approval_gaps(facts.choice, facts.questions, facts.today)


def gaps(facts: FairFacts) -> Iterator[StageGap]:
    """What the file lacks in this stage."""
    closed = max((row.reply_by for _, row in facts.notices if row.bids and row.reply_by), default=None)
    for id_, interest in open_interests(facts.interests):
        if not settled(interest):
            sentence = "What a person does who declared an interest is not settled yet."
            yield StageGap("DO-6", sentence, interest.kind, id_, "does")
    for id_, row in facts.shared:
        if not row.matters:
            continue
        if row.same_for_all == "yes" and row.released and closed and row.released > closed:
            sentence = (
                f"“{row.label()}” was given to all on {_date(row.released)}, when the bids were in ({_date(closed)})."
            )
            yield StageGap("DO-6", sentence, row.kind, id_, "released")
        if row.same_for_all in (None, "not_yet"):
            yield StageGap(
                "DO-6", f"“{row.label()}” is not given to all bidders yet.", "shared_information", id_, "same_for_all"
            )
        elif row.same_for_all == "yes" and not row.released:
            yield StageGap(
                "DO-6", f"“{row.label()}” has no date of its release to all.", "shared_information", id_, "released"
            )
        elif row.same_for_all == "never" and not row.why_not:
            yield StageGap(
                "DO-6", f"Why can “{row.label()}” not be given to all?", "shared_information", id_, "why_not"
            )
    if not any(row.independent in ("outside", "procurement") for _, row in facts.checks):
        yield StageGap("DO-6", "Nobody independent has looked at the specification.", "spec_check")
    for id_, check in facts.checks:
        if check.open:
            yield StageGap("DO-6", f"Something is still open in “{check.label()}”.", "spec_check", id_, "open")


def summary(facts: FairFacts) -> str:
    """How many of the things that matter everybody has."""
    matter = [row for _, row in facts.shared if row.matters]
    level = [row for row in matter if row.same_for_all == "public" or (row.same_for_all == "yes" and row.released)]
    if not matter:
        return "Nothing is written down yet that could help somebody to bid. What has each partner learned that the others have not?"
    return f"{plain_number(len(level))} of {plain_number(len(matter))} things that could help to bid are open to all bidders."
