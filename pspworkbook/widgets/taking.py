"""Rows of a file into a register: good rows are taken at once, refused ones named with their row and column."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pspworkbook.documents.tables import ID, NumberedRow, Problem, read_numbered
from pspworkbook.records import KINDS, Record, field_of, fields_of
from pspworkbook.records.fits import circles, misfits
from pspworkbook.widgets.as_saved import AsSaved, changed_here, removed_here
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import Change
from pspworkbook.workbook.errors import Body, WorkbookError
from pspworkbook.workbook.saving import new_id
from pspworkbook.workbook.three_way import three_way
from pspworkbook.workbook.words import name_of, value

Row = tuple[str, str | None, dict[str, Any]]
AnyRow = NumberedRow[Record]
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

    A row with the identifier of a record that is there changes what somebody has changed in it since the file was saved,
    and is passed over when that is nothing: what others have done meanwhile stays. A cell that both have changed stays as
    it is here, and is named; so is a changed row whose record has been removed. Any other row is a new record, unless it
    says what one that is here says already: then the file was taken before. All is one save, which one undo takes back.
    Raises WorkbookError when nothing in the file can be used.
    """
    model = KINDS[kind]
    rows, problems = read_numbered(data, name, model, aliases=aliases)
    if any(not problem.row for problem in problems) or not rows:
        if not any(problem.row > 1 for problem in problems):
            raise WorkbookError(" ".join(map(str, problems)))
        return {"ok": False, "said": "Nothing was taken.", "problems": list(map(str, problems[: MOST_SHOWN + 1]))}
    empty = model().body()
    if not any(row.fields for row in rows):
        columns = ", ".join(spec.title for spec in fields_of(model) if not spec.private)
        raise WorkbookError(
            f"No heading that is known here was found in the first line. Begin with a line such as: {columns}."
        )
    # A heading that is not understood costs its column, not the rows: published tables have many columns.
    wrong = {problem.row for problem in problems if problem.row > 1}
    good = [row for row in rows if row.number not in wrong and (row.id or row.record.body() != empty)]
    known: dict[str, Body] = {entry.id: entry.record.body() for entry in session.now.records(kind)}
    then = AsSaved(session, kind, names_of(session, kind))
    pointed, stray = _point(then, model, good, known)
    compared, beside = _compare(then, model, pointed, known)
    stray += [*_named_twice(good), *_misfits(model, compared, known)]
    stray_rows = {problem.row for problem in stray}
    new: list[Row] = []
    changed: list[Row] = []
    numbers: dict[str | None, int] = {}
    count = Counter[str]()
    said_before = _said(model, known.values(), good)
    for row, given in compared:
        if row.number in stray_rows:
            continue
        if given is None:
            count["removed"] += 1
        elif row.id not in known:
            key = _key(given, row.fields)
            if said_before[key]:
                said_before[key] -= 1
                count["again"] += 1
                continue
            id_ = new_id(kind)
            new.append((kind, id_, given))
            numbers[id_] = row.number
        elif given:
            changed.append((kind, row.id, given))
            numbers[row.id] = row.number
        else:
            count["same"] += 1
    beside = [problem for problem in beside if problem.row not in stray_rows]
    changes = save_and_tell(session, [*changed, *new], f"Taken from {name}")
    told = sorted(((numbers[change.id], change) for change in changes if change.id in numbers), key=lambda one: one[0])
    refused = sorted({problem.row for problem in [*problems, *stray] if problem.row > 1})
    problems = sorted([*problems, *stray, *beside], key=lambda problem: problem.row)
    count.update(new=len(new), changed=len(changed), refused=len(refused), beside=len(beside))
    return {
        "said": _report(count),
        "problems": [str(problem) for problem in problems[:MOST_SHOWN]],
        **told_of([f"Row {number}: {change.in_full}" for number, change in told]),
        "refused_rows": refused,
    }


def _named_twice(rows: Sequence[AnyRow]) -> list[Problem]:
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


def _compare(
    then: AsSaved, model: type[Record], rows: Sequence[tuple[AnyRow, dict[str, Any]]], there: Mapping[str, Body]
) -> tuple[list[tuple[AnyRow, dict[str, Any] | None]], list[Problem]]:
    """For each row what is to be saved of it, and what stays as it is here because it was changed here too.

    All of a new record; of one that is there what was changed in the file; None for one that has been removed here.
    """
    found: list[tuple[AnyRow, dict[str, Any] | None]] = []
    problems: list[Problem] = []
    for row, values in rows:
        here = there.get(row.id)
        base = then.base(row.mark, row.id, here)
        if here is None and base is None:
            found.append((row, values))
            continue
        compared = three_way({name: values[name] for name in row.fields}, base or {}, here or {})
        if here is None:
            if compared.edited:
                problems.append(Problem(row.number, "", removed_here(name_of(model.kind, base))))
            found.append((row, None))
            continue
        for name in compared.clashes:
            spec = field_of(model, name)
            ours, theirs = (
                value(spec, one.get(name), then.names.get(spec.refers_to or "", {})) for one in (here, values)
            )
            problems.append(Problem(row.number, spec.title, changed_here("This", ours, theirs)))
        found.append((row, {name: said for name, said in compared.agreed.items() if said != here.get(name)}))
    return found, problems


