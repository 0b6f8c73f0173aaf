"""The page of stage 2 without a browser: every tool is there, and a walk from nothing to a signed-off decision."""

import datetime as dt

import pytest

from pspworkbook import guide
from pspworkbook.guide.ballots import ballots
from pspworkbook.records import Answer
from pspworkbook.records.decide import Action, Assumption, Benefit, ChallengeAnswer, Principle
from pspworkbook.records.subsidy import ProcurementAdvice
from pspworkbook.stages import decide
from pspworkbook.stages.decide import checks
from pspworkbook.stages.decide.parts import OfferedRows
from pspworkbook.stages.decide.record import save_record
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.confirm import Confirm
from pspworkbook.widgets.passage import Passage
from pspworkbook.workbook import Workbook

STAGE = decide
METHODS = (
    *("way", "test", "principles", "benefits", "challenges", "signs", "readiness", "market", "subsidies"),
    *("procurement", "legacy", "assumptions", "advocates", "lessons", "decision", "agree"),
)
DAY = dt.date(2026, 11, 22)
NASTY = "<script>alert('x')</script> “quoted” 🚌 مرحبا"


def passages(parts: list[object]) -> str:
    return "\n".join(part.html for part in parts if isinstance(part, Passage))


def put(workbook: Workbook, kind: str, **values: object) -> str:
    return workbook.add(kind, values).id


def fill(workbook: Workbook, kind: str, **values: object) -> None:
    workbook.change(kind, kind, values, workbook.the(kind).version)


def rate(key: str, values: dict[str, list[int]], **more: object) -> list[Answer]:
    return [
        Answer.model_validate({"ballot": key, "item": item, "sheet": f"{n}", "value": value, **more})
        for item, column in values.items()
        for n, value in enumerate(column)
    ]


def vote(workbook: Workbook, key: str, value: int, people: int = 3, **changed: list[int]) -> None:
    asked = ballots()[key]
    sectors = ("user", "public", "third") if asked.part_of_sector else ("third",)
    workbook.save_many(
        [
            (
                "answer",
                None,
                {
                    "ballot": key,
                    "item": question.key,
                    "sheet": f"{key}{sector}{n}",
                    "sector": sector,
                    "organisation": f"Organisation {n % 2}" if asked.per_organisation else "",
                    "value": (changed.get(question.item.replace("-", "_")) or [value] * people)[n],
                },
            )
            for sector in sectors
            for n in range(people)
            for question in asked.questions_for(sector)
        ]
    )


def offered(parts: list[object], kind: str) -> OfferedRows:
    return next(one for one in parts if isinstance(one, OfferedRows) and one.kind == kind)


def panel(parts: list[object], key: str) -> BallotPanel:
    return next(one for one in parts if isinstance(one, BallotPanel) and one.ballot.key == key)


def test_every_tool_is_on_the_page_and_counted_and_the_decision_comes_last(
    stage: decide.Decide, shown: list[object]
) -> None:
    assert stage.frame.parts == 1 + len(shown)
    text = passages(shown)
    tools = [tool.id for tool in guide.tools().values() if tool.stage == "decide"]
    assert len(tools) == 14
    places = {id_: text.index(f'id="tool-{id_}"') for id_ in tools}
    others = [id_ for id_ in tools if id_ != "TP-10"]
    assert sorted(others, key=places.__getitem__) == others
    assert max(places, key=places.__getitem__) == "TP-10"


def test_an_empty_workbook_decides_nothing_and_says_so(stage: decide.Decide, shown: list[object]) -> None:
    text = passages(shown)
    assert "Not decided yet" in text and 'data-state="open"' in text
    assert text.lower().count("not legal advice") > 5
    assert {gap.tool for gap in stage.gaps} >= {"TP-1", "TP-2", "TP-6", "TP-7", "TP-9", "TP-10", "TP-11"}


