"""The panel of a ballot: what the page is told, and when; who may do what; sheets saved whole or not at all."""

from typing import Any

import pytest

from pspworkbook.guide.ballots import ballots
from pspworkbook.records import KINDS
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.ballot_words import follow_up, leads
from pspworkbook.widgets.qr import qr_path
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import Store, Workbook, WorkbookError, new_key
from pspworkbook.workbook.joining import join


@pytest.fixture
def ana(tmp_path):
    with Store(tmp_path / "store.db") as store:
        yield store.create("Luncheon club", author="Ana")


def panel_of(workbook: Workbook, key: str = "readiness") -> BallotPanel:
    return BallotPanel(Session(workbook), ballots()[key], "/library")


def ask(panel: BallotPanel, do: str, **more: Any) -> dict[str, Any]:
    return panel.reply({"do": do, **more}, [])[0]


def fill(workbook: Workbook, sector: str, values: list[int | None], item: str = "willingness", round: int = 1) -> None:
    workbook.save_many(
        ("answer", None, {"ballot": "readiness", "item": item, "sheet": f"{sector}{n}", "round": round, "sector": sector,
                          "value": value, "why": f"{sector} reason {n}"})
        for n, value in enumerate(values)
    )  # fmt: skip


def result(panel: BallotPanel, key: str = "willingness") -> dict[str, Any]:
    return next(one for one in panel.results if one["key"] == key)


def test_answers_stay_hidden_until_they_are_asked_for(ana) -> None:
    fill(ana, "public", [1, 1, 2, 1, 1])
    panel = panel_of(ana)
    assert panel.state["answered"] == 5
    assert panel.results == []
    assert panel.chart.picture["figure"] is None
    assert "public reason" not in str(panel.get_state())
    ask(panel, "show", on=True)
    assert result(panel)["counts"] == [4, 1, 0, 0]
    assert panel.chart.picture["figure"] is not None
    assert "public reason" not in str(panel.get_state()), "reasons come only one by one, on request"
    ask(panel, "show", on=False)
    assert panel.results == []
    assert panel.chart.picture["figure"] is None


def test_a_result_says_its_spread_and_leads_somewhere(ana) -> None:
    fill(ana, "public", [1, 1, 1, 1, 2, None])
    fill(ana, "third", [4, 4, 4, 4, 3])
    fill(ana, "user", [4, 4])
    panel = panel_of(ana)
    ask(panel, "show", on=True)
    found = result(panel)
    assert (found["verdict"], found["talk"], found["n"], found["kept_back"]) == ("split", "split", 12, 1)
    assert found["counts"] == [4, 1, 1, 6]
    assert [(one["title"], one["n"]) for one in found["sectors"]] == [
        ("Third sector", 5),
        ("Other sectors together", 7),
    ]
    assert result(panel, "human-resources")["talk"] == ""
    lesson = panel.words["leads"]["willingness"]["lessons"][0]
    assert lesson["href"] == f"/library#lesson-{lesson['key']}"
    assert "no more than a third of the scale" in panel.words["rules"][0]


def test_others_answers_show_without_asking_again(ana) -> None:
    panel = panel_of(ana)
    ask(panel, "show", on=True)
    ana.store.open(ana.slug, author="Bo").add(
        "answer", {"ballot": "readiness", "item": "willingness", "sheet": "b", "value": 3}
    )
    panel.session.follow()
    assert (panel.state["answered"], result(panel)["n"]) == (1, 1)


