"""The way to the contract: dates counted back from its start, what is missing, and the transfer of assets. Pure.

What the law says is not here: it stands in ``data/guide/then_and_now.yaml`` and is named by its note.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, number_of
from pspworkbook.methods.words import day
from pspworkbook.records.procurement import AssetTransfer, ProcurementRoute, ProcurementStep, RouteOption
from pspworkbook.records.subsidy import ProcurementAdvice

TIMELINE_RULE = (
    "The dates are counted back from the day on which the contract starts: the last step ends on the day before it, and "
    "each step ends on the day before the next begins. How many days a step takes is your figure; ask procurement for "
    "the shortest time allowed. The only period that our notes give is in P-07: in an innovation partnership anyone may "
    "ask to take part within 30 days of the contract notice. A step that should have begun, or been done, before today "
    "is late."
)
INNOVATION_DAYS = 30
"""Note P-07: days after the contract notice in which anyone may ask to take part in an innovation partnership."""
ASSET_RULE = (
    "Looked for: legal advice before anything is signed; what could be clawed back, and whether the use can change; "
    "whether the body fits what note O-08 says of those who may ask; the six months that the authority has to decide, "
    "counted from the complete request."
)
DECIDE_MONTHS, OWNERS_AT_LEAST = 6, 20
"""Note O-08: months to decide from a complete request; members that the rules of a body that asks for ownership require."""


@dataclass(frozen=True)
class Dated:
    """One step with its dates, None where the days of a step after it, or the contract's start, are not known."""

    id: str
    step: ProcurementStep
    start: dt.date | None
    end: dt.date | None
    state: str
    """``done``, ``late``, ``now``, ``ahead`` or ``no date``."""


def ordered(rows: Rows[ProcurementStep]) -> list[tuple[str, ProcurementStep]]:
    """The steps in their order; those without a place come last."""
    return sorted(rows, key=lambda pair: (pair[1].order is None, pair[1].order or 0))


def timeline(rows: Rows[ProcurementStep], contract_starts: dt.date | None, today: dt.date) -> tuple[Dated, ...]:
    """The steps with their dates, counted back from the contract's start by :data:`TIMELINE_RULE`."""
    found: list[Dated] = []
    after = contract_starts
    for id_, row in reversed(ordered(rows)):
        end = after - dt.timedelta(days=1) if after else None
        start = _back(after, row.days)
        found.append(Dated(id_, row, start, end, _state(row, start, end, today)))
        after = start
    return tuple(reversed(found))


def _back(after: dt.date | None, days: float | None) -> dt.date | None:
    if after is None or days is None:
        return None
    try:
        return after - dt.timedelta(days=int(days))
    except OverflowError:  # more days than there have been
        return None


def _state(row: ProcurementStep, start: dt.date | None, end: dt.date | None, today: dt.date) -> str:
    if row.done:
        return "done"
    if start is None or end is None:
        return "no date"
    if end < today:
        return "late"
    return "now" if start <= today else "ahead"


def latest_start(rows: Rows[ProcurementStep], contract_starts: dt.date | None, today: dt.date) -> dt.date | None:
    """The day on which the first step must begin for the contract to start in time; None when it cannot be counted."""
    dated = timeline(rows, contract_starts, today)
    return dated[0].start if dated else None


