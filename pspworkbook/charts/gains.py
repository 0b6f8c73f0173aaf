"""Pictures of who gains: the public purse's part by cash and freed capacity, and outcomes by importance."""

from collections.abc import Sequence
from typing import Any

from pspworkbook.charts.labels import label, tallness, told_apart
from pspworkbook.charts.picture import BLUE, DARK_BLUE, GREY, ORANGE, TEAL, Picture
from pspworkbook.charts.sroi import _MONEY, _PLAIN, _layout, _with_amount
from pspworkbook.methods.sroi.purse import KINDS, Purse, in_words
from pspworkbook.methods.sroi.weights import Weighed
from pspworkbook.methods.sroi.weights import in_words as weights_in_words
from pspworkbook.methods.words import pounds

COLOURS = {"cash": TEAL, "capacity": BLUE, "none": GREY, "": "#ffffff"}
PATTERNS = {"cash": "", "capacity": "/", "none": ".", "": "x"}
PURSE = "The public purse: cash, or capacity for others"
WEIGHTS = "The same outcomes by importance, without money"


def cash_or_capacity(purse: Purse | None) -> Picture:
    """One bar for each kind that occurs: present value in pounds, told apart by pattern and name, not by colour alone."""
    if purse is None or not purse.lines:
        return Picture(PURSE, "There is nothing to show until an outcome for the public purse is counted.")
    kinds = purse.by_kind()
    rows = [
        [KINDS[kind], holder or "nobody has said whose", pounds(worth)]
        for holder, held in purse.by_holder()
        for kind, worth in held.items()
    ]
    rows.append(["All", "", pounds(purse.total)])
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": KINDS[kind],
            "y": [_with_amount(KINDS[kind], worth)],
            "x": [worth],
            "marker": {
                "color": COLOURS[kind],
                "line": {"color": DARK_BLUE, "width": 1.5},
                "pattern": {"shape": PATTERNS[kind], "fgcolor": DARK_BLUE, "solidity": 0.25},
            },
            "hoverinfo": "y",
        }
        for kind, worth in kinds.items()
    ]
    layout = _layout(90 + 56 * len(kinds), xaxis=_MONEY, yaxis={**_PLAIN, "autorange": "reversed"})
    head = ["What it is", "Whose budget", "Present value"]
    return Picture(PURSE, in_words(purse), head, rows, {"data": bars, "layout": layout})


def by_importance(rows: Sequence[Weighed]) -> Picture:
    """One bar for each outcome whose importance is known, from 0 to 10; losses are marked in their name."""
    known = [row for row in rows if row.importance is not None]
    text = weights_in_words(list(rows))
    if not known:
        return Picture(WEIGHTS, text)
    names = told_apart([label(f"{row.name}{' (a loss)' if row.loss else ''}") for row in known])
    table = [
        [f"{row.name}{' (a loss)' if row.loss else ''}", row.who, f"{row.importance:g}", _number(row.quantity), _number(row.claimed)]
        for row in known
    ]  # fmt: skip
    bar: dict[str, Any] = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": [row.importance for row in known],
        "text": [f"{row.importance:g}" for row in known],
        "textposition": "auto",
        "marker": {"color": [ORANGE if row.loss else TEAL for row in known]},
        "hoverinfo": "y+x",
    }
    axis = {**_PLAIN, "range": [0, 10], "dtick": 2}
    layout = _layout(90 + tallness(names, 52), xaxis=axis, yaxis={**_PLAIN, "autorange": "reversed"})
    head = ["Outcome", "For whom", "Importance, 0 to 10", "How many, a year", "Of these, because of the activity"]
    return Picture(WEIGHTS, text, head, table, {"data": [bar], "layout": layout})


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")
