"""A spreadsheet into a register: a file, or rows pasted. Good rows are taken at once, refused ones named with their cell."""

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets

from pspworkbook.documents.tables import Problem, read_numbered
from pspworkbook.records import KINDS, Record, fields_of
from pspworkbook.widgets.files import TakeFile
from pspworkbook.widgets.part import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import WorkbookError

MOST_SHOWN = 20


class TakeTable(TakeFile):
    """Rows for one register from CSV or XLSX, or pasted from a spreadsheet. One undo takes them all back."""

    _esm = script("take_table.js")
    answers: ClassVar[dict[str, str]] = {"piece": "_piece", "paste": "_paste"}
    columns = traitlets.Unicode().tag(sync=True)
    readonly = traitlets.Bool(False).tag(sync=True)

    def __init__(self, session: Session, kind: str, *, aliases: Mapping[str, str] | None = None) -> None:
        """``aliases`` gives further headings for a field: heading to field name."""
        self.session, self.kind, self.model_class, self.aliases = session, kind, KINDS[kind], dict(aliases or {})
        super().__init__(
            f"Take {self.model_class.plural.lower()} from a CSV or XLSX file", ".csv,.tsv,.txt,.xlsx", self._read
        )
        self.columns = ", ".join(spec.title for spec in fields_of(self.model_class) if not spec.private)
        self.readonly = not session.workbook.may_edit(kind)

    def _paste(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        return self._read("what was pasted", str(message.get("text", "")).encode("utf-8", "replace"))

    def _read(self, name: str, data: bytes) -> dict[str, Any]:
        rows, problems = read_numbered(data, name, self.model_class, aliases=self.aliases)
        whole = [problem for problem in problems if not problem.row]
        if whole or not rows:
            whole = whole or problems
            raise WorkbookError(" ".join(str(problem) for problem in whole[:3]))
        empty = self.model_class().body()
        if all(record.body() == empty for _, record in rows):
            raise WorkbookError(
                f"No heading that is known here was found in the first line. Begin with a line such as: {self.columns}."
            )
        # A heading that is not understood costs its column, not the rows: published tables have many columns.
        wrong = {problem.row for problem in problems if problem.row > 1}
        good = [(row, record) for row, record in rows if row not in wrong and record.body() != empty]
        stray = self._point(good)
        taken = [(row, values) for row, values in stray[0] if row not in {problem.row for problem in stray[1]}]
        problems = [*problems, *stray[1]]
        if taken:
            self.session.workbook.save_many(
                [(self.kind, None, values) for _, values in taken], reason=f"Taken from {name}"
            )
            self.session.follow()
        return {
            "said": self._report(len(taken), problems),
            "problems": [str(problem) for problem in problems[:MOST_SHOWN]],
            "refused_rows": sorted({problem.row for problem in problems if problem.row > 1}),
        }

    def _point(self, rows: list[tuple[int, Record]]) -> tuple[list[tuple[int, dict[str, Any]]], list[Problem]]:
        """References come as names; they are stored as identifiers. A name that is nowhere is a problem of its row."""
        found, problems = [], []
        for row, record in rows:
            values = record.body()
            for spec in fields_of(self.model_class):
                name = values.get(spec.name)
                if not spec.refers_to or not name:
                    continue
                ids = [
                    entry.id
                    for entry in self.session.now.records(spec.refers_to)
                    if name in (entry.id, entry.record.label())
                ]
                if len(ids) == 1:
                    values[spec.name] = ids[0]
                else:
                    problems.append(
                        Problem(
                            row, spec.title, f"“{name}” is not in the list of {KINDS[spec.refers_to].plural.lower()}."
                        )
                    )
            found.append((row, values))
        return found, problems

    def _report(self, taken: int, problems: list[Problem]) -> str:
        refused = len({problem.row for problem in problems if problem.row > 1})
        said = f"{taken:,} row{'' if taken == 1 else 's'} taken."
        return said + (f" {refused:,} refused; they are named here, and nothing of them was kept." if refused else "")
