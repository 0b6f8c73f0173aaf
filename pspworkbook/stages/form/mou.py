"""The Memorandum of Understanding on the page: its paragraphs in pieces, so that each blank leads to its field."""

import re
from dataclasses import dataclass

from pspworkbook.methods.form.mou import Blank, MouDocument, Section


@dataclass(frozen=True)
class Piece:
    """Some text of a paragraph. ``blank`` says where to fill it in, if it is one."""

    text: str
    blank: Blank | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a line of a list, in pieces."""

    pieces: tuple[Piece, ...]
    listed: bool


def preview(mou: MouDocument) -> list[tuple[Section, list[Paragraph]]]:
    """Each section with its paragraphs."""
    everywhere = {mark(blank): blank for blank in reversed(mou.blanks)}
    return [(section, _paragraphs(section, everywhere)) for section in mou.sections]


def mark(blank: Blank) -> str:
    """A blank as it stands in the text."""
    return f"[{blank.what[:1].lower()}{blank.what[1:]}]"


def _paragraphs(section: Section, everywhere: dict[str, Blank]) -> list[Paragraph]:
    # Two blanks of a section can read alike (“its mission”): the first in the text is the first in the list.
    own = list(section.blanks)
    pattern = "(" + "|".join(re.escape(text) for text in sorted(everywhere, key=len, reverse=True)) + ")"

    def piece(text: str) -> Piece:
        blank = next((one for one in own if mark(one) == text), None)
        if blank is not None and sum(mark(one) == text for one in own) > 1:
            own.remove(blank)
        return Piece(text, blank or everywhere.get(text))

    return [
        Paragraph(
            tuple(piece(text) for text in (re.split(pattern, line) if everywhere else [line]) if text),
            paragraph.startswith("• "),
        )
        for paragraph in section.paragraphs
        for line in (paragraph.removeprefix("• "),)
    ]
