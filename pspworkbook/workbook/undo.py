"""Undo and redo, worked out from the log alone: nothing is remembered anywhere else, so they outlive a restart.

Each author has a row of batches, newest first. An ordinary batch is something to undo. An undo takes back the newest
one not undone yet, and is then something to redo; a redo turns it round again.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from pspworkbook.workbook import tables, words
from pspworkbook.workbook.errors import NothingToUndo, StoreTrouble, UndoBlocked
from pspworkbook.workbook.writing import State, Writing, read_body

ORDINARY = ("create", "edit", "delete")
PAGE = 100


def to_undo(connection: Connection, workbook: int, author: str) -> int | None:
    """The author's newest batch that has not been undone, None when there is none."""
    undone = 0
    for batch, action in _batches(connection, workbook, author):
        if action == "undo":
            undone += 1
        elif undone:
            undone -= 1
        else:
            return batch
    return None


def to_redo(connection: Connection, workbook: int, author: str) -> int | None:
    """The author's newest undo that can be turned round; None as soon as there is anything newer of their own."""
    redone = 0
    for batch, action in _batches(connection, workbook, author):
        if action == "redo":
            redone += 1
        elif action != "undo":
            return None
        elif redone:
            redone -= 1
        else:
            return batch
    return None


def _batches(connection: Connection, workbook: int, author: str) -> Iterator[tuple[int, str]]:
    c = tables.change.c
    before: int | None = None
    last = None
    while True:
        query = select(c.seq, c.batch, c.action).where(
            c.workbook == workbook, c.author == author, c.action.in_((*ORDINARY, "undo", "redo"))
        )
        if before is not None:
            query = query.where(c.seq < before)
        rows = connection.execute(query.order_by(c.seq.desc()).limit(PAGE)).all()
        for row in rows:
            if row.batch != last:
                yield row.batch, row.action
            last, before = row.batch, row.seq
        if len(rows) < PAGE:
            return


def take_back(writing: Writing, action: str) -> None:
    """Undo or redo the author's newest batch, each of its changes in reverse.

    Raises NothingToUndo when there is none, and UndoBlocked, naming who changed what since, when a record has moved on.
    """
    find = to_undo if action == "undo" else to_redo
    batch = find(writing.connection, writing.owner.id, writing.access.author)
    if batch is None:
        raise NothingToUndo(f"There is nothing of yours left to {action}.")
    c = tables.change.c
    query = select(tables.change).where(c.workbook == writing.owner.id, c.batch == batch).order_by(c.seq.desc())
    for row in writing.connection.execute(query).all():
        now = writing.find(row.kind, row.id)
        if (now.body if now else None) != row.after:
            raise UndoBlocked(_blocked(action, row, now))
        if row.before is not None:
            _require_valid(action, row)
        writing.put(action, row.kind, row.id, row.before, target=row.seq)


def _require_valid(action: str, row: Row[Any]) -> None:
    try:
        read_body(row.kind, row.id, row.before)
    except StoreTrouble as error:
        raise UndoBlocked(
            f"This cannot be {_done(action)}: what was there before cannot be read any more. {error}"
        ) from error


def _blocked(action: str, row: Row[Any], now: State | None) -> str:
    what = words.label(row.kind, row.after or row.before)
    who = f"by {now.author} " if now and now.author else ""
    happened = "removed" if now is None or now.body is None else "changed"
    return f"This cannot be {_done(action)}: {what} has been {happened} {who}since. Nothing was altered."


def _done(action: str) -> str:
    return "undone" if action == "undo" else "done again"
