"""The table of shared data as a Word file, to stand beside the memorandum."""

import datetime as dt
from collections.abc import Sequence

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.analyse.sharing import HEAD, RULE
from pspworkbook.methods.findings import StageGap

TITLE = "Data sharing: what is shared, on what ground, with whom"
WIDTHS = [3.8, 4.2, 5.2, 3.4, 2.9, 2.6, 3.4]


def data_sharing_docx(
    rows: Sequence[Sequence[str]],
    gaps: Sequence[StageGap],
    law: Sequence[str],
    *,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The table as the bytes of a .docx, lying on its side; ``law`` are the sentences of the notes that it rests on."""
    file = WordFile(TITLE, workbook, on, landscape=True)
    if note:
        file.say(note)
    if rows:
        file.table(TITLE, HEAD, rows, WIDTHS, size=9)
    else:
        file.say("Nothing is shared yet.")
    file.heading("Before it can be signed")
    for gap in gaps:
        file.bullet(gap.sentence)
    if not gaps:
        file.say("Nothing is missing, by the rule below.")
    file.small(f"The rule: {RULE}")
    file.heading("What it rests on")
    for sentence in law:
        file.bullet(sentence)
    file.ending()
    return file.data()
