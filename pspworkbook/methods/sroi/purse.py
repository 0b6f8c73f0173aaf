"""The public purse's part of the value as a budget holder sees it: cash or freed capacity, whose budget, and when.

Freed capacity is worth something to those who use it. It is not cash: no budget gets smaller by it unless somebody stops
paying for what is no longer used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, together
from pspworkbook.methods.sroi.impact_map import ForecastResult
from pspworkbook.methods.words import pounds, quoted, round_half_up
from pspworkbook.records import Outcome

KINDS = {
    "cash": "Cash that can leave a budget",
    "capacity": "Capacity freed for others",
    "none": "Neither",
    "": "Nobody has said",
}
TWO_WAYS = (
    "“Who gains” and “Value for each stakeholder” are two views of one and the same value; never add them up. The first goes "
    "by whose gain each outcome is said to be: a person’s, the community’s or the public purse’s. The second goes by the "
    "stakeholder in whose row the change stands. A fall that does not happen changes something for the person who did not "
    "fall, and may be valued as a hospital bed that the public purse does not pay for."
)
"""How the two tables of who gains relate."""
RULE = (
    "Only outcomes whose gain goes to the public purse are split, by present value. Cash is what a budget holder can spend "
    "on something else. Freed capacity (beds, visits, hours) lets others be helped; a budget gets smaller only when "
    "somebody stops paying for it. The years are those in which the value arises, which may come before any budget changes."
)


@dataclass(frozen=True)
class Line:
    """One outcome of the public purse: present value, what it is (a key of :data:`KINDS`), whose budget, and when."""

    id: str
    name: str
    worth: float
    what: str
    holder: str
    when: str


@dataclass(frozen=True)
class Purse:
    """The public purse's part. ``by_year`` holds for each kind the present value of each year, first to last."""

    lines: tuple[Line, ...]
    by_year: dict[str, tuple[float, ...]]
    all_value: float
    losses: tuple[tuple[str, float], ...] = ()
    """What is a loss for others, with its present value (below zero): where these are the purse can be more than all value."""

    @property
    def total(self) -> float:
        """Its part of the total present value."""
        return sum(line.worth for line in self.lines)

    def by_kind(self) -> dict[str, float]:
        """Present value of each kind that occurs, in the order of :data:`KINDS`."""
        return {kind: sum(row.worth for row in self.lines if row.what == kind) for kind in KINDS if any(row.what == kind for row in self.lines)}  # fmt: skip

    def by_holder(self) -> list[tuple[str, dict[str, float]]]:
        """For each budget holder the present value of each kind, the largest first; "" where nobody has said whose."""
        found: dict[str, dict[str, float]] = {}
        for line in self.lines:
            kinds = found.setdefault(line.holder, {})
            kinds[line.what] = kinds.get(line.what, 0.0) + line.worth
        return sorted(found.items(), key=lambda pair: -sum(pair[1].values()))


def public_purse(outcomes: Rows[Outcome], result: ForecastResult, counted: Sequence[str]) -> Purse:
    """The outcomes whose gain goes to the public purse, of those that count; ``counted`` names the result's rows."""
    known = dict(outcomes)
    lines: list[Line] = []
    by_year: dict[str, tuple[float, ...]] = {}
    losses: list[tuple[str, float]] = []
    for place, id_ in enumerate(counted):
        outcome = known[id_]
        years = result.present[place].tolist()
        if outcome.who_benefits != "public_purse":
            if (worth := float(sum(years))) < 0:
                losses.append((outcome.label(), worth))
            continue
        what = outcome.cashable or ""
        lines.append(Line(id_, outcome.label(), float(sum(years)), what, outcome.budget_holder, outcome.cashable_when))
        before = by_year.get(what, (0.0,) * len(years))
        by_year[what] = tuple(one + other for one, other in zip(before, years, strict=True))
    kinds = {kind: by_year[kind] for kind in KINDS if kind in by_year}
    return Purse(tuple(lines), kinds, result.total_present_value, tuple(losses))


def in_words(purse: Purse) -> str:
    """The split as sentences that a budget holder can act on."""
    if not purse.lines:
        return "No outcome that counts goes to the public purse."
    kinds = purse.by_kind()
    parts = [f"Of the value that counts, {pounds(purse.total)} goes to the public purse in today’s value."]
    if purse.losses and purse.total > purse.all_value:
        lost = together([f"{quoted(name)} ({pounds(worth)})" for name, worth in purse.losses])
        parts.append(
            f"That is more than all value together, {pounds(purse.all_value)}: what is a loss for others has "
            f"been taken off there, {lost}."
        )
    cash = kinds.get("cash", 0.0)
    if cash:
        parts.append(f"{pounds(cash)} of it is cash that can leave a budget.")
    elif "" not in kinds:
        parts.append("None of it is cash: no budget gets smaller by it.")
    if capacity := kinds.get("capacity"):
        parts.append(
            f"{pounds(capacity)} is freed capacity: it lets others be helped, and is not cash. A budget gets smaller only "
            "when somebody stops paying for what is freed."
        )
    if neither := kinds.get("none"):
        parts.append(f"{pounds(neither)} is neither: a value that no budget holder will see.")
    if unsaid := kinds.get(""):
        parts.append(f"For {pounds(unsaid)} nobody has said which it is; do not call it a saving.")
    if sum(round_half_up(worth, 0) for worth in kinds.values()) != round_half_up(purse.total, 0):
        parts.append("Each amount is rounded to the pound, so that the parts do not add up exactly.")
    nobody = sum(1 for line in purse.lines if line.what in ("cash", "capacity") and not line.holder)
    if nobody:
        parts.append(f"For {nobody} of these outcomes nobody has said whose budget it is.")
    return " ".join(parts)
