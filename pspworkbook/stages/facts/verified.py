"""Verifications that are older than the figures: what was looked at then is not what stands there now."""

import datetime as dt

from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook import Entry

RESTS_ON = ("forecast", "stakeholder", "input", "outcome", "figure_range")
"""What the forecast rests on."""


def overtaken(now: Snapshot) -> frozenset[str]:
    """The verifications after whose day something that the forecast rests on was changed, and not put back."""
    entries = now.records("verification")
    return frozenset(entry.id for entry in entries if now.altered_since(_seen(now, entry), RESTS_ON))


def _seen(now: Snapshot, entry: Entry) -> int:
    """The line of the log up to which somebody who verified can have seen the figures.

    That is the end of their day; where their visit was entered on that very day, the line that said so; and where the
    log begins after it, again that line, for what was there before is not in the log.
    """
    lines = now.workbook.lines_of([("verification", entry.id)]).get(("verification", entry.id), [])
    day = entry.record.date
    shown = day.isoformat() if day else None
    said = next((seq for seq, _, _, _, after in lines if after is not None and after.get("date") == shown), entry.seq)
    said = now.workbook.saved_with(said)  # an example, or a file that is taken in, comes all at once
    if day is None:
        return said
    ends = dt.datetime.combine(day + dt.timedelta(days=1), dt.time()).astimezone()
    return min(now.workbook.position_at(ends), said) or said
