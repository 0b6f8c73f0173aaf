"""Readiness, market, subsidies, the decision and the lessons that an answer leads to."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pspworkbook import guide
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots.ballot_results import results
from pspworkbook.methods.decide import decision, market, subsidy
from pspworkbook.methods.decide.decision import DecisionFacts
from pspworkbook.methods.decide.readiness import organisation_words, readiness
from pspworkbook.methods.library import lessons_for
from pspworkbook.records import Answer, Partnership
from pspworkbook.records.decide import Assumption, Condition, Decision, Dissent, Market, MarketFinding, Option, PspTest
from pspworkbook.records.subsidy import ProcurementAdvice, Subsidy, SubsidyTest

READY = ballots()["readiness"]


def rate(ballot: str, values: dict[str, list[int]], **more: object) -> list[Answer]:
    return [
        Answer.model_validate(
            {"ballot": ballot, "item": item, "sheet": f"{more.get('organisation', '')}{n}", "value": value, **more}
        )
        for item, column in values.items()
        for n, value in enumerate(column)
    ]


def everywhere(value: int, people: int = 3, **changed: list[int]) -> dict[str, list[int]]:
    return {one.key: changed.get(one.key.replace("-", "_"), [value] * people) for one in READY.questions}


# Readiness -----------------------------------------------------------------------------------------------------------


def test_the_lowest_factor_gives_the_word_and_nothing_is_averaged():
    found = readiness(READY, rate("readiness", everywhere(4, willingness=[1, 1, 2])))
    assert (found.weakest, found.chances) == (("willingness",), 1)
    assert found.words.startswith("Chances of success: low. The weakest factor is “Willingness to change”")


def test_a_median_between_two_ratings_counts_as_the_lower():
    assert readiness(READY, rate("readiness", everywhere(4, 4, willingness=[2, 2, 3, 3]))).chances == 2


def test_a_split_on_the_weakest_factor_is_said():
    found = readiness(READY, rate("readiness", everywhere(4, 4, willingness=[1, 1, 4, 4])))
    assert "split" in found.words


def test_one_factor_with_too_few_answers_is_too_few_to_say():
    assert readiness(READY, rate("readiness", everywhere(4, willingness=[4, 4]))).chances is None
    assert readiness(READY, []).organisations == ()


def test_organisations_beside_one_another():
    answers = rate("readiness", everywhere(4), organisation="Council")
    answers += rate("readiness", everywhere(3, 1, willingness=[1]), organisation="Club ")
    answers += rate("readiness", {"willingness": [2]}, organisation="club", sector="third")
    found = readiness(READY, answers)
    assert [one.name for one in found.organisations] == ["Club", "Council"]
    assert organisation_words(found.organisations[0], READY).startswith("Club (")
    assert found.organisations[0].weakest == ("willingness",)


@given(st.lists(st.lists(st.integers(1, 4), min_size=3, max_size=8), min_size=6, max_size=6))
def test_the_chances_are_never_better_than_any_factor(columns):
    values = dict(zip([one.key for one in READY.questions], columns, strict=True))
    found = readiness(READY, rate("readiness", values))
    assert all(found.chances <= result.spread.median for result in found.results)


# Market --------------------------------------------------------------------------------------------------------------


def finding(item: str, effect: str) -> tuple[str, MarketFinding]:
    return item, MarketFinding.model_validate({"item": item, "now": "x", "effect": effect, "source": "y"})


def test_the_partnership_judges_and_the_workbook_only_compares():
    rows = [finding("size", "helps"), finding("providers", "hinders"), finding("openness", "hinders")]
    state = market.judge(rows, Market.model_validate({"mature": "no"}))
    assert (state.helps, state.hinders) == (("size",), ("providers", "openness"))
    assert len(state.unknown) == 5 and len(state.develop) == 2
    gaps = [gap.sentence for gap in market.gaps(rows, ("market", Market.model_validate({"mature": "yes"})))]
    assert any("more headings hinder" in sentence for sentence in gaps)
    assert any("grow" in gap.sentence for gap in market.gaps(rows, ("market", Market.model_validate({"mature": "no"}))))
    assert set(market.DEVELOP) == {item.key for item in guide.checklists()["market-headings"].items}


# Subsidies -----------------------------------------------------------------------------------------------------------


def help_(**more: object) -> Subsidy:
    body = {"item": "Hall", "giver": "Council", "recipient": "Club", "value": "6,000", "date": "2026-11-22"}
    return Subsidy.model_validate({**body, **more})


YES = dict.fromkeys(subsidy.LIMBS, "yes")


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        (YES, "likely"),
        ({**YES, "specific": "no"}, "likely not"),
        ({"advantage": "no"}, "likely not"),
        ({**YES, "effect": "unsure"}, "advice"),
        ({**YES, "effect": ""}, "open"),
        ({}, "open"),
    ],
)
def test_four_limbs(answers, outcome):
    found = subsidy.assess(help_(**answers))
    assert found.outcome == outcome
    assert "not legal advice" in found.warning


def test_the_five_questions_of_2011_are_all_mapped():
    limbs = subsidy.assess(help_()).limbs
    assert [limb.letter for limb in limbs] == ["a", "b", "c", "d"]
    assert sum(len(limb.asked_in_2011) for limb in limbs) == len(guide.checklists()["state-aid-questions"].items) == 5


def test_the_amounts_come_from_the_notes_with_their_source():
    assert [subsidy.limit(note).amount for note in ("C-03", "C-04", "C-06")] == [315_000, 725_000, 100_000]
    assert (
        subsidy.limit("C-03").source
        and subsidy.limit("C-03").as_of
        and subsidy.limit("C-03").sure == "read in the source"
    )


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-11-22", "2024-04-01", "2027-03-31"),
        ("2027-03-31", "2024-04-01", "2027-03-31"),
        ("2027-04-01", "2025-04-01", "2028-03-31"),
    ],
)
def test_the_window_of_three_financial_years(day, first, last):
    assert [one.isoformat() for one in subsidy.window(dt.date.fromisoformat(day))] == [first, last]


def test_the_ledger_adds_up_per_receiver():
    rows = [
        ("a", help_(route="mfa", state="given", value="200,000", date="2024-04-01")),
        ("b", help_(route="spei", value="50,000", recipient=" club ")),
        ("c", help_(route="mfa", state="given", value="9", date="2024-03-31")),
        ("d", help_(route="market", value="90,000")),
        ("e", help_(route="mfa", value="90,000", state="dropped")),
        ("f", help_(route="mfa", value="1,000", recipient="Other")),
    ]
    club, other = subsidy.ledger(rows, dt.date(2026, 11, 22))
    assert (club.given, club.planned, club.total, club.mfa, club.spei) == (200_000, 50_000, 250_000, 200_000, 50_000)
    assert (club.mfa_left, club.spei_left, club.over) == (65_000, 475_000, False)
    assert (other.recipient, other.total) == ("Other", 1_000)


def test_each_piece_is_held_against_the_limit_of_its_kind():
    first = ("a", help_(route="mfa", state="given", value="300,000", date="2026-05-01"))
    spei_later = ("b", help_(route="spei", value="400,000", date="2026-06-01"))
    mfa_later = ("c", help_(route="mfa", value="20,000", date="2026-07-01"))
    day = dt.date(2026, 11, 22)
    assert subsidy.ledger([first, spei_later], day)[0].passed == ()
    assert subsidy.ledger([first, spei_later, mfa_later], day)[0].passed == ("c",)
    gaps = list(subsidy.gaps([first, spei_later, mfa_later], [], day))
    assert any(gap.id == "c" and "£315,000" in gap.sentence for gap in gaps)


amounts = st.lists(
    st.tuples(
        st.integers(0, 400_000),
        st.dates(dt.date(2023, 1, 1), dt.date(2028, 1, 1)),
        st.sampled_from(["mfa", "spei", "market"]),
        st.sampled_from(["given", "planned", "dropped"]),
    ),
    max_size=12,
)


@settings(max_examples=100)
@given(amounts, st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31)))
def test_the_ledger_is_the_sum_of_what_counts(pieces, day):
    rows = [
        (str(n), help_(value=value, date=date, route=route, state=state))
        for n, (value, date, route, state) in enumerate(pieces)
    ]
    first, last = subsidy.window(day)
    expected = sum(
        v for v, date, route, state in pieces if route != "market" and state != "dropped" and first <= date <= last
    )
    lines = subsidy.ledger(rows, day)
    assert sum(line.total for line in lines) == expected
    for line in lines:
        assert line.given + line.planned == line.mfa + line.spei == line.total
        assert line.over or line.total <= line.spei_limit


def test_seven_principles():
    assert "Still to weigh" in subsidy.principles_words(subsidy.principles("a", []))
    tests = [
        (key, SubsidyTest.model_validate({"subsidy": "a", "item": key, "met": "yes", "reasons": "x"}))
        for key in "abcdefg"
    ]
    states = subsidy.principles("a", tests)
    assert len(states) == 7 and "all seven" in subsidy.principles_words(states)
    assert subsidy.principles("b", tests)[0].met is None
    bad = [*tests[:-1], ("g", SubsidyTest.model_validate({"subsidy": "a", "item": "g", "met": "no"}))]
    assert "must not be given" in subsidy.principles_words(subsidy.principles("a", bad))


def test_what_a_subsidy_check_still_needs():
    day = dt.date(2026, 11, 22)
    fields = {gap.field for gap in subsidy.gaps([("a", help_(**YES, route="mfa"))], [], day)}
    assert fields == {"notified", "receiver_confirmed", "advice"}
    assert {gap.field for gap in subsidy.gaps([("a", help_(**YES))], [], day)} == {"route", "advice"}
    assert list(subsidy.gaps([("a", help_(origin="elsewhere", route="mfa", state="given"))], [], day)) == []
    assert list(subsidy.gaps([("a", help_(advantage="no"))], [], day)) == []


# Decision ------------------------------------------------------------------------------------------------------------

PARTNERS = Partnership.model_validate({"lead_public": "Council", "lead_third": "Club"})
IS = dict.fromkeys(("co_design", "more_than_buying", "lawful", "may_lose"), "yes")


@pytest.mark.parametrize(
    ("partnership", "test", "state"),
    [
        (PARTNERS, IS, "yes"),
        (Partnership(), IS, "not yet"),
        (PARTNERS, {**IS, "may_lose": "partly"}, "not yet"),
        (PARTNERS, {**IS, "lawful": "no"}, "another model"),
        (PARTNERS, {}, "open"),
    ],
)
def test_is_it_a_psp(partnership, test, state):
    assert decision.is_psp(partnership, PspTest.model_validate(test))[0] == state


def test_an_empty_workbook_decides_nothing():
    paper = decision.paper(DecisionFacts())
    assert paper.decided == "" and paper.of("for") == paper.of("against") == ()
    assert {"TP-1", "TP-5", "TP-6", "TP-7", "TP-9"} <= {point.tool for point in paper.of("missing")}


def test_what_speaks_for_against_and_what_is_split():
    signs = {one.key: [5, 5, 5, 4] for one in ballots()["success-signs"].questions}
    answers = rate("success-signs", {**signs, "trust": [1, 1, 5, 5], "scope": [1, 1, 2, 2]})
    answers += rate("readiness", everywhere(4)) + rate("assumptions", {"grants": [1, 1, 3, 3]})
    facts = DecisionFacts(
        partnership=PARTNERS,
        test=PspTest.model_validate(IS),
        answers=answers,
        market=Market.model_validate({"mature": "no"}),
        subsidies=[("s", help_(**YES))],
        advice=[("p", ProcurementAdvice.model_validate({"question": "Which route?"}))],
        options=[("o", Option.model_validate({"name": "A PSP", "what": "psp"}))],
        decision=Decision.model_validate({"option": "o", "reasons": "It fits."}),
        conditions=[("c", Condition.model_validate({"what": "Two people from each", "met": "2026-11-01"}))],
        dissents=[("d", Dissent.model_validate({"view": "Too soon"}))],
    )
    paper = decision.paper(facts)
    assert {point.tool for point in paper.of("for")} == {"TP-1", "TP-5", "TP-6"}
    assert {point.tool for point in paper.of("against")} == {"TP-5", "TP-7"}
    missing = " ".join(point.sentence for point in paper.of("missing"))
    assert "split on “Trust”" in missing and "Not legal advice" in missing and "our grants will go on" in missing
    assert (paper.decided, paper.met_conditions, paper.dissents) == ("A PSP", ("Two people from each",), ("Too soon",))
    assert any("at least two options" in gap.sentence for gap in decision.gaps(facts))


def test_an_assumption_that_has_been_talked_about_is_settled():
    answers = rate("assumptions", {"grants": [1, 1, 3, 3]})
    settled = Assumption.model_validate({"statement": "Grants go on", "card": "grants", "state": "disagree"})
    paper = decision.paper(DecisionFacts(answers=answers, assumptions=[("a", settled)]))
    assert not any(point.tool == "TP-12" for point in paper.points)


def test_the_second_round_counts_where_there_is_one():
    answers = rate("success-signs", {"trust": [1, 1, 1]}) + rate("success-signs", {"trust": [5, 5, 5]}, round=2)
    paper = decision.paper(DecisionFacts(answers=answers))
    assert any("“Trust” (median 5)" in point.sentence for point in paper.of("for"))
    assert not any(point.tool == "TP-5" for point in paper.of("against"))


# Lessons -------------------------------------------------------------------------------------------------------------


def test_a_weak_answer_leads_to_lessons_and_cases():
    ballot = ballots()["success-signs"]
    found = results(ballot, rate("success-signs", {"resources": [1, 1, 2], "scope": [5, 5, 5]}))
    (pointer,) = lessons_for.pointers(ballot, found)
    assert (pointer.result.question.key, pointer.why) == ("resources", "weak")
    assert 1 <= len(pointer.lessons) <= lessons_for.MOST
    assert all({"resources", "team"} & set(lesson.tags) for lesson in pointer.lessons)


@pytest.mark.parametrize("ballot", ballots().values(), ids=ballots())
def test_every_question_has_a_lesson(ballot):
    assert all(lessons_for.lessons_of(ballot, question.key) for question in ballot.questions)
