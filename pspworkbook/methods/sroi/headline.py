"""The range that stands beside a ratio wherever it is shown: from the group's own ranges as soon as there is one.

Until then it is the plain stress test of :mod:`.stress`. With own ranges it is a small simulation, few enough draws to
answer while somebody types and with the seed of the settings, so that everybody sees the same.
"""

from dataclasses import dataclass, replace

from pspworkbook.methods.sroi.impact_map import ForecastResult
from pspworkbook.methods.sroi.ranges import RULE as BANDS_RULE
from pspworkbook.methods.sroi.ranges import Ranges
from pspworkbook.methods.sroi.simulate import Settings, Simulation, simulate
from pspworkbook.methods.sroi.stress import RULE as STRESS_RULE
from pspworkbook.methods.sroi.stress import stress
from pspworkbook.methods.words import percent, pounds

LEAST, MOST, ROOM = 1_000, 10_000, 100_000
"""Draws at least and at most, and draws of one outcome in all: some 30 ms for 50 outcomes, 60 ms where they move together."""
ASKED = 0.05
"""A middle that lies further than this share from the ratio as entered makes people ask why."""
QUICK_ROWS = 100
"""With more outcomes than this the range takes longer than an answer to somebody who types may take."""


@dataclass(frozen=True)
class Headline:
    """The range of a ratio, ``low`` to ``high``, and what it rests on.

    ``own`` is how many figures have a range that the group gave, ``banded`` how many vary by the band of their grade;
    without ranges of its own (``own`` 0, ``draws`` 0) it is the stress test. ``without_biggest`` is the ratio without the
    outcome that carries most, ``biggest`` its name and ``share`` its part of all value.
    """

    low: float
    high: float
    own: int
    banded: int
    draws: int
    seed: int
    without_biggest: float | None
    biggest: str
    share: float
    middle: float | None = None
    """The ratio that half of the draws lie above; None for the stress test, which draws nothing."""
    entered: float | None = None
    """The ratio as entered."""
    whole: bool = False
    """Whether it is that of a whole simulation: then there is no second one that it could differ from."""

    @property
    def sentence(self) -> str:
        """The range as a sentence that follows the ratio, with the rule that made it."""
        return self.said()

    def said(self, whose: str = "your", what: str = "it") -> str:
        """The same, with whose ranges they are, and a word for the ratio where no sentence on it goes before."""
        if not self.own:
            return f"If everything turned out rather worse, or rather better, {what} would lie {self.between}."
        middle = f"; in 50 of 100 it is above {pounds(self.middle, pence=True)}" if self.middle is not None else ""
        return f"In 90 of 100 possible worlds {what} lies {self.between}{middle}. The range is made {self.made_from(whose)}."

    @property
    def between(self) -> str:
        """The two ends."""
        return f"between {pounds(self.low, pence=True)} and {pounds(self.high, pence=True)}"

    def made_from(self, whose: str = "your") -> str:
        """Which ranges of their own it rests on, in a few words, and which rule for the rest; not for the stress test."""
        rest = ", and for all others from the band of their evidence grade" if self.banded else ""
        return f"from {whose} own ranges for {self.own} figure{'' if self.own == 1 else 's'}{rest}"

    @property
    def span(self) -> str:
        """The range in a few words that follow the ratio; with the middle of the draws, for a range by itself hides which end most of them are near."""
        if not self.own:
            return f"{self.between} if everything were rather worse or rather better"
        middle = f", and in 50 of 100 above {pounds(self.middle, pence=True)}" if self.middle is not None else ""
        return f"in 90 of 100 possible worlds {self.between}{middle}"

    def on_paper(self, when: str) -> tuple[str, str]:
        """Two lines for a file in which the ratio goes on changing: the range when it was saved, and that it stays."""
        how = (
            f"{self.made_from('the group’s')}; {self.draws:,} draws, seed {self.seed}" if self.own else STRESS_RULE[:-1]
        )
        return (
            f"Range when saved on {when}: {self.span}.",
            f"It does not follow changes made in this sheet. How it was made: {how}.",
        )

    @property
    def carried(self) -> str:
        """How much hangs on one outcome: its share, and the ratio without it."""
        share = f"“{self.biggest}” carries {percent(self.share)} of all value"
        if self.without_biggest is None:
            return f"{share}: there is no other outcome"
        return f"{share}; without it the ratio would be {pounds(self.without_biggest, pence=True)}"

    @property
    def leaning(self) -> str:
        """Why the ratio as entered is not the middle of its range, for whoever asks that first; "" where it is near it."""
        if self.middle is None or self.entered is None or abs(self.middle - self.entered) <= ASKED * abs(self.entered):
            return ""
        side, why = ("below", "worse") if self.middle < self.entered else ("above", "better")
        because = (
            f"the figures can turn out {why} by more than they can turn out {'better' if why == 'worse' else 'worse'}"
        )
        none_off = " (where 0% was taken off, only more can be)" if why == "worse" else ""
        return f"Most of the possible worlds lie {side} the {pounds(self.entered, pence=True)} as entered: {because}{none_off}."

    @property
    def rule(self) -> str:
        """The rule in full; printed wherever the range is shown."""
        if not self.own:
            return f"{STRESS_RULE} This is a test of how much hangs on the figures, not a probability."
        beside = (
            "It is the very range of “Possible worlds”."
            if self.whole
            else "“Possible worlds” tries more of them and may differ by a penny or two; once it has, its range stands here."
        )
        return (
            f"Each figure is drawn from its range, the ratio worked out, {self.draws:,} times (seed {self.seed}); one draw in "
            f"twenty lies below the range and one above it. {beside} {BANDS_RULE}"
        )


@dataclass(frozen=True)
class Known:
    """The range of a whole simulation, where one of these very ranges has been drawn already."""

    low: float
    middle: float
    high: float
    draws: int

    @classmethod
    def of(cls, drawn: Simulation) -> "Known":
        """The range of a simulation."""
        return cls(drawn.p05, drawn.p50, drawn.p95, len(drawn.ratios))


def headline(result: ForecastResult, ranges: Ranges, settings: Settings, known: Known | None = None) -> Headline | None:
    """The range beside the ratio of a forecast; None when it has no ratio.

    Of the settings the seed, the shape and the rank correlation count, not the number of draws. What
    is ``known`` from a whole simulation of these ranges is not drawn again.
    """
    plain = stress(result)
    if plain is None:
        return None
    if not ranges.given:
        return Headline(
            plain.low, plain.high, 0, 0, 0, settings.seed, plain.without_biggest, plain.biggest, plain.share
        )
    whole = known is not None
    if known is None:
        draws = min(max(ROOM // len(result.rows), LEAST), MOST)
        known = Known.of(simulate(ranges, replace(settings, draws=draws)))
    return Headline(
        low=known.low,
        high=known.high,
        own=len(ranges.given),
        banded=ranges.by_rule,
        draws=known.draws,
        seed=settings.seed,
        without_biggest=plain.without_biggest,
        biggest=plain.biggest,
        share=plain.share,
        middle=known.middle,
        entered=result.sroi_ratio,
        whole=whole,
    )
