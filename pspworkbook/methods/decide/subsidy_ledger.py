"""The ledger of small amounts from public money: what one receiver has had in three financial years. Not legal advice.

The limits are read from the notes C-03, C-04 and C-06 in ``data/guide/then_and_now.yaml``, which say where they come
from, how sure we are, and when to look again; there is no second copy of them here.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from pspworkbook import guide
from pspworkbook.methods.findings import Rows, same_name
from pspworkbook.records.subsidy import Subsidy

SMALL = ("mfa", "spei")
"""The routes that the ledger adds up."""

LEDGER_RULE = (
    "For one receiver, minimal financial assistance and assistance for services of public economic interest (SPEI) are "
    "added up over this financial year, which ends on 31 March, and the two before it. Each piece is held against the "
    "limit of its own kind, together with everything up to the day on which it is given. Receivers are told apart by "
    "name; enterprises under one control count as one, so use one name."
)


@dataclass(frozen=True)
class Limit:
    """An amount of the law, with where it was read and how sure that is."""

    amount: float
    note: str
    source: str
    as_of: dt.date | None
    sure: str
    check_again_by: dt.date


def limit(note: str) -> Limit:
    """The largest amount that a note names: ``C-03`` small amounts, ``C-04`` SPEI, ``C-06`` the public database."""
    record = guide.then_and_now()[note]
    amounts = [float(match.replace(",", "")) for match in re.findall(r"£([\d,]*\d)", record.now or "")]
    if not amounts:
        raise guide.GuideDataError(f"then_and_now.yaml, {note}: 'now' names no amount in pounds.")
    return Limit(max(amounts), note, record.source_name or "", record.as_of, record.sure, record.check_again_by)


def window(on: dt.date) -> tuple[dt.date, dt.date]:
    """The first day that counts, and the last day of the financial year of ``on``."""
    year = on.year if on >= dt.date(on.year, 4, 1) else on.year - 1
    return dt.date(max(1, year - 2), 4, 1), dt.date(min(9999, year + 1), 3, 31)


@dataclass(frozen=True)
class LedgerLine:
    """One receiver's small amounts in the window. ``given`` and ``planned`` hold MFA and SPEI together.

    ``passed`` names the pieces with which the limit of their kind is passed.
    """

    recipient: str
    mfa: float
    spei: float
    given: float
    planned: float
    ids: tuple[str, ...]
    mfa_limit: float
    spei_limit: float
    passed: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """Everything together, given and planned."""
        return self.given + self.planned

    @property
    def mfa_left(self) -> float:
        """How much more could be given as minimal financial assistance; nothing below zero."""
        return max(0.0, self.mfa_limit - self.total)

    @property
    def spei_left(self) -> float:
        """How much more could be given as SPEI assistance; nothing below zero."""
        return max(0.0, self.spei_limit - self.total)

    @property
    def over(self) -> bool:
        """Whether any piece passes the limit of its kind."""
        return bool(self.passed)


def ledger(rows: Rows[Subsidy], on: dt.date) -> list[LedgerLine]:
    """The small amounts for each receiver by :data:`LEDGER_RULE`, what is planned for this financial year included."""
    first, last = window(on)
    groups: dict[str, list[tuple[str, Subsidy]]] = {}
    for id_, row in rows:
        if _counts(row):
            groups.setdefault(same_name(row.recipient), []).append((id_, row))
    lines = []
    for _, mine in sorted(groups.items()):
        inside = [(id_, row) for id_, row in mine if first <= _day(row) <= last]
        if inside:
            lines.append(_line(inside, mine))
    return lines


def _line(inside: Rows[Subsidy], everything: Rows[Subsidy]) -> LedgerLine:
    limits = {"mfa": limit("C-03").amount, "spei": limit("C-04").amount}
    rows = [row for _, row in inside]
    return LedgerLine(
        recipient=rows[0].recipient,
        mfa=_total(row for row in rows if row.route == "mfa"),
        spei=_total(row for row in rows if row.route == "spei"),
        given=_total(row for row in rows if row.state == "given"),
        planned=_total(row for row in rows if row.state != "given"),
        ids=tuple(id_ for id_, _ in inside),
        mfa_limit=limits["mfa"],
        spei_limit=limits["spei"],
        passed=tuple(id_ for id_, row in inside if _up_to(row, everything) > limits[str(row.route)]),
    )


def _up_to(piece: Subsidy, everything: Rows[Subsidy]) -> float:
    """What counts with this piece: everything in its own window, up to and including its day."""
    first, _ = window(_day(piece))
    return _total(row for _, row in everything if first <= _day(row) <= _day(piece))


def _total(rows: Iterable[Subsidy]) -> float:
    # A value below zero would make room that is not there.
    return sum(max(0.0, row.value or 0.0) for row in rows)


def _day(row: Subsidy) -> dt.date:
    return row.date or dt.date.min


def _counts(row: Subsidy) -> bool:
    return (
        bool(row.recipient)
        and row.route in SMALL
        and row.state != "dropped"
        and row.value is not None
        and row.date is not None
    )
