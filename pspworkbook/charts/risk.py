"""The risk matrix: likelihood by impact, five by five, from the medians of what several people said."""

from collections.abc import Sequence
from html import escape
from typing import Any

from pspworkbook.charts.picture import Picture
from pspworkbook.methods.findings import number_of, together
from pspworkbook.methods.plan.risks import SCALE, Rating, matrix, zone

TITLE = "Risk matrix"
SHADE = {"high": "#f2cfc0", "medium": "#f7e8d0", "low": "#e3eee8"}
CELL = 76
MOST_NAMED = 3


def risk_picture(found: Sequence[Rating]) -> Picture:
    """Each rated risk has a number, that of its place in ``found``; the table says in words what lies in each cell."""
    placed = matrix(found)
    number = {one.id: place for place, one in enumerate(found, start=1)}
    head = ["Impact", *(f"Likelihood {step}" for step in SCALE)]
    rows = [
        [str(impact), *(_cell(placed.get((likely, impact), ()), number, zone(likely, impact)) for likely in SCALE)]
        for impact in reversed(SCALE)
    ]
    if not placed:
        return Picture(TITLE, "No risk has been rated by enough people yet.", head, rows)
    rated = sum(len(cell) for cell in placed.values())
    high = [one for one in found if one.level == "high"]
    names = [f"“{one.risk.label()}”" for one in high[:MOST_NAMED]]
    names += [f"{len(high) - MOST_NAMED} more"] if len(high) > MOST_NAMED else []
    text = f"{number_of(rated, 'risk')} rated; " + (f"high: {together(names)}." if high else "none is high.")
    if len(found) > rated:
        text += f" {len(found) - rated} not rated by enough people."
    return Picture(TITLE, text, head, rows, {"data": _marks(placed, number), "layout": _layout()})


def _cell(cell: Sequence[Rating], number: dict[str, int], level: str) -> str:
    if not cell:
        return f"– ({level})"
    return "; ".join(f"{number[one.id]} {one.risk.label()}" for one in cell) + f" ({level})"


def _marks(placed: dict[tuple[int, int], tuple[Rating, ...]], number: dict[str, int]) -> list[dict[str, Any]]:
    spots = sorted(placed.items())
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": [likely for (likely, _), _ in spots],
            "y": [impact for (_, impact), _ in spots],
            "text": ["<b>" + _in_lines([str(number[one.id]) for one in cell]) + "</b>" for _, cell in spots],
            "textfont": {"size": 17, "color": "#000000"},
            "hovertext": ["<br>".join(escape(one.risk.label(), quote=False) for one in cell) for _, cell in spots],
            "hoverinfo": "text",
        }
    ]


def _in_lines(numbers: Sequence[str]) -> str:
    """Three numbers on a line, so that a full cell stays within its square."""
    return "<br>".join(", ".join(numbers[at : at + 3]) for at in range(0, len(numbers), 3))


def _layout() -> dict[str, Any]:
    squares = [
        {
            "type": "rect",
            "x0": likely - 0.5,
            "x1": likely + 0.5,
            "y0": impact - 0.5,
            "y1": impact + 0.5,
            "layer": "below",
            "fillcolor": SHADE[zone(likely, impact)],
            "line": {"color": "#5e5e5e", "width": 1},
        }
        for likely in SCALE
        for impact in SCALE
    ]
    words = [
        {
            "x": likely - 0.47,
            "y": impact + 0.47,
            "xanchor": "left",
            "yanchor": "top",
            "text": zone(likely, impact),
            "showarrow": False,
            "font": {"size": 12, "color": "#333e48"},
        }
        for likely in SCALE
        for impact in SCALE
    ]
    axis = {"range": [0.5, 5.5], "tickvals": list(SCALE), "zeroline": False, "showgrid": False, "fixedrange": True}
    return {
        "height": 5 * CELL + 70,
        "margin": {"l": 50, "r": 10, "t": 10, "b": 55},
        "showlegend": False,
        "shapes": squares,
        "annotations": words,
        "xaxis": {**axis, "title": {"text": "Likelihood (1 very low, 5 very high)", "standoff": 4}},
        "yaxis": {**axis, "automargin": True, "title": {"text": "Impact", "standoff": 6}},
    }