def test_a_walk_from_nothing_to_a_signed_off_decision(stage: decide.Decide, shown: list[object]) -> None:
    book = stage.workbook
    for key, value in (("principles", 5), ("benefits", 4), ("challenges", 2), ("success-signs", 4), ("readiness", 4)):
        vote(book, key, value)
    person = put(book, "person", name="Ann O’Hara")
    put(book, "need_statement", who="Older people", difficulty="Older people eat alone and are cold")
    fill(book, "partnership", name="Ours", lead_public="The council", lead_third="The club")
    fill(book, "psp_test", co_design="yes", more_than_buying="yes", lawful="yes", may_lose="yes")
    for key in guide.checklists()["market-headings"].items:
        put(book, "market_finding", item=key.key, now="Looked at", source="Survey, 2026", effect="helps")
    fill(book, "market", name="Meals", mature="yes", reasons="Three providers")
    put(book, "subsidy", item="Hall", giver="Council", recipient="Club", value="6,000", date="2026-11-01", public="yes",
        advantage="yes", specific="no", effect="unsure")  # fmt: skip
    put(book, "procurement_advice", question="Which route?", asked="Procurement lead", asked_on="2026-10-01",
        answer="Light touch", answered_on="2026-10-08")  # fmt: skip
    put(book, "legacy", what="The table", how="Volunteers", owner=person, review="2027-11-01")
    chosen = put(book, "option", name="A partnership", what="psp", speaks_for="Users want it", speaks_against="Slow")
    put(book, "option", name="A tender", what="tender", speaks_for="Quick", speaks_against="Nobody would bid")
    put(book, "condition", what="Two people from each side", owner=person, by="2026-12-01")
    put(book, "dissent", view="It is too soon", sector="user", reasons="The last one failed")
    fill(
        book, "decision", option=chosen, reasons="It fits the need", decided_by="The steering group", date="2026-11-20"
    )
    stage.session.follow()
    assert stage.gaps == []
    assert stage.statuses()["decide"].name == "ready"

    text = passages(shown)
    assert 'data-state="yes"' in text
    assert "Likely not a subsidy, because of the answer to (c)" in text
    record = save_record(stage)
    page = record[2].decode("utf-8")
    assert record[0].startswith("ours-decision-") and record[0].endswith(".html")
    for words in ("A partnership", "✓ chosen", "Nobody would bid", "Two people from each side", "Ann O’Hara",
                  "1 December 2026", "It is too soon", "The steering group", "20 November 2026", "Older people eat alone"):  # fmt: skip
        assert words in page, words
        assert words in text, words
    assert "Not yet agreed in the workbook" in page

    confirm = next(one for one in shown if isinstance(one, Confirm))
    answer, _ = confirm.reply({"do": "confirm", "who": "The steering group, 20 November"}, [])
    assert answer["ok"]
    assert stage.statuses()["decide"].name == "confirmed"
    assert "The steering group, 20 November" in save_record(stage)[2].decode("utf-8")
    put(book, "dissent", view="Another view")
    stage.session.follow()
    assert "Something has changed since" in save_record(stage)[2].decode("utf-8")


def test_whatever_people_write_is_text(stage: decide.Decide, shown: list[object]) -> None:
    book = stage.workbook
    fill(book, "partnership", name=NASTY, lead_public=NASTY)
    option = put(book, "option", name=NASTY, speaks_for=NASTY * 300)
    fill(book, "decision", option=option, reasons=NASTY)
    for kind, field in (
        ("subsidy", "item"),
        ("dissent", "view"),
        ("condition", "what"),
        ("assumption_card", "statement"),
    ):
        put(book, kind, **{field: NASTY})
    vote(book, "readiness", 3)
    stage.session.follow()
    for text in (passages(shown), save_record(stage)[2].decode("utf-8")):
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text and "🚌 مرحبا" in text


def test_views_of_the_answers_wait_until_they_are_shown(stage: decide.Decide, shown: list[object]) -> None:
    vote(stage.workbook, "benefits", 4)
    vote(stage.workbook, "readiness", 3)
    vote(stage.workbook, "assumptions", 2, 4, grants=[1, 1, 3, 3])
    stage.session.follow()
    charts = [one.picture["figure"] for one in shown if isinstance(one, Chart)]
    assert not any(charts)
    assert "■■■■" not in passages(shown) and "Hidden disagreements" not in passages(shown)
    assert offered(shown, "assumption_card").seeds == 0
    for key in ("benefits", "readiness", "assumptions"):
        panel(shown, key).reply({"do": "show", "on": True}, [])
    text = passages(shown)
    assert "■■■■" in text and "median 4, 3 answers, agreed" in text
    assert "Chances of success: high" in text and "Organisation 1 (1 person)" in text
    assert "Hidden disagreements" in text and "our grants will go on as before" in text
    assert sum(one.picture["figure"] is not None for one in shown if isinstance(one, Chart)) == 4

    cards = offered(shown, "assumption_card")
    assert cards.seeds == 1
    cards.reply({"do": "seed"}, [])
    (card,) = stage.workbook.records("assumption_card")
    assert card.record.card == "grants" and cards.seeds == 0
    panel(shown, "benefits").reply({"do": "show", "on": False}, [])
    assert "■■■■" not in passages(shown)


