"""The schedule as a Gantt chart: bars by their days, milestones as diamonds, the critical path by its outline."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from pspworkbook.charts.labels import days_axis, label, tallness, told_apart
from pspworkbook.charts.picture import BLUE, GREY, ORANGE, Picture
from pspworkbook.methods.findings import number_of
from pspworkbook.methods.plan.schedule import Planned, days
from pspworkbook.methods.words import day

TITLE = "Schedule"


def gantt_picture(rows: Sequence[Planned], people: Mapping[str, str], today: dt.date) -> Picture:
    """One row for each task with both its days. ``people``: names by identifier."""
    names = {one.id: one.task.label() for one in rows}
    head = [
        "Task",
        "Who",
        "From",
        "To",
        "Done",
        "Waits for",
        "Slack, days",
        "Room, days",
        "On the critical path",
        "Late",
    ]
    table = [
        [
            one.task.label(),
            people.get(one.task.owner or "", "Nobody"),
            one.task.start.isoformat() if one.task.start else "–",
            one.task.finish.isoformat() if one.task.finish else "–",
            "yes" if one.done else f"{(one.task.done_share or 0):.0%}",
            "; ".join(names.get(other, "a task that is gone") for other in one.after) or "–",
            "–" if one.slack is None else str(one.slack),
            "–" if one.room is None else str(one.room).replace("-", "−"),
            "–" if one.critical is None else "yes" if one.critical else "no",
            "yes" if one.late else "no",
        ]
        for one in rows
    ]
    drawn = [one for one in rows if days(one.task) is not None]
    if not drawn:
        return Picture(TITLE, "No task has a first and a last day yet.", head, table)
    critical, late = [one for one in drawn if one.critical], [one for one in drawn if one.late]
    first, last = min(one.task.start for one in drawn if one.task.start), max(one.task.finish for one in drawn if one.task.finish)  # fmt: skip
    text = f"{number_of(len(drawn), 'task')} from {day(first)} to {day(last)}"
    if critical:
        text += f"; {len(critical)} on the critical path{_names(critical)}."
    elif any(one.after for one in drawn):
        text += ". What waits for what is not clear yet, so there is no critical path."
    else:
        text += ". Say what waits for what first: without that there is no critical path."
    text += f" Late today{_names(late)}." if late else " Nothing is late today."
    return Picture(
        TITLE, text, head, table, {"data": [*_waits(drawn), *_bars(drawn, people)], "layout": _layout(drawn, today)}
    )


def _names(tasks: Sequence[Planned], most: int = 12) -> str:
    """``: Cook; Drive; and 3 more``; the whole list is in the table."""
    named = [one.task.label() for one in tasks[:most]] + [f"and {len(tasks) - most:,} more"] * (len(tasks) > most)
    return f": {'; '.join(named)}" if named else ""


def _waits(rows: Sequence[Planned]) -> list[dict[str, Any]]:
    """A line from the end of each task to the start of each that waits for it."""
    place = {one.id: (label, one) for label, one in zip(_labels(rows), rows, strict=True)}
    x: list[str | None] = []
    y: list[str | None] = []
    for own, one in place.values():
        for other in one.after:
            first_label, first = place.get(other, ("", None))
            if first and first.task.finish and one.task.start:
                ends = first.task.finish if first.task.milestone else first.task.finish + dt.timedelta(days=1)
                x += [ends.isoformat(), one.task.start.isoformat(), None]
                y += [first_label, own, None]
    if not x:
        return []
    look = {"color": "#5e5e5e", "width": 1.5}
    return [
        {"type": "scatter", "mode": "lines", "name": "Waits for", "x": x, "y": y, "line": look, "hoverinfo": "skip"}
    ]


def _bars(rows: Sequence[Planned], people: Mapping[str, str]) -> list[dict[str, Any]]:
    labels = _labels(rows)
    data = []
    kinds = (
        ("Done", GREY, "", lambda one: one.done),
        ("Planned", BLUE, "", lambda one: not one.done and not one.late and not one.critical),
        ("On the critical path", BLUE, "/", lambda one: not one.done and not one.late and one.critical),
        ("Late", ORANGE, "x", lambda one: one.late),
    )
    for name, color, shape, wanted in kinds:
        chosen = [
            (label, one) for label, one in zip(labels, rows, strict=True) if wanted(one) and not one.task.milestone
        ]
        if chosen:
            data.append({
                "type": "bar", "orientation": "h", "name": name, "y": [label for label, _ in chosen],
                "base": [one.task.start.isoformat() for _, one in chosen if one.task.start],
                "x": [(days(one.task) or 1) * 86_400_000 for _, one in chosen],
                "marker": {"color": color, "pattern": {"shape": shape, "bgcolor": color, "fgcolor": "#ffffff", "size": 8, "solidity": 0.2}, "line": {"color": color, "width": 1}},
                "text": [people.get(one.task.owner or "", "Nobody") for _, one in chosen], "textposition": "none",
                "hovertemplate": "%{y}: %{text}<extra></extra>",
            })  # fmt: skip
    points = [(label, one) for label, one in zip(labels, rows, strict=True) if one.task.milestone]
    if points:
        data.append({
            "type": "scatter", "mode": "markers", "name": "Milestone", "y": [label for label, _ in points],
            "x": [one.task.finish.isoformat() for _, one in points if one.task.finish],
            "marker": {"symbol": "diamond", "size": 14, "color": [ORANGE if one.late else GREY if one.done else BLUE for _, one in points]},
            "hovertemplate": "%{y}<extra></extra>",
        })  # fmt: skip
    return data


def _labels(rows: Sequence[Planned]) -> list[str]:
    """A label for each row, told apart where two tasks have the same name."""
    return told_apart([label(one.task.label()) for one in rows])


def _layout(rows: Sequence[Planned], today: dt.date) -> dict[str, Any]:
    day, tall = today.isoformat(), tallness(_labels(rows), 34)
    axis, narrow = days_axis(
        min(one.task.start for one in rows if one.task.start), max(one.task.finish for one in rows if one.task.finish)
    )
    key = {"orientation": "h", "y": -40 / tall, "yanchor": "top", "x": 0}  # below the days, however tall the chart is
    return {
        "barmode": "overlay", "height": 34 + tall + 90, "margin": {"l": 20, "r": 20, "t": 34, "b": 90},
        "xaxis": {"type": "date", "tickangle": 0, **axis}, "legend": key,
        "meta": {"narrow": {"height": 34 + tall + 180, "margin": {"b": 180}, "xaxis": narrow}},
        "yaxis": {"autorange": "reversed", "automargin": True, "categoryorder": "array", "categoryarray": _labels(rows)},
        "shapes": [{"type": "line", "x0": day, "x1": day, "yref": "paper", "y0": 0, "y1": 1, "line": {"dash": "dot", "width": 2}}],
        "annotations": [{"x": day, "yref": "paper", "y": 1.02, "yanchor": "bottom", "text": "Today", "showarrow": False}],
    }  # fmt: skip
