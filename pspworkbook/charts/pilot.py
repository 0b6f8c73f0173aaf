"""Pilot or not: everybody's own balance as a mark on one line, with the middle half and the median."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pspworkbook.charts.picture import DARK_BLUE, ORANGE, Picture
from pspworkbook.methods.ballots.spread import ENOUGH_FOR_HALF, plain
from pspworkbook.methods.plan.pilot import Balance, signed, signed_alike

TITLE = "Pilot or not: the balance and its spread"
EDGE = 4


def balance_picture(found: Balance) -> Picture:
    """A line from −4 (all against) to +4 (all for). People’s own balances are put in steps of a half to draw them."""
    head = ["Balance", "People"]
    if found.median is None:
        return Picture(TITLE, found.words, head, [])
    steps = Counter(_step(one) for one in found.own)
    rows = [[_between(step), str(count)] for step, count in sorted(steps.items())]
    lower, upper = signed_alike(found.lower or 0, found.upper or 0)
    rows += [
        ["Median", signed(found.median)],
        [f"{_band(found)} from", lower],
        ["to", upper],
    ]
    return Picture(
        TITLE, found.words, head, rows, {"data": _marks(steps, found), "layout": _layout(max(steps.values()))}
    )


def _band(found: Balance) -> str:
    """What the line under the marks stands for."""
    return "Middle half" if found.n >= ENOUGH_FOR_HALF else "All balances"


def _step(value: float) -> float:
    """The nearest half."""
    return int(abs(value) * 2 + 0.5) / 2 * (1 if value >= 0 else -1) or 0.0


def _between(step: float) -> str:
    return f"About {signed(step)}" if step else "About 0"


def _marks(steps: Counter[float], found: Balance) -> list[dict[str, Any]]:
    dots = [(step, place) for step, count in sorted(steps.items()) for place in range(1, count + 1)]
    look = {"type": "scatter", "hoverinfo": "skip"}
    return [
        {
            **look,
            "name": "One person",
            "mode": "markers",
            "x": [step for step, _ in dots],
            "y": [place for _, place in dots],
            "marker": {"size": 15, "color": DARK_BLUE},
        },
        {
            **look,
            "name": _band(found),
            "mode": "lines",
            "x": [found.lower, found.upper],
            "y": [0.3, 0.3],
            "line": {"color": ORANGE, "width": 8},
        },
        {
            **look,
            "name": f"Median {plain(found.median) if (found.median or 0) >= 0 else signed(found.median or 0)}",
            "mode": "markers",
            "x": [found.median],
            "y": [0.3],
            "marker": {"symbol": "diamond", "size": 17, "color": "#ffffff", "line": {"color": "#1a1a1a", "width": 2}},
        },
    ]


def _layout(highest: int) -> dict[str, Any]:
    ticks: Sequence[int] = range(-EDGE, EDGE + 1, 2)
    return {
        "height": 150 + 22 * highest,
        "margin": {"l": 12, "r": 12, "t": 30, "b": 60},
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "shapes": [
            {
                "type": "line",
                "x0": 0,
                "x1": 0,
                "y0": 0,
                "y1": 1,
                "yref": "paper",
                "line": {"color": "#1a1a1a", "width": 2},
            }
        ],
        "xaxis": {
            "range": [-EDGE - 0.3, EDGE + 0.3],
            "tickvals": list(ticks),
            "ticktext": [signed(one) for one in ticks],
            "title": {"text": "← against a pilot    for a pilot →"},
            "zeroline": False,
            "gridcolor": "#d0d0d0",
            "fixedrange": True,
        },
        "yaxis": {"range": [-0.2, highest + 0.8], "visible": False, "fixedrange": True},
    }
