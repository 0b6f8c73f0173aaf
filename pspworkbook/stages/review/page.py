"""Stage 7, Review (RV-1 to RV-11): what happened beside what was forecast, what people say, and what comes next."""

import datetime as dt
from typing import Any, ClassVar

from pspworkbook import guide
from pspworkbook.methods.analyse import journey_design
from pspworkbook.methods.do import spoken as words_of
from pspworkbook.methods.links import into_forms
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.outcomes import RULE as OUTPUT_RULE
from pspworkbook.methods.plan import measures, pilot_terms
from pspworkbook.methods.review import after, calendar, evaluative, indicators, methods, views
from pspworkbook.records import field_of
from pspworkbook.records.plan import DesignRequirement
from pspworkbook.records.review import ReviewPoint
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.facts import steps
from pspworkbook.stages.facts.evaluation import evaluation_of
from pspworkbook.stages.page import opened
from pspworkbook.stages.review import files, happened
from pspworkbook.stages.review.again import again
from pspworkbook.stages.spoken import spoken
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.register import Remark

POINTS = {"order": "narrow", "what": "wide", "weeks": "narrow", "owner": "mid", "done": "narrow"}
SAID = {"date": "narrow", "words": "wide", "theme": "mid", "consent": "narrow", "action": "wide", "told": "narrow"}
HEADINGS = {
    **dict.fromkeys(("comment", "comments", "response", "answer", "feedback", "what they said", "text"), "words"),
    **dict.fromkeys(("timestamp", "submitted", "submitted on", "date", "completion time"), "date"),
    **dict.fromkeys(("topic", "category", "subject"), "theme"),
    **dict.fromkeys(("group", "who"), "stakeholder"),
    **dict.fromkeys(("may we quote you?", "consent", "quote"), "consent"),
}
"""How survey tools head what belongs into the feedback log."""


