"""The labels beside the marks of a chart: whole, in lines that leave a phone room for its bars, and told apart."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from textwrap import wrap

WIDEST = 26
"""Letters of a line: at 12 pixels some 150 of the 358 that a phone has."""
MOST_LINES = 4
"""A name that needs more lines is cut: it stands whole in the chart's table."""
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


def tallness(labels: Sequence[str], least: int) -> int:
    """Pixels that rows with these labels need, each at least ``least``: as many as the longest label of all takes."""
    lines = max((one.count("<br>") + 1 for one in labels), default=1)
    return len(labels) * max(least, LINE * lines + 10)


def _lines(text: str, widest: int, most: int) -> list[str]:
    lines = wrap(text, widest)
    if len(lines) <= most:
        return lines or [""]
    return wrap(text, widest, max_lines=most, placeholder=" …")
