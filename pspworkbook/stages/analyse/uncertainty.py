"""How sure are we? Ranges, possible worlds, customary tests, switching values, what matters most, scenarios (AN-3)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pspworkbook.charts import doubt as pictures
from pspworkbook.charts.picture import Picture
from pspworkbook.methods.sroi import scenarios, switching
from pspworkbook.methods.sroi.case import INPUT, Case
from pspworkbook.methods.sroi.headline import Headline, Known, headline
from pspworkbook.methods.sroi.ranges import RULE, Ranges, gaps, given_ranges, ranges
from pspworkbook.methods.sroi.sensitivity import customary_tests, swings
from pspworkbook.methods.sroi.simulate import TOGETHER, Settings
from pspworkbook.methods.sroi.sobol import RULE as WEIGHTS_RULE
from pspworkbook.methods.sroi.worlds import in_words, leaning, made_from
from pspworkbook.methods.words import day
from pspworkbook.records.doubt import SimulationRun
from pspworkbook.stages.facts.worked import work_out
from pspworkbook.stages.page import Page, words
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.passage import Passage
from pspworkbook.widgets.register import Derived, Register
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.simulate import Drawn, Simulate
from pspworkbook.widgets.snapshot import Snapshot

FIGURES = ["forecast", "stakeholder", "input", "outcome", "figure_range"]
KINDS = [*FIGURES, "simulation"]
SCENARIOS = ["scenario", "scenario_change"]
MOST_SWITCHES, MOST_LISTED = 8, 100
SCENARIO_COLUMNS = {"name": "mid", "story": "wide"}
CHANGE_COLUMNS = {"scenario": "mid", "outcome": "mid", "figure": "mid", "change": "narrow", "why": "wide"}
RANGE_COLUMNS = {"outcome": "mid", "figure": "mid", "low": "narrow", "high": "narrow", "reason": "wide"}


@dataclass(frozen=True, eq=False)
class Doubt:
    """The forecast made ready to be doubted: its ranges, and which record each row of outcomes and inputs came from."""

    ranges: Ranges
    outcome_ids: tuple[str, ...]
    input_ids: tuple[str, ...]
    same_change: dict[str, list[int]]

    @property
    def case(self) -> Case:
        """The figures as entered."""
        return self.ranges.case


def doubt_of(now: Snapshot) -> Doubt | None:
    """The ranges of the forecast; None while there is no ratio."""
    return now.once(("doubt",), lambda: _doubt_of(now))  # type: ignore[no-any-return]


def _doubt_of(now: Snapshot) -> Doubt | None:
    worked = work_out(now)
    result = worked.result
    if result is None or result.sroi_ratio is None:
        return None
    outcomes = {entry.id: entry.record for entry in now.records("outcome")}
    counted = [outcomes[id_] for id_ in worked.ids]
    inputs = [entry for entry in now.records("input") if entry.record.value is not None]
    input_ids = tuple(entry.id for entry in inputs)
    case = Case.of(result, [(entry.record.label(), entry.record.value) for entry in inputs])
    found = ranges(
        case,
        [outcome.grade or "" for outcome in counted],
        [entry.record.grade or "" for entry in inputs],
        given_ranges([entry.record for entry in now.records("figure_range")], worked.ids, input_ids),
    )
    indicators = [outcome.indicator for outcome in counted]
    same = switching.same_change(result.stakeholders, indicators, [float(one) for one in result.rows.quantity])
    return Doubt(found, tuple(worked.ids), input_ids, same)


def settings_of(now: Snapshot) -> Settings:
    """How the workbook wants its range worked out."""
    chosen = now.the("simulation").record
    return Settings(
        draws=int(chosen.draws or 100_000),
        seed=int(chosen.seed if chosen.seed is not None else 2011),
        threshold=chosen.threshold if chosen.threshold is not None else 1.0,
        shape=chosen.shape or "pert",
        rank_correlation=TOGETHER[chosen.together or "none"],
    )


def headline_of(page: Any) -> Headline | None:
    """The range beside the ratio; None while there is no ratio.

    Where the possible worlds of these very figures are known, from the store or from this page, their range is the one:
    a page says one range, not two.
    """
    return headline_now(page.session.now, page.drawn)


def headline_now(now: Snapshot, drawn: tuple[str, Known] | None = None) -> Headline | None:
    """The same without a page, where nothing has been ``drawn`` that is not in the store."""

    def work() -> Headline | None:
        result, settings, doubt = work_out(now).result, settings_of(now), doubt_of(now)
        if result is None or doubt is None:
            return None
        stored = now.the("simulation_run").record
        mark, known = mark_of(doubt.ranges, settings), None
        if stored.figures == mark:
            known = Known(stored.low, stored.middle, stored.high, int(stored.draws))
        elif drawn is not None and drawn[0] == mark:
            known = drawn[1]
        return headline(result, doubt.ranges, settings, known)

    return now.once(("headline", drawn[0] if drawn else ""), work)  # type: ignore[no-any-return]


def _doubt(page: Any) -> Doubt | None:
    return doubt_of(page.session.now)


def _rows(session: Session, kind: str) -> list[tuple[str, Any]]:
    return [(entry.id, entry.record) for entry in session.now.records(kind)]


def _drawn_live(page: Page, picture: Callable[[], Picture], kinds: list[str]) -> Chart:
    chart = Chart(picture())
    page.session.watch(kinds, lambda: chart.show(picture()))
    return chart


# The cells -----------------------------------------------------------------------------------------------------------


def show_ranges(page: Page) -> None:
    """The register of ranges, what is odd in it, and the rule where nobody gave one."""
    register = Register(
        page.session, "figure_range", shown=RANGE_COLUMNS, empty="No range yet: the rule below stands in."
    )
    register.derive(_entered(page))
    page.session.watch(["figure_range", "outcome", "input"], lambda: register.derive(_entered(page)))
    page.show(
        register,
        page.passage("doubt_ranges", lambda: {"doubt": _doubt(page), "rule": RULE}, FIGURES),
        page.passage("findings", lambda: _range_findings(page), ["figure_range", "outcome", "input"]),
    )


def _entered(page: Page) -> list[Derived]:
    """The figure that each range belongs to, as it was entered: the most likely one, between the two ends."""
    known = {kind: dict(_rows(page.session, kind)) for kind in ("outcome", "input")}
    values = {}
    for id_, row in _rows(page.session, "figure_range"):
        of_input = row.figure == INPUT
        owner = known["input" if of_input else "outcome"].get((row.input if of_input else row.outcome) or "")
        now = getattr(owner, row.figure) if owner is not None and row.figure else None
        values[id_] = "–" if now is None else switching.figure_words(row.figure, now)
    return [Derived("As entered (most likely)", values)]


def _range_findings(page: Page) -> dict[str, Any]:
    outcomes, inputs = dict(_rows(page.session, "outcome")), dict(_rows(page.session, "input"))
    found = list(gaps(_rows(page.session, "figure_range"), outcomes, inputs))
    return {"findings": found, "title": "Look at these ranges", "rule": "", "fine": ""}


def show_worlds(page: Any) -> None:
    """The settings, the button, and what the possible worlds come to."""
    says = Passage(_said(page, None))
    blank: list[tuple[Chart, Callable[[Drawn | None], Picture]]] = [
        (Chart(draw(None)), draw) for draw in (_worlds, _spread, _contributions, _what_matters)
    ]

    def done(drawn: Drawn | None) -> None:
        if drawn is not None:
            page.drawn = (mark_of(drawn.ranges, drawn.simulation.settings), Known.of(drawn.simulation))
            page.session.tell(["simulation_run"])  # the range beside the ratio is this one from now on
        says.show(_said(page, drawn))
        for chart, draw in blank:
            chart.show(draw(drawn))

    def prepare() -> tuple[Ranges | None, Settings]:
        doubt = _doubt(page)
        return (doubt.ranges if doubt else None), settings_of(page.session.now)

    def keep(drawn: Drawn) -> None:
        if page.workbook.may_edit("simulation_run"):  # whoever may not set how it is drawn may look all the same
            page.workbook.keep(run_of(drawn))
            page.session.follow()

    button = Simulate(page.session, prepare, done, KINDS, keep)
    page.session.watch(["simulation_run", *KINDS], lambda: says.show(_said(page, button.result)))
    if page.session.now.the("simulation_run").at is not None:
        button.recall()
    worlds, spread, contributions, matters = (chart for chart, _ in blank)
    rule = Passage(words("doubt_rule", title="How “what matters most” is worked out", rule=WEIGHTS_RULE))
    settings = Register(page.session, "simulation")
    page.show(settings, button, says, worlds, spread, matters, rule, contributions)


def run_of(drawn: Drawn) -> SimulationRun:
    """A simulation as it is stored: enough to show it again, to draw it again, and to see whether it still holds."""
    found, settings = drawn.simulation, drawn.simulation.settings
    return SimulationRun(
        said=in_words(found),
        draws=len(found.ratios),
        seed=settings.seed,
        rank_correlation=settings.rank_correlation,
        shape=settings.shape,
        threshold=settings.threshold,
        low=found.p05,
        middle=found.p50,
        high=found.p95,
        chance=found.chance,
        made_from=made_from(found, drawn.ranges),
        figures=mark_of(drawn.ranges, settings),
    )


def mark_of(ranges: Ranges, settings: Settings) -> str:
    """What tells whether a stored simulation still holds: it is another when a figure or a setting is."""
    return f"{ranges.mark} {settings.draws} {settings.seed} {settings.shape} {settings.rank_correlation:g} {settings.threshold:g}"


def _said(page: Any, drawn: Drawn | None) -> Markup:
    """The result in words: as just drawn, otherwise as it was stored; one that is out of date is never the result."""
    facts: dict[str, Any] = {"sentence": "", "made": "", "leaning": "", "stored": None, "when": "", "since": False}
    stored = page.session.now.the("simulation_run")
    facts["range"] = headline_of(page) if drawn is not None or stored.at is not None else None
    if stored.at is not None:
        doubt = _doubt(page)
        now = mark_of(doubt.ranges, settings_of(page.session.now)) if doubt else ""
        facts |= {
            "stored": stored.record,
            "when": day(stored.at.astimezone().date()),
            "since": now != stored.record.figures,
        }
    if drawn is not None:
        facts["sentence"], facts["leaning"] = in_words(drawn.simulation), leaning(drawn.simulation)
        facts["made"] = made_from(drawn.simulation, drawn.ranges)
    return words("doubt_worlds", drawn=drawn, **facts)


def _worlds(drawn: Drawn | None) -> Picture:
    return pictures.worlds(drawn.simulation if drawn else None)


def _spread(drawn: Drawn | None) -> Picture:
    return pictures.spread(drawn.simulation if drawn else None)


def _contributions(drawn: Drawn | None) -> Picture:
    names = drawn.ranges.case.rows.outcomes if drawn else ()
    return pictures.contributions(drawn.simulation if drawn else None, names)


def _what_matters(drawn: Drawn | None) -> Picture:
    return pictures.what_matters(drawn.weights if drawn else None)


def show_tests(page: Page) -> None:
    """The customary tests, one figure at a time, and how far each could move."""
    page.show(
        page.passage("doubt_tests", lambda: _tests(page), KINDS),
        _drawn_live(page, lambda: _tornado(page), FIGURES),
        page.passage("doubt_switching", lambda: _switching(page), KINDS),
    )


def _tests(page: Page) -> dict[str, Any]:
    doubt = _doubt(page)
    if doubt is None:
        return {"tests": [], "ratio": None}
    tests, goal = customary_tests(doubt.case, doubt.ranges.grades), settings_of(page.session.now).threshold
    return {"tests": [(test, test.why or test.below(goal)) for test in tests], "ratio": doubt.case.ratio}


def _tornado(page: Page) -> Picture:
    doubt = _doubt(page)
    return pictures.tornado(swings(doubt.ranges) if doubt else [], doubt.case.ratio if doubt else None)


def _switching(page: Page) -> dict[str, Any]:
    doubt, goal = _doubt(page), settings_of(page.session.now).threshold
    if doubt is None:
        return {"ratio": None, "goal": "", "groups": [], "nearest": [], "rest": [], "more": 0}
    groups = list(switching.groups(doubt.case, goal, doubt.same_change))
    single = switching.nearest_first(list(switching.each(doubt.case, goal)))
    nearest = [switch for switch in single if switch.at is not None][:MOST_SWITCHES]
    shown = {id(switch) for switch in nearest}
    rest = [switch for switch in single if id(switch) not in shown]

    def line(switch: switching.Switch) -> tuple[str, str, str]:
        return switch.name, switching.now_words(switch), switching.at_words(switch)

    return {
        "ratio": doubt.case.ratio,
        "goal": switching.plain_ratio(goal),
        "groups": [line(switch) for switch in groups],
        "nearest": [line(switch) for switch in nearest],
        "rest": [line(switch) for switch in rest[:MOST_LISTED]],
        "more": max(0, len(rest) - MOST_LISTED),
    }


def show_scenarios(page: Page) -> None:
    """Named scenarios, what is different in each, and how they compare."""
    kinds = [*FIGURES, *SCENARIOS]
    starters = [dict(values) for values in scenarios.STARTERS]
    page.show(
        Register(
            page.session, "scenario", shown=SCENARIO_COLUMNS, seed=starters, empty="Begin with low, central and high."
        ),
        Register(page.session, "scenario_change", shown=CHANGE_COLUMNS, empty="Nothing else is different."),
        _drawn_live(page, lambda: _compared(page), kinds),
        page.passage("doubt_scenarios", lambda: {"played": _played(page)}, kinds),
        page.passage("findings", lambda: _scenario_findings(page), kinds),
    )


def _played(page: Page) -> list[scenarios.Played]:
    doubt = _doubt(page)
    if doubt is None:
        return []
    changes = [record for _, record in _rows(page.session, "scenario_change")]
    known = _rows(page.session, "scenario")
    return scenarios.play(doubt.ranges, known, changes, doubt.outcome_ids, doubt.input_ids)


def _compared(page: Page) -> Picture:
    doubt = _doubt(page)
    return pictures.scenarios(_played(page), doubt.case.ratio if doubt else None)


def _scenario_findings(page: Page) -> dict[str, Any]:
    ids = {kind: [id_ for id_, _ in _rows(page.session, kind)] for kind in ("outcome", "input")}
    found = list(scenarios.gaps(_rows(page.session, "scenario"), _rows(page.session, "scenario_change"), ids))
    return {"findings": found, "title": "Look at these scenarios", "rule": "", "fine": ""}