def test_a_sheet_is_saved_whole_as_one_batch_or_not_at_all(ana) -> None:
    panel = panel_of(ana)
    answers = {"willingness": {"value": 3, "why": "We must"}, "human-resources": {"value": None, "why": ""}}
    answer = ask(panel, "submit", answers=answers, sector="third", organisation="The Club", paper=True)
    assert answer["said"] == "Saved: 2 answers of one person."
    saved = [entry.record for entry in ana.records("answer")]
    assert [(one.item, one.value, one.paper, one.sector, one.organisation) for one in saved] == [
        ("willingness", 3, True, "third", "The Club"),
        ("human-resources", None, True, "third", "The Club"),
    ]
    assert len({change.batch for change in ana.history(kind="answer")}) == 1
    for wrong, place in (
        ({"willingness": {"value": 9}}, "willingness"),
        ({"willingness": {"value": 2}, "made-up": {"value": 2}}, "made-up"),
        ({}, ""),
    ):
        assert ask(panel, "submit", answers=wrong, sector="", paper=True)["errors"][place]
    assert len(ana.records("answer")) == 2
    ana.undo()
    assert ana.records("answer") == []


def test_a_second_round_stands_beside_the_first(ana) -> None:
    fill(ana, "public", [1, 1, 4, 4])
    panel = panel_of(ana)
    ask(panel, "show", on=True)
    ask(panel, "round", round=2)
    assert (panel.state["round"], panel.state["shown"], panel.state["answered"]) == (2, False, 0)
    fill(ana, "public", [3, 3, 3, 4], round=2)
    panel.session.follow()
    ask(panel, "show", on=True)
    assert panel.state["view"] == 2
    assert "closer together" in result(panel)["change"]
    ask(panel, "pick", item="willingness")
    assert [row[0] for row in panel.chart.picture["rows"]] == ["Everybody, round 1", "Everybody, round 2"]
    ask(panel, "view", round=1)
    assert result(panel)["counts"] == [2, 0, 0, 2]
    assert panel_of(ana).state["round"] == 2, "a page that is loaded again shows the same"


def test_who_is_missing_is_a_number(ana) -> None:
    fill(ana, "public", [1, 2])
    panel = panel_of(ana)
    assert panel.state["missing"] is None
    assert ask(panel, "expect", number="14")["ok"]
    assert (panel.state["expected"], panel.state["missing"]) == (14, 12)
    assert "whole number" in str(ask(panel, "expect", number="many")["errors"])
    assert panel_of(ana).state["expected"] == 14


def test_reasons_come_on_request_in_no_order_and_can_be_kept_off_the_screen(ana) -> None:
    fill(ana, "public", [1, 2, 3, 4, 4, 4, 4, 4])
    panel = panel_of(ana)
    ask(panel, "show", on=True)
    assert result(panel)["reasons"] == 8
    first = ask(panel, "reasons", key="willingness")["reasons"]
    assert {one["text"] for one in first} == {f"public reason {n}" for n in range(8)}
    assert first == ask(panel, "reasons", key="willingness")["reasons"], "the same order each time"
    assert "sheet" not in first[0]
    ask(panel, "leave", id=first[0]["id"], out=True)
    assert first[0] not in ask(panel, "reasons", key="willingness")["reasons"]
    everything = ask(panel, "reasons", key="willingness", all=True)
    assert (everything["n"], sum(one["out"] for one in everything["reasons"])) == (8, 1)
    assert result(panel)["n"] == 8, "the answer itself counts as before"
    ask(panel, "leave", id=first[0]["id"], out=False)
    assert ask(panel, "reasons", key="willingness")["reasons"] == first


def test_phones_are_let_in_and_shut_out(ana) -> None:
    panel = panel_of(ana)
    assert ask(panel, "open")["ok"]
    joined = join(ana.store, panel.state["code"])
    assert joined is not None
    assert (joined.ballot, joined.workbook.role) == ("readiness", "participant")
    assert panel_of(ana).state["code"] == panel.state["code"], "a page that is loaded again shows the same code"
    ask(panel, "close")
    assert panel.state["code"] == ""
    assert join(ana.store, joined.code) is None


