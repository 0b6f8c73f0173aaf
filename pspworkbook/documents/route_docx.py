"""The procurement route as a record: value, rules with their figures and sources, ways, the choice, steps, then and now."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pspworkbook import guide
from pspworkbook.documents.word import WordFile
from pspworkbook.methods.findings import Rows
from pspworkbook.methods.plan.procurement import TIMELINE_RULE, Dated
from pspworkbook.methods.plan.tier import RULE, Tier
from pspworkbook.methods.words import day, pounds
from pspworkbook.records import field_of
from pspworkbook.records.procurement import ProcurementRoute, RouteOption
from pspworkbook.records.subsidy import ProcurementAdvice

NOT_SAID = "–"
STATES = {"done": "Done", "late": "Late", "now": "Now", "ahead": "Ahead", "no date": NOT_SAID}


def route_docx(
    route: ProcurementRoute,
    tier: Tier,
    options: Rows[RouteOption],
    steps: Sequence[Dated],
    advice: ProcurementAdvice | None,
    notes: Sequence[guide.ThenAndNow],
    people: Mapping[str, str],
    *,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The record as the bytes of a .docx. ``notes``: what has changed since 2011; ``people``: names by identifier."""
    file = WordFile("Procurement plan and route", workbook, on)
    if note:
        file.say(note)
    file.heading("What is bought")
    kinds = [field_of(ProcurementRoute, name).show(getattr(route, name)) for name in ("type", "buyer")]
    values = [
        f"{pounds(value)} {words}"
        for value, words in ((route.value_excl, "without VAT"), (route.value_incl, "with VAT"))
        if value is not None
    ]
    lines = [
        ("What", route.what),
        ("Kind", kinds[0]),
        ("Who buys", kinds[1]),
        ("Value for the whole length", ", ".join(values)),
        ("How it was worked out", route.value_from),
        ("Contract starts on", day(route.contract_starts) if route.contract_starts else ""),
    ]
    file.table(
        "What is bought", ("About it", "As written"), [(name, text or NOT_SAID) for name, text in lines], (5.0, 11.5)
    )
    _rules(file, tier)
    _ways(file, route, options, advice)
    _steps(file, steps, people)
    file.heading("Then and now")
    for one in notes:
        said = one.now or f"Not checked. Remembered: {one.recalled}"
        as_of = f", as of {day(one.as_of)}" if one.as_of else ""
        source = f" Source: {one.source_name}." if one.source_name else ""
        file.bullet(f"{one.topic} ({one.id}{as_of}; {one.sure}). In 2011: {one.then_2011} Now: {said}{source}")
    file.ending("Ask procurement before you act on it.")
    return file.data()


def _rules(file: WordFile, tier: Tier) -> None:
    file.heading("Which rules")
    file.say(tier.words)
    for caution in tier.cautions:
        file.bullet(caution)
    rows = [
        (
            one.what,
            pounds(one.pounds),
            day(one.in_force) if one.in_force else NOT_SAID,
            f"{one.source} (note {one.note}{f', as of {day(one.as_of)}' if one.as_of else ''}; {one.sure})",
        )
        for one in tier.thresholds
    ]
    if rows:
        file.table(
            "The figures behind it",
            ("Threshold", "Amount", "In force from", "Source"),
            rows,
            (4.2, 2.4, 2.8, 7.1),
            size=9,
        )
    file.small(f"The rule: {RULE}")


def _ways(
    file: WordFile, route: ProcurementRoute, options: Rows[RouteOption], advice: ProcurementAdvice | None
) -> None:
    file.heading("Ways that were weighed")
    if options:
        rows = [
            (
                f"{row.label()}{' (chosen)' if id_ == route.chosen else ''}",
                field_of(RouteOption, "what").show(row.what) or NOT_SAID,
                row.speaks_for or NOT_SAID,
                row.speaks_against or NOT_SAID,
            )
            for id_, row in options
        ]
        head = ("Way", "Kind", "Speaks for it", "Speaks against it")
        file.table("Ways that were weighed", head, rows, (3.6, 3.3, 4.8, 4.8), size=9)
    else:
        file.blank("the ways that were weighed")
    file.heading("What was chosen, and why", 2)
    chosen = dict(options).get(route.chosen or "")
    if chosen is None:
        file.blank("which way was chosen")
    else:
        by = f" Decided by {route.decided_by}" if route.decided_by else ""
        when = f" on {day(route.date)}" if route.date else ""
        file.say(f"{chosen.label()}.{f'{by}{when}.' if by else ''}")
    if route.reasons:
        file.say(route.reasons)
    else:
        file.blank("why")
    if advice is None:
        file.blank("the advice that it rests on")
        return
    answered = f", answered on {day(advice.answered_on)}" if advice.answered_on else ", not answered yet"
    file.say(f"Advice: “{advice.label()}”{answered}.")


def _steps(file: WordFile, steps: Sequence[Dated], people: Mapping[str, str]) -> None:
    file.heading("Steps to the contract")
    if not steps:
        file.blank("the steps to the contract")
        return
    rows = [
        (
            f"{one.step.label()}{f' ({one.step.notice})' if one.step.notice else ''}",
            day(one.start) if one.start else NOT_SAID,
            day(one.end) if one.end else NOT_SAID,
            people.get(one.step.owner or "", "Nobody yet"),
            f"Done {day(one.step.done)}" if one.step.done else STATES[one.state],
        )
        for one in steps
    ]
    file.table("Steps to the contract", ("Step", "From", "To", "Who", "State"), rows, (5.4, 2.9, 2.9, 2.8, 2.5), size=9)
    file.small(f"The rule: {TIMELINE_RULE}")