def test_the_seven_principles_are_offered_for_help_that_is_tested_against_them(
    stage: decide.Decide, shown: list[object]
) -> None:
    tests = offered(shown, "subsidy_test")
    assert tests.seeds == 0
    id_ = put(stage.workbook, "subsidy", item="A loan", route="principles")
    stage.session.follow()
    assert tests.seeds == 7
    tests.reply({"do": "seed"}, [])
    found = {(row.record.subsidy, row.record.item) for row in stage.workbook.records("subsidy_test")}
    assert found == {(id_, key) for key in "abcdefg"}
    assert "Still to weigh: A, B, C, D, E, F and G" in passages(shown)


def test_the_ledger_names_its_limits_their_source_and_date(stage: decide.Decide, shown: list[object]) -> None:
    today = dt.date.today().isoformat()
    put(
        stage.workbook,
        "subsidy",
        item="Grant",
        recipient="Club",
        value="300,000",
        date=today,
        route="mfa",
        state="given",
    )
    put(stage.workbook, "subsidy", item="Van", recipient="club", value="20,000", date=today, route="mfa")
    stage.session.follow()
    text = passages(shown)
    assert "£320,000" in text and "£0 of £315,000" in text and "▲ Over the limit" in text
    assert "Where the limits come from" in text and "As of" in text


@pytest.mark.parametrize(("kind", "count"), [("principle", 6), ("challenge", 8), ("option", 6)])
def test_the_lists_are_offered_once(stage: decide.Decide, shown: list[object], kind: str, count: int) -> None:
    register = offered(shown, kind)
    assert register.seeds == count
    register.reply({"do": "seed"}, [])
    assert register.seeds == 0
    entry = stage.workbook.records(kind)[0]
    field = {"principle": "wording", "challenge": "here", "option": "name"}[kind]
    stage.workbook.change(kind, entry.id, {field: "Changed"}, entry.version)
    stage.session.follow()
    assert register.seeds == 0, "a row that was renamed is not offered again"


# What the tools find in their own registers --------------------------------------------------------------------------


def test_a_principle_that_is_called_agreed_is_held_against_the_answers() -> None:
    rows = [("a", Principle.model_validate({"item": "equal", "wording": "x", "agreed": "yes"}))]
    assert list(checks.principles(rows, rate("principles", {"equal": [5, 5, 5]}))) == []
    (split,) = checks.principles(rows, rate("principles", {"equal": [1, 1, 5, 5]}))
    assert "views are split" in split.sentence and (split.id, split.field) == ("a", "agreed")


def test_a_serious_challenge_needs_an_answer() -> None:
    both = {f"time.{which}": [4, 4, 5] for which in ("likelihood", "impact")}
    assert [gap.id for gap in checks.challenges([], rate("challenges", both))] == [""]
    row = ChallengeAnswer.model_validate({"item": "time", "response": "Fewer meetings"})
    assert [gap.field for gap in checks.challenges([("c", row)], rate("challenges", both))] == ["owner"]
    half = {"time.likelihood": [5, 5, 5], "time.impact": [2, 2, 2]}
    assert list(checks.challenges([], rate("challenges", half))) == []


def test_weak_signs_lead_to_actions_and_late_ones_are_named() -> None:
    answers = rate("success-signs", {"trust": [1, 1, 2]})
    assert len(list(checks.actions([], answers, DAY))) == 1
    label = next(one.label for one in ballots()["success-signs"].items if one.key == "trust")
    action = Action.model_validate({"what": "Lunch together", "question": f" {label.upper()}", "by": "2026-11-01"})
    (late,) = checks.actions([("a", action)], answers, DAY)
    assert late.sentence == "“Lunch together” was to be done by 1 November 2026."
    assert list(checks.actions([("a", action.model_copy(update={"done": DAY}))], answers, DAY)) == []


def test_advice_is_a_reminder_until_it_is_answered() -> None:
    assert len(list(checks.reminders([], DAY))) == 1
    asked = ProcurementAdvice.model_validate({"question": "Which route?", "asked_on": "2026-11-01"})
    (late,) = checks.reminders([("p", asked)], DAY)
    assert "21 days ago" in late.sentence and "Ask again" in late.sentence
    assert list(checks.reminders([("p", asked.model_copy(update={"answered_on": DAY}))], DAY)) == []


def test_benefits_and_cards() -> None:
    row = Benefit.model_validate({"what": "Know the area", "unfair": "yes"})
    assert [gap.field for gap in checks.benefits([("b", row)])] == ["unfair", "evidence"]
    card = Assumption.model_validate({"statement": "Grants go on", "state": "disagree"})
    assert [gap.field for gap in checks.cards([("a", card)])] == ["agreed"]
