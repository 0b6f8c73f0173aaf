"""A stage made of the guide's tools: what they share. The page's first part lists what is in the way, and its tools."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from pspworkbook import guide
from pspworkbook.methods.findings import StageGap
from pspworkbook.methods.progress import RULE
from pspworkbook.methods.sroi.material import counts
from pspworkbook.records import KINDS, field_of
from pspworkbook.stages.page import Page, words
from pspworkbook.stages.progress import gaps_of
from pspworkbook.widgets.addresses import address_of_tool
from pspworkbook.widgets.confirm import Confirm
from pspworkbook.widgets.passage import Passage
from pspworkbook.widgets.register import Register
from pspworkbook.widgets.since import Since


class ToolPage(Page):
    """The page of a stage whose tools are declared in ``data/guide/tools.yaml``. A subclass names its ``STAGE``."""

    STAGE: ClassVar[str]

    @property
    def gaps(self) -> list[StageGap]:
        """What still stands in the way of this stage."""
        return list(gaps_of(self.session.now, self.STAGE))  # type: ignore[arg-type]

    def way(self) -> None:
        """What still stands in the way, and the tools of this page."""
        tools = [tool for tool in guide.tools().values() if tool.stage == self.STAGE]
        self.show(
            self.passage(
                "stage_way",
                lambda: {"findings": self.gaps, "status": self.status, "tools": tools, "rule": RULE},
                [],
            ),
            Since(self.session, self.STAGE),
        )

    def way_to(self, tool: str) -> str:
        """The address of a tool, on this page or on another; "" where it is not shown."""
        return address_of_tool(self.session, tool)

    def rows(self, kind: str) -> list[tuple[str, Any]]:
        """All records of a kind as (identifier, record)."""
        return [(entry.id, entry.record) for entry in self.session.now.records(kind)]

    def outcomes(self) -> list[tuple[str, Any]]:
        """The outcomes of the forecast that count: all but those that somebody has left out."""
        return [(id_, row) for id_, row in self.rows("outcome") if counts(row)]

    def one(self, kind: str) -> tuple[str, Any]:
        """The one record of a form as (identifier, record)."""
        entry = self.session.now.the(kind)
        return entry.id, entry.record

    def register(self, kind: str, **more: Any) -> Register:
        """The register, or the form, of one kind of record."""
        return Register(self.session, kind, **more)

    def listed(self, kind: str, field: str = "item", **more: Any) -> Register:
        """A register whose rows are a fixed list of the guide: all of them are offered at once."""
        options = field_of(KINDS[kind], field).options
        return Register(self.session, kind, seed=[{field: key} for key in options], **more)

    def findings(
        self,
        find: Callable[[], Iterable[StageGap]],
        kinds: Sequence[str],
        *,
        title: str = "Look at this",
        rule: str = "",
        fine: str = "",
    ) -> Passage:
        """What a rule finds in records of these kinds, each with a link to the field, and the rule itself."""
        return self.passage(
            "findings", lambda: {"findings": list(find()), "title": title, "rule": rule, "fine": fine}, list(kinds)
        )

    def lines(
        self, title: str, find: Callable[[], Iterable[str]], kinds: Sequence[str], *, rule: str = "", nothing: str = ""
    ) -> Passage:
        """Sentences that a rule makes of records of these kinds, with the rule."""
        return self.passage(
            "do_lines",
            lambda: {"title": title, "lines": list(find()), "rule": rule, "nothing": nothing},
            list(kinds),
        )

    def cards(self, tool: str) -> None:
        """The lessons of the pilots and the questions that belong to this stage."""
        lessons = [lesson for lesson in guide.lessons().values() if lesson.stage == self.STAGE]
        questions = [question for question in guide.questions().values() if self.STAGE in question.stages]
        self.show(Passage(words("cards", tool=guide.tools()[tool], lessons=lessons, questions=questions)))

    def agree(self) -> None:
        """Say that the partnership agrees with this stage as it stands."""
        self.show(Confirm(self.session, self.STAGE, lambda: self.status, lambda: self.gaps))
