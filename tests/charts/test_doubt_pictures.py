"""The pictures of how sure a ratio is: valid for plotly, with the same numbers in drawing, sentence and table."""

import plotly.graph_objects as go
import pytest

from pspworkbook.charts import doubt as pictures
from pspworkbook.documents.impact_map import read_impact_map
from pspworkbook.methods.sroi import ImpactMap, forecast, scenarios
from pspworkbook.methods.sroi.case import Case
from pspworkbook.methods.sroi.ranges import ranges
from pspworkbook.methods.sroi.sensitivity import swings
from pspworkbook.methods.sroi.simulate import Settings, simulate
from pspworkbook.methods.sroi.sobol import weights
from pspworkbook.places import data_folder
from pspworkbook.records.doubt import Scenario


@pytest.fixture(scope="module")
def drawn():
    """All pictures of the published example."""
    outcomes = read_impact_map(data_folder() / "examples" / "wheels-to-meals.csv")
    case = Case.of(forecast(ImpactMap.of(outcomes), 42_375))
    found = ranges(case, ["red"] * 7)
    simulation = simulate(found, Settings(draws=20_000))
    told = [(one["name"], Scenario.model_validate(one)) for one in scenarios.STARTERS]
    played = scenarios.play(found, told, [], [str(row) for row in range(7)], ["all"])
    return {
        "simulation": simulation,
        "worlds": pictures.worlds(simulation),
        "spread": pictures.spread(simulation),
        "contributions": pictures.contributions(simulation, case.rows.outcomes),
        "tornado": pictures.tornado(swings(found), case.ratio),
        "matters": pictures.what_matters(weights(found)),
        "scenarios": pictures.scenarios(played, case.ratio),
    }


@pytest.mark.parametrize("name", ["worlds", "spread", "contributions", "tornado", "matters", "scenarios"])
def test_every_picture_is_valid_and_complete(drawn, name):
    picture = drawn[name]
    go.Figure(picture.figure)
    assert picture.title and picture.text.endswith(".")
    assert picture.rows and all(len(row) == len(picture.head) for row in picture.rows)


def test_there_are_a_hundred_dots_and_as_many_filled_as_the_chance_says(drawn):
    filled, rings = drawn["worlds"].figure["data"]
    assert len(filled["x"]) + len(rings["x"]) == 100
    assert len(filled["x"]) == round(100 * drawn["simulation"].chance)
    assert filled["marker"]["symbol"] != rings["marker"]["symbol"], "never colour alone"
    assert f"{len(filled['x'])} of 100" in filled["name"]


def test_the_histogram_holds_every_draw(drawn):
    edges, counts = drawn["simulation"].histogram()
    assert drawn["spread"].text.endswith("The first and the last bar hold all that lies beyond.")
    assert counts.sum() == 20_000 and len(edges) == len(counts) + 1
    assert sum(drawn["spread"].figure["data"][0]["y"]) == pytest.approx(100)


def test_the_tornado_starts_at_the_ratio_and_is_widest_on_top(drawn):
    low, high = drawn["tornado"].figure["data"]
    assert low["base"] == pytest.approx([1.929] * len(low["base"]), abs=1e-3)
    widths = [abs(one - other) for one, other in zip(low["x"], high["x"], strict=True)]
    assert widths == sorted(widths, reverse=True) and len(widths) <= pictures.MOST_BARS
    assert drawn["tornado"].rows[-1][0].endswith("less than a penny each")


def test_nothing_to_draw_yet():
    for picture in (
        pictures.worlds(None),
        pictures.spread(None),
        pictures.contributions(None, []),
        pictures.what_matters(None),
        pictures.tornado([], None),
        pictures.scenarios([], None),
    ):
        assert picture.figure is None and picture.text


def test_a_name_cannot_become_markup_in_a_label():
    one = scenarios.Played("1", "<b>Bad & worse</b>", "", 1.5, 10.0, 5.0, ())
    label = pictures.scenarios([one], 2.0).figure["data"][0]["y"][0]
    assert "<b>" not in label and "&lt;b&gt;" in label
