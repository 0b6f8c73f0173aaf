"""Pilot or not, as a record of the decision: the balance, the nine reasons, views that differ, the seven questions."""

import datetime as dt
from collections.abc import Sequence

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.findings import Rows
from pspworkbook.methods.plan.pilot import (
    ADVANTAGES,
    APPROVAL_RULE,
    DISADVANTAGES,
    NOT_SAID,
    QUESTION_HEAD,
    RULE,
    Approval,
    Balance,
    Question,
)
from pspworkbook.methods.words import day
from pspworkbook.records import field_of
from pspworkbook.records.pilot import PilotChoice, PilotItem


def pilot_docx(
    choice: PilotChoice,
    state: Approval,
    balance: Balance,
    items: Rows[PilotItem],
    questions: Sequence[Question],
    *,
    waiting: str = "",
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The record of the decision as the bytes of a .docx. ``waiting`` says how many answers are not shown yet."""
    file = WordFile("Pilot or not: record of the decision", workbook, on)
    if note:
        file.say(note)
    file.heading("What was decided")
    if choice.decision:
        by = f" by {choice.decided_by}" if choice.decided_by else ""
        when = f" on {day(choice.date)}" if choice.date else ""
        file.say(f"{field_of(PilotChoice, 'decision').show(choice.decision)}. Decided{by}{when}.")
    else:
        file.blank("what was decided")
    for title, text, missing in (
        ("Why", choice.reasons, "why it was decided so"),
        ("Views that differ", choice.dissent, ""),
    ):
        file.heading(title, 2)
        for line in text.splitlines():
            file.say(line)
        if not text and missing:
            file.blank(missing)
        elif not text:
            file.say("None was written down.")
    file.heading("How the reasons were weighed")
    file.say(balance.words if balance.n or not waiting else waiting)
    file.small(f"The rule: {RULE}")
    for title, keys in (("For a pilot", ADVANTAGES), ("Against a pilot", DISADVANTAGES)):
        _reasons(file, title, keys, items)
    file.heading("Seven questions before a pilot")
    rows = [one.cells for one in questions]
    file.table("Seven questions before a pilot", QUESTION_HEAD, rows, (4.4, 5.4, 3.2, 3.5), size=9)
    file.heading("Approval")
    file.say(state.words)
    file.small(f"The rule: {APPROVAL_RULE}")
    file.ending()
    return file.data()


def _reasons(file: WordFile, title: str, keys: Sequence[str], items: Rows[PilotItem]) -> None:
    names, far = field_of(PilotItem, "item").options, field_of(PilotItem, "applies")
    found = {row.item: row for _, row in items}
    rows = []
    for key in keys:
        row = found.get(key, PilotItem(item=key))
        applies = far.show(row.applies) or "Not looked at"
        rows.append((names[key], applies, row.evidence or NOT_SAID, row.answer or NOT_SAID))
    head = (title, "Applies here", "What it rests on", "What we do about it")
    file.table(title, head, rows, (4.8, 2.4, 4.8, 4.5), size=9)
