"""The store: where the workbooks of one user, or of one server, are kept."""

import getpass
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, Row, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from pspworkbook import places
from pspworkbook.records.fields import LONGEST_LINE, read_text
from pspworkbook.workbook import engine as databases
from pspworkbook.workbook import migrations, tables
from pspworkbook.workbook.access import Access, check_key
from pspworkbook.workbook.entries import utc_now
from pspworkbook.workbook.errors import NotAllowed, NotFound, StoreTrouble, WorkbookError
from pspworkbook.workbook.workbook import Workbook

PATIENCE = 10.0
"""Seconds to wait for another program that is writing."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_put_aside: list[Engine] = []


@dataclass(frozen=True)
class Listed:
    """One workbook in the list of a store; ``position`` is the number of lines in its log."""

    slug: str
    name: str
    example: bool
    created: str
    opened_at: str
    position: int


class Store:
    """The workbooks in one file (SQLite, made on first use), or in one database on a server (PostgreSQL).

    ``address`` is a path or a URL such as ``postgresql+psycopg://host/name``; without one, ``PSPWORKBOOK_STORE`` or the
    file in the user's own folder. May be used from several threads, processes and forks at once::

        with Store("workshop.db") as store:
            workbook = store.create("Cooking together")
            [listed.name for listed in store.workbooks()]

    ``make=False`` refuses to make a file where there is none. ``patience`` is the number of seconds to wait for another
    program that is writing. Raises StoreTrouble, with one plain sentence, when the place cannot be used.
    """

    def __init__(self, address: str | Path | None = None, *, patience: float = PATIENCE, make: bool = True) -> None:
        self._address = databases.read_address(address if address is not None else places.store_address())
        self._patience = patience
        self._engines: dict[int, Engine] = {}  # by process: a fork must not use the connections of its parent
        self._closed = False
        if not make and isinstance(self._address, Path) and not self._address.exists():
            raise StoreTrouble(f"There are no workbooks in {self.address}: there is no such file.")
        try:
            databases.prepare(self._address, self._connect(), patience)
            self._make_tables()
        except BaseException:
            self.close()
            raise

    @property
    def address(self) -> str:
        """Where the workbooks are kept, as messages name it (without a password)."""
        return databases.shown(self._address)

    def _connect(self) -> Engine:
        if self._closed:
            raise StoreTrouble("This store has been closed. Open it again.")
        engine = self._engines.get(os.getpid())
        if engine is None:
            # After a fork: the parent's connections must be neither used nor closed here, so they are put aside.
            _put_aside.extend(self._engines.values())
            engine = self._engines.setdefault(os.getpid(), databases.connect(self._address, self._patience))
        return engine

    def _make_tables(self) -> None:
        if not self._has_tables():
            try:
                self._create_tables()
            except (IntegrityError, StoreTrouble):
                if not self._has_tables():  # otherwise another process has just made them
                    raise
        with self.reading() as connection:
            version = connection.execute(select(tables.about.c.value).where(tables.about.c.name == "tables")).scalar()
        if version is None or not version.isdigit() or int(version) > tables.TABLES_VERSION:
            raise StoreTrouble(
                f"The workbooks in {self.address} were made by a newer version of the PSP workbook. Install that version to open them."
            )

    def _has_tables(self) -> bool:
        with self.reading() as connection:
            return inspect(connection).has_table(tables.about.name)

    def _create_tables(self) -> None:
        with self.writing() as connection:
            found = inspect(connection).get_table_names()
            if tables.about.name in found:
                return
            if found and isinstance(self._address, Path):
                raise StoreTrouble(f"{self.address} belongs to another program. Choose another file for the workbooks.")
            tables.metadata.create_all(connection)
            connection.execute(insert(tables.about).values(name="tables", value=str(tables.TABLES_VERSION)))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads; all that it reads is of one moment. Raises StoreTrouble."""
        with self._transaction(writing=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it, or on any error nothing. Raises StoreTrouble."""
        with self._transaction(writing=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, writing: bool) -> Iterator[Connection]:
        try:
            with self._connect().connect() as plain:
                connection = plain.execution_options(writing=writing)
                with connection.begin():
                    yield connection
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise StoreTrouble(databases.trouble(error, self._address)) from error

    def row(self, connection: Connection, slug: str, *, lock: bool = False) -> Row[Any]:
        """The row of a workbook; ``lock`` keeps other writers of that workbook waiting. Raises NotFound."""
        query = select(tables.workbook).where(tables.workbook.c.slug == slug)
        row = connection.execute(query.with_for_update() if lock else query).first() if _SLUG.fullmatch(slug) else None
        if row is None:
            raise NotFound(f"There is no workbook called “{slug}” in {self.address}.")
        return row

    def workbooks(self) -> list[Listed]:
        """The workbooks here, the most recently opened first."""
        c = tables.workbook.c
        with self.reading() as connection:
            rows = connection.execute(select(tables.workbook).order_by(c.opened_at.desc(), c.id.desc())).all()
        return [Listed(row.slug, row.name, row.example, row.created, row.opened_at, row.seq) for row in rows]

    def create(
        self, name: str, slug: str | None = None, *, author: str | None = None, example: bool = False
    ) -> Workbook:
        """Make a new, empty workbook. Names may be in any script; ``slug`` is its short name in addresses.

        Raises WorkbookError for a name or slug that cannot be used.
        """
        slug = self.insert(name, slug, example=example)
        return Workbook(self, slug, Access("facilitator", author_name(author), slug))

    def insert(
        self, name: str, slug: str | None = None, *, example: bool = False, schema: int | None = None, fill: Any = None
    ) -> str:
        """Add the row of a new workbook, and with ``fill(connection, row)`` what belongs in it, and return its slug."""
        name = clean_name(name)
        if slug is not None and not (len(slug) <= 80 and _SLUG.fullmatch(slug)):
            raise WorkbookError(
                "A workbook's short name is made of small letters a to z, digits and hyphens, such as luncheon-club."
            )
        for _attempt in range(20):
            try:
                with self.writing() as connection:
                    chosen = self._free_slug(connection, name, slug)
                    now = utc_now()
                    values = {
                        "slug": chosen,
                        "name": name,
                        "seq": 0,
                        "created": now,
                        "opened_at": now,
                        "example": example,
                        "schema": schema or migrations.current(),
                    }
                    connection.execute(insert(tables.workbook).values(**values))
                    if fill is not None:
                        fill(connection, self.row(connection, chosen))
                    return chosen
            except IntegrityError:  # on a server, somebody took the same short name in this very moment
                continue
        raise WorkbookError(f"No free short name was found for “{name}”. Choose another name.")

    def _free_slug(self, connection: Connection, name: str, slug: str | None) -> str:
        taken = set(connection.execute(select(tables.workbook.c.slug)).scalars())
        if slug is not None:
            if slug in taken:
                raise WorkbookError(f"There is already a workbook with the short name “{slug}”.")
            return slug
        wanted = slug_of(name)
        number, free = 2, wanted
        while free in taken:
            free, number = f"{wanted}-{number}", number + 1
        return free

    def open(
        self, slug: str | None = None, *, author: str | None = None, key: str | None = None, mark: bool = True
    ) -> Workbook:
        """Open a workbook by its short name or its name; None: the one opened last (with a key: the key's own).

        ``mark`` notes it as the one opened last, so that it is the one that opens next time (never with a key).

        A workbook of an older version is brought up to date, after a copy of it has been kept. Raises NotFound,
        NotAllowed (a key that is not good, or is for another workbook) and StoreTrouble (made by a newer version).
        """
        access = check_key(self, key) if key else None
        slug = self._find(slug, access)
        if access is not None and access.workbook != slug:
            raise NotAllowed("This link's key is for another workbook.")
        with self.reading() as connection:
            row = self.row(connection, slug)
        migrations.require_known(row.schema, row.name)
        if row.schema < migrations.current():
            self._bring_up_to_date(slug)
        if access is None:
            access = Access("facilitator", author_name(author), slug)
            if mark:
                self.mark_opened(slug)
        return Workbook(self, slug, access)

    def _find(self, wanted: str | None, access: Access | None) -> str:
        if access is not None and wanted is None:
            return access.workbook
        found = self.workbooks()
        if wanted is None:
            if not found:
                raise NotFound(f"There is no workbook in {self.address} yet. Make one with: pspworkbook new NAME")
            return found[0].slug
        if any(listed.slug == wanted for listed in found):
            return wanted
        same_name = [listed.slug for listed in found if listed.name.casefold() == wanted.strip().casefold()]
        if len(same_name) == 1:
            return same_name[0]
        if access is not None:  # a key tells nobody which other workbooks there are
            raise NotAllowed("This link's key is for another workbook.")
        if same_name:
            raise NotFound(
                f"Several workbooks are called “{wanted}”. Name one by its short name: {', '.join(same_name)}."
            )
        raise NotFound(f"There is no workbook called “{wanted}” in {self.address}.")

    def mark_opened(self, slug: str) -> None:
        """Note that a workbook was opened now. A store that cannot be written just now can still be read."""
        try:
            with self.writing() as connection:
                connection.execute(
                    update(tables.workbook).where(tables.workbook.c.slug == slug).values(opened_at=utc_now())
                )
        except StoreTrouble:
            if self._closed:
                raise

    def _bring_up_to_date(self, slug: str) -> None:
        from pspworkbook.workbook import exchange

        with self.writing() as connection:
            row = self.row(connection, slug, lock=True)
            if row.schema < migrations.current():  # nobody else has done it meanwhile
                migrations.migrate(connection, row, exchange.to_bytes(exchange.snapshot(connection, row), row.schema))

    def backups(self, slug: str) -> list[tuple[str, bytes]]:
        """The copies kept before a workbook was brought up to date: when, and the exchange file. Oldest first."""
        with self.reading() as connection:
            owner = self.row(connection, slug)
            c = tables.backup.c
            return [
                (row.at, row.data)
                for row in connection.execute(select(c.at, c.data).where(c.workbook == owner.id).order_by(c.id))
            ]

    def damage(self) -> list[str]:
        """What a thorough look at the store's file finds wrong. Raises StoreTrouble when it cannot be looked at."""
        try:
            return databases.damage(self._address, self._connect())
        except DBAPIError as error:
            raise StoreTrouble(databases.trouble(error, self._address)) from error

    def close(self) -> None:
        """Let go of the file or the server. Closing twice does no harm."""
        self._closed = True
        engine = self._engines.pop(os.getpid(), None)
        if engine is not None:
            engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def clean_name(name: str) -> str:
    """A workbook's name as it is kept. Raises WorkbookError when it is empty or too long."""
    text = " ".join(read_text(name).split())
    if not text:
        raise WorkbookError("Give the workbook a name.")
    if len(text) > LONGEST_LINE:
        raise WorkbookError(f"The name is {len(text):,} characters long. Keep it under {LONGEST_LINE}.")
    return text


def slug_of(name: str) -> str:
    """A short name for addresses from a name in any script: ``Càirdeas – the club`` becomes ``cairdeas-the-club``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "workbook"


def author_name(author: str | None = None) -> str:
    """The name given, or the user's name on this machine made readable: ``ana.macdonald`` becomes ``Ana Macdonald``."""
    text = " ".join(read_text(author).split())[:200] if author else ""
    if text:
        return text
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container whose user has no name
        return "Facilitator"
    if user.lower() in ("root", "admin", "administrator", "jovyan"):  # nobody's name
        return "Facilitator"
    return re.sub(r"[._-]+", " ", read_text(user)).strip().title() or "Facilitator"
