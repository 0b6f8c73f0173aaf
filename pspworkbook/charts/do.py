"""Delivery as pictures: each measure over time with its baseline and target. Hidden figures are gaps, never zeros."""

from collections.abc import Sequence
from typing import Any

from pspworkbook.charts.labels import label, tallness, told_apart
from pspworkbook.charts.picture import BLUE, GREY, ORANGE, Picture
from pspworkbook.methods.do.monitoring import Opinion, Series
from pspworkbook.methods.do.periods import Period, reached_words
from pspworkbook.methods.words import day
from pspworkbook.records.fields import plain_number

MOST_TICKS = 12
HEAD = ["At the end of", "Figure"]


def series_picture(series: Series) -> Picture:
    """One measure: its readings as a line with squares, baseline dotted and target dashed, each named in the key."""
    rows = [[day(end), shown.text] for end, shown in series.points]
    title, text = f"{series.name} ({series.unit})" if series.unit else series.name, series.sentence
    kept = sum(shown.hidden for _, shown in series.points)
    if kept:
        text += f" Not drawn because too few people stand behind it, or because it is not known: {kept}."
    if not any(not shown.hidden for _, shown in series.points):
        return Picture(title, text, HEAD, rows)
    dates = [end.isoformat() for end, _ in series.points]
    lines: list[dict[str, Any]] = [
        _line("Reading", dates, [shown.value for _, shown in series.points], BLUE, "solid", "square")
    ]
    for name, value, colour, dash, mark in (
        ("Baseline", series.baseline, GREY, "dot", "circle-open"),
        ("Target", series.target, ORANGE, "dash", "diamond-open"),
    ):
        if value is not None:
            lines.append(_line(f"{name}: {plain_number(value)}", dates, [value] * len(dates), colour, dash, mark))
    return Picture(title, text, HEAD, rows, {"data": lines, "layout": _over_time(dates, label(series.unit, most=2))})


def _over_time(dates: list[str], unit: str) -> dict[str, Any]:
    """The layout of lines over time.

    A mark for each day that has a figure, while they are few: more would lie on one another, and hundreds hold a browser
    up for a minute.
    """
    ticks = {"tickvals": dates} if len(dates) <= MOST_TICKS else {"nticks": MOST_TICKS}
    axis = {"fixedrange": True, "automargin": True}
    return {
        "height": 260,
        "margin": {"l": 10, "r": 20, "t": 30, "b": 10},
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"},
        "xaxis": {**axis, "showgrid": False, "tickformat": "%b %Y", **ticks},
        "yaxis": {**axis, "rangemode": "tozero", "gridcolor": "#ebebeb", "title": {"text": unit}},
    }


def _line(name: str, dates: list[str], values: list[Any], colour: str, dash: str, mark: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": dates,
        "y": values,
        "connectgaps": False,
        "line": {"color": colour, "width": 3, "dash": dash},
        "marker": {"symbol": mark, "size": 10, "color": colour},
        "hovertemplate": "%{x|%-d %B %Y}: %{y}<extra></extra>",
    }


def satisfaction_picture(opinions: list[Opinion]) -> Picture:
    """The share that was satisfied, group by group and period by period; hidden ones stand in the table only."""
    title, head = "Satisfaction", ["Group", "Period ends", "Satisfied", "Share", "Answered"]
    rows = [[one.group, day(one.period_end), one.shown.text, one.share, one.answered] for one in opinions]
    if not opinions:
        return Picture(title, "Nobody has been asked yet.", head, rows)
    seen = [one for one in opinions if one.shown.value is not None and one.n]
    text = f"{len(seen)} of {len(opinions)} figures can be drawn; the others tell about too few people, or nearly all agree."
    if not seen:
        return Picture(title, text, head, rows)
    names = told_apart(
        [
            label(one.group, f"{day(one.period_end, short=True)}: {one.share} of {plain_number(one.n or 0)}")
            for one in seen
        ]
    )
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": [100 * (one.shown.value or 0) / (one.n or 1) for one in seen],
        "marker": {"color": BLUE},
        "hoverinfo": "y",
    }
    layout = {
        "height": 90 + tallness(names, 44),
        "margin": {"l": 10, "r": 20, "t": 10, "b": 10},
        "xaxis": {"range": [0, 100], "title": {"text": "Per cent"}, "fixedrange": True, "automargin": True},
        "yaxis": {"autorange": "reversed", "fixedrange": True, "automargin": True},
    }
    return Picture(title, text, head, rows, {"data": [bars], "layout": layout})


def periods_picture(periods: Sequence[Period]) -> Picture:
    """Milestones (or tasks) reached and money spent, each in per cent of what was due or forecast by then."""
    what = f"{periods[-1].what.capitalize()}s" if periods else "Milestones"
    title = f"{what} and money so far"
    head = ["Until", periods[-1].head if periods else "Milestones reached of those due", "Spent of forecast"]
    rows = [[day(one.end), one.milestones, one.spent] for one in periods]
    if not periods:
        return Picture(title, "No period has a reading, an answer or a note yet.", head, rows)
    last = periods[-1]
    spent_words = (
        "what is spent is not known" if last.spent == "not known" else f"{last.spent} that was forecast is spent"
    )
    text = f"By {day(last.end)} {reached_words(last.reached, last.due, last.what)}; {spent_words}."
    dates = [one.end.isoformat() for one in periods]
    reached = [100 * one.reached / one.due if one.due else None for one in periods]
    spent = [100 * one.money.actual / one.money.forecast if one.money.forecast else None for one in periods]
    if not any(value is not None for value in [*reached, *spent]):
        return Picture(title, text, head, rows)
    text += " On the line at 100, all is as planned."
    lines = [
        _line(what, dates, reached, BLUE, "solid", "square"),
        _line("Money", dates, spent, ORANGE, "dash", "diamond-open"),
        _line("As planned: 100", dates, [100] * len(dates), GREY, "dot", "circle-open"),
    ]
    return Picture(title, text, head, rows, {"data": lines, "layout": _over_time(dates, "Per cent of plan")})
