"""Guidance and research (AN-8): a list of references, and what should be looked at again. Pure functions."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.words import day
from pspworkbook.records.analyse import Guidance

MARKS = {"holds": "✓ Holds today", "replaced": "▲ Replaced, or out of date", "unknown": "○ Not looked at"}


@dataclass(frozen=True)
class Reference:
    """One entry of the list: as it is quoted, whether it still holds, and what it changes for us."""

    id: str
    quoted: str
    state: str
    changes: str


def references(rows: Rows[Guidance]) -> list[Reference]:
    """The list by who issued it, as it is quoted: issuer, date, title, where it is, when it was looked at."""
    found = []
    for id_, row in sorted(rows, key=lambda pair: (pair[1].issuer.casefold(), pair[1].title.casefold())):
        quoted = f"{row.issuer or 'No issuer'} ({row.date or 'no date'}): {row.label()}."
        quoted += f" {row.address.rstrip('.')}." if row.address else ""
        quoted += f" Looked at on {day(row.checked)}." if row.checked else ""
        found.append(Reference(id_, quoted, MARKS[row.stands or "unknown"], row.changes))
    return found


def gaps(rows: Rows[Guidance], today: dt.date) -> Iterator[StageGap]:
    """What was to be looked at again, what has been replaced and yet counts, and what changes nothing that is known."""
    for id_, row in rows:
        if row.again and row.again < today:
            on = day(row.again)
            yield StageGap("AN-8", f"“{row.label()}” was to be looked at again on {on}.", row.kind, id_, "again")
        if row.stands == "replaced":
            sentence = (
                f"“{row.label()}” has been replaced. Find what took its place, and take it out if nothing rests on it."
            )
            yield StageGap("AN-8", sentence, row.kind, id_, "stands")
        if not row.changes:
            yield StageGap("AN-8", f"“{row.label()}”: say what it changes for us.", row.kind, id_, "changes")
