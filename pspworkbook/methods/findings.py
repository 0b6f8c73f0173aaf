"""What a rule of the first three stages finds: a plain sentence, and where to go to answer it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pspworkbook.records import Record

R = TypeVar("R", bound=Record)
Rows = Sequence[tuple[str, R]]
"""Records as (identifier, record)."""


@dataclass(frozen=True)
class StageGap:
    """One thing that is missing or looks odd: the tool, what to say, and which record and field to go to.

    Where a record is missing (``kind`` without ``id``), ``begin`` holds what it is about, field to value: a new one
    that is added from here begins with that.
    """

    tool: str
    sentence: str
    kind: str = ""
    id: str = ""
    field: str = ""
    begin: tuple[tuple[str, str], ...] = ()


def unanswered(id_: str, record: Record) -> Iterator[StageGap]:
    """The needed fields of a record that are empty, as one sentence."""
    missing = record.missing()
    if missing:
        whom = f"“{record.label()}”" if getattr(record, record.name_field, None) else f"The {_lower(record.noun)}"
        titles = together([_lower(spec.title).rstrip("?") for spec in missing])
        several = not getattr(record, record.name_field, None) and record.noun.split(" of ")[0].endswith("s")
        needs = "need" if several else "needs"  # the terms of reference need, the communications plan needs
        yield StageGap(record.tool, f"{whom} still {needs}: {titles}.", record.kind, id_, missing[0].name)


def together(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def people(count: int) -> str:
    """``1 person`` or ``12 people``."""
    return "1 person" if count == 1 else f"{count:,} people"


def number_of(count: int, one: str, many: str = "") -> str:
    """``1 hour``, ``2 hours``; ``many`` where the plural takes more than an s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def same_name(name: str) -> str:
    """A name as it is compared: without differences of case and blanks."""
    return " ".join(name.split()).casefold()


def _lower(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
