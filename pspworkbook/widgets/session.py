"""One page's hold on one workbook: it follows the log, so that the page shows what others save, and tells its parts."""

import asyncio
import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook import Workbook
from pspworkbook.workbook.errors import NotAllowed, WorkbookError

log = logging.getLogger("pspworkbook")

EVERY = 0.25
"""Seconds between two looks at the log; a look is one query by key."""

FIRST, SOON, LATER = 0, 1, 2
"""When a part shows a change: before whoever made it is answered, straight after that, or when nothing else waits."""

BREATH = 0.002
"""Seconds in which the page is heard between two parts that show a change."""
PATIENCE = 3.0
"""After so many seconds a part's turn has come, whatever else waits: somebody who types on and on holds nothing up."""

_running: dict[str, asyncio.Task[None]] = {}


@dataclass(frozen=True, eq=False)
class _Watcher:
    kinds: frozenset[str]
    work: Callable[[], None]
    when: int


class Session:
    """What the parts of a page share. State lives in the workbook; a session only remembers how far it has read.

    Whoever types is answered first: the registers that hold the change show it at once, all else follows in the kernel's
    loop, one part at a time, with the page heard in between. What several changes in a row concern is shown once.
    """

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.seen = workbook.position
        self.now = Snapshot(workbook)
        self.saved_at: dt.datetime | None = None
        self.refused = ""
        self.address: Callable[[str], str] = lambda _stage: ""
        """The address of a stage's page from here; the page says how, since it knows where it is."""
        self._watchers: list[_Watcher] = []
        self._due: dict[_Watcher, float] = {}
        self._worker: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.RLock()  # JupyterLab may hand over a part's question in a thread of its own

    @property
    def readonly(self) -> bool:
        """Whether this page may only look."""
        return self.workbook.role == "viewer"

    def watch(self, kinds: Iterable[str], work: Callable[[], None], when: int = LATER) -> None:
        """Call ``work`` whenever a record of one of ``kinds`` has changed, here or elsewhere; with no kinds, at any change.

        ``when`` is :data:`FIRST` for what shows the change itself, :data:`SOON` for the figure that whoever typed looks
        at next, :data:`LATER` for the rest.
        """
        self._watchers.append(_Watcher(frozenset(kinds), work, when))

    def follow(self) -> None:
        """Read what is new in the log and let the parts that it concerns show it."""
        with self._lock:
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

    def tell(self, kinds: Iterable[str]) -> None:
        """Let the parts show anew what this page has worked out by itself, as if records of these kinds had changed."""
        with self._lock:
            self._tell(set(kinds))

    def _tell(self, kinds: set[str], *, always: bool = False) -> None:
        for one in list(self._watchers):
            if not one.kinds or always or one.kinds & kinds:
                if one.when == FIRST:
                    self._run(one)
                else:
                    self._due.setdefault(one, monotonic())
        if self._due:
            self._set_off()

    def _set_off(self) -> None:
        if self._loop is None or not self._loop.is_running():
            self.catch_up()  # a plain script: nobody waits for an answer
        else:
            self._loop.call_soon_threadsafe(self._go_on)

    @property
    def somebody_looks(self) -> bool:
        """Whether this runs in a kernel's loop, with a page to answer; not in a plain script."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return False
        return True

    def defer(self, work: Callable[[], None]) -> None:
        """Do this when nothing else waits; at once in a plain script."""
        self._due[_Watcher(frozenset(), work, LATER)] = monotonic()
        self._set_off()

    def _run(self, one: _Watcher) -> None:
        try:
            one.work()
        except WorkbookError:
            log.warning("a part could not follow the workbook", exc_info=True)
        except Exception:  # one part must not stop the others from following
            log.exception("a part failed while following the workbook")

    def catch_up(self) -> None:
        """Let every part show now what it would show in its turn."""
        while self._due:
            self._next()

    def _next(self) -> None:
        with self._lock:
            long_ago = monotonic() - PATIENCE
            # Among those of one rank the order of the page: a dictionary keeps it.
            one = min(self._due, key=lambda one: (self._due[one] > long_ago, one.when))
            del self._due[one]
            self._run(one)

    def _go_on(self) -> None:
        if self._worker is None or self._worker.done():
            self._worker = asyncio.get_running_loop().create_task(self._work_off())

    async def _work_off(self) -> None:
        while self._due:
            await asyncio.sleep(BREATH)
            if self._due:
                self._next()

    def start(self, name: str) -> None:
        """Follow the log from now on, in the kernel's own loop. A page that is run again ends its earlier follower."""
        if not self.somebody_looks:
            return
        loop = self._loop = asyncio.get_running_loop()
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
