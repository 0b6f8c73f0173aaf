"""Stage 1, Identify the need: what is hard for whom, how we know, and who has to be in the room (ID-1 to ID-12)."""

import datetime as dt
from typing import Any, ClassVar

from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots.ballot_results import results
from pspworkbook.methods.identify import coverage, grants, need
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.facts.answers import shown
from pspworkbook.stages.identify.evidence import HEADINGS, evidence_chart
from pspworkbook.stages.page import opened
from pspworkbook.stages.tool_page import ToolPage


class Identify(ToolPage):
    """The page of stage 1."""

    STAGE: ClassVar[str] = "identify"

    def style(self) -> None:
        """Service-led or strategic: five contrasts, now and wanted (ID-1), and the eight features (ID-2)."""
        self.tool("ID-1", *ballot(self, "commissioning-style"))
        self.tool("ID-2", self.listed("psp_feature"))

    def need(self) -> None:
        """Need statements that start from people (ID-3)."""
        rows = self.rows
        self.tool(
            "ID-3",
            self.register("need_statement"),
            self.findings(
                lambda: (gap for id_, row in rows("need_statement") for gap in need.check(id_, row)),
                ["need_statement"],
                title="Before you go on",
                rule=need.RULE,
            ),
        )

    def who(self) -> None:
        """The eight groups to involve (ID-4), and where users come in (ID-5)."""
        self.tool(
            "ID-4",
            self.listed("involvement", "group"),
            self.passage("coverage", self._coverage, ["involvement"]),
            self.findings(
                lambda: coverage.coverage_gaps(rows) if (rows := self.rows("involvement")) else (),
                ["involvement"],
                rule=coverage.COVERED_RULE,
            ),
        )
        self.tool("ID-5", *ballot(self, "co-production"), self.passage("ladder", self._ladder, ["answer", "sitting"]))
        self.tool("ID-6", self.register("weighting"), reconstructed=True)

    def _coverage(self) -> dict[str, Any]:
        return {"groups": coverage.coverage(self.rows("involvement"))}

    def _ladder(self) -> dict[str, Any]:
        asked = ballots()["co-production"]
        answers = shown(self.session.now)
        return {"ladder": coverage.ladder(asked, results(asked, answers)), "rule": coverage.LADDER_RULE}

    def evidence(self) -> None:
        """Policy (ID-7) and local evidence (ID-8): a register, a spreadsheet taken in, a table and a picture."""
        self.tool("ID-7", self.register("policy"))
        self.tool(
            "ID-8",
            self.register("evidence", aliases=HEADINGS),
            evidence_chart(self.session),
        )

    def words(self) -> None:
        """Everyone's definition of commissioning side by side, and the agreed one (ID-9)."""
        self.tool("ID-9", *ballot(self, "definitions"), self.register("definition"))

    def grants(self) -> None:
        """The conversation about going from grant to contract (ID-10), and stop and restart (ID-11)."""
        self.tool(
            "ID-10",
            self.register("grant_conversation"),
            self.findings(
                lambda: grants.gaps(self.rows("grant_conversation"), dt.date.today()),
                ["grant_conversation"],
                rule=grants.RULE,
            ),
        )
        self.tool("ID-11", self.register("restart_check"))

    def lessons(self) -> None:
        """What the pilots learned, and what people ask (ID-12)."""
        self.cards("ID-12")


def open(name: str | None = None) -> Identify:
    """The page of stage 1 on the workbook of this name, or on the one in use."""
    return opened(Identify, name)  # type: ignore[no-any-return]
