"""Pictures of who gains: valid figures, with a sentence and a table that say the same."""

import plotly.graph_objects as go

from pspworkbook.charts.gains import by_importance, cash_or_capacity
from pspworkbook.methods.sroi.purse import Line, Purse
from pspworkbook.methods.sroi.weights import Weighed


def weight(name: str, importance: float | None, loss: bool = False) -> Weighed:
    return Weighed(name, name, "Residents", importance, 12, 6.5, loss, "Counted")


def test_cash_and_capacity_are_told_apart_without_colour() -> None:
    """By name and by pattern; the table adds up to the whole."""
    lines = (Line("a", "Falls", 600.0, "capacity", "Health board", ""), Line("b", "Care", 400.0, "cash", "", ""))
    picture = cash_or_capacity(Purse(lines, {"cash": (400.0,), "capacity": (600.0,)}, 1500.0))
    figure = go.Figure(picture.figure)
    assert [bar.name for bar in figure.data] == ["Cash that can leave a budget", "Capacity freed for others"]
    assert len({bar.marker.pattern.shape for bar in figure.data}) == 2
    assert picture.rows[-1] == ["All", "", "£1,000"] and ["Cash that can leave a budget", "nobody has said whose", "£400"] in picture.rows  # fmt: skip
    assert "is not cash" in picture.text
    assert cash_or_capacity(None).figure is None and cash_or_capacity(Purse((), {}, 0.0)).figure is None


def test_importance_runs_from_nought_to_ten_and_names_what_is_a_loss() -> None:
    picture = by_importance(
        [weight("A <b>long</b> name that needs more than one line", 9), weight("Noise", 6, True), weight("Sleep", None)]
    )
    figure = go.Figure(picture.figure)
    assert list(figure.data[0].x) == [9, 6] and list(figure.layout.xaxis.range) == [0, 10]
    assert (
        "&lt;b&gt;" in figure.data[0].y[0] and "<br>" in figure.data[0].y[0] and figure.data[0].y[1] == "Noise (a loss)"
    )
    assert picture.rows[0][-2:] == ["12", "6.5"] and "ratio" not in picture.text
    assert by_importance([weight("Sleep", None)]).figure is None
