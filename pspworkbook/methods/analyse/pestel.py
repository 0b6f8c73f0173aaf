"""PESTEL (AN-7): outside factors by heading, and the few that matter. Pure functions."""

from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import field_of
from pspworkbook.records.analyse import Pestel
from pspworkbook.records.decide import MarketFinding
from pspworkbook.records.identify import Policy

STEPS = {"low": 1, "middling": 2, "high": 3}
TOP = 6
RULE = (
    "Low counts 1, middling 2, high 3. The two are multiplied: from 1 to 9. A factor with "
    f"{TOP} or more is one of the few that matter. Those that make things harder, or both help and hinder, or of which "
    "nobody knows, go to the register of risks; those that help are chances to take. The number only sorts the list."
)
ENOUGH_HEADINGS = 6


@dataclass(frozen=True)
class Heading:
    """One of the six headings with its factors, the weightiest first."""

    key: str
    name: str
    rows: tuple[tuple[str, Pestel], ...]


def score(row: Pestel) -> int | None:
    """Likelihood times impact, 1 to 9; None while one of them is missing."""
    if row.likelihood is None or row.impact is None:
        return None
    return STEPS[row.likelihood] * STEPS[row.impact]


def is_top(row: Pestel) -> bool:
    """Whether it is one of the few that matter, by :data:`RULE`."""
    return (score(row) or 0) >= TOP


def headings(rows: Rows[Pestel]) -> list[Heading]:
    """The six headings in their order, also those without a factor."""
    names = field_of(Pestel, "category").options
    return [
        Heading(
            key,
            name,
            tuple(sorted((pair for pair in rows if pair[1].category == key), key=lambda pair: -(score(pair[1]) or 0))),
        )
        for key, name in names.items()
    ]


def top(rows: Rows[Pestel]) -> list[tuple[str, Pestel]]:
    """The few that matter, the weightiest first."""
    return sorted((pair for pair in rows if is_top(pair[1])), key=lambda pair: -(score(pair[1]) or 0))


def gaps(rows: Rows[Pestel]) -> Iterator[StageGap]:
    """Factors that matter and that nobody sees to; headings without any factor; factors that cannot be weighed yet."""
    for id_, row in rows:
        if score(row) is None:
            yield StageGap("AN-7", f"“{row.label()}” is not weighed yet.", row.kind, id_, "likelihood")
        elif is_top(row) and not row.action:
            yield StageGap("AN-7", f"“{row.label()}” matters. What do you do about it?", row.kind, id_, "action")
        elif is_top(row) and not row.owner:
            yield StageGap("AN-7", f"Nobody sees to “{row.label()}”.", row.kind, id_, "owner")
    if rows:
        for heading in headings(rows):
            if not heading.rows:
                yield StageGap("AN-7", f"{heading.name}: no factor yet. Is there really none?", Pestel.kind)


def from_policies(rows: Rows[Policy]) -> Iterator[Offer]:
    """Policies of stage 1 that are current."""
    for id_, row in rows:
        if not row.superseded_by:
            yield Offer(origin_of("policy", id_), row.label(), "policy register, stage 1", {
                "factor": row.label()[:300], "category": "political", "effect": row.relevance, "when": "now",
                "source": f"Policy of {row.published}" if row.published else "",
            })  # fmt: skip


def from_market(rows: Rows[MarketFinding]) -> Iterator[Offer]:
    """What the market analysis of stage 2 expects in some years."""
    sides = {"helps": "helps", "hinders": "hinders", "unknown": "unknown"}
    for id_, row in rows:
        if row.later:
            yield Offer(origin_of("market_finding", id_), f"{row.label()}: {row.later}", "market analysis, stage 2", {
                "factor": row.later[:300], "category": "economic", "effect": row.later, "when": "later",
                "direction": sides.get(row.effect or ""), "source": row.source,
            })  # fmt: skip
