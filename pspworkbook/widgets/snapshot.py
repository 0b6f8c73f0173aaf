"""What a workbook holds at one moment, read once however many parts of a page ask for it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from pspworkbook.methods.reasons import given, outdated, reasons_of
from pspworkbook.records import KINDS
from pspworkbook.workbook import Entry, Workbook

Key = tuple[str, ...]
ASKED: Key = ("asked", "last")
"""Stands for that the last change of every kind has been read."""


@dataclass(frozen=True)
class _Known:
    value: Any
    kinds: frozenset[str]
    """The kinds of record that it was worked out from."""


class Snapshot:
    """Answers the questions of a page from memory after the first time. A new line in the log makes a new snapshot.

    What is worked out with :meth:`once` remembers which kinds of record were read for it, so that a later snapshot works
    out anew only what rests on what has changed. Such work may read the workbook through its snapshot alone.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._today = dt.date.today()
        self._known: dict[Key, _Known] = {}
        self._before: dict[str, list[Entry]] = {}
        self._reading: list[set[str]] = []

    def after(self, kinds: set[str]) -> "Snapshot":
        """The snapshot after records of these kinds have changed: all that does not rest on them still holds."""
        newer = Snapshot(self.workbook)
        same_day = newer._today == self._today  # rules speak of what is overdue today
        for key, known in self._known.items():
            nothing_read = not known.kinds and key != ASKED  # then nobody can say what it rests on
            if not nothing_read and not known.kinds & kinds and (same_day or key[0] == "records"):
                newer._known[key] = known
        newer._before = {**self._before, **{key[1]: it.value for key, it in self._known.items() if key[0] == "records"}}
        return newer

    def once(self, key: Key, work: Callable[[], Any]) -> Any:
        """The result of ``work``, worked out once for as long as the records that it reads stay as they are."""
        known = self._known.get(key)
        if known is None:
            self._reading.append(set())
            try:
                value = work()
            finally:
                kinds = self._reading.pop()
            known = self._known[key] = _Known(value, frozenset(kinds))
        self._read(known.kinds)
        return known.value

    def _read(self, kinds: frozenset[str]) -> None:
        if self._reading:
            self._reading[-1] |= kinds

    def _of(self, what: str, kind: str, work: Callable[[], Any]) -> Any:
        key = (what, kind)
        if key not in self._known:
            self._known[key] = _Known(work(), frozenset((kind,)))
        self._read(self._known[key].kinds)
        return self._known[key].value

    def records(self, kind: str) -> list[Entry]:
        """All records of a kind; as :meth:`Workbook.records`. Those that have not changed are not read again."""
        before = self._before.pop(kind, ())
        return cast(list[Entry], self._of("records", kind, lambda: self.workbook.records(kind, before)))

    def outdated(self, kind: str) -> dict[str, dict[str, str]]:
        """By record the reasons that were given for other figures than it has now: field and sentence, if there are any."""

        def find() -> dict[str, dict[str, str]]:
            there = {
                entry.id: entry.record for entry in self.records(kind) if entry.version > 1 and given(entry.record)
            }
            lines = self.workbook.lines_of([(kind, id_) for id_ in there]) if there else {}
            found = {id_: outdated(record, lines.get((kind, id_), ())) for id_, record in there.items()}
            return {id_: said for id_, said in found.items() if said}

        return cast(dict[str, dict[str, str]], self._of("outdated", kind, find)) if reasons_of(KINDS[kind]) else {}

    def the(self, kind: str) -> Entry:
        """The one record of a form; as :meth:`Workbook.the`."""
        return cast(Entry, self._of("the", kind, lambda: self.workbook.the(kind)))

    def altered_since(self, position: int, kinds: Iterable[str]) -> int:
        """What of these kinds does not stand as it did; as :meth:`Workbook.altered_since`."""
        wanted = frozenset(kinds)
        self._read(wanted)
        return self.workbook.altered_since(position, wanted)

    def last_change(self, kind: str) -> int:
        """The last line of the log that altered a kind; as :meth:`Workbook.last_change`."""
        if ASKED not in self._known:
            self._known[ASKED] = _Known(True, frozenset())
            for one, seq in self.workbook.last_changes().items():
                self._known.setdefault(("last", one), _Known(seq, frozenset((one,))))
        return cast(int, self._of("last", kind, lambda: self.workbook.last_change(kind)))
