"""Stage 7, Review (RV-1 to RV-11): what happened beside what was forecast, what people say, and what comes next."""

import datetime as dt
from typing import Any, ClassVar

from pspworkbook import guide
from pspworkbook.charts.review import again_picture, bridge_picture
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.outcomes import RULE as OUTPUT_RULE
from pspworkbook.methods.outcomes import looks_like_output
from pspworkbook.methods.plan import pilot_terms
from pspworkbook.methods.review import calendar, evaluative, methods, views
from pspworkbook.methods.sroi import GREEN_BOOK, flat_rate
from pspworkbook.stages.analyse.worked import work_out
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.page import opened
from pspworkbook.stages.review import files
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers

SROI = ["forecast", "stakeholder", "input", "outcome", "actual", "actual_input"]
ACTUALS = {"outcome": "wide", "name": "mid", "quantity": "narrow", "grade": "mid", "why": "wide"}
POINTS = {"order": "narrow", "what": "wide", "weeks": "narrow", "owner": "mid", "done": "narrow"}
SAID = {"date": "narrow", "words": "wide", "theme": "mid", "action": "wide"}


class Review(ToolPage):
    """The page of stage 7."""

    STAGE: ClassVar[str] = "review"

    def calendar(self) -> None:
        """Dates counted back from the end, so that support never breaks (RV-1)."""
        self.tool(
            "RV-1",
            self.register("review_plan"),
            self.register("review_point", shown=POINTS, seed=[{"what": what, "weeks": weeks, "order": place} for place, (what, weeks) in enumerate(calendar.USUAL, 1)], empty="Take the usual steps to begin with."),
            self.passage("review_calendar", self._calendar, ["review_plan", "review_point"]),
        )  # fmt: skip

    def _calendar(self) -> dict[str, Any]:
        plan, today = self.one("review_plan")[1], dt.date.today()
        due = calendar.calendar(plan, self.rows("review_point"), today)
        return {
            "due": due,
            "sentence": calendar.in_words(due, today),
            "plan": plan,
            "rule": calendar.RULE,
            "day": calendar.day,
        }

    # What happened

    @property
    def evaluation(self) -> evaluative.Evaluation | None:
        """Forecast and actual: ``stage.evaluation.strict`` to go on with; None while there is no ratio."""
        return self.session.now.once(("evaluation",), self._evaluate)  # type: ignore[no-any-return]

    def _evaluate(self) -> evaluative.Evaluation | None:
        now = self.session.now
        worked, actuals = work_out(now), [row for _, row in self.rows("actual")]
        if worked.result is None or worked.result.sroi_ratio is None or not actuals:
            return None
        scope, known = now.the("forecast").record, dict(self.rows("outcome"))
        try:
            return evaluative.evaluate(
                worked.result,
                [(id_, known[id_]) for id_ in worked.ids],
                actuals,
                [(id_, row) for id_, row in self.rows("input") if row.value is not None],
                [row for _, row in self.rows("actual_input")],
                rates=GREEN_BOOK if scope.discounting == "green_book" else flat_rate(scope.discount_rate if scope.discount_rate is not None else 0.035),
                discount_first_year=scope.discount_first_year is not False,
                activity_years=scope.activity_years if scope.activity_years is not None else 1.0,
            )  # fmt: skip
        except ValueError:
            return None

    def happened(self) -> None:
        """The evaluative SROI beside the forecast, and why the ratio moved (RV-2)."""
        chart = Chart(bridge_picture(self.evaluation))
        self.session.watch(SROI, lambda: chart.show(bridge_picture(self.evaluation)))
        outcomes, inputs = (
            (lambda: evaluative.seeds(self.rows("outcome"))),
            (lambda: evaluative.input_seeds(self.rows("input"))),
        )
        self.tool(
            "RV-2",
            Offers(self.session, "actual", outcomes, ["outcome"], title="Outcomes of the forecast that nobody has looked at yet"),
            self.register("actual", shown=ACTUALS, empty="Nothing is written down yet."),
            Offers(self.session, "actual_input", inputs, ["input"], title="Inputs of the forecast without an actual figure"),
            self.register("actual_input", empty="Everything counts as it was forecast."),
            self.passage("review_result", self._result, SROI, live=True),
            chart,
            self.findings(lambda: evaluative.gaps(self.rows("outcome"), self.rows("actual")), SROI, rule=evaluative.RULE),
            self.passage("limits", lambda: {"limits": guide.sroi().limitations, "tool": guide.tools()["RV-2"]}, ["-"]),
        )  # fmt: skip

    def _result(self) -> dict[str, Any]:
        found = self.evaluation
        total = sum(found.by_grade.values()) if found else 0.0
        grades = {
            "green": "measured here",
            "amber": "from comparable research",
            "red": "our own assumption",
            "": "nobody has said",
        }
        shares = [(grades[key], worth / total) for key, worth in sorted(found.by_grade.items(), key=lambda pair: -pair[1])] if found and total > 0 else []  # fmt: skip
        return {"found": found, "grades": shares}

    # What people say

    def said(self) -> None:
        """Feedback, its themes, and “you said, we did” (RV-3)."""
        self.tool(
            "RV-3",
            self.register("feedback", shown=SAID, empty="Nobody’s view is written down yet."),
            self.passage("review_said", self._said, ["feedback"]),
            SaveFile("Save “You said, we did” as .docx", lambda: files.you_said_file(self.session)),
            self.findings(lambda: views.feedback_gaps(self.rows("feedback")), ["feedback"]),
        )

    def _said(self) -> dict[str, Any]:
        rows = self.rows("feedback")
        return {"themes": views.themes(rows), "said": views.you_said(rows)}

    def again(self, key: str) -> None:
        """One ballot of the first stages, taken again: then and now with their spread (RV-9)."""
        asked = ballots()[key]
        picture = self._again(key)
        chart = Chart(picture)
        self.session.watch(["answer"], lambda: chart.show(self._again(key)))
        self.show(*ballot(self, key, review=True)[:1], chart, self.passage("do_lines", lambda: {"title": asked.title, "lines": [], "rule": views.AGAIN_RULE, "nothing": ""}, ["-"]))  # fmt: skip

    def _again(self, key: str) -> Any:
        asked = ballots()[key]
        return again_picture(asked.title, views.again(asked, [row for _, row in self.rows("answer")]))

    def ratings(self) -> None:
        """The ratings of the first stages, taken again on the same scales (RV-9)."""
        self.tool("RV-9")
        for key in views.AGAIN:
            self.again(key)

    # How, and what next

    def method(self) -> None:
        """Which method fits (RV-4), and the Local Multiplier."""
        self.tool(
            "RV-4",
            self.register("review_method"),
            self.passage("review_method", lambda: {"fits": methods.shortlist(self.one("review_method")[1]), "rule": methods.RULE}, ["review_method"]),
            self.register("lm3_round", empty="For the Local Multiplier: list who was paid out of the money."),
            self.passage("review_lm3", lambda: {"lm3": methods.multiplier(self.rows("lm3_round")), "rule": methods.LM3_RULE}, ["lm3_round"]),
        )  # fmt: skip

    def indicators(self) -> None:
        """What has to be counted, without counting it twice (RV-5)."""
        self.tool("RV-5", self.register("mandatory_indicator", empty="Nothing is required yet."), self.passage("review_indicators", self._indicators, ["mandatory_indicator", "measure"]))  # fmt: skip

    def _indicators(self) -> dict[str, Any]:
        rows = [row for _, row in self.rows("mandatory_indicator")]
        return {"saved": sum(row.hours or 0 for row in rows if row.measure), "left": sum(row.hours or 0 for row in rows if not row.measure), "once": sum(bool(row.measure) for row in rows), "rows": rows}  # fmt: skip

    def outputs(self) -> None:
        """Is it an outcome, or something delivered (RV-7)? And who has to learn what (RV-8)."""
        self.tool(
            "RV-7",
            Offers(self.session, "rewritten", self._outputs, ["outcome", "measure"], title="These read like something delivered", nothing="No statement reads like something that is only delivered."),
            self.register("rewritten", empty="Nothing had to be said again."),
            self.passage("do_lines", lambda: {"title": "", "lines": [], "rule": OUTPUT_RULE, "nothing": ""}, ["-"]),
        )  # fmt: skip
        self.tool("RV-8", self.register("training_need", empty="Nobody needs training yet."))

    def _outputs(self) -> list[Offer]:
        found = []
        for kind, name in (("outcome", "outcome"), ("measure", "indicator")):
            for id_, row in self.rows(kind):
                reading = looks_like_output(getattr(row, name))
                if kind == "outcome" and reading.output:
                    found.append(Offer(origin_of(kind, id_), reading.text, "outcomes", {"statement": reading.text, "again": reading.suggestion[:300]}))  # fmt: skip
        return found

    def next(self) -> None:
        """The decision on what comes next, with what it rests on (RV-6), and the event for others (RV-10)."""
        self.tool(
            "RV-6",
            self.passage("review_next", self._next, [*SROI, "transfer_check", "feedback", "answer"]),
            *ballot(self, "roll-out"),
            self.register("rollout"),
            SaveFile("Save the decision as .docx", lambda: files.decision_file(self)),
        )
        self.tool("RV-10", self.register("replication", empty="No event is planned yet."))

    def _next(self) -> dict[str, Any]:
        known = dict(self.rows("outcome"))
        checks = [(row, known[row.outcome].label() if row.outcome in known else row.label(), pilot_terms.expected(row)) for _, row in self.rows("transfer_check")]  # fmt: skip
        return {"found": self.evaluation, "checks": checks, "themes": views.themes(self.rows("feedback"))[:5]}

    def lessons(self) -> None:
        """What the pilots learned, and what people ask (RV-11)."""
        self.cards("RV-11")


def open(name: str | None = None) -> Review:
    """The page of stage 7 on the workbook of this name, or on the one in use."""
    return opened(Review, name)  # type: ignore[no-any-return]
