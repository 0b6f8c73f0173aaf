"""Stage 3, Form a partnership: partners, their time, what they agree on paper, and how they meet (FP-1 to FP-12)."""

from typing import Any, ClassVar

from pspworkbook import guide
from pspworkbook.charts.form import reports_picture, time_picture
from pspworkbook.methods.form import induction, lead_funder, partners, run_sheet, staff_time, team
from pspworkbook.methods.form import mou as mou_method
from pspworkbook.methods.links import into_forms
from pspworkbook.records import Person, Stakeholder, field_of
from pspworkbook.records.form import Candidate, Member
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.facts import form as form_facts
from pspworkbook.stages.form import files as form_files
from pspworkbook.stages.form.mou import preview
from pspworkbook.stages.form.workshop import Agenda, sheets, tools_by_stage
from pspworkbook.stages.page import opened, words
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.passage import Passage

TIME, TEAM, FUNDING = ["staff_time", "person"], ["member", "person"], ["lead_funder", "funder"]

# What stands in the tables, where the declaration has more than a page of 1,280 pixels holds; the rest is under Details.
STEPS = {"item": "wide", "done": "narrow", "date": "narrow", "note": "wide"}
CANDIDATES = {"name": "mid", "brings": "wide", "found": "mid", "chosen": "mid", "reason": "wide"}
WORKSHOPS = {"name": "wide", "date": "narrow", "starts": "narrow", "minutes": "narrow", "people": "narrow"}
WORKSHOPS |= {"tools": "wide"}
MESSAGES = {"stakeholder": "mid", "message": "wide", "date": "narrow", "owner": "mid", "done": "narrow"}
GROUPS = {"name": "wide", "sector": "wide"}


