"""An entry of the library as plain values: what a page shows of it, and what a search looks through, are the same."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of entry: its name for one and for the list of all, and how one and many of them are counted."""

    one: str
    many: str
    single: str
    plural: str

    def counted(self, number: int) -> str:
        """How many, in words: ``1 lesson``, ``12 lessons``."""
        return f"{number} {self.single if number == 1 else self.plural}"


KINDS = {
    "lesson": Kind("Lesson", "Lessons", "lesson", "lessons"),
    "own": Kind("Our own lesson", "Our own lessons", "lesson of our own", "lessons of our own"),
    "case": Kind("Case study", "Case studies", "case study", "case studies"),
    "term": Kind("Term", "Glossary", "term", "terms"),
    "question": Kind("Question", "Questions and answers", "question", "questions"),
    "note": Kind("Then and now", "Then and now", "then-and-now note", "then-and-now notes"),
    "tool": Kind("Tool", "Tools", "tool", "tools"),
    "list": Kind("List of the guide", "Lists of the guide", "list", "lists"),
    "example": Kind("Example", "Other examples", "other example", "other examples"),
    "sroi": Kind("SROI in short", "SROI in short", "piece on SROI", "pieces on SROI"),
    "mou": Kind("Memorandum of Understanding", "Memorandum of Understanding", "piece on the MoU", "pieces on the MoU"),
    "funder": Kind("Lead Funder", "Lead Funder", "piece on Lead Funders", "pieces on Lead Funders"),
    "link": Kind("Address of 2011", "Addresses of 2011", "address of 2011", "addresses of 2011"),
}
"""Every kind, in the order in which they are offered; the key begins the entry's anchor, as in ``case-falkirk``."""


@dataclass(frozen=True)
class Block:
    """A piece of a story. What is empty is not shown; ``folded`` starts closed; ``tone`` is "", "caution" or "note"."""

    heading: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """Other entries, as (anchor, words)."""
    folded: bool = False
    tone: str = ""

    def passages(self) -> Iterator[str]:
        """Everything that is said here, piece by piece; names of other entries are theirs, not said here."""
        if self.text:
            yield self.text
        yield from self.items
        yield from (f"{term}: {words}" for term, words in self.pairs)
        yield from (". ".join(cell for cell in row if cell) for row in self.rows)


@dataclass(frozen=True)
class Story:
    """One entry: ``lead`` is what stands under its title in a list, ``cites`` the guide's lines that it rests on."""

    kind: str
    key: str
    title: str
    lead: str = ""
    blocks: tuple[Block, ...] = ()
    also: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    cites: str = ""
    check_again_by: dt.date | None = None

    @property
    def anchor(self) -> str:
        """Its place in an address: ``library#lesson-F3``."""
        return f"{self.kind}-{self.key}"

    def passages(self) -> Iterator[str]:
        """Everything that is said here, piece by piece."""
        if self.lead:
            yield self.lead
        for block in self.blocks:
            yield from block.passages()
