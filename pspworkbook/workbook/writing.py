"""One write to a workbook: the transaction in which records and log change together, or not at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Row, insert, select, update

from pspworkbook.records import Record, messages_of
from pspworkbook.records.fields import read_text
from pspworkbook.workbook import tables, words
from pspworkbook.workbook.access import Access
from pspworkbook.workbook.entries import Entry, model_of, moment, utc_now
from pspworkbook.workbook.errors import BadEntry, Body, NotFound, StoreTrouble

LONGEST_REASON = 2000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


@dataclass
class State:
    """A record as it stands while a transaction works on it; ``body`` is None when it has been removed."""

    version: int
    body: Body | None
    author: str
    at: str
    created_seq: int
    seq: int
    stored: bool = False
    """There is a row for it in the table already."""


def clean_reason(reason: str) -> str:
    """The reason for a change as it is kept. Raises BadEntry when it is too long."""
    text = read_text(reason)
    if len(text) > LONGEST_REASON:
        raise BadEntry({"": f"The reason is {len(text):,} characters long; there is room for {LONGEST_REASON:,}."})
    return text


def is_id(id: Any) -> bool:
    """Whether a record can have this identifier."""
    return isinstance(id, str) and _ID.fullmatch(id) is not None


def require_id(kind: str, id: str) -> str:
    """An identifier that can be kept: it stands in addresses and files. Raises BadEntry for any other."""
    model = model_of(kind)
    if not is_id(id):
        raise BadEntry(
            {"": "An identifier is made of letters a to z, digits, dots, hyphens and underscores, at most 80."}
        )
    if model.single and id != kind:
        raise BadEntry({"": f"There is only one {model.noun} in a workbook; its identifier is “{kind}”."})
    return id


def validated(kind: str, body: Mapping[str, Any], asked: Mapping[str, Any] | None = None) -> Record:
    """A body as a typed record.

    ``asked`` holds the fields that the user gave: the messages of BadEntry are then for those, and anything else that
    cannot be read stands under "". Raises BadEntry, and NotFound for an unknown kind.
    """
    model = model_of(kind)
    try:
        return model.model_validate({str(name): value for name, value in body.items()})
    except ValidationError as error:
        messages = messages_of(error, model)
    except OverflowError:
        messages = {"": "A number here is too large to be kept."}
    if asked is not None:
        other = {name: text for name, text in messages.items() if name and name not in asked}
        messages = {name: text for name, text in messages.items() if name not in other}
        if other:
            messages[""] = " ".join(filter(None, [messages.get("", ""), words.one_sentence(other, model)]))
    raise BadEntry(messages, words.one_sentence(messages, model))


def read_body(kind: str, id: str, body: Any) -> Record:
    """A stored body as a typed record. Raises StoreTrouble that names the record when it is no longer valid."""
    try:
        if not isinstance(body, dict):
            raise BadEntry({"": "It is not a record."})
        return validated(kind, body)
    except BadEntry as error:
        raise StoreTrouble(
            f"The {words.named(kind, body if isinstance(body, dict) else None)} (number {id}) in this workbook cannot be read. {error}"
        ) from error


def entry_of(kind: str, id: str, state: State) -> Entry:
    """What a workbook hands out for a record that is there."""
    return Entry(id, state.version, read_body(kind, id, state.body), state.author, moment(state.at), state.seq)


def state_of(row: Row[Any]) -> State:
    """A row of the table ``record``."""
    return State(
        row.version, None if row.deleted else row.body, row.author, row.at, row.created_seq, row.seq, stored=True
    )


class Writing:
    """What one transaction changes in a workbook. It is gathered here and written at the end, all in one batch.

    The row of the workbook is locked from the start, so what is read here stays true until the commit.
    """

    def __init__(self, connection: Connection, owner: Row[Any], access: Access, reason: str = "") -> None:
        """Raises NotAllowed when the key is no longer good."""
        access.require_good(connection)
        self.connection = connection
        self.owner = owner
        self.access = access
        self.reason = clean_reason(reason)
        self.now = utc_now()
        self._seq: int = owner.seq
        self._changes: list[dict[str, Any]] = []
        self._states: dict[tuple[str, str], State | None] = {}
        self._stored: dict[str, dict[str, Body]] = {}
        self._altered: dict[tuple[str, str], None] = {}

    def find(self, kind: str, id: str) -> State | None:
        """The record as this transaction has it so far; None when there has never been one."""
        key = (kind, id)
        if key not in self._states:
            where = (tables.record.c.workbook == self.owner.id, tables.record.c.kind == kind, tables.record.c.id == id)
            row = self.connection.execute(select(tables.record).where(*where)).first()
            if row and not row.deleted:
                read_body(kind, id, row.body)  # nothing is built on what cannot be read
            self._states[key] = state_of(row) if row else None
        return self._states[key]

    def bodies(self, kind: str) -> dict[str, Body]:
        """The bodies of all records of a kind as this transaction has them so far, by identifier."""
        if kind not in self._stored:
            c = tables.record.c
            where = (c.workbook == self.owner.id, c.kind == kind, c.deleted.is_(False))
            self._stored[kind] = dict(self.connection.execute(select(c.id, c.body).where(*where)).tuples().all())
        found = dict(self._stored[kind])
        for (other, id), state in self._states.items():
            if other == kind and state is not None:
                found.pop(id, None)
                if state.body is not None:
                    found[id] = state.body
        return found

    def body_at(self, kind: str, id: str, version: int) -> Body | None:
        """The body that a version of a record had; None when it was not there then. Raises NotFound for no version."""
        now = self.find(kind, id)
        if not 0 <= version <= (now.version if now else 0):
            raise NotFound(
                f"There is no version {version} of {words.label(kind, now.body if now else None)} to start from."
            )
        c = tables.change.c
        where = (c.workbook == self.owner.id, c.kind == kind, c.id == id, c.version == version, c.action != "clash")
        row = self.connection.execute(select(c.after).where(*where)).first()
        return row.after if row else None

    def put(self, action: str, kind: str, id: str, after: Body | None, target: int | None = None) -> State:
        """Give a record a new body (None: remove it). Raises NotAllowed when the role does not allow it."""
        self.access.require_edit(kind)
        now = self.find(kind, id)
        before = now.body if now else None
        version = (now.version if now else 0) + 1
        seq = self.log(action, kind, id, version, before, after, target)
        state = State(
            version, after, self.access.author, self.now, now.created_seq if now else seq, seq, bool(now and now.stored)
        )
        self._states[kind, id] = state
        self._altered[kind, id] = None
        return state

    def log(
        self,
        action: str,
        kind: str,
        id: str,
        version: int,
        before: Body | None,
        after: Body | None,
        target: int | None = None,
    ) -> int:
        """Add one line to the log and return its number."""
        self._seq += 1
        self._changes.append(
            {
                "workbook": self.owner.id,
                "seq": self._seq,
                "batch": self.owner.seq + 1,
                "action": action,
                "kind": kind,
                "id": id,
                "version": version,
                "before": before,
                "after": after,
                "author": self.access.author,
                "role": self.access.role,
                "at": self.now,
                "reason": self.reason,
                "target": target,
            }
        )
        return self._seq

    def lines(self) -> list[dict[str, Any]]:
        """The lines that this transaction adds to the log."""
        return list(self._changes)

    def flush(self) -> None:
        """Write what was gathered. The caller's transaction commits it."""
        if not self._changes:
            return
        self.connection.execute(
            update(tables.workbook)
            .where(tables.workbook.c.id == self.owner.id)
            .values(seq=tables.workbook.c.seq + len(self._changes))
        )
        self.connection.execute(insert(tables.change), self._changes)
        new = []
        for kind, id in self._altered:
            state = self._states[kind, id]
            if state is None:  # put() always leaves a state
                continue
            values: dict[str, Any] = {
                "version": state.version,
                "author": state.author,
                "at": state.at,
                "seq": state.seq,
                "deleted": state.body is None,
            }
            if state.body is not None:
                values["body"] = state.body
            if state.stored:
                where = (
                    tables.record.c.workbook == self.owner.id,
                    tables.record.c.kind == kind,
                    tables.record.c.id == id,
                )
                self.connection.execute(update(tables.record).where(*where).values(**values))
            else:
                new.append(
                    {
                        "workbook": self.owner.id,
                        "kind": kind,
                        "id": id,
                        "created_seq": state.created_seq,
                        "body": {},
                        **values,
                    }
                )
        if new:
            self.connection.execute(insert(tables.record), new)
