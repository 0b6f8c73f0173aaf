"""One page's hold on one workbook: it follows the log, so that the page shows what others save, and tells its parts."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Iterable
from typing import Any

from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook import Workbook
from pspworkbook.workbook.errors import NotAllowed, WorkbookError

log = logging.getLogger("pspworkbook")

EVERY = 0.25
"""Seconds between two looks at the log; a look is one query by key."""

_running: dict[str, asyncio.Task[None]] = {}


class Session:
    """What the parts of a page share. State lives in the workbook; a session only remembers how far it has read."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.seen = workbook.position
        self.now = Snapshot(workbook)
        self.saved_at: dt.datetime | None = None
        self.refused = ""
        self.address: Callable[[str], str] = lambda _stage: ""
        """The address of a stage's page from here; the page says how, since it knows where it is."""
        self._watchers: list[tuple[frozenset[str], Callable[[], None]]] = []

    @property
    def readonly(self) -> bool:
        """Whether this page may only look."""
        return self.workbook.role == "viewer"

    def watch(self, kinds: Iterable[str], work: Callable[[], None]) -> None:
        """Call ``work`` whenever a record of one of ``kinds`` has changed, here or elsewhere; with no kinds, at any change."""
        self._watchers.append((frozenset(kinds), work))

    def follow(self) -> None:
        """Read what is new in the log and let the parts that it concerns show it."""
        try:
            position = self.workbook.position
            if position == self.seen:
                return
            changes = self.workbook.changes_since(self.seen)
        except NotAllowed as trouble:
            self.refused = str(trouble)
            self._tell(set(), always=True)
            return
        self.seen = position
        kinds = {change.kind for change in changes}
        self.now = self.now.after(kinds)
        self.saved_at = max((change.at for change in changes), default=self.saved_at)
        self._tell(kinds)

    def _tell(self, kinds: set[str], *, always: bool = False) -> None:
        for wanted, work in list(self._watchers):
            if not wanted or always or wanted & kinds:
                try:
                    work()
                except WorkbookError:
                    log.warning("a part could not follow the workbook", exc_info=True)
                except Exception:  # one part must not stop the others from following
                    log.exception("a part failed while following the workbook")

    def start(self, name: str) -> None:
        """Follow the log from now on, in the kernel's own loop. A page that is run again ends its earlier follower."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # a plain script: nobody is looking
        earlier = _running.pop(name, None)
        if earlier is not None:
            earlier.cancel()
        _running[name] = loop.create_task(self._follow_on())

    async def _follow_on(self) -> None:
        while not self.refused:
            await asyncio.sleep(EVERY)
            try:
                self.follow()
            except WorkbookError as trouble:
                log.warning("%s", trouble)

    def done(self, changes: Iterable[Any]) -> dict[str, Any]:
        """The answer to the page after a save: what was done, in words, and its number in the log."""
        self.follow()
        changes = list(changes)
        if not changes:
            return {}
        last = changes[-1]
        return {"said": f"Saved {last.at.astimezone():%H:%M}: {last.summary}", "seq": last.seq}
