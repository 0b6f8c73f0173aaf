"""The second half of stage 5 without a browser: every tool is there, and each entry goes on to where it is used."""

import datetime as dt
import io
from pathlib import Path

import pytest
from docx import Document

from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.plan.gaps_more import gaps_more
from pspworkbook.records import KINDS
from pspworkbook.stages import plan
from pspworkbook.stages.facts.plan_more import more_facts
from pspworkbook.stages.plan import budget, files, pilot, risk
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.passage import Passage
from pspworkbook.workbook import Store, Workbook
from pspworkbook.workbook.joining import hold

STAGE = plan
METHODS = ("budget", "risks", "measures", "pilot", "pilot_terms", "procurement", "blockers")
TOOLS = ("PL-5", "PL-7", "PL-12", "PL-14", "PL-15", "PL-16", "PL-17", "PL-18", "PL-19", "PL-20", "PL-23")


def passages(parts: list[object]) -> str:
    return "\n".join(part.html for part in parts if isinstance(part, Passage))


def offers(parts: list[object], kind: str) -> Offers:
    return next(part for part in parts if isinstance(part, Offers) and part.kind == kind)


def put(workbook: Workbook, kind: str, **values: object) -> str:
    return workbook.add(kind, values).id


def fill(workbook: Workbook, kind: str, **values: object) -> None:
    workbook.change(kind, kind, values, workbook.the(kind).version)


def said(stage: plan.Plan) -> str:
    now = stage.session.now
    return "\n".join(gap.sentence for gap in gaps_more(more_facts(now), dt.date(2026, 11, 22)))


def test_every_tool_is_on_the_page(shown: list[object]) -> None:
    text = passages(shown)
    assert [tool for tool in TOOLS if f'id="tool-{tool}"' not in text] == []


def test_the_measures_say_where_to_enter_what_they_choose_from_and_count_no_hours_that_nobody_knows(
    stage: plan.Plan, shown: list[object]
) -> None:
    text = passages(shown)
    assert "There is nothing to choose from in “Outcome” yet." in text
    assert "There is nothing to choose from in “Who collects it” yet." in text
    put(stage.workbook, "outcome", outcome="Fewer falls")
    put(stage.workbook, "person", name="Ann")
    put(stage.workbook, "measure", indicator="Falls")
    stage.session.follow()
    text = passages(shown)
    assert "nothing to choose from" not in text
    assert "How many hours the measures take cannot be counted yet" in text and "take 0 hours" not in text
    put(stage.workbook, "measure", indicator="Friends", minutes="10", times="12", people="30")
    stage.session.follow()
    assert "All measures together take 60 hours a year" in passages(shown)


def test_a_pilot_walks_from_its_terms_to_the_budget_and_is_offered_once(stage: plan.Plan, shown: list[object]) -> None:
    fill(stage.workbook, "pilot_choice", decision="pilot", starts="2026-01-05", ends="2026-06-30")
    put(stage.workbook, "pilot_term", contributor="Council", what="Hall", contribution="in_kind", value="600")
    stage.session.follow()
    lines = offers(shown, "budget_line")
    assert [one["text"] for one in lines.state["offers"]] == ["Hall, £600, from Council"]
    lines._take({}, [])
    made = stage.workbook.records("budget_line")[0].record
    assert (made.partner, made.forecast, made.period_end) == ("Council", 600, dt.date(2026, 6, 30))
    assert lines.state["offers"] == [] and offers(shown, "pilot_term").state["offers"] == [], "it does not go round"
    assert "help in kind worth £600" in passages(shown)


def test_approval_is_held_back_on_the_page_until_the_last_question(stage: plan.Plan, shown: list[object]) -> None:
    fill(
        stage.workbook, "pilot_choice", decision="pilot", reasons="New", decided_by="All", date="2026-01-01",
        approved="yes", approved_by="All", approved_on="2026-01-02",
    )  # fmt: skip
    full = {"answer": "Yes", "evidence": "Minute", "advised_by": "Procurement", "date": "2026-01-01"}
    keys = ["selection", "purpose", "specification", "knowledge", "timing", "price"]
    for key in keys:
        put(stage.workbook, "pilot_question", item=key, **full)
    stage.session.follow()
    assert "held back until “Advantage” is answered" in said(stage)
    assert "Held back. Not valid as approved" in passages(shown)
    put(stage.workbook, "pilot_question", item="advantage", **full)
    stage.session.follow()
    assert "held back" not in said(stage) and pilot.approval(stage)["state"].state == "approved"


