"""Demand beside capacity, as a picture."""

from collections.abc import Sequence
from typing import Any

from pspworkbook.charts.labels import label, told_apart
from pspworkbook.charts.picture import BLUE, ORANGE, Picture
from pspworkbook.methods.analyse.demand import MARKS, Estimate

TITLE = "How many might come, and how many there is room for"
HEAD = ["Group", "Low", "Middle", "High", "Room for", "What it means"]


def demand_picture(found: Sequence[Estimate]) -> Picture:
    """A range for each group with its middle, and a mark for the room."""
    rows = [
        [
            one.group,
            *(_number(value) for value in (one.low, one.mid, one.high, one.capacity)),
            f"{MARKS[one.verdict]} {one.words}",
        ]
        for one in found
    ]
    known = [one for one in found if one.known]
    if not known:
        return Picture(TITLE, "No estimate is complete yet: each needs how many there are, and six shares.", HEAD, rows)
    text = " ".join(_sentence(one) for one in known[:3])
    if len(known) > 3:
        text += f" And {len(known) - 3} more groups."
    return Picture(TITLE, text, HEAD, rows, {"data": _data(known), "layout": _layout(len(known))})


def _sentence(one: Estimate) -> str:
    room = "the room is not known" if one.capacity is None else f"room for {_number(one.capacity)}"
    return f"{one.group}: {_number(one.low)} to {_number(one.high)} might come, most likely about {_number(one.mid)}; {room}."


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _data(known: Sequence[Estimate]) -> list[dict[str, Any]]:
    names = told_apart([label(one.group) for one in known])
    room = [(name, one.capacity) for name, one in zip(names, known, strict=True) if one.capacity is not None]
    middle = {
        "type": "scatter",
        "mode": "markers",
        "name": "Might come: middle, and from low to high",
        "x": [one.mid for one in known],
        "y": names,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [(one.high or 0) - (one.mid or 0) for one in known],
            "arrayminus": [(one.mid or 0) - (one.low or 0) for one in known],
            "thickness": 4,
            "width": 9,
            "color": BLUE,
        },
        "marker": {"symbol": "circle", "size": 13, "color": BLUE},
        "hovertemplate": "%{y}: about %{x:,.0f}<extra></extra>",
    }
    places = {
        "type": "scatter",
        "mode": "markers",
        "name": "Room for",
        "x": [value for _, value in room],
        "y": [name for name, _ in room],
        "marker": {"symbol": "diamond-open", "size": 15, "color": ORANGE, "line": {"width": 3}},
        "hovertemplate": "%{y}: room for %{x:,.0f}<extra></extra>",
    }
    return [middle, places] if room else [middle]


def _layout(count: int) -> dict[str, Any]:
    return {
        "height": 150 + 60 * count,
        "margin": {"l": 10, "r": 20, "t": 50, "b": 10},
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "xaxis": {
            "title": {"text": "People"},
            "rangemode": "tozero",
            "fixedrange": True,
            "automargin": True,
            "gridcolor": "#ebebeb",
        },
        "yaxis": {"autorange": "reversed", "fixedrange": True, "automargin": True},
    }
