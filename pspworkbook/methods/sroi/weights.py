"""The same outcomes by importance instead of money: ranked by those concerned, never added up to a ratio."""

from collections.abc import Mapping
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, together
from pspworkbook.methods.sroi.material import counts
from pspworkbook.records import Outcome, Stakeholder

RULE = (
    "The importance is what those concerned gave it, from 0 to 10. How many change is what is left after deadweight, "
    "displacement and the share due to others, in the first year; it is blank where one of these is missing. Falls, visits "
    "and people are not the same thing: nothing is added up across outcomes, and there is no ratio."
)


@dataclass(frozen=True)
class Weighed:
    """One outcome that counts: its importance (0 to 10, None if nobody said), and how many change because of the activity."""

    id: str
    name: str
    who: str
    importance: float | None
    quantity: float | None
    claimed: float | None
    loss: bool
    indicator: str


def weighed(outcomes: Rows[Outcome], stakeholders: Mapping[str, Stakeholder]) -> list[Weighed]:
    """The outcomes that count, the most important first; those without an importance come last."""
    rows = []
    for id_, outcome in outcomes:
        if not counts(outcome):
            continue
        group = stakeholders.get(outcome.stakeholder or "")
        parts = (outcome.deadweight, outcome.displacement, outcome.attribution)
        claimed = outcome.quantity
        for part in parts:
            claimed = None if claimed is None or part is None else claimed * (1 - part)
        who = group.label() if group else ""
        loss = outcome.direction == "negative"
        rows.append(
            Weighed(id_, outcome.label(), who, outcome.importance, outcome.quantity, claimed, loss, outcome.indicator)
        )
    return sorted(rows, key=lambda row: (row.importance is None, -(row.importance or 0)))


def in_words(rows: list[Weighed]) -> str:
    """What matters most to those concerned, and what nobody has weighed yet."""
    known = [row for row in rows if row.importance is not None]
    if not known:
        return "Nobody has said yet how important the outcomes are to those concerned."
    top = [row for row in known if row.importance == known[0].importance]
    names = together([f"“{row.name}”" for row in top])
    matter = "matters" if len(top) == 1 else "matter"
    sentence = f"{names} {matter} most to those concerned ({known[0].importance:g} of 10)."
    losses = [row for row in known if row.loss]
    if losses:
        sentence += f" A loss is among them: {together([f'“{row.name}” ({row.importance:g})' for row in losses])}."
    if len(known) < len(rows):
        blank = len(rows) - len(known)
        sentence += f" For {blank} {'outcome' if blank == 1 else 'outcomes'} nobody has said it yet."
    return sentence
