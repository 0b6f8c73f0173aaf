"""The budget as a picture: money forecast and money spent, added up period by period."""

from collections.abc import Sequence
from typing import Any

from pspworkbook.charts.labels import days_axis
from pspworkbook.charts.picture import BLUE, ORANGE, Picture
from pspworkbook.methods.plan.budget import Point
from pspworkbook.methods.words import day, pounds

TITLE = "Money so far: forecast and actual"


def budget_picture(points: Sequence[Point]) -> Picture:
    """Two lines of pounds over time; the actual one ends where a period still runs, or where not every amount is known."""
    head = ["At the end of", "Forecast so far", "Actual so far", "Difference"]
    rows = [
        [
            day(one.end, short=True),
            pounds(one.forecast),
            _actual(one),
            "–" if one.actual is None else pounds(one.actual - one.forecast),
        ]
        for one in points
    ]
    if not points:
        return Picture(TITLE, "No money with a period is in the budget yet.", head, rows)
    text = f"{pounds(points[-1].forecast)} of money is forecast by {day(points[-1].end, short=True)}."
    known = [one for one in points if one.actual is not None]
    if known:
        last = known[-1]
        away = (last.actual or 0) - last.forecast
        side = "as forecast" if not away else f"{pounds(abs(away))} {'over' if away > 0 else 'under'} the forecast"
        text += f" By {day(last.end, short=True)} it came to {pounds(last.actual or 0)}, {side}."
    else:
        text += " No period is complete yet, so there is no line of what it came to."
    running = [one.running for one in points if one.running is not None]
    if running:
        text += f" In periods that still run, {pounds(sum(running))} is spent so far; that is not drawn."
    return Picture(TITLE, text, head, rows, {"data": _lines(points), "layout": _layout(points)})


def _actual(one: Point) -> str:
    """What stands in the table for the actual of a period."""
    if one.running is not None:
        return f"still runs: {pounds(one.running)} in this period"
    return "not complete" if one.actual is None else pounds(one.actual)


def _lines(points: Sequence[Point]) -> list[dict[str, Any]]:
    known = [one for one in points if one.actual is not None]
    look = {"type": "scatter", "mode": "lines+markers", "hovertemplate": "%{x}: £%{y:,.0f}<extra></extra>"}
    forecast = {
        **look,
        "name": "Forecast",
        "x": [one.end.isoformat() for one in points],
        "y": [one.forecast for one in points],
        "line": {"color": BLUE, "width": 3, "dash": "dash"},
        "marker": {"symbol": "circle-open", "size": 11, "color": BLUE, "line": {"width": 2}},
    }
    actual = {
        **look,
        "name": "Actual",
        "x": [one.end.isoformat() for one in known],
        "y": [one.actual for one in known],
        "line": {"color": ORANGE, "width": 3},
        "marker": {"symbol": "square", "size": 11, "color": ORANGE},
    }
    return [forecast, actual] if known else [forecast]


def _layout(points: Sequence[Point]) -> dict[str, Any]:
    axis, narrow = days_axis(points[0].end, points[-1].end)
    return {
        "meta": {"narrow": {"xaxis": narrow}},
        "height": 340,
        "margin": {"l": 10, "r": 20, "t": 30, "b": 10},
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "xaxis": {
            "type": "date",
            "tickangle": 0,
            **axis,
            "fixedrange": True,
            "automargin": True,
            "gridcolor": "#ebebeb",
        },
        "yaxis": {
            "title": {"text": "Pounds so far"},
            "tickprefix": "£",
            "tickformat": ",.0f",
            "rangemode": "tozero",
            "fixedrange": True,
            "automargin": True,
            "gridcolor": "#ebebeb",
        },
    }
