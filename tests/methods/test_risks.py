"""Risks: a score with its spread, the matrix, what to talk about, what nobody sees to, and what is offered."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.guide.ballots import MOST_ITEMS, ballots
from pspworkbook.methods.plan import risk_seeds, risks
from pspworkbook.records import Answer, Stakeholder
from pspworkbook.records.decide import ChallengeAnswer
from pspworkbook.records.form import HardConversation
from pspworkbook.records.identify import GrantConversation
from pspworkbook.records.risk import Blocker, Risk
from pspworkbook.records.subsidy import Subsidy
from pspworkbook.workbook import Store
from pspworkbook.workbook.joining import to_ask_about

TODAY = dt.date(2026, 11, 22)
FULL = {
    **{"title": "Bus breaks", "type": "risk", "category": "operational", "cause": "Old", "effect": "No lunch"},
    **{"response": "Spare", "owner": "p1", "review": "2026-12-01", "status": "open"},
}


def risk(**more: object) -> Risk:
    return Risk.model_validate({**FULL, **more})


def said(id_: str, likely: list[int], bad: list[int], round_: int = 1) -> list[Answer]:
    return [
        Answer(ballot="risk-rating", item=f"{id_}.{part}", round=round_, sheet=f"s{n}", value=value)
        for part, values in (("likelihood", likely), ("impact", bad))
        for n, value in enumerate(values)
    ]


def test_the_score_is_the_product_of_two_medians_and_keeps_its_spread():
    found = risks.ratings([("a", risk())], said("a", [4, 4, 5], [3, 3, 1]))[0]
    assert (found.score, found.level, found.lowest, found.highest) == (12, "high", 5, 12)
    assert "people’s own scores from 5 to 12" in found.words


def test_two_people_are_too_few_for_a_score():
    found = risks.ratings([("a", risk())], said("a", [5, 5], [5, 5]))[0]
    assert found.score is None and found.level == "" and risks.cell(found) is None
    assert found.words == "2 of the 3 people who are needed have rated it."


def test_the_latest_round_with_enough_answers_counts():
    answers = said("a", [1, 1, 1], [1, 1, 1]) + said("a", [5, 5, 5], [5, 5, 5], 2)
    assert risks.ratings([("a", risk())], answers)[0].score == 25
    answers = said("a", [1, 1, 1], [1, 1, 1]) + said("a", [5], [5], 2)
    assert risks.ratings([("a", risk())], answers)[0].score == 1


def test_split_views_are_an_agenda_item_and_the_widest_comes_first():
    rows = [("a", risk()), ("b", risk(title="Ice")), ("c", risk(title="Calm"))]
    answers = said("a", [2, 2, 4, 4], [3] * 4) + said("b", [1, 1, 5, 5], [3] * 4) + said("c", [3] * 4, [3] * 4)
    talk = risks.agenda(risks.ratings(rows, answers))
    assert [one.id for one in talk] == ["b", "a"]
    assert talk[0].talk == "views on its likelihood are split (all 4 answers run from 1 to 5)"
    assert all(f"impact {one.impact.median:g}, agreed" in one.words for one in talk)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=9))
def test_every_rated_risk_lies_in_one_cell_of_the_matrix(pairs):
    found = risks.ratings([("a", risk())], said("a", [x for x, _ in pairs], [y for _, y in pairs]))
    placed = risks.matrix(found)
    assert [len(cell) for cell in placed.values()] == [1]
    assert all(1 <= step <= 5 for spot in placed for step in spot)
    assert found[0].lowest <= found[0].highest and 1 <= found[0].score <= 25


def test_a_half_goes_up_and_the_list_the_matrix_and_its_colour_say_the_same():
    """2.5 × 4.5 is 11.25, which is below “high”; its square, 3 × 5, is not. One rule decides: that of the square."""
    found = risks.ratings([("a", risk())], said("a", [2, 2, 3, 3], [4, 4, 5, 5]))[0]
    assert (risks.cell(found), found.score, found.level) == ((3, 5), 11.25, "high")
    assert "Score 11.25" in found.words and "in the square 3 × 5 of the matrix" in found.words
    assert "ends in a half goes up" in risks.SCORE_RULE
    whole = risks.ratings([("a", risk())], said("a", [3, 3, 3], [4, 4, 4]))[0]
    assert "square" not in whole.words, "where no half went up there is nothing to explain"


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=9), st.randoms())
def test_the_level_is_always_that_of_the_square_and_higher_levels_stand_first(pairs, chance):
    other = [(chance.randint(1, 5), chance.randint(1, 5)) for _ in range(4)]
    answers = [
        one for id_, rated in (("a", pairs), ("b", other)) for one in said(id_, *map(list, zip(*rated, strict=True)))
    ]
    found = risks.ratings([("a", risk()), ("b", risk(title="Ice"))], answers)
    assert all(one.level == risks.zone(*risks.cell(one)) for one in found)
    ranks = [["high", "medium", "low"].index(one.level) for one in found]
    assert ranks == sorted(ranks)


def test_what_is_not_shown_yet_is_held_back_and_not_called_unrated():
    found = risks.ratings([("a", risk()), ("b", risk(title="Ice"))], [], said("a", [5] * 4, [5] * 4))
    by_id = {one.id: one for one in found}
    assert (by_id["a"].level_words, by_id["a"].words) == ("Held back", "4 people have rated it; not shown yet.")
    assert (by_id["b"].level_words, by_id["b"].words) == ("Not rated yet", "Not rated yet.")


def test_closed_ones_are_left_alone_and_the_rest_is_named():
    rows = [
        ("a", risk(owner="", response="")),
        ("b", risk(title="Late", review="2026-11-12")),
        ("c", risk(title="Ice", type="issue", category="market")),
        ("d", risk(title="Vague", cause="", category="economic")),
        ("e", risk(title="Gone", status="closed", owner="")),
    ]
    text = "\n".join(gap.sentence for gap in risks.gaps(rows, TODAY))
    assert "Nobody sees to “Bus breaks”." in text and "say what you do about it" in text
    assert "“Late” should have been looked at again 10 days ago." in text
    assert "Open issue: “Ice”." in text and "“Vague”: tell apart" in text and "Gone" not in text
    assert [(id_, days) for id_, _, days in risks.overdue(rows, TODAY)] == [("b", 10)]


def test_the_kind_is_read_in_the_words_of_older_files_too():
    """The answers were “Risk: it may happen” and “Issue: it has happened”: too long for their column on a desktop."""
    assert [risk(type=words).type for words in ("A risk", "Risk: it may happen", "issue: it has happened")] == [
        "risk", "risk", "issue"
    ]  # fmt: skip


def test_the_guides_three_kinds_of_risk_are_looked_for():
    text = "\n".join(gap.sentence for gap in risks.gaps([("a", risk())], TODAY))
    assert "Nothing is written down under: market and economic." in text
    text = "\n".join(gap.sentence for gap in risks.gaps([("a", risk(category="legal"))], TODAY))
    assert "Nothing is written down under: market, economic and operational." in text


def test_what_other_stages_found_is_offered_with_its_origin():
    challenge = ChallengeAnswer.model_validate(
        {"item": "law", "here": "Who may bid?", "risk": "yes", "response": "Ask"}
    )
    left = ChallengeAnswer.model_validate({"item": "time", "here": "Time", "risk": "no"})
    grant = GrantConversation.model_validate({"provider": "Tea Club", "dependency": "60%", "worry": "SECRET"})
    held = {
        "challenge": [("c", challenge), ("d", left)],
        "grant_conversation": [("g", grant)],
        "subsidy": [
            ("s", Subsidy(item="Rent")),
            ("t", Subsidy.model_validate({"item": "Fair price", "advantage": "no"})),
        ],
        "hard_conversation": [("h", HardConversation(issue="Power")), ("i", HardConversation(issue="x", done=TODAY))],
        "blocker": [("b", Blocker(blocker="Taxis", concern="Fares"))],
    }
    offers = list(risk_seeds.all_risks(lambda kind: held.get(kind, [])))
    assert [offer.origin for offer in offers] == [
        *("challenge:c", "grant_conversation:g", "subsidy:s", "hard_conversation:h", "blocker:b"),
    ]
    made = [Risk.model_validate({**offer.values, "origin": offer.origin}) for offer in offers]
    assert all(one.title for one in made) and made[0].category == "legal"
    assert "SECRET" not in repr(offers), "what worries a provider is private"


def test_only_low_support_is_offered_as_a_blocker():
    rows = [("k", Stakeholder(name="Council")), ("l", Stakeholder(name="Friends")), ("m", Stakeholder(name="New"))]
    medians = {("k", "support"): 2, ("l", "support"): 2.5}
    offers = list(risk_seeds.blockers_from(rows, lambda id_, part: medians.get((id_, part))))
    assert [offer.values["stakeholder"] for offer in offers] == ["k"]
    assert Blocker.model_validate(offers[0].values).blocker == "Council: not won over yet"


def test_a_long_register_is_asked_about_in_part_and_nobody_is_asked_about_what_is_closed(tmp_path):
    """Nobody answers hundreds of questions."""
    with Store(tmp_path / "w.db") as store:
        workbook = store.create("Lunch")
        titles = [f"Risk {number}" for number in range(MOST_ITEMS + 5)]
        workbook.save_many([("risk", None, {"title": title}) for title in titles])
        first = workbook.records("risk")[0]
        workbook.change("risk", first.id, {"status": "closed"}, first.version)
        asked = to_ask_about(workbook.records("risk"))
    assert [label for _, label in asked] == titles[1:]
    ballot = ballots()["risk-rating"].with_items(asked)
    assert [item.label for item in ballot.items] == titles[1 : MOST_ITEMS + 1]
    assert f"the first {MOST_ITEMS} of {MOST_ITEMS + 4}" in ballot.question
    assert "of 3" not in ballots()["risk-rating"].with_items(asked[:3]).question
