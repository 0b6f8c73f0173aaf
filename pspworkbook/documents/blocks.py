"""What a report is made of, before it is a file: chapters of headings, words, tables and pictures.

Written once, so that the Word file and the web page cannot say different things. All of it is text: the writers escape it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pspworkbook.charts.drawing import Drawing
from pspworkbook.methods.sroi.theory import Nested


@dataclass(frozen=True)
class Heading:
    """A heading within a chapter; level 2 or 3."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Say:
    """A paragraph. ``look`` is "" , ``lead`` (what matters most), ``small``, or ``missing`` (what is not there yet)."""

    text: str
    look: str = ""


@dataclass(frozen=True)
class Points:
    """A list of sentences, each with a strong beginning or none; ``numbered`` where their order counts."""

    items: Sequence[tuple[str, str]]
    numbered: bool = False
    size: float = 0
    """In points; 0 for that of all other words."""


@dataclass(frozen=True)
class Tree:
    """A list of lists."""

    lines: Sequence[Nested]


@dataclass(frozen=True)
class Table:
    """A table with a heading row, the first column naming each row. ``widths`` are shares of the page's width.

    ``numbers`` are the columns set to the right; ``total`` says that the last row is a sum; ``share`` is how much of the
    page's width the table takes.
    """

    about: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    numbers: frozenset[int] = frozenset()
    total: bool = False
    size: float = 8.5
    share: float = 1.0


@dataclass(frozen=True)
class Figure:
    """A picture: ``text`` says what it shows to whoever cannot see it; ``share`` is how much of the page's width it takes.

    ``said`` is whether the words beside it say so already; otherwise the text stands below it for everybody.
    """

    title: str
    text: str
    drawing: Drawing
    share: float = 1.0
    said: bool = False


Block = Heading | Say | Points | Tree | Table | Figure


@dataclass(frozen=True)
class Chapter:
    """A chapter; a ``wide`` one stands on pages across."""

    title: str
    blocks: Sequence[Block]
    wide: bool = False


@dataclass(frozen=True)
class Report:
    """A report. ``facts`` are the lines of its title block; ``note`` warns that it is an example; ``fine`` is small print."""

    title: str
    kicker: str
    facts: Sequence[tuple[str, str]]
    chapters: Sequence[Chapter]
    workbook: str
    note: str = ""
    fine: Sequence[str] = field(default_factory=tuple)

    def numbered(self) -> list[tuple[int, Chapter]]:
        """The chapters with their numbers, from 1."""
        return list(enumerate(self.chapters, start=1))
