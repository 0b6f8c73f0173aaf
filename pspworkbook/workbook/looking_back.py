"""How records came to say what they say, read from the log alone: nothing is kept twice."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

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


def _by_kind(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    kinds: dict[str, list[str]] = {}
    for kind, id_ in keys:
        kinds.setdefault(kind, []).append(id_)
    for kind, ids in kinds.items():
        for start in range(0, len(ids), AT_ONCE):
            yield kind, ids[start : start + AT_ONCE]
