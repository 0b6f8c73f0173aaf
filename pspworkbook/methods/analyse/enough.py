"""Is the analysis good enough (AN-2)? Which gaps could turn the decision round, and which can stay open. Pure."""

import datetime as dt
from collections.abc import Iterator

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import Outcome
from pspworkbook.records.analyse import GoodEnough
from pspworkbook.records.identify import Evidence

SHORT = 6
RULE = (
    "If knowing would not change the decision, leave the gap and say so. If it would only change how much, leave it and "
    f"work with a range. If it could turn the decision round and takes {SHORT} weeks or fewer, fill it; if it takes "
    "longer, decide with a range, fill it later, and say now what would make you turn back. No analysis is ever complete."
)
SUGGESTED = {"fill": "fill it", "leave": "leave it open", "later": "go on, and fill it later", "": "not known yet"}


def suggestion(row: GoodEnough) -> str:
    """``fill``, ``leave`` or ``later`` by :data:`RULE`; "" while it cannot be said."""
    if row.changes in ("no", "size"):
        return "leave"
    if row.changes is None or row.weeks is None:
        return ""
    return "fill" if row.weeks <= SHORT else "later"


def left_out(rows: Rows[GoodEnough]) -> list[tuple[str, GoodEnough]]:
    """The gaps that stay open, for the list of what is left out and why."""
    return [(id_, row) for id_, row in rows if row.decision in ("leave", "later") and row.filled is None]


def gaps(rows: Rows[GoodEnough], today: dt.date) -> Iterator[StageGap]:
    """Gaps that nobody has decided on, that are left without a reason, or whose filling is late or nobody's."""
    for id_, row in rows:
        if row.filled:
            continue
        if row.decision is None:
            yield StageGap("AN-2", f"“{row.label()}”: fill it, or leave it?", row.kind, id_, "decision")
            continue
        if not row.why:
            yield StageGap("AN-2", f"“{row.label()}”: say why.", row.kind, id_, "why")
        if row.decision == "leave":
            if suggestion(row) == "fill":
                sentence = (
                    f"“{row.label()}” is left open although it could turn the decision round and is soon found out."
                )
                yield StageGap("AN-2", sentence, row.kind, id_, "decision")
            continue
        if not row.owner:
            yield StageGap("AN-2", f"Nobody finds out about “{row.label()}”.", row.kind, id_, "owner")
        if row.by and row.by < today:
            yield StageGap("AN-2", f"“{row.label()}” was to be found out by now.", row.kind, id_, "by")


def from_evidence(rows: Rows[Evidence]) -> Iterator[Offer]:
    """Figures of stage 1 that are weak, or of which nobody knows how good they are."""
    for id_, row in rows:
        if row.quality in ("weak", "unknown") or row.value is None:
            text = f"{row.label()}: no figure yet" if row.value is None else f"{row.label()}: the figure is weak"
            yield Offer(origin_of("evidence", id_), text, "local evidence, stage 1", {"gap": text[:300]})


def from_outcomes(rows: Rows[Outcome]) -> Iterator[Offer]:
    """Outcomes of the forecast that rest on our own assumption."""
    for id_, row in rows:
        if row.grade == "red":
            text = f"{row.label()}: rests on our own assumption"
            yield Offer(origin_of("outcome", id_), text, "SROI forecast", {"gap": text[:300]})
