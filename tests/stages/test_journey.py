"""The customer journey without a browser: from two ways of telling it to requirements, feedback, and the next round."""

import io
from pathlib import Path

import docx
import pytest

from pspworkbook.stages import analyse, plan, review
from pspworkbook.stages.analyse.journey import file
from pspworkbook.stages.plan.work import scope_file
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.ordered import OrderedRegister
from pspworkbook.widgets.passage import Passage
from pspworkbook.workbook import Store


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The parts that a page has shown."""
    shown: list[object] = []
    monkeypatch.setattr("pspworkbook.stages.page.show_in_notebook", shown.append)
    return shown


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: list[object]) -> analyse.Analyse:
    """The page on an empty workbook."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "w.db"))
    with Store(tmp_path / "w.db") as store:
        store.create("Ours")
    stage = analyse.open("ours")
    stage.customer_journey()
    return stage


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: list[object]) -> analyse.Analyse:
    """The page on a fresh example."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "e.db"))
    stage = analyse.open()
    stage.customer_journey()
    return stage


def words(parts: list[object]) -> str:
    return "\n".join(part.html for part in parts if isinstance(part, Passage))


def only(parts: list[object], kind: type) -> list:
    return [part for part in parts if isinstance(part, kind)]


def offers(parts: list[object], kind: str) -> Offers:
    return next(part for part in only(parts, Offers) if part.kind == kind)


def test_a_journey_goes_all_the_way_round(empty: analyse.Analyse, parts: list[object]) -> None:
    workbook, session = empty.workbook, empty.session
    group = workbook.add("stakeholder", {"name": "Residents", "sector": "user"})
    session.follow()
    offers(parts, "journey")._take({"origin": f"stakeholder:{group.id}"}, [])
    [whose] = workbook.records("journey")
    assert (whose.record.stakeholder, whose.record.part) == (group.id, "uses")

    [steps] = only(parts, OrderedRegister)
    for what, organisation, wait in (("Rings", "Council", "3 weeks"), ("Fills in a form", "Surgery", "none")):
        answer = steps._add({"values": {"what": what, "organisation": organisation, "wait": wait, "feeling": "-1"}}, [])
        assert answer["id"]
    steps._choose({"name": "version", "value": "wanted"}, [])
    assert steps.seed_words == "Begin with a copy of the steps as they are"
    steps._seed_all({}, [])
    assert [row["values"]["what"] for row in steps.rows] == ["Rings", "Fills in a form"] and steps.seeds == 0
    assert "As it is today" in words(parts)

    first, second = steps.rows
    steps._change({"id": first["id"], "version": first["version"], "values": {"wait": "2 days", "feeling": "1"}}, [])
    steps._delete({"id": second["id"], "version": second["version"]}, [])
    session.follow()
    assert "Goes" in words(parts)
    [chart] = only(parts, Chart)
    assert "3 weeks of waiting" in chart.picture["text"] and "2 days of waiting" in chart.picture["text"]
    asked = offers(parts, "design_requirement")
    assert len(asked.state["offers"]) == 4, "one step better, one gone, fewer hand-overs, less waiting"
    asked._take({}, [])

    planned = plan.open("ours")
    planned.scope()
    names = [entry.label for entry in planned.workbook.records("design_requirement")]
    assert any("a wait of 2 days (today 3 weeks)" in name for name in names)
    assert any("still needs: how much it matters" in gap.sentence for gap in planned.gaps)
    _, _, data = scope_file(planned)
    cells = [cell.text for row in docx.Document(io.BytesIO(data)).tables[0].rows for cell in row.cells]
    assert set(names) <= set(cells)

    wanted = workbook.records("design_requirement")[0]
    workbook.add("feedback", {"words": "Rung the next day!", "requirement": wanted.id, "consent": "yes", "stakeholder": group.id})  # fmt: skip
    reviewed = review.open("ours")
    reviewed.said()
    assert "Rung the next day!" in words(parts) and "Did it come about?" in words(parts)

    session.follow()
    pains = next(part for part in only(parts, Offers) if part.kind == "journey_step")
    pains._take({"origin": pains.state["offers"][0]["origin"]}, [])
    assert workbook.records("journey_step")[-1].record.pain == "“Rung the next day!”"
    offers(parts, "journey")._take({"origin": f"journey:{whose.id}"}, [])
    again = workbook.records("journey")[-1]
    steps._turn_to({"journey": again.id, "version": "now"})
    assert steps.seed_words == "Begin with the steps that were wanted last time" and steps.seeds == 1
    steps._seed_all({}, [])
    assert [row["values"]["wait"] for row in steps.rows] == ["2 days"]


def test_the_example_shows_every_rough_edge_and_none_stops_the_stage(example, parts) -> None:
    text = words(parts)
    for rough in (
        "Goes to the hall in Millhaugh and has to leave early” is outside our control. Who could change it?",
        "“Asks a neighbour for a lift” feels bad. What is hard about it?",
        "would be worse than today: a wait of 1 week (today none). Is that meant?",
        "waits 40 minutes today. How long should it be?",
        "Reconstructed",
    ):
        assert rough in text, rough
    assert example.all_gaps == []
    assert offers(parts, "design_requirement").state["offers"], "some differences are left on offer"


def test_another_journey_is_another_picture(example, parts) -> None:
    [chart], [steps] = only(parts, Chart), only(parts, OrderedRegister)
    assert "Jean" in chart.picture["title"]
    steps._choose({"name": "journey", "value": "alison"}, [])
    assert "Alison" in chart.picture["title"] and "Step by step: Alison" in words(parts)
    options = {option["value"] for option in steps.options["came_from"]}
    assert "alison-1" in options and "jean-8" not in options, "a step comes from its own journey"


def test_a_step_that_is_missing_leads_to_its_field(example, parts) -> None:
    example.workbook.add("journey", {"name": "<b>Dougal</b>"})
    example.session.follow()
    dougal = example.workbook.records("journey")[-1].id
    assert f'href="#journey_step-{dougal}~now-"' in words(parts)
    assert "<b>Dougal" not in words(parts) and "&lt;b&gt;Dougal" in words(parts)
    assert any(gap.tool == "AN-5" for gap in example.all_gaps if hasattr(gap, "tool"))


def test_the_sheet_for_the_wall_has_both_ways_or_room_to_write(example, empty) -> None:
    name, _, data = file(example)
    document = docx.Document(io.BytesIO(data))
    assert name.startswith("journeys-wheels-to-meals-")
    assert [len(table.rows) for table in document.tables] == [9, 7, 6, 4]
    cells = [cell.text for cell in document.tables[0].rows[6].cells]
    assert "on their own" in cells and any(text.startswith("■□□□□") for text in cells)
    assert any("So the design must" in one.text for one in document.paragraphs)
    bare = docx.Document(io.BytesIO(file(empty)[2]))
    assert len(bare.tables) == 2 and not any(cell.text for cell in bare.tables[0].rows[3].cells)
