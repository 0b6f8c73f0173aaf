"""The labels beside the marks of a chart: whole, in lines that leave a phone room for its bars, and told apart."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

WIDEST = 26
"""Letters of a line: at 12 pixels some 150 of the 358 that a phone has."""
MOST_LINES = 4
"""A name that needs more lines is cut: it stands whole in the chart's table."""
SOME_WEEKS, MOST_MARKS = 75, 14
"""Up to so many days an axis names days; otherwise months, so many of them at most."""
LINE = 17
"""Pixels that a line takes."""


def label(*parts: str, widest: int = WIDEST, most: int = MOST_LINES) -> str:
    """Texts below each other, each in as many lines as it needs, at most ``most``. Escaped, since plotly reads some tags."""
    lines = [line for part in parts for line in _lines(part, widest, most)]
    return "<br>".join(escape(line, quote=False) for line in lines)


def told_apart(labels: Sequence[str]) -> list[str]:
    """The labels, numbered where two are the same: plotly would put their marks on one row."""
    seen: Counter[str] = Counter()
    apart = []
    for one in labels:
        seen[one] += 1
        apart.append(one if seen[one] == 1 else f"{one} ({seen[one]})")
    return apart


def days_axis(first: dt.date, last: dt.date) -> tuple[dict[str, Any], dict[str, Any]]:
    """How an axis of days names them, and what is other on a phone: with the day over some weeks, then month by month.

    Left alone, plotly puts several marks into a month and calls each by the month: “Oct Oct Nov Nov”.
    """
    span = (last - first).days
    if span <= SOME_WEEKS:
        return {"tickformat": "%-d %b<br>%Y"}, {"nticks": 4}
    months = span / 30.4
    apart = next((n for n in (1, 3, 6, 12, 24, 60) if months / n <= MOST_MARKS), 120)
    fewer = next((n for n in (1, 3, 6, 12, 24, 60) if months / n <= MOST_MARKS / 3), 120)
    return {"tickformat": "%b<br>%Y", "dtick": f"M{apart}"}, {"dtick": f"M{fewer}"}


def tallness(labels: Sequence[str], least: int) -> int:
    """Pixels that rows with these labels need, each at least ``least``: as many as the longest label of all takes."""
    lines = max((one.count("<br>") + 1 for one in labels), default=1)
    return len(labels) * max(least, LINE * lines + 10)


def _lines(text: str, widest: int, most: int) -> list[str]:
    lines = wrap(text, widest)
    if len(lines) <= most:
        return lines or [""]
    return wrap(text, widest, max_lines=most, placeholder=" …")
