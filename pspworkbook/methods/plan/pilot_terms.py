"""The terms of a pilot, and what of its results can be carried over. Pure functions of the records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, same_name, together
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import Outcome
from pspworkbook.records.budget import BudgetLine
from pspworkbook.records.pilot import PilotTerm, TransferCheck
from pspworkbook.records.subsidy import Subsidy

TERMS_RULE = (
    "Looked for: a term without a manager, a payer, a value or a word on how the rules are kept; help from public money "
    "without its subsidy check; a subsidy check that is not a part of the pilot’s terms any more; a payer who gives "
    "nothing by the terms and is not in the budget either."
)
TRANSFER_RULE = (
    "Each outcome of the SROI is looked at once for each place where the service may go. What is expected there is the "
    "pilot’s result, less or more by the share that you wrote. A pilot with more means than the service would have shows "
    "too much; one with less shows too little: “the same” then needs a good reason."
)


# Terms ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Gives:
    """What one partner gives to the pilot, in pounds; money and the rest stand apart."""

    partner: str
    money: float
    other: float
    terms: tuple[PilotTerm, ...]


def per_contributor(rows: Rows[PilotTerm]) -> tuple[Gives, ...]:
    """The terms of the pilot by who gives, with what they are worth."""
    found: dict[str, list[PilotTerm]] = {}
    for _, row in rows:
        found.setdefault(same_name(row.contributor), []).append(row)
    return tuple(
        Gives(
            terms[0].contributor or "Not named",
            sum(one.value or 0 for one in terms if one.contribution == "money"),
            sum(one.value or 0 for one in terms if one.contribution != "money"),
            tuple(terms),
        )
        for terms in found.values()
    )


def term_gaps(
    rows: Rows[PilotTerm], subsidies: Rows[Subsidy], budget: Rows[BudgetLine], public: Sequence[str], *, piloted: bool
) -> Iterator[StageGap]:
    """What is missing in the terms, by :data:`TERMS_RULE`. ``public``: the names of public bodies; see also FP-4."""
    if piloted and not rows:
        yield StageGap("PL-16", "A pilot was decided. Say who gives what to it.", PilotTerm.kind)
    known = {same_name(one.contributor) for _, one in rows} | {same_name(one.partner) for _, one in budget}
    public_names = {same_name(name) for name in public if name}
    checks = dict(subsidies)
    for id_, row in rows:
        whom = f"“{row.label()}”"
        for field, words in (
            ("manager", "say who looks after it"),
            ("payer", "say who pays"),
            ("compliance", "say how the rules are kept"),
        ):
            if not getattr(row, field):
                yield StageGap("PL-16", f"{whom}: {words}.", row.kind, id_, field)
        if row.value is None:
            yield StageGap("PL-16", f"{whom}: say what it is worth.", row.kind, id_, "value")
        if same_name(row.contributor) in public_names and not row.subsidy:
            yield StageGap(
                "PL-16", f"{whom} comes from public means. Name its subsidy check.", row.kind, id_, "subsidy"
            )
        check = checks.get(row.subsidy or "")
        if check is not None and check.state == "dropped":
            sentence = f"{whom} names a subsidy check for help that is not going ahead."
            yield StageGap("PL-16", sentence, row.kind, id_, "subsidy")
        if row.payer and same_name(row.payer) not in known and same_name(row.payer) not in ("nobody", "no cost"):
            sentence = f"{whom} is paid by “{row.payer}”, who stands neither in the terms nor in the budget."
            yield StageGap("PL-16", sentence, row.kind, id_, "payer")


def terms_from_budget(rows: Rows[BudgetLine]) -> Iterator[Offer]:
    """Terms of the pilot made from lines of the budget that did not come from there.

    Lines of one partner for one thing become one term: its value is their sum over all periods.
    """
    groups: dict[tuple[str, str, str], list[tuple[str, BudgetLine]]] = {}
    for id_, row in rows:
        if row.line and not row.origin.startswith("pilot_term:"):
            key = (same_name(row.line), same_name(row.partner), row.contribution or "money")
            groups.setdefault(key, []).append((id_, row))
    for lines in groups.values():
        id_, row = lines[0]
        yield Offer(
            origin_of("budget_line", id_),
            f"{row.line}, from {row.partner or 'a partner that is not named'}",
            "the budget",
            {
                "contributor": row.partner,
                "what": row.line,
                "contribution": row.contribution or "money",
                "value": sum(one.forecast or 0 for _, one in lines),
                "payer": row.partner,
            },
        )


# What can be carried over --------------------------------------------------------------------------------------------


def expected(row: TransferCheck) -> float | None:
    """How much of the pilot's result to expect: 0.8 for 20% less, 1.1 for 10% more, 1 for the same; None if not said."""
    if row.shift is None:
        return None
    if row.shift == "same":
        return 1.0
    if row.adjustment is None:
        return None
    return 1 - row.adjustment if row.shift == "less" else 1 + row.adjustment


def transfer_gaps(rows: Rows[TransferCheck], outcomes: Rows[Outcome]) -> Iterator[StageGap]:
    """What is missing in the sheet, by :data:`TRANSFER_RULE`."""
    named = dict(outcomes)
    looked_at = {row.outcome for _, row in rows}
    left = [one.label() for id_, one in outcomes if id_ not in looked_at]
    if rows and left:
        sentence = (
            f"Not looked at yet: {together([f'“{one}”' for one in left[:3]])}{' and more' if len(left) > 3 else ''}."
        )
        yield StageGap("PL-17", sentence, TransferCheck.kind)
    for id_, row in rows:
        outcome = named.get(row.outcome or "")
        whom = f"“{outcome.label()}”" if outcome else "An outcome to carry over"
        if row.shift in ("less", "more") and row.adjustment is None:
            yield StageGap("PL-17", f"{whom}: say by how much.", row.kind, id_, "adjustment")
        if row.shift and not row.reason:
            yield StageGap("PL-17", f"{whom}: say what the share rests on.", row.kind, id_, "reason")
        wrong = (row.resourced, row.shift) in (("more", "same"), ("more", "more"), ("less", "less"))
        if wrong:
            means = "more" if row.resourced == "more" else "less"
            sentence = (
                f"{whom}: the pilot had {means} than the service would have, and yet you expect {_as(row)}. Is that so?"
            )
            yield StageGap("PL-17", sentence, row.kind, id_, "shift")


def _as(row: TransferCheck) -> str:
    return {"same": "the same", "more": "more", "less": "less"}[row.shift or "same"]


def transfers_from(outcomes: Rows[Outcome], who: Mapping[str, str]) -> Iterator[Offer]:
    """A line of the sheet for each outcome of the SROI. ``who``: stakeholder id to name."""
    for id_, row in outcomes:
        name = who.get(row.stakeholder or "", "")
        yield Offer(
            origin_of("outcome", id_),
            f"{row.outcome or 'An outcome without a name'}{f' ({name})' if name else ''}",
            "outcomes of the SROI",
            {"outcome": id_},
        )
