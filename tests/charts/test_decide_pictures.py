"""The pictures of stage 2: valid for plotly, readable without colour, with the same numbers in sentence and table."""

import plotly.graph_objects as go
from hypothesis import given, settings
from hypothesis import strategies as st

from pspworkbook.charts.decide import LOOKS, MOST_DRAWN, challenges_picture, organisations_picture
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.decide.readiness import readiness
from pspworkbook.records import Answer

READY = ballots()["readiness"]


def answers(**organisations: int) -> list[Answer]:
    return [
        Answer.model_validate({"ballot": "readiness", "item": question.key, "sheet": name, "organisation": name, "value": value})
        for name, value in organisations.items()
        for question in READY.questions
    ]  # fmt: skip


def picture(**organisations: int):
    return organisations_picture(READY, readiness(READY, answers(**organisations)))


def test_organisations_side_by_side() -> None:
    shown = picture(Council=4, Club=2)
    go.Figure(shown.figure)
    assert shown.head == ["Factor", "Club (1 person)", "Council (1 person)", "Distance"]
    assert shown.rows[0][1:] == ["2 Average", "4 Excellent", "2"]
    assert "Furthest apart" in shown.text
    marks = [trace["marker"]["symbol"] for trace in shown.figure["data"]]
    assert len(set(marks)) == 2, "told apart by shape, not by colour alone"
    assert "alike" in picture(Council=3, Club=3).text


def test_one_organisation_is_nothing_to_compare() -> None:
    for shown in (picture(), picture(Council=4)):
        assert shown.figure is None and "at least two" in shown.text
        assert all(len(row) == len(shown.head) for row in shown.rows)


def test_many_organisations_are_all_in_the_table() -> None:
    names = {f"Body{n}": 1 + n % 4 for n in range(MOST_DRAWN + 3)}
    shown = picture(**names)
    go.Figure(shown.figure)
    assert len(shown.figure["data"]) == MOST_DRAWN == len({symbol for symbol, _ in LOOKS})
    assert len(shown.head) == len(names) + 2 and "the table has all" in shown.text


def test_a_name_is_never_markup() -> None:
    shown = picture(**{"<b>Bold</b>": 4, "Club": 1})
    assert [trace["name"] for trace in shown.figure["data"]] == ["&lt;b&gt;Bold&lt;/b&gt;", "Club"]


def test_likely_and_bad() -> None:
    shown = challenges_picture([("Time", 4.0, 5.0), ("Law", 2.0, 5.0), ("Strain", 4.0, 5.0), ("People", None, None)])
    go.Figure(shown.figure)
    assert shown.text == "Both likely and bad: “Time” and “Strain”. Too few answers to place 1 of 4."
    assert shown.figure["data"][0]["text"] == ["<b>2</b>", "<b>1, 3</b>"]
    assert shown.rows[3] == ["4 People", "–", "–"]
    assert challenges_picture([("Time", None, 3.0)]).figure is None


median = st.one_of(st.none(), st.integers(2, 10).map(lambda twice: twice / 2))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=20), median, median), min_size=1, max_size=8))
def test_every_picture_of_challenges_is_valid(weights) -> None:
    shown = challenges_picture(weights)
    if shown.figure:
        go.Figure(shown.figure)
        assert sum(len(text.split(",")) for text in shown.figure["data"][0]["text"]) == sum(
            likely is not None and bad is not None for _, likely, bad in weights
        )
    assert shown.text.endswith(".") and all(len(row) == len(shown.head) for row in shown.rows)
