"""Pictures of a spread: plotly takes them, they say what they show, and they read without colour."""

import random

import plotly.graph_objects as go
import pytest

from pspworkbook.charts.picture import Picture
from pspworkbook.charts.spread import Lane, of_item, overview, spread_picture
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots.ballot_results import results
from pspworkbook.methods.ballots.spread import spread
from pspworkbook.records import Answer

SCALE = [(1, "Low"), (2, "Average"), (3, "High"), (4, "Excellent")]
WITH_SCALE = [key for key, ballot in ballots().items() if not ballot.free_text]


def answers(key: str, values: dict[str, list[int]], round: int = 1, sector: str = "public") -> list[Answer]:
    return [
        Answer(ballot=key, item=item, sheet=f"{sector}{n}", value=value, round=round, sector=sector)
        for item, given in values.items()
        for n, value in enumerate(given)
    ]


def traces(picture: Picture, name: str) -> list[dict]:
    assert picture.figure is not None
    return [trace for trace in picture.figure["data"] if trace["name"].startswith(name)]


def accepted(picture: Picture) -> None:
    assert picture.figure is not None
    figure = go.Figure(picture.figure)
    assert len(figure.data) == len(picture.figure["data"])


@pytest.mark.parametrize("key", WITH_SCALE)
def test_plotly_takes_every_ballot_s_pictures(key: str) -> None:
    ballot, chance = ballots()[key], random.Random(7)
    if ballot.items_of:
        ballot = ballot.with_items([("one", "The first"), ("two", "The second")])
    given = [
        Answer(ballot=key, item=question.key, sheet=f"{n}", value=chance.choice(ballot.values), round=round,
               sector="public" if n < 6 else "third")
        for round in (1, 2) for question in ballot.questions for n in range(12)
    ]  # fmt: skip
    rounds = {round: results(ballot, given, round) for round in (1, 2)}
    whole = overview(ballot, rounds[1])
    accepted(whole)
    assert len(whole.rows) == len(ballot.questions)
    for item in ballot.items:
        picture = of_item(ballot, item.key, rounds)
        accepted(picture)
        assert len(traces(picture, "Answers")) == 2, "the second round has marks of its own"


def test_every_answer_is_counted_the_middle_half_is_a_band_and_the_median_marked() -> None:
    picture = spread_picture("Willingness", [Lane("Everybody", spread([1, 1, 2, 4, 4, 4, 4], (1, 2, 3, 4)))], SCALE)
    accepted(picture)
    (marks,) = traces(picture, "Answers")
    assert dict(zip(marks["x"], marks["text"], strict=True)) == {1: "2", 2: "1", 4: "4"}
    (band,), (median,) = traces(picture, "Middle half"), traces(picture, "Median")
    assert (band["x"][0], band["x"][1]) == pytest.approx((0.88, 4.12))
    assert median["x"] == [4]
    assert picture.rows == [["Everybody", "Split", "7", "4", "1 to 4", "2", "1", "0", "4"]]
    assert "Split. 7 people answered. The median is 4" in picture.text


def test_a_second_round_is_told_apart_without_colour() -> None:
    lanes = [
        Lane("Round 1", spread([1, 4, 4], (1, 2, 3, 4))),
        Lane("Round 2", spread([3, 3, 4], (1, 2, 3, 4)), hollow=True),
    ]
    full, hollow = traces(spread_picture("Trust", lanes, SCALE), "Answers")
    assert (full["marker"]["color"], hollow["marker"]["color"]) == ("#00437e", "#ffffff")
    assert hollow["name"] == "Answers, later round"


