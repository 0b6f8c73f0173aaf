"""Word files of the review: “You said, we did”, and the decision on what comes next."""

import datetime as dt
from collections.abc import Sequence

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.ballots.spread import RULE as SPREAD_RULE
from pspworkbook.methods.review.evaluative import RULE, Evaluation
from pspworkbook.methods.sroi import ForecastResult
from pspworkbook.methods.sroi.stress import RULE as RANGE_RULE
from pspworkbook.methods.sroi.stress import Stress
from pspworkbook.methods.words import day, signed
from pspworkbook.records import field_of
from pspworkbook.records.review import RollOut

GENEROUS = "Generous: as if what was not measured had come out as forecast."


def you_said_docx(
    said: Sequence[tuple[str, Sequence[str], Sequence[str]]], *, workbook: str, on: dt.date, note: str = ""
) -> bytes:
    """For each theme what people said, only with their consent, and what was done."""
    file = WordFile("You said, we did", workbook, on)
    if note:
        file.say(note)
    if not said:
        file.say("There is nothing to tell yet: no words that may be quoted, and nothing done.")
    for theme, quotes, actions in said:
        file.heading(theme, 2)
        for quote in quotes:
            file.say(f"You said: “{quote}”")
        for action in actions:
            file.say(f"We did: {action}")
        if not actions:
            file.say("Nothing has been done about it yet.")
    return file.data()


def decision_docx(
    decision: RollOut,
    found: Evaluation | None,
    checks: Sequence[tuple[str, float | None]],
    limits: Sequence[str],
    *,
    spreads: Sequence[tuple[str, str]] = (),
    waiting: str = "",
    route: str = "",
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The decision with what it rests on, its conditions, views that differ, and the limits of any ratio.

    ``spreads`` are the questions that everybody rated, each with its spread in words, and
    ``waiting`` how many people answered what is not shown yet; ``route`` is what the route record
    says on how it will be procured, beside what the decision says.
    """
    file = WordFile("What comes next", workbook, on)
    if note:
        file.say(note)
    file.heading("Decision", 2)
    if decision.decision is None:
        file.blank("Nothing has been decided yet")
    else:
        file.say(f"{field_of(RollOut, 'decision').show(decision.decision)}.")
        file.say(decision.reasons)
    for title, text in (
        ("Conditions", decision.conditions),
        ("Views that differ", decision.dissent),
        ("Procurement", "\n".join(one for one in (decision.route, route) if one)),
    ):
        if text:
            file.heading(title, 2)
            for line in text.splitlines():
                file.bullet(line)
    if decision.decided_by or decision.date:
        when = f" on {day(decision.date)}" if decision.date else ""
        file.say(f"Decided by {decision.decided_by or 'nobody named'}{when}.")
    if spreads or waiting:
        file.heading("How far those who were asked agree", 2)
    if waiting:
        file.say(waiting)
    if spreads:
        file.table("Agreement", ("Statement", "Spread"), spreads, (6, 10.5), size=9)
        file.small(SPREAD_RULE)
    file.heading("What it rests on", 2)
    if found is None or found.forecast.sroi_ratio is None:
        file.say("What happened has not been set beside the forecast.")
    else:
        file.table(
            "Forecast and actual ratio",
            ("Value for each £1", "Ratio", "Range"),
            [(name, f"{result.sroi_ratio or 0:.2f}", _range(span)) for name, result, span in _ratios(found)],
            (7.5, 3, 6),
        )
        file.small(f"Range: {RANGE_RULE} {'' if not found.unmeasured else GENEROUS}".strip())
        file.heading("Why the ratio moved", 2)
        rows = [(step.name, signed(step.change), step.moved, step.why) for step in found.steps]
        file.table(
            "From the forecast to what happened",
            ("Step", "Moves the ratio by", "What moved", "Why"),
            rows,
            (4.6, 2.6, 4.6, 4.8),
            size=9,
        )
        if found.unverified:
            file.say(f"Not verified by anybody else: {'; '.join(found.unverified)}.")
        file.small(RULE)
    if checks:
        file.heading("What can be carried over", 2)
        for name, share in checks:
            file.bullet(
                f"{name}: {'not judged yet' if share is None else f'{share:.0%} of the pilot’s result expected'}"
            )
    file.heading("Limits", 2)
    for limit in limits:
        file.bullet(limit)
    return file.data()


def _ratios(found: Evaluation) -> list[tuple[str, ForecastResult, Stress | None]]:
    rows = [("Forecast", found.forecast, found.forecast_range), ("Actual, strict", found.strict, found.strict_range)]
    return [*rows, ("Actual, generous", found.generous, found.generous_range)] if found.unmeasured else rows


def _range(span: Stress | None) -> str:
    return f"{span.low:.2f} to {span.high:.2f}" if span else "–"
