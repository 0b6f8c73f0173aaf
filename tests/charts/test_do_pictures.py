"""The pictures of stage 6: a hidden figure is a gap in the line, and is nowhere else in the picture either."""

import datetime as dt

from pspworkbook.charts.do import periods_picture, satisfaction_picture, series_picture
from pspworkbook.methods.do.monitoring import Spending, opinions, series
from pspworkbook.methods.do.periods import Period
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


def test_many_days_have_a_dozen_marks_at_most():
    """A mark for each of two thousand days held a browser up for a minute."""
    measure, first = Measure(indicator="Calls", unit="calls"), dt.date(2021, 1, 1)
    days = [first + dt.timedelta(n) for n in range(2000)]
    rows = [(str(n), Reading(measure="m", period_end=end, value=33, n=20)) for n, end in enumerate(days)]
    nothing = Spending(0, 0, 0, 0)
    money = [Period(end, 1, 2, nothing, (), ()) for end in days]
    for picture in (series_picture(series([("m", measure)], rows)[0]), periods_picture(money)):
        axis = picture.figure["layout"]["xaxis"]
        assert len(picture.figure["data"][0]["x"]) == 2000 and "tickvals" not in axis and axis["nticks"] <= 12
    few = periods_picture(money[:3]).figure["layout"]["xaxis"]
    assert few["tickvals"] == ["2021-01-01", "2021-01-02", "2021-01-03"]
