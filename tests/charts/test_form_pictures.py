"""The pictures of stage 3: their sentence, their numbers, and that plotly draws them."""

import plotly.graph_objects as go

from pspworkbook.charts.form import reports_picture, time_picture
from pspworkbook.methods.form.staff_time import PartnerTime
from pspworkbook.records.agreement import Funder

FUNDERS = [
    Funder(name="Council", reports=4, would_share="yes"),
    Funder(name="Board", reports=4, would_share="yes"),
    Funder(name="Trust", reports=1, would_share="no"),
]


def test_hours_are_drawn_agreed_and_not():
    picture = time_picture([PartnerTime("Council <b>", 2, 20.0, 14.0), PartnerTime("Club", 1, 6.0, 6.0)])
    assert picture.text == "26 hours a month in all, from 2 organisations; a senior person agreed to 20 of them."
    assert picture.rows[0] == ["Council <b>", "2", "20", "14"]
    assert picture.figure is not None
    assert [list(bar["x"]) for bar in picture.figure["data"]] == [[14.0, 6.0], [6.0, 0.0]]
    assert "<b>" not in picture.figure["data"][0]["y"][0]
    assert picture.figure["data"][1]["marker"]["pattern"]["shape"], "never colour alone"
    go.Figure(picture.figure)


def test_reports_are_drawn_for_every_kind_of_lead():
    picture = reports_picture(FUNDERS, "reporting-lead")
    assert picture.text == "9 reports a year now; 5 with a common report (Reporting Lead, Lead Manager)."
    assert [row[1] for row in picture.rows] == ["9", "9", "5", "9", "5"]
    assert [row[0] for row in picture.rows if "(decided)" in row[0]] == ["Reporting Lead (decided)"]
    go.Figure(picture.figure)


def test_nothing_to_draw_says_so():
    assert time_picture([]).figure is None and time_picture([]).text == "No hours are promised yet."
    assert reports_picture([], None).figure is None
    alone = reports_picture([Funder(name="Trust", reports=2, would_share="no")], None)
    assert "nobody shares one yet" in alone.text
