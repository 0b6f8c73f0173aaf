"""The example workbook: the published figures, stages 1 to 3 told to the end, and a clear word on what is made up."""

import datetime as dt
from collections import Counter

import pytest

from pspworkbook import guide
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots.ballot_results import counted, results, rounds_used, texts
from pspworkbook.methods.decide.decision import DecisionFacts
from pspworkbook.methods.form import partners
from pspworkbook.methods.form.mou import MouFacts
from pspworkbook.methods.form.run_sheet import read_tools, run_sheet
from pspworkbook.methods.identify import grants
from pspworkbook.methods.stage_gaps import FormFacts, IdentifyFacts, gaps_decide, gaps_form, gaps_identify
from pspworkbook.methods.to_come import still_to_come
from pspworkbook.records import KINDS, agreement, decide, fields_of, form, identify, subsidy
from pspworkbook.workbook import Store, WorkbookError, export_bytes, import_bytes, make_example, reset_example
from pspworkbook.workbook.replay import check

TODAY = dt.date(2026, 11, 22)
"""For what hangs on the date: a policy that nobody has checked for a year, a grant that ends soon."""


LEFT_OPEN = {
    ("risk", "prices"): ["response", "owner"],
    ("blocker", "village-hall"): ["approach", "owner"],
    ("measure", "volunteer-health"): ["collector"],
    ("pilot_question", "question-advantage"): ["evidence"],
    ("pilot_term", "term-evaluation"): ["manager", "compliance"],
    ("transfer_check", "transfer-4"): ["reason"],
    ("procurement_step", "step-8"): ["owner"],
    ("community_benefit", "local-food"): ["link"],
    ("asset_transfer", "old-school"): ["legal_advice", "advice_on"],
    ("communication", "families-evening"): ["owner"],
    ("conflict_interest", "supplier"): ["action"],
    ("workstream", "data"): ["lead", "deputy"],
    ("task", "task-driver"): ["owner"],
    ("proxy", "club-membership"): ["price_year"],
    ("resource", "res-evaluate"): ["provided_by"],
    ("rollout", "rollout"): ["decision", "reasons", "decided_by", "date"],
}
"""Needed fields that the example leaves empty on purpose, so that the pages have something to find."""


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example, for tests that only look at it."""
    with Store(tmp_path_factory.mktemp("example") / "store.db") as store:
        yield make_example(store)


@pytest.fixture(scope="module")
def rows(example):
    """The records of a kind as (identifier, record)."""
    return lambda kind: [(entry.id, entry.record) for entry in example.records(kind)]


@pytest.fixture(scope="module")
def answers(rows):
    return [record for _, record in rows("answer")]


def test_the_outcomes_add_up_to_the_published_first_year(store) -> None:
    frame = make_example(store).frame("outcome")
    frame = frame[[counts is not False for counts in frame["included"]]]
    kept = (1 - frame["deadweight"]) * (1 - frame["displacement"]) * (1 - frame["attribution"])
    impact = frame["quantity"] * frame["financial_proxy"] * kept
    assert round(impact.sum(), 2) == 82_508.57
    assert len(frame) == 7
    assert set(frame["stakeholder"]) == {"residents", "volunteers", "neighbours"}


def test_the_inputs_add_up_to_the_published_total_and_say_why_time_is_free(store) -> None:
    inputs = [entry.record for entry in make_example(store).records("input")]
    assert sum(record.value for record in inputs) == 42_375
    assert all(record.working for record in inputs if record.value == 0)


def test_the_scope_follows_the_published_convention(store) -> None:
    scope = make_example(store).the("forecast").record
    assert (scope.discount_rate, scope.discount_first_year, scope.discounting) == (0.035, True, "flat")


def test_nothing_that_is_needed_is_missing_and_every_reference_leads_somewhere(example) -> None:
    known = {kind: {entry.id for entry in example.records(kind)} for kind in KINDS}
    for kind, model in KINDS.items():
        for entry in example.records(kind):
            lacking = [spec.name for spec in entry.record.missing()]
            assert lacking == LEFT_OPEN.get((kind, entry.id), []), f"{kind} {entry.id}"
            for spec in fields_of(model):
                if spec.refers_to:
                    there = {None, *known[spec.refers_to]}
                    assert getattr(entry.record, spec.name) in there, f"{kind} {entry.id} {spec.name}"


def test_what_has_happened_has_happened(rows) -> None:
    assert [said for kind in KINDS for _, record in rows(kind) for said in still_to_come(record, TODAY)] == []


def test_what_points_to_the_guide_leads_somewhere(rows) -> None:
    for _, action in rows("action"):
        assert action.question in {one.key for one in ballots()[action.ballot].questions}
    for _, card in rows("assumption_card"):
        assert card.card in {"", *(item.key for item in ballots()["assumptions"].items)}
    assert {sitting.ballot for _, sitting in rows("sitting")} <= set(ballots())
    tools = [tool for _, workshop in rows("workshop") for tool in read_tools(workshop.tools)]
    assert {*tools, *(item.tool_id for _, item in rows("agenda_item") if item.tool_id)} <= set(guide.tools())


def test_it_says_what_is_made_up(example) -> None:
    made_up = example.the("partnership").record.made_up
    assert example.example
    for part in (
        "every person",
        "its area",
        "every organisation marked",
        "the seven outcomes",
        "villages",
        "its dates",
        "all answers to the ballots",
        "all local figures",
        "every grant, offer, rent and loan",
        "what advisers are said to have answered",
        "The charity Wheels-to-Meals is that of the published example",
        "Nothing here is advice on law",
    ):
        assert part in made_up


def test_whatever_could_be_taken_for_real_is_marked_where_it_stands(rows) -> None:
    named = [
        (kind, getattr(record, field))
        for kind, fields in {
            "candidate": ["name"],
            "grant_conversation": ["provider"],
            "funder": ["name"],
            "subsidy": ["giver", "recipient", "advice"],
            "signatory": ["organisation"],
            "market_finding": ["source"],
            "evidence": ["source"],
            "mou": ["third_number", "national_outcome", "local_plan", "local_plan_place"],
        }.items()
        for _, record in rows(kind)
        for field in fields
    ]
    for kind, words in named:
        assert "made up" in words.lower() or words in ("", "Wheels-to-Meals", "Whoever answers the open call"), kind
    for _, policy in rows("policy"):
        assert "(made up)" in policy.title or "see note" in policy.relevance.lower(), policy.title


# Stages 1 to 3


@pytest.mark.parametrize(
    "kind", [model.kind for room in (identify, decide, subsidy, form, agreement) for model in room.MODELS]
)
def test_every_kind_of_the_first_three_stages_has_something_on_it(rows, kind) -> None:
    assert rows(kind)
    if KINDS[kind].single:
        assert len(rows(kind)) == 1


def found(gaps) -> list[tuple[str, str, str]]:
    return [(gap.tool, gap.id, gap.field) for gap in gaps]


def test_what_stands_in_the_way_of_stage_1_is_what_was_meant(rows, example, answers) -> None:
    facts = IdentifyFacts(
        needs=rows("need_statement"),
        involvements=rows("involvement"),
        policies=rows("policy"),
        evidence=rows("evidence"),
        definition=example.the("definition").record,
        grants=rows("grant_conversation"),
        answers=answers,
        others=[*rows("psp_feature"), *rows("weighting"), *rows("restart_check")],
    )
    assert found(gaps_identify(facts, TODAY)) == [
        ("ID-3", "more-runs", "difficulty"),  # it names the minibus
        ("ID-3", "more-runs", "blank_sheet"),  # and began with it
        ("ID-4", "group-community-councils", "group"),  # nobody has invited them
    ]
    (risk,) = grants.risks(rows("grant_conversation"), TODAY)
    assert (risk.id, risk.high) == ("grant-tea-dance", True)


def test_what_stands_in_the_way_of_stage_2_is_what_was_meant(rows, example, answers) -> None:
    facts = DecisionFacts(
        partnership=example.the("partnership").record,
        needs=rows("need_statement"),
        test=example.the("psp_test").record,
        answers=answers,
        findings=rows("market_finding"),
        market=example.the("market").record,
        subsidies=rows("subsidy"),
        advice=rows("procurement_advice"),
        assumptions=rows("assumption_card"),
        legacies=rows("legacy"),
        options=rows("option"),
        decision=example.the("decision").record,
        conditions=rows("condition"),
        dissents=rows("dissent"),
    )
    assert found(gaps_decide(facts, rows("subsidy_test"), TODAY)) == [
        ("TP-8", "hall-rent", "advantage"),  # advice was asked for twice
    ]
    assert dict(facts.options)[facts.decision.option].what == "psp"
    assert [bool(condition.met) for _, condition in facts.conditions] == [True, False]
    assert len(facts.dissents) == 2 and facts.market.mature == "nearly"


def test_what_stands_in_the_way_of_stage_3_is_what_was_meant(rows, example, answers) -> None:
    facts = FormFacts(
        people=dict(rows("person")),
        steps=rows("forming_step"),
        candidates=rows("candidate"),
        time=rows("staff_time"),
        mou=MouFacts(
            partnership=example.the("partnership").record,
            mou=example.the("mou").record,
            people=dict(rows("person")),
            principles=rows("principle"),
            members=rows("member"),
            signatories=rows("signatory"),
            definition=example.the("definition").record,
        ),
        funders=rows("funder"),
        lead_funder=example.the("lead_funder").record,
        inductions=rows("induction"),
        answers=answers,
        others=[
            row for kind in ("critical_friend", "hard_conversation", "workshop", "expectation") for row in rows(kind)
        ],
    )
    assert found(gaps_form(facts)) == [
        ("FP-2", "candidate-inn", "conflict_answer"),  # a conflict of interest without an answer
        ("FP-3", "", ""),  # one person gives all the time of the Glen Volunteer Centre,
        ("FP-3", "time-agnieszka", "cover"),  # and nobody stands in for her
        ("FP-6", "", ""),  # the centre hangs on her,
        ("FP-6", "member-agnieszka", "deputy"),  # who has no deputy
        ("FP-4", "mou", "retention"),  # the one blank in the memorandum
        ("FP-7", "member-hamish", "person"),  # he joined last
    ]
    answered = [row for _, row in facts.candidates if row.conflict == "declared" and row.conflict_answer]
    assert [row.name for row in answered] == ["Wheels-to-Meals"]
    assert partners.trail(facts.candidates).by_way["open"] == 3


def test_the_workshops_fit_into_their_time(rows) -> None:
    for id_, workshop in rows("workshop"):
        own = [row for row in rows("agenda_item") if row[1].workshop == id_]
        sheet = run_sheet(workshop, read_tools(workshop.tools), own)
        assert sheet.fits and not sheet.left_out and not sheet.shortened, id_


# The ballots


def test_every_ballot_has_answers_and_each_of_them_counts(answers, rows) -> None:
    for key, ballot in ballots().items():
        if ballot.items_of:
            ballot = ballot.with_items((id_, record.label()) for id_, record in rows(ballot.items_of))
        mine = [answer for answer in answers if answer.ballot == key]
        assert mine, key
        assert all(ballot.refusal(answer.item, answer.value) == "" for answer in mine)
        assert len(mine) == sum(len(counted(ballot, mine, round)) for round in rounds_used(ballot, mine)), "none twice"
        for answer in mine:
            assert answer.item in {question.key for question in ballot.questions_for(answer.sector)}
    assert len(texts(ballots()["definitions"], answers)["commissioning"]) == 12
    assert sum(answer.value is None and answer.ballot != "definitions" for answer in answers) > 10, "rather not say"
    assert sum(bool(answer.paper) for answer in answers) > 100
    assert sum(bool(answer.why) for answer in answers) > 100


def test_one_person_is_in_one_sector_and_nobody_is_named(answers, rows) -> None:
    people = {name for _, person in rows("person") for name in person.name.split()}
    by_sheet: dict[str, set[tuple[str, str, bool]]] = {}
    for answer in answers:
        by_sheet.setdefault(answer.sheet, set()).add((answer.ballot, answer.sector, answer.paper))
        assert not people & {*answer.why.replace(".", " ").replace(",", " ").split(), *answer.role.split()}
    assert all(len(one) == 1 for one in by_sheet.values())
    assert {answer.sector for answer in answers} == {"public", "third", "user", "carer"}


def test_the_spread_shows_in_all_its_ways(answers) -> None:
    scored = [ballot for ballot in ballots().values() if not ballot.free_text]
    first = {ballot.key: results(ballot, answers) for ballot in scored}
    every = [result for found in first.values() for result in found]
    assert {"agreed", "mixed", "split"} == {result.spread.verdict for result in every}
    assert any(result.weak for result in every)
    for key in ("co-production", "pulse"):
        sheets = Counter(sector for _, sector in {(one.sheet, one.sector) for one in answers if one.ballot == key})
        assert sum(count >= 6 for count in sheets.values()) == 3, key
    assert [part.title for part in first["co-production"][0].sectors] == [
        "Public sector",
        "Third sector",
        "People who use the service",
    ]
    assert [part.folded for part in first["success-signs"][0].sectors] == [False, True], "sectors are put together"
    assert not any(result.sectors for result in first["health-check"]), "too few in each sector"
    assert {answer.organisation for answer in answers if answer.ballot == "readiness"} >= {"Wheels-to-Meals"}


@pytest.mark.parametrize(("key", "item"), [("co-production", "decide"), ("principles", "equal")])
def test_a_second_round_moved_closer_after_talking(answers, key, item) -> None:
    ballot = ballots()[key]
    first = next(result for result in results(ballot, answers, 1) if result.question.key == item)
    second = next(result for result in results(ballot, answers, 2) if result.question.key == item)
    assert (first.spread.verdict, second.spread.verdict) == ("mixed", "agreed")
    assert second.change is not None and "closer together" in second.change.words
    sheets = [{answer.sheet for answer in counted(ballot, answers, round)} for round in (1, 2)]
    assert sheets[1] < sheets[0], "the same people, and not all of them stayed"


def test_the_whole_example_survives_the_journey(example, tmp_path) -> None:
    with Store(tmp_path / "elsewhere.db") as elsewhere:
        copy = import_bytes(elsewhere, export_bytes(example))
        for kind in KINDS:
            there = [(entry.id, entry.record) for entry in copy.records(kind)]
            assert there == [(entry.id, entry.record) for entry in example.records(kind)], kind
        assert check(elsewhere) == []


# Made once, and put back


def test_it_is_made_once(store) -> None:
    first = make_example(store)
    assert make_example(store).position == first.position
    assert len(store.workbooks()) == 1


def test_a_real_workbook_is_never_taken_for_the_example(store) -> None:
    store.create("Ours", "wheels-to-meals")
    for work in (make_example, reset_example):
        with pytest.raises(WorkbookError, match="not the example"):
            work(store)


def test_reset_puts_everything_back_and_loses_nothing(store) -> None:
    make_example(store)
    workbook = store.open("wheels-to-meals", author="Ana")
    shipped = {kind: [(entry.id, entry.record) for entry in workbook.records(kind)] for kind in KINDS}
    falls = workbook.records("outcome")[0]
    workbook.change("outcome", falls.id, {"deadweight": "50%", "proxy_licence": "Mine"}, falls.version)
    person = workbook.records("person")[0]
    workbook.delete("person", person.id, person.version)
    workbook.add("outcome", {"outcome": "Invented"})
    workbook.rename("Played with")

    again = reset_example(store, author="Ana")
    assert {kind: [(entry.id, entry.record) for entry in again.records(kind)] for kind in KINDS} == shipped
    assert again.name != "Played with"
    again.undo()
    assert again.get("outcome", falls.id).record.deadweight == 0.5, "even the reset can be undone"
    assert check(store) == []
