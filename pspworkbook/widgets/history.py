"""The history of a workbook as a table: when, who, what, why."""

from typing import Any, ClassVar

import traitlets

from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session

PAGE = 25


class History(Part):
    """The newest lines of the log first, more on request."""

    _esm = script("few.js", "table_roles.js", "tables.js", "history.js")
    answers: ClassVar[dict[str, str]] = {"more": "_more"}
    rows = traitlets.List().tag(sync=True)
    more = traitlets.Bool(False).tag(sync=True)

    def __init__(self, session: Session) -> None:
        self.session, self._wanted = session, PAGE
        super().__init__()
        self.refresh()
        session.watch([], self.refresh)

    def refresh(self) -> None:
        """Show the log as it is now."""
        changes = self.session.workbook.history(limit=self._wanted + 1)
        reasons = {change.target: change.reason for change in changes if change.action == "reason"}
        self.more = len(changes) > self._wanted
        rows = [
            [
                f"{change.at.astimezone():%d %b %Y, %H:%M}",
                change.author,
                change.summary,
                " ".join(filter(None, [change.reason, reasons.get(change.seq, "")])),
            ]
            for change in changes[: self._wanted]
            if change.action != "reason"
        ]
        if rows != self.rows:
            self.rows = rows

    def _more(self, _message: dict[str, Any], _buffers: list[Any]) -> None:
        self._wanted += 4 * PAGE
        self.refresh()