def test_a_weak_question_becomes_an_action_and_never_an_unknown_kind(ana) -> None:
    panel = panel_of(ana)
    assert ask(panel, "follow_up", kind="action", key="willingness")["ok"]
    action = ana.records("action")[0].record
    assert action.what == "Follow up “Willingness to change” (Organisational readiness)"
    assert (action.ballot, action.question) == ("Organisational readiness", "Willingness to change")
    assert not ask(panel, "follow_up", kind="partnership", key="willingness")["ok"]


@pytest.mark.parametrize("role", ["partner", "participant", "viewer"])
def test_only_the_facilitator_leads(ana, role) -> None:
    fill(ana, "public", [1, 2, 3])
    panel = panel_of(ana.store.open(key=new_key(ana.store, ana.slug, role)))
    assert (panel.may["lead"], panel.may["answer"]) == (False, role != "viewer")
    ask(panel, "show", on=True)
    before = ana.position
    for do, more in (
        ("open", {}), ("close", {}), ("round", {"round": 2}), ("expect", {"number": "3"}),
        ("reasons", {"key": "willingness"}), ("leave", {"id": "x", "out": True}),
    ):  # fmt: skip
        assert "Only the facilitator" in ask(panel, do, **more)["refused"]
    assert ana.position == before
    done = ask(panel, "submit", answers={"willingness": {"value": 4, "why": ""}}, sector="user")
    assert done["ok"] is (role != "viewer")


def test_a_ballot_in_words_shows_what_was_written_to_the_facilitator_only_on_request(ana) -> None:
    panel = panel_of(ana, "definitions")
    assert ask(panel, "submit", answers={"commissioning": {"value": None, "why": "Buying"}}, sector="user")["ok"]
    assert "errors" in ask(panel, "submit", answers={"commissioning": {"value": 3, "why": ""}}, sector="user")
    ask(panel, "show", on=True)
    assert panel.results == [{"key": "commissioning", "n": 1, "few": True}]
    assert ask(panel, "reasons", key="commissioning")["reasons"] == [], "one or two could be told by their words"
    for text in ("Choosing", "Paying"):
        ask(panel, "submit", answers={"commissioning": {"value": None, "why": text}}, sector="third")
    assert panel.results == [{"key": "commissioning", "n": 3, "few": False}]
    read = {one["text"] for one in ask(panel, "reasons", key="commissioning")["reasons"]}
    assert read == {"Buying", "Choosing", "Paying"}


def test_each_group_is_asked_its_own_questions(ana) -> None:
    panel = panel_of(ana, "benefits")
    wrong = ask(panel, "submit", answers={"choice.users": {"value": 3}}, sector="public")
    assert "not asked of this group" in wrong["errors"]["choice.users"]
    assert ask(panel, "submit", answers={"choice.commissioners": {"value": 3}}, sector="public")["ok"]


@pytest.mark.parametrize("key", list(ballots()))
def test_every_ballot_has_a_panel_and_shows_itself_empty(ana, key) -> None:
    panel = panel_of(ana, key)
    ask(panel, "show", on=True)
    assert len(panel.results) == len(panel.words["questions"])
    assert all(leads["lessons"] for leads in panel.words["leads"].values())


def test_a_risk_is_never_called_weak(ana) -> None:
    ana.add("risk", {"title": "Snow"})
    words = panel_of(ana, "risk-rating").words
    assert words["weak"] == "high" and words["weak_rule"].startswith("A question is called high when")
    assert "weak" not in " ".join(words["rules"])
    assert panel_of(ana).words["weak"] == "weak"


def test_a_ballot_about_a_register_asks_about_what_is_in_it_now(ana) -> None:
    panel = panel_of(ana, "risk-rating")
    assert panel.words["questions"] == []
    assert "put in a risk or issue" in panel.words["nothing"]
    (risk,) = ana.save_many([("risk", None, {"title": "The minibus breaks down"})])
    panel.session.follow()
    asked = {one["item"] for one in panel.words["questions"]}
    assert asked == {risk.id}
    assert ask(panel, "submit", answers={panel.words["questions"][0]["key"]: {"value": 2}})["ok"]
    ana.delete("risk", risk.id, risk.version)
    panel.session.follow()
    assert panel.words["questions"] == []


