"""The spread of several people's answers to one question: never an average alone. Pure functions.

>>> from pspworkbook.methods.ballots.spread import spread
>>> spread([4, 4, 4, 5], scale=(1, 2, 3, 4, 5)).verdict
'agreed'
>>> spread([2, 4, 4, 5], scale=(1, 2, 3, 4, 5)).runs
'all 4 answers run from 2 to 5'
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from pspworkbook.methods.words import round_half_up
from pspworkbook.records import field_of
from pspworkbook.records.ballot import Answer

ENOUGH_TO_SAY = 3
ENOUGH_FOR_HALF = 5
"""Of fewer answers the middle half would be nearly everybody, and one answer more or less would turn it over."""
FOLD_BELOW = 5
FEW_RULE = (
    f"With fewer than {ENOUGH_TO_SAY} answers nothing of them is shown, neither figures nor what was written: the rest "
    "could tell whose they are."
)
NOT_GIVEN = ""
"""The sector of those who gave none."""

SECTORS: Mapping[str, str] = {**field_of(Answer, "sector").options, NOT_GIVEN: "Sector not given"}

RULE = (
    "One measure decides: how much of the scale the middle half of the answers covers; with fewer than "
    f"{ENOUGH_FOR_HALF} answers, how much all of them cover. Agreed: no more than a third of the scale, which on a "
    "scale of four or five is one step. Split: more than half of it. Mixed: in between. Fewer than "
    f"{ENOUGH_TO_SAY} answers are too few to say."
)
QUARTILE_RULE = (
    "The middle half runs from the median of the lower half of the answers to the median of the upper half. With an "
    f"odd number of answers, the middle one belongs to neither half. With fewer than {ENOUGH_FOR_HALF} answers there is "
    "no middle half worth the name: all of them are taken, from the lowest to the highest."
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

    ``lower`` and ``upper`` are the ends of the middle half by :data:`QUARTILE_RULE`, so those of all answers where there
    are few; ``verdict`` follows :data:`RULE`.
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
    def has_half(self) -> bool:
        """Whether there are enough answers to speak of a middle half, by :data:`QUARTILE_RULE`."""
        return self.n >= ENOUGH_FOR_HALF

    @property
    def width(self) -> float:
        """How far apart views are, in steps of the scale: what the verdict rests on. 0 with too few answers to say."""
        return (self.upper or 0) - (self.lower or 0) if self.shown else 0

    @property
    def runs(self) -> str:
        """That as words: ``the middle half of 6 answers runs from 2 to 4``, ``all 4 answers run from 2 to 5``."""
        one = self.lower == self.upper
        if self.has_half:
            return f"the middle half of {self.n:,} answers {'lies' if one else 'runs'} {_range(self.lower, self.upper)}"
        return f"all {self.n} answers {'lie' if one else 'run'} {_range(self.lower, self.upper)}"

    @property
    def words(self) -> str:
        """One sentence that says it all; the text alternative of a chart."""
        if not self.n:
            return "Nobody has answered yet."
        if self.n < ENOUGH_TO_SAY:
            return f"{_people(self.n)} answered: too few to say."
        return (
            f"{VERDICTS[self.verdict]}. {_people(self.n)} answered. The median is {plain(self.median)}, "
            f"{f'the middle half {_range(self.lower, self.upper)}, ' if self.has_half else ''}"
            f"all answers {_range(self.minimum, self.maximum)}."
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
    lower, middle, upper = ends(given)
    said = verdict(len(given), upper - lower, max(scale) - min(scale))
    return Spread(len(given), middle, lower, upper, given[0], given[-1], counts, said, kept_back)


def ends(ordered: Sequence[float]) -> tuple[float, float, float]:
    """The median between the ends of the middle half, or of all answers where there are few: :data:`QUARTILE_RULE`."""
    lower, middle, upper = quartiles(ordered)
    return (lower, middle, upper) if len(ordered) >= ENOUGH_FOR_HALF else (ordered[0], middle, ordered[-1])


def quartiles(ordered: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile of any number of values but none: the first half of :data:`QUARTILE_RULE`."""
    half = len(ordered) // 2
    low, high = ordered[:half] or ordered, ordered[-half:] if half else ordered
    return float(median(low)), float(median(ordered)), float(median(high))


def verdict(n: int, width: float, length: float) -> str:
    """``agreed``, ``mixed``, ``split`` or ``too few``, by :data:`RULE`: from how wide views lie on a scale so long."""
    if n < ENOUGH_TO_SAY:
        return "too few"
    # Steps and half steps only, so that no rounding error decides.
    return "agreed" if 3 * width <= length else "split" if 2 * width > length else "mixed"


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
    """How the second round stands beside the first: the move of the median, and how much wider it is."""

    median: float
    width: float
    words: str


def between_rounds(first: Spread, second: Spread) -> Change | None:
    """What talking has changed; None when either round has too few answers to say."""
    if min(first.n, second.n) < ENOUGH_TO_SAY:
        return None
    moved = (second.median or 0) - (first.median or 0)
    width = wider(first, second)
    median_words = f"{'up' if moved > 0 else 'down'} by {plain(abs(moved))}" if moved else "where it was"
    width_words = "closer together" if width < 0 else "further apart" if width > 0 else "as far apart as before"
    return Change(moved, width, f"The median is {median_words}; the answers lie {width_words}.")


def wider(first: Spread, second: Spread) -> float:
    """By how many steps the second is wider: middle halves, or all answers of both where one of them has few."""
    if first.has_half and second.has_half:
        return second.width - first.width
    return _all(second) - _all(first)


def _all(found: Spread) -> int:
    return (found.maximum or 0) - (found.minimum or 0)


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
TALK_RULE_HIGH = "Split questions come first, the most divided at the top; then high ones, the highest at the top."
"""Where a high figure is bad news, as with risks, nobody calls it weak."""


def talk_first(
    spreads: Mapping[str, Spread], below: int | None = None, above: int | None = None
) -> list[tuple[str, str]]:
    """What to talk about first, by :data:`TALK_RULE`: (question, ``split`` or ``weak``)."""
    split = [key for key, found in spreads.items() if found.verdict == "split"]
    split.sort(key=lambda key: -spreads[key].width)
    weak = [
        key
        for key in weakest_first(spreads, high_is_bad=above is not None)
        if key not in split and is_weak(spreads[key], below, above)
    ]
    return [(key, "split") for key in split] + [(key, "weak") for key in weak]


def _people(count: int) -> str:
    return "One person" if count == 1 else f"{count:,} people"


def plain(value: float | None) -> str:
    """A median as it is written: ``4`` or ``3.5``; "" when there is none."""
    return "" if value is None else f"{round_half_up(value, 2).normalize():f}"


def _range(low: float | None, high: float | None) -> str:
    return f"at {plain(low)}" if low == high else f"from {plain(low)} to {plain(high)}"