def test_the_overview_puts_split_ones_first_then_weak_ones() -> None:
    ballot = ballots()["readiness"]
    given = answers(
        "readiness",
        {
            "senior-commitment": [4, 4, 4, 4],
            "human-resources": [1, 1, 1, 2],
            "financial-resources": [3, 3, 3, 3],
            "willingness": [1, 1, 4, 4],
        },
    )
    picture = overview(ballot, results(ballot, given))
    assert [row[0] for row in picture.rows[:4]] == [
        "Willingness to change",
        "People (weak)",
        "Senior level commitment",
        "Money and things",
    ]
    assert picture.text.startswith("Views are split on: “Willingness to change”. Weak, and not split: “People”.")
    assert "Too few answers to say on 2" in picture.text


def test_a_high_risk_is_called_high_and_not_weak() -> None:
    """A low rating of a risk is good news and a high one bad: “weak” would say the opposite."""
    ballot = ballots()["risk-rating"].with_items([("one", "Snow"), ("two", "Ice")])
    given = answers("risk-rating", {"one.impact": [5, 4, 5], "two.impact": [2, 2, 2]})
    picture = overview(ballot, results(ballot, given))
    assert "High, and not split: “Snow, impact”." in picture.text
    assert "Snow, impact (high)" in picture.rows[0][0] and "eak" not in str(picture.plain())


def test_of_few_answers_the_band_is_all_of_them_and_is_called_so() -> None:
    picture = spread_picture("Trust", [Lane("Everybody", spread([1, 2, 4, 2], (1, 2, 3, 4)))], SCALE)
    (band,) = traces(picture, "Middle half (of fewer than five answers: all)")
    assert (band["x"][0], band["x"][1]) == pytest.approx((0.88, 4.12))
    assert picture.rows[0][4] == "all, 1 to 4" and "middle half" not in picture.text


def test_now_and_wanted_and_the_sectors_stand_below_each_other() -> None:
    ballot = ballots()["commissioning-style"]
    given = [
        answer
        for sector in ("public", "third")
        for answer in answers("commissioning-style", {"focus.now": [2] * 5, "focus.wanted": [5] * 5}, sector=sector)
    ]
    picture = of_item(ballot, "focus", {1: results(ballot, given)})
    assert [row[0] for row in picture.rows] == [
        "Now",
        "Wanted",
        "Public sector, now",
        "Third sector, now",
        "Public sector, wanted",
        "Third sector, wanted",
    ]
    assert "That is “Nearer to service-led”" in picture.text
    with pytest.raises(KeyError):
        of_item(ballot, "nothing", {1: results(ballot, given)})


def test_a_sector_with_few_answers_is_nowhere_in_the_picture() -> None:
    ballot = ballots()["readiness"]
    given = answers("readiness", {"willingness": [1] * 6}) + answers(
        "readiness", {"willingness": [4] * 2}, sector="carer"
    )
    picture = of_item(ballot, "willingness", {1: results(ballot, given)})
    assert len(picture.rows) == 1
    assert "Carers" not in str(picture.plain())


def test_with_no_answer_there_is_nothing_to_draw_and_that_is_said() -> None:
    ballot = ballots()["readiness"]
    picture = overview(ballot, results(ballot, []))
    assert (picture.figure, picture.text) == (None, "Nobody has answered yet.")
    assert of_item(ballot, "willingness", {1: results(ballot, [])}).figure is None


def test_names_are_text_for_plotly_too() -> None:
    picture = spread_picture("T", [Lane("<b>bold</b> & co", spread([1, 2, 3], (1, 2, 3, 4)))], SCALE)
    assert picture.figure is not None
    assert picture.figure["layout"]["annotations"][0]["text"].startswith("&lt;b&gt;bold&lt;/b&gt; &amp; co")


def test_long_words_of_a_scale_leave_the_numbers() -> None:
    lanes = [Lane("A", spread([1, 2, 3], (1, 2, 3)))]
    words = [(1, "They are asked about something that others have designed"), (2, "Two"), (3, "Three")]
    picture = spread_picture("T", lanes, words)
    assert picture.figure is not None
    assert picture.figure["layout"]["xaxis"]["ticktext"] == ["1", "2", "3"]
    assert "designed" in picture.head[5]
