"""Word files of the review: “You said, we did”, and the decision on what comes next."""

import datetime as dt
from collections.abc import Sequence

from pspworkbook.documents.word import WordFile, day
from pspworkbook.methods.review.evaluative import RULE, Evaluation
from pspworkbook.records import field_of
from pspworkbook.records.review import RollOut


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
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The decision with what it rests on, its conditions, views that differ, and the limits of any ratio."""
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
        ("Procurement", decision.route),
    ):
        if text:
            file.heading(title, 2)
            for line in text.splitlines():
                file.bullet(line)
    if decision.decided_by or decision.date:
        when = f" on {day(decision.date)}" if decision.date else ""
        file.say(f"Decided by {decision.decided_by or 'nobody named'}{when}.")
    file.heading("What it rests on", 2)
    if found is None or found.forecast.sroi_ratio is None:
        file.say("What happened has not been set beside the forecast.")
    else:
        rows = [("Forecast", f"{found.forecast.sroi_ratio:.2f}", "", "")]
        rows += [(step.name, f"{step.change:+.2f}", step.moved, step.why) for step in found.steps]
        rows.append(("Actual, strict", f"{found.strict.sroi_ratio or 0:.2f}", "", ""))
        if found.unmeasured:
            rows.append(
                (
                    "Actual, generous",
                    f"{found.generous.sroi_ratio or 0:.2f}",
                    "if what was not measured had come out as forecast",
                    "",
                )
            )
        file.table(
            "From the forecast to what happened",
            ("Step", "Value for each £1", "What moved", "Why"),
            rows,
            (4.6, 2.6, 4.6, 4.8),
            size=9,
        )
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
