"""Stage 4, Analyse (AN-1 to AN-15): the forecast SROI as six steps that a group can walk, and the tools around it."""

from collections.abc import Callable
from typing import Any, ClassVar

from pspworkbook import guide
from pspworkbook.charts import sroi as pictures
from pspworkbook.charts.picture import Picture
from pspworkbook.methods.findings import StageGap, number_of
from pspworkbook.methods.progress import RULE
from pspworkbook.methods.sroi import ForecastResult, ImpactMap, forecast, in_words, payback_words, purse
from pspworkbook.methods.sroi.evidence import rests_on
from pspworkbook.methods.sroi.gaps import Gap
from pspworkbook.methods.sroi.headline import QUICK_ROWS, Known
from pspworkbook.methods.sroi.signs import as_meant, odd_sign
from pspworkbook.methods.words import pounds
from pspworkbook.records import Outcome, Stakeholder
from pspworkbook.stages.analyse import (
    gains,
    journey,
    links,
    market,
    people,
    proxies,
    report,
    scope,
    scrutiny,
    sharing,
    uncertainty,
)
from pspworkbook.stages.analyse.spreadsheet import spreadsheet
from pspworkbook.stages.analyse.theory import theory_words
from pspworkbook.stages.facts.worked import NO_RATIO, Worked, work_out
from pspworkbook.stages.page import opened, words
from pspworkbook.stages.progress import forecast_gaps, gaps_of
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.confirm import Confirm
from pspworkbook.widgets.register import Derived, Register, Remark
from pspworkbook.widgets.session import SOON
from pspworkbook.widgets.since import Since

KINDS = ["forecast", "stakeholder", "input", "outcome"]
RANGED = [*KINDS, "figure_range", "simulation", "simulation_run"]
"""What the range beside the ratio rests on."""
GROUPS = ("name", "sector", "people", "included", "reason", "involved")
EVIDENCE = (
    "stakeholder",
    "outcome",
    "indicator",
    "source",
    "sample",
    "sample_of",
    "sample_chosen",
    "quantity",
    "amount",
    "duration",
    "evidence_years",
    "starts",
    "grade",
    "importance",
    "proxy",
    "financial_proxy",
    "proxy_source",
    "proxy_year",
    "proxy_licence",
    "proxy_from",
)
IMPACT = (
    "outcome",
    "deadweight",
    "displacement",
    "attribution",
    "drop_off",
    "who_benefits",
    "claim_reason",
    "cashable",
    "budget_holder",
    "cashable_when",
)


def _odd_sign(outcome: Outcome) -> Remark | None:
    """What stands under an outcome of which nobody can tell whether it is a gain or a loss."""
    odd = odd_sign(outcome)
    return (odd.sentence, {mend.key: (mend.words, mend.values) for mend in odd.mends}) if odd else None


