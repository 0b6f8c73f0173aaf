"""Pictures of stage 2: organisations side by side, and which challenges are both likely and bad."""

from collections import defaultdict
from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

from pspworkbook.charts.picture import BLUE, DARK_BLUE, GREY, ORANGE, PURPLE, TEAL, Picture
from pspworkbook.guide.ballots import Ballot, ballots
from pspworkbook.methods.ballots.spread import plain
from pspworkbook.methods.decide.readiness import Organisation, Readiness
from pspworkbook.methods.findings import people, together

MOST_DRAWN = 6
LOOKS = (
    ("circle", DARK_BLUE),
    ("square", ORANGE),
    ("diamond", TEAL),
    ("triangle-up", PURPLE),
    ("cross", BLUE),
    ("star", GREY),
)
"""A shape and a colour for each organisation: the shapes alone tell them apart."""
LABEL, LANE, AXIS, KEY_LINE = 20, 22, 76, 26
CELL = 62
READINESS_TITLE = "Readiness: the organisations side by side"
CHALLENGES_TITLE = "Challenges: likely and bad"


def organisations_picture(ballot: Ballot, found: Readiness) -> Picture:
    """One row for each factor, one mark for each organisation at the median of its own people."""
    rated = [one for one in found.organisations if one.medians]
    head = ["Factor", *(f"{one.name} ({people(one.people)})" for one in rated), "Distance"]
    rows = [
        [question.label, *(_cell(ballot, one.medians.get(question.key)) for one in rated), plain(_apart(rated, question.key))]
        for question in ballot.questions
    ]  # fmt: skip
    if len(rated) < 2:
        text = "Answers that name at least two organisations are needed to set them side by side."
        return Picture(READINESS_TITLE, text, head if rated else [], rows if rated else [])
    furthest = max(ballot.questions, key=lambda question: _apart(rated, question.key) or 0)
    gap = _apart(rated, furthest.key) or 0
    text = (
        f"Furthest apart on “{furthest.label}”: {plain(gap)} between the highest and the lowest organisation."
        if gap
        else "The organisations rate themselves alike on every factor."
    )
    if len(rated) > MOST_DRAWN:
        text += f" {MOST_DRAWN} of {len(rated)} organisations are drawn; the table has all."
    return Picture(READINESS_TITLE, text, head, rows, _lanes(ballot, rated[:MOST_DRAWN]))


def _cell(ballot: Ballot, median: float | None) -> str:
    return "–" if median is None else f"{plain(median)} {ballot.words(median)}"


def _apart(rated: Sequence[Organisation], key: str) -> float | None:
    medians = [one.medians[key] for one in rated if key in one.medians]
    return max(medians) - min(medians) if len(medians) > 1 else None


