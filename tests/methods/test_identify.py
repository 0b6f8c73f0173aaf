"""Need statements, coverage, the ladder of co-production, grants: their rules by example."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots.ballot_results import results
from pspworkbook.methods.identify import coverage, grants, need
from pspworkbook.records import Answer
from pspworkbook.records.identify import GrantConversation, Involvement, NeedStatement

TODAY = dt.date(2026, 11, 22)
GOOD = {
    "who": "People over 75 who live alone",
    "difficulty": "They eat alone and seldom leave the house",
    "where": "Three villages",
    "how_many": "140",
    "evidence": "Conversations with 12 of them",
    "who_says": "They do",
    "blank_sheet": "yes",
}


def test_a_good_need_statement_passes():
    assert list(need.check("n", NeedStatement.model_validate(GOOD))) == []


@pytest.mark.parametrize(
    ("text", "word", "group"),
    [
        ("There is no Day Centre in the north", "Day Centre", "service"),
        ("They need a lunch club", "lunch club", "service"),
        ("A lack of transport in the evening", "lack of", "lack"),
        ("The pilot should be extended", "pilot", "project"),
        ("Our grant ends in March", "grant", "means"),
    ],
)
def test_a_word_that_names_a_solution_is_explained(text, word, group):
    found = need.solution_words(text)
    assert (word, group) in [(one.word, one.group) for one in found]
    gaps = list(need.check("n", NeedStatement.model_validate({**GOOD, "difficulty": text})))
    assert any(word in gap.sentence and gap.field == "difficulty" for gap in gaps)
    assert all(one.why in " ".join(gap.sentence for gap in gaps) for one in found)


@pytest.mark.parametrize("text", ["They cannot happen to meet anyone", "Deserviced", "Granting no rest", "Postgrants"])
def test_part_of_a_word_is_no_match(text):
    assert need.solution_words(text) == []


@pytest.mark.parametrize("field", ["who", "how_many", "evidence", "who_says"])
def test_what_is_missing_is_named(field):
    gaps = list(need.check("n", NeedStatement.model_validate({**GOOD, field: ""})))
    assert [gap.field for gap in gaps] == [field]


def test_a_statement_that_starts_from_todays_services_is_noticed():
    assert [gap.field for gap in need.check("n", NeedStatement.model_validate({**GOOD, "blank_sheet": "no"}))] == [
        "blank_sheet"
    ]


@given(st.text(max_size=300))
def test_any_text_can_be_looked_at(text):
    assert isinstance(need.solution_words(text), list)


def involvement(group: str, **more: object) -> Involvement:
    full = {"person": "p1", "invited": "2026-11-01", "access_needs": "Evenings", "how": "design"}
    return Involvement.model_validate({"group": group, **full, **more})


def test_coverage_of_the_eight_groups():
    rows = [
        ("a", involvement("users")),
        ("b", involvement("carers", person="", contact="Ms B, 01234")),
        ("c", involvement("housing", invited=None, access_needs="")),
        ("d", Involvement.model_validate({"group": "advice", "not_needed": "No one here is on benefits"})),
    ]
    by_group = {one.group: one for one in coverage.coverage(rows)}
    assert len(by_group) == 8
    assert [key for key, one in by_group.items() if one.covered] == ["users", "carers", "advice"]
    assert by_group["housing"].lacks == ("an invitation", "what helps them to take part")
    assert len(list(coverage.coverage_gaps(rows))) == 5


def test_users_who_are_only_consulted_are_noticed():
    gaps = list(coverage.coverage_gaps([("a", involvement("users", how="consulted"))]))
    assert any(gap.field == "how" for gap in gaps)


def ladder(**rungs: int) -> coverage.Ladder:
    ballot = ballots()["co-production"]
    answers = [
        Answer.model_validate({"ballot": ballot.key, "item": stage, "sheet": str(n), "value": value})
        for stage, value in rungs.items()
        for n in range(3)
    ]
    return coverage.ladder(ballot, results(ballot, answers))


@pytest.mark.parametrize(
    ("rungs", "verdict", "enters"),
    [
        ({"identify": 4, "decide": 2, "analyse": 2, "plan": 2, "do": 1, "review": 1}, "co-production", "identify"),
        ({"identify": 2, "decide": 2, "analyse": 3, "plan": 5, "do": 5, "review": 5}, "late", "plan"),
        ({"identify": 2, "decide": 2, "analyse": 2, "plan": 3, "do": 4, "review": 5}, "consultation", "do"),
        ({"identify": 2, "decide": 2, "analyse": 2, "plan": 3, "do": 3, "review": 3}, "consultation", ""),
        ({"identify": 2}, "too few", ""),
        ({"plan": 5}, "too few", ""),
    ],
)
def test_where_users_come_in(rungs, verdict, enters):
    found = ladder(**rungs)
    assert (found.verdict, found.enters) == (verdict, enters)
    assert len(found.rungs) == 6


def test_grants_at_risk():
    rows = [
        (
            "a",
            GrantConversation.model_validate(
                {"provider": "Small club", "grant": "24,000", "ends": "2027-03-31", "dependency": "60%"}
            ),
        ),
        (
            "b",
            GrantConversation.model_validate(
                {"provider": "Large charity", "ends": "2029-03-31", "dependency": "4%", "talked_on": "2026-10-01"}
            ),
        ),
        (
            "c",
            GrantConversation.model_validate(
                {"provider": "Ended", "ends": "2026-03-31", "mitigation": "Bridge for six months"}
            ),
        ),
    ]
    found = grants.risks(rows, TODAY)
    assert [(one.provider, one.high) for one in found] == [("Small club", True), ("Ended", False)]
    assert "£24,000 a year; the grant is 60% of its income and it ends on 31 March 2027" in found[0].sentence
    assert [(gap.id, gap.field) for gap in grants.gaps(rows, TODAY)] == [
        ("a", "mitigation"),
        ("a", "talked_on"),
        ("c", "talked_on"),
    ]
