"""A chart of ours as a drawing: the few kinds of plotly figures that the SROI charts are made of, without plotly.

Bars that lie (with a base, stripes or a waterfall's steps), bars over a scale of numbers, and dots without axes. Raises
ValueError for a figure of another kind.
"""

import math
from collections.abc import Mapping, Sequence
from html import unescape
from itertools import pairwise
from typing import Any

from pspworkbook.charts.drawing import INK, SOFT, Box, Dot, Drawing, Line, Shape, Words, width_of, wrapped

WIDTH = 900
SIZE = 14
GRID = "#d4d4d4"
_LEFT_MOST = 330
_DASHES = {"dot": "2 4", "dash": "7 4"}


def drawn(figure: Mapping[str, Any]) -> Drawing:
    """The drawing of a figure as :class:`~pspworkbook.charts.picture.Picture` holds it."""
    traces, layout = list(figure["data"]), dict(figure["layout"])
    kinds = {(trace["type"], trace.get("orientation")) for trace in traces}
    if kinds == {("bar", "h")}:
        return _lying([bar for trace in traces for bar in _bars(trace)], layout, _legend_of(traces, layout))
    if kinds == {("waterfall", "h")}:
        return _lying(_steps(traces[0]), layout, [])
    if kinds == {("bar", None)} and len(traces) == 1:
        return _standing(traces[0], layout)
    if kinds == {("scatter", None)}:
        return _dots(traces)
    raise ValueError(f"No drawing is made of {sorted(map(str, kinds))}.")


# Bars that lie -------------------------------------------------------------------------------------------------------

_Bar = tuple[str, float, float, str, Mapping[str, Any] | None]
"""Name, start, end, colour, pattern."""


def _bars(trace: Mapping[str, Any]) -> list[_Bar]:
    marker = trace.get("marker", {})
    colours = marker.get("color", SOFT)
    base = trace.get("base") or [0.0] * len(trace["x"])
    return [
        (
            name,
            float(start),
            float(start) + float(value),
            colours if isinstance(colours, str) else colours[place],
            marker.get("pattern"),
        )
        for place, (name, start, value) in enumerate(zip(trace["y"], base, trace["x"], strict=True))
    ]


def _steps(trace: Mapping[str, Any]) -> list[_Bar]:
    level, bars = 0.0, list[_Bar]()
    for name, kind, value, text in zip(trace["y"], trace["measure"], trace["x"], trace["text"], strict=True):
        if kind == "relative":
            which = "increasing" if value >= 0 else "decreasing"
            start, end = level, level + value
        else:
            which, start, end = "totals", 0.0, float(value)
        level = end
        bars.append((f"{name}<br>{text}", start, end, trace[which]["marker"]["color"], None))
    return bars