def _key(values: Mapping[str, Any], fields: Iterable[str]) -> str:
    return json.dumps([values.get(name) for name in fields], sort_keys=True)


def _said(model: type[Record], bodies: Iterable[Body], rows: Sequence[AnyRow]) -> Counter[str]:
    """How many of the records that are here say what, in the columns of the file: taken twice, it would double them.

    Only where the file has what the records are named by, and only of those that have it: two that share a theme and
    nothing else are two.
    """
    if not rows or model.name_field not in rows[0].fields:
        return Counter()
    return Counter(_key(body, rows[0].fields) for body in bodies if body.get(model.name_field))


def _misfits(
    model: type[Record],
    rows: Sequence[tuple[AnyRow, dict[str, Any] | None]],
    there: Mapping[str, Mapping[str, Any]],
) -> list[Problem]:
    """What cannot be in the rows, such as an end before its start; the store would refuse all rows for one of them.

    Only what a row changes is looked at: what was there before may be taken back as it is.
    """
    found = []
    now = dict(there)
    for row, given in rows:
        if not given:
            continue
        before = there.get(row.id, {})
        record = model.model_validate({**before, **given})
        altered = [name for name, value in record.body().items() if before.get(name) != value]
        wrong = misfits(record, altered) | circles(row.id, record, now, altered)
        if row.id in there and not wrong:
            now[row.id] = record.body()
        titles = {spec.name: spec.title for spec in fields_of(model)}
        found += [Problem(row.number, titles[name], sentence) for name, sentence in wrong.items()]
    return found


def _point(
    then: AsSaved, model: type[Record], rows: Sequence[AnyRow], there: Mapping[str, Body]
) -> tuple[list[tuple[AnyRow, dict[str, Any]]], list[Problem]]:
    """References come as names; they are stored as identifiers. A name that is nowhere is a problem of its row."""
    found, problems = [], []
    for row in rows:
        values, base = row.record.body(), then.base(row.mark, row.id, there.get(row.id)) or {}
        for spec in fields_of(model):
            held = values.get(spec.name)
            if not spec.refers_to or not held or base.get(spec.name) == held:
                continue  # a record that was removed may still be pointed to: the file says nothing new
            before = base.get(spec.name) or ()
            kept = {before} if isinstance(before, str) else set(before)
            meant = []
            for name in [held] if isinstance(held, str) else held:
                known = then.meant(row.mark, spec.refers_to, name)
                if len(known) == 1 and known[0] not in then.names[spec.refers_to] and known[0] not in kept:
                    known = []  # it has been removed since, and only now is it to be pointed to
                if len(known) == 1:
                    meant.append(known[0])
                else:
                    why = "is not in the list of" if not known else "is there more than once among the"
                    plural = KINDS[spec.refers_to].plural.lower()
                    problems.append(Problem(row.number, spec.title, f"“{name}” {why} {plural}."))
            values[spec.name] = (meant[0] if meant else None) if isinstance(held, str) else meant
        found.append((row, values))
    return found, problems


def _report(count: Mapping[str, int]) -> str:
    """``count`` of rows: new, changed, same, refused, removed here since, passed over; and of cells left as they are."""

    def rows(number: int) -> str:
        return "1 row" if number == 1 else f"{number:,} rows"

    said = [f"{rows(count['new'])} taken."]
    said += [f"{rows(count['changed'])} changed."] * bool(count["changed"])
    said += [f"{rows(count['same'])} as before."] * bool(count["same"])
    if again := count["again"]:
        said.append(
            f"{rows(again)} passed over, because what {'it says' if again == 1 else 'they say'} is here already."
        )
    if removed := count["removed"]:
        said.append(f"{rows(removed)} left out, because they have been removed here since the file was saved.")
    if refused := count["refused"]:
        said.append(f"{refused:,} refused; they are named here, and nothing of them was kept.")
    if count["beside"]:
        said.append("What was changed both here and in the file is named here, and stays as it is here.")
    return " ".join(said)
