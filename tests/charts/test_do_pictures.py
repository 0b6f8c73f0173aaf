"""The pictures of stage 6: a hidden figure is a gap in the line, and is nowhere else in the picture either."""

import datetime as dt

from pspworkbook.charts.do import satisfaction_picture, series_picture
from pspworkbook.methods.do.monitoring import opinions, series
from pspworkbook.records.deliver import Reading, Satisfaction
from pspworkbook.records.measures import Measure


def test_a_hidden_reading_is_a_gap_and_in_no_text():
    measure = Measure(indicator="Calls", unit="calls", baseline=40, target=10)
    rows = [("a", Reading(measure="m", period_end="2026-01-31", value=33, n=20))]
    rows += [("b", Reading(measure="m", period_end="2026-04-30", value=77, n=4))]
    picture = series_picture(series([("m", measure)], rows)[0])
    assert picture.figure["data"][0]["y"] == [33, None] and picture.figure["data"][0]["connectgaps"] is False
    assert "77" not in str(picture) and picture.rows[1][1] == "not shown: fewer than 5 people"


def test_without_a_figure_that_may_be_seen_nothing_is_drawn():
    row = Satisfaction(stakeholder="s", period_end=dt.date(2026, 1, 31), satisfied=26, n=27)
    picture = satisfaction_picture(opinions([("1", row)], {"s": "<b>Residents"}))
    assert picture.figure is None and "26 of" not in str(picture)
    assert picture.rows[0][2] == "all but fewer than 5 of 27"


def test_a_measure_without_a_unit_has_no_empty_brackets_in_its_heading():
    measure = Measure(indicator="Calls", baseline=40, target=10)
    assert series_picture(series([("m", measure)], [])[0]).title == "Calls"
