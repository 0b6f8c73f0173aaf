"""A stage made of the guide's tools: what they share. The page's first part lists what is in the way, and its tools."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from pspworkbook import guide
from pspworkbook.methods.findings import StageGap
from pspworkbook.methods.progress import RULE
from pspworkbook.methods.sroi.material import counts
from pspworkbook.records import KINDS, field_of, fields_of
from pspworkbook.stages.page import Page, words
from pspworkbook.stages.progress import gaps_of
from pspworkbook.widgets.addresses import address_of, address_of_tool, page_of_kind, place_to_add
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
                lambda: {
                    "findings": self.gaps,
                    "status": self.status,
                    "tools": tools,
                    "rule": RULE,
                    "elsewhere": self.elsewhere,
                },
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
        about: str = "",
    ) -> Passage:
        """What a rule finds in records of these kinds, each with a link to the field, and the rule itself.

        ``fine`` is said when it finds nothing, though never before anything of the kind ``about`` (the first of
        ``kinds`` if not given) is written down: then it says what to enter first.
        """
        return self.passage(
            "findings",
            lambda: {
                "findings": list(find()),
                "title": title,
                "rule": rule,
                "fine": fine,
                "begin": self.begin(about or kinds[0]) if fine else None,
                "elsewhere": self.elsewhere,
            },
            list(kinds),
        )

    def to_choose(self, kind: str, *fields: str) -> Passage:
        """Where that is entered which these fields choose from, as long as there is none of it; nothing afterwards."""
        wanted = [(field_of(KINDS[kind], field).title, field_of(KINDS[kind], field).refers_to) for field in fields]

        def missing() -> dict[str, Any]:
            return {
                "missing": [
                    {"title": title, "plural": KINDS[other].plural, **place_to_add(self.session, other)}
                    for title, other in wanted
                    if other and not self.session.now.records(other)
                ]
            }

        return self.passage("choose_from", missing, [other for _, other in wanted if other])

    def begin(self, kind: str) -> dict[str, str] | None:
        """What to enter first, as words and where to go; None as soon as a record of the kind says anything.

        A row that somebody has added and left blank says nothing. Without an address there is nothing to press: the
        register stands elsewhere, or this page may only look.
        """
        model, now = KINDS[kind], self.session.now
        noun = model.noun if model.noun[:2].isupper() else model.noun[:1].lower() + model.noun[1:]
        if any(entry.record != model() for entry in ([now.the(kind)] if model.single else now.records(kind))):
            return None
        words = f"fill in the {noun}" if model.single else f"add {'an' if noun[0] in 'aeiou' else 'a'} {noun}"
        if not self.session.workbook.may_edit(kind):
            return {"words": words, "href": "", "kind": kind}
        here = page_of_kind(kind) == self.STAGE
        place = f"{kind}-{fields_of(model)[0].name}" if model.single else "add"
        href = f"#{kind}-{place}" if here else self.way_to(model.tool)
        return {"words": words, "href": href, "kind": kind if here else ""}

    def elsewhere(self, gap: StageGap) -> str:
        """The address of what a finding is about, where another page shows it; "" where this one may."""
        if not gap.id or gap.kind not in KINDS or page_of_kind(gap.kind) == self.STAGE:
            return ""
        return address_of(self.session, gap.kind, gap.id, gap.field)

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
