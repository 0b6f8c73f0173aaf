"""The spread of several people's answers to one question: never an average alone. Pure functions.

>>> from pspworkbook.methods.ballots.spread import spread
>>> spread([2, 4, 4, 5], scale=(1, 2, 3, 4, 5)).verdict
'agreed'
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pspworkbook.methods.words import round_half_up
from pspworkbook.records import field_of
from pspworkbook.records.ballot import Answer

ENOUGH_TO_SAY = 3
FOLD_BELOW = 5
FEW_RULE = (
    f"With fewer than {ENOUGH_TO_SAY} answers nothing of them is shown, neither figures nor what was written: the rest "
    "could tell whose they are."
)
NOT_GIVEN = ""
"""The sector of those who gave none."""

SECTORS: Mapping[str, str] = {**field_of(Answer, "sector").options, NOT_GIVEN: "Sector not given"}

RULE = (
    "Agreed: at least three answers in four lie on one rating or on two that stand side by side (on a scale of three: "
    "on one). Split: not agreed, and at least one answer in four lies below the middle of the scale and at least one "
    f"in four above it. Mixed: neither. Fewer than {ENOUGH_TO_SAY} answers are too few to say."
)
QUARTILE_RULE = (
    "The middle half runs from the median of the lower half of the answers to the median of the upper half. With an "
    "odd number of answers, the middle one belongs to neither half."
)
FOLD_RULE = (
    f"A sector with fewer than {FOLD_BELOW} answers is never shown by itself. It is put together with other sectors "
    f"until there are at least {FOLD_BELOW} answers, so that nobody can work it out by taking the others away from "
    "the whole. Where that leaves nothing to compare, only the whole is shown."
)
VERDICTS = {
    "agreed": "Agreed",
    "mixed": "Mixed",
    "split": "Split",
    "too few": "Too few to say",
}


@dataclass(frozen=True)
class Spread:
    """What several answers to one question look like. ``counts`` has every rating of the scale, also unused ones.

    ``lower`` and ``upper`` are the ends of the middle half by :data:`QUARTILE_RULE`; ``verdict`` follows :data:`RULE`.
    With no answer, the figures are None. ``kept_back`` counts those who would rather not say.
    """

    n: int
    median: float | None
    lower: float | None
    upper: float | None
    minimum: int | None
    maximum: int | None
    counts: tuple[tuple[int, int], ...]
    verdict: str
    kept_back: int = 0

    @property
    def shown(self) -> bool:
        """Whether there are enough answers to show anything of them, by :data:`FEW_RULE`."""
        return self.n >= ENOUGH_TO_SAY

    @property
    def words(self) -> str:
        """One sentence that says it all; the text alternative of a chart."""
        if not self.n:
            return "Nobody has answered yet."
        if self.n < ENOUGH_TO_SAY:
            return f"{_people(self.n)} answered: too few to say."
        return (
            f"{VERDICTS[self.verdict]}. {_people(self.n)} answered. The median is {plain(self.median)}, "
            f"the middle half {_range(self.lower, self.upper)}, all answers {_range(self.minimum, self.maximum)}."
        )


def spread(values: Iterable[int | None], scale: Sequence[int]) -> Spread:
    """The spread of some ratings on a scale, low to high. None is somebody who would rather not say.

    Raises ValueError for an empty scale and for a rating that is not on it.
    """
    everything = list(values)
    given = sorted(value for value in everything if value is not None)
    if not scale:
        raise ValueError("A scale needs at least one rating.")
    if strange := set(given) - set(scale):
        raise ValueError(f"{min(strange)} is not on the scale.")
    counted = Counter(given)
    counts = tuple((step, counted[step]) for step in sorted(scale))
    kept_back = len(everything) - len(given)
    if not given:
        return Spread(0, None, None, None, None, None, counts, "too few", kept_back)
    lower, middle, upper = quartiles(given)
    return Spread(len(given), middle, lower, upper, given[0], given[-1], counts, verdict(counts), kept_back)


def quartiles(ordered: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile by :data:`QUARTILE_RULE`; ``ordered`` has at least one value."""
    half = len(ordered) // 2
    low, high = ordered[:half] or ordered, ordered[-half:] if half else ordered
    return float(median(low)), float(median(ordered)), float(median(high))


def verdict(counts: Sequence[tuple[int, int]]) -> str:
    """``agreed``, ``mixed``, ``split`` or ``too few``, by :data:`RULE`, from the count for each rating, low to high."""
    numbers = [count for _, count in counts]
    total = sum(numbers)
    if total < ENOUGH_TO_SAY:
        return "too few"
    wide = 1 if len(numbers) <= 3 else 2
    # Whole numbers throughout: a quarter of 12 answers must not fall short by a rounding error.
    if 4 * max(sum(numbers[start : start + wide]) for start in range(len(numbers))) >= 3 * total:
        return "agreed"
    middle = (counts[0][0] + counts[-1][0]) / 2
    below = sum(count for value, count in counts if value < middle)
    above = sum(count for value, count in counts if value > middle)
    return "split" if 4 * below >= total and 4 * above >= total else "mixed"


