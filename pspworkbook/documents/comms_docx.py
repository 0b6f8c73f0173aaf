"""The communications plan as a Word file: aims, messages, this month's list, the dated plan, and who is forgotten."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.do.comms import RULE, Due
from pspworkbook.methods.words import day
from pspworkbook.records import field_of
from pspworkbook.records.deliver import CommsPlan, Communication

HEAD = ("When", "To whom", "What, and what for", "How and in which form", "Who")
WIDTHS = (3.6, 4.0, 7.4, 7.0, 3.5)


def comms_docx(
    plan: CommsPlan,
    month: Sequence[Due],
    rows: Sequence[Communication],
    forgotten: Sequence[str],
    names: Mapping[str, str],
    *,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The plan as the bytes of a .docx, lying on its side. ``names``: of groups and people, by identifier."""
    file = WordFile("Communications plan", workbook, on, landscape=True)
    if note:
        file.say(note)
    kept = f", kept by {names[plan.owner]}" if plan.owner in names else ""
    again = f" Looked at again on {day(plan.review)}." if plan.review else ""
    file.say(
        f"Version {plan.version or 'without a number'}{f' of {day(plan.date)}' if plan.date else ''}{kept}.{again}"
    )
    for title, text in (("What we want to reach", plan.objectives), ("What we say", plan.messages)):
        file.heading(title)
        for line in filter(str.strip, text.splitlines()):
            file.bullet(line)
        if not text.strip():
            file.blank(f"{title}: still to be said")
    file.heading("This month’s list")
    if month:
        due = [(f"{day(one.date)}{' (overdue)' if one.overdue else ''}", *_cells(one.row, names)) for one in month]
        file.table("Due this month, and overdue", HEAD, due, WIDTHS, size=9)
    else:
        file.say("Nothing is due this month.")
    file.heading("The whole plan")
    if rows:
        file.table("All communications", HEAD, [(_when(row), *_cells(row, names)) for row in rows], WIDTHS, size=9)
    else:
        file.say("Nothing is planned yet.")
    file.heading("For whom nothing lies ahead")
    for name in forgotten:
        file.bullet(name)
    if not forgotten:
        file.say("Nobody: something lies ahead for every group.")
    answered = [row for row in rows if row.feedback]
    if answered:
        file.heading("What came back")
        for row in answered:
            file.bullet(f"{row.label()}: {row.feedback}")
    file.small(f"The rule: {RULE}")
    file.ending()
    return file.data()


def _when(row: Communication) -> str:
    often = field_of(Communication, "frequency").show(row.frequency)
    said = [day(row.date) if row.date else "no date"]
    said += [often] if row.frequency not in (None, "once") else []
    said += [f"until {day(row.until)}"] if row.until else []
    said += [f"last done {day(row.done)}"] if row.done else []
    return "\n".join(said)


def _cells(row: Communication, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    form = field_of(Communication, "format").show(row.format)
    how = "; ".join(part for part in (row.channel or "channel not said", form, row.access) if part)
    return names.get(row.stakeholder or "", "not said"), row.label(), how, names.get(row.owner or "", "nobody yet")
