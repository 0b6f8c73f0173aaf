"""The picture of the ten pilots: valid for plotly, complete, and silent about ratios."""

import json

import plotly.graph_objects as go

from pspworkbook import guide
from pspworkbook.charts.cases import how_far
from pspworkbook.guide.scenarios import REACHED, endings, scenarios


def test_the_picture_is_valid_and_says_the_same_three_times() -> None:
    """Figure, sentence and table agree."""
    picture = how_far(guide.cases(), endings())
    figure = go.Figure(picture.figure)
    assert picture.title and picture.text.endswith(".")
    assert len(picture.rows) == 10 and all(len(row) == len(picture.head) for row in picture.rows)
    dots = {
        name: place
        for trace in figure.data
        if trace.mode == "markers"
        for name, place in zip(trace.y, trace.x, strict=True)
    }
    labels = list(REACHED.values())
    assert len(dots) == 10
    assert {row[0].replace(", ", "<br>", 1): labels.index(row[3]) for row in picture.rows} == dots
    assert picture.text.startswith("Six of the ten pilots had a service running")


def test_it_can_be_read_without_colour() -> None:
    """Each market has a shape of its own."""
    figure = go.Figure(how_far(guide.cases(), endings()).figure)
    shapes = [trace.marker.symbol for trace in figure.data if trace.mode == "markers"]
    assert len(set(shapes)) == len(shapes) == len({case.market for case in guide.cases().values()})


def test_no_ratio_is_drawn_and_no_pilot_ranked_by_one() -> None:
    """The three published ratios differ in kind; they stand in their own stories only."""
    told = json.dumps(how_far(guide.cases(), endings()).plain())
    assert not any(ratio in told for ratio in ("6.68", "5.91", "9.93"))


def test_nothing_to_draw_is_said() -> None:
    """An empty library has no picture."""
    picture = how_far({}, {})
    assert picture.figure is None and picture.text


def test_scenarios_and_endings_rest_on_cases_lessons_tools_and_lines() -> None:
    """The guide counts six services running; no scenario gives its ending away, or points nowhere."""
    assert set(endings()) == set(guide.cases())
    assert sum(one.reached == "running" for one in endings().values()) == 6
    assert 6 <= len(scenarios()) <= 8
    for one in scenarios().values():
        assert set(one.cases) <= set(guide.cases())
        assert set(one.lessons) <= set(guide.lessons())
        assert set(one.tools) <= set(guide.tools())
        told = " ".join((*one.facts, one.decision))
        assert not any(sentence and sentence in told for sentence in one.happened.split(". "))
        within = [span for key in one.cases for span in guide.cases()[key].lines]
        assert all(any(first >= a and last <= b for a, b in within) for first, last in one.lines), one.key
