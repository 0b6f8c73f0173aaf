"""The history of a workbook as a table: when, who, what, why."""

from itertools import groupby
from typing import Any, ClassVar

import traitlets

from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import Change

PAGE = 25
MOST_AT_ONCE = 240
"""So many lines more are read, so that a slip at the edge of a page is counted whole."""


class History(Part):
    """The newest lines of the log first, more on request. Answers given one after the other are one row with their number."""

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
        limit = self._wanted + MOST_AT_ONCE
        changes = self.session.workbook.history(limit=limit)
        reasons = {change.target: change.reason for change in changes if change.action == "reason"}
        found = [
            list(same) for _, same in groupby((one for one in changes if one.action != "reason"), key=_told_together)
        ]
        if len(changes) == limit and len(found) > 1:
            found.pop()  # it may go on in lines that were not read
        self.more = len(found) > self._wanted or len(changes) == limit
        rows = [
            [
                _minute(lines[0]),
                lines[0].author,
                lines[0].summary if len(lines) == 1 else f"{len(lines):,} answers were given",
                " ".join(filter(None, [lines[0].reason, reasons.get(lines[0].seq, "")])),
            ]
            for lines in found[: self._wanted]
        ]
        if rows != self.rows:
            self.rows = rows

    def _more(self, _message: dict[str, Any], _buffers: list[Any]) -> None:
        self._wanted += 4 * PAGE
        self.refresh()


def _minute(change: Change) -> str:
    return f"{change.at.astimezone():%d %b %Y, %H:%M}"


def _told_together(change: Change) -> tuple[object, ...]:
    """Answers that one author gave in the same minute are alike; every other line stands alone."""
    if change.kind != "answer" or change.action != "create":
        return (change.seq,)
    return (change.author, _minute(change), change.reason)