class Analyse(ToolPage):
    """The page of stage 4."""

    STAGE: ClassVar[str] = "analyse"
    drawn: tuple[str, Known] | None = None
    """The possible worlds that were last drawn on this page: the mark of their figures, and their range."""

    @property
    def worked(self) -> Worked:
        """The forecast as it stands: ``stage.worked.result`` to go on with."""
        return work_out(self.session.now)

    @property
    def gaps(self) -> list[Gap]:  # type: ignore[override]
        """What is still missing from the forecast, step by step."""
        now = self.session.now
        return forecast_gaps(now)

    @property
    def all_gaps(self) -> list[Gap | StageGap]:
        """What is still missing from the stage: from the forecast, and from the tools beside it."""
        return list(gaps_of(self.session.now, "analyse"))

    def way(self) -> None:
        """What still stands in the way, and the six steps."""
        self.show(self.passage("way", self._way, [], live=False), Since(self.session, self.STAGE))

    def _way(self) -> dict[str, Any]:
        stops = [gap for gap in self.gaps if gap.stops]
        steps = [{"step": step, **self._how_far(step.key)} for step in guide.sroi().steps]
        return {
            "gaps": stops or self.all_gaps,
            "more": len(self.all_gaps) - len(stops) if stops else 0,
            "steps": steps,
            "status": self.status,
            "unsettled": scrutiny.unsettled(self),
            "rule": RULE,
            "tools": [tool for tool in guide.tools().values() if tool.stage == self.STAGE],
        }

    def _how_far(self, step: str) -> dict[str, Any]:
        """What a step still needs, in words; a step that rests on an earlier one is never done before that."""
        count = sum(gap.step == step for gap in self.gaps)
        wait = ""
        if step in ("evidence", "impact") and not self.outcomes():
            wait = "first describe an outcome"
        elif step not in ("scope", "stakeholders", "outcomes", "evidence", "impact"):
            worked = self.worked
            wait = (
                "" if worked.by_weights or (worked.result and worked.result.sroi_ratio is not None) else "no ratio yet"
            )
        missing = f"{number_of(count, 'thing')} missing" if count else "nothing missing"
        return {"done": not count and not wait, "words": wait or missing}

    def _first(self) -> dict[str, str] | None:
        """What steps 4 to 6 wait for; None as soon as an outcome is described."""
        begin = self.begin("outcome")
        return {**begin, "href": begin["href"] and "#outcomes-add", "kind": "outcomes"} if begin else None

    def stakeholder_map(self) -> None:
        """Who matters, and who supports it (AN-6)."""
        people.stakeholder_map(self)

    def customer_journey(self) -> None:
        """Somebody's steps as they are and as they should be, and what the design must therefore do (AN-5)."""
        journey.customer_journey(self)

    def principles(self) -> None:
        """The principles of SROI: seven in 2011, eight today."""
        self.show(self.passage("principles", lambda: {"principles": guide.sroi().principles}, ["-"]))

    def step(self, key: str) -> None:
        """One of the first five steps: why, what is missing, the register to fill, common mistakes."""
        step = next(step for step in guide.sroi().steps if step.key == key)
        tool = guide.tools()["AN-3"]
        self.show(
            self.passage(
                "step",
                lambda: {
                    "step": step,
                    "tool": tool,
                    "gaps": [gap for gap in self.gaps if gap.step == key],
                    "begin": self._first() if key in ("evidence", "impact") else None,
                },
                KINDS,
            ),
            *getattr(self, f"_{key}")(),
        )

    def _scope(self) -> list[Any]:
        return [*links.for_scope(self), Register(self.session, "forecast"), self.notes("V-03")]

    def _stakeholders(self) -> list[Any]:
        inputs = Register(self.session, "input", caption="Inputs: what each of them puts in", total="All inputs")

        def add_up() -> None:
            total = sum(entry.record.value or 0 for entry in self.session.now.records("input"))
            inputs.derive(
                [
                    Derived(
                        "Counts, £",
                        {
                            entry.id: pounds(entry.record.value)
                            for entry in self.session.now.records("input")
                            if entry.record.value is not None
                        },
                        pounds(total),
                    )
                ]
            )

        add_up()
        self.session.watch(["input"], add_up, SOON)
        return [
            *links.for_stakeholders(self),
            Register(
                self.session, "stakeholder", only=GROUPS, caption="Stakeholders: who changes, and who makes it happen"
            ),
            inputs,
            *links.for_inputs(self),
            self._so_far(),
        ]

    def _so_far(self) -> Any:
        """The ratio as it stands, beside the figures that it is made of: nobody should have to scroll to see it move.

        The range of a long map follows when nothing else waits.
        """

        def facts(*, wait: bool = False) -> dict[str, Any]:
            worked = self.worked
            later = wait and worked.result is not None and len(worked.result.rows) > QUICK_ROWS
            range_ = None if later else uncertainty.headline_of(self)
            return {
                "worked": worked,
                "result": worked.result,
                "gaps": len(self.gaps),
                "range": range_,
                "begin": self._first(),
            }

        part = self.passage("so_far", lambda: facts(wait=self.session.somebody_looks), RANGED, when=SOON)

        def whole() -> None:
            part.show(words("so_far", **facts()))

        self.session.watch(RANGED, whole)
        self.session.defer(whole)
        return part

    def _outcomes(self) -> list[Any]:
        return [
            Register(
                self.session,
                "outcome",
                name="outcomes",
                remark=_odd_sign,
                adjust=as_meant,
                caption="Outcomes: what changes, and for whom",
                shown={
                    "stakeholder": "mid",
                    "outcome": "wide",
                    "description": "wide",
                    "direction": "narrow",
                    "intention": "narrow",
                },
            ),
            *links.for_outcomes(self),
        ]

    def _evidence(self) -> list[Any]:
        return [
            Register(
                self.session,
                "outcome",
                name="evidence",
                remark=_odd_sign,
                adjust=as_meant,
                only=EVIDENCE,
                fixed=True,
                added_in=("outcomes", "in step 3"),
                caption="Evidence and value: how we know, and what one change is worth",
                shown={
                    "indicator": "wide",
                    "quantity": "narrow",
                    "duration": "narrow",
                    "starts": "narrow",
                    "financial_proxy": "narrow",
                    "proxy_source": "wide",
                },
            ),
            *proxies.shelf(self),
            self._so_far(),
        ]

    def _impact(self) -> list[Any]:
        register = Register(
            self.session,
            "outcome",
            name="impact",
            remark=_odd_sign,
            adjust=as_meant,
            only=IMPACT,
            fixed=True,
            added_in=("outcomes", "in step 3"),
            total="All outcomes",
            caption="Impact: what we can claim",
            shown={
                "deadweight": "narrow",
                "displacement": "narrow",
                "attribution": "narrow",
                "drop_off": "narrow",
                "who_benefits": "mid",
            },
        )

        def derive() -> None:
            worked = self.worked
            if worked.result is None:
                register.derive([])
                return
            impact, present = worked.result.impact, worked.result.present_value_by_outcome
            register.derive(
                [
                    Derived(
                        "Impact, £ a year",
                        {id_: pounds(float(value)) for id_, value in zip(worked.ids, impact, strict=True)},
                        pounds(float(impact.sum())),
                    ),
                    Derived(
                        "Present value, £",
                        {id_: pounds(float(value)) for id_, value in zip(worked.ids, present, strict=True)},
                        pounds(worked.result.total_present_value),
                    ),
                ]
            )

        derive()
        self.session.watch(KINDS, derive, SOON)
        return [register, self._so_far()]

    def result(self) -> None:
        """Step 6: the ratio as a sentence with its range and limits, the charts, and agreement."""
        step = guide.sroi().steps[-1]
        tool = guide.tools()["AN-3"]
        self.show(self.passage("step", lambda: {"step": step, "tool": tool, "gaps": [], "begin": None}, ["-"]))
        self.show(self.passage("result", self._result, RANGED, live=True))
        drawn = [
            (Chart(self._drawn(picture)), picture)
            for picture in (
                pictures.gross_to_present,
                pictures.value_over_time,
                pictures.who_gains,
                pictures.by_stakeholder,
            )
        ]

        def draw() -> None:
            for chart, picture in drawn:
                chart.show(self._drawn(picture))

        self.session.watch(KINDS, draw)
        *way, gains_, theirs = [chart for chart, _ in drawn]
        self.show(*way, self.passage("two_ways", lambda: {"said": purse.TWO_WAYS}, ["-"]), gains_, theirs)
        self.show(self.passage("limits", lambda: {"limits": guide.sroi().limitations, "tool": tool}, ["-"]))

    def _drawn(self, picture: Callable[[ForecastResult], Picture]) -> Picture:
        worked = self.worked
        drawn = picture(worked.result if worked.result is not None else forecast(ImpactMap.of([]), 0))
        return Picture(drawn.title, NO_RATIO) if worked.by_weights else drawn

    def _result(self) -> dict[str, Any]:
        worked, scope = self.worked, self.session.now.the("forecast").record
        return {
            "worked": worked,
            "gaps": len(self.gaps),
            "result": worked.result,
            "scope": scope,
            "sentence": in_words(worked.result) if worked.result else "",
            "range": uncertainty.headline_of(self),
            "payback": payback_words,
            "rests": rests_on(self._counted_groups()),
            "begin": self._first(),
        }

    def _counted_groups(self) -> list[Stakeholder]:
        """The stakeholders for whom something is counted, each once; an outcome of nobody counts as one who was not asked."""
        outcomes, groups = dict(self.rows("outcome")), dict(self.rows("stakeholder"))
        counted = dict.fromkeys(outcomes[id_].stakeholder or "" for id_ in self.worked.ids)
        return [groups.get(id_, Stakeholder()) for id_ in counted]

    def theory_of_change(self) -> None:
        """What goes in, what is done, what changes for whom, and what lasts: drawn from the rows, with its list."""
        self.show(self.passage("theory", lambda: theory_words(self.session.now), KINDS))

    def ranges(self) -> None:
        """How sure are we? The range of each figure."""
        uncertainty.show_ranges(self)

    def worlds(self) -> None:
        """How sure are we? Many possible worlds instead of one ratio, and what to find out more about first."""
        uncertainty.show_worlds(self)

    def tests(self) -> None:
        """How sure are we? The customary tests, one figure at a time, and switching values."""
        uncertainty.show_tests(self)

    def scenarios(self) -> None:
        """How sure are we? Named scenarios side by side."""
        uncertainty.show_scenarios(self)

    def sceptic(self) -> None:
        """Would it stand up to scrutiny? What a sceptic would ask, and what is answered."""
        scrutiny.sceptic(self)

    def chains(self) -> None:
        """Would it stand up to scrutiny? The chain of evidence of each outcome, and whether it is well defined."""
        scrutiny.chains(self)

    def material(self) -> None:
        """Would it stand up to scrutiny? What is material, and what was left out, by whom and why."""
        scrutiny.material_test(self)

    def gains(self) -> None:
        """Who gains: cash or capacity for the public purse, and the same outcomes by importance without money."""
        gains.show(self)

    def audit(self) -> None:
        """Would it stand up to scrutiny? The principles one by one, and who verified the figures."""
        scrutiny.principles(self)

    def spreadsheet(self) -> None:
        """The impact map as a spreadsheet that lives, and an edited one back."""
        self.show(*spreadsheet(self.session))

    def report(self) -> None:
        """The SROI report as a Word file and as a web page."""
        self.show(*report.buttons(self.session))

    def sharing(self) -> None:
        """What data is shared, on what ground, and who signed (AN-1)."""
        sharing.show(self)

    def good_enough(self) -> None:
        """Which gaps would turn the decision round, and which can stay open (AN-2)."""
        scope.good_enough(self)

    def scope_ambition(self) -> None:
        """Is the scope too narrow, right or too broad, and how has it changed (AN-10)?"""
        scope.ambition(self)

    def expectations(self) -> None:
        """Do the sectors expect the same of one another (AN-13)?"""
        scope.between(self)

    def influence(self) -> None:
        """Who took part, how early, and what changed because of it (AN-14)."""
        scope.shaped(self)

    def pestel(self) -> None:
        """What bears on the service from outside (AN-7)."""
        market.factors(self)

    def reading(self) -> None:
        """Guidance and research (AN-8), and the business case (AN-9)."""
        market.reading(self)

    def demand(self) -> None:
        """How many might come, and is there room (AN-11)?"""
        market.estimate(self)

    def routes(self) -> None:
        """Which ways to procure might fit (AN-12)?"""
        market.routes(self)

    def lessons(self) -> None:
        """What the pilots learned, and what people ask."""
        self.cards("AN-15")

    def agree(self) -> None:
        """Say that the partnership agrees with this stage as it stands."""
        self.show(Confirm(self.session, self.STAGE, lambda: self.status, lambda: self.all_gaps))


def open(name: str | None = None) -> Analyse:
    """The page of stage 4 on the workbook of this name, or on the one in use."""
    return opened(Analyse, name)  # type: ignore[no-any-return]
