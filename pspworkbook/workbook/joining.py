"""Join codes: six letters that let phones add answers to one ballot of one workbook, for some hours, and nothing else.

The code is a public handle: it stands on the wall of the room. What it opens hangs on a key of the store with the role
``participant``, which is made with the code, expires by itself, and is withdrawn when the code is closed. Nobody is ever
given that key. Raises what :mod:`~pspworkbook.workbook.workbook` raises.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from pspworkbook.records.joining import Sitting
from pspworkbook.workbook import tables
from pspworkbook.workbook.access import Access, new_key, revoke_key
from pspworkbook.workbook.entries import Entry, moment, utc_now
from pspworkbook.workbook.store import Store
from pspworkbook.workbook.workbook import Workbook

LETTERS, LENGTH = "BCDFGHJKMNPRSTVWXYZ", 6
"""No vowels, so that no code is a word; no L, Q or U, which look like others."""
HOURS = 8
_MARK = 16


@dataclass(frozen=True)
class Joined:
    """An open code: the workbook as a participant may use it, and the ballot and round that are on.

    ``secret`` is known to the store alone; it stays the same as long as the code is open.
    """

    code: str
    workbook: Workbook
    ballot: str
    round: int
    secret: bytes


def sitting_of(entries: list[Entry], ballot: str) -> Entry | None:
    """How this ballot is held, among the records of kind ``sitting``; None when nobody has held it yet."""
    return next((entry for entry in reversed(entries) if entry.record.ballot == ballot), None)


def hold(workbook: Workbook, ballot: str, values: Mapping[str, Any]) -> None:
    """Change how a ballot is held."""
    workbook.access.require_facilitator("lead the questions")
    there = sitting_of(workbook.records("sitting"), ballot)
    workbook.save_many([("sitting", there.id if there else None, {"ballot": ballot, **values})])


def sheet_id(secret: str) -> str:
    """The identifier in the workbook of the sheet whose secret one browser holds: from it nobody can get back to it."""
    return hashlib.sha256(f"sheet:{secret}".encode()).hexdigest()[:20]


def clean_code(text: str) -> str:
    """A code as typed on a phone, ``kx-mp qr``, as it is kept."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def open_code(workbook: Workbook, ballot: str, title: str, hours: float = HOURS) -> str:
    """Let phones join a ballot; an earlier code to it is closed. ``title`` names their answers' author in the log.

    What was shown of the round that is on is held back again, so that nobody is led by what others said.
    """
    workbook.access.require_facilitator("let people join")
    close_code(workbook, ballot)
    code = _new_code()
    while _rows(workbook.store, code):
        code = _new_code()
    secret = new_key(workbook.store, workbook.slug, "participant", f"On phones: {title}", hours / 24)
    there = sitting_of(workbook.records("sitting"), ballot)
    sitting = there.record if there else Sitting(ballot=ballot)
    values = {"code": code, "key": hashlib.sha256(secret.encode()).hexdigest()[:_MARK]}
    hold(workbook, ballot, {**values, "opened": sitting.opened_without(sitting.round)})
    return code


def close_code(workbook: Workbook, ballot: str) -> None:
    """Let no phone in any more, at once, also where the questions are already open."""
    workbook.access.require_facilitator("close the questions")
    there = sitting_of(workbook.records("sitting"), ballot)
    if there is None or not there.record.code:
        return
    row = _key_row(workbook.store, workbook.slug, there.record)
    if row is not None:
        revoke_key(workbook.store, workbook.slug, row.id)
    hold(workbook, ballot, {"code": "", "key": ""})


def closes_at(workbook: Workbook, sitting: Sitting) -> dt.datetime | None:
    """When the code of a sitting stops by itself; None when it does not let anybody in."""
    row = _key_row(workbook.store, workbook.slug, sitting) if sitting.code and sitting.key else None
    if row is None or row.revoked_at or not row.expires_at or row.expires_at <= utc_now():
        return None
    return moment(row.expires_at)


def join(store: Store, code: str) -> Joined | None:
    """What a code opens now; None for a code that is wrong, closed or expired."""
    code = clean_code(code)
    for slug, body in _rows(store, code) if len(code) == LENGTH else ():
        sitting = Sitting.model_validate(body)
        row = _key_row(store, slug, sitting)
        if row is None or row.revoked_at or (row.expires_at or "") <= utc_now():
            continue
        access = Access(row.role, row.label, slug, row.id)
        return Joined(code, Workbook(store, slug, access), sitting.ballot, sitting.round, row.hash[_MARK:].encode())
    return None


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def _rows(store: Store, code: str) -> list[tuple[str, dict[str, Any]]]:
    c = tables.record.c
    query = (
        select(tables.workbook.c.slug, c.body)
        .join(tables.workbook, tables.workbook.c.id == c.workbook)
        .where(c.kind == "sitting", c.deleted.is_(False), c.body["code"].as_string() == code)
    )
    with store.reading() as connection:
        return [(row.slug, row.body) for row in connection.execute(query)]


def _key_row(store: Store, slug: str, sitting: Sitting) -> Any:
    """The key that a sitting's code stands for. It must be of the same workbook and open nothing but ballots."""
    c = tables.access_key.c
    if len(sitting.key) != _MARK:
        return None
    with store.reading() as connection:
        owner = store.row(connection, slug)
        query = select(tables.access_key).where(c.workbook == owner.id, c.role == "participant")
        return connection.execute(query.where(c.hash.startswith(sitting.key, autoescape=True))).first()


def to_ask_about(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """The records of a register as a ballot asks about them, (key, label) each.

    Nobody is asked about what is closed; what was said of it stays in the workbook.
    """
    return [(entry.id, entry.label) for entry in entries if getattr(entry.record, "status", None) != "closed"]
