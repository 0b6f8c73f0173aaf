"""The journey as a picture: fit for plotly, the same scale twice, shapes for what colour alone would not say."""

import plotly.graph_objects as go
import pytest

from pspworkbook.charts.journey import journey_picture
from pspworkbook.records.journey import JourneyStep

NOW = [
    ("a", JourneyStep(what="Rings <b>the</b> council & waits", organisation="Council", feeling="-1", wait=30_240.0)),
    ("b", JourneyStep(what="Goes by bus", organisation="Bus company", feeling="-2", outside=True)),
    ("c", JourneyStep(what="Nobody said how it feels")),
]
WANTED = [("d", JourneyStep(what="Is driven", organisation="Club", feeling="2", came_from="b", wait=0.0))]


def traces(picture, name):
    return [one for one in picture.figure["data"] if one["name"] == name]


@pytest.mark.parametrize(("now", "wanted"), [(NOW, WANTED), (NOW, []), ([], WANTED), (NOW[:1], NOW[:1])])
def test_it_is_a_figure_on_one_scale_with_all_its_numbers(now, wanted):
    picture = journey_picture("Jean", now, wanted)
    go.Figure(picture.figure)
    layout = picture.figure["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"]
    assert len(picture.rows) == len(now) + len(wanted)
    assert all(len(row) == len(picture.head) for row in picture.rows)
    assert "reconstructed" in picture.title


def test_what_is_outside_our_control_has_its_own_shape_and_waits_and_hand_overs_their_marks():
    picture = journey_picture("Jean", NOW, WANTED)
    inside, outside = traces(picture, "A step")[0], traces(picture, "A step outside our control")[0]
    assert inside["marker"]["symbol"] != outside["marker"]["symbol"]
    assert (inside["x"], outside["x"]) == ([1], [2])
    assert traces(picture, "A hand-over")[0]["text"] == ["Council to Bus company"]
    assert traces(picture, "A wait before the step")[0]["text"] == ["3 wk"]
    assert traces(picture, "The lowest point")[0]["x"] == [2]
    assert picture.rows[1][-1] == "hand-over from Council; outside our control; lowest point"
    assert len({one["name"] for one in picture.figure["data"] if one["showlegend"]}) == 5, "each mark is named once"


def test_a_step_stands_under_the_one_it_came_from_and_the_line_breaks_where_nobody_spoke():
    picture = journey_picture("Jean", NOW, WANTED)
    assert picture.figure["layout"]["xaxis2"]["tickvals"] == [2]
    assert traces(picture, "Feeling")[0]["y"] == [-1, -2, None]


def test_labels_are_text_never_markup():
    label = journey_picture("Jean", NOW, WANTED).figure["layout"]["xaxis"]["ticktext"][0]
    assert "<b>" not in label and "&lt;b&gt;" in label


def test_without_steps_or_feelings_it_says_what_to_do():
    assert journey_picture("", [], []).figure is None
    unfelt = journey_picture("Jean", NOW[2:], [])
    assert unfelt.figure is None and "Say how the steps feel" in unfelt.text and len(unfelt.rows) == 1
