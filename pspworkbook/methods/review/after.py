"""What the review leads to: statements said again, training, the event for others, and the route to buy (RV-6 to RV-10)."""

import datetime as dt
from collections.abc import Iterator, Mapping

from pspworkbook.methods.findings import Rows, StageGap, number_of
from pspworkbook.methods.outcomes import looks_like_output
from pspworkbook.methods.words import about, day
from pspworkbook.records.fields import plain_number
from pspworkbook.records.procurement import ProcurementRoute, RouteOption
from pspworkbook.records.review import Replication, Rewritten, TrainingNeed


def rewritten_gaps(rows: Rows[Rewritten]) -> Iterator[StageGap]:
    """Statements that still name something delivered, after they were said again."""
    for id_, row in rows:
        if row.again and looks_like_output(row.again).output:
            yield StageGap("RV-7", f"“{row.again}” still reads like something delivered.", row.kind, id_, "again")
        if not row.again:
            yield StageGap("RV-7", f"“{row.label()}” is not said again yet.", row.kind, id_, "again")


def training(rows: Rows[TrainingNeed]) -> list[str]:
    """What the training takes: hours for each who comes, and what is out of proportion."""
    known = [row for _, row in rows if row.hours is not None]
    if not known:
        return []
    total = sum(row.hours or 0.0 for row in known)
    said = [f"{about(total)} hours for somebody who needs all of it, in {number_of(len(known), 'subject')}."]
    return said + [f"{row.label()}: more than it is worth; look for something lighter." for row in known if row.worth_it is False]  # fmt: skip


def training_gaps(rows: Rows[TrainingNeed], today: dt.date) -> Iterator[StageGap]:
    """Training that nobody has judged, and training that comes too late."""
    for id_, row in rows:
        if row.worth_it is None:
            yield StageGap("RV-8", f"Is “{row.label()}” in proportion?", row.kind, id_, "worth_it")
        if row.by and row.by < today:
            yield StageGap("RV-8", f"“{row.label()}” was to be learned by {day(row.by)}.", row.kind, id_, "by")


def agenda(rows: Rows[Replication]) -> list[str]:
    """The event item by item, with how far into it each begins; the whole length last."""
    said, minutes = [], 0.0
    for _, row in rows:
        begins = f"{int(minutes) // 60}:{int(minutes) % 60:02d}"
        length = f"{plain_number(row.minutes)} minutes" if row.minutes is not None else "how long is not said"
        whom = f", for {row.for_whom[:1].lower()}{row.for_whom[1:]}" if row.for_whom else ""
        said.append(f"{begins} {row.label()} ({length}), by {row.who or 'nobody yet'}{whom}.")
        minutes += row.minutes or 0.0
    return [*said, f"{int(minutes) // 60}:{int(minutes) % 60:02d} End."] if said else []


def route(row: ProcurementRoute, options: Mapping[str, RouteOption]) -> str:
    """How it will be procured, as the route record of stage 5 says; "" while nothing is chosen there."""
    chosen = options.get(row.chosen or "")
    if chosen is None:
        return ""
    start = f" The contract starts on {day(row.contract_starts)}." if row.contract_starts else ""
    return f"{chosen.label()}: the way chosen in stage 5.{start}"
