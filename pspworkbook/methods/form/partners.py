"""The fairness trail: how possible partners were found, and whether everyone could see why one was chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, number_of
from pspworkbook.records import field_of
from pspworkbook.records.form import Candidate

RULE = (
    "The trail is fair when every choice, for and against, has its reason; when at least one way of finding partners "
    "was open to organisations that nobody knew; when conflicts of interest were asked about and dealt with; and when "
    "every partner was told that nothing promises it a contract. It is evidence for the later procurement."
)
OPEN_WAYS = ("open", "umbrella")


@dataclass(frozen=True)
class Trail:
    """The fairness trail at a glance."""

    candidates: int
    chosen: tuple[str, ...]
    by_way: dict[str, int]
    words: str


def trail(rows: Rows[Candidate]) -> Trail:
    """How many were found in which way, and who was chosen."""
    by_way = {way: sum(1 for _, row in rows if row.found == way) for way in field_of(Candidate, "found").options}
    chosen = tuple(row.label() for _, row in rows if row.chosen == "chosen")
    words = (
        f"{number_of(len(rows), 'organisation')} looked at, {len(chosen)} chosen, "
        f"{sum(by_way[way] for way in OPEN_WAYS)} found in a way that was open to all."
    )
    return Trail(len(rows), chosen, by_way, words)


def gaps(rows: Rows[Candidate]) -> Iterator[StageGap]:
    """What is missing in the fairness trail, by :data:`RULE`."""
    if not rows:
        yield StageGap("FP-2", "Nobody is on the list of possible partners yet.", "candidate")
        return
    if not any(row.found in OPEN_WAYS for _, row in rows):
        yield StageGap(
            "FP-2",
            "Every candidate was known before, or came by itself. Ask openly, or through the third sector interface.",
            "candidate",
            rows[0][0],
            "found",
        )
    if sum(1 for _, row in rows if row.chosen != "withdrew") < 2 and any(row.chosen == "chosen" for _, row in rows):
        yield StageGap(
            "FP-2",
            "The chosen partner had nobody beside it. Say who else was asked.",
            "candidate",
            rows[0][0],
            "reason",
        )
    for id_, row in rows:
        yield from _of_one(id_, row)


def _of_one(id_: str, row: Candidate) -> Iterator[StageGap]:
    def gap(field: str, sentence: str) -> StageGap:
        return StageGap("FP-2", f"“{row.label()}” {sentence}", row.kind, id_, field)

    if row.chosen in ("chosen", "not_chosen") and not row.reason:
        yield gap("reason", f"was {'' if row.chosen == 'chosen' else 'not '}chosen without a reason.")
    if row.found is None:
        yield gap("found", "is on the list, but not how it was found.")
    if row.conflict in (None, "not_asked") and row.chosen != "withdrew":
        yield gap("conflict", "was not asked about conflicts of interest.")
    if row.conflict == "declared" and not row.conflict_answer:
        # The page may be on a projector, and a conflict of interest is private: this says only where to look.
        yield gap("conflict_answer", "has something in its details that is not answered yet.")
    if row.chosen == "chosen":
        if not row.told:
            yield gap("told", "was chosen, but not told that nothing promises it a contract.")
        if not row.decided_by:
            yield gap("decided_by", "was chosen, but not by whom.")
