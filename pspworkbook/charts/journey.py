"""Both versions of a journey above each other: feelings as a line, hand-overs, waits, and what is outside our control."""

import textwrap
from collections.abc import Sequence
from typing import Any

from pspworkbook.charts.picture import BLUE, GREY, Picture
from pspworkbook.methods.analyse.journey import (
    VERSIONS,
    Column,
    Steps,
    columns,
    feeling,
    feeling_words,
    figures,
    hand_overs,
    in_words,
)
from pspworkbook.records.journey import FEELINGS, show_time

HEAD = ["Version and step", "What happens", "Organisation", "Feeling", "Wait before it", "Time it takes", "Marks"]
INK = "#1a1a1a"
HAND_OVER_AT, WAIT_AT = 2.6, -2.75
"""The heights at which hand-overs and waits are marked, above and below the feelings from -2 to 2."""
LETTERS, LINES, LETTERS_TURNED = 15, 4, 24
MOST_OF_TWO_LINES = 9
"""So many steps side by side leave a phone room for two turned lines each."""


def journey_picture(name: str, now: Steps, wanted: Steps) -> Picture:
    """The journey of ``name``. Steps that belong together stand above one another; the scale of feelings is the same."""
    title = (
        f"The journey of {name}: feelings, hand-overs and waits (reconstructed)"
        if name
        else "Feelings along the journey"
    )
    if not now and not wanted:
        return Picture(title, "No steps are written down yet.", HEAD)
    text = f"As it is: {in_words(now)}. As it should be: {in_words(wanted)}."
    rows = [row for version, steps in (("now", now), ("wanted", wanted)) for row in _rows(VERSIONS[version], steps)]
    if not any(step.feeling for _, step in [*now, *wanted]):
        return Picture(title, text + " Say how the steps feel, and the line is drawn.", HEAD, rows)
    return Picture(title, text, HEAD, rows, _figure(now, wanted))


def _rows(version: str, steps: Steps) -> list[list[str]]:
    given = {one.after: one for one in hand_overs(steps)}
    lowest = figures(steps).lowest
    rows = []
    for place, (_, step) in enumerate(steps):
        marks = [
            f"hand-over from {given[place].giver}" if place in given else "",
            "outside our control" if step.outside else "",
            "lowest point" if place in lowest else "",
        ]
        rows.append([
            f"{version}, {place + 1}", step.what or "–", step.organisation or "on their own", feeling_words(step),
            "–" if step.wait is None else show_time(step.wait), "–" if step.takes is None else show_time(step.takes),
            "; ".join(filter(None, marks)) or "–",
        ])  # fmt: skip
    return rows