def test_a_low_supporter_becomes_a_blocker_and_then_a_risk(stage: plan.Plan, shown: list[object]) -> None:
    who = put(stage.workbook, "stakeholder", name="Hall committee")
    for n in range(3):
        for part, value in (("support", 1), ("importance", 5)):
            item = f"{who}.{part}"
            put(stage.workbook, "answer", ballot="stakeholder-map", item=item, sheet=f"s{n}", value=value)
    stage.session.follow()
    assert not offers(shown, "blocker").state["offers"], "nothing before “Show answers”"
    hold(stage.workbook, "stakeholder-map", {"opened": "1"})
    stage.session.follow()
    assert offers(shown, "blocker").state["folded"], "who supports little stays off the projector until it is opened"
    offers(shown, "blocker")._take({"origin": f"stakeholder:{who}"}, [])
    blocker = stage.workbook.records("blocker")[0]
    assert (blocker.record.stakeholder, blocker.record.origin) == (who, f"stakeholder:{who}")
    stage.session.follow()
    register = offers(shown, "risk")
    assert f"blocker:{blocker.id}" in [one["origin"] for one in register.state["offers"]]
    register._take({"origin": f"blocker:{blocker.id}"}, [])
    made = stage.workbook.records("risk")[0].record
    assert (made.title, made.type, made.status) == ("Hall committee: not won over yet", "risk", "open")


def test_any_ballot_can_make_a_risk(stage: plan.Plan) -> None:
    panel = BallotPanel(stage.session, ballots()["pilot-or-not"])
    assert [one["kind"] for one in panel.may["follow_up"]] == ["action", "risk"]
    panel._follow_up({"kind": "risk", "key": "half-hearted"}, [])
    made = stage.workbook.records("risk")[0].record
    assert "half-hearted support" in made.title and made.status == "open"
    assert "risk" in {gap.kind for gap in stage.gaps}


def test_the_balance_is_held_back_until_the_answers_are_shown(stage: plan.Plan, shown: list[object]) -> None:
    for n in range(3):
        for item, value in (("real-test", 5), ("cost", 1)):
            put(stage.workbook, "answer", ballot="pilot-or-not", item=item, sheet=f"s{n}", value=value)
    stage.session.follow()
    chart = next(
        part
        for part in shown
        if isinstance(part, Chart) and part.picture["title"].startswith("Pilot or not: the balance")
    )
    panel = next(part for part in shown if isinstance(part, BallotPanel) and part.name == "pilot-or-not")
    assert chart.picture["figure"] is None and "+4" not in chart.picture["text"]
    panel._show({"on": True}, [])
    assert "+4" in chart.picture["text"] and chart.picture["figure"]


def test_risk_scores_show_with_their_spread(stage: plan.Plan, shown: list[object]) -> None:
    id_ = put(stage.workbook, "risk", title="Bus breaks")
    for n in range(3):
        for part in ("likelihood", "impact"):
            put(stage.workbook, "answer", ballot="risk-rating", item=f"{id_}.{part}", sheet=f"s{n}", value=n + 3)
    hold(stage.workbook, "risk-rating", {"opened": "1"})
    stage.session.follow()
    assert [one.score for one in risk.found(stage)] == [16]
    assert "people’s own scores from 9 to 25" in passages(shown)


def test_names_of_organisations_are_suggested_once(stage: plan.Plan) -> None:
    put(stage.workbook, "person", name="Ann", organisation="Glen Council")
    put(stage.workbook, "person", name="Bob", organisation="glen  council")
    put(stage.workbook, "budget_line", line="x", partner="Club")
    stage.session.follow()
    assert budget.partners(stage) == ["Club", "Glen Council"]


def test_the_annex_lists_what_changed_after_its_last_version(stage: plan.Plan) -> None:
    put(stage.workbook, "pilot_term", contributor="Club", what="Old bus")
    put(stage.workbook, "annex_version", version="1.0", date="2026-01-01", agreed_by="All", changed="First")
    put(stage.workbook, "pilot_term", contributor="Club", what="New bus")
    stage.session.follow()
    changed = "\n".join(files.changed_since(stage))
    assert "New bus" in changed and "Old bus" not in changed
    name, _, data = files.annex_file(stage)
    assert name.startswith("pilot-annex-ours-") and Document(io.BytesIO(data)).tables


def test_hostile_text_is_escaped_everywhere(stage: plan.Plan, shown: list[object]) -> None:
    bad = "<img src=x onerror=alert(1)>"
    fill(stage.workbook, "pilot_choice", decision="pilot", starts="2026-01-05", where=bad)
    for kind in (
        "budget_line",
        "risk",
        "measure",
        "pilot_term",
        "transfer_check",
        "community_benefit",
        "asset_transfer",
    ):
        put(stage.workbook, kind, **{KINDS[kind].name_field: bad})
    put(stage.workbook, "procurement_step", step=bad, order=1, days=2)
    stage.session.follow()
    assert "<img" not in passages(shown) and "&lt;img" in passages(shown)


def test_nothing_of_the_example_stands_in_the_way_by_accident(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pspworkbook.workbook.example import make_example

    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "e.db"))
    with Store(tmp_path / "e.db") as store:
        make_example(store)
    text = said(plan.open("wheels-to-meals"))
    for rough in (
        "has no actual yet", "Nobody sees to “Food prices", "Nobody collects “How healthy volunteers feel",
        "held back until “Advantage”", "The hall committee wants its Fridays back",
    ):  # fmt: skip
        assert rough in text
