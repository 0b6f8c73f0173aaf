"""The pictures of a forecast: valid for plotly, with the same numbers in figure, sentence and table."""

from collections.abc import Callable
from pathlib import Path

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.charts import sroi as pictures
from pspworkbook.charts.picture import Picture
from pspworkbook.documents.impact_map import read_impact_map
from pspworkbook.methods.sroi import ForecastResult, ImpactMap, forecast
from pspworkbook.places import data_folder
from pspworkbook.records import Outcome

ALL = (pictures.value_over_time, pictures.gross_to_present, pictures.who_gains, pictures.by_stakeholder)


@pytest.fixture(scope="module")
def published() -> ForecastResult:
    """The published example."""
    path: Path = data_folder() / "examples" / "wheels-to-meals.csv"
    return forecast(ImpactMap.of(read_impact_map(path)), 42_375)


@pytest.mark.parametrize("draw", ALL)
def test_every_picture_is_valid_and_complete(
    draw: Callable[[ForecastResult], Picture], published: ForecastResult
) -> None:
    """Plotly itself takes the figure; title, sentence and table are there."""
    picture = draw(published)
    go.Figure(picture.figure)
    assert picture.title and picture.text.endswith(".")
    assert picture.rows and all(len(row) == len(picture.head) for row in picture.rows)


def test_the_published_numbers_are_in_the_sentences(published: ForecastResult) -> None:
    """What a screen reader hears is what the drawing shows."""
    assert pictures.gross_to_present(published).rows[0] == ["Gross value", "£91,793"]
    assert "present value of £81,742" in pictures.gross_to_present(published).text
    assert pictures.value_over_time(published).rows[0] == ["Year 1", "£82,509", "£79,718"]
    assert "loss for “Neighbours”" in pictures.by_stakeholder(published).text


def test_a_share_is_not_given_where_a_loss_makes_it_misleading(published: ForecastResult) -> None:
    """£85,056 of £81,742 would be 104%."""
    assert {row[2] for row in pictures.by_stakeholder(published).rows} == {"–"}


def test_nothing_to_draw() -> None:
    """An empty map has words, and no drawing."""
    empty = forecast(ImpactMap.of([]), 0)
    assert all(draw(empty).figure is None and draw(empty).text for draw in ALL)


@given(st.text(min_size=1, max_size=40))
def test_a_name_cannot_become_markup_in_a_label(name: str) -> None:
    """Plotly reads some tags in labels; a user's text never makes one."""
    row = Outcome(
        stakeholder=name,
        outcome="x",
        quantity=1,
        duration=1,
        financial_proxy=10,
        deadweight=0,
        displacement=0,
        attribution=0,
        drop_off=0,
    )
    picture = pictures.by_stakeholder(forecast(ImpactMap.of([row]), 5))
    label = picture.figure["data"][0]["y"][0] if picture.figure else ""
    assert "<" not in label.replace("<br>", ""), "the lines are ours"
