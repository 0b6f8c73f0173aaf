"""What is material: relevant to those concerned, then large enough to matter; and what was left out, with its reason."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, together
from pspworkbook.methods.sroi.impact_map import COUNTED, ForecastResult
from pspworkbook.methods.words import day
from pspworkbook.records import Outcome, Stakeholder

TRIFLE = 0.01
"""An outcome with less than this share of all value hardly matters to the result."""
MATTERS = 5
"""From this importance on (0 to 10) those concerned say that it matters."""
RULE = (
    f"First relevant: the group gives it an importance of {MATTERS} or more out of 10, or how the group was asked is written "
    f"down. Then significant: at least {100 * TRIFLE:g}% of the value of all outcomes, losses counted by their size. Somebody "
    "decides, with a reason. What is left out stays listed with that reason, and does not count in the ratio."
)


@dataclass(frozen=True)
class Material:
    """One outcome in the test of materiality.

    ``share`` is its part of the value of all outcomes, losses by their size; for one that is left out, the part that it
    would have of all that counts and itself, if it counted. ``known`` is false, and the share 0, where it lacks a figure. ``kept`` is None while nobody has
    decided. ``before`` says that what stands there of the decision (reason, name, day) was written before it was changed.
    """

    id: str
    name: str
    who: str
    share: float
    relevant: bool
    kept: bool | None
    reason: str
    by: str
    on: str
    known: bool = True
    before: bool = False

    @property
    def significant(self) -> bool:
        """Whether it is large enough to matter."""
        return self.known and self.share >= TRIFLE

    @property
    def verdict(self) -> str:
        """What the test says, in words; the decision stays with the group."""
        if not self.known:
            return "Figures are missing"
        if self.relevant and self.significant:
            return "Material"
        return "Relevant, but small" if self.relevant else "Ask those concerned" if self.significant else "Not material"


def counts(outcome: Outcome) -> bool:
    """Whether an outcome counts in the forecast: unless somebody has left it out."""
    return outcome.included is not False


def countable(outcome: Outcome) -> bool:
    """Whether it has all the figures that it needs."""
    return all(getattr(outcome, name) is not None for name in COUNTED)


def materiality(
    outcomes: Rows[Outcome],
    stakeholders: Mapping[str, Stakeholder],
    result: ForecastResult,
    counted: Sequence[str],
    left_out: Mapping[str, float] | None = None,
    changed: Collection[str] = (),
) -> list[Material]:
    """Relevance, then significance, by :data:`RULE`: those that count first, the largest first.

    ``left_out`` gives the present value that an outcome which was left out would have had, by identifier; ``changed`` are
    the outcomes whose decision was changed after its reason, its name or its day was written.
    """
    worth = dict(zip(counted, result.present_value_by_outcome.tolist(), strict=True))
    whole = sum(abs(value) for value in worth.values())
    would = left_out or {}
    rows = []
    for id_, outcome in outcomes:
        group = stakeholders.get(outcome.stakeholder or "")
        relevant = (outcome.importance or 0) >= MATTERS or bool(group and group.involved)
        value = worth.get(id_, would.get(id_))
        rows.append(
            Material(
                id_,
                outcome.label(),
                group.label() if group else "",
                0.0 if not value else abs(value) / (whole if id_ in worth else whole + abs(value)),
                relevant,
                outcome.included,
                outcome.included_reason,
                outcome.decided_by,
                day(outcome.decided_on) if outcome.decided_on else "",
                value is not None,
                id_ in changed,
            )
        )
    return sorted(rows, key=lambda row: (row.kept is False, -row.share))


def decision_gaps(rows: Sequence[Material]) -> Iterator[StageGap]:
    """What is missing from the decisions: a reason, a name, a day; and decisions that the test speaks against."""
    for row in rows:
        name = f"“{row.name}”"
        if row.kept is None:
            yield _gap(f"{name}: nobody has decided whether it stays in. It counts meanwhile.", row, "included")
            continue
        what = "is left out" if row.kept is False else "is kept"
        if row.before:
            lacks = together(
                [words for words, there in (("why", row.reason), ("by whom", row.by), ("when", row.on)) if not there]
            )
            sentence = f"{name} {what}; what is written of that was decided before it was changed. Say {lacks}, or that it still holds."
            yield _gap(sentence, row, "included_reason" if not row.reason else "decided_on" if row.by else "decided_by")
        elif not row.reason:
            yield _gap(f"{name} {what}, and nobody has said why.", row, "included_reason")
        if not row.before and (not row.by or not row.on):
            lacks = "who decided, and when" if not row.by and not row.on else "who decided" if not row.by else "when"
            yield _gap(f"{name} {what}: say {lacks}.", row, "decided_on" if row.by else "decided_by")
        if row.kept is False and row.relevant and row.significant:
            yield _gap(
                f"{name} is left out, though those concerned say that it matters and it would be {row.share:.0%} of "
                "all value if it counted. A reader will ask why.",
                row,
                "included_reason",
            )


def _gap(sentence: str, row: Material, field: str) -> StageGap:
    return StageGap("AN-4", sentence, "outcome", row.id, field)
