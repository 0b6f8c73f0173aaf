"""What the SROI forecast takes over: outcomes from benefits and from the pilots of 2011, inputs from the budget. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.guide.entries import Case
from pspworkbook.methods.findings import Rows, number_of, same_name
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.words import pounds
from pspworkbook.records import Input, Outcome, Stakeholder, field_of
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.decide import Benefit
from pspworkbook.records.sroi import Input as InputModel

GAINS = {"users": "person", "commissioners": "public_purse"}
"""The group of the benefits matrix to who gains; a provider's own benefit has no such answer."""
RULE = (
    "The budget lines that count as inputs of the SROI are added up and set beside the inputs, kind by kind. Inputs may "
    "hold more than the budget, such as time that nobody pays for; each difference should have its reason."
)


def from_benefits(rows: Rows[Benefit]) -> Iterator[Offer]:
    """An outcome from each benefit that somebody expects."""
    for id_, row in rows:
        said = f" for {field_of(Benefit, 'group').show(row.group).lower()}" if row.group else ""
        yield Offer(origin_of("benefit", id_), f"{row.label()}{said}", "expected benefits, stage 2", {
            "outcome": row.label()[:300], "description": row.evidence, "who_benefits": GAINS.get(row.group or ""),
            "intention": "intended", "direction": "positive",
        })  # fmt: skip


def with_outcomes(cases: Mapping[str, Case], outcomes: Rows[Outcome]) -> list[tuple[str, str, int]]:
    """The pilots that have a table of outcomes, as (key, name, how many of its rows are still on offer)."""
    taken = {row.origin for _, row in outcomes}
    return [
        (key, case.name, sum(origin_of("case", key, str(n)) not in taken for n in range(len(case.outcomes.rows))))
        for key, case in cases.items()
        if case.outcomes is not None
    ]


def from_case(case: Case) -> Iterator[Offer]:
    """An outcome from each row of a pilot's table, always with its source; no figure comes with it."""
    if case.outcomes is None:
        return
    for n, row in enumerate(case.outcomes.rows):
        yield Offer(origin_of("case", case.key, str(n)), f"{row.stakeholder}: {row.outcome}", case.name, {
            "outcome": row.outcome[:300], "indicator": (row.indicator or "")[:300],
            "description": f"After a pilot of 2011 ({case.name}): {row.stakeholder}. The wording only; find your own figures.",
            "intention": "intended", "direction": "positive",
        })  # fmt: skip


@dataclass(frozen=True)
class Bundle:
    """Budget lines of one thing from one partner, whatever the period: ``first`` is the identifier of the first one."""

    first: str
    line: str
    partner: str
    contribution: str
    total: float
    unknown: int
    ids: tuple[str, ...]
    spent: float = 0.0
    """What the lines came to, £, as far as it is known."""
    unspent: int = 0
    """Lines without an actual figure."""


def bundles(rows: Rows[BudgetLine]) -> list[Bundle]:
    """The lines that count as inputs, put together by what they are for, partner and kind."""
    groups: dict[tuple[str, str, str], list[tuple[str, BudgetLine]]] = {}
    for id_, row in rows:
        if row.in_sroi:
            key = (same_name(row.line), same_name(row.partner), row.contribution or "money")
            groups.setdefault(key, []).append((id_, row))
    return [
        Bundle(
            members[0][0],
            members[0][1].label(),
            members[0][1].partner,
            key[2],
            sum(row.forecast or 0 for _, row in members),
            sum(row.forecast is None for _, row in members),
            tuple(id_ for id_, _ in members),
            sum(row.actual or 0 for _, row in members),
            sum(row.actual is None for _, row in members),
        )
        for key, members in groups.items()
    ]


def from_budget(
    rows: Rows[BudgetLine], inputs: Rows[Input], stakeholders: Rows[Stakeholder], named: Mapping[str, str] | None = None
) -> Iterator[Offer]:
    """An input from each bundle of which no line is an input yet. ``named`` gives more names of stakeholders, by name."""
    taken = {row.origin for _, row in inputs}
    who = {same_name(row.label()): id_ for id_, row in stakeholders} | {
        same_name(name): id_ for name, id_ in (named or {}).items()
    }
    for one in bundles(rows):
        if any(origin_of("budget_line", id_) in taken for id_ in one.ids):
            continue
        count = f" ({len(one.ids)} lines)" if len(one.ids) > 1 else ""
        text = f"{one.line}, {pounds(one.total)} from {one.partner or 'nobody named'}{count}"
        yield Offer(origin_of("budget_line", one.first), text, "budget, stage 5", {
            "description": one.line[:300], "contribution": one.contribution, "value": one.total,
            "stakeholder": who.get(same_name(one.partner)), "source": "The partnership's budget",
            "working": f"Forecast of the budget{count}, {one.partner}".rstrip(", "),
        })  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One kind of input in pounds: in the budget, among the inputs."""

    name: str
    budget: float
    inputs: float

    @property
    def words(self) -> str:
        """What the difference is."""
        apart = self.inputs - self.budget
        if abs(apart) < 0.005:
            return "The same"
        return f"Inputs {pounds(abs(apart))} {'higher' if apart > 0 else 'lower'}"


def differences(budget: Sequence[Bundle], inputs: Rows[Input]) -> list[Difference]:
    """Money, time and help in kind, then all together; empty while no budget line counts as an input."""
    if not budget:
        return []
    options = field_of(InputModel, "contribution").options
    found = [
        Difference(
            name,
            sum(one.total for one in budget if one.contribution == key),
            sum(row.value or 0 for _, row in inputs if row.contribution == key),
        )
        for key, name in options.items()
    ]
    found.append(Difference("All together", sum(one.budget for one in found), sum(row.value or 0 for _, row in inputs)))
    return found


def moved(budget: Sequence[Bundle], inputs: Rows[Input]) -> list[tuple[str, Input, Bundle]]:
    """Inputs made from the budget whose value is no longer that of their lines: (identifier, input, bundle)."""
    by_origin = {origin_of("budget_line", id_): one for one in budget for id_ in one.ids}
    return [
        (id_, row, one)
        for id_, row in inputs
        if (one := by_origin.get(row.origin)) is not None
        and row.value is not None
        and abs(row.value - one.total) >= 0.005
    ]


def spent_on(budget: Sequence[Bundle], input_: Input) -> Bundle | None:
    """The lines of the budget that an input was made from, where any of them has an actual figure."""
    return next(
        (
            one
            for one in budget
            if one.unspent < len(one.ids) and input_.origin in {origin_of("budget_line", id_) for id_ in one.ids}
        ),
        None,
    )


def spent_words(one: Bundle) -> str:
    """What the budget says that it came to: ``£24,120``, or how much of it is not known yet."""
    lines = number_of(len(one.ids), "line")
    return pounds(one.spent) + (f" so far ({one.unspent} of {lines} without an actual figure)" if one.unspent else "")


def apart(one: Bundle, value: float | None) -> str:
    """What to say of an actual input that the budget has another figure for; "" where the two agree."""
    if value is not None and abs(value - one.spent) < 0.005:
        return ""
    here = "nothing is entered here yet" if value is None else f"{pounds(value)} here"
    return (
        f"The budget (stage 5) says {spent_words(one)}; {here}. These are two entries, and neither changes the other: the "
        "evaluative SROI counts what is put in for its whole period, the budget what was paid, line by line."
    )
