"""The frame of a page: whose workbook it is, that it is saved, undo, and whether the kernel still answers."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import traitlets

from pspworkbook.methods.words import day
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import HERE, script
from pspworkbook.widgets.session import SOON, Session
from pspworkbook.workbook.entries import NextStep

ROLES = {
    "facilitator": "",
    "partner": "You can edit the shared registers",
    "participant": "You can answer questions",
    "viewer": "You can read, not change",
}


KEPT = 200
"""So many of its own saves a tab remembers."""


def _elsewhere(step: NextStep) -> str:
    """Whose and when, of what was not done on this page; "" for what was."""
    if not step or step.ours or step.at is None:
        return ""
    at = step.at.astimezone()
    when = f"{at:%H:%M}" if at.date() == dt.date.today() else f"{day(at.date())}, {at:%H:%M}"
    return f"{step.author or 'Somebody'}, {when}"


class Frame(Part):
    """Stands last on every page, since it says when the page is ready, and carries the look of all parts."""

    _esm = script("contents.js", "frame.js")
    _css = (HERE / "parts.css").read_text("utf-8")
    answers: ClassVar[dict[str, str]] = {"pulse": "_pulse", "undo": "_undo", "redo": "_redo", "made": "_made"}

    state = traitlets.Dict().tag(sync=True)
    parts = traitlets.Int(1).tag(sync=True)

    def __init__(
        self,
        session: Session,
        statuses: Callable[[], dict[str, Any]],
        note: Callable[[], str],
        parts: int,
        steps: Sequence[Callable[[], None]] = (),
    ) -> None:
        """``parts`` is how many parts of ours the page has, this one included; ``statuses`` says how far each stage is.

        Finding that out reads the whole workbook, so it waits until the page stands; ``steps`` do it a piece at a time.
        """
        self.session, self._statuses, self._note = session, statuses, note
        self._steps, self._asked = steps, False
        self._stages: dict[str, Any] = {} if session.somebody_looks else statuses()
        super().__init__(state=self._state(), parts=parts)
        session.watch([], self.refresh, SOON)
        session.watch([], self._refresh_stages)  # what is missing in all the stages takes longer to find than to save

    def _state(self) -> dict[str, Any]:
        workbook = self.session.workbook
        if self.session.refused:  # the workbook answers nothing more: what is known stays on the page
            closed = {
                "note": "",
                "saved": "",
                "undo": "",
                "redo": "",
                "undo_elsewhere": "",
                "redo_elsewhere": "",
                "stages": {},
            }
            return {**self.state, **closed, "readonly": True, "refused": self.session.refused}
        at = self.session.saved_at
        note = " · ".join(part for part in (self._note(), ROLES[workbook.role]) if part)
        return {
            "workbook": workbook.name,
            "readonly": self.session.readonly,
            "refused": "",
            "note": note,
            "saved": f"Saved {at.astimezone():%H:%M}" if at else "All saved",
            "undo": (back := workbook.next_step("undo")).words,
            "redo": (again := workbook.next_step("redo")).words,
            "undo_elsewhere": _elsewhere(back),
            "redo_elsewhere": _elsewhere(again),
            "slug": workbook.slug,
            "made": sorted(workbook.made)[-KEPT:],
            "stages": self._stages,
        }

    def refresh(self) -> None:
        """Show the workbook's state as it is now."""
        state = self._state()
        if state != self.state:
            self.state = state

    def _refresh_stages(self) -> None:
        if not self.session.refused:
            self._stages = self._statuses()
            self.refresh()

    def _pulse(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            for step in (*self._steps, self._refresh_stages):
                self.session.defer(step)
        return {}

    def _made(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """What this tab did before it was loaded again, or on another page: it remembers, and this kernel is new."""
        self.session.workbook.made.update(one for one in message.get("batches", ()) if isinstance(one, int))
        self.refresh()
        return {}

    def _undo(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        return self._step("undo")

    def _redo(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        return self._step("redo")

    def _step(self, which: str) -> dict[str, Any]:
        changes = getattr(self.session.workbook, which)()
        self.session.follow()
        return {"said": changes[-1].summary}
