"""How sure the result is: ranges, possible worlds, one figure at a time, switching values, scenarios."""

from collections.abc import Iterator

from pspworkbook.charts import doubt as pictures
from pspworkbook.documents.blocks import Block, Heading, Points, Say, Table
from pspworkbook.documents.sroi_report.facts import ReportFacts
from pspworkbook.documents.sroi_report.result import figure_of
from pspworkbook.documents.sroi_report.shown import ratio
from pspworkbook.methods.sroi import switching
from pspworkbook.methods.sroi.ranges import RULE, Ranges
from pspworkbook.methods.sroi.sensitivity import customary_tests, swings
from pspworkbook.methods.sroi.sobol import RULE as WEIGHTS_RULE
from pspworkbook.methods.sroi.worlds import made_from
from pspworkbook.methods.words import pounds, sentences
from pspworkbook.records.doubt import FIGURES as TITLES

MOST_SWITCHES = 12
MOST_SWINGS = 12


def doubt(f: ReportFacts) -> Iterator[Block]:
    """All that bears on how sure the ratio is; one sentence while there is none."""
    ranges = f.ranges
    if ranges is None or f.ratio is None:
        yield Say("There is no ratio yet, so there is nothing to be sure or unsure of.", "missing")
        return
    yield Heading("Possible worlds")
    if f.simulation is not None:
        yield from figure_of(pictures.worlds(f.simulation), 0.75)
        yield from figure_of(pictures.spread(f.simulation))
        yield Say(made_from(f.simulation, ranges), "small")
    yield Heading("The ranges")
    rows = list(_given(f, ranges))
    if rows:
        head = ("Figure", "At the lowest", "As entered", "At the highest", "Why this range")
        yield Table("Ranges that the group has given", head, rows, (5, 2, 2, 2, 5.5), frozenset({1, 2, 3}))
    else:
        yield Say("The group has given no range of its own; all come from the rule.")
    yield Say(RULE, "small")
    if f.weights:
        yield Heading("What to find out more about first")
        yield from figure_of(pictures.what_matters(f.weights), title="How much of the uncertainty hangs on each figure")
        yield Say(WEIGHTS_RULE, "small")
    yield Heading("One figure at a time")
    found = swings(ranges)
    picture = pictures.tornado(found, f.ratio)
    yield from figure_of(picture)
    if picture.rows:
        yield Table("The ratio with one figure at either end of its range", picture.head, picture.rows[:MOST_SWINGS], (6, 4, 2, 2, 2.5), frozenset({2, 3}))  # fmt: skip
        if len(picture.rows) > MOST_SWINGS:
            yield Say("The figures that move the ratio less are not shown.", "small")
    yield from _tests(f, ranges)
    yield from _switches(f, ranges)
    yield from _scenarios(f)


def _given(f: ReportFacts, ranges: Ranges) -> Iterator[tuple[str, ...]]:
    for (figure, row), own in ranges.given.items():
        drawn = float(ranges.low[figure][row]), float(ranges.high[figure][row])
        low = drawn[0] if own.low is None else own.low
        high = drawn[1] if own.high is None else own.high
        now = float(ranges.case.figure(figure)[row])
        name = f"{ranges.case.name(figure, row)}: {TITLES[figure][:1].lower()}{TITLES[figure][1:]}"
        words = (switching.figure_words(figure, value) for value in (low, now, high))
        clash = f"The figure as entered lies outside this range; it was drawn from {' to '.join(switching.figure_words(figure, end) for end in drawn)}" if own.clashes(now) else ""  # fmt: skip
        yield name, *words, sentences([own.reason or "No reason is given", clash])


def _tests(f: ReportFacts, ranges: Ranges) -> Iterator[Block]:
    yield Heading("The customary tests")
    rows = [
        (one.name, ratio(one.ratio) if one.ratio is not None else one.why, one.below(_goal(f)))
        for one in customary_tests(ranges.case, ranges.grades)
    ]
    rows.insert(0, ("As entered", ratio(f.ratio), ""))
    yield Table("What published reports most often try", ("What is changed", "Ratio", "Note"), rows, (9.5, 3.5, 3.5), frozenset({1}))  # fmt: skip


def _goal(f: ReportFacts) -> float:
    return f.simulation.settings.threshold if f.simulation is not None else 1.0


def _switches(f: ReportFacts, ranges: Ranges) -> Iterator[Block]:
    goal = _goal(f)
    yield Heading("Switching values")
    yield Say(f"How far one assumption would have to move, all else as entered, before the ratio comes to {switching.plain_ratio(goal)}.")  # fmt: skip
    groups = list(switching.groups(ranges.case, goal, f.same_change))
    single = switching.nearest_first(list(switching.each(ranges.case, goal)))
    shown = [one for one in single if one.at is not None][:MOST_SWITCHES]
    head = ("Assumption", "Now", "It would have to be")
    for about, found in (("Several figures together", groups), ("Single figures, the nearest first", shown)):
        rows = [(one.name, switching.now_words(one), switching.at_words(one)) for one in found]
        if rows:
            yield Table(about, head, rows, (8, 3, 5.5))
    if not any(one.at is not None for one in single):
        yield Say("No single figure can bring the ratio there by itself.")


def _scenarios(f: ReportFacts) -> Iterator[Block]:
    yield Heading("Scenarios")
    if not f.scenarios:
        yield Say("No scenario was tried.", "missing")
        return
    picture = pictures.scenarios(f.scenarios, f.ratio)
    yield from figure_of(picture)
    rows = [
        (one.name, ratio(one.ratio) if one.ratio is not None else one.why, pounds(one.total), pounds(one.investment))
        for one in f.scenarios
    ]
    yield Table("Scenarios in figures", ("Scenario", "Ratio", "Total present value", "Put in"), rows, (6, 3, 4, 3.5), frozenset({1, 2, 3}))  # fmt: skip
    yield Points([(f"{one.name}:", sentences([one.story, *one.changes])) for one in f.scenarios])  # fmt: skip