def gaps(
    route: ProcurementRoute,
    options: Rows[RouteOption],
    steps: Rows[ProcurementStep],
    advice: Rows[ProcurementAdvice],
    today: dt.date,
) -> Iterator[StageGap]:
    """What is missing or odd in the route and in its dates."""
    missing = route.missing()
    if missing:
        names = ", ".join(spec.title[:1].lower() + spec.title[1:] for spec in missing[:4])
        more = f" and {len(missing) - 4} more" if len(missing) > 4 else ""
        yield StageGap(
            "PL-18", f"The procurement route still needs: {names}{more}.", route.kind, route.kind, missing[0].name
        )
    if len(options) < 2:
        sentence = "Set down at least two ways to procure, so that a reader sees what was weighed."
        yield StageGap("PL-18", sentence, RouteOption.kind)
    for id_, row in options:
        if not (row.speaks_for and row.speaks_against):
            field = "speaks_against" if row.speaks_for else "speaks_for"
            yield StageGap("PL-18", f"“{row.label()}”: say what speaks for it and what against.", row.kind, id_, field)
    if route.value_excl and route.value_incl and route.value_incl < route.value_excl:
        sentence = "With VAT the value cannot be lower than without it."
        yield StageGap("PL-18", sentence, route.kind, route.kind, "value_incl")
    asked = dict(advice).get(route.advice or "")
    if asked is not None and not asked.answered_on:
        sentence = f"The route rests on advice that has not come yet: “{asked.label()}”."
        yield StageGap("PL-18", sentence, route.kind, route.kind, "advice")
    if route.contract_starts and not steps:
        yield StageGap("PL-18", "No step to the contract is written down.", ProcurementStep.kind)
    yield from _step_gaps(route, options, steps, today)


def _step_gaps(
    route: ProcurementRoute, options: Rows[RouteOption], steps: Rows[ProcurementStep], today: dt.date
) -> Iterator[StageGap]:
    chosen = dict(options).get(route.chosen or "")
    for one in timeline(steps, route.contract_starts, today):
        whom = f"“{one.step.label()}”"
        if one.step.days is None:
            yield StageGap("PL-18", f"{whom}: say how many days it takes.", one.step.kind, one.id, "days")
        if not one.step.owner:
            yield StageGap("PL-18", f"Nobody sees to {whom}.", one.step.kind, one.id, "owner")
        if one.state == "late" and one.end:
            sentence = f"{whom} should have been done by {day(one.end)} for the contract to start in time."
            yield StageGap("PL-18", sentence, one.step.kind, one.id, "done")
        notice = "notice" in f"{one.step.step} {one.step.notice}".casefold()
        short = one.step.days is not None and one.step.days < INNOVATION_DAYS
        if chosen is not None and chosen.what == "innovation" and notice and short:
            sentence = (
                f"{whom} takes {number_of(int(one.step.days or 0), 'day')}. In an innovation partnership anyone may ask "
                f"to take part within {INNOVATION_DAYS} days of the notice (note P-07)."
            )
            yield StageGap("PL-18", sentence, one.step.kind, one.id, "days")


# Asset transfer ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Check:
    """One line of the checklist for an asset: ``state`` is ``yes``, ``no`` or ``open``; ``note`` names the note."""

    what: str
    state: str
    words: str
    field: str
    note: str = ""


def asset_checks(row: AssetTransfer, today: dt.date) -> tuple[Check, ...]:
    """The checklist for one asset, by :data:`ASSET_RULE`."""
    public = {True: "yes", False: "no", None: "open"}[row.public_owner]
    return (
        Check(
            "The owner is a public authority",
            public,
            {
                "yes": "A community body may ask it under Part 5 of the Act of 2015.",
                "no": "Part 5 of the Act of 2015 is about public authorities. Agree with this owner in another way.",
                "open": "Find out who owns it.",
            }[public],
            "public_owner",
            "O-08",
        ),
        _community(row),
        _form(row),
        _decision(row, today),
        Check(
            "What could be clawed back is known",
            "yes" if row.claw_back else "open",
            row.claw_back or "Ask for the terms: when must the building, or money for it, be given back?",
            "claw_back",
            "O-08",
        ),
        Check(
            "Its use can change without losing it",
            {"yes": "yes", "no": "no", "partly": "open", None: "open"}[row.flexible],
            {
                "yes": "The partnership keeps its freedom.",
                "no": "The building ties the service down. Think twice.",
                "partly": "Only in part. Write down which uses are safe.",
                None: "Not looked at yet.",
            }[row.flexible],
            "flexible",
            "O-08",
        ),
        Check("State and running cost are known", "yes" if row.condition else "open", row.condition or "Ask for a survey.", "condition"),
        Check(
            "Legal advice was taken",
            "yes" if row.legal_advice and row.advice_on else "open",
            f"{row.legal_advice}, {day(row.advice_on)}"
            if row.legal_advice and row.advice_on
            else "Take legal advice before anything is signed, and note when.",
            "legal_advice" if not row.legal_advice else "advice_on",
            "O-08",
        ),
    )  # fmt: skip


