"""Stage 2, To PSP or not: is a PSP the right way, does the law allow it, and what was decided (TP-1 to TP-14)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from pspworkbook import guide
from pspworkbook.charts.decide import CHALLENGES_TITLE, READINESS_TITLE, challenges_picture, organisations_picture
from pspworkbook.charts.picture import Picture
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots.ballot_results import answered, results
from pspworkbook.methods.decide import decision, market, subsidy
from pspworkbook.methods.decide.decision import DecisionFacts
from pspworkbook.methods.decide.readiness import RULE as READINESS_RULE
from pspworkbook.methods.decide.readiness import organisation_words, readiness
from pspworkbook.records import Answer, field_of
from pspworkbook.records.decide import ChallengeAnswer, Principle
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.decide import checks
from pspworkbook.stages.decide.parts import OfferedRows, findings_on, held_back, held_back_chart
from pspworkbook.stages.decide.record import (
    SUBSIDY_COLUMNS,
    heat_facts,
    ledger_facts,
    market_facts,
    points_facts,
    record_facts,
    save_record,
    subsidy_facts,
    test_facts,
    to_weigh,
    usual_options,
)
from pspworkbook.stages.facts.decide import facts, subsidy_tests
from pspworkbook.stages.page import opened, words
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.passage import Passage

OWN = "own"
"""The item of a fixed list that stands for something of the partnership's own; it is not offered as a row."""


