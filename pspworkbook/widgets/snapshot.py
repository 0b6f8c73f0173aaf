"""What a workbook holds at one moment, read once however many parts of a page ask for it."""

from collections.abc import Callable
from typing import Any, cast

from pspworkbook.workbook import Entry, Workbook

READ = ("records", "the", "last")
"""What is read from the store, each of one kind; all else is worked out from several."""


class Snapshot:
    """Answers the questions of a page from memory after the first time. A new line in the log makes a new snapshot."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._known: dict[tuple[str, ...], Any] = {}

    def after(self, kinds: set[str]) -> "Snapshot":
        """The snapshot after records of these kinds have changed: what was read of all others still holds."""
        newer = Snapshot(self.workbook)
        newer._known = {key: value for key, value in self._known.items() if key[0] in READ and key[1] not in kinds}
        return newer

    def once(self, key: tuple[str, ...], work: Callable[[], Any]) -> Any:
        """The result of ``work``, worked out once for this snapshot."""
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]

    def records(self, kind: str) -> list[Entry]:
        """All records of a kind; as :meth:`Workbook.records`."""
        return cast(list[Entry], self.once(("records", kind), lambda: self.workbook.records(kind)))

    def the(self, kind: str) -> Entry:
        """The one record of a form; as :meth:`Workbook.the`."""
        return cast(Entry, self.once(("the", kind), lambda: self.workbook.the(kind)))

    def last_change(self, kind: str) -> int:
        """The last line of the log that altered a kind; as :meth:`Workbook.last_change`."""
        return cast(int, self.once(("last", kind), lambda: self.workbook.last_change(kind)))
