"""The one place that knows which database it is talking to: connecting, starting a transaction, naming its troubles."""

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.pool import QueuePool

from pspworkbook.workbook.errors import StoreTrouble

Address = Path | URL


class Unreadable:
    """Stands in for a value that the database holds but that is not JSON, so that whoever reads it can say which."""


def read_address(address: str | Path) -> Address:
    """A path for SQLite, or a database's URL. Raises StoreTrouble for neither."""
    text = str(address)
    if "://" not in text:
        if not text.strip() or text == ":memory:" or "\x00" in text:
            raise StoreTrouble(f"“{text}” is not the name of a file to keep workbooks in.")
        return Path(text).expanduser().absolute()
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StoreTrouble(
            "The store's address is not one that a database understands, such as postgresql+psycopg://host/name."
        ) from None
    if url.get_backend_name() == "sqlite":
        return read_address(url.database or "")
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def shown(address: Address) -> str:
    """The address as messages name it: never with a password."""
    return str(address) if isinstance(address, Path) else address.render_as_string(hide_password=True)


def connect(address: Address, wait: float) -> Engine:
    """An engine for the address. Transactions that will write are begun with the execution option ``writing``.

    Raises StoreTrouble when the database's driver is not installed.
    """
    options: dict[str, Any] = {"json_serializer": _to_json, "json_deserializer": _from_json}
    if isinstance(address, Path):
        return _sqlite(address, wait, options)
    try:
        # One snapshot for all that a transaction reads; a writer instead sees what the writer before it has committed.
        engine = create_engine(address, pool_pre_ping=True, **options)
    except (ModuleNotFoundError, ArgumentError):
        raise StoreTrouble(
            f"The driver for {shown(address)} is not installed. For PostgreSQL: pip install 'pspworkbook[postgres]'."
        ) from None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("writing"):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def _sqlite(path: Path, wait: float, options: dict[str, Any]) -> Engine:
    # mode=rw: a file that has gone missing while it was in use is reported, not silently made afresh and empty.
    uri = path.as_uri() + "?mode=rw"

    def open_file() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")  # a save that was reported survives a power cut
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=open_file, poolclass=QueuePool, **options)

    @event.listens_for(engine, "connect")
    def _connected(_connection: Any, record: Any) -> None:
        record.info["file"] = _identity(path)

    @event.listens_for(engine, "checkout")
    def _checkout(_connection: Any, record: Any, _proxy: Any) -> None:
        # A connection outlives its file: without this, saves would go to a file that somebody has deleted or replaced.
        if record.info["file"] != _identity(path):
            raise DisconnectionError

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # IMMEDIATE takes the one writer's lock before anything is read, so a save never rests on what it read too early.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")

    return engine


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def prepare(address: Address, engine: Engine, wait: float) -> None:
    """Make the file and its folder where there is none, and look whether what is there is a sound database.

    Raises StoreTrouble with the reason in plain words.
    """
    if not isinstance(address, Path):
        return
    _make_file(address)
    try:
        # The switch to WAL fails at once, without waiting, when another process makes the same switch: try again.
        sound = _patiently(wait, lambda: _first_look(engine))
    except DBAPIError as error:
        raise StoreTrouble(trouble(error, address)) from error
    if not sound:
        raise StoreTrouble(_SENTENCES["SQLITE_CORRUPT"].format(where=address))


def _first_look(engine: Engine) -> bool:
    try:
        with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
            # WAL lets pages read while somebody saves. Where the disk cannot do it (some network drives) SQLite keeps its
            # older journal: slower, and as safe.
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA quick_check(1)")
            found = cursor.fetchone()
            return bool(found and found[0] == "ok")
    except sqlite3.Error as error:
        raise DBAPIError("first look", None, error) from error


def _make_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise StoreTrouble(f"{path} is a folder. Name a file in it, such as {path / 'workbooks.db'}.")
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # a partnership's workbook is not for every user of the machine
        with path.open("r+b") as file:
            start = file.read(16)
    except PermissionError:
        raise StoreTrouble(
            f"The workbooks cannot be kept in {path}: this user may not write there. Choose another place with --store."
        ) from None
    except (FileExistsError, NotADirectoryError):
        raise StoreTrouble(
            f"The workbooks cannot be kept in {path}: a part of that path is a file, not a folder."
        ) from None
    except OSError as error:
        raise StoreTrouble(
            f"The workbooks cannot be kept in {path}: {error.strerror or 'the file cannot be made'}."
        ) from None
    if start and start != b"SQLite format 3\x00":
        raise StoreTrouble(f"{path} is not a store of workbooks. To open a saved copy (.psp.json), import it.")


def _patiently(wait: float, action: Callable[[], bool]) -> bool:
    end = time.monotonic() + wait
    while True:
        try:
            return action()
        except DBAPIError as error:
            if not _sqlite_name(error).startswith("SQLITE_BUSY") or time.monotonic() > end:
                raise
            time.sleep(0.02)


def damage(address: Address, engine: Engine) -> list[str]:
    """What a thorough look at the database's file finds wrong, in its own words; nothing where a server looks after it."""
    if not isinstance(address, Path):
        return []
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        rows = [
            *rows,
            *(
                f"row without its workbook in {row[0]}"
                for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
            ),
        ]
    return [str(row) for row in rows if row != "ok"]


def _sqlite_name(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlite_errorname", ""))


_SENTENCES = {
    "SQLITE_BUSY": "The workbooks in {where} are in use by another program that does not let go. Nothing was saved; try again in a moment.",
    "SQLITE_LOCKED": "The workbooks in {where} are in use by another program that does not let go. Nothing was saved; try again in a moment.",
    "SQLITE_READONLY": "The workbooks in {where} can be read but not written. Nothing was saved.",
    "SQLITE_PERM": "The workbooks in {where} can be read but not written. Nothing was saved.",
    "SQLITE_FULL": "The disk that holds {where} is full. Nothing was saved; make room and try again.",
    "SQLITE_CORRUPT": "The file {where} is damaged. Nothing was changed; open the last saved copy (.psp.json) in a new store.",
    "SQLITE_NOTADB": "{where} is not a store of workbooks. To open a saved copy (.psp.json), import it.",
    "SQLITE_CANTOPEN": "The file {where} cannot be opened: it is gone, or this user may not read it.",
    "SQLITE_IOERR": "The disk that holds {where} reports an error. Nothing was saved.",
}


def trouble(error: DBAPIError, address: Address) -> str:
    """A database's error as one plain sentence."""
    where, name = shown(address), _sqlite_name(error)
    for start, sentence in _SENTENCES.items():
        if name.startswith(start):
            return sentence.format(where=where)
    if isinstance(address, Path):
        return f"The workbooks in {where} cannot be used: {error.orig}."
    return f"The database {where} does not answer, or refuses: {str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else 'no reason given'}"


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return Unreadable()