class Decide(ToolPage):
    """The page of stage 2."""

    STAGE: ClassVar[str] = "decide"

    @property
    def facts(self) -> DecisionFacts:
        """What the stage knows: ``stage.facts`` to go on with in the same notebook."""
        now = self.session.now
        return now.once(("decision facts",), lambda: facts(now))  # type: ignore[no-any-return]

    def _head(self, title: str, text: str = "") -> Passage:
        return Passage(words("decide_head", title=title, text=text))

    def _ballot(self, key: str) -> tuple[BallotPanel, list[Part]]:
        parts = ballot(self, key)
        panel = parts[0]
        assert isinstance(panel, BallotPanel)
        return panel, parts

    @property
    def _answers(self) -> list[Answer]:
        return list(self.facts.shown)

    def test(self) -> None:
        """Is it a PSP? Who leads, four questions, and what follows from them (TP-1)."""
        self.tool(
            "TP-1",
            self._head("Who leads", "These are the fields of the start page; what you change here changes there too."),
            self.register("partnership", name="leads", only=("lead_public", "lead_third", "others")),
            self._head("What the definition asks"),
            self.register("psp_test"),
            self.passage("decide_test", lambda: test_facts(self.facts), ["partnership", "psp_test"], live=True),
        )

    def principles(self) -> None:
        """Six principles: who could sign up to them, and what all have agreed on (TP-2)."""
        text = {item.key: item.text for item in guide.checklists()["psp-principles"].items}
        panel, parts = self._ballot("principles")
        self.tool(
            "TP-2",
            *parts,
            OfferedRows(
                self.session,
                "principle",
                lambda: [{"item": key, "wording": text[key]} for key in field_of(Principle, "item").options if key != OWN],
                ("item",),
            ),
            findings_on(
                self,
                panel,
                lambda answers: checks.principles(self.rows("principle"), answers),
                ["principle"],
                rule=checks.PRINCIPLES_RULE,
                fine="What is entered as agreed fits what people answered.",
            ),
        )  # fmt: skip

    def benefits(self) -> None:
        """Five kinds of benefit for three groups; each group rates its own column (TP-3)."""
        panel, parts = self._ballot("benefits")
        self.tool(
            "TP-3",
            *parts,
            held_back(self, panel, "decide_heat", lambda view: heat_facts(self._answers, view)),
            self.register("benefit"),
            self.findings(lambda: checks.benefits(self.rows("benefit")), ["benefit"]),
        )

    def challenges(self) -> None:
        """Eight challenges: how likely, how bad, and who does what about them (TP-4)."""
        panel, parts = self._ballot("challenges")
        self.tool(
            "TP-4",
            *parts,
            held_back_chart(self, panel, CHALLENGES_TITLE, self._challenges),
            OfferedRows(
                self.session,
                "challenge",
                lambda: [{"item": key} for key in field_of(ChallengeAnswer, "item").options if key != OWN],
                ("item",),
            ),
            findings_on(
                self,
                panel,
                lambda answers: checks.challenges(self.rows("challenge"), answers),
                ["challenge"],
                rule=checks.SERIOUS_RULE,
                fine="No serious challenge is without an answer.",
            ),
        )

    def _challenges(self, view: int) -> Picture:
        weights = checks.weigh(results(ballots()["challenges"], self._answers, view))
        return challenges_picture([(one.label, one.likelihood, one.impact) for one in weights])

    def signs(self) -> None:
        """What works and what does not, and what is done about the weak ones (TP-5)."""
        panel, parts = self._ballot("success-signs")
        self.tool(
            "TP-5",
            *parts,
            self.register("action"),
            findings_on(
                self,
                panel,
                lambda answers: checks.actions(self.rows("action"), answers, dt.date.today()),
                ["action"],
                rule=checks.ACTIONS_RULE,
                fine="No weak or split sign is without an action, and no action is overdue.",
            ),
        )

    def readiness(self) -> None:
        """Six factors, organisation by organisation; the lowest one leads the talk (TP-6)."""
        panel, parts = self._ballot("readiness")
        asked = panel.ballot

        def chances(view: int) -> dict[str, Any]:
            found = readiness(asked, self._answers, view)
            named = [organisation_words(one, asked) for one in found.organisations]
            return {"found": found, "organisations": named, "rule": READINESS_RULE}

        self.tool(
            "TP-6",
            *parts,
            held_back(self, panel, "decide_chances", chances),
            held_back_chart(
                self,
                panel,
                READINESS_TITLE,
                lambda view: organisations_picture(asked, readiness(asked, self._answers, view)),
            ),
        )

    def market(self) -> None:
        """Eight headings, the judgement, and what could be done while the market is not ripe (TP-7)."""
        self.tool(
            "TP-7",
            self.listed("market_finding"),
            self._head("Is the market ripe?"),
            self.register("market"),
            self.passage("decide_market", lambda: market_facts(self.facts), ["market_finding", "market"]),
            self.findings(
                lambda: market.gaps(self.facts.findings, ("market", self.facts.market)),
                ["market_finding", "market"],
                fine="All eight headings are looked at, and the judgement fits what was found.",
            ),
        )

    def subsidies(self) -> None:
        """Each piece of help: four questions, small amounts, seven principles. Not legal advice (TP-8)."""
        kinds = ["subsidy", "subsidy_test"]
        self.tool(
            "TP-8",
            Passage(words("decide_law", advice=subsidy.NOT_LEGAL_ADVICE)),
            self.register("subsidy", shown=SUBSIDY_COLUMNS),
            self.passage("decide_subsidies", lambda: subsidy_facts(self.facts, subsidy_tests(self.session.now)), kinds),
            self.findings(
                lambda: subsidy.gaps(self.facts.subsidies, subsidy_tests(self.session.now), dt.date.today()), kinds
            ),
            self._head(
                "The seven principles",
                f"For help that is given under them: weigh each principle, and say why. {subsidy.NOT_LEGAL_ADVICE}",
            ),
            OfferedRows(
                self.session,
                "subsidy_test",
                lambda: to_weigh(self.facts),
                ("subsidy", "item"),
                "Take the seven principles for each piece of help that is tested against them",
            ),
            self.passage("decide_ledger", lambda: ledger_facts(self.facts, dt.date.today()), ["subsidy"]),
        )

    def procurement(self) -> None:
        """What has to stay fair, and a reminder until advice was asked for and came back (TP-9)."""
        self.tool(
            "TP-9",
            Passage(words("decide_caution")),
            self.register("procurement_advice"),
            self.findings(
                lambda: checks.reminders(self.rows("procurement_advice"), dt.date.today()),
                ["procurement_advice"],
                title="Reminder",
                rule=checks.REMINDER_RULE,
                fine="Every question that was asked has an answer.",
            ),
        )

    def legacy(self) -> None:
        """What should last when the partnership is over (TP-11)."""
        self.tool("TP-11", self.register("legacy"))

    def assumptions(self) -> None:
        """What people take for granted, and where they differ without having said so (TP-12)."""
        panel, parts = self._ballot("assumptions")

        def split(_view: int = 0) -> dict[str, Any]:
            count = max(answered(panel.ballot, self._answers, number) for number in (1, 2))
            return {"split": checks.split_cards(self._answers), "answered": count}

        def offer() -> list[Mapping[str, Any]]:
            if not panel.state["shown"]:
                return []
            return [{"card": key, "statement": statement} for key, statement in checks.split_cards(self._answers)]

        cards = OfferedRows(self.session, "assumption_card", offer, ("card",), "Take over what people disagree about")
        panel.observe(lambda _change: cards.refresh(), "state")
        self.tool(
            "TP-12",
            *parts,
            held_back(self, panel, "decide_cards", split),
            cards,
            self.findings(lambda: checks.cards(self.rows("assumption_card")), ["assumption_card"]),
        )

    def advocates(self) -> None:
        """People who can explain the model in their own organisations (TP-13)."""
        self.tool("TP-13", self.register("advocate"))

    def lessons(self) -> None:
        """What the pilots learned, and what people ask (TP-14)."""
        self.cards("TP-14")

    def decision(self) -> None:
        """Options, what speaks for and against, the decision, its conditions, who differed; all on one page (TP-10)."""
        self.tool(
            "TP-10",
            self.passage("decide_points", lambda: points_facts(self.facts), []),
            OfferedRows(self.session, "option", usual_options, ("what",), "Start with the ways that there usually are"),
            self._head("The decision"),
            self.register("decision"),
            self.register("condition"),
            self.register("dissent"),
            self.findings(
                lambda: decision.gaps(self.facts),
                ["option", "decision", "condition"],
                title="The record still needs",
                fine="Nothing is missing from the record.",
            ),
            self._head("The record", "Everything above on one page, for those who were not there."),
            self.passage("decide_record", lambda: record_facts(self), []),
            SaveFile("Save as a page to print", lambda: save_record(self)),
        )


def open(name: str | None = None) -> Decide:
    """The page of stage 2 on the workbook of this name, or on the one in use."""
    return opened(Decide, name)  # type: ignore[no-any-return]
