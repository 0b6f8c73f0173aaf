"""Rows of a file into a register: good rows are taken at once, refused ones named with their row and column."""

from collections.abc import Mapping, Sequence
from typing import Any

from pspworkbook.documents.tables import ID, NumberedRow, Problem, read_numbered
from pspworkbook.records import KINDS, Record, fields_of
from pspworkbook.records.fits import circles, misfits
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import Change
from pspworkbook.workbook.errors import WorkbookError
from pspworkbook.workbook.saving import new_id

Row = tuple[str, str | None, dict[str, Any]]
MOST_SHOWN = 200
"""Lines of a report of what was refused; the page folds what goes beyond the first few."""
MOST_TOLD = 2_000
"""Lines of a report of what was taken; beyond them there is the history."""


def save_and_tell(session: Session, rows: Sequence[Row], reason: str) -> list[Change]:
    """Save all rows at once, and let the page follow; the lines of the log that this has written, in their order."""
    before = session.workbook.position
    entries = session.workbook.save_many(rows, reason=reason) if rows else []
    session.follow()
    last = max((entry.seq for entry in entries), default=0)
    return session.workbook.batch_of(last) if last > before else []


def told_of(sentences: Sequence[str]) -> dict[str, Any]:
    """The part of an answer that tells what was taken, as the history says it; the page folds what goes beyond the first few."""
    more = len(sentences) - MOST_TOLD
    told = [f"{sentence}." for sentence in sentences[:MOST_TOLD]]
    return {"taken": [*told, f"And {more:,} more, all of them in the history."] if more > 0 else told}


def names_of(session: Session, kind: str) -> dict[str, dict[str, str]]:
    """For each kind that records of ``kind`` point to, the name of every record by its identifier."""
    wanted = {spec.refers_to for spec in fields_of(KINDS[kind]) if spec.refers_to}
    return {other: {entry.id: entry.record.label() for entry in session.now.records(other)} for other in wanted}


