"""The customer journey (AN-5): whose it is, its steps both ways, the picture, and what it asks of the design."""

import datetime as dt
from typing import Any

from pspworkbook import guide
from pspworkbook.charts.journey import journey_picture
from pspworkbook.charts.picture import Picture
from pspworkbook.methods.analyse import journey, journey_design
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.ordered import Copy, OrderedRegister

KINDS = ["journey", "journey_step"]
PEOPLE = {"name": "wide", "part": "mid", "stakeholder": "mid", "situation": "wide"}
STEPS = {"order": "narrow", "what": "wide", "organisation": "mid", "feeling": "mid", "wait": "mid", "pain": "wide"}


class Steps(OrderedRegister):
    """The steps of one journey. A step comes from one of today's steps of the same journey, and from no other."""

    def _choices(self, spec: Any) -> list[dict[str, str]]:
        if spec.name != "came_from":
            return super()._choices(spec)
        rows = [(entry.id, entry.record) for entry in self.session.now.records(self.kind)]
        today = journey.steps_of(rows, self.chosen.get("journey"), "now")
        held = {row.came_from for _, row in rows if row.came_from}
        mine = {id_ for id_, _ in today}
        # What a step of another journey came from can still be read there: the next round comes from the last one.
        return [{"value": id_, "text": f"{place}. {row.label()}"} for place, (id_, row) in enumerate(today, 1)] + [
            {"value": id_, "text": row.label()} for id_, row in rows if id_ in held - mine
        ]


def customer_journey(page: ToolPage) -> None:
    """Whose journey, its steps as they are and as they should be, both as a picture, and what the design must do."""

    def begin(chosen: dict[str, str]) -> Any:
        rows, id_ = page.rows("journey_step"), chosen["journey"]
        if chosen["version"] == "wanted":
            return journey.copies(rows, id_)
        earlier = _earlier(page, id_)
        return journey.next_round(rows, id_, earlier) if earlier else []

    def words(chosen: dict[str, str]) -> str:
        if chosen["version"] != "wanted":
            return "Begin with the steps that were wanted last time"
        there = journey.steps_of(page.rows("journey_step"), chosen["journey"], "wanted")
        return "Copy the other steps of today" if there else "Begin with a copy of the steps as they are"

    steps = Steps(
        page.session,
        "journey_step",
        within=("journey", "version"),
        copy=Copy(begin, words),
        needs="First write down whose journey it is.",
        caption="Steps",
        empty="No step is written down yet.",
        shown=STEPS,
    )

    def chosen() -> tuple[str, Any] | None:
        return next((pair for pair in page.rows("journey") if pair[0] == steps.chosen["journey"]), None)

    def picture() -> Picture:
        one = chosen()
        return journey_picture(one[1].label() if one else "", *journey.chosen_steps(page.rows("journey_step"), one[0] if one else ""))  # fmt: skip

    chart = Chart(picture())
    beside = page.passage(
        "analyse_journey", lambda: journey_facts(page, steps.chosen["journey"]), [*KINDS, "design_requirement"]
    )
    pains = Offers(
        page.session,
        "journey_step",
        lambda: journey_design.pains(page.rows("feedback"), chosen()),
        ["feedback", "journey"],
        title="What people said at the review, as something hard in this journey",
        folded=True,
    )

    def again() -> None:
        from pspworkbook.stages.page import words as said

        chart.show(picture())
        beside.show(said("analyse_journey", **journey_facts(page, steps.chosen["journey"])))
        pains.refresh()

    page.session.watch(KINDS, lambda: chart.show(picture()))
    steps.on_choice(again)
    page.tool(
        "AN-5",
        page.passage("analyse_journey_why", lambda: {"points": guide.checklists()["journey-points"].items}, ["-"]),
        page.register("journey", empty="Nobody’s journey is followed yet. Two people who differ tell more than one.", shown=PEOPLE),
        Offers(
            page.session,
            "journey",
            lambda: [
                *journey_design.from_people(page.rows("stakeholder"), page.rows("need_statement")),
                *journey_design.next_rounds(page.rows("journey"), page.rows("journey_step")),
            ],
            ["stakeholder", "need_statement", *KINDS],
            title="Groups whose journey could be followed, and the next round of those that were",
            folded=True,
        ),
        steps,
        pains,
        chart,
        beside,
        Offers(
            page.session,
            "design_requirement",
            lambda: journey_design.requirements(page.rows("journey"), page.rows("journey_step")),
            KINDS,
            title="What the journeys ask of the design, and is not among the requirements of the scope (stage 5)",
        ),
        page.findings(
            lambda: journey_design.gaps(page.rows("journey"), page.rows("journey_step")),
            KINDS,
            title="What is missing, or odd",
            rule=f"{journey.RULE} {journey_design.RULE}",
            fine="Each journey is told both ways, and what is hard has been met.",
        ),
        SaveFile("Save the journeys for the wall (Word)", lambda: file(page)),
        reconstructed=True,
    )  # fmt: skip


def _earlier(page: ToolPage, id_: str) -> str:
    """The journey of which this one is the next round; "" where there is none."""
    row = dict(page.rows("journey")).get(id_)
    kind, _, other = row.origin.partition(":") if row else ("", "", "")
    return other if kind == "journey" else ""


def journey_facts(page: ToolPage, chosen: str) -> dict[str, Any]:
    """All journeys in figures, and the chosen one step by step."""
    rows, people = page.rows("journey_step"), page.rows("journey")
    now, wanted = journey.chosen_steps(rows, chosen)
    taken = {row.origin for _, row in page.rows("design_requirement")}
    return {
        "all": [
            (row.label(), journey.VERSIONS[version], journey.figures(steps))
            for id_, row in people
            for version in journey.VERSIONS
            if (steps := journey.steps_of(rows, id_, version))
        ],
        "name": dict(people)[chosen].label() if chosen in dict(people) else "",
        "differences": journey_design.differences(now, wanted) if wanted else [],
        "feelings": journey.feeling_words,
        "long": journey.long_time,
        "taken": taken,
        "plan": page.session.address("plan"),
        "count": len(page.rows("design_requirement")),
    }


def file(page: ToolPage) -> tuple[str, str, bytes]:
    """The journeys both ways: the file's name, its media type and its bytes."""
    from pspworkbook.documents.journey_docx import journey_docx  # most visitors of the page save none
    from pspworkbook.documents.word import MEDIA

    today = dt.date.today()
    data = journey_docx(
        page.rows("journey"),
        page.rows("journey_step"),
        page.rows("design_requirement"),
        workbook=page.workbook.name,
        on=today,
        note=page.one("partnership")[1].made_up,
    )
    return f"journeys-{page.workbook.slug}-{today:%Y-%m-%d}.docx", MEDIA, data
