"""Switching values: how far one assumption would have to move for the ratio to come to just 1, or to another threshold.

In closed form where the ratio is linear in the figure: a quantity, a value, deadweight, displacement, the share due to
others, or what is put in, alone or for a group of outcomes. Duration and drop-off are searched for: a grid finds where the
threshold is crossed nearest to the figure as entered, halving the gap sixty times finds the place. (``scipy.optimize``
does the second half as well, but takes 20 MB of every visitor's kernel for these few lines; a test compares the two.)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pspworkbook.methods.sroi.case import INPUT, Case
from pspworkbook.methods.sroi.impact_map import COUNTED, Array
from pspworkbook.methods.sroi.sensitivity import lower
from pspworkbook.methods.words import percent, pounds, round_half_up
from pspworkbook.records.doubt import FIGURES as TITLES
from pspworkbook.records.doubt import SHARES
from pspworkbook.records.fields import LONGEST_DURATION

LINEAR = ("quantity", "financial_proxy", "deadweight", "displacement", "attribution")
TAKEN = ("deadweight", "displacement", "attribution")
NO_DIFFERENCE = "It makes no difference."
NOT_REACHED = "However it is changed, the ratio does not come to {ratio}."


@dataclass(frozen=True)
class Switch:
    """One assumption, and where it would have to be.

    ``now`` is None where a group's figures differ; then a quantity, value or duration is a ``factor`` of what is entered
    (``at`` 0.5: half of each), and a percentage the same new one for all. ``at`` is None where no possible figure reaches
    the threshold, with the reason in ``why``. ``sum`` is what a group of inputs comes to now. ``move`` says how far off it is, as a share of ``now``, or in points.
    """

    figure: str
    name: str
    rows: tuple[int, ...]
    now: float | None
    at: float | None
    factor: bool = False
    why: str = ""
    sum: float | None = None

    @property
    def move(self) -> float | None:
        """The relative change for a number, the difference for a percentage; None where there is none to give."""
        if self.at is None:
            return None
        if self.factor:
            return self.at - 1
        if self.now is None:
            return None
        if self.figure in SHARES:
            return self.at - self.now
        return self.at / self.now - 1 if self.now else None


def switching_value(case: Case, figure: str, rows: Sequence[int], threshold: float = 1, name: str = "") -> Switch:
    """The switching value of one figure, of one outcome or of a group of them (of inputs for ``value``).

    In a group, percentages are set to one level, and the others multiplied by one factor; the answer is the figure itself
    where all of them are the same now. Raises ValueError when the case has no ratio.
    """
    if case.ratio is None:
        raise ValueError("Without something put in and something counted there is no ratio.")
    rows = tuple(rows)
    values = case.figure(figure)[list(rows)]
    same = bool(np.allclose(values, values[0]))
    now = float(values[0]) if same else None
    label = name or case.name(figure, rows[0])
    factor = not same and figure not in SHARES

    def answer(at: float | None, why: str = "") -> Switch:
        return Switch(figure, label, rows, now, at, factor, why, float(values.sum()) if figure == INPUT else None)

    if figure == INPUT:
        return _input(case, values, threshold, now, answer)
    goal = threshold * case.investment
    chosen = list(rows)
    rest = case.total - float(case.present[chosen].sum())  # what the other outcomes are worth

    # The present value of the chosen rows at level x, on a scale that both ways of solving share.
    def worth(level: Array) -> Array:
        column = np.asarray(level)[..., np.newaxis]
        figures = column if figure in SHARES or now is not None else values * column
        total: Array = case.worth_of(np.array(rows), **{figure: figures}).sum(axis=-1)
        return total

    start = now if now is not None else (float(values.mean()) if figure in SHARES else 1.0)
    if figure in LINEAR:
        at_0, at_1 = (float(one) for one in worth(np.array([0.0, 1.0])))
        if at_0 == at_1:
            return answer(None, NO_DIFFERENCE)
        level = (goal - rest - at_0) / (at_1 - at_0)
        return answer(*_possible(figure, level, now, threshold))
    top = (
        1.0 if figure == "drop_off" else LONGEST_DURATION / (1.0 if now is not None else max(float(values.max()), 1e-9))
    )
    points = FINE if len(rows) <= FEW else COARSE
    return answer(*_searched(lambda level: worth(level) + rest - goal, start, top, threshold, points))


def _input(case: Case, values: Array, threshold: float, now: float | None, answer: Callable[..., Switch]) -> Switch:
    if threshold <= 0 or case.total <= 0:
        return answer(None, "No sum put in makes the ratio this low.")
    needed = case.total / threshold - (case.investment - float(values.sum()))
    if needed < 0:
        return answer(None, f"Even if it cost nothing, the ratio would stay below {plain_ratio(threshold)}.")
    if now is not None:
        return answer(needed / len(values))
    return answer(needed / float(values.sum()))


def _possible(figure: str, level: float, now: float | None, threshold: float) -> tuple[float | None, str]:
    """A level that solves the equation, if it is one that the figure can have."""
    near = 1e-12
    if figure in TAKEN:
        if -near <= level <= 1 + near:
            return min(max(level, 0.0), 1.0), ""
        end = "100%" if level > 1 else "0%"
        return None, f"Even at {end} the ratio does not come to {plain_ratio(threshold)}."
    if figure == "quantity" or now is None:
        return (
            (level, "")
            if level >= 0
            else (None, f"Even at nothing the ratio does not come to {plain_ratio(threshold)}.")
        )
    if level * now < 0:
        turned = "a loss" if now > 0 else "a gain"
        return (
            None,
            f"Even at nothing the ratio does not come to {plain_ratio(threshold)}; it would have to be {turned}.",
        )
    return level, ""


FINE, COARSE, FEW = 401, 101, 20
"""Points of a grid: fine for a few rows; for many, whose sum has fewer turns for each of them, a coarser one answers soon."""


def _searched(
    short: Callable[[Array], Array], start: float, top: float, threshold: float, points: int = FINE
) -> tuple[float | None, str]:
    """The level nearest to ``start``, between 0 and ``top``, at which ``short`` is zero."""
    near = np.linspace(0, min(top, 2 * start), points)
    grid = np.unique(np.concatenate([np.linspace(0, top, points), near, [start]]))
    off = short(grid)
    if np.ptp(off) <= 1e-12 * max(1.0, float(np.abs(off).max())):
        return None, NO_DIFFERENCE
    crossed = np.flatnonzero(np.sign(off[:-1]) * np.sign(off[1:]) <= 0)
    if not len(crossed):
        return None, NOT_REACHED.format(ratio=plain_ratio(threshold))
    found = [_halved(short, float(grid[place]), float(grid[place + 1])) for place in crossed]
    return min(found, key=lambda level: abs(level - start)), ""


def _halved(short: Callable[[Array], Array], low: float, high: float) -> float:
    at_low = float(short(np.array([low]))[0])
    if at_low == 0:
        return low
    for _ in range(60):
        middle = (low + high) / 2
        if np.sign(float(short(np.array([middle]))[0])) == np.sign(at_low):
            low = middle
        else:
            high = middle
    return high


# Many of them --------------------------------------------------------------------------------------------------------


def groups(case: Case, threshold: float = 1, sets: Mapping[str, Sequence[int]] | None = None) -> Iterator[Switch]:
    """The switching values of all outcomes together, of what is put in, and of the ``sets`` of outcomes (name to rows)."""
    if case.ratio is None:
        return
    for figure in COUNTED:
        name = f"Every outcome: {lower(TITLES[figure])}"
        yield switching_value(case, figure, range(len(case.rows)), threshold, name)
    everything = range(len(case.inputs))
    yield switching_value(case, INPUT, everything, threshold, "Everything that is put in")
    for label, rows in (sets or {}).items():
        for figure in ("quantity", "financial_proxy", *TAKEN):
            yield switching_value(case, figure, rows, threshold, f"{label}: {lower(TITLES[figure])}")


def each(case: Case, threshold: float = 1) -> Iterator[Switch]:
    """The switching value of every figure of every outcome, and of every input."""
    if case.ratio is None:
        return
    rest = threshold * case.investment - (case.total - case.present)  # what each outcome alone would have to be worth
    for figure in (*COUNTED, INPUT):
        # One row's worth does not depend on the others, so that those for all rows are found at once.
        found = None if figure == INPUT else (_levels if figure in LINEAR else _bisected)(case, figure, rest, threshold)
        for row in range(len(case.figure(figure))):
            name = f"{case.name(figure, row)}: {lower(TITLES[figure])}"
            if found is None:
                yield switching_value(case, figure, [row], threshold, name)
            else:
                at, why = found[row]
                yield Switch(figure, name, (row,), float(case.figure(figure)[row]), at, why=why)


Answer = tuple[float | None, str]


def _levels(case: Case, figure: str, goal: Array, threshold: float) -> list[Answer]:
    """Where one figure that the ratio is linear in would have to be, for each row by itself."""
    ends = np.stack([np.zeros(len(case.rows)), np.ones(len(case.rows))])
    at_0, at_1 = case.worth(**{figure: ends})
    span = at_1 - at_0
    levels = np.divide(goal - at_0, span, out=np.zeros(len(span)), where=span != 0)
    now = case.figure(figure)
    return [
        _possible(figure, float(levels[row]), float(now[row]), threshold) if span[row] else (None, NO_DIFFERENCE)
        for row in range(len(case.rows))
    ]


def _bisected(case: Case, figure: str, goal: Array, threshold: float) -> list[Answer]:
    """The same for duration and drop-off: a row's worth only rises, or only falls, with each of them."""
    low = np.zeros(len(case.rows))
    high = np.full(len(case.rows), 1.0 if figure == "drop_off" else LONGEST_DURATION)
    at_low, at_high = (case.worth(**{figure: level}) for level in (low, high))
    scale = np.maximum(1.0, np.maximum(np.abs(at_low - goal), np.abs(at_high - goal)))
    moves = np.abs(at_high - at_low) > 1e-12 * scale
    reached = moves & (np.sign(at_low - goal) * np.sign(at_high - goal) <= 0)
    rows = np.flatnonzero(reached)
    if len(rows):
        low, high, side = low[rows], high[rows], np.sign(at_low[rows] - goal[rows])
        for _ in range(60):
            middle = (low + high) / 2
            here = np.sign(case.worth_of(rows, **{figure: middle}) - goal[rows]) == side
            low, high = np.where(here, middle, low), np.where(here, high, middle)
    answers: list[Answer] = [
        (None, NOT_REACHED.format(ratio=plain_ratio(threshold)) if moving else NO_DIFFERENCE) for moving in moves
    ]
    for place, row in enumerate(rows):
        answers[row] = (float(high[place]) if side[place] else 0.0), ""
    return answers


