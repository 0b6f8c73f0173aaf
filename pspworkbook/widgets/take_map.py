"""An impact map from a spreadsheet into the workbook; headings that nobody knows are asked for once and remembered."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets

from pspworkbook.documents.value_map_read import MapRead, fields_on_offer, read_map
from pspworkbook.methods.words import quoted
from pspworkbook.widgets.files import LIMIT, Pieces
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.take_map_rows import MapRows
from pspworkbook.widgets.taking import MOST_SHOWN, Row, save_and_tell, told_of
from pspworkbook.workbook import Change
from pspworkbook.workbook.errors import BadEntry, WorkbookError

TAKEN = ("outcome", "stakeholder", "input", "forecast", "heading_meaning")


class TakeMap(Part):
    """Takes an impact map: our own file with its edits, the field's layouts, or another one after its headings are told."""

    _esm = script("sheets.js", "take_map.js")
    answers: ClassVar[dict[str, str]] = {"piece": "_piece", "take": "_take_told", "leave": "_leave"}
    readonly = traitlets.Bool(False).tag(sync=True)
    limit = traitlets.Int(LIMIT).tag(sync=True)
    undone = traitlets.Bool(False).tag(sync=True)
    """Whether what this page has taken last was taken back since."""

    def __init__(self, session: Session) -> None:
        self.session, self._pieces = session, Pieces()
        self._file: tuple[str, bytes] | None = None
        self._line: Change | None = None
        """A line of the log that tells what becomes of all that was taken last: it is taken back with the rest."""
        super().__init__(readonly=not (session.workbook.may_edit("outcome") and session.workbook.may_edit("input")))
        session.watch(TAKEN, self._look_back)

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
        for name, count in Counter(filter(None, told.values())).items():
            if count > 1:
                headings = " and ".join(quoted(heading) for heading in told if told[heading] == name)
                raise BadEntry({name: f"More than one heading is told to be {known[name]}: {headings}. Choose it for one, and leave the others out."})  # fmt: skip
        return self._look(told, asked=True)

    def _leave(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """The user does not want to say what the headings mean."""
        self._file = None
        return {"said": "The file was left. Nothing of it was taken."}

    def _look(self, told: Mapping[str, str], *, asked: bool) -> dict[str, Any]:
        if self._file is None:
            raise WorkbookError("Choose a file first.")
        name, data = self._file
        read = read_map(data, name, {**self._remembered(), **told}, whole_per_cent=True)
        if whole := [problem for problem in read.problems if not problem.row]:
            raise WorkbookError(" ".join(map(str, whole[:3])))
        if read.missing or (read.unknown and not asked):
            return self._question(read, asked=asked)
        if not read.rows:
            raise WorkbookError(
                "No outcome was found below the headings." + "".join(f" {one}" for one in read.problems[:3])
            )
        return self._keep(read, told, name)

    def _question(self, told: MapRead, *, asked: bool) -> dict[str, Any]:
        """The mapping page: which headings were understood, which were not, and what is needed of them.

        ``still`` is what is missing after all that has been told now, and none of that is remembered yet.
        """
        titles, read = fields_on_offer(), told
        if self._file and (asked or told.missing):
            name, data = self._file
            # What was left out of an earlier file may be what this one needs.
            known = {heading: field for heading, field in self._remembered().items() if field or not told.missing}
            read = read_map(data, name, known)
        first = dict.fromkeys([*read.missing, *titles])  # what is needed stands at the top of every box
        free = {name: titles[name] for name in first if name not in read.meant.values()}
        return {
            "ask": True,
            "understood": [{"heading": heading, "title": titles.get(name, "")} for heading, name in read.meant.items() if name in titles],
            "unknown": list(read.unknown),
            "samples": {heading: " · ".join(cells) for heading, cells in read.samples.items()},
            "missing": [{"value": name, "text": titles[name]} for name in read.missing],
            "still": [titles[name] for name in told.missing],
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
        rows = [change for change in changes if change.kind != "heading_meaning"]
        self._line, self.undone = next(iter(rows or changes), None), False
        refused = found.refused + len({problem.row for problem in read.problems if problem.row})
        problems = [*read.problems, *found.problems]
        return {
            "said": " ".join([_said(found, refused), *read.per_cent, *_remembered(len(changes) - len(rows))]),
            "problems": [str(problem) for problem in problems[:MOST_SHOWN]],
            **told_of([change.in_full for change in rows]),
            "again": bool(changes and read.mark),
        }

    def _look_back(self) -> None:
        """Whether what was taken still stands, or Undo has taken it back; a redo brings it again."""
        if self._line is None:
            return
        key = (self._line.kind, self._line.id)
        ours, undone = {self._line.seq}, False
        for seq, action, target, *_ in self.session.workbook.lines_of([key]).get(key, []):
            if target in ours:  # a redo points to the undo, which points to our line
                ours.add(seq)
                undone = action == "undo"
        self.undone = undone


def _said(found: MapRows, refused: int) -> str:
    """How much became of the rows, in one line."""
    said = [
        f"Outcomes: {found.new} new, {found.changed} changed, {found.same} as before, {refused} refused.",
        _counted(found.others, "change to inputs and rates", "changes to inputs and rates"),
        _counted(found.newer, "value here is newer than the file, and was kept", "values here are newer than the file, and were kept"),
        _counted(found.clashes, "value was changed both here and in the file: it is named here, and was left as it is", "values were changed both here and in the file: they are named here, and were left as they are"),
    ]  # fmt: skip
    return " ".join(filter(None, said))


def _remembered(count: int) -> list[str]:
    if not count:
        return []
    return [f"{count:,} {'heading is' if count == 1 else 'headings are'} remembered for the next file."]


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}." if count else ""
