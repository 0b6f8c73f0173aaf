"""Replaying a log: what it leads to must be what the records say. The import of files and ``check`` both rest on it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from pspworkbook.workbook import tables
from pspworkbook.workbook.entries import Entry
from pspworkbook.workbook.errors import StoreTrouble
from pspworkbook.workbook.store import Store
from pspworkbook.workbook.writing import State, read_body, state_of

NOT_RECORDS = ("clash", "import", "rename", "reason")
"""Lines that alter no record."""

STEPS = ("create", "edit", "delete", "keep", "undo", "redo", "migrate")

Line = Mapping[str, Any]
States = dict[tuple[str, str], State]


class OutOfStep(Exception):
    """A log that cannot have come about; its text says where."""


def replay(changes: Iterable[Line]) -> States:
    """The records that a log leads to, removed ones with the body None. Raises OutOfStep at the first line that cannot be."""
    states: States = {}
    seq = batch = 0
    for line in changes:
        if line["seq"] != seq + 1:
            raise OutOfStep(f"Line {seq + 1} of the history is missing")
        seq = line["seq"]
        if line["batch"] not in (batch, seq):
            raise OutOfStep(f"Line {seq} of the history stands in the wrong batch")
        batch = line["batch"]
        if line["action"] in NOT_RECORDS:
            continue
        if line["action"] not in STEPS:
            raise OutOfStep(f"Line {seq} of the history is of an unknown sort, “{line['action']}”")
        states[line["kind"], line["id"]] = _step(states.get((line["kind"], line["id"])), line)
    return states


def _step(now: State | None, line: Line) -> State:
    seq, what = line["seq"], f"{line['kind']} {line['id']}"
    if line["version"] != (now.version if now else 0) + 1:
        raise OutOfStep(f"Line {seq} of the history skips a version of {what}")
    if line["before"] != (now.body if now else None):
        raise OutOfStep(f"Line {seq} of the history does not follow from the line before about {what}")
    if line["before"] is None and line["after"] is None:
        raise OutOfStep(f"Line {seq} of the history removes {what}, which is not there")
    expected = {
        "create": (True, False),
        "edit": (False, False),
        "migrate": (False, False),
        "delete": (False, True),
    }.get(line["action"])
    if expected is not None and expected != (line["before"] is None, line["after"] is None):
        raise OutOfStep(f"Line {seq} of the history says “{line['action']}” of {what} but does something else")
    return State(line["version"], line["after"], line["author"], line["at"], now.created_seq if now else seq, seq)


def disagreements(expected: States, found: States) -> list[str]:
    """Where the records differ from what the log leads to, in words."""
    problems = []
    for kind, id in sorted({*expected, *found}):
        log, row = expected.get((kind, id)), found.get((kind, id))
        if log is None or row is None:
            problems.append(
                f"The {kind} {id} is {'not in the history' if log is None else 'in the history but not among the records'}."
            )
        elif (log.version, log.body, log.author, log.at, log.seq, log.created_seq) != (
            row.version,
            row.body,
            row.author,
            row.at,
            row.seq,
            row.created_seq,
        ):
            problems.append(f"The {kind} {id} is not as the history leaves it.")
    return problems


def check(store: Store) -> list[str]:
    """Everything that is wrong with a store: its file, and each workbook's records and log. Empty when all is well.

    Raises StoreTrouble when the store cannot be read at all.
    """
    problems = [f"The file is damaged: {text}." for text in store.damage()]
    for listed in store.workbooks():
        with store.reading() as connection:
            owner = store.row(connection, listed.slug)
            changes = connection.execute(
                select(tables.change).where(tables.change.c.workbook == owner.id).order_by(tables.change.c.seq)
            ).all()
            rows = connection.execute(select(tables.record).where(tables.record.c.workbook == owner.id)).all()
        found = {(row.kind, row.id): state_of(row) for row in rows}
        own = [*_unreadable(found)]
        if owner.seq != len(changes):
            own.append(f"The history has {len(changes)} lines, and should have {owner.seq}.")
        try:
            own += disagreements(replay(row._asdict() for row in changes), found)
        except OutOfStep as error:
            own.append(f"{error}.")
        problems += [f"{listed.slug}: {problem}" for problem in own]
    return problems


def _unreadable(found: States) -> Iterable[str]:
    for (kind, id), state in found.items():
        try:
            if state.body is not None:
                _: Entry | Any = read_body(kind, id, state.body)
        except StoreTrouble as error:
            yield str(error)
        except Exception as error:
            yield f"The record {kind} {id} cannot be read: {error}"
