"""Is the market ripe for a partnership? The partnership judges; the workbook puts beside it what was found."""

from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, together
from pspworkbook.records import field_of
from pspworkbook.records.decide import Market, MarketFinding

RULE = (
    "The workbook does not work out whether a market is ripe: the partnership judges. It puts beside that judgement "
    "which of the eight headings help a partnership, which hinder it, and which nobody knows about, and says so when "
    "the two do not fit together."
)
HEADINGS = field_of(MarketFinding, "item").options
DEVELOP = {
    "size": "Find out with users how demand will grow, and publish what you find for all providers.",
    "providers": "Look further afield, and ask the third sector interface who could come in or grow.",
    "strength": "Help smaller providers to get ready: training, a consortium, longer agreements.",
    "customers": "Give users and carers a say, and the support that they need to have one.",
    "buying": "Ask how many people hold a budget of their own, and what they would like to buy.",
    "outside-factors": "Put the outside factors into the risk register, and plan for the likely ones.",
    "collaboration": "Bring commissioners to one table, and providers to another, before bringing both together.",
    "openness": "Take away what keeps new providers out: large lots, long forms, short deadlines.",
}
"""What a partnership could do about a heading that hinders it. Help with money is checked as a subsidy first."""


@dataclass(frozen=True)
class MarketState:
    """The market sheet at a glance: headings by what they mean for a partnership, and what could be done."""

    helps: tuple[str, ...]
    hinders: tuple[str, ...]
    neutral: tuple[str, ...]
    unknown: tuple[str, ...]
    judged: str | None
    words: str
    develop: tuple[str, ...]


def judge(findings: Rows[MarketFinding], market: Market) -> MarketState:
    """What the findings say beside the partnership's own judgement, by :data:`RULE`.

    A heading with several findings counts as hindering if any of them hinders, then as unknown, then as helping.
    """
    by_effect: dict[str, list[str]] = {"helps": [], "hinders": [], "neutral": [], "unknown": []}
    for key in HEADINGS:
        effects = {finding.effect for _, finding in findings if finding.item == key}
        effect = next((one for one in ("hinders", "unknown", "helps", "neutral") if one in effects), "unknown")
        by_effect[effect].append(key)
    if market.mature is None:
        words = "Nobody has judged yet whether the market is ripe."
    else:
        words = f"The partnership’s judgement: {field_of(Market, 'mature').options[market.mature].lower()}."
    counts = {effect: len(keys) for effect, keys in by_effect.items()}
    words += f" Of eight headings {counts['helps']} help, {counts['hinders']} hinder, {counts['unknown']} are open."
    develop = tuple(DEVELOP[key] for key in by_effect["hinders"]) if market.mature != "yes" else ()
    found = {effect: tuple(keys) for effect, keys in by_effect.items()}
    return MarketState(
        found["helps"], found["hinders"], found["neutral"], found["unknown"], market.mature, words, develop
    )


def gaps(findings: Rows[MarketFinding], market: tuple[str, Market]) -> Iterator[StageGap]:
    """Headings nobody has looked at, a judgement that does not fit the findings, an unripe market without a plan."""
    id_, judgement = market
    state = judge(findings, judgement)
    untouched = [title for key, title in HEADINGS.items() if not any(one.item == key for _, one in findings)]
    if untouched:
        titles = together([title.lower() for title in untouched])
        yield StageGap("TP-7", f"Market analysis: nothing is written on {titles}.", "market_finding", "", "item")
    if judgement.mature is None:
        yield StageGap("TP-7", "Judge whether the market is ripe for a partnership.", "market", id_, "mature")
    if judgement.mature == "yes" and len(state.hinders) > len(state.helps):
        yield StageGap(
            "TP-7",
            "You call the market ripe, but more headings hinder a partnership than help it. Say why all the same.",
            "market",
            id_,
            "reasons",
        )
    if judgement.mature in ("nearly", "no") and not judgement.develop:
        yield StageGap("TP-7", "The market is not ripe. What would help it to grow?", "market", id_, "develop")
