"""Stage 6, Do (DO-1 to DO-14, and the progress report, PL-3)."""

import datetime as dt
from typing import Any, ClassVar

from pspworkbook.charts.do import satisfaction_picture, series_picture
from pspworkbook.charts.picture import Picture
from pspworkbook.methods.analyse.stakeholders import middles
from pspworkbook.methods.do import comms, conduct, fair, monitoring, report, small_numbers
from pspworkbook.methods.do import spoken as words_of
from pspworkbook.records import Person, field_of
from pspworkbook.records.deliver import Communication
from pspworkbook.stages.do import files
from pspworkbook.stages.facts import do as facts
from pspworkbook.stages.page import opened
from pspworkbook.stages.spoken import spoken
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.take_table import TakeTable

CALLS = {"date": "narrow", "stakeholder": "mid", "message": "wide", "owner": "mid", "done": "narrow"}
INTERESTS = {"person": "mid", "about": "wide", "declared": "narrow", "does": "mid"}
HEADINGS = {"indicator": "measure", "count": "value", "figure": "value", "people": "n", "date": "period_end"}


class Do(ToolPage):
    """The page of stage 6."""

    STAGE: ClassVar[str] = "do"

    @property
    def people(self) -> dict[str, Person]:
        """The list of people by identifier."""
        return dict(self.rows("person"))

    def procurement(self) -> None:
        """Which step of the procurement has been reached (DO-1)."""
        only = ("step", "owner", "done", "note")
        self.tool(
            "DO-1",
            self.passage("do_steps", self._steps, ["procurement_step"]),
            self.register("procurement_step", only=only, fixed=True, caption="Steps, as planned in stage 5"),
            self.register("procurement_notice", empty="No notice yet."),
        )

    def _steps(self) -> dict[str, Any]:
        steps = sorted((row for _, row in self.rows("procurement_step")), key=lambda row: row.order or 0)
        left = [row for row in steps if not row.done]
        return {"steps": steps, "done": len(steps) - len(left), "next": left[0] if left else None}

    def communications(self) -> None:
        """The communications plan, and who must not be forgotten (DO-2)."""
        sources = ["stakeholder", "expectation", "blocker", "answer"]
        self.tool(
            "DO-2",
            self.register("comms_plan"),
            self.passage("do_comms", self._comms, ["comms_plan", *facts.COMMS]),
            Offers(self.session, "communication", self._comms_offers, sources),
            self.register("communication", shown=CALLS, empty="Nothing is planned yet."),
            self.findings(
                lambda: facts.comms_gaps(self.session.now),
                facts.COMMS,
                title="Overdue and forgotten",
                rule=comms.RULE,
                fine="Nothing is overdue, and something lies ahead for every group.",
            ),
        )

    def _comms(self) -> dict[str, Any]:
        today = dt.date.today()
        due = comms.due(self.rows("communication"), today)
        month = comms.this_month(due, today)
        return {
            "month": month,
            "later": [one for one in due if one not in month][:6],
            "plan": self.one("comms_plan")[1],
            "groups": {id_: row.label() for id_, row in self.rows("stakeholder")},
            "people": {id_: row.name for id_, row in self.people.items()},
            "formats": field_of(Communication, "format").options,
        }

    def _comms_offers(self) -> Any:
        return comms.offers(
            self.rows("stakeholder"), self.rows("expectation"), self.rows("blocker"), self._importance()
        )

    def _importance(self) -> dict[str, float]:
        """The median rating of each group's importance, where three or more rated it."""
        return middles(self.rows("stakeholder"), [row for _, row in self.rows("answer")], "importance")

    def monitoring(self) -> None:
        """Readings, satisfaction and spending, as charts and as sentences (DO-3), and performance figures (DO-4)."""
        charts = [Chart(picture) for picture in self._pictures()]
        opinions = Chart(satisfaction_picture(facts.opinions(self.session.now)))
        self.session.watch(list(facts.MONITOR), lambda: self._redraw(charts, opinions))
        self.tool(
            "DO-3",
            self.lines("How it stands, in plain words", self._summary, facts.MONITOR, rule=small_numbers.RULE),
            *charts,
            opinions,
            self.register("reading", empty="No reading yet."),
            TakeTable(self.session, "reading", aliases=HEADINGS),
            self.register("satisfaction", empty="Nobody has been asked yet."),
            self.register("period_note", empty="No note yet."),
            self.findings(
                lambda: monitoring.gaps(facts.series(self.session.now)), facts.MONITOR, rule=monitoring.SPEND_RULE
            ),
        )
        self.tool(
            "DO-4",
            Offers(
                self.session,
                "performance",
                lambda: conduct.performance_offers(self.rows("community_benefit")),
                ["community_benefit"],
            ),
            self.register("performance", empty="No figure yet."),
        )

    def _pictures(self) -> list[Picture]:
        # As many charts as there were measures when the page was opened, at least one; later ones come with a reload.
        found = [series_picture(one) for one in facts.series(self.session.now)]
        return found or [Picture("Measures over time", "No measure is planned yet.")]

    def _redraw(self, charts: list[Chart], opinions: Chart) -> None:
        gone = Picture("Measures over time", "This measure is no longer there.")
        found = self._pictures()
        for place, chart in enumerate(charts):
            chart.show(found[place] if place < len(found) else gone)
        opinions.show(satisfaction_picture(facts.opinions(self.session.now)))

    def _summary(self) -> list[str]:
        now = self.session.now
        money = monitoring.spending(facts.rows(now, "budget_line"), dt.date.today())
        return monitoring.summary(facts.series(now), facts.opinions(now), money)

    def changes(self) -> None:
        """What happened, and what was changed on whose word (DO-5)."""
        self.tool("DO-5", self.register("service_change", empty="Nothing has changed yet."))

    def interests(self) -> None:
        """Declared interests (DO-6), and the file that shows that competition is fair."""
        kinds = ("conflict_interest", "person")
        self.tool(
            "DO-6",
            self.lines("For every agenda", self._agenda, kinds, rule=conduct.CONFLICT_RULE),
            Offers(
                self.session,
                "conflict_interest",
                lambda: conduct.candidate_offers(self.rows("candidate")),
                ["candidate"],
            ),
            self.register("conflict_interest", shown=INTERESTS, empty="Nobody has been asked yet."),
            self.findings(
                lambda: conduct.conflict_gaps(self.rows("conflict_interest"), self.people),
                kinds,
                fine="Everybody has been asked, and every interest is settled.",
            ),
        )
        self.show(
            self.passage("do_fair", self._fair, facts.known(facts.FAIR)),
            self.register("shared_information", empty="Nothing is written down yet."),
            self.register("spec_check", empty="Nobody has looked yet."),
            self.findings(
                lambda: fair.gaps(facts.fair_facts(self.session.now)),
                facts.known(facts.FAIR),
                title="What the file lacks",
                rule=fair.RULE,
                fine="By the rule, nothing is missing.",
            ),
            SaveFile("Save the fair competition file as .docx", lambda: files.fair_file(self.session)),
            SaveFile("Save it with names (facilitator only)", lambda: files.fair_file(self.session, names=True)),
            self.notes("P-06"),
        )

    def _agenda(self) -> list[str]:
        away = conduct.leaves(self.rows("conflict_interest"), self.people)
        return [conduct.AGENDA, *(f"{name} takes no part in: {about or 'not said'}." for name, about in away)]

    def _fair(self) -> dict[str, Any]:
        found = facts.fair_facts(self.session.now)
        return {"parts": fair.parts(found), "said": fair.summary(found)}

    def learning(self) -> None:
        """What each of us learned, and lessons made from it (DO-7)."""
        self.tool(
            "DO-7",
            *spoken(
                self,
                words_of.LEARNING,
                "reflection",
                lambda: words_of.reflections(self.rows("answer"), dt.date.today()),
                "What people wrote, for the learning log",
            ),
            self.register("reflection", empty="Nobody has written anything yet."),
            Offers(
                self.session,
                "local_lesson",
                lambda: conduct.lesson_offers(self.rows("reflection")),
                ["reflection"],
                title="Make it a lesson for the library",
            ),
        )

    def people_and_back_up(self) -> None:
        """Who leads (DO-8), senior people (DO-9), back-up plans (DO-10), and new opportunities (DO-11)."""
        self.tool(
            "DO-8",
            self.register("workstream", empty="No workstream yet."),
            self.findings(
                lambda: conduct.workstream_gaps(self.rows("workstream"), self.people), ["workstream", "person"]
            ),
        )
        self.tool(
            "DO-9",
            self.register("sponsor", empty="No senior person yet."),
            self.findings(lambda: conduct.sponsor_gaps(self.rows("sponsor"), dt.date.today()), ["sponsor"]),
        )
        self.tool(
            "DO-10",
            self.register("contingency", empty="No back-up plan yet."),
            self.lines(
                "Where the triggers stand",
                lambda: [conduct.contingency_words(row) for _, row in self.rows("contingency")],
                ("contingency",),
                rule=conduct.TRIGGER_RULE,
            ),
            self.findings(lambda: conduct.contingency_gaps(self.rows("contingency")), ["contingency"]),
        )
        self.tool(
            "DO-11",
            self.register("opportunity", empty="Nothing new is offered."),
            self.lines(
                "How much it would strain us",
                lambda: [conduct.strain_words(row) for _, row in self.rows("opportunity")],
                ("opportunity",),
                rule=conduct.STRAIN_RULE,
            ),
        )

    def report(self) -> None:
        """The progress report, drawn from the registers (PL-3)."""
        self.tool(
            "PL-3",
            self.register("progress_report", empty="No report yet."),
            self.passage("do_report", self._report, facts.known(facts.REPORT)),
            SaveFile("Save the newest report as .docx", lambda: files.report_file(self.session)),
            SaveFile("Issue the report: keep it as it reads now, and save it", lambda: files.issue(self.session)),
        )

    def _report(self) -> dict[str, Any]:
        found = facts.reports(self.session.now)
        return {"reports": found, "words": report.WORDS, "rule": report.RULE, "spend": monitoring.SPEND_RULE}

    def after_award(self) -> None:
        """The partnership after the award (DO-12), and reserved routes (DO-13)."""
        self.tool(
            "DO-12",
            Offers(
                self.session,
                "continuation",
                lambda: conduct.continuation_offers(self.rows("legacy"), self.people),
                ["legacy", "person"],
            ),
            self.register("continuation", empty="Nothing is planned yet."),
            self.findings(lambda: conduct.after_gaps(self.rows("continuation")), ["continuation"]),
        )
        self.tool("DO-13", self.notes("P-08", "P-09", "P-10"))

    def lessons(self) -> None:
        """What the pilots learned, and what people ask (DO-14)."""
        self.cards("DO-14")


def open(name: str | None = None) -> Do:
    """The page of stage 6 on the workbook of this name, or on the one in use."""
    return opened(Do, name)  # type: ignore[no-any-return]
