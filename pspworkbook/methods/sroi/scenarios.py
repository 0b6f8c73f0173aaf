"""Named sets of figures, worked out and set side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pspworkbook.methods.findings import StageGap, together, unanswered
from pspworkbook.methods.sroi.case import FIGURES, INPUT, Case
from pspworkbook.methods.sroi.impact_map import Array, flat_rate
from pspworkbook.methods.sroi.ranges import Ranges
from pspworkbook.methods.sroi.sensitivity import lower
from pspworkbook.methods.words import MINUS
from pspworkbook.records.doubt import FIGURES as TITLES
from pspworkbook.records.doubt import SHARES, Scenario, ScenarioChange, read_change
from pspworkbook.records.fields import LONGEST_DURATION

STARTERS: tuple[dict[str, str], ...] = (
    {"name": "Low", "story": "Everything turns out at the end of its range that makes the ratio lower."}
    | dict.fromkeys(FIGURES, "worse"),
    {"name": "Central", "story": "Everything as entered."} | dict.fromkeys(FIGURES, "central"),
    {"name": "High", "story": "Everything turns out at the end of its range that makes the ratio higher."}
    | dict.fromkeys(FIGURES, "better"),
)
"""The three that most groups begin with."""


@dataclass(frozen=True)
class Played:
    """A scenario worked out; ``ratio`` is None where it has none, with ``why``. ``changes`` says what is different."""

    id: str
    name: str
    story: str
    ratio: float | None
    total: float
    investment: float
    changes: tuple[str, ...]
    why: str = ""


def play(
    ranges: Ranges,
    scenarios: Sequence[tuple[str, Scenario]],
    changes: Sequence[ScenarioChange],
    outcome_ids: Sequence[str],
    input_ids: Sequence[str],
) -> list[Played]:
    """Each scenario worked out from the case as entered, in their order; the ids name the rows of outcomes and inputs."""
    return [
        _play(ranges, id_, scenario, [one for one in changes if one.scenario == id_], outcome_ids, input_ids)
        for id_, scenario in scenarios
    ]


def better_is_higher(case: Case, figure: str) -> npt.NDArray[np.bool_]:
    """For each row, whether a higher figure makes the ratio higher; for a loss it is the other way round."""
    if figure == INPUT:
        return np.zeros(len(case.inputs), dtype=bool)
    gain = case.rows.financial_proxy >= 0
    if figure == "financial_proxy":
        return np.ones(len(case.rows), dtype=bool)
    return ~gain if figure in SHARES else gain


def _play(
    ranges: Ranges,
    id_: str,
    scenario: Scenario,
    changes: Sequence[ScenarioChange],
    outcome_ids: Sequence[str],
    input_ids: Sequence[str],
) -> Played:
    case = ranges.case
    figures: dict[str, Array] = {}
    said = list(_levels(scenario))
    for figure in FIGURES:
        level = getattr(scenario, figure) or "central"
        values = case.figure(figure).astype(np.float64).copy()
        if level != "central":
            up = better_is_higher(case, figure) == (level == "better")
            values = np.where(up, ranges.high[figure], ranges.low[figure])
        figures[figure] = values
    for one in changes:
        read = read_change(one.change, one.figure)
        if read is None or one.figure is None:
            continue
        ids, wanted = (list(input_ids), one.input) if one.figure == INPUT else (list(outcome_ids), one.outcome)
        if wanted and wanted not in ids:
            continue  # it is not counted, or it was removed
        rows = [ids.index(wanted)] if wanted else list(range(len(ids)))
        figures[one.figure][rows] = _changed(one.figure, case.figure(one.figure)[rows], *read)
        whose = case.name(one.figure, rows[0]) if wanted and rows else "Everything"
        change = one.change.replace("-", MINUS)
        said.append(f"{whose}: {lower(TITLES[one.figure])} {change}" + (f" ({one.why})" if one.why else ""))
    rates = None if scenario.discount_rate is None else flat_rate(scenario.discount_rate)
    if rates is not None:
        said.append(f"Discounted at {rates.name}")
    try:
        played = case.with_figures(figures, rates)
        total, put_in, ratio = float(played.worth().sum()), played.investment, played.ratio
    except ValueError as trouble:
        return Played(id_, scenario.label(), scenario.story, None, 0.0, 0.0, tuple(said), str(trouble))
    why = "" if ratio is not None else "Nothing is put in, so there is no ratio."
    return Played(
        id_,
        scenario.label(),
        scenario.story,
        played.total / put_in if ratio is not None else None,
        total,
        put_in,
        tuple(said),
        why,
    )


def _levels(scenario: Scenario) -> Iterator[str]:
    """Where the figures stand in their ranges, each end once with all the figures that are there."""
    for level in ("worse", "better"):
        there = [TITLES[figure] for figure in FIGURES if getattr(scenario, figure) == level]
        if len(there) == len(FIGURES):
            yield f"Every figure: the {level} end of its range"
        elif there:
            yield f"{together([there[0], *map(lower, there[1:])])}: the {level} end of each range"


def _changed(figure: str, values: Array, how: str, by: float) -> Array:
    """The new figures: a new one for all, or a change of what was entered, kept to what is possible."""
    if how == "to":
        return np.full_like(values, by)
    if figure in SHARES:
        return np.clip(values + by, 0, 1)
    return np.minimum(values * (1 + by), LONGEST_DURATION) if figure == "duration" else values * (1 + by)


def gaps(
    scenarios: Sequence[tuple[str, Scenario]],
    changes: Sequence[tuple[str, ScenarioChange]],
    ids: Mapping[str, Sequence[str]],
) -> Iterator[StageGap]:
    """What is missing in the scenarios. ``ids`` holds the identifiers of all records by kind, ``outcome`` and ``input``."""
    for id_, scenario in scenarios:
        yield from unanswered(id_, scenario)
    known = {id_ for id_, _ in scenarios}
    for id_, change in changes:
        if change.scenario and change.scenario not in known:
            yield StageGap("AN-3", "A change belongs to a scenario that was removed.", change.kind, id_, "scenario")
        for kind in ("outcome", "input"):
            wanted = getattr(change, kind)
            if wanted and wanted not in ids[kind]:
                yield StageGap("AN-3", f"A change names an {kind} that was removed.", change.kind, id_, kind)
        yield from unanswered(id_, change)