def _community(row: AssetTransfer) -> Check:
    state = {"yes": "yes", "no": "no", "partly": "open", None: "open"}[row.community_controlled]
    words = {
        "yes": "Keep the constitution at hand: it has to show it.",
        "no": "Such a body may not be able to ask. A charity that provides services may not qualify.",
        "open": "Look at the constitution: community control, written, open membership.",
    }[state]
    return Check("The body is controlled by its community", state, words, "community_controlled", "O-08")


def _form(row: AssetTransfer) -> Check:
    what = "The body’s form fits the right that is sought"
    if row.right is None:
        return Check(what, "open", "Say which right is sought.", "right", "O-08")
    if row.right != "own":
        return Check(
            what, "yes", "For a lease or for use no form and no number of members is laid down.", "right", "O-08"
        )
    if row.form in (None, "unknown"):
        return Check(what, "open", "To ask for ownership only three forms will do. Find out.", "form", "O-08")
    if row.form == "other":
        words = "To ask for ownership it must be a company with an asset lock, a SCIO or a community benefit society."
        return Check(what, "no", words, "form", "O-08")
    if row.members is None:
        return Check(what, "open", "How many members do its rules require?", "members", "O-08")
    if row.members < OWNERS_AT_LEAST:
        words = f"To ask for ownership its rules must require at least {OWNERS_AT_LEAST} members."
        return Check(what, "no", words, "members", "O-08")
    return Check(what, "yes", "Form and members fit a request for ownership.", "form", "O-08")


def decide_by(row: AssetTransfer) -> dt.date | None:
    """The day by which the authority must decide, if no longer time was agreed; None without a request."""
    if row.asked_on is None:
        return None
    months = row.asked_on.month - 1 + DECIDE_MONTHS
    year, month = row.asked_on.year + months // 12, months % 12 + 1
    first_after = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(year, month, min(row.asked_on.day, (first_after - dt.timedelta(days=1)).day))


def _decision(row: AssetTransfer, today: dt.date) -> Check:
    what = "The authority has decided in time"
    by = decide_by(row)
    if by is None:
        return Check(what, "open", "No complete request has been made yet.", "asked_on", "O-08")
    said = day(by)
    if row.public_owner is False:
        return Check(
            what,
            "open",
            "Part 5 lays down no time for an owner that is not a public authority.",
            "public_owner",
            "O-08",
        )
    if row.public_owner is None:
        return Check(
            what,
            "open",
            f"Find out who owns it. A public authority has until {said} to decide.",
            "public_owner",
            "O-08",
        )
    if row.decided_on:
        return Check(what, "yes" if row.decided_on <= by else "no", f"It had until {said}.", "decided_on", "O-08")
    if by < today:
        return Check(what, "no", f"It had until {said}. Silence can be appealed like a refusal.", "decided_on", "O-08")
    return Check(what, "open", f"It has until {said}, unless a longer time was agreed.", "decided_on", "O-08")


def asset_gaps(rows: Rows[AssetTransfer], today: dt.date) -> Iterator[StageGap]:
    """What should not be so in the checklists of the assets. Open points are on the checklist only."""
    for id_, row in rows:
        for check in asset_checks(row, today):
            urgent = check.field in ("claw_back", "legal_advice", "advice_on") and check.state == "open"
            if check.state == "no" or urgent:
                yield StageGap("PL-20", f"{row.label()}: {check.words}", row.kind, id_, check.field)
