"""Which assumptions matter most: Sobol indices, the share of the ratio's variance that each uncertain figure brings.

SciPy's estimators (Saltelli 2010 and Jansen) do the sums. What is done here is the sampling of an impact map: changing one
figure changes the worth of one outcome only, so 50 outcomes with 350 figures take seconds and 10 MB where the general
routine, which works out every outcome anew for each figure and holds it all at once, would need gigabytes.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pspworkbook.methods.findings import together
from pspworkbook.methods.sroi.case import INPUT
from pspworkbook.methods.sroi.impact_map import COUNTED, Array
from pspworkbook.methods.sroi.ranges import Ranges
from pspworkbook.methods.sroi.sensitivity import lower
from pspworkbook.methods.sroi.simulate import quantiles
from pspworkbook.methods.words import percent
from pspworkbook.records.doubt import FIGURES as TITLES

POINTS = 2048
"""How many points of the Sobol sequence: a power of 2."""
RULE = (
    "The share of the ratio's variance (how far it strays, squared) that a figure brings, by itself and together with "
    "others (the total Sobol index). The figures are drawn from the same ranges as the possible worlds, each on its own."
)


@dataclass(frozen=True)
class Weight:
    """How much one figure matters: ``alone`` (first-order index) and ``total`` (with all its interactions)."""

    figure: str
    row: int
    name: str
    alone: float
    total: float
    given: bool

    @property
    def label(self) -> str:
        """The outcome or input, and the figure."""
        return f"{self.name}: {lower(TITLES[self.figure])}"


def sample(figures: int, points: int = POINTS, seed: int = 2011) -> tuple[Array, Array]:
    """Two independent sets of points between 0 and 1, shape (figures, points) each, from one scrambled Sobol sequence."""
    from scipy.stats import qmc

    both = qmc.Sobol(2 * figures, seed=np.random.default_rng(seed)).random(points).T
    return both[:figures], both[figures:]


def indices(at_a: Array, at_b: Array, at_ab: Array) -> tuple[Array, Array]:
    """First-order and total indices from the function's values.

    ``at_a`` and ``at_b`` (points,) on the two sets of :func:`sample`, ``at_ab`` (figures, points) on the first set with one
    figure from the second. Where nothing varies, all are 0.
    """
    from scipy.stats import sobol_indices

    if np.ptp(np.concatenate([at_a, at_b])) <= 1e-12 * max(1e-300, float(np.abs(at_a).max())):
        return np.zeros(len(at_ab)), np.zeros(len(at_ab))
    values = {"f_A": at_a[np.newaxis], "f_B": at_b[np.newaxis], "f_AB": at_ab[:, np.newaxis]}
    found = sobol_indices(func=values, n=len(at_a))
    return np.atleast_1d(np.squeeze(found.first_order)), np.atleast_1d(np.squeeze(found.total_order))


def indices_of(
    function: Callable[[Array], Array], figures: int, points: int = POINTS, seed: int = 2011
) -> tuple[Array, Array]:
    """The indices of any function of ``figures`` shares between 0 and 1: it takes (figures, points), and gives (points,)."""
    a, b = sample(figures, points, seed)
    mixed = np.stack([function(np.where(np.arange(figures)[:, np.newaxis] == one, b, a)) for one in range(figures)])
    return indices(function(a), function(b), mixed)


def weights(ranges: Ranges, shape: str = "pert", points: int = POINTS, seed: int = 2011) -> list[Weight]:
    """How much each figure that can vary matters for the ratio, the weightiest first. Empty when there is no ratio."""
    case, places = ranges.case, list(ranges)
    if case.ratio is None or not places:
        return []
    sets = []
    for shares in sample(len(places), points, seed):
        drawn = {}
        for place, (figure, row) in enumerate(places):
            low, high = float(ranges.low[figure][row]), float(ranges.high[figure][row])
            drawn[figure, row] = quantiles(shares[place], low, float(case.figure(figure)[row]), high, shape)
        sets.append(drawn)
    a, b = sets

    def worth(row: int, drawn: dict[tuple[str, int], Array]) -> Array:
        figures = {name: drawn[name, row] for name in COUNTED if (name, row) in drawn}
        return np.broadcast_to(case.worth_of(row, **figures), (points,))

    def put_in(drawn: dict[tuple[str, int], Array]) -> Array:
        total: Array = np.full(points, 1e-9)  # nothing put in would leave nothing to divide by
        for row, value in enumerate(case.inputs):
            total = total + drawn.get((INPUT, row), value)
        return total

    by_row = [worth(row, a) for row in range(len(case.rows))]
    total_a, put_in_a = np.sum(by_row, axis=0), put_in(a)
    total_b = np.sum([worth(row, b) for row in range(len(case.rows))], axis=0)
    mixed = np.empty((len(places), points))
    for index, (figure, row) in enumerate(places):
        one = {**a, (figure, row): b[figure, row]}
        if figure == INPUT:
            mixed[index] = total_a / put_in(one)
        else:
            mixed[index] = (total_a - by_row[row] + worth(row, one)) / put_in_a
    alone, total = indices(total_a / put_in_a, total_b / put_in(b), mixed)
    found = [
        Weight(figure, row, case.name(figure, row), float(alone[at]), float(total[at]), (figure, row) in ranges.given)
        for at, (figure, row) in enumerate(places)
    ]
    return sorted(found, key=lambda weight: -weight.total)


def in_words(found: list[Weight]) -> str:
    """What to find out more about first."""
    first = [weight for weight in found[:3] if weight.total >= 0.01]
    if not first:
        return "No figure can vary, so none matters more than another."
    named = together([f"“{weight.label}” ({percent(max(weight.total, 0))})" for weight in first])
    count = {1: "this one", 2: "these two", 3: "these three"}[len(first)]
    return f"Find out more about {count} first: {named}. The percentage is how much of the uncertainty hangs on it."
