"""The tools around the SROI forecast without a browser: each is there, and what is entered goes on to where it is used."""

import io
from pathlib import Path

import pytest
from docx import Document

from pspworkbook.stages import analyse
from pspworkbook.stages.analyse import sharing
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.passage import Passage
from pspworkbook.workbook import Store
from pspworkbook.workbook.errors import WorkbookError

METHODS = (
    "sharing",
    "influence",
    "pestel",
    "reading",
    "demand",
    "routes",
    "scope_ambition",
    "expectations",
    "good_enough",
)
TOOLS = ("AN-1", "AN-2", "AN-7", "AN-8", "AN-9", "AN-10", "AN-11", "AN-12", "AN-13", "AN-14", "AN-15")


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> analyse.Analyse:
    """The page on an empty workbook."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "w.db"))
    with Store(tmp_path / "w.db") as store:
        store.create("Ours")
    return analyse.open("ours")


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> analyse.Analyse:
    """The page on a fresh example."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "e.db"))
    return analyse.open()


def parts_of(stage: analyse.Analyse, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    parts: list[object] = []
    monkeypatch.setattr("pspworkbook.stages.page.show_in_notebook", parts.append)
    for method in (*METHODS, "lessons"):
        getattr(stage, method)()
    for key in ("stakeholders", "outcomes"):
        stage.step(key)
    return parts


def passages(parts: list[object]) -> str:
    return "\n".join(part.html for part in parts if isinstance(part, Passage))


def offers(parts: list[object], kind: str) -> list[Offers]:
    return [part for part in parts if isinstance(part, Offers) and part.kind == kind]


def test_every_tool_is_on_the_page_empty_or_full(stage, example, monkeypatch) -> None:
    for one in (stage, example):
        text = passages(parts_of(one, monkeypatch))
        assert [tool for tool in TOOLS if f'id="tool-{tool}"' not in text] == []


def test_a_budget_line_becomes_an_input_and_a_moved_budget_is_said(stage, monkeypatch) -> None:
    parts = parts_of(stage, monkeypatch)
    line = stage.workbook.add("budget_line", {"line": "Bus", "partner": "Council", "forecast": "100", "in_sroi": "yes"})
    stage.session.follow()
    offers(parts, "input")[0]._take({}, [])
    stage.session.follow()
    made = stage.workbook.records("input")[0].record
    assert (made.value, made.origin) == (100, f"budget_line:{line.id}") and "The same" in passages(parts)
    line = stage.workbook.get("budget_line", line.id)
    stage.workbook.change("budget_line", line.id, {"forecast": "150"}, line.version)
    stage.session.follow()
    assert "is £100 here and £150 in the budget" in passages(parts)


def test_the_bank_of_the_pilots_is_to_pick_from_and_never_added_whole(stage, monkeypatch) -> None:
    bank = offers(parts_of(stage, monkeypatch), "outcome")[1]
    count = len(bank.state["offers"])
    with pytest.raises(WorkbookError, match="Choose one"):
        bank._take({}, [])
    bank._take({"origin": bank.state["offers"][0]["origin"]}, [])
    assert len(stage.workbook.records("outcome")) == 1 and len(bank.state["offers"]) == count - 1


def test_only_what_is_begun_stands_in_the_way(stage) -> None:
    known = len(stage.all_gaps)
    stage.workbook.change("route_screen", "route_screen", {"what": "Club"}, stage.workbook.the("route_screen").version)
    stage.session.follow()
    assert len(stage.all_gaps) == known + 1 and stage.all_gaps[-1].tool == "AN-12"
    assert len(stage.gaps) == known, "the forecast's own list is as it was"


def test_mismatches_are_held_back_until_the_answers_are_shown(example, monkeypatch) -> None:
    parts = parts_of(example, monkeypatch)
    taken = offers(parts, "expectation_gap")[0]
    panel = next(part for part in parts if isinstance(part, BallotPanel) and part.ballot.key == "expectations")
    assert taken.state["offers"] == [] and "The two sectors side by side" not in passages(parts)
    panel._show({"on": True}, [])
    assert "The two sectors side by side" in passages(parts)
    texts = [one["text"] for one in taken.state["offers"]]
    assert any(text.startswith("The third sector partner can take on twice") for text in texts)
    assert not any("wait for its money" in text for text in texts), "that one is in the register already"


def test_the_example_has_its_rough_edges_and_none_stops_the_stage(example, monkeypatch) -> None:
    parts = parts_of(example, monkeypatch)
    text = passages(parts)
    for rough in (
        "“Falls of people who come to the club” must not be shared yet",
        "Nobody finds out about “How many people in the north glen",
        "Environmental: no factor yet",
        "“Open day before the start” came when the design was finished",
        "too little room for the middle estimate",
        "were to be looked at again on 30 September 2026",
    ):
        assert rough in text, rough
    chart = next(part for part in parts if isinstance(part, Chart) and "room for" in part.picture["title"])
    assert "room for 24" in chart.picture["text"]
    assert example.all_gaps == []


def test_the_table_of_shared_data_is_a_word_file(example) -> None:
    name, _, data = sharing.file(example.session)
    document = Document(io.BytesIO(data))
    assert name.startswith("data-sharing-wheels-to-meals-") and len(document.tables[0].rows) == 4
    assert any("D-02" in one.text for one in document.paragraphs)


def test_hostile_text_is_escaped(stage, monkeypatch) -> None:
    parts = parts_of(stage, monkeypatch)
    bad = "<img src=x onerror=alert(1)>"
    for kind, field in (
        ("data_share", "data_set"), ("good_enough", "gap"), ("pestel", "factor"), ("scope_change", "scope"),
        ("demand", "group"), ("influence", "event"),
    ):  # fmt: skip
        stage.workbook.add(kind, {field: bad})
    stage.session.follow()
    assert "<img" not in passages(parts) and "&lt;img" in passages(parts)
