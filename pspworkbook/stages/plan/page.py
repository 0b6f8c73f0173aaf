"""Stage 5, Plan (PL-1 to PL-25)."""

from typing import ClassVar

from pspworkbook.guide.path import stages
from pspworkbook.stages.facts.do import REPORT, known, reports
from pspworkbook.stages.page import opened, page_of
from pspworkbook.stages.plan import budget, measures, pilot, procurement, risk, steering, work
from pspworkbook.stages.tool_page import ToolPage


class Plan(ToolPage):
    """The page of stage 5."""

    STAGE: ClassVar[str] = "plan"

    def how_much(self) -> None:
        """How much planning is right (PL-22), and the six issues that a plan covers (PL-9)."""
        work.how_much(self)

    def scope(self) -> None:
        """The scope statement (PL-1), and the planning workshop (PL-8)."""
        work.scope(self)

    def schedule(self) -> None:
        """Tasks and the Gantt chart (PL-2), and deliverables (PL-6)."""
        work.tasks(self)

    def team(self) -> None:
        """Roles (PL-4), resources and TUPE (PL-10), gaps (PL-11), and who takes part (PL-21)."""
        work.team(self)

    def steering(self) -> None:
        """The steering group: terms, seats and meetings (PL-13)."""
        steering.show(self)

    def roll_out(self) -> None:
        """Phases of a roll-out (PL-24)."""
        work.roll_out(self)

    def budget(self) -> None:
        """What each partner puts in and spends (PL-5)."""
        budget.show(self)

    def risks(self) -> None:
        """Risks and issues: the register, the rating, the matrix (PL-7)."""
        risk.show(self)

    def measures(self) -> None:
        """How each outcome will be seen (PL-12)."""
        measures.show(self)

    def pilot(self) -> None:
        """Pilot or not (PL-14), and the seven questions before one (PL-15)."""
        pilot.choice(self)
        pilot.questions(self)

    def pilot_terms(self) -> None:
        """The terms of the pilot (PL-16), and what can be carried over (PL-17)."""
        pilot.terms(self)
        pilot.transfer(self)

    def procurement(self) -> None:
        """The procurement route (PL-18), community benefits (PL-19) and the transfer of assets (PL-20)."""
        procurement.route(self)
        procurement.community(self)
        procurement.assets(self)

    def blockers(self) -> None:
        """What stands in the way, and what the public expects (PL-23)."""
        risk.blockers(self)

    def progress_report(self) -> None:
        """How often a progress report goes to whom (PL-3); it is drawn in stage 6."""
        href = next((page_of(stage) for stage in stages() if stage.key == "do"), "")
        self.tool(
            "PL-3",
            self.passage("plan_report", lambda: {"reports": reports(self.session.now), "href": href}, known(REPORT)),
        )

    def lessons(self) -> None:
        """What the pilots learned, and what people ask."""
        self.cards("PL-25")


def open(name: str | None = None) -> Plan:
    """The page of stage 5 on the workbook of this name, or on the one in use."""
    return opened(Plan, name)  # type: ignore[no-any-return]
