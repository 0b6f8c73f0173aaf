"""A spreadsheet into a register that this page does not show as a table: a file, or rows pasted."""

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets

from pspworkbook.records import KINDS, fields_of
from pspworkbook.widgets.files import TakeFile
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.taking import take_rows


class TakeTable(TakeFile):
    """Rows for one register from CSV or XLSX, or pasted from a spreadsheet. One undo takes them all back."""

    _esm = script("sheets.js", "take_table.js")
    answers: ClassVar[dict[str, str]] = {"piece": "_piece", "paste": "_paste"}
    columns = traitlets.Unicode().tag(sync=True)
    readonly = traitlets.Bool(False).tag(sync=True)

    def __init__(self, session: Session, kind: str, *, aliases: Mapping[str, str] | None = None) -> None:
        """``aliases`` gives further headings for a field: heading to field name."""
        self.session, self.kind, self.aliases = session, kind, dict(aliases or {})
        model = KINDS[kind]
        super().__init__(f"Take {model.plural.lower()} from a CSV or XLSX file", ".csv,.tsv,.txt,.xlsx", self._read)
        self.columns = ", ".join(spec.title for spec in fields_of(model) if not spec.private)
        self.readonly = not session.workbook.may_edit(kind)

    def _paste(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        return self._read("what was pasted", str(message.get("text", "")).encode("utf-8", "replace"))

    def _read(self, name: str, data: bytes) -> dict[str, Any]:
        return take_rows(self.session, self.kind, name, data, self.aliases)
