"""The Memorandum of Understanding as a Word file: thirteen sections, then what is blank; what differs from 2011 if asked."""

import datetime as dt
from collections.abc import Sequence

from pspworkbook import guide
from pspworkbook.documents.word import WordFile
from pspworkbook.guide import cite
from pspworkbook.methods.form.mou import NOT_BINDING, Change, MouDocument, Section
from pspworkbook.methods.words import day
from pspworkbook.records.agreement import Signatory

TO_SIGN = 2
"""Rows of the signature table at the least: one for each lead partner."""


def mou_docx(
    mou: MouDocument,
    signatories: Sequence[Signatory],
    *,
    workbook: str,
    on: dt.date,
    note: str = "",
    changes: bool = False,
) -> bytes:
    """The memorandum as the bytes of a .docx.

    ``changes`` adds where it departs from the template of 2011: of use to who prepares it, and no part of what is signed.

    ``workbook`` and ``on`` stand in the header of every page; ``note`` is a sentence to stand before everything else.
    """
    file = WordFile(mou.title, workbook, on)
    if note:
        file.say(note)
    left = len(mou.blanks)
    state = (
        "Nothing is left to fill in."
        if not left
        else f"{left} {'thing is' if left == 1 else 'things are'} left to fill in, listed at the end."
    )
    file.say(f"Draft of {day(on)}. {state} {NOT_BINDING}")
    write_sections(file, mou, signatories)
    _left(file, mou)
    if changes:
        _changes(file, mou)
    file.heading("About this document")
    file.ending("Have it read by whoever advises you on law and procurement before anybody signs.")
    return file.data()


def write_sections(file: WordFile, mou: MouDocument, signatories: Sequence[Signatory], *, level: int = 1) -> None:
    """The thirteen sections, their headings at this level."""
    blanks = marks_of(mou)
    for section in mou.sections:
        file.heading(f"{section.number}. {section.title}", level)
        if section.key == "acceptance":
            file.say(section.paragraphs[0])
            _signatures(file, signatories)
            continue
        for paragraph in section.paragraphs:
            if paragraph.startswith("• "):
                file.bullet(paragraph.removeprefix("• "), blanks)
            else:
                file.say(paragraph, blanks=blanks)


def marks_of(mou: MouDocument) -> frozenset[str]:
    """Every blank as it stands in the text, in square brackets."""
    return frozenset(f"[{blank.what[:1].lower()}{blank.what[1:]}]" for blank in mou.blanks)


def _signatures(file: WordFile, signatories: Sequence[Signatory]) -> None:
    rows = [
        (row.name, row.role, row.organisation, "", day(row.signed) if row.signed else "")
        for row in signatories
        if row.name
    ]
    blank = ("[name]", "[role]", "[organisation]")
    rows += [(*blank, "", "")] * max(0, TO_SIGN - len(rows))
    head = ("Name", "Role", "Organisation", "Signature", "Date")
    file.table("Signatures", head, rows, (3.2, 3.2, 3.8, 3.8, 2.5), blanks=blank, height=1.1)


def _left(file: WordFile, mou: MouDocument) -> None:
    file.new_page()
    if not mou.blanks:
        return
    file.heading("Still to fill in")
    titles = {section.key: f"{section.number}. {section.title}" for section in mou.sections}
    file.table(
        "What is still to be filled in",
        ("Section", "What is missing"),
        [(titles[blank.section], blank.what[:1].upper() + blank.what[1:]) for blank in mou.blanks],
        (6.5, 10.0),
    )


def _changes(file: WordFile, mou: MouDocument) -> None:
    file.heading("Changes from the template of 2011")
    file.say(
        "The guide of 2011 has a template. Where its words would do harm today, this memorandum says something else."
    )
    file.table(
        "Changes from the template of 2011",
        ("What", "Sections", "Why", "What is known today"),
        [
            (
                f"{change.title} ({cite(change.lines)} of the guide)",
                sections_of(change, mou.sections),
                change.why,
                "\n".join(known_today(change)) or "–",
            )
            for change in mou.changes
        ],
        (3.2, 1.8, 5.0, 6.5),
        size=9,
    )


def sections_of(change: Change, sections: Sequence[Section]) -> str:
    """The numbers of the sections that a change touches."""
    return ", ".join(str(section.number) for section in sections if change.key in {one.key for one in section.changes})


def known_today(change: Change) -> list[str]:
    """The notes that bear on a change, each with how sure we are of it and its date."""
    notes = guide.then_and_now()
    return [_note(notes[key]) for key in change.notes]


def _note(note: guide.ThenAndNow) -> str:
    said = note.now or f"Not checked: {note.recalled}"
    as_of = f", {day(note.as_of)}" if note.as_of else ""
    return f"{note.topic}: {said} ({note.sure}{as_of})"
