"""The induction pack as a Word file: the story so far for somebody who joins later, with the memorandum behind it."""

import datetime as dt
from collections.abc import Sequence

from pspworkbook.documents.mou_docx import write_sections
from pspworkbook.documents.word import WordFile
from pspworkbook.methods.findings import number_of
from pspworkbook.methods.form.induction import PackPart
from pspworkbook.methods.form.mou import NOT_BINDING, MouDocument
from pspworkbook.records.agreement import Signatory


def induction_docx(
    parts: Sequence[PackPart],
    mou: MouDocument,
    signatories: Sequence[Signatory],
    *,
    partnership: str,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The pack as the bytes of a .docx. A part that has nothing in it says what is missing; ``note`` stands on top."""
    file = WordFile(f"Welcome to {partnership}" if partnership else "Welcome to the partnership", workbook, on)
    if note:
        file.say(note)
    file.say("This is for you, because you join later than others. Ask about anything in it: fresh eyes see most.")
    for part in parts:
        file.heading(part.title)
        if part.missing:
            file.blank(f"{part.missing[:1].lower()}{part.missing[1:].rstrip('.')}")
        for line in part.lines:
            if len(part.lines) > 1:
                _entry(file, line, part.key == "words")
            else:
                file.say(line)
    file.new_page()
    file.heading("The Memorandum of Understanding")
    left = f" It is not finished: {number_of(len(mou.blanks), 'blank')} left." if mou.blanks else ""
    file.say(f"{NOT_BINDING}{left}")
    write_sections(file, mou, signatories, level=2)
    file.ending()
    return file.data()


def _entry(file: WordFile, line: str, defines: bool) -> None:
    """A line of a list; of one that explains a word, the word in bold."""
    term, colon, rest = line.partition(": ")
    if defines and colon:
        paragraph = file.say("", style="List Bullet")
        paragraph.add_run(term).bold = True
        paragraph.add_run(f": {rest}")
    else:
        file.bullet(line)