def take_rows(
    session: Session, kind: str, name: str, data: bytes, aliases: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Take the rows of a CSV or XLSX file called ``name`` into the register; the answer for the page says what happened.

    A row with the identifier of a record that is there changes the fields that the file has, and is passed over when
    nothing differs; any other row is a new record. All is one save, which one undo takes back. Raises WorkbookError when
    nothing in the file can be used.
    """
    model = KINDS[kind]
    rows, problems = read_numbered(data, name, model, aliases=aliases)
    whole = [problem for problem in problems if not problem.row]
    if whole or not rows:
        raise WorkbookError(" ".join(str(problem) for problem in (whole or problems)[:3]))
    empty = model().body()
    if not any(row.fields for row in rows):
        columns = ", ".join(spec.title for spec in fields_of(model) if not spec.private)
        raise WorkbookError(
            f"No heading that is known here was found in the first line. Begin with a line such as: {columns}."
        )
    # A heading that is not understood costs its column, not the rows: published tables have many columns.
    wrong = {problem.row for problem in problems if problem.row > 1}
    good = [row for row in rows if row.number not in wrong and (row.id or row.record.body() != empty)]
    there = {entry.id: entry for entry in session.now.records(kind)}
    known = {id_: entry.record.body() for id_, entry in there.items()}
    pointed, stray = _point(session, model, good, known)
    stray += [*_named_twice(good), *_misfits(model, pointed, known)]
    stray_rows = {problem.row for problem in stray}
    new: list[Row] = []
    changed: list[Row] = []
    numbers: dict[str | None, int] = {}
    same = 0
    for row, values in pointed:
        if row.number in stray_rows:
            continue
        if row.id not in there:
            id_ = new_id(kind)
            new.append((kind, id_, values))
            numbers[id_] = row.number
            continue
        given = {field: values[field] for field in row.fields if known[row.id].get(field) != values[field]}
        if given:
            changed.append((kind, row.id, given))
            numbers[row.id] = row.number
        else:
            same += 1
    changes = save_and_tell(session, [*changed, *new], f"Taken from {name}")
    told = sorted(((numbers[change.id], change) for change in changes if change.id in numbers), key=lambda one: one[0])
    problems = sorted([*problems, *stray], key=lambda problem: problem.row)
    refused = sorted({problem.row for problem in problems if problem.row > 1})
    return {
        "said": _report(len(new), len(changed), same, len(refused)),
        "problems": [str(problem) for problem in problems[:MOST_SHOWN]],
        **told_of([f"Row {number}: {change.in_full}" for number, change in told]),
        "refused_rows": refused,
    }


def _named_twice(rows: list[NumberedRow[Record]]) -> list[Problem]:
    """Rows that carry the identifier of an earlier one: nobody can say which of them is meant."""
    first: dict[str, int] = {}
    return [
        Problem(
            row.number,
            ID.name,
            f"Row {first[row.id]} has the same identifier. Empty this cell if the row is a new record.",
        )
        for row in rows
        if row.id and first.setdefault(row.id, row.number) != row.number
    ]


def _misfits(
    model: type[Record],
    rows: list[tuple[NumberedRow[Record], dict[str, Any]]],
    there: Mapping[str, Mapping[str, Any]],
) -> list[Problem]:
    """What cannot be in the rows, such as an end before its start; the store would refuse all rows for one of them.

    Only what a row changes is looked at: what was there before may be taken back as it is.
    """
    found = []
    now = dict(there)
    for row, values in rows:
        before = there.get(row.id, {})
        given = {name: values[name] for name in row.fields} if before else values
        record = model.model_validate({**before, **given})
        altered = [name for name, value in record.body().items() if before.get(name) != value]
        wrong = misfits(record, altered) | circles(row.id, record, now, altered)
        if row.id in there and not wrong:
            now[row.id] = record.body()
        titles = {spec.name: spec.title for spec in fields_of(model)}
        found += [Problem(row.number, titles[name], sentence) for name, sentence in wrong.items()]
    return found


def _point(
    session: Session, model: type[Record], rows: list[NumberedRow[Record]], there: Mapping[str, Mapping[str, Any]]
) -> tuple[list[tuple[NumberedRow[Record], dict[str, Any]]], list[Problem]]:
    """References come as names; they are stored as identifiers. A name that is nowhere is a problem of its row."""
    names = names_of(session, model.kind)
    ids: dict[str, dict[str, list[str]]] = {}
    for kind, labels in names.items():
        by_name = ids.setdefault(kind, {})
        for id_, label in labels.items():
            by_name.setdefault(label.casefold(), []).append(id_)
    found, problems = [], []
    for row in rows:
        values = row.record.body()
        for spec in fields_of(model):
            held = values.get(spec.name)
            if not spec.refers_to or not held or (row.id in there and there[row.id].get(spec.name) == held):
                continue  # a record that was removed may still be pointed to: the file says nothing new
            meant = []
            for name in [held] if isinstance(held, str) else held:
                known = [name] if name in names[spec.refers_to] else ids[spec.refers_to].get(name.casefold(), [])
                if len(known) == 1:
                    meant.append(known[0])
                else:
                    why = "is not in the list of" if not known else "is there more than once among the"
                    plural = KINDS[spec.refers_to].plural.lower()
                    problems.append(Problem(row.number, spec.title, f"“{name}” {why} {plural}."))
            values[spec.name] = (meant[0] if meant else None) if isinstance(held, str) else meant
        found.append((row, values))
    return found, problems


def _report(new: int, changed: int, same: int, refused: int) -> str:
    def rows(count: int) -> str:
        return "1 row" if count == 1 else f"{count:,} rows"

    said = f"{rows(new)} taken."
    said += f" {rows(changed)} changed." if changed else ""
    said += f" {rows(same)} as before." if same else ""
    return said + (f" {refused:,} refused; they are named here, and nothing of them was kept." if refused else "")
