"""The review as pictures: the bridge from the forecast ratio to the actual one, and ratings then and now."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from pspworkbook.charts.labels import label, tallness
from pspworkbook.charts.picture import BLUE, GREY, ORANGE, TEAL, Picture
from pspworkbook.methods.review.evaluative import Evaluation
from pspworkbook.methods.review.views import Again
from pspworkbook.methods.words import pounds, signed

BRIDGE = "From the forecast to what happened"


def bridge_picture(found: Evaluation | None) -> Picture:
    """A waterfall of ratios: the forecast, each outcome's step, what was put in, and the actual ratio."""
    head = ["Step", "Change of the ratio", "What moved", "Why"]
    if found is None or found.forecast.sroi_ratio is None or found.strict.sroi_ratio is None:
        return Picture(BRIDGE, "As soon as something has happened and is written down, the way from forecast to actual stands here.", head)  # fmt: skip
    first, last = found.forecast.sroi_ratio, found.strict.sroi_ratio
    rows = [["Forecast", f"{first:.2f}", "", ""]]
    rows += [[step.name, signed(step.change), step.moved, step.why] for step in found.steps]
    rows.append(["Actual, strict", f"{last:.2f}", "", ""])
    biggest = max(found.steps, key=lambda step: abs(step.change), default=None)
    text = f"The ratio was forecast at {pounds(first, pence=True)} and came to {pounds(last, pence=True)} for each £1."
    if biggest and biggest.change:
        text += f" “{biggest.name}” moved it most, by {signed(biggest.change)}. Printed steps are rounded; before rounding they add up exactly."
    names = ["Forecast", *(step.name for step in found.steps), "Actual"]
    numbered = [
        label(f"{place}. {name}") for place, name in enumerate(names, 1)
    ]  # so that two outcomes never share a bar
    reached = [0.0, *accumulate((step.change for step in found.steps), initial=first), last]
    room = 0.22 * (max(reached) - min(reached))  # for the figures beside the bars, on a phone too
    bars = {
        "type": "waterfall", "orientation": "h", "y": numbered, "measure": ["absolute", *["relative"] * len(found.steps), "total"],
        "x": [first, *(step.change for step in found.steps), last],
        "text": [row[1] for row in rows], "textposition": "outside", "cliponaxis": False,
        "increasing": {"marker": {"color": TEAL}}, "decreasing": {"marker": {"color": ORANGE}}, "totals": {"marker": {"color": BLUE}},
        "connector": {"line": {"color": GREY, "width": 1}}, "hovertemplate": "%{y}: %{text}<extra></extra>",
    }  # fmt: skip
    layout: dict[str, Any] = {
        "yaxis": {"autorange": "reversed", "automargin": True},
        "xaxis": {"title": {"text": "Value for each £1"}, "zeroline": True, "range": [min(reached) - (room if min(reached) < 0 else 0), max(reached) + room]},
        "height": 120 + tallness(numbered, 34), "margin": {"l": 20, "r": 50, "t": 10, "b": 50}, "showlegend": False,
    }  # fmt: skip
    return Picture(BRIDGE, text, head, rows, {"data": [bars], "layout": layout})


def again_picture(title: str, rows: Sequence[Again]) -> Picture:
    """Each question then (hollow) and now (filled): the median as a mark, the middle half as a line."""
    head = ["Question", "Then: n, median, middle half", "Now: n, median, middle half", "What moved"]
    shown = [one for one in rows if one.words]
    table = [[one.label, _said(one.then), _said(one.now), one.words or "too few answers to say"] for one in rows]
    name = f"{title}: then and now"
    if not shown:
        return Picture(name, "There are not three answers to any question both then and now.", head, table)
    ups = sum((one.now.median or 0) > (one.then.median or 0) for one in shown)
    downs = sum((one.now.median or 0) < (one.then.median or 0) for one in shown)
    text = f"Of {len(shown)} questions with enough answers, the middle is higher now in {ups}, lower in {downs}, and the same in {len(shown) - ups - downs}."
    labels = [label(one.label) for one in shown]
    steps = [step for one in shown for step, _ in one.now.counts]
    scale = (min(steps), max(steps))  # the whole scale: a short one would make a small move look large
    data = []
    half = "middle half" if all(one.then.has_half and one.now.has_half for one in shown) else "middle half (few: all)"
    for what, offset, color, symbol in (("Then", -0.16, GREY, "diamond-open"), ("Now", 0.16, BLUE, "circle")):
        spreads = [one.then if what == "Then" else one.now for one in shown]
        places = [place + offset for place in range(len(shown))]
        halves_x = [value for one in spreads for value in (one.lower, one.upper, None)]
        halves_y = [value for place in places for value in (place, place, None)]
        data.append({"type": "scatter", "mode": "lines", "x": halves_x, "y": halves_y, "line": {"color": color, "width": 5, "dash": "dot" if what == "Then" else "solid"}, "name": f"{what}: {half}", "hoverinfo": "skip"})  # fmt: skip
        data.append({"type": "scatter", "mode": "markers", "x": [one.median for one in spreads], "y": places, "marker": {"color": color, "symbol": symbol, "size": 13, "line": {"width": 2}}, "name": f"{what}: median", "text": labels, "hovertemplate": "%{text}: %{x}<extra></extra>"})  # fmt: skip
    layout = {
        "yaxis": {"tickvals": list(range(len(labels))), "ticktext": labels, "autorange": "reversed", "automargin": True, "zeroline": False},
        "xaxis": {"dtick": 1, "range": [scale[0] - 0.2, scale[1] + 0.2], "fixedrange": True}, "height": 140 + tallness(labels, 52), "legend": {"orientation": "h", "y": -36 / tallness(labels, 52), "yanchor": "top", "x": 0},
        "margin": {"l": 20, "r": 20, "t": 10, "b": 130},
    }  # fmt: skip
    return Picture(name, text, head, table, {"data": data, "layout": layout})


def _said(found: Any) -> str:
    return (
        f"{found.n}, {found.median:g}, {'' if found.has_half else 'all '}{found.lower:g} to {found.upper:g}"
        if found.shown
        else f"{found.n}"
    )
