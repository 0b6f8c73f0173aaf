"""What a workbook hands out: an entry is a record as it stands, a change is one line of the log."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pspworkbook.records import KINDS, Record
from pspworkbook.workbook import words
from pspworkbook.workbook.errors import Body, NotFound, StoreTrouble


def utc_now() -> str:
    """The time now in UTC, as every table and file keeps it: text that sorts by time and loses nothing in any database."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def moment(text: str) -> dt.datetime:
    """A time as kept, read again. Raises StoreTrouble when it is none."""
    try:
        return dt.datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise StoreTrouble("A time in this workbook cannot be read: the file is damaged.") from None


def model_of(kind: str) -> type[Record]:
    """The model of a kind of record. Raises NotFound for a name that is none."""
    try:
        return KINDS[kind]
    except (KeyError, TypeError):
        raise NotFound(f"There is no kind of record called “{kind}”. There are: {', '.join(KINDS)}.") from None


@dataclass(frozen=True)
class Entry:
    """One record as it stands in a workbook.

    ``version`` is 1 when it is new and one more with every save (0: a form that nobody has saved yet); ``seq`` is the
    line of the log that made this version.
    """

    id: str
    version: int
    record: Any
    author: str
    at: dt.datetime | None
    seq: int

    @property
    def kind(self) -> str:
        """The kind of its record, such as ``outcome``."""
        return str(self.record.kind)

    @property
    def label(self) -> str:
        """The record's name, for lists and messages."""
        return str(self.record.label())


@dataclass(frozen=True)
class Change:
    """One line of the log. It is never altered.

    ``before`` and ``after`` are the record's body, None where it did not exist; ``batch`` is the same for all that was
    saved at once; ``target`` is the line that an undo or redo takes back. A ``clash`` is a version that was refused
    because somebody else had saved first: ``after`` is what would have been saved.
    """

    seq: int
    batch: int
    action: str
    kind: str
    id: str
    version: int
    before: Body | None
    after: Body | None
    author: str
    role: str
    at: dt.datetime
    reason: str
    target: int | None = None
    names: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def summary(self) -> str:
        """The change in plain English, such as ``Deadweight of “Fewer falls” from 0% to 10%``."""
        return words.summary(self.action, self.kind, self.before, self.after, self.names)

    @property
    def in_full(self) -> str:
        """As :attr:`summary`, with every field that was changed, however many they are."""
        return words.summary(self.action, self.kind, self.before, self.after, self.names, most=None)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that this change altered."""
        return words.altered(self.before, self.after)


@dataclass(frozen=True)
class NextStep:
    """What an undo would take back, or a redo do again: its words, and whose it is. False where there is nothing.

    ``ours`` says that it was done through this very workbook object. Undo goes by the author's name, and without keys
    everybody at one machine has the same: what was done elsewhere may be somebody else's.
    """

    words: str = ""
    ours: bool = True
    author: str = ""
    at: dt.datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.words)
