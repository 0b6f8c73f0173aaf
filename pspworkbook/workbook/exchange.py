"""The exchange file ``*.psp.json``: a whole workbook with its history, to keep, to send, and to open elsewhere.

A file comes from anywhere, so nothing in it is believed. It is read, compared with its checksum, checked as to shape, and
its history is replayed, all before the first row is written; then it is written in one transaction. Keys never travel.
"""

import hashlib
import json
import math
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

import pspworkbook
from pspworkbook.records import KINDS
from pspworkbook.workbook import migrations, tables, words
from pspworkbook.workbook.access import Access
from pspworkbook.workbook.entries import moment, utc_now
from pspworkbook.workbook.errors import BadEntry, Body, FileRefused, StoreTrouble, WorkbookError
from pspworkbook.workbook.replay import OutOfStep, States, disagreements, replay
from pspworkbook.workbook.store import Store, author_name, clean_name
from pspworkbook.workbook.workbook import Workbook
from pspworkbook.workbook.writing import State, Writing, read_body, require_id, validated

FORMAT = "pspworkbook"
LARGEST = 50 * 1024 * 1024
DEEPEST = 20
LARGEST_COUNT = 2**31 - 1
LARGEST_INTEGER = 2**53

DAMAGED = "This file has been changed or damaged since it was saved. Use another copy of it."
NOT_OURS = "This file is not a workbook saved by the PSP workbook (.psp.json)."

_RECORD = {"kind": str, "id": str, "version": int, "author": str, "at": str, "body": dict}
_CHANGE = {
    "seq": int,
    "batch": int,
    "action": str,
    "kind": str,
    "id": str,
    "version": int,
    "before": (dict, None),
    "after": (dict, None),
    "author": str,
    "role": str,
    "at": str,
    "reason": str,
    "target": (int, None),
}
_WORKBOOK = {"name": str, "slug": str, "example": bool, "records": list, "changes": list}


# Out


def export_bytes(workbook: Workbook) -> bytes:
    """The whole workbook as the bytes of an exchange file. The same workbook gives the same bytes, but for the time."""
    with workbook.store.reading() as connection:
        workbook.access.require_good(connection)
        row = workbook.store.row(connection, workbook.slug)
        return to_bytes(snapshot(connection, row), row.schema)


def snapshot(connection: Connection, owner: Row[Any]) -> dict[str, Any]:
    """What a workbook holds, as the file's ``workbook`` says it. Raises StoreTrouble when a record cannot be read."""
    r, c = tables.record.c, tables.change.c
    records = connection.execute(
        select(tables.record).where(r.workbook == owner.id, r.deleted.is_(False)).order_by(r.created_seq)
    ).mappings()
    changes = connection.execute(select(tables.change).where(c.workbook == owner.id).order_by(c.seq)).mappings()
    return {
        "name": owner.name,
        "slug": owner.slug,
        "example": owner.example,
        "records": [{name: row[name] for name in _RECORD} for row in records],
        "changes": [{name: row[name] for name in _CHANGE} for row in changes],
    }


def to_bytes(content: dict[str, Any], schema: int) -> bytes:
    """The bytes of an exchange file. Raises StoreTrouble when the content cannot be written as JSON."""
    try:
        file = {
            "format": FORMAT,
            "schema": schema,
            "made_by": pspworkbook.__version__,
            "exported_at": utc_now(),
            "checksum": checksum(content),
            "workbook": content,
        }
        return json.dumps(file, ensure_ascii=False, allow_nan=False, indent=1).encode() + b"\n"
    except (TypeError, ValueError) as error:
        raise StoreTrouble(
            "A record of this workbook cannot be read, so no copy was made. Run: pspworkbook check"
        ) from error


