"""The fair competition file as a Word file."""

import datetime as dt
from collections.abc import Sequence

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.do.fair import RULE, Part
from pspworkbook.methods.findings import StageGap

WIDTH = 25.5
CONFIDENTIAL = "Confidential: for the facilitator. It names people who declared an interest. Not to be passed on."
NAMES_KEPT_BACK = (
    "Names are kept back, except where somebody has said that theirs may stand here. So are conflicts of interest, and "
    "the reason for choosing a partner or not wherever a conflict was declared or nobody has asked about one."
)


def fair_competition_docx(
    parts: Sequence[Part],
    gaps: Sequence[StageGap],
    law: Sequence[str],
    *,
    names: bool,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The file as the bytes of a .docx, lying on its side. ``law`` are the sentences of the notes that it rests on."""
    file = WordFile("Fair competition file", workbook, on, landscape=True)
    if names:
        file.say(CONFIDENTIAL).runs[0].bold = True
    if note:
        file.say(note)
    if not names:
        file.say(NAMES_KEPT_BACK)
    file.heading("What is still missing")
    for gap in gaps:
        file.bullet(gap.sentence)
    if not gaps:
        file.say("Nothing, by the rule below.")
    file.small(f"The rule: {RULE}")
    for part in parts:
        file.heading(part.title)
        if part.rows:
            file.table(part.title, part.head, part.rows, [WIDTH / len(part.head)] * len(part.head), size=9)
        else:
            file.say(part.nothing)
    file.heading("What it rests on")
    for sentence in law:
        file.bullet(sentence)
    file.ending()
    return file.data()
