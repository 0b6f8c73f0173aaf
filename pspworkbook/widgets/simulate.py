"""The button that works out the range of a ratio, with its progress: in the kernel, while the page stays awake."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import traitlets

from pspworkbook.methods.sroi.ranges import Ranges
from pspworkbook.methods.sroi.simulate import Chunk, Settings, Simulation, chunks, gather
from pspworkbook.methods.sroi.sobol import Weight, weights
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import WorkbookError

log = logging.getLogger("pspworkbook")

NO_RATIO = "There is no ratio yet: an outcome has to be counted, and something has to be put in."
RECALLED = 12_000_000
"""Draws of one outcome in all that a page works out by itself when it opens: a second or two of one processor."""
CALM = 1.0
"""Seconds without a further change before a range that is on the page is worked out anew."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """What one run came to, and what it was made from."""

    simulation: Simulation
    ranges: Ranges
    weights: list[Weight]


class Simulate(Part):
    """Runs a simulation when asked, and again when a figure changes while its result is on the page.

    ``prepare`` gives the ranges (None while there is no ratio) and the settings; ``done`` gets the result, or None when an
    earlier one no longer holds; ``keep`` gets what somebody has asked for, to store it.
    """

    _esm = script("simulate.js")
    answers: ClassVar[dict[str, str]] = {"start": "_start", "stop": "_stop"}
    state = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        session: Session,
        prepare: Callable[[], tuple[Ranges | None, Settings]],
        done: Callable[[Drawn | None], None],
        kinds: Sequence[str],
        keep: Callable[[Drawn], None] = lambda _drawn: None,
    ) -> None:
        self._prepare, self._done, self._keep = prepare, done, keep
        self._asked = False
        self._task: asyncio.Task[None] | None = None
        self.result: Drawn | None = None
        super().__init__(state=self._state())
        session.watch(kinds, self._changed)

    def _state(self, share: float | None = None, says: str = "", error: str = "") -> dict[str, Any]:
        return {"share": share, "says": says, "error": error, "again": self.result is not None}

    def _start(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        if self._prepare()[0] is None:
            raise WorkbookError(NO_RATIO)
        self._asked = True
        self._begin(0.0)
        return {}

    def recall(self) -> None:
        """Work out in the background what was stored, where somebody looks at the page and it takes no long time."""
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        ranges, settings = self._prepare()
        if ranges is not None and settings.draws * len(ranges.case.rows) <= RECALLED:
            self._begin(0.0)

    def _stop(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        if self._task is not None:
            self._task.cancel()
        self._task = None
        self.state = self._state(says="Stopped.")
        return {}

    def _changed(self) -> None:
        """A figure has changed: what is shown no longer holds, so it goes, and is worked out anew when calm returns."""
        if self.result is None and self._task is None:
            return
        self._show(None)
        if self._prepare()[0] is None:
            self._stop({}, [])
            self.state = self._state(error=NO_RATIO)
        else:
            self._begin(CALM)

    def _begin(self, after: float) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.get_running_loop().create_task(self._run(after))

    async def _run(self, after: float) -> None:
        self.state = self._state(0.0, "Working it out …")
        await asyncio.sleep(after)
        try:
            ranges, settings = self._prepare()
            if ranges is None:
                self.state = self._state(error=NO_RATIO)
                return
            await self._draw(ranges, settings)
        except Exception:
            log.exception("a simulation failed")
            self.state = self._state(error="This could not be worked out. Nothing that was saved is lost.")
        finally:
            if self._task is asyncio.current_task():
                self._task = None

    async def _draw(self, ranges: Ranges, settings: Settings) -> None:
        drawn: list[Chunk] = []
        steps, whole = chunks(ranges, settings), settings.draws
        # Each chunk in a thread: the kernel goes on answering the page, and numpy lets both work at once.
        while (chunk := await asyncio.to_thread(next, steps, None)) is not None:
            drawn.append(chunk)
            self.state = self._state(sum(len(one.ratios) for one in drawn) / whole, "Working it out …")
        simulation = await asyncio.to_thread(gather, ranges, settings, drawn)
        found = await asyncio.to_thread(weights, ranges, settings.shape, seed=settings.seed)
        result = Drawn(simulation, ranges, found)
        if self._asked:
            self._asked = False
            self._keep(result)
        self._show(result)
        self.state = self._state(says=f"Done: {len(simulation.ratios):,} possible worlds.")

    def _show(self, result: Drawn | None) -> None:
        self.result = result
        self._done(result)
