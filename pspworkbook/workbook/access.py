"""Who may do what. Enforced here, in Python at the store's door: a hidden button protects nothing.

A facilitator may do everything. A partner may edit the shared registers, and take back what is their own; what speaks
for the whole partnership (``facilitator_only`` in its model) stays with the facilitator. A participant may only answer
ballots. A viewer may only read. A role comes with a key; the store keeps its hash, never the key.
"""

import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, insert, select, update

from pspworkbook.records import KINDS
from pspworkbook.workbook import tables
from pspworkbook.workbook.entries import utc_now
from pspworkbook.workbook.errors import NotAllowed, NotFound, WorkbookError

if TYPE_CHECKING:
    from pspworkbook.workbook.store import Store

ROLES = {
    "facilitator": "may do everything",
    "partner": "may edit the shared registers",
    "participant": "may only answer questions",
    "viewer": "may only read",
}
BALLOTS: frozenset[str] = frozenset({"answer"})
"""The kinds of record that are answers to a question which several people answer separately."""

LONGEST_LIFE = 3650


@dataclass(frozen=True)
class Access:
    """How a workbook was opened: as whom, in which role, and with which key (None: at the machine itself)."""

    role: str
    author: str
    workbook: str
    key_id: int | None = None

    def may_edit(self, kind: str) -> bool:
        """Whether this role may add, change and remove records of a kind."""
        if self.role == "facilitator":
            return True
        if kind in BALLOTS:
            return self.role in ("partner", "participant")
        return self.role == "partner" and kind in KINDS and not KINDS[kind].facilitator_only

    def require_edit(self, kind: str) -> None:
        """Raises NotAllowed unless this role may edit records of a kind."""
        if not self.may_edit(kind):
            what = KINDS[kind].plural.lower() if kind in KINDS else "this"
            raise NotAllowed(
                f"You are here as a {self.role}, who {ROLES.get(self.role, 'may do nothing')}. Ask the facilitator to change {what}."
            )

    def require_facilitator(self, doing: str) -> None:
        """Raises NotAllowed unless this is the facilitator."""
        if self.role != "facilitator":
            raise NotAllowed(f"Only the facilitator may {doing}.")

    def require_good(self, connection: Connection) -> None:
        """Raises NotAllowed when the key has been revoked or has expired since the workbook was opened."""
        if self.key_id is not None:
            row = connection.execute(select(tables.access_key).where(tables.access_key.c.id == self.key_id)).first()
            _require_good(row)


@dataclass(frozen=True)
class Key:
    """What the store knows about a key: never the key itself."""

    id: int
    role: str
    label: str
    created: str
    expires_at: str | None
    revoked_at: str | None

    @property
    def state(self) -> str:
        """``good``, ``revoked`` or ``expired``."""
        if self.revoked_at:
            return "revoked"
        return "expired" if self.expires_at and self.expires_at <= utc_now() else "good"


def new_key(store: "Store", slug: str, role: str, label: str = "", expires_days: float | None = None) -> str:
    """Make a key to a workbook and return it: the only time that it is shown.

    ``label`` is the name that its changes carry in the log. Raises NotFound without such a workbook and WorkbookError
    for a role or a number of days that makes no sense.
    """
    if role not in ROLES:
        raise WorkbookError(f"There is no role called “{role}”. The roles are: {', '.join(ROLES)}.")
    if expires_days is not None and not 0 < expires_days <= LONGEST_LIFE:
        raise WorkbookError(f"A key can last from a moment to {LONGEST_LIFE:,} days.")
    secret = secrets.token_urlsafe(32)
    now = dt.datetime.now(dt.UTC)
    with store.writing() as connection:
        owner = store.row(connection, slug, lock=True)
        taken = set(
            connection.execute(
                select(tables.access_key.c.label).where(tables.access_key.c.workbook == owner.id)
            ).scalars()
        )
        row: dict[str, Any] = {
            "workbook": owner.id,
            "hash": _hash(secret),
            "role": role,
            "label": _free_label(" ".join(label.split())[:200] or role.capitalize(), taken),
            "created": now.isoformat(timespec="microseconds"),
            "expires_at": (now + dt.timedelta(days=expires_days)).isoformat(timespec="microseconds")
            if expires_days
            else None,
        }
        connection.execute(insert(tables.access_key).values(**row))
    return secret


def check_key(store: "Store", secret: str) -> Access:
    """What a key opens. Raises NotAllowed when it is unknown, revoked or expired."""
    hashed = _hash(secret)
    query = (
        select(tables.access_key, tables.workbook.c.slug)
        .join(tables.workbook)
        .where(tables.access_key.c.hash == hashed)
    )
    with store.reading() as connection:
        row = connection.execute(query).first()
    if row is None or not hmac.compare_digest(row.hash, hashed):
        raise NotAllowed("This link's key is not known here. Ask the facilitator for a new link.")
    _require_good(row)
    return Access(row.role, row.label, row.slug, row.id)


def revoke_key(store: "Store", slug: str, key_id: int) -> Key:
    """Make a key worthless from now on. Raises NotFound when the workbook has no such key."""
    with store.writing() as connection:
        owner = store.row(connection, slug, lock=True)
        mine = (tables.access_key.c.workbook == owner.id) & (tables.access_key.c.id == key_id)
        if not 0 < key_id < 2**31 or connection.execute(select(tables.access_key.c.id).where(mine)).first() is None:
            raise NotFound(f"The workbook “{owner.name}” has no key number {key_id}.")
        connection.execute(
            update(tables.access_key).where(mine, tables.access_key.c.revoked_at.is_(None)).values(revoked_at=utc_now())
        )
        return _key(connection.execute(select(tables.access_key).where(mine)).one())


def list_keys(store: "Store", slug: str) -> list[Key]:
    """The keys to a workbook, oldest first. Raises NotFound without such a workbook."""
    with store.reading() as connection:
        owner = store.row(connection, slug)
        query = (
            select(tables.access_key).where(tables.access_key.c.workbook == owner.id).order_by(tables.access_key.c.id)
        )
        return [_key(row) for row in connection.execute(query)]


def _key(row: Row[Any]) -> Key:
    return Key(row.id, row.role, row.label, row.created, row.expires_at, row.revoked_at)


def _require_good(row: Row[Any] | None) -> None:
    state = "revoked" if row is None else _key(row).state
    if state == "revoked":
        raise NotAllowed("This link's key has been withdrawn. Ask the facilitator for a new link.")
    if state == "expired":
        raise NotAllowed("This link's key has expired. Ask the facilitator for a new link.")


def _hash(secret: str) -> str:
    # A plain hash is enough for a key of 256 random bits; a slow one is for passwords that people choose.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _free_label(label: str, taken: set[str]) -> str:
    # Undo goes by the author's name: two keys with one name could take back each other's work.
    number, free = 2, label
    while free in taken:
        free, number = f"{label} ({number})", number + 1
    return free