def _figure(now: Steps, wanted: Steps) -> dict[str, Any]:
    shared = columns(now, wanted)
    data: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    axes: dict[str, Any] = {}
    narrow: dict[str, Any] = {"height": 840, "margin": {"b": 165}}
    turned = 2 if len(shared) <= MOST_OF_TWO_LINES else 1
    for suffix, version, steps, domain, domain_narrow in (
        ("", "now", now, [0.62, 1], [0.68, 1]),
        ("2", "wanted", wanted, [0, 0.38], [0, 0.32]),
    ):
        places = _places(shared, version)
        data += _traces(steps, places, suffix, legend=version == "now")
        shapes += [
            {
                "type": "line", "xref": f"x{suffix}", "yref": f"y{suffix}", "y0": -2.3, "y1": HAND_OVER_AT,
                "x0": places[one.after] - 0.5, "x1": places[one.after] - 0.5,
                "line": {"color": GREY, "width": 1, "dash": "dot"}, "layer": "below",
            }
            for one in hand_overs(steps)
        ]  # fmt: skip
        axes[f"xaxis{suffix}"] = {
            "range": [0.5, len(shared) + 0.5], "anchor": f"y{suffix}", "fixedrange": True, "showgrid": False, "zeroline": False,
            "tickvals": places, "tickangle": 0, "tickfont": {"size": 12},
            "ticktext": [_label(place, step.what, LETTERS, LINES) for place, (_, step) in enumerate(steps)],
        }  # fmt: skip
        # On a phone there is no room side by side: the lines of each step are turned.
        narrow[f"xaxis{suffix}"] = {
            "tickangle": 90,
            "ticktext": [_label(place, step.what, LETTERS_TURNED, turned) for place, (_, step) in enumerate(steps)],
        }
        axes[f"yaxis{suffix}"] = {
            "range": [-3.8, 3.0], "domain": domain, "anchor": f"x{suffix}", "fixedrange": True, "automargin": True,
            "tickvals": [-2, -1, 0, 1, 2], "ticktext": list(FEELINGS.values()), "gridcolor": "#ebebeb",
            "zeroline": True, "zerolinecolor": "#767676",
        }  # fmt: skip
        narrow[f"yaxis{suffix}"] = {"domain": domain_narrow}
        notes.append({
            "xref": "paper", "yref": f"y{suffix} domain", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left", "showarrow": False,
            "text": f"<b>{VERSIONS[version]}</b>" + ("" if steps else ": no steps yet"),
        })  # fmt: skip
    layout = {
        **axes, "shapes": shapes, "annotations": notes, "height": 680, "margin": {"l": 70, "r": 10, "t": 100, "b": 80},
        "showlegend": True, "legend": {"orientation": "h", "x": 0, "y": 1.06, "yanchor": "bottom"}, "hovermode": "closest",
        "meta": {"narrow": narrow},
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _places(shared: Sequence[Column], version: str) -> list[int]:
    """In which column, from 1, each step of a version stands."""
    return [place for place, column in enumerate(shared, 1) if getattr(column, version) is not None]


def _traces(steps: Steps, places: Sequence[int], suffix: str, *, legend: bool) -> list[dict[str, Any]]:
    common = {"type": "scatter", "xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
    # A step without a feeling breaks the line: nothing is drawn where nobody has said anything.
    made: list[dict[str, Any]] = [
        {
            **common, "mode": "lines", "x": list(places), "y": [feeling(step) for _, step in steps], "connectgaps": False,
            "line": {"color": BLUE, "width": 3}, "showlegend": False, "hoverinfo": "skip", "name": "Feeling",
        }
    ]  # fmt: skip
    felt = [(place, step) for place, (_, step) in zip(places, steps, strict=True) if step.feeling]
    kinds = (
        ("A step", False, {"symbol": "circle", "size": 13, "color": BLUE}),
        ("A step outside our control", True, {"symbol": "square-open", "size": 15, "color": INK, "line": {"width": 3}}),
    )
    for name, outside, marker in kinds:
        mine = [(place, step) for place, step in felt if bool(step.outside) is outside]
        made.append({
            **common, "mode": "markers", "name": name, "legendgroup": name, "showlegend": legend, "marker": marker,
            "x": [place for place, _ in mine], "y": [feeling(step) for _, step in mine],
            "text": [step.what for _, step in mine], "hovertemplate": "%{text}<extra></extra>",
        })  # fmt: skip
    low = figures(steps).lowest
    made.append({
        **common, "mode": "markers", "name": "The lowest point", "legendgroup": "low", "showlegend": legend,
        "marker": {"symbol": "triangle-down-open", "size": 11, "color": INK, "line": {"width": 2}},
        "x": [places[place] for place in low], "y": [(feeling(steps[place][1]) or 0) + 0.75 for place in low],
        "hoverinfo": "skip",
    })  # fmt: skip
    given = hand_overs(steps)
    made.append({
        **common, "mode": "markers", "name": "A hand-over", "legendgroup": "hand", "showlegend": legend,
        "marker": {"symbol": "triangle-right", "size": 13, "color": INK},
        "x": [places[one.after] - 0.5 for one in given], "y": [HAND_OVER_AT] * len(given),
        "text": [f"{one.giver} to {one.taker}" for one in given], "hovertemplate": "%{text}<extra></extra>",
    })  # fmt: skip
    waits = [(place, step.wait) for place, (_, step) in zip(places, steps, strict=True) if step.wait]
    made.append({
        **common, "mode": "markers+text", "name": "A wait before the step", "legendgroup": "wait", "showlegend": legend,
        "marker": {"symbol": "hourglass-open", "size": 13, "color": INK}, "textposition": "bottom center", "textfont": {"size": 12},
        "x": [place for place, _ in waits], "y": [WAIT_AT] * len(waits), "text": [_short(show_time(wait)) for _, wait in waits],
        "hovertemplate": "%{text}<extra></extra>", "cliponaxis": False,
    })  # fmt: skip
    return made


UNITS = {"minute": "min", "hour": "h", "day": "d", "week": "wk"}


def _short(time: str) -> str:
    """A time as it fits under its mark: ``3 wk``."""
    number, _, unit = time.partition(" ")
    return f"{number} {UNITS.get(unit.removesuffix('s'), unit)}"


def _label(place: int, text: str, letters: int, lines: int) -> str:
    """A step under the axis: its number and the beginning of its words, in a few short lines, as plain text."""
    wrapped = textwrap.wrap(f"{place + 1} {text}", letters, max_lines=lines, placeholder="…")
    return "<br>".join(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in wrapped)