def _lanes(ballot: Ballot, rated: Sequence[Organisation]) -> dict[str, Any]:
    """Each organisation keeps a line of its own within a factor, so that equal ratings do not hide each other."""
    block = LABEL + LANE * len(rated) + 8
    traces: list[dict[str, Any]] = []
    for place, one in enumerate(rated):
        symbol, colour = LOOKS[place]
        points = [
            (one.medians[question.key], number * block + LABEL + LANE * (place + 0.5))
            for number, question in enumerate(ballot.questions)
            if question.key in one.medians
        ]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": escape("<br>".join(wrap(one.name, 34)), quote=False).replace("&lt;br&gt;", "<br>"),
                "x": [x for x, _ in points],
                "y": [y for _, y in points],
                "marker": {"symbol": symbol, "color": colour, "size": 15, "line": {"color": "#1a1a1a", "width": 1}},
                "hoverinfo": "name+x",
            }
        )
    labels = [
        {
            "text": escape(question.label, quote=False),
            "showarrow": False,
            "xref": "paper",
            "x": 0,
            "xanchor": "left",
            "yref": "y",
            "y": number * block,
            "yanchor": "top",
        }
        for number, question in enumerate(ballot.questions)
    ]
    top, key = block * len(ballot.questions), KEY_LINE * len(rated)
    layout = {
        "height": top + AXIS + key,
        "margin": {"l": 12, "r": 12, "t": key, "b": AXIS},
        "showlegend": True,
        "legend": {
            "orientation": "v",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "annotations": labels,
        "xaxis": {
            "range": [ballot.values[0] - 0.4, ballot.values[-1] + 0.4],
            "tickvals": list(ballot.values),
            "ticktext": [f"{step.value}<br>{escape(step.words, quote=False)}" for step in ballot.scale],
            "tickangle": 0,
            "zeroline": False,
            "gridcolor": "#d0d0d0",
            "fixedrange": True,
        },
        "yaxis": {"range": [top, -4], "visible": False, "fixedrange": True},
    }
    return {"data": traces, "layout": layout}


def challenges_picture(weights: Sequence[tuple[str, float | None, float | None]]) -> Picture:
    """A field of five by five. ``weights`` are (challenge, median likelihood, median impact), None where too few said.

    Each challenge has a number; those that lie on the same spot share a mark.
    """
    head = ["Challenge", "Likelihood", "Impact"]
    rows = [
        [f"{number} {name}", plain(likely) or "–", plain(bad) or "–"]
        for number, (name, likely, bad) in enumerate(weights, start=1)
    ]
    spots: dict[tuple[float, float], list[int]] = defaultdict(list)
    for number, (_, likely, bad) in enumerate(weights, start=1):
        if likely is not None and bad is not None:
            spots[likely, bad].append(number)
    if not spots:
        return Picture(CHALLENGES_TITLE, "Too few people have answered to draw this.", head, rows)
    serious = [f"“{name}”" for name, likely, bad in weights if (likely or 0) >= 4 and (bad or 0) >= 4]
    text = (
        f"Both likely and bad: {together(serious)}."
        if serious
        else "No challenge is both likely and bad in most people’s view."
    )
    left = len(weights) - sum(len(numbers) for numbers in spots.values())
    if left:
        text += f" Too few answers to place {left} of {len(weights)}."
    return Picture(CHALLENGES_TITLE, text, head, rows, _field(weights, spots))


def _field(
    weights: Sequence[tuple[str, float | None, float | None]], spots: dict[tuple[float, float], list[int]]
) -> dict[str, Any]:
    steps = {step.value: step.words for step in ballots()["challenges"].scale}
    marks = sorted(spots.items())
    key = [f"<b>{number}</b> {escape(name, quote=False)}" for number, (name, _, _) in enumerate(weights, start=1)]
    foot = 64 + 21 * len(key)
    trace = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [likely for (likely, _), _ in marks],
        "y": [bad for (_, bad), _ in marks],
        "text": ["<b>" + ", ".join(map(str, numbers)) + "</b>" for _, numbers in marks],
        "textfont": {"color": "#ffffff"},
        "marker": {"size": [30 + 13 * (len(numbers) - 1) for _, numbers in marks], "color": DARK_BLUE, "opacity": 1},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
    corner = {
        "type": "rect",
        "x0": 3.75,
        "x1": 5.5,
        "y0": 3.75,
        "y1": 5.95,
        "layer": "below",
        "line": {"color": "#1a1a1a", "width": 1.5, "dash": "dot"},
        "fillcolor": "rgba(203,78,11,.14)",
    }
    said = {
        "text": "both likely and bad",
        "x": 5.45,
        "y": 5.92,
        "xanchor": "right",
        "yanchor": "top",
        "showarrow": False,
    }
    legend = {
        "text": "<br>".join(key),
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yref": "paper",
        "y": 0,
        "yanchor": "top",
        "yshift": -58,
        "align": "left",
        "showarrow": False,
    }
    axis = {
        "range": [0.5, 5.5],
        "tickvals": list(steps),
        "zeroline": False,
        "gridcolor": "#d0d0d0",
        "fixedrange": True,
    }
    ends = f"1 {steps[1].lower()}, 5 {steps[5].lower()}"
    layout = {
        "height": round(5.45 * CELL) + foot + 16,
        "margin": {"l": 48, "r": 12, "t": 16, "b": foot},
        "showlegend": False,
        "shapes": [corner],
        "annotations": [said, legend],
        "xaxis": {**axis, "title": {"text": f"Likelihood ({ends})", "standoff": 4}},
        "yaxis": {**axis, "range": [0.5, 5.95], "automargin": True, "title": {"text": "Impact", "standoff": 6}},
    }
    return {"data": [trace], "layout": layout}