def checksum(content: Any) -> str:
    """The checksum of a file's content, whatever its line breaks and the order of its keys. Raises ValueError."""
    canonical = json.dumps(content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


# In


@dataclass(frozen=True)
class Content:
    """A file that has passed every check."""

    schema: int
    name: str
    slug: str
    example: bool
    records: list[dict[str, Any]]
    changes: list[dict[str, Any]]
    states: States
    exported_at: str


def import_bytes(store: Store, data: bytes, name: str | None = None, author: str | None = None) -> Workbook:
    """Open a copy of a workbook as a new workbook, with its history; nothing that is there already is touched.

    Raises FileRefused, with one sentence that says what is wrong, and then nothing has been changed.
    """
    content = read_bytes(data)
    who = author_name(author)

    def fill(connection: Connection, owner: Row[Any]) -> None:
        rows = [{"workbook": owner.id, **line} for line in content.changes]
        if rows:
            connection.execute(insert(tables.change), rows)
        records = [_row(owner.id, kind, id, state, content) for (kind, id), state in content.states.items()]
        if records:
            connection.execute(insert(tables.record), records)
        connection.execute(tables.workbook.update().where(tables.workbook.c.id == owner.id).values(seq=len(rows)))
        writing = Writing(
            connection,
            store.row(connection, owner.slug),
            Access("facilitator", who, owner.slug),
            f"Copy saved on {content.exported_at}",
        )
        writing.log("import", "", "", 0, None, {"name": content.name, "slug": content.slug})
        writing.flush()

    try:
        chosen = clean_name(name if name is not None else content.name)
        slug = store.insert(chosen, example=content.example, schema=content.schema, fill=fill)
    except (StoreTrouble, FileRefused):
        raise
    except WorkbookError as error:
        raise FileRefused(str(error)) from error
    return store.open(slug, author=who)


def _row(workbook: int, kind: str, id: str, state: State, content: Content) -> dict[str, Any]:
    body = state.body
    if body is None:  # a removed record keeps its last body in the table, as it does where it was removed
        body = next(
            line["before"]
            for line in reversed(content.changes)
            if (line["kind"], line["id"], line["seq"]) == (kind, id, state.seq)
        )
    return {
        "workbook": workbook,
        "kind": kind,
        "id": id,
        "version": state.version,
        "body": body,
        "author": state.author,
        "at": state.at,
        "created_seq": state.created_seq,
        "seq": state.seq,
        "deleted": state.body is None,
    }


def compare(workbook: Workbook, data: bytes) -> list[str]:
    """What is different in a file from a workbook, in words; nothing is changed. Raises FileRefused."""
    content = read_bytes(data)
    with workbook.store.reading() as connection:
        workbook.access.require_good(connection)
        here_all = snapshot(connection, workbook.store.row(connection, workbook.slug))
    here = {
        (row["kind"], row["id"]): read_body(row["kind"], row["id"], row["body"]).body() for row in here_all["records"]
    }
    there = {
        (row["kind"], row["id"]): validated(
            row["kind"], migrations.brought_up(row["kind"], row["body"], content.schema)
        ).body()
        for row in content.records
    }
    names = {id: words.name_of(kind, body) or id for (kind, id), body in {**there, **here}.items() if kind in KINDS}
    found = (
        []
        if here_all["name"] == content.name
        else [f"The name is “{here_all['name']}” here and “{content.name}” in the file."]
    )
    for kind, id in dict.fromkeys([*here, *there]):
        mine, theirs = here.get((kind, id)), there.get((kind, id))
        if mine is None:
            found.append(f"Only in the file: {words.named(kind, theirs)}.")
        elif theirs is None:
            found.append(f"Only here: {words.named(kind, mine)}.")
        else:
            found += [
                f"{title} of {words.label(kind, mine)} is {old} here and {new} in the file."
                for title, old, new in words.differences(kind, mine, theirs, names)
            ]
    return found


def read_bytes(data: bytes) -> Content:
    """Everything that can be checked of a file without a store. Raises FileRefused with one plain sentence."""
    file = _parse(data)
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise FileRefused(NOT_OURS)
    schema = file.get("schema")
    if type(schema) is not int or schema < 1:
        raise FileRefused(DAMAGED)
    if schema > migrations.current():
        raise FileRefused("This file was made by a newer version of the PSP workbook. Install that version to open it.")
    content = file.get("workbook")
    try:
        if not isinstance(file.get("checksum"), str) or file["checksum"] != checksum(content):
            raise FileRefused(DAMAGED)
    except (ValueError, RecursionError):
        raise FileRefused(DAMAGED) from None
    _require_plain(content, 0)
    content = _shaped(content, _WORKBOOK, "The workbook")
    records = [_shaped(row, _RECORD, f"Record {place}") for place, row in enumerate(content["records"], 1)]
    changes = [_shaped(row, _CHANGE, f"Line {place} of the history") for place, row in enumerate(content["changes"], 1)]
    _require_records(records, schema)
    _require_changes(changes)
    exported_at = file.get("exported_at")
    return Content(
        schema=schema,
        name=_named(content["name"]),
        slug=content["slug"],
        example=content["example"],
        records=records,
        changes=changes,
        states=_replayed(records, changes),
        exported_at=exported_at[:19].replace("T", " ")
        if isinstance(exported_at, str) and exported_at.isprintable()
        else "an unknown day",
    )


def _parse(data: bytes) -> Any:
    if len(data) > LARGEST:
        raise FileRefused(f"This file is larger than {LARGEST // 1024 // 1024} MB, which no workbook is.")
    if not data.strip():
        raise FileRefused("This file is empty.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused("This file is not text, so it is no saved workbook, or it has been damaged.") from None
    try:
        return json.loads(
            text, parse_int=_integer, parse_float=_float, parse_constant=_constant, object_pairs_hook=_object
        )
    except RecursionError:
        raise FileRefused("This file is nested far deeper than any workbook. It was not opened.") from None
    except json.JSONDecodeError as error:
        if text.lstrip().startswith("{") and error.pos >= len(text.rstrip()) - 1:
            raise FileRefused("This file breaks off before its end: it was not copied or downloaded in full.") from None
        if text.lstrip().startswith("{"):
            raise FileRefused(
                f"This file cannot be read from line {error.lineno} on: it has been changed or damaged, or was not copied in full."
            ) from None
        raise FileRefused(NOT_OURS) from None


def _integer(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST_INTEGER:
        raise FileRefused("This file holds a number that is too large to be kept. It was not opened.")
    return int(text)


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise FileRefused("This file holds a number that is too large to be kept. It was not opened.")
    return value


def _constant(text: str) -> Any:
    raise FileRefused(f"This file holds “{text}” where a number belongs. It was not opened.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise FileRefused(DAMAGED)
    return found


def _require_plain(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise FileRefused("This file is nested far deeper than any workbook. It was not opened.")
    if isinstance(value, str) and "\x00" in value:
        raise FileRefused("This file holds characters that cannot be kept. It was not opened.")
    inside = [*value.keys(), *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inside:
        _require_plain(item, depth + 1)


def _shaped(value: Any, shape: dict[str, Any], what: str) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) != set(shape):
        raise FileRefused(f"{what} in this file does not have the parts that it should. It was not opened.")
    for name, wanted in shape.items():
        allowed = wanted if isinstance(wanted, tuple) else (wanted,)
        # type() and not isinstance(): to Python, True is an integer too.
        if not (value[name] is None and None in allowed) and type(value[name]) not in allowed:
            raise FileRefused(f"{what} in this file has a “{name}” that is not of the right sort. It was not opened.")
        if type(value[name]) is int and not 0 <= value[name] <= LARGEST_COUNT:
            raise FileRefused(f"{what} in this file has a “{name}” that is out of range. It was not opened.")
        if name == "at":
            _require_time(value[name], what)
    return value


def _require_time(text: str, what: str) -> None:
    try:
        good = len(text) <= 32 and moment(text).utcoffset() is not None
    except StoreTrouble:
        good = False
    if not good:
        raise FileRefused(f"{what} in this file has a time that cannot be read. It was not opened.")


def _require_records(records: list[dict[str, Any]], schema: int) -> None:
    seen = set()
    for place, row in enumerate(records, 1):
        kind, id = row["kind"], row["id"]
        if kind not in KINDS:
            raise FileRefused(
                f"Record {place} in this file is of an unknown kind, “{_short(kind)}”. It was not opened."
            )
        if (kind, id) in seen:
            raise FileRefused(f"This file holds the {kind} “{_short(id)}” twice. It was not opened.")
        seen.add((kind, id))
        body: Body = row["body"]
        try:
            require_id(kind, id)
            body = migrations.brought_up(kind, body, schema)
            read = validated(kind, body, body).body()
        except BadEntry as error:
            raise FileRefused(f"The {words.named(kind, body)} in this file cannot be read. {error}") from error
        except Exception as error:  # a migration met what no older version can have written
            raise FileRefused(
                f"The {kind} “{_short(id)}” in this file cannot be brought up to date. It was not opened."
            ) from error
        for name, value in body.items():
            if not _same_value(value, read.get(name)):
                raise FileRefused(
                    f"The {words.named(kind, read)} in this file has a “{name}” that is not written as a workbook writes it. It was not opened."
                )


def _same_value(raw: Any, read: Any) -> bool:
    # Text may differ: an earlier version may have kept its blanks or line breaks otherwise, and it is read again anyway.
    return (isinstance(raw, str) and isinstance(read, str)) or (
        raw == read and isinstance(raw, bool) == isinstance(read, bool)
    )


def _require_changes(changes: list[dict[str, Any]]) -> None:
    for line in changes:
        what = f"Line {line['seq']} of the history"
        of_workbook = line["action"] in ("import", "rename")
        if of_workbook or (line["action"] == "reason" and not line["kind"]):
            if line["kind"] or line["id"]:
                raise FileRefused(f"{what} in this file names a record where none belongs. It was not opened.")
        elif line["kind"] not in KINDS:
            raise FileRefused(
                f"{what} in this file is about an unknown kind of record, “{_short(line['kind'])}”. It was not opened."
            )
        else:
            try:
                require_id(line["kind"], line["id"])
            except BadEntry as error:
                raise FileRefused(f"{what} in this file: {error}") from error
        if len(line["role"]) > 20:
            raise FileRefused(f"{what} in this file has a “role” that is not of the right sort. It was not opened.")


def _replayed(records: list[dict[str, Any]], changes: list[dict[str, Any]]) -> States:
    try:
        states = replay(changes)
    except OutOfStep as error:
        raise FileRefused(f"{error}: the history in this file is not sound. It was not opened.") from error
    live = {key: state for key, state in states.items() if state.body is not None}
    found: States = {}
    for row in records:
        log = live.get((row["kind"], row["id"]))
        found[row["kind"], row["id"]] = State(
            row["version"], row["body"], row["author"], row["at"], log.created_seq if log else 0, log.seq if log else 0
        )
    problems = disagreements(live, found)
    if problems:
        raise FileRefused(
            f"The records in this file are not those that its history leads to. {problems[0]} It was not opened."
        )
    if list(found) != sorted(live, key=lambda key: live[key].created_seq):
        raise FileRefused("The records in this file are not in the order of its history. It was not opened.")
    return states


def _named(name: str) -> str:
    try:
        return clean_name(name)
    except WorkbookError as error:
        raise FileRefused(f"The name of the workbook in this file cannot be used. {error}") from error


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
