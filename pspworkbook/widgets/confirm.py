"""Agreement with a stage: what the status is, and the button that confirms it."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Protocol

import traitlets

from pspworkbook.methods.progress import Status
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import WorkbookError

SAYS = {
    "not started": "Nothing is entered yet, so there is nothing to agree with.",
    "open": "Something still stands in the way; the list at the top of the page says what. It can be agreed all the same, if you know what is open: the list is kept with the agreement.",
    "ready": "Nothing stands in the way. When the partnership agrees with what is entered here, say so.",
    "confirmed": "The partnership has agreed with this stage. Any later change here, or in what it rests on, will show it as stale.",
    "stale": "This was agreed, and something has changed since. Look at the history, then agree again.",
}


class Gap(Protocol):
    """Something that stands in the way, in words."""

    @property
    def sentence(self) -> str:
        """What it is, as the page lists it."""


class Confirm(Part):
    """Confirms one stage. What still stands in the way is kept with the agreement, by those who say that they know it.

    The rule is checked here, not in the page.
    """

    _esm = script("confirm.js")
    answers: ClassVar[dict[str, str]] = {"confirm": "_confirm"}
    stage = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    readonly = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self, session: Session, stage: str, status: Callable[[], Status], gaps: Callable[[], Sequence[Gap]]
    ) -> None:
        self.session, self._status, self._gaps = session, status, gaps
        super().__init__(stage=stage, state=self._state(), readonly=session.readonly)
        session.watch([], self.refresh)

    def _state(self) -> dict[str, Any]:
        status = self._status()
        says = SAYS[status.name]
        if status.name == "stale" and self._gaps():
            says += " " + SAYS["open"]
        possible = status.name in ("open", "ready", "stale")
        return {"says": says, "possible": possible, "open": len(self._gaps()) if possible else 0}

    def refresh(self) -> None:
        """Show the status as it is now."""
        state = self._state()
        if state != self.state:
            self.state = state

    def _confirm(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        if not self._state()["possible"]:
            raise WorkbookError("There is nothing to agree with yet, or it is agreed already.")
        workbook, gaps = self.session.workbook, self._gaps()
        if gaps and not message.get("aware"):
            raise WorkbookError("Say that you know what is still open, or settle it first.")
        known = "\n".join(" ".join(gap.sentence.split()) for gap in gaps)
        values = {"stage": self.stage, "agreed_by": str(message.get("who", "")), "open_points": known}
        if not values["agreed_by"].strip():
            raise WorkbookError("Say who agreed; a name is not needed, “the steering group, 3 March” will do.")
        workbook.access.require_facilitator("say that the partnership agrees")
        earlier = [entry.id for entry in workbook.records("confirmation") if entry.record.stage == self.stage]
        # In one save, so that one undo brings back the agreement that was there before.
        rows = [*(("confirmation", id_, None) for id_ in earlier), ("confirmation", None, values)]
        workbook.save_many(rows, reason="Agreed again" if earlier else "Agreed")
        self.session.follow()
        return {"said": "Agreed."}
