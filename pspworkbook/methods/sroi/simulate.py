"""Many possible worlds instead of one ratio: every figure drawn from its range, the ratio worked out, again and again.

Each figure follows a PERT or a triangular distribution between its lowest and its highest, most likely as entered. Draws
are Latin hypercubes: a chunk of N draws cuts each figure's range into N slices of equal probability and takes one draw
from each, so that far fewer draws are needed than by plain chance. The sampling is numpy's own: ``scipy.stats.qmc`` makes
the same hypercube as one matrix, four times more slowly and in memory that grows with the outcomes.

Memory: one chunk of one outcome at a time, and one ratio for each draw. Chunk and outcome have a stream of random numbers
of their own, so the same seed gives the same draws on any number of processors.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from pspworkbook.methods.sroi.case import INPUT
from pspworkbook.methods.sroi.impact_map import COUNTED, Array
from pspworkbook.methods.sroi.ranges import Ranges

CHUNK = 25_000
"""Draws at a time: few enough to stay in a processor's cache. Other sizes give other draws from the same seed."""
BINS = 40
TOGETHER = {"none": 0.0, "some": 0.5, "much": 0.8}
"""The answers of the settings as rank correlations."""


@dataclass(frozen=True)
class Settings:
    """How to simulate. ``threshold`` is a ratio; ``rank_correlation`` (0 to 1) ties the same figure of a stakeholder's outcomes."""

    draws: int = 100_000
    seed: int = 2011
    threshold: float = 1.0
    shape: str = "pert"
    rank_correlation: float = 0.0

    def __post_init__(self) -> None:
        if self.draws < 1:
            raise ValueError("At least one draw is needed.")
        if self.shape not in ("pert", "triangular"):
            raise ValueError(f"“{self.shape}” is neither pert nor triangular.")
        if not 0 <= self.rank_correlation < 1:
            raise ValueError("A rank correlation lies between 0 and 1, and below 1.")


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some of the draws: the ratio in each, and sums over them for each outcome."""

    ratios: Array
    worth: Array
    with_total: Array
    total: float
    total_square: float


@dataclass(frozen=True, eq=False)
class Simulation:
    """What the draws came to.

    ``ratios`` has one for each draw, in ascending order. ``mean_worth`` is each outcome's mean present value in pounds;
    ``share_of_spread`` how much of the variance of the total it brings (its covariance with the total; they add up to 1,
    and an outcome that evens out the others is below 0).
    """

    settings: Settings
    ratio: float
    ratios: Array
    mean_worth: Array
    share_of_spread: Array

    @cached_property
    def _percentiles(self) -> Array:
        return np.asarray(np.quantile(self.ratios, [0.05, 0.5, 0.95]))

    @property
    def p05(self) -> float:
        """One draw in twenty is below this."""
        return float(self._percentiles[0])

    @property
    def p50(self) -> float:
        """Half of the draws are below this."""
        return float(self._percentiles[1])

    @property
    def p95(self) -> float:
        """One draw in twenty is above this."""
        return float(self._percentiles[2])

    @cached_property
    def mean(self) -> float:
        """The mean of the draws."""
        return float(self.ratios.mean())

    def chance_above(self, threshold: float) -> float:
        """The share of the draws in which the ratio is more than this."""
        return 1 - float(np.searchsorted(self.ratios, threshold, side="right")) / len(self.ratios)

    @property
    def chance(self) -> float:
        """The share of the draws in which the ratio is more than the threshold of the settings."""
        return self.chance_above(self.settings.threshold)

    def histogram(self) -> tuple[Array, Array]:
        """How many draws lie in each of 40 equal steps: (edges, counts); the outermost steps hold what lies beyond.

        The steps cover all but one draw in two hundred at either end.
        """
        low, high = np.quantile(self.ratios, [0.005, 0.995])
        edges = np.linspace(low, high if high > low else low + 1e-9, BINS + 1)
        counts, _ = np.histogram(np.clip(self.ratios, edges[0], edges[-1]), edges)
        return edges, counts.astype(np.float64)


def chunks(ranges: Ranges, settings: Settings) -> Iterator[Chunk]:
    """The draws, chunk after chunk, so that a page can breathe in between. Needs a case that has a ratio."""
    for number in range(_count(settings)):
        yield _draw(ranges, settings, number)


def _count(settings: Settings) -> int:
    return -(-settings.draws // CHUNK)


def gather(ranges: Ranges, settings: Settings, drawn: list[Chunk]) -> Simulation:
    """The chunks as one result."""
    count = sum(len(chunk.ratios) for chunk in drawn)
    mean = np.sum([chunk.worth for chunk in drawn], axis=0) / count
    total = sum(chunk.total for chunk in drawn) / count
    with_total = np.sum([chunk.with_total for chunk in drawn], axis=0) / count - mean * total
    variance = sum(chunk.total_square for chunk in drawn) / count - total**2
    # Rounding leaves next to nothing where nothing varies: then nobody has a share.
    certain = variance <= 1e-12 * max(total**2, 1e-300)
    shares = np.zeros_like(mean) if certain else with_total / variance
    ratio = ranges.case.ratio
    if ratio is None:
        raise ValueError("Without something put in and something counted there is no ratio.")
    return Simulation(settings, ratio, np.sort(np.concatenate([chunk.ratios for chunk in drawn])), mean, shares)


def simulate(ranges: Ranges, settings: Settings, progress: Callable[[float], None] | None = None) -> Simulation:
    """Draw them all. ``progress`` is told the share that is done. Raises ValueError when the case has no ratio.

    Two chunks are worked on at a time: numpy lets both processors work.
    """
    from concurrent.futures import ThreadPoolExecutor

    if ranges.case.ratio is None:
        raise ValueError("Without something put in and something counted there is no ratio.")
    drawn = []
    with ThreadPoolExecutor(2) as pool:
        for chunk in pool.map(lambda number: _draw(ranges, settings, number), range(_count(settings))):
            drawn.append(chunk)
            if progress is not None:
                progress(len(drawn) / _count(settings))
    return gather(ranges, settings, drawn)


# One chunk -----------------------------------------------------------------------------------------------------------


def _draw(ranges: Ranges, settings: Settings, number: int) -> Chunk:
    case = ranges.case
    size = min(CHUNK, settings.draws - number * CHUNK)
    varied = set(ranges)
    whose = {name: place for place, name in enumerate(dict.fromkeys(case.rows.stakeholders))}
    rows = len(case.rows)
    worth = np.empty((rows, size)) if rows * size <= MOST_HELD else None
    total, sums = np.zeros(size), np.zeros(rows)

    def worth_of(row: int) -> Array:
        stream = _stream(settings.seed, number, row)
        figures = {}
        for place, figure in enumerate(COUNTED):
            if (figure, row) in varied:
                bound = None
                if settings.rank_correlation:
                    mood = _stream(settings.seed, number, 0, 1 + whose[case.rows.stakeholders[row]], place)
                    bound = mood.standard_normal(size)
                figures[figure] = _sample(ranges, settings, figure, row, size, stream, bound)
        return np.broadcast_to(case.worth_of(row, **figures), (size,))

    for row in range(rows):
        drawn = worth_of(row)
        total = total + drawn
        sums[row] = drawn.sum()
        if worth is not None:
            worth[row] = drawn
    with_total = np.array([((worth[row] if worth is not None else worth_of(row)) * total).sum() for row in range(rows)])
    put_in: Array = np.zeros(size)
    for row in range(len(case.inputs)):
        stream = _stream(settings.seed, number, rows + row)
        put_in = put_in + (
            _sample(ranges, settings, INPUT, row, size, stream, None) if (INPUT, row) in varied else case.inputs[row]
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(put_in > 0, total / put_in, np.inf)
    return Chunk(ratios, sums, with_total, float(total.sum()), float(np.square(total).sum()))


MOST_HELD = 2_500_000
"""So many draws of outcomes are held at once (20 MB); beyond it, they are drawn a second time from the same stream."""


def _stream(seed: int, *key: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=key)))


def _sample(
    ranges: Ranges,
    settings: Settings,
    figure: str,
    row: int,
    size: int,
    stream: np.random.Generator,
    bound: Array | None,
) -> Array:
    """One Latin hypercube column: one draw from each of ``size`` slices, shuffled, or ranked along with ``bound``."""
    slices = (np.arange(size) + stream.random(size)) / size
    low, high = float(ranges.low[figure][row]), float(ranges.high[figure][row])
    values = quantiles(slices, low, float(ranges.case.figure(figure)[row]), high, settings.shape)
    if bound is None:
        stream.shuffle(values)
        return values
    # Ranks in common (Iman and Conover's idea, with a Gaussian copula): the column keeps exactly its values.
    common = 2 * np.sin(np.pi / 6 * settings.rank_correlation)  # the correlation whose ranks correlate as asked
    mixed = np.sqrt(common) * bound + np.sqrt(1 - common) * stream.standard_normal(size)
    ordered = np.empty(size)
    ordered[np.argsort(mixed)] = values
    return ordered


def quantiles(shares: Array, low: float, mode: float, high: float, shape: str = "pert") -> Array:
    """The values below which these shares (0 to 1) of the distribution lie.

    PERT is a beta distribution on the range with mean (low + 4 mode + high) / 6. It is read from a table of 1,025 exact
    points with straight lines between them, which is off by less than a thousandth of the range.
    """
    width = high - low
    at = (mode - low) / width
    if shape == "triangular":
        rising = np.sqrt(shares * at)
        falling = 1 - np.sqrt((1 - shares) * (1 - at))
        return low + width * np.where(shares < at, rising, falling)
    grid, table = _pert(round(1 + 4 * at, 12))
    return low + width * np.interp(shares, grid, table)


@lru_cache(maxsize=1024)
def _pert(alpha: float) -> tuple[Array, Array]:
    from scipy.special import betaincinv  # here: a page without a ratio needs no SciPy

    # Closer together towards the ends, where the quantiles are steep.
    grid = np.sin(np.linspace(0, np.pi / 2, 1025)) ** 2
    return grid, np.asarray(betaincinv(alpha, 6 - alpha, grid))
