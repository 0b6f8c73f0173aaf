"""Stage 6, Do (DO-1 to DO-14, and the progress report, PL-3)."""

import datetime as dt
from typing import Any, ClassVar

from pspworkbook.methods.do import conduct, fair, monitoring, report
from pspworkbook.methods.do import spoken as words_of
from pspworkbook.records import Person
from pspworkbook.stages.do import comms, files, monitor
from pspworkbook.stages.facts import do as facts
from pspworkbook.stages.facts import lessons
from pspworkbook.stages.page import opened
from pspworkbook.stages.spoken import spoken
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers

INTERESTS = {"person": "mid", "about": "wide", "declared": "narrow", "does": "mid"}
COVER = {
    "need": "wide",
    "needed": "narrow",
    "worst": "narrow",
    "trigger": "narrow",
    "actual": "narrow",
    "fallback": "wide",
}


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
            self.register(
                "procurement_step",
                only=only,
                shown={"owner": "mid", "done": "narrow", "note": "wide"},  # the step itself heads its row
                fixed=True,
                caption="Steps, as planned in stage 5",
            ),
            self.register("procurement_notice", empty="No notice yet."),
        )

    def _steps(self) -> dict[str, Any]:
        steps = sorted((row for _, row in self.rows("procurement_step")), key=lambda row: row.order or 0)
        left = [row for row in steps if not row.done]
        return {
            "steps": steps,
            "done": len(steps) - len(left),
            "next": left[0] if left else None,
            "href": self.way_to("PL-18"),
        }

    def communications(self) -> None:
        """The communications plan, and who must not be forgotten (DO-2)."""
        comms.communications(self)

    def monitoring(self) -> None:
        """Milestones, money, satisfaction and measures (DO-3), and performance figures (DO-4)."""
        monitor.delivery(self)
        monitor.performance(self)

    def changes(self) -> None:
        """What happened, and what was changed on whose word (DO-5)."""
        self.tool(
            "DO-5",
            self.register("service_change", empty="Nothing has changed yet."),
            self.lines("In short", lambda: conduct.change_words(self.rows("service_change")), ["service_change"]),
            self.findings(lambda: conduct.change_gaps(self.rows("service_change")), ["service_change"]),
        )

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
                lambda: fair.lacks(facts.fair_facts(self.session.now)),
                facts.known(facts.FAIR),
                about="shared_information",
                title="What the file lacks",
                rule=fair.RULE,
                fine="By the rule, nothing is missing.",
            ),
            SaveFile("Save the fair competition file as .docx", lambda: files.fair_file(self.session)),
            SaveFile("Save it with names (facilitator only)", lambda: files.fair_file(self.session, names=True)),
            self.notes("P-06"),
        )

    def _agenda(self) -> list[str]:
        return [conduct.AGENDA, *conduct.leaves(self.rows("conflict_interest"), self.people)]

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
            self.passage("lessons_made", lambda: lessons.from_reflections(self.session), lessons.KINDS),
        )

    def people_and_back_up(self) -> None:
        """Who leads (DO-8), senior people (DO-9), back-up plans (DO-10), and new opportunities (DO-11)."""
        self.tool(
            "DO-8",
            Offers(
                self.session,
                "workstream",
                lambda: conduct.workstream_offers(self.rows("responsibility")),
                ["responsibility"],
            ),
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
            Offers(
                self.session,
                "contingency",
                lambda: conduct.contingency_offers(self.rows("resource_gap")),
                ["resource_gap"],
            ),
            self.register("contingency", shown=COVER, empty="No back-up plan yet."),
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
            self.findings(lambda: conduct.opportunity_gaps(self.rows("opportunity")), ["opportunity"]),
        )

    def report(self) -> None:
        """The progress report, drawn from the registers (PL-3)."""
        save = SaveFile(files.save_words(self.session.now), lambda: files.report_file(self.session))
        issue = SaveFile(files.issue_words(self.session.now), lambda: files.issue(self.session))

        def name() -> None:
            save.words, issue.words = files.save_words(self.session.now), files.issue_words(self.session.now)

        self.session.watch(["progress_report"], name)
        self.tool(
            "PL-3",
            self.register("progress_report", empty="No report yet."),
            self.passage("do_report", self._report, facts.known(facts.REPORT)),
            save,
            issue,
        )

    def _report(self) -> dict[str, Any]:
        draft = facts.newest(self.session.now, draft=True)
        return {
            "reports": facts.reports(self.session.now),
            "draft": draft[0] if draft else "",
            "words": report.WORDS,
            "rules": (report.RULE, report.ORDER, monitoring.SPEND_RULE),
            "kept": report.kept,
        }

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
