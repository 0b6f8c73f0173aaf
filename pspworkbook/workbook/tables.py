"""The tables of the store, in SQLAlchemy's own terms so that SQLite and PostgreSQL hold the same.

``record`` holds each record as it stands, ``change`` every step that led there. The log is append-only: nothing in this
package updates or deletes a row of ``change``, and replaying it gives ``record`` (``replay.py``; ``pspworkbook check``).
Times are text in UTC, so that no database's own idea of a time zone comes in.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

TABLES_VERSION = 1
"""The layout of these tables; a store with a higher number was made by a newer version of this program."""

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

workbook = Table(
    "workbook",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slug", String(80), nullable=False),
    Column("name", Text, nullable=False),
    # The number of lines in the log. Raised in the transaction that writes them, so the log has no gaps, and the lock on
    # this row makes writers take turns on every database.
    Column("seq", Integer, nullable=False, default=0),
    Column("created", String(32), nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("example", Boolean, nullable=False, default=False),
    Column("schema", Integer, nullable=False),
    UniqueConstraint("slug", name="workbook_slug"),
)

record = Table(
    "record",
    metadata,
    Column("workbook", ForeignKey("workbook.id"), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("created_seq", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("deleted", Boolean, nullable=False, default=False),
)

change = Table(
    "change",
    metadata,
    Column("workbook", ForeignKey("workbook.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("batch", Integer, nullable=False),
    Column("action", String(12), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("id", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("author", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("at", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("target", Integer),
    Index("change_by_author", "workbook", "author", "seq"),
    Index("change_by_record", "workbook", "kind", "id", "version"),
)

access_key = Table(
    "access_key",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workbook", ForeignKey("workbook.id"), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("role", String(20), nullable=False),
    Column("label", Text, nullable=False),
    Column("created", String(32), nullable=False),
    Column("expires_at", String(32)),
    Column("revoked_at", String(32)),
    UniqueConstraint("hash", name="access_key_hash"),
)

backup = Table(
    "backup",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workbook", ForeignKey("workbook.id"), nullable=False),
    Column("schema", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("data", LargeBinary, nullable=False),
)
