"""An impact map from a spreadsheet into the workbook; headings that nobody knows are asked for once and remembered."""

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets

from pspworkbook.documents.value_map_read import MapRead, fields_on_offer, read_map
from pspworkbook.widgets.files import LIMIT, Pieces
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.take_map_rows import MapRows
from pspworkbook.widgets.taking import MOST_SHOWN, Row, save_and_tell, told_of
from pspworkbook.workbook.errors import BadEntry, WorkbookError


class TakeMap(Part):
    """Takes an impact map: our own file with its edits, the field's layouts, or another one after its headings are told."""

    _esm = script("sheets.js", "take_map.js")
    answers: ClassVar[dict[str, str]] = {"piece": "_piece", "take": "_take_told"}
    readonly = traitlets.Bool(False).tag(sync=True)
    limit = traitlets.Int(LIMIT).tag(sync=True)

    def __init__(self, session: Session) -> None:
        self.session, self._pieces = session, Pieces()
        self._file: tuple[str, bytes] | None = None
        super().__init__(readonly=not (session.workbook.may_edit("outcome") and session.workbook.may_edit("input")))

    def _remembered(self) -> dict[str, str]:
        return {entry.record.heading: entry.record.field for entry in self.session.now.records("heading_meaning")}

    def _piece(self, message: dict[str, Any], buffers: list[Any]) -> dict[str, Any]:
        data = self._pieces.take(message, buffers)
        if data is None:
            return {}
        self._file = (str(message.get("name", "")), data)
        return self._look({}, asked=False)

    def _take_told(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """The user has said what the unknown headings mean."""
        known = fields_on_offer()
        told = {str(heading): str(name) for heading, name in dict(message.get("meanings", {})).items()}
        for heading, name in told.items():
            if name and name not in known:
                raise BadEntry({heading: "Choose one of the columns."})
        return self._look(told, asked=True)

    def _look(self, told: Mapping[str, str], *, asked: bool) -> dict[str, Any]:
        if self._file is None:
            raise WorkbookError("Choose a file first.")
        name, data = self._file
        read = read_map(data, name, {**self._remembered(), **told})
        if whole := [problem for problem in read.problems if not problem.row]:
            raise WorkbookError(" ".join(map(str, whole[:3])))
        if read.missing or (read.unknown and not asked):
            return self._question(read)
        if not read.rows:
            raise WorkbookError(
                "No outcome was found below the headings." + "".join(f" {one}" for one in read.problems[:3])
            )
        return self._keep(read, told, name)

    def _question(self, read: MapRead) -> dict[str, Any]:
        """The mapping page: which headings were understood, which were not, and what is still missing."""
        titles = fields_on_offer()
        free = {name: title for name, title in titles.items() if name not in read.meant.values()}
        return {
            "ask": True,
            "understood": [{"heading": heading, "title": titles.get(name, "")} for heading, name in read.meant.items() if name in titles],
            "unknown": list(read.unknown),
            "samples": {heading: " · ".join(cells) for heading, cells in read.samples.items()},
            "missing": [titles[name] for name in read.missing],
            "offer": [{"value": name, "text": title} for name, title in free.items()],
        }  # fmt: skip

    def _keep(self, read: MapRead, told: Mapping[str, str], name: str) -> dict[str, Any]:
        self.session.follow()  # what somebody else has just saved is not to be written over
        found = MapRows(self.session, read)
        known = {entry.record.heading: entry.id for entry in self.session.now.records("heading_meaning")}
        meanings: list[Row] = [
            ("heading_meaning", known.get(heading), {"heading": heading, "field": field})
            for heading, field in told.items()
        ]
        changes = save_and_tell(self.session, [*found.rows, *meanings], f"Taken from {name}")
        refused = len({problem.row for problem in read.problems if problem.row})
        problems = [*read.problems, *found.problems]
        return {
            "said": _said(found, refused),
            "problems": [str(problem) for problem in problems[:MOST_SHOWN]],
            **told_of([change.in_full for change in changes]),
            "again": bool(changes and read.mark),
        }


def _said(found: MapRows, refused: int) -> str:
    """How much became of the rows, in one line."""
    said = [
        f"Outcomes: {found.new} new, {found.changed} changed, {found.same} as before, {refused} refused.",
        _counted(found.others, "change to inputs and rates", "changes to inputs and rates"),
        _counted(found.newer, "value here is newer than the file, and was kept", "values here are newer than the file, and were kept"),
        _counted(found.clashes, "value was changed both here and in the file: it is named here, and was left as it is", "values were changed both here and in the file: they are named here, and were left as they are"),
    ]  # fmt: skip
    return " ".join(filter(None, said))


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}." if count else ""
