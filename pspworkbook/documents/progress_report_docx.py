"""A progress report as a Word file that looks like a paper for a committee."""

import datetime as dt

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.do.report import WORDS, Report, kept
from pspworkbook.methods.words import day
from pspworkbook.records.deliver import ProgressReport


def progress_report_docx(report: ProgressReport, drawn: Report, *, workbook: str, on: dt.date, note: str = "") -> bytes:
    """The report as the bytes of a .docx. One that was issued is given as it was kept; ``note`` stands on top."""
    issued = kept(report.issued_text) if report.issued else None
    shown, loose = issued or drawn, report.issued_text if report.issued and not issued else ""
    file = WordFile(issued.title if issued else report.label(), workbook, on)
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
    if report.issued:
        file.say("As it was issued.")
    if loose:
        for place, line in enumerate(loose.splitlines()):
            if line.strip() and not (place == 0 and line == report.label()):
                file.say(line.removeprefix("- "), style="List Bullet" if line.startswith("- ") else None)
    else:
        file.heading("Colour")
        file.say(WORDS[shown.colour])
        for reason in shown.why:
            file.bullet(reason)
        if shown.rule:
            file.small(f"The rule: {shown.rule}")
        for number, (heading, sentences) in enumerate(shown.sections, 1):
            file.heading(f"{number}. {heading}")
            for place, sentence in enumerate(sentences, 1):
                file.say(f"{number}.{place}  {sentence}")
    _together(file)
    file.ending()
    return file.data()


def _together(file: WordFile, last: int = 4) -> None:
    """Keep the last paragraphs with the small print, so that it never stands on a page of its own."""
    for paragraph in file.document.paragraphs[-last:]:
        paragraph.paragraph_format.keep_with_next = True
