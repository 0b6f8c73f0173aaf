"""Bringing a workbook of an older version up to date when it is opened, after a copy of it has been kept.

To change what a record looks like on disk, write a function here that turns the body of any record of the version
before into one of the version after, and add it at the end of ``MIGRATIONS``. A new field that may be empty needs none.
"""

from collections.abc import Callable

from sqlalchemy import Connection, Row, insert, select, update

from pspworkbook.workbook import tables
from pspworkbook.workbook.access import Access
from pspworkbook.workbook.entries import utc_now
from pspworkbook.workbook.errors import BadEntry, Body, StoreTrouble
from pspworkbook.workbook.writing import Writing, validated

Migration = Callable[[str, Body], Body]
"""Takes the kind and body of a record, returns its new body."""

MIGRATIONS: list[Migration] = []
"""The first entry leads from version 1 to version 2, and so on."""

AUTHOR = "PSP workbook"


def current() -> int:
    """The version of the bodies that this program writes."""
    return 1 + len(MIGRATIONS)


def require_known(schema: int, name: str) -> None:
    """Raises StoreTrouble when a workbook was made by a newer version of this program."""
    if schema > current():
        raise StoreTrouble(
            f"The workbook “{name}” was made by a newer version of the PSP workbook. Install that version to open it; nothing was changed."
        )


def brought_up(kind: str, body: Body, schema: int) -> Body:
    """A body of an older version as this program writes it."""
    for migration in MIGRATIONS[schema - 1 :]:
        body = migration(kind, dict(body))
    return body


def migrate(connection: Connection, owner: Row[tuple[object, ...]], copy: bytes) -> None:
    """Keep the copy, then bring every record up to date, each with its own line in the log.

    Raises StoreTrouble, and so changes nothing, when a record cannot be brought up to date.
    """
    connection.execute(insert(tables.backup).values(workbook=owner.id, schema=owner.schema, at=utc_now(), data=copy))
    access = Access("facilitator", AUTHOR, owner.slug)
    writing = Writing(connection, owner, access, f"Brought up to date from version {owner.schema} to {current()}")
    rows = connection.execute(
        select(tables.record).where(tables.record.c.workbook == owner.id, tables.record.c.deleted.is_(False))
    ).all()
    for row in rows:
        try:
            after = validated(row.kind, brought_up(row.kind, row.body, owner.schema)).body()
        except BadEntry as error:
            raise StoreTrouble(
                f"The workbook “{owner.name}” cannot be brought up to date, and was left as it is: {row.kind} {row.id}. {error}"
            ) from error
        if after != row.body:
            writing.put("migrate", row.kind, row.id, after)
    writing.flush()
    connection.execute(update(tables.workbook).where(tables.workbook.c.id == owner.id).values(schema=current()))
