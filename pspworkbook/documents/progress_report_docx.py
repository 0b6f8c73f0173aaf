"""A progress report as a Word file that looks like a paper for a committee."""

import datetime as dt

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.do.report import RULE, WORDS, Report
from pspworkbook.methods.words import day
from pspworkbook.records.deliver import ProgressReport


def progress_report_docx(report: ProgressReport, drawn: Report, *, workbook: str, on: dt.date, note: str = "") -> bytes:
    """The report as the bytes of a .docx. One that was issued is given as it was kept; ``note`` stands on top."""
    file = WordFile(report.label(), workbook, on)
    if note:
        file.say(note)
    period = " to ".join(day(date) for date in (report.period_start, report.period_end) if date)
    rows = [
        ("To", report.to or "–"),
        ("Meeting", day(report.meeting) if report.meeting else "–"),
        ("Period", period or "–"),
    ]
    rows.append(("Issued", day(report.issued) if report.issued else "Not issued: a draft"))
    file.table("What this paper is", ("This paper", ""), rows, (4, 12.5))
    if report.issued and report.issued_text:
        file.say("As it was issued.")
        for line in report.issued_text.splitlines():
            if line.strip():
                file.say(line.removeprefix("- "), style="List Bullet" if line.startswith("- ") else None)
    else:
        file.heading("Colour")
        file.say(WORDS[drawn.colour])
        for reason in drawn.why:
            file.bullet(reason)
        file.small(f"The rule: {RULE}")
        for number, (heading, sentences) in enumerate(drawn.sections, 1):
            file.heading(f"{number}. {heading}")
            for place, sentence in enumerate(sentences, 1):
                file.say(f"{number}.{place}  {sentence}")
    file.ending()
    return file.data()
