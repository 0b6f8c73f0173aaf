"""The stakeholder grid: what the page is told, and when; one sheet of the ballot, whoever gave it and wherever."""

from typing import Any

import pytest

from pspworkbook.guide.ballots import ballots
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.grid import StakeholderGrid
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import Store, Workbook, new_key
from pspworkbook.workbook.joining import hold

ANN, BO = "ann" * 8, "bo." * 8
"""What two browsers hold for themselves."""


@pytest.fixture
def ana(tmp_path):
    with Store(tmp_path / "store.db") as store:
        workbook = store.create("Luncheon club", author="Ana")
        workbook.save_many([("stakeholder", "fam", {"name": "Families"}), ("stakeholder", "cou", {"name": "Council"})])
        yield workbook


def grid_of(workbook: Workbook, *, alone: bool = False) -> StakeholderGrid:
    session = Session(workbook)
    asked = ballots()["stakeholder-map"].with_items([("fam", "Families"), ("cou", "Council")])
    return StakeholderGrid(session, None if alone else BallotPanel(session, asked))


def ask(part: Any, do: str, **more: Any) -> dict[str, Any]:
    return part.reply({"do": do, "round": 1, **more}, [])[0]


def fill(workbook: Workbook, item: str, values: list[int | None], round: int = 1) -> None:
    rows = ({"ballot": "stakeholder-map", "item": item, "round": round, "sheet": f"p{n}", "value": value} for n, value in enumerate(values))  # fmt: skip
    workbook.save_many([("answer", None, row) for row in rows])


def saved(workbook: Workbook) -> list[tuple[Any, ...]]:
    return sorted((entry.record.item, entry.record.value, entry.record.why, entry.record.sector) for entry in workbook.records("answer"))  # fmt: skip


def test_a_placing_is_an_answer_of_the_ballot_and_is_changed_not_counted_twice(ana) -> None:
    grid = grid_of(ana)
    done = ask(
        grid, "place", secret=ANN, sector="carer", values={"fam": {"importance": 4, "support": 2, "why": "Tired"}}
    )
    assert done["said"].startswith("Saved") and done["mine"]["fam"] == {"importance": 4, "support": 2, "why": "Tired"}
    assert saved(ana) == [("fam.importance", 4, "", "carer"), ("fam.support", 2, "Tired", "carer")]
    ask(grid, "place", secret=ANN, sector="carer", values={"fam": {"importance": 5, "support": 2}})
    assert saved(ana) == [("fam.importance", 5, "", "carer"), ("fam.support", 2, "Tired", "carer")], "the reason stays"
    assert grid._panel.state["answered"] == 1, "one sheet, in the ballot that phones and paper answer too"
    record = ana.records("answer")[0].record
    assert record.sheet not in ANN and ANN not in str(ana.frame("answer").to_dict() if hasattr(ana, "frame") else ""), (
        "the secret is in no file"
    )
    ask(grid, "place", secret=ANN, values={"fam": {"importance": None, "support": None}})
    assert [row[1] for row in saved(ana)] == [None, None], "would rather not say"
    done = ask(grid, "place", secret=ANN, values={"fam": {"importance": "", "support": ""}})
    assert saved(ana) == [] and done["mine"] == {}, "taken back: as if never given"
    ask(grid, "place", secret=ANN, values={"fam": {"importance": "", "support": 3}})
    assert saved(ana) == [("fam.support", 3, "", None)]


def test_a_browser_finds_its_own_sheet_again_and_nobody_elses(ana) -> None:
    ask(grid_of(ana), "place", secret=ANN, sector="user", values={"cou": {"importance": 3, "support": 3}})
    again = grid_of(ana)
    assert ask(again, "mine", secret=ANN)["mine"] == {"cou": {"importance": 3, "support": 3, "why": ""}}
    assert ask(again, "mine", secret=ANN)["sector"] == "user"
    assert ask(again, "mine", secret=BO)["mine"] == {}
    assert "errors" in ask(again, "mine", secret="") and "errors" in ask(again, "mine", secret=7)


def test_another_group_moves_the_whole_sheet(ana) -> None:
    grid = grid_of(ana)
    ask(grid, "place", secret=ANN, sector="user", values={"cou": {"support": 3}})
    assert ask(grid, "sector", secret=ANN, sector="third")["ok"]
    assert saved(ana) == [("cou.support", 3, "", "third")]
    assert "errors" in ask(grid, "sector", secret=ANN, sector="aliens")


def test_undo_and_a_new_placing_after_it(ana) -> None:
    grid = grid_of(ana)
    ask(grid, "place", secret=ANN, values={"fam": {"importance": 4, "support": 2}})
    ana.undo()
    grid.session.follow()
    assert ask(grid, "mine", secret=ANN)["mine"] == {}
    assert ask(grid, "place", secret=ANN, values={"fam": {"importance": 1, "support": 1}})["ok"]
    assert [row[1] for row in saved(ana)] == [1, 1]