def nearest_first(switches: Sequence[Switch]) -> list[Switch]:
    """Those that need the smallest move first; those without an answer last, in their order."""

    def far(switch: Switch) -> float:
        return abs(switch.move) if switch.move is not None else 1e9 if switch.at is not None else 1e10

    return sorted(switches, key=far)


def same_change(
    stakeholders: Sequence[str], indicators: Sequence[str], quantities: Sequence[float]
) -> dict[str, list[int]]:
    """Rows that value one and the same change in several ways: same stakeholder, indicator and quantity; by a name for them.

    They move together, so their switching value is that of the group.
    """
    found: dict[tuple[str, str, float], list[int]] = {}
    for row, key in enumerate(zip(stakeholders, indicators, quantities, strict=True)):
        if key[1].strip():
            found.setdefault(key, []).append(row)
    return {f"{key[1]} ({len(rows)} outcomes)": rows for key, rows in found.items() if len(rows) > 1}


# In words ------------------------------------------------------------------------------------------------------------


def plain_ratio(ratio: float) -> str:
    """A threshold as people write it: ``1``, ``1.5``."""
    return f"{round_half_up(ratio, 2).normalize():f}"


def goal_words(ratio: float) -> str:
    """A threshold as money for each pound: ``£1``, ``£1.50``."""
    return pounds(ratio, pence=ratio != int(ratio))


