"""Agreement with a stage: what the status is, and the button that confirms it."""

from collections.abc import Callable
from typing import Any, ClassVar

import traitlets

from pspworkbook.methods.progress import Status
from pspworkbook.widgets.part import Part, script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import WorkbookError

SAYS = {
    "not started": "Nothing is entered yet, so there is nothing to agree with.",
    "open": "Something still stands in the way; the list at the top of the page says what. It can be agreed when that is done.",
    "ready": "Nothing stands in the way. When the partnership agrees with what is entered here, say so.",
    "confirmed": "The partnership has agreed with this stage. Any later change here, or in what it rests on, will show it as stale.",
    "stale": "This was agreed, and something has changed since. Look at the history, then agree again.",
}


class Confirm(Part):
    """Confirms one stage. It is allowed only when nothing stands in the way: the rule is checked here, not in the page."""

    _esm = script("confirm.js")
    answers: ClassVar[dict[str, str]] = {"confirm": "_confirm"}
    stage = traitlets.Unicode().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    readonly = traitlets.Bool(False).tag(sync=True)

    def __init__(self, session: Session, stage: str, status: Callable[[], Status], gaps: Callable[[], int]) -> None:
        self.session, self._status, self._gaps = session, status, gaps
        super().__init__(stage=stage, state=self._state(), readonly=session.readonly)
        session.watch([], self.refresh)

    def _state(self) -> dict[str, Any]:
        status = self._status()
        says = SAYS[status.name]
        if status.name == "stale" and self._gaps():
            says += " " + SAYS["open"]
        return {"says": says, "possible": status.name in ("ready", "stale") and not self._gaps()}

    def refresh(self) -> None:
        """Show the status as it is now."""
        state = self._state()
        if state != self.state:
            self.state = state

    def _confirm(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        if not self._state()["possible"]:
            raise WorkbookError("This cannot be agreed yet: look at what still stands in the way.")
        workbook = self.session.workbook
        values = {"stage": self.stage, "agreed_by": str(message.get("who", ""))}
        if not values["agreed_by"].strip():
            raise WorkbookError("Say who agreed; a name is not needed, “the steering group, 3 March” will do.")
        workbook.access.require_facilitator("say that the partnership agrees")
        for entry in workbook.records("confirmation"):
            if entry.record.stage == self.stage:
                workbook.delete("confirmation", entry.id, version=entry.version, reason="Agreed again")
        workbook.add("confirmation", values, reason="Agreed")
        self.session.follow()
        return {"said": "Agreed."}