def _legend_of(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    if not layout.get("showlegend"):
        return []
    return [(trace["name"], trace["marker"]["color"], trace["marker"].get("pattern")) for trace in traces]


def _lying(bars: Sequence[_Bar], layout: Mapping[str, Any], legend: Sequence[tuple[str, str, Any]]) -> Drawing:
    names = list(dict.fromkeys(bar[0] for bar in bars))
    room = min(_LEFT_MOST, max(width_of(line, SIZE) for name in names for line in _lines(name)) + 4)
    labels = [[piece for line in _lines(name) for piece in wrapped(line, room, SIZE)] for name in names]
    left, right = room + 18, WIDTH - 46
    top = 34.0 if legend else 8.0
    tall = [max(34.0, 18.0 * len(lines) + 12) for lines in labels]
    bottom = top + sum(tall)
    marks = [float(shape["x0"]) for shape in layout.get("shapes", ())]
    low, high = _reach(
        [value for bar in bars for value in bar[1:3]], marks, zero=layout.get("barmode") != "overlay" or not legend
    )
    ticks = _ticks(low, high)
    low, high = min(low, ticks[0]), max(high, ticks[-1])
    axis = layout.get("xaxis", {})

    def at(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    shapes: list[Shape] = []
    _key(shapes, legend, left)
    for tick in ticks:
        shapes.append(Line(((at(tick), top), (at(tick), bottom)), GRID))
        shapes.append(Words(at(tick), bottom + 20, _tick(tick, ticks, axis), 13, anchor="middle", colour=SOFT))
    y = top
    for name, lines, high_ in zip(names, labels, tall, strict=True):
        first = y + high_ / 2 - 9 * len(lines) + SIZE
        shapes += [Words(room + 8, first + 18 * place, line, SIZE, anchor="end") for place, line in enumerate(lines)]
        for bar in bars:
            if bar[0] == name:
                start, end = sorted((at(bar[1]), at(bar[2])))
                striped = bar[4] is not None
                edge = bar[4]["fgcolor"] if striped else bar[3]  # type: ignore[index]
                width = max(end - start, 1.5)  # so that a bar of nothing is seen
                shapes.append(Box(start, y + high_ / 2 - 11, width, 22, bar[3], edge, 1, striped=striped))
        y += high_
    if low < 0 < high:
        shapes.append(Line(((at(0), top), (at(0), bottom)), SOFT, 1.5))
    shapes += [_mark(shape, at, top, bottom) for shape in layout.get("shapes", ())]
    return Drawing(WIDTH, bottom + _title(shapes, axis, left, right, bottom), tuple(shapes))


def _title(shapes: list[Shape], axis: Mapping[str, Any], left: float, right: float, bottom: float) -> float:
    """The axis' own words under its numbers; how much room they and the numbers take."""
    text = axis.get("title", {}).get("text", "")
    if text:
        shapes.append(Words((left + right) / 2, bottom + 42, text, 13, anchor="middle", colour=SOFT))
    return 52 if text else 30


def _key(shapes: list[Shape], legend: Sequence[tuple[str, str, Any]], x: float) -> None:
    for name, colour, pattern in legend:
        shapes.append(Box(x, 8, 26, 14, colour, pattern["fgcolor"] if pattern else colour, striped=bool(pattern)))
        shapes.append(Words(x + 34, 20, name, SIZE))
        x += 60 + width_of(name, SIZE)


def _lines(name: str) -> list[str]:
    """A label of plotly's as lines of text: its few tags are read there, so it came escaped."""
    return [unescape(line) for line in name.split("<br>")]


def _mark(shape: Mapping[str, Any], at: Any, top: float, bottom: float) -> Line:
    x = at(float(shape["x0"]))
    return Line(((x, top), (x, bottom)), shape["line"]["color"], 2, _DASHES.get(shape["line"].get("dash", ""), ""))


# Bars that stand -----------------------------------------------------------------------------------------------------


def _standing(trace: Mapping[str, Any], layout: Mapping[str, Any]) -> Drawing:
    xs, ys, wide = [float(x) for x in trace["x"]], [float(y) for y in trace["y"]], float(trace["width"])
    left, right, top, bottom = 70.0, WIDTH - 30.0, 10.0, 270.0
    marks = [float(shape["x0"]) for shape in layout.get("shapes", ())]
    low, high = min([xs[0] - wide / 2, *marks]), max([xs[-1] + wide / 2, *marks])
    low, high = low - 0.02 * (high - low), high + 0.02 * (high - low)
    most = max(ys)

    def at(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    def up(value: float) -> float:
        return bottom - value / (1.05 * most) * (bottom - top)

    shapes: list[Shape] = []
    for tick in _ticks(0, most):
        shapes.append(Line(((left, up(tick)), (right, up(tick))), GRID))
        shapes.append(Words(left - 8, up(tick) + 5, f"{tick:g}", 13, anchor="end", colour=SOFT))
    ticks = [tick for tick in _ticks(low, high) if low <= tick <= high]
    axis = layout.get("xaxis", {})
    for tick in ticks:
        shapes.append(Words(at(tick), bottom + 20, _tick(tick, ticks, axis), 13, anchor="middle", colour=SOFT))
    marker = trace["marker"]
    for x, y, colour in zip(xs, ys, marker["color"], strict=True):
        start, end = at(x - wide / 2), at(x + wide / 2)
        shapes.append(Box(start, up(y), end - start, bottom - up(y), colour, marker["line"]["color"], 0.5))
    shapes.append(Line(((left, bottom), (right, bottom)), INK))
    shapes += [_mark(shape, at, top, bottom) for shape in layout.get("shapes", ())]
    words = layout.get("yaxis", {}).get("title", {}).get("text", "")
    titled = {"title": {"text": f"For every £1 put in; height: {words}" if words else ""}}
    return Drawing(WIDTH, bottom + _title(shapes, titled, left, right, bottom), tuple(shapes))


# Dots ----------------------------------------------------------------------------------------------------------------


def _dots(traces: Sequence[Mapping[str, Any]]) -> Drawing:
    places = [(x, y) for trace in traces for x, y in zip(trace["x"], trace["y"], strict=True)]
    top_row, step, radius, left, top = max(y for _, y in places), 30.0, 10.0, 24.0, 24.0
    shapes: list[Shape] = []
    across = max(x for x, _ in places)
    for row, trace in enumerate(traces):
        marker = trace["marker"]
        ring = str(marker.get("symbol", "")).endswith("-open")
        look = {"fill": "none", "stroke": marker["color"], "line": 2.5} if ring else {"fill": marker["color"]}
        for x, y in zip(trace["x"], trace["y"], strict=True):
            shapes.append(Dot(left + step * x, top + step * (top_row - y), radius - ring, **look))
        words_at = left + step * across + 60
        shapes.append(Dot(words_at, top + 30 * row + 8, radius - ring, **look))
        shapes.append(Words(words_at + 22, top + 30 * row + 13, trace["name"], 15))
    return Drawing(WIDTH * 0.75, 2 * top + step * top_row, tuple(shapes))


# Scales --------------------------------------------------------------------------------------------------------------


def _reach(values: Sequence[float], marks: Sequence[float], *, zero: bool) -> tuple[float, float]:
    low, high = min([*values, *marks]), max([*values, *marks])
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    return low, high


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers that cover the scale, some five of them."""
    rough = (high - low) / 5
    size = 10 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _tick(value: float, ticks: Sequence[float], axis: Mapping[str, Any]) -> str:
    """A number of the scale, with the same decimals as its neighbours, and the axis' own sign."""
    step = min((abs(after - before) for before, after in pairwise(ticks)), default=1.0)
    places = max(0, min(4, -math.floor(math.log10(step) + 1e-9))) if step < 1 else 0
    if step < 1 and round(step * 10**places, 6) % 1:
        places += 1
    if places == 1 and axis.get("tickprefix") == "£":
        places = 2
    sign = "\u2212" if value < 0 else ""
    return f"{sign}{axis.get('tickprefix', '')}{abs(value):,.{places}f}{axis.get('ticksuffix', '')}"
