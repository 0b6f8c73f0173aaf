"""``pspworkbook sroi --simulate --sensitivity``: what says how sure a ratio is."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pspworkbook.cli.sroi import aligned
from pspworkbook.documents.impact_map import OwnRange
from pspworkbook.methods.sroi import ForecastResult, switching
from pspworkbook.methods.sroi.case import Case
from pspworkbook.methods.sroi.headline import Headline, Known, headline
from pspworkbook.methods.sroi.ranges import RULE, Given, Ranges, ranges
from pspworkbook.methods.sroi.sensitivity import Tried, customary_tests
from pspworkbook.methods.sroi.simulate import Settings, Simulation, simulate
from pspworkbook.methods.sroi.worlds import in_words, leaning, made_from
from pspworkbook.methods.words import pounds
from pspworkbook.records import Outcome

WIDTH = 88
EXACT = "What is put in is taken as known exactly."


@dataclass(frozen=True, eq=False)
class Doubted:
    """A forecast from a file, doubted as asked: ``draws`` None leaves the simulation out."""

    result: ForecastResult
    outcomes: Sequence[Outcome]
    draws: int | None
    seed: int
    sensitivity: bool
    own: Sequence[Mapping[str, OwnRange]] = ()
    """The ranges that the file gives, one mapping for each outcome; empty where it gives none."""

    @cached_property
    def ranges(self) -> Ranges:
        """The default bands by the file's grades; the investment does not vary."""
        given = [
            Given(figure, row, low, high) for row, some in enumerate(self.own) for figure, (low, high) in some.items()
        ]
        return ranges(Case.of(self.result), [outcome.grade or "" for outcome in self.outcomes], given=given)

    @cached_property
    def headline(self) -> Headline | None:
        """The range beside the ratio, as on the page, where the file gives ranges of its own."""
        if not self.ranges.given:
            return None
        known = Known.of(self.simulation) if self.simulation else None
        return headline(self.result, self.ranges, Settings(seed=self.seed), known)

    @cached_property
    def simulation(self) -> Simulation | None:
        """The possible worlds, if they were asked for."""
        if self.draws is None or self.ranges.case.ratio is None:
            return None
        return simulate(self.ranges, Settings(draws=self.draws, seed=self.seed))

    @cached_property
    def tests(self) -> list[Tried]:
        """The customary tests."""
        return list(customary_tests(self.ranges.case, self.ranges.grades))

    @cached_property
    def switches(self) -> list[switching.Switch]:
        """All outcomes together, outcomes that count the same change, then each figure, the smallest move first."""
        rows = self.result.rows
        indicators = [outcome.indicator for outcome in self.outcomes]
        sets = switching.same_change(rows.stakeholders, indicators, [float(one) for one in rows.quantity])
        case = self.ranges.case
        return [*switching.groups(case, sets=sets), *switching.nearest_first(list(switching.each(case)))]

    def as_data(self) -> dict[str, Any]:
        """``range`` and ``sensitivity`` as plain values for JSON, unrounded."""
        data: dict[str, Any] = {}
        if beside := self.headline:
            data["headline"] = {
                "low": beside.low,
                "middle": beside.middle,
                "high": beside.high,
                "own_ranges": beside.own,
                "banded": beside.banded,
                "draws": beside.draws,
                "seed": beside.seed,
                "made": beside.made_from("the file’s"),
                "rule": f"{beside.rule} {EXACT}",
            }
        if drawn := self.simulation:
            data["range"] = {
                "p05": drawn.p05,
                "p50": drawn.p50,
                "p95": drawn.p95,
                "chance_above_1": drawn.chance,
                "mean": drawn.mean,
                "draws": len(drawn.ratios),
                "seed": self.seed,
                "rule": f"{RULE} {EXACT}",
            }
        if self.sensitivity:
            data["sensitivity"] = {
                "tests": [{"key": t.key, "name": t.name, "ratio": t.ratio, "note": t.why} for t in self.tests],
                "switching_values": [_switch(switch) for switch in self.switches],
            }
        return data

    def as_lines(self) -> list[str]:
        """The same to read on a terminal."""
        lines: list[str] = []
        if beside := self.headline:
            lines += ["", *textwrap.wrap(beside.said("the file’s"), WIDTH)]
            if not self.simulation:
                lines += textwrap.wrap(f"{beside.rule} {EXACT}", WIDTH)
        if drawn := self.simulation:
            lines += ["", *textwrap.wrap(in_words(drawn), WIDTH), *textwrap.wrap(leaning(drawn), WIDTH)]
            lines += textwrap.wrap(f"{made_from(drawn, self.ranges)} {RULE} {EXACT}", WIDTH)
        if self.sensitivity:
            tests = [(t.name, t.why if t.ratio is None else _ratio(t.ratio)) for t in self.tests]
            lines += ["", *aligned([("What if", "Ratio"), *tests], left=1)]
            found = [switch for switch in self.switches if switch.at is not None]
            rows = [(s.name, switching.now_words(s), switching.at_words(s)) for s in found]
            lines += ["", *aligned([("Figure", "Now", "Ratio is 1 at"), *rows], left=1)]
            if others := len(self.switches) - len(found):
                lines.append(f"For the other {others} figures, no possible value makes the ratio 1.")
        return lines


def _ratio(value: float) -> str:
    return pounds(value, pence=True).replace("£", "")


def _switch(switch: switching.Switch) -> dict[str, Any]:
    return {
        "name": switch.name,
        "figure": switch.figure,
        "rows": [row + 1 for row in switch.rows],
        "now": switch.now,
        "at": switch.at,
        "factor": switch.factor,
        "note": switch.why,
    }
