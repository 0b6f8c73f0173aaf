"""Who is in the room: which of the eight groups are covered, and at which point users come in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pspworkbook.guide.ballots import Ballot
from pspworkbook.methods.ballots.ballot_results import Result
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, plain
from pspworkbook.methods.findings import Rows, StageGap, together
from pspworkbook.records import field_of
from pspworkbook.records.identify import Involvement

COVERED_RULE = (
    "A group is covered when it has a contact with a name, has been invited, and somebody has asked what helps it to "
    "take part. A group that does not concern the need at all can be left out, with the reason."
)
TOGETHER = 4
"""The rung of the ladder from which on people design with the others."""

LADDER_RULE = (
    "Users are taken to come in at the first stage whose median is 4 or more: they design it with others from a blank "
    "sheet. Coming in at the need is co-production; coming in by the planning is late; after that, or never, is "
    "consultation."
)
BEFORE_DESIGN_ENDS = ("identify", "decide", "analyse", "plan")

GROUPS = field_of(Involvement, "group").options


@dataclass(frozen=True)
class GroupCoverage:
    """One of the eight groups. ``lacks`` is what is missing, in words; ``left_out`` the reason why it is not needed."""

    group: str
    title: str
    ids: tuple[str, ...]
    lacks: tuple[str, ...]
    left_out: str = ""

    @property
    def covered(self) -> bool:
        """Whether it is covered by the rule, or left out for a reason."""
        return not self.lacks


def coverage(rows: Rows[Involvement]) -> tuple[GroupCoverage, ...]:
    """The eight groups, in their order. Where a group has several lines, the fullest counts."""
    found = []
    for group, title in GROUPS.items():
        mine = [(id_, row) for id_, row in rows if row.group == group]
        left_out = next((row.not_needed for _, row in mine if row.not_needed), "")
        if left_out:
            lacks: tuple[str, ...] = ()
        elif mine:
            lacks = min((tuple(_lacks(row)) for _, row in mine), key=len)
        else:
            lacks = ("a contact with a name", "an invitation", "what helps them to take part")
        found.append(GroupCoverage(group, title, tuple(id_ for id_, _ in mine), lacks, left_out))
    return tuple(found)


def _lacks(row: Involvement) -> Iterator[str]:
    if not (row.person or row.contact):
        yield "a contact with a name"
    if row.invited is None:
        yield "an invitation"
    if not row.access_needs:
        yield "what helps them to take part"


def coverage_gaps(rows: Rows[Involvement]) -> Iterator[StageGap]:
    """What is missing in the coverage, a sentence for each group; and whether a group is only told or asked."""
    for group in coverage(rows):
        if group.lacks:
            id_ = group.ids[0] if group.ids else ""
            yield StageGap(
                "ID-4", f"{group.title}: still missing {together(group.lacks)}.", "involvement", id_, "group"
            )
    for id_, row in rows:
        if row.group == "users" and row.how in ("informed", "consulted"):
            yield StageGap(
                "ID-4",
                "The people who use the service are only told or asked. Co-production means that they design with you.",
                "involvement",
                id_,
                "how",
            )


@dataclass(frozen=True)
class Rung:
    """One stage of the ladder: where users stand by the median, and whether they design with the others."""

    stage: str
    label: str
    n: int
    median: float | None
    words: str

    @property
    def designs(self) -> bool | None:
        """Whether they design with the others; None with too few answers."""
        return None if self.n < ENOUGH_TO_SAY or self.median is None else self.median >= TOGETHER


@dataclass(frozen=True)
class Ladder:
    """The ladder of all stages. ``verdict`` is ``co-production``, ``late``, ``consultation`` or ``too few``."""

    rungs: tuple[Rung, ...]
    enters: str
    verdict: str
    words: str


def ladder(ballot: Ballot, found: Sequence[Result]) -> Ladder:
    """Where users come in, from the results of the ballot of ID-5, by :data:`LADDER_RULE`."""
    rungs = tuple(
        Rung(
            result.question.item,
            result.question.label,
            result.spread.n,
            result.spread.median,
            ballot.words(result.spread.median) if result.spread.n >= ENOUGH_TO_SAY else "too few to say",
        )
        for result in found
    )
    entry = next((rung for rung in rungs if rung.designs), None)
    if entry is None:
        if any(rung.designs is None for rung in rungs):
            return Ladder(rungs, "", "too few", "Too few people have answered to say where users come in.")
        return Ladder(rungs, "", "consultation", "Users design with the others at no stage: this is consultation.")
    if any(rung.designs is None for rung in rungs[: rungs.index(entry)]):
        return Ladder(rungs, "", "too few", "Too few people have answered for the stages before that to say.")
    where = f"Users come in at “{entry.label}” (median {plain(entry.median)})"
    if entry is rungs[0]:
        return Ladder(rungs, entry.stage, "co-production", f"{where}: from the very start.")
    if entry.stage in BEFORE_DESIGN_ENDS:
        return Ladder(rungs, entry.stage, "late", f"{where}: late, but while there is still something to design.")
    return Ladder(rungs, entry.stage, "consultation", f"{where}: when the design is done. This is consultation.")