class Form(ToolPage):
    """The page of stage 3."""

    STAGE: ClassVar[str] = "form"

    def path(self) -> None:
        """The five steps of forming a partnership (FP-1)."""
        steps = "Take the guide’s five steps to begin with."
        self.tool(
            "FP-1",
            self.passage("form_path", self._path, ["forming_step"]),
            self.listed("forming_step", empty=steps, shown=STEPS),
        )

    def _path(self) -> dict[str, Any]:
        done = {row.item: row.done for _, row in self.rows("forming_step")}
        return {"steps": [(item, done.get(item.key)) for item in guide.checklists()["forming-steps"].items]}

    def partners(self) -> None:
        """Possible partners, and the trail that shows how they were found and chosen (FP-2)."""
        self.tool(
            "FP-2",
            self.register("candidate", empty="Nobody is on the list yet.", shown=CANDIDATES),
            self.passage("form_trail", self._trail, ["candidate"]),
            self.findings(
                lambda: partners.gaps(self.rows("candidate")),
                ["candidate"],
                title="Gaps in the fairness trail",
                rule=partners.RULE,
                fine="Everybody could see how partners were found and why they were chosen.",
            ),
        )

    def _trail(self) -> dict[str, Any]:
        found = partners.trail(self.rows("candidate"))
        return {"trail": found, "ways": field_of(Candidate, "found").options}

    def time(self) -> None:
        """People, and whether they can really give the time (FP-3)."""
        chart = Chart(self._time())
        self.session.watch(TIME, lambda: chart.show(self._time()))
        self.tool(
            "FP-3",
            self.register("person", caption="People, written down once for all tools"),
            self.register("staff_time", empty="Nobody has promised any time yet."),
            chart,
            self.findings(
                lambda: staff_time.gaps(self.rows("staff_time"), self.people),
                TIME,
                rule=staff_time.RULE,
                fine="Every partner has more than one person, with hours that a senior person agreed to.",
            ),
        )

    def _time(self) -> Any:
        return time_picture(staff_time.totals(self.rows("staff_time"), self.people))

    @property
    def people(self) -> dict[str, Person]:
        """The list of people by identifier."""
        return dict(self.rows("person"))

    def memorandum(self) -> None:
        """The Memorandum of Understanding: a form in groups, a live preview, and the file (FP-4)."""
        lead = ("name", "need", "lead_public", "lead_third", "others")
        self.tool(
            "FP-4",
            self.passage("form_mou_sources", dict, ["-"]),
            Offers(
                self.session,
                "partnership",
                lambda: into_forms.needs_into_partnership(self.rows("need_statement")),
                ["need_statement"],
                title="Stated needs that the memorandum does not name",
            ),
            self.register("partnership", only=lead),
            Offers(
                self.session,
                "mou",
                lambda: into_forms.into_mou(self.one("scope")[1], self.rows("condition")),
                ["scope", "condition"],
                title="What other stages say, and the memorandum does not yet",
            ),
            self.register("mou"),
            self.register("signatory"),
            self.passage("form_mou", self._mou, list(form_facts.MOU_KINDS)),
            SaveFile(
                "Save the MoU as .docx",
                lambda changes: form_files.mou_file(self.session, changes),
                option="Add where it differs from the template of 2011. It is for whoever prepares it, not for signing.",
            ),
        )

    def _mou(self) -> dict[str, Any]:
        mou = mou_method.fill(form_facts.mou_facts(self.session.now))
        return {"mou": mou, "sections": preview(mou), "rule": mou_method.RULE}

    def lead_funder(self) -> None:
        """Which kind of Lead Funder fits, and how many reports it spares (FP-5)."""
        chart = Chart(self._reports())
        self.session.watch(FUNDING, lambda: chart.show(self._reports()))
        self.tool(
            "FP-5",
            self.register("funder"),
            self.register("lead_funder"),
            self.passage("form_lead", self._lead, FUNDING),
            chart,
            self.findings(
                lambda: lead_funder.gaps(self.one("lead_funder"), self.rows("funder")),
                FUNDING,
                rule=lead_funder.RULE,
            ),
        )

    def _reports(self) -> Any:
        return reports_picture([row for _, row in self.rows("funder")], self.one("lead_funder")[1].variant)

    def _lead(self) -> dict[str, Any]:
        choice, funders = self.one("lead_funder")[1], self.rows("funder")
        found = lead_funder.suggest(choice, funders)
        wanted = choice.variant or (found.variant.key if found.variant else None)
        named = {variant.key: variant.name for variant in guide.lead_funder().variants}
        return {
            "found": found,
            "count": lead_funder.count_reports([row for _, row in funders], wanted),
            "decided": named.get(choice.variant or "", "No Lead Funder" if choice.variant else ""),
            "differs": bool(choice.variant and found.variant and choice.variant != found.variant.key),
            "with_whom": named.get(wanted or "", ""),
            "guide": guide.lead_funder(),
            "rule": lead_funder.COUNT_RULE,
        }

    def team(self) -> None:
        """The team and the steering group, and what hangs on one person (FP-6)."""
        self.tool(
            "FP-6",
            self.register("member", empty="Nobody has a place yet. First write people down (see the tool on time)."),
            self.passage("form_team", self._team, TEAM),
            self.findings(
                lambda: team.gaps(self.rows("member"), self.people),
                TEAM,
                title="Who is missing, and what hangs on one person",
                rule=team.RULE,
                fine="Users, both sectors, procurement and operations are there, and everybody has a deputy.",
            ),
        )

    def _team(self) -> dict[str, Any]:
        made = team.team(self.rows("member"), self.people)
        return {
            "team": made,
            "skills": field_of(Member, "brings").options,
            "sectors": field_of(Stakeholder, "sector").options,
        }

    def welcome(self) -> None:
        """The induction pack (FP-7), and what people from outside see (FP-8)."""
        self.tool(
            "FP-7",
            self.passage("form_pack", self._pack, list(form_facts.PACK_KINDS)),
            SaveFile("Save the pack as .docx", lambda: form_files.pack_file(self.session)),
            self.register("induction"),
            self.findings(
                lambda: induction.gaps(self.rows("member"), self.rows("induction"), self.people),
                ["induction", *TEAM],
            ),
        )
        self.tool("FP-8", self.register("critical_friend", empty="No note yet."))

    def _pack(self) -> dict[str, Any]:
        return {"parts": induction.pack(form_facts.pack_facts(self.session.now))}

    def health(self) -> None:
        """How the partnership is, asked of everyone alone, and the talks that are hard to have (FP-9)."""
        self.tool("FP-9", *ballot(self, "health-check"), self.register("hard_conversation"))

    def workshops(self) -> None:
        """A run-sheet from the tools chosen and the minutes at hand (FP-10)."""
        self.tool(
            "FP-10",
            self.passage("form_tools", lambda: {"stages": tools_by_stage()}, ["-"]),
            self.register("workshop", shown=WORKSHOPS),
            self.passage("form_run_sheet", self._sheets, ["workshop", "agenda_item"]),
            SaveFile("Save the run-sheet as .docx", lambda: form_files.run_sheet_file(self.session)),
            Agenda(self.session),
        )

    def _sheets(self) -> dict[str, Any]:
        return {"sheets": sheets(self.session.now), "rule": run_sheet.RULE}

    def expectations(self) -> None:
        """Honest words for those who will not see a service for some time (FP-11)."""
        groups = "Groups, as in the list of stakeholders"
        self.tool(
            "FP-11",
            self.register("stakeholder", only=("name", "sector"), caption=groups, shown=GROUPS),
            self.register("expectation", empty="No message yet.", shown=MESSAGES),
        )

    def lessons(self) -> None:
        """What the pilots learned, what people ask, and an example to test oneself on (FP-12)."""
        self.cards("FP-12")
        examples = [example for example in guide.examples().values() if "FP-12" in example.tools]
        self.show(Passage(words("form_examples", examples=examples)))


def open(name: str | None = None) -> Form:
    """The page of stage 3 on the workbook of this name, or on the one in use."""
    return opened(Form, name)  # type: ignore[no-any-return]