# By sector -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SectorSpread:
    """The spread of one sector, or (``folded``) of several small ones together."""

    sectors: tuple[str, ...]
    spread: Spread
    folded: bool = False

    @property
    def title(self) -> str:
        """The name of the sector, or “Other sectors together”."""
        return "Other sectors together" if self.folded else SECTORS[self.sectors[0]]


def by_sector(
    answers: Iterable[tuple[str | None, int | None]], scale: Sequence[int], fold_below: int = FOLD_BELOW
) -> tuple[SectorSpread, ...]:
    """The spread for each sector, by :data:`FOLD_RULE`; empty when there is nothing to compare.

    ``answers`` are (sector, rating). Only ratings count towards the number, not “rather not say”.
    """
    groups: dict[str, list[int]] = {sector: [] for sector in SECTORS}
    for sector, value in answers:
        if value is not None:
            groups.setdefault(sector or NOT_GIVEN, []).append(value)
    groups = {sector: values for sector, values in groups.items() if values}
    shown = [sector for sector, values in groups.items() if len(values) >= fold_below]
    folded = [sector for sector in groups if sector not in shown]
    # A remainder that is too small could be found by taking the sectors that are shown away from the whole.
    while folded and shown and sum(len(groups[sector]) for sector in folded) < fold_below:
        smallest = min(shown, key=lambda sector: len(groups[sector]))
        shown.remove(smallest)
        folded.append(smallest)
    if len(shown) + bool(folded) < 2:
        return ()
    parts = [SectorSpread((sector,), spread(groups[sector], scale)) for sector in shown]
    if folded:
        together = [value for sector in folded for value in groups[sector]]
        parts.append(SectorSpread(tuple(folded), spread(together, scale), folded=True))
    return tuple(parts)


# Rounds, who is missing, what to talk about --------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """How the second round stands beside the first: the move of the median, and of the width of the middle half."""

    median: float
    width: float
    words: str


def between_rounds(first: Spread, second: Spread) -> Change | None:
    """What talking has changed; None when either round has too few answers to say."""
    if min(first.n, second.n) < ENOUGH_TO_SAY:
        return None
    moved = (second.median or 0) - (first.median or 0)
    width = ((second.upper or 0) - (second.lower or 0)) - ((first.upper or 0) - (first.lower or 0))
    median_words = f"{'up' if moved > 0 else 'down'} by {plain(abs(moved))}" if moved else "where it was"
    width_words = "closer together" if width < 0 else "further apart" if width > 0 else "as far apart as before"
    return Change(moved, width, f"The median is {median_words}; the middle half is {width_words}.")


def not_yet(expected: int | None, answered: int) -> int | None:
    """How many have not answered yet: a count, never who. None when nobody said how many are expected."""
    return None if expected is None else max(0, expected - answered)


def is_weak(found: Spread, below: int | None = None, above: int | None = None) -> bool:
    """Whether the median is at or below ``below``, or at or above ``above``. With too few answers nothing is weak."""
    if found.n < ENOUGH_TO_SAY or found.median is None:
        return False
    return (below is not None and found.median <= below) or (above is not None and found.median >= above)


def weakest_first(spreads: Mapping[str, Spread], *, high_is_bad: bool = False) -> list[str]:
    """The questions from the weakest median to the strongest, those with answers only; the lower tail decides a tie."""
    sign = -1 if high_is_bad else 1

    def strength(key: str) -> tuple[float, float]:
        found = spreads[key]
        tail = found.upper if high_is_bad else found.lower
        return sign * (found.median or 0), sign * (tail or 0)

    return sorted((key for key, found in spreads.items() if found.n), key=strength)


TALK_RULE = "Split questions come first, the most divided at the top; then weak ones, the weakest at the top."


def talk_first(
    spreads: Mapping[str, Spread], below: int | None = None, above: int | None = None
) -> list[tuple[str, str]]:
    """What to talk about first, by :data:`TALK_RULE`: (question, ``split`` or ``weak``)."""
    split = [key for key, found in spreads.items() if found.verdict == "split"]
    split.sort(key=lambda key: -_width(spreads[key]))
    weak = [
        key
        for key in weakest_first(spreads, high_is_bad=above is not None)
        if key not in split and is_weak(spreads[key], below, above)
    ]
    return [(key, "split") for key in split] + [(key, "weak") for key in weak]


def _width(found: Spread) -> float:
    return (found.upper or 0) - (found.lower or 0)


def _people(count: int) -> str:
    return "One person" if count == 1 else f"{count:,} people"


def plain(value: float | None) -> str:
    """A median as it is written: ``4`` or ``3.5``; "" when there is none."""
    return "" if value is None else f"{round_half_up(value, 2).normalize():f}"


def _range(low: float | None, high: float | None) -> str:
    return f"at {plain(low)}" if low == high else f"from {plain(low)} to {plain(high)}"
