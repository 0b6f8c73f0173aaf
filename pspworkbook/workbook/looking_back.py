"""How records came to say what they say, read from the log alone: nothing is kept twice."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, Subquery, func, select

from pspworkbook.workbook import tables
from pspworkbook.workbook.errors import Body

Key = tuple[str, str]
"""Kind and identifier of a record."""
Line = tuple[int, str, int | None, Body | None, Body | None]
"""One line of the log about a record: its number, its action, the line that it takes back, the body before and after."""
AT_ONCE = 400
"""Identifiers in one question; databases take only so many values at a time."""
BESIDE = ("clash", "reason")
"""Lines of the log that altered no record."""


def lines_of(connection: Connection, workbook: int, keys: Iterable[Key]) -> dict[Key, list[Line]]:
    """The lines of the log that made these records what they are, the oldest first."""
    found: dict[Key, list[Line]] = {}
    for kind, ids in _by_kind(keys):
        c = tables.change.c
        query = (
            select(c.id, c.seq, c.action, c.target, c.before, c.after)
            .where(c.workbook == workbook, c.kind == kind, c.id.in_(ids), c.action.not_in(BESIDE))
            .order_by(c.seq)
        )
        for row in connection.execute(query):
            before, after = (body if isinstance(body, dict) else None for body in (row.before, row.after))
            found.setdefault((kind, row.id), []).append((row.seq, row.action, row.target, before, after))
    return found


def position_at(connection: Connection, workbook: int, then: dt.datetime) -> int:
    """The last line of the log that was written before a moment; 0 when there is none."""
    c = tables.change.c
    before = c.at < then.astimezone(dt.UTC).isoformat(timespec="microseconds")  # as the log keeps its times
    return int(connection.execute(select(func.max(c.seq)).where(c.workbook == workbook, before)).scalar() or 0)


def saved_with(connection: Connection, workbook: int, seq: int) -> int:
    """The last line of the log that was saved at once with a line."""
    c = tables.change.c
    batch = select(c.batch).where(c.workbook == workbook, c.seq == seq).scalar_subquery()
    query = select(func.max(c.seq)).where(c.workbook == workbook, c.batch == batch)
    return int(connection.execute(query).scalar() or seq)


def altered_since(connection: Connection, workbook: int, position: int, kinds: Sequence[str]) -> int:
    """The last line after ``position`` that altered one of these kinds, of those that do not stand as they did then; or 0."""
    c, r = tables.change.c, tables.record.c
    touched = _touched(workbook, position, kinds)
    query = (
        select(touched.c.last, c.before, r.body, r.deleted)
        .join(tables.change, (c.workbook == workbook) & (c.seq == touched.c.first))
        .join(tables.record, (r.workbook == workbook) & (r.kind == touched.c.kind) & (r.id == touched.c.id))
        .order_by(touched.c.last.desc())
    )
    for row in connection.execute(query):
        if (row.before if isinstance(row.before, dict) else None) != (None if row.deleted else row.body):
            return int(row.last)
    return 0


def stood_at(connection: Connection, workbook: int, position: int, kinds: Sequence[str]) -> dict[Key, Body | None]:
    """What was touched after ``position`` as it stood there, None where it was not there; the rest stands as it did."""
    c = tables.change.c
    touched = _touched(workbook, position, kinds)
    query = select(c.kind, c.id, c.before).join(touched, (c.workbook == workbook) & (c.seq == touched.c.first))
    return {
        (row.kind, row.id): row.before if isinstance(row.before, dict) else None for row in connection.execute(query)
    }


def _touched(workbook: int, position: int, kinds: Sequence[str]) -> Subquery:
    """Kind and identifier of the records of these kinds that were altered after ``position``; the first such line and the last."""
    c = tables.change.c
    return (
        select(c.kind, c.id, func.min(c.seq).label("first"), func.max(c.seq).label("last"))
        .where(c.workbook == workbook, c.seq > position, c.kind.in_(kinds), c.action.not_in(BESIDE))
        .group_by(c.kind, c.id)
        .subquery()
    )


def _by_kind(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    kinds: dict[str, list[str]] = {}
    for kind, id_ in keys:
        kinds.setdefault(kind, []).append(id_)
    for kind, ids in kinds.items():
        for start in range(0, len(ids), AT_ONCE):
            yield kind, ids[start : start + AT_ONCE]