@pytest.mark.parametrize("bad", [9, 0, "3", 2.5, "<b>"])
def test_a_sheet_is_saved_whole_or_not_at_all(ana, bad) -> None:
    values = {"fam": {"importance": 4, "support": 2}, "cou": {"importance": 4, "support": bad}}
    assert "cou" in ask(grid_of(ana), "place", secret=ANN, values=values)["errors"]
    assert ana.records("answer") == []


def test_a_stakeholder_who_is_new_can_be_placed_and_one_who_is_gone_cannot(ana) -> None:
    grid = grid_of(ana, alone=True)
    new = ana.add("stakeholder", {"name": "Drivers"})
    grid.session.follow()
    assert [item["name"] for item in grid.items] == ["Families", "Council", "Drivers"]
    assert ask(grid, "place", secret=ANN, values={new.id: {"importance": 2, "support": 2}})["ok"]
    ana.delete("stakeholder", new.id, 1)
    grid.session.follow()
    assert "not in the list" in ask(grid, "place", secret=ANN, values={new.id: {"importance": 3}})["errors"][new.id]


def test_nothing_of_the_answers_is_sent_until_they_are_asked_for_and_they_can_be_hidden_again(ana) -> None:
    fill(ana, "fam.importance", [5, 5, 4])
    fill(ana, "fam.support", [1, 2, 1])
    fill(ana, "cou.importance", [5, 5])
    fill(ana, "cou.support", [1, 1])
    ana.change("stakeholder", "fam", {"wanted": "4"}, 1)
    grid = grid_of(ana)
    hidden = grid.get_state()
    assert hidden["results"] == [] and hidden["state"]["shown"] is False
    assert set(hidden["state"]) == {"shown", "round", "view", "seq"} and {*hidden["items"][0]} == {"id", "n", "name"}
    ask(grid, "show", on=True)
    assert grid._panel.state["shown"], "the ballot above shows the same"
    fam, cou = grid.results
    assert (fam["act"], fam["wanted"], fam["support"]["middle"], fam["dots"]) == (True, 4, 1, [[4, 1], [5, 1], [5, 2]])
    assert cou == {"id": "cou", "known": False, "n": 2, "words": "Council: 2 people have rated both, too few to say."}
    grid._panel.reply({"do": "show", "on": False}, [])
    assert grid.results == [] and not grid.state["shown"]


def test_rounds_stand_apart_and_hide_the_answers_again(ana) -> None:
    grid = grid_of(ana)
    ask(grid, "place", secret=ANN, values={"fam": {"importance": 4, "support": 2}})
    ask(grid, "show", on=True)
    grid._panel.reply({"do": "round", "round": 2}, [])
    assert (grid.state["round"], grid.state["shown"], grid.results) == (2, False, [])
    assert "Another round" in str(ask(grid, "place", secret=ANN, values={"fam": {"support": 5}})["errors"])
    assert ask(grid, "mine", secret=ANN)["mine"] == {}, "placed anew, each for themselves"
    assert ask(grid, "place", secret=ANN, round=2, values={"fam": {"importance": 4, "support": 5}})["ok"]
    assert [(one.record.round, one.record.value) for one in ana.records("answer") if one.record.item == "fam.support"] == [(1, 2), (2, 5)]  # fmt: skip
    hold(ana, "stakeholder-map", {"round": 1})
    grid.session.follow()
    assert grid.round == 1 and ask(grid, "mine", secret=ANN)["mine"]["fam"]["support"] == 2


@pytest.mark.parametrize(("role", "may"), [("partner", True), ("participant", True), ("viewer", False)])
def test_who_may_answer_may_place(ana, role, may) -> None:
    grid = grid_of(ana.store.open(key=new_key(ana.store, ana.slug, role)))
    assert grid.words["may"] is may
    assert ask(grid, "place", secret=ANN, values={"fam": {"support": 3}})["ok"] is may


def test_a_long_list_is_read_quickly_enough_and_numbered(ana) -> None:
    ana.save_many([("stakeholder", f"s{n}", {"name": f"Group {n} " + "with a long name " * 12}) for n in range(40)])
    for part in ("importance", "support"):
        ana.save_many([("answer", None, {"ballot": "stakeholder-map", "item": f"s{n}.{part}", "sheet": f"p{p}", "value": 1 + (n + p) % 5}) for n in range(40) for p in range(3)])  # fmt: skip
    grid = grid_of(ana, alone=True)
    assert [item["n"] for item in grid.items] == list(range(1, 43))
    ask(grid, "show", on=True)
    assert sum(one["known"] for one in grid.results) == 40