def test_the_qr_code_is_the_outline_of_its_dark_squares() -> None:
    import segno

    address = "http://192.168.1.20:8866/join/BCDFGH"
    path, size = qr_path(address)
    matrix = segno.make(address, error="m", micro=False).matrix
    assert size == len(matrix) + 8
    assert sum(int(step.partition("h")[2].partition("v")[0]) for step in path.split("M")[1:]) == sum(map(sum, matrix))
    for wrong in ("javascript:alert(1)", "", "http://x/" + "y" * 300, "http://x\n"):
        with pytest.raises(WorkbookError):
            qr_path(wrong)


@pytest.mark.parametrize("people", [1, 2])
def test_one_or_two_answers_are_shown_to_nobody(ana, people: int) -> None:
    """Whoever gave one of two answers could work out the other."""
    fill(ana, "third", [4] * people)
    panel = panel_of(ana)
    ask(panel, "show", on=True)
    found = result(panel)
    assert (found["n"], found["few"], found["median"], found["range"], found["reasons"]) == (people, True, "–", "–", 0)
    assert set(found["counts"]) == {0}
    assert panel.chart.picture["figure"] is None and "4" not in "".join(panel.chart.picture["rows"][0][3:])
    assert ask(panel, "reasons", key="willingness")["reasons"] == []
    assert "third reason" not in str(panel.get_state())
    fill(ana, "user", [4] * (3 - people))
    panel.session.follow()
    assert result(panel)["counts"][-1] == 3 and panel.chart.picture["figure"] is not None
    assert len(ask(panel, "reasons", key="willingness")["reasons"]) == 3


def test_a_low_score_leads_to_a_next_tool_and_a_risk_remembers_where_it_came_from() -> None:
    """Every question of every ballot that is rated: lessons of the same kind, and something to go on with."""
    for asked in (one for one in ballots().values() if not one.items_of):
        for question in asked.questions:
            found = leads(asked, question.key, "/library", lambda tool: f"/#tool-{tool}")
            assert found["tools"] and all(one["href"].startswith("/#tool-") for one in found["tools"]), asked.key
            assert f"/#tool-{asked.tool}" not in [one["href"] for one in found["tools"]]
    made = follow_up("risk", ballots()["readiness"], ballots()["readiness"].questions[0].key)
    assert made["origin"].startswith("ballot:readiness#")
    assert KINDS["risk"].model_validate(made)


def test_showing_is_kept_for_the_round_by_whom_and_can_be_undone(ana) -> None:
    fill(ana, "public", [1, 1, 2])
    panel = panel_of(ana)
    ask(panel, "show", on=True)
    [held] = ana.records("sitting")
    assert held.record.rounds_opened == {1} and held.author == "Ana"
    assert not panel_of(ana).state["shown"], "a page that opens anew may stand on a projector"
    assert "Shown before" in str(panel_of(ana).chart.picture)
    fill(ana, "public", [3, 3, 3], round=2)
    panel.session.follow()
    assert not panel.state["shown"] and panel.results == [], "the second round waits for its own “Show answers”"
    ana.undo()
    ana.undo()
    panel.session.follow()
    assert not panel.state["shown"] and panel.results == []


def test_only_the_facilitator_opens_a_round_and_then_everybody_may_look(ana) -> None:
    fill(ana, "public", [1, 1, 2])
    theirs = panel_of(ana.store.open(key=new_key(ana.store, ana.slug, "partner")))
    with pytest.raises(WorkbookError, match="Only the facilitator"):
        theirs.reveal(on=True)
    assert theirs.results == []
    ask(panel_of(ana), "show", on=True)
    theirs.session.follow()
    theirs.reveal(on=True)
    assert result(theirs)["n"] == 3