class Review(ToolPage):
    """The page of stage 7."""

    STAGE: ClassVar[str] = "review"

    def calendar(self) -> None:
        """Dates counted back from the end, so that support never breaks (RV-1)."""
        usual_steps = [
            {"what": what, "weeks": weeks, "order": place} for place, (what, weeks) in enumerate(calendar.USUAL, 1)
        ]
        points = self.register(
            "review_point",
            shown=POINTS,
            seed=usual_steps,
            empty="Take the usual steps to begin with.",
            remark=self._point,
        )
        self.session.watch(steps.KINDS, points.refresh)
        usual = {"seed": "Begin with the usual steps", "seed_rest": "Add the usual steps that are missing"}
        points.words = {**points.words, **usual}  # the guide has no list of them
        self.tool(
            "RV-1",
            self.register("review_plan"),
            points,
            self.passage("review_calendar", self._calendar, ["review_plan", *steps.KINDS]),
            SaveFile("Save the review calendar (.ics)", lambda: files.calendar_file(self)),
        )

    def _point(self, row: ReviewPoint) -> Remark | None:
        said = steps.point_remark(self.session.now, row)
        return (said, {}) if said else None

    def _calendar(self) -> dict[str, Any]:
        plan, today = self.one("review_plan")[1], dt.date.today()
        due = calendar.calendar(plan, steps.points(self.session.now), today, steps.planned(self.session.now))
        return {
            "due": due,
            "sentence": calendar.in_words(due, today),
            "plan": plan,
            "rule": calendar.RULE,
            "way": self.way_to("PL-18"),
        }

    # What happened

    @property
    def evaluation(self) -> evaluative.Evaluation | None:
        """Forecast and actual: ``stage.evaluation.strict`` to go on with; None while there is no ratio."""
        return self.session.now.once(("evaluation",), lambda: evaluation_of(self.session.now))  # type: ignore[no-any-return]

    def happened(self) -> None:
        """The evaluative SROI beside the forecast, and why the ratio moved (RV-2)."""
        happened.happened(self)

    # What people say

    def said(self) -> None:
        """Feedback, its themes, and “you said, we did” (RV-3)."""
        self.tool(
            "RV-3",
            *spoken(self, words_of.SAYING, "feedback", self._spoken, "What people wrote, for the feedback log"),
            self.register("feedback", shown=SAID, empty="Nobody’s view is written down yet.", aliases=HEADINGS),
            self.passage("review_said", self._said, ["feedback"]),
            self.passage("review_asked", self._asked, ["feedback", "design_requirement"]),
            SaveFile("Save “You said, we did” as .docx", lambda: files.you_said_file(self.session)),
            self.findings(
                lambda: [*views.feedback_gaps(self.rows("feedback")), *journey_design.heard_gaps(self._heard())],
                ["feedback", "design_requirement"],
            ),
        )

    def _spoken(self) -> Any:
        return words_of.feedback(self.rows("answer"), dt.date.today())

    def _heard(self) -> list[journey_design.Heard]:
        return journey_design.heard(self.rows("design_requirement"), self.rows("feedback"))

    def _asked(self) -> dict[str, Any]:
        address = self.session.address
        options = field_of(DesignRequirement, "met").options
        return {"heard": self._heard(), "met": options, "plan": address("plan"), "analyse": address("analyse")}

    def _said(self) -> dict[str, Any]:
        rows = self.rows("feedback")
        return {"themes": views.themes(rows), "said": views.you_said(rows)}

    def ratings(self) -> None:
        """The ratings of the first stages, taken again on the same scales (RV-9)."""
        self.tool("RV-9")
        for key in views.AGAIN:
            self.show(*again(self, key))

    # How, and what next

    def method(self) -> None:
        """Which method fits (RV-4), and the Local Multiplier."""
        self.tool(
            "RV-4",
            self.register("review_method"),
            self.passage("review_method", self._methods, ["review_method"]),
            self.register("lm3", caption="Local Multiplier 3"),
            self.register("lm3_round", empty="For the Local Multiplier: list who was paid out of the money."),
            self.passage("review_lm3", self._lm3, ["lm3", "lm3_round"]),
        )  # fmt: skip

    def _methods(self) -> dict[str, Any]:
        fits = methods.shortlist(self.one("review_method")[1])
        return {"fits": fits, "none": methods.none_fits(fits), "rule": methods.RULE}

    def _lm3(self) -> dict[str, Any]:
        about = self.one("lm3")[1]
        found = methods.multiplier(self.rows("lm3_round"), about.income)
        return {"lm3": found, "rule": methods.LM3_RULE, "area": about.area, "odd": methods.odd(found)}

    def indicators(self) -> None:
        """What has to be counted, without counting it twice (RV-5)."""
        kinds = ["mandatory_indicator", "measure"]
        self.tool(
            "RV-5",
            Offers(self.session, "mandatory_indicator", self._required, ["measure", "funder"]),
            self.register("mandatory_indicator", empty="Nothing is required yet."),
            self.passage("review_indicators", self._indicators, kinds),
            self.findings(lambda: indicators.gaps(self.rows("mandatory_indicator"), self.rows("measure")), kinds),
        )

    def _required(self) -> list[Offer]:
        """What measures of the plan say is required, and what the funders of stage 3 ask for."""
        return [*indicators.offers(self.rows("measure")), *into_forms.indicators_from(self.rows("funder"))]

    def _indicators(self) -> dict[str, Any]:
        rows, known = self.rows("mandatory_indicator"), self.rows("measure")
        return {
            "rows": rows,
            "once": sum(bool(row.measure) for _, row in rows),
            "burden": indicators.burden(rows, known),
            "lists": indicators.by_measure(rows, known),
            "rule": indicators.RULE,
        }

    def outputs(self) -> None:
        """Is it an outcome, or something delivered (RV-7)? And who has to learn what (RV-8)."""
        self.tool(
            "RV-7",
            Offers(self.session, "rewritten", self._outputs, ["outcome", "measure"], title="These read like something delivered", nothing="No statement reads like something that is only delivered."),
            self.register("rewritten", empty="Nothing had to be said again."),
            self.findings(lambda: after.rewritten_gaps(self.rows("rewritten")), ["rewritten"], rule=OUTPUT_RULE),
        )  # fmt: skip
        self.tool(
            "RV-8",
            self.register("training_need", empty="Nobody needs training yet."),
            self.lines("What it takes", lambda: after.training(self.rows("training_need")), ["training_need"]),
            self.findings(lambda: after.training_gaps(self.rows("training_need"), dt.date.today()), ["training_need"]),
        )

    def _outputs(self) -> list[Offer]:
        """Outcomes, and what measures say should change, that name something delivered."""
        return [
            Offer(origin_of(one.kind, one.id), one.text, "outcomes" if one.kind == "outcome" else "outcome measures", {"statement": one.text[:300], "again": one.suggestion[:300]})
            for one in measures.dressed_as_outcomes(self.rows("outcome"), self.rows("measure"))
        ]  # fmt: skip

    def next(self) -> None:
        """The decision on what comes next, with what it rests on (RV-6), and the event for others (RV-10)."""
        kinds = [*happened.SROI, "transfer_check", "feedback", "answer", "route", "route_option"]
        self.tool(
            "RV-6",
            self.passage("review_next", self._next, kinds),
            *ballot(self, "roll-out"),
            self.register("rollout"),
            SaveFile("Save the decision as .docx", lambda: files.decision_file(self)),
        )
        self.tool(
            "RV-10",
            self.register("replication", empty="No event is planned yet."),
            self.lines("The agenda", lambda: after.agenda(self.rows("replication")), ["replication"]),
        )

    @property
    def route(self) -> str:
        """How it will be procured, as the route record of stage 5 says: it is not typed a second time."""
        return after.route(self.one("route")[1], dict(self.rows("route_option")))

    def checks(self) -> list[tuple[str, float | None]]:
        """What of the pilot's results can be carried over: (outcome, share of it that is expected)."""
        known = dict(self.rows("outcome"))
        return [
            (known[row.outcome].label() if row.outcome in known else row.label(), pilot_terms.expected(row))
            for _, row in self.rows("transfer_check")
        ]

    def _next(self) -> dict[str, Any]:
        return {
            "found": self.evaluation,
            "checks": self.checks(),
            "themes": views.themes(self.rows("feedback"))[:5],
            "limits": guide.sroi().limitations,
            "tool": guide.tools()["RV-2"].name,
            "route": self.route,
        }

    def lessons(self) -> None:
        """What the pilots learned, and what people ask (RV-11)."""
        self.cards("RV-11")


def open(name: str | None = None) -> Review:
    """The page of stage 7 on the workbook of this name, or on the one in use."""
    return opened(Review, name)  # type: ignore[no-any-return]
