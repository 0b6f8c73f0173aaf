"""The run-sheets of workshops as a Word file, on its side, to print and to lay on the table."""

import datetime as dt
from collections.abc import Iterator, Sequence

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.findings import number_of, people
from pspworkbook.methods.form.run_sheet import RunSheet
from pspworkbook.methods.words import day
from pspworkbook.records.form import Workshop

HEAD = ("Time", "Minutes", "Task", "Words to say", "On the screen", "To bring", "To record")
WIDTHS = (1.5, 1.8, 4.2, 7.2, 3.6, 4.0, 3.9)


def run_sheet_docx(sheets: Sequence[tuple[Workshop, RunSheet]], *, workbook: str, on: dt.date) -> bytes:
    """The run-sheets as the bytes of a .docx, each on pages of its own."""
    one = sheets[0][0].label() if len(sheets) == 1 else ""
    file = WordFile(f"Run-sheet: {one}" if one else "Run-sheets", workbook, on, landscape=True)
    if not sheets:
        file.say("No workshop is planned yet.")
    for place, (workshop, sheet) in enumerate(sheets):
        if place:
            file.new_page()
        if not one:
            file.heading(workshop.label())
        for line in facts_of(workshop, sheet):
            file.say(line)
        for warning in sheet.warnings:
            file.bullet(warning)
        rows = [
            (row.time, str(row.minutes), row.task, row.say, row.screen, row.bring, row.record) for row in sheet.rows
        ]
        file.table(f"Run-sheet of {workshop.label()}", HEAD, rows, WIDTHS, size=9)
        bring = list(dict.fromkeys(row.bring for row in sheet.rows if row.bring))
        if bring:
            file.heading("To bring", 2)
            file.say("\n".join(f"☐ {thing[:1].upper()}{thing[1:]}" for thing in bring))
    file.ending()
    return file.data()


def facts_of(workshop: Workshop, sheet: RunSheet) -> Iterator[str]:
    """What somebody needs to know before the first line of the sheet."""
    if workshop.aim:
        yield f"Aim: {workshop.aim}"
    when = [
        day(workshop.date) if workshop.date else "",
        f"{sheet.rows[0].time} to {sheet.ends}" if sheet.rows else "",
        number_of(sheet.minutes, "minute"),
        people(int(workshop.people)) if workshop.people else "",
        workshop.place,
    ]
    yield ", ".join(part for part in when if part) + "."
    if workshop.access:
        yield f"Access: {workshop.access}"
