"""The outcome measures plan: what each measure costs in hours, and what is missing, double or dressed up. Pure."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pspworkbook.methods.findings import Rows, StageGap, same_name, together
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.outcomes import counts_output, looks_like_output
from pspworkbook.records import Outcome
from pspworkbook.records.measures import Measure

BURDEN_RULE = (
    "Hours a year: minutes each time, times how often a year, times how many people are asked, divided by 60. It is the "
    "time that collecting takes from everybody."
)
HEAVY = 100.0
RULE = (
    "Looked for: outcomes of the SROI without a measure; measures that nobody collects, or without baseline, target or "
    "source; the same thing asked twice (the same source and nearly the same words, or the same words); a target that "
    f"is no different from the baseline; more than {HEAVY:,.0f} hours a year for one measure; outputs dressed as "
    "outcomes, also in what a measure counts, where it says neither which outcome it shows nor what should change."
)
SAME = 0.6
"""From this share of words in common on, two indicators from one source count as the same question."""
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "each",
        "every",
        "for",
        "from",
        "how",
        "in",
        "is",
        "it",
        "last",
        "many",
        "much",
        "number",
        "of",
        "on",
        "or",
        "per",
        "share",
        "the",
        "to",
        "who",
        "with",
    ]
)


def hours(row: Measure) -> float | None:
    """Hours a year that one measure takes, by :data:`BURDEN_RULE`; None while one of the three figures is missing."""
    if row.minutes is None or row.times is None or row.people is None:
        return None
    return row.minutes * row.times * row.people / 60


@dataclass(frozen=True)
class Burden:
    """Hours a year: of all measures together, of those that are required, and how many cannot be counted yet."""

    hours: float
    required: float
    not_counted: int


def burden(rows: Rows[Measure]) -> Burden:
    """The hours of all measures together."""
    known = [(row, found) for _, row in rows if (found := hours(row)) is not None]
    return Burden(
        sum(found for _, found in known),
        sum(found for row, found in known if row.mandatory),
        len(rows) - len(known),
    )


def without_measure(outcomes: Rows[Outcome], rows: Rows[Measure]) -> list[tuple[str, Outcome]]:
    """Outcomes of the SROI that no measure shows."""
    measured = {row.outcome for _, row in rows}
    return [(id_, one) for id_, one in outcomes if id_ not in measured]


@dataclass(frozen=True)
class Twice:
    """Two measures that seem to ask for the same thing."""

    first: tuple[str, Measure]
    second: tuple[str, Measure]


def asked_twice(rows: Rows[Measure]) -> tuple[Twice, ...]:
    """Pairs of measures with the same words, or of one source with nearly the same words. See :data:`RULE`."""
    words = [telling_words(row.indicator) for _, row in rows]
    alike: set[tuple[int, int]] = set()
    for places in _together(words):
        alike |= set(combinations(places, 2))
    for places in _together([same_name(row.source) for _, row in rows]):
        for one, other in combinations(places, 2):
            both = len(words[one] & words[other])
            if both and both >= SAME * len(words[one] | words[other]):
                alike.add((one, other))
    # In the order in which the later one of each pair was made.
    return tuple(Twice(rows[one], rows[other]) for one, other in sorted(alike, key=lambda pair: pair[::-1]))


def _together(keys: Sequence[Hashable]) -> Iterable[list[int]]:
    """The places of those that have the same key; an empty one is no key."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key:
            found[key].append(place)
    return found.values()


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that tell it from others, in small letters."""
    return frozenset(re.findall(r"[^\W_]+", text.casefold())) - _SMALL


@dataclass(frozen=True)
class Dressed:
    """An outcome, or what a measure says should change or counts, that reads like an output; and how to say it instead."""

    kind: str
    id: str
    field: str
    text: str
    signs: tuple[str, ...]
    suggestion: str


def dressed_as_outcomes(outcomes: Rows[Outcome], rows: Rows[Measure]) -> tuple[Dressed, ...]:
    """Outputs that stand where an outcome should. The rule is :data:`pspworkbook.methods.outcomes.RULE`."""
    said = [("outcome", id_, "outcome", row.outcome) for id_, row in outcomes]
    said += [("measure", id_, "change", row.change) for id_, row in rows if row.change and not row.outcome]
    said += [("measure", id_, "indicator", row.indicator) for id_, row in rows if not row.change and not row.outcome]
    found = []
    for kind, id_, field, text in said:
        reading = counts_output(text) if field == "indicator" else looks_like_output(text)
        if reading.output:
            found.append(Dressed(kind, id_, field, text, reading.signs, reading.suggestion))
    return tuple(found)


def gaps(rows: Rows[Measure], outcomes: Rows[Outcome]) -> Iterator[StageGap]:
    """What is missing or odd in the plan, by :data:`RULE`."""
    for outcome_id, outcome in without_measure(outcomes, rows):
        sentence = f"The outcome “{outcome.label()}” has no measure yet. How will you know?"
        yield StageGap("PL-12", sentence, Measure.kind, begin=(("outcome", outcome_id),))
    for id_, row in rows:
        yield from _gaps_of(id_, row)
    for pair in asked_twice(rows):
        sentence = f"“{pair.second[1].label()}” and “{pair.first[1].label()}” seem to ask the same. Ask once, and use it twice."
        yield StageGap("PL-12", sentence, Measure.kind, pair.second[0], "indicator")
    for one in dressed_as_outcomes(outcomes, rows):
        signs = together([f"“{sign}”" for sign in one.signs])
        sentence = f"“{one.text}” reads like an output ({signs}). {one.suggestion}"
        yield StageGap("PL-12", sentence, one.kind, one.id, one.field)


def _gaps_of(id_: str, row: Measure) -> Iterator[StageGap]:
    whom = f"“{row.label()}”"
    if not row.outcome and not row.change:
        yield StageGap("PL-12", f"{whom}: say which outcome it shows.", row.kind, id_, "outcome")
    if not row.collector:
        yield StageGap("PL-12", f"Nobody collects {whom}.", row.kind, id_, "collector")
    for field, words in (("baseline", "has no baseline"), ("target", "has no target")):
        if getattr(row, field) is None:
            yield StageGap("PL-12", f"{whom} {words}.", row.kind, id_, field)
    for field, words in (("source", "where it comes from"), ("when", "when it is collected")):
        if not getattr(row, field):
            yield StageGap("PL-12", f"{whom}: say {words}.", row.kind, id_, field)
    if row.baseline is not None and row.baseline == row.target:
        yield StageGap("PL-12", f"{whom}: the target is the baseline. What should change?", row.kind, id_, "target")
    if (taken := hours(row)) is not None and taken > HEAVY:
        sentence = f"{whom} takes {taken:,.0f} hours a year. Could fewer people be asked, or less often?"
        yield StageGap("PL-12", sentence, row.kind, id_, "minutes")
    if row.mandatory and not row.required_by:
        yield StageGap("PL-12", f"{whom} is required. Say by whom.", row.kind, id_, "required_by")


def from_outcomes(outcomes: Rows[Outcome], who: Mapping[str, str]) -> Iterator[Offer]:
    """A measure for each outcome of the SROI, with its indicator and source. ``who``: stakeholder id to name."""
    for id_, row in outcomes:
        name = who.get(row.stakeholder or "", "")
        yield Offer(
            origin_of("outcome", id_),
            f"{row.outcome or 'An outcome without a name'}{f' ({name})' if name else ''}",
            "outcomes of the SROI",
            {"outcome": id_, "indicator": row.indicator or row.outcome, "source": row.source},
        )
