"""Pictures of money, risks and the pilot: a valid figure, a sentence, a table, and never colour alone."""

import datetime as dt

import plotly.graph_objects as go

from pspworkbook.charts.budget import budget_picture
from pspworkbook.charts.pilot import balance_picture
from pspworkbook.charts.risk import risk_picture
from pspworkbook.methods.plan import pilot, risks
from pspworkbook.methods.plan.budget import Point
from pspworkbook.records import Answer
from pspworkbook.records.risk import Risk

HOSTILE = "<script>alert(1)</script>"


def test_money_so_far_ends_where_it_is_not_known():
    points = [Point(dt.date(2026, 1, 31), 100, 120), Point(dt.date(2026, 4, 30), 250, None)]
    picture = budget_picture(points)
    assert (
        picture.text
        == "£250 of money is forecast by 30 Apr 2026. By 31 Jan 2026 it came to £120, £20 over the forecast."
    )
    assert picture.rows[1] == ["30 Apr 2026", "£250", "not complete", "–"]
    figure = go.Figure(picture.figure)
    assert [len(trace.x) for trace in figure.data] == [2, 1]
    assert len({trace.marker.symbol for trace in figure.data}) == 2, "told apart without colour"
    running = [points[0], Point(dt.date(2027, 3, 31), 18100, None, 9000)]
    picture = budget_picture(running)
    assert "By 31 Jan 2026 it came to £120" in picture.text, "the last day that is over"
    assert picture.text.endswith("In periods that still run, £9,000 is spent so far; that is not drawn.")
    assert picture.rows[1][2] == "still runs: £9,000 in this period"
    assert budget_picture([]).figure is None
    assert "No period is complete" in budget_picture(points[1:]).text


def _rated(title: str, likely: int, bad: int) -> tuple[list[tuple[str, Risk]], list[Answer]]:
    answers = [
        Answer(ballot="risk-rating", item=f"r.{part}", sheet=f"s{n}", value=value)
        for n in range(3)
        for part, value in (("likelihood", likely), ("impact", bad))
    ]
    return [("r", Risk(title=title))], answers


def test_the_matrix_is_a_table_of_five_by_five_in_words():
    picture = risk_picture(risks.ratings(*_rated(HOSTILE, 4, 5)))
    assert [len(row) for row in picture.rows] == [6] * 5 and len(picture.head) == 6
    assert picture.rows[0][4] == f"1 {HOSTILE} (high)"
    assert picture.rows[4][1] == "– (low)"
    assert HOSTILE not in str(picture.figure), "what plotly reads as markup is escaped"
    figure = go.Figure(picture.figure)
    assert len(figure.layout.shapes) == 25
    assert {note.text for note in figure.layout.annotations} == {"high", "medium", "low"}


def test_nothing_is_drawn_before_enough_people_have_rated():
    picture = risk_picture(risks.ratings([("r", Risk(title="x"))], []))
    assert picture.figure is None and picture.text == "No risk has been rated by enough people yet."


def test_the_balance_shows_everybody_the_middle_half_and_the_median():
    answers = [
        Answer(ballot="pilot-or-not", item=key, sheet=f"s{n}", value=weight if key in pilot.ADVANTAGES else 3)
        for n, weight in enumerate((1, 3, 5, 5))
        for key in (*pilot.ADVANTAGES, *pilot.DISADVANTAGES)
    ]
    found = pilot.balance(answers)
    picture = balance_picture(found)
    assert picture.text == found.words
    assert ["About +2", "2"] in picture.rows and ["Median", "+1"] in picture.rows
    assert [len(trace.x) for trace in go.Figure(picture.figure).data] == [4, 2, 1]
    assert balance_picture(pilot.balance([])).figure is None