def figure_words(figure: str, value: float, factor: bool = False) -> str:
    """A figure as shown: ``49.9%``, ``3.51``, ``£2,311``, ``0.48 years``; a factor as ``48% of what is entered``."""
    if factor:
        return f"{percent(value, places=1)} of what is entered"
    if figure in SHARES:
        return percent(value, places=1).replace(".0%", "%")
    if figure in ("financial_proxy", INPUT):
        return pounds(value, pence=abs(value) < 100)
    amount = f"{round_half_up(value, 2):,.2f}".rstrip("0").rstrip(".")
    return f"{amount} {'year' if amount == '1' else 'years'}" if figure == "duration" else amount


def now_words(switch: Switch) -> str:
    """What the figure is now; for a group whose figures differ, that they do."""
    if switch.sum is not None:
        return figure_words(switch.figure, switch.sum)
    return figure_words(switch.figure, switch.now) if switch.now is not None else "they differ"


def at_words(switch: Switch) -> str:
    """Where it would have to be, or why there is no such place."""
    if switch.at is None:
        return switch.why
    if switch.sum is not None:  # of inputs, people think in the sum
        return figure_words(switch.figure, switch.at * (switch.sum if switch.factor else len(switch.rows)))
    return figure_words(switch.figure, switch.at, switch.factor)


def in_words(switch: Switch, threshold: float = 1) -> str:
    """One sentence."""
    if switch.at is None:
        return f"{switch.name}: {lower(switch.why)}"
    instead = f" instead of {now_words(switch)}" if switch.now is not None or switch.sum is not None else ""
    return f"{switch.name}: at {at_words(switch)}{instead}, the ratio is {plain_ratio(threshold)}."
