"""Local evidence as a picture: for one indicator, its figures by area or over time."""

import datetime as dt
from html import escape

from pspworkbook.charts.picture import BLUE, Picture
from pspworkbook.records.fields import plain_number
from pspworkbook.records.identify import Evidence
from pspworkbook.records.sources import first_day, with_unit

MOST_BARS = 30


def indicator_picture(indicator: str, rows: list[Evidence]) -> Picture:
    """A bar for each area, the highest first; where an area has several dates, the newest.

    Rows without a figure are left out and counted. Figures in different units are not drawn together.
    """
    title = indicator or "Local evidence"
    known = [row for row in rows if row.value is not None]
    table = [
        [
            row.area or "–",
            plain_number(row.value or 0),
            row.unit or "–",
            row.date or "–",
            row.source or "–",
        ]
        for row in known
    ]
    head = ["Area", "Figure", "Unit", "Date", "Source"]
    units = {row.unit.casefold() for row in known}
    if len(known) < 2:
        return Picture(
            title,
            "There is one figure, so there is nothing to compare." if known else "There is no figure yet.",
            head,
            table,
        )
    if len(units) > 1:
        return Picture(title, "The figures are in different units, so they are not drawn side by side.", head, table)
    newest: dict[str, Evidence] = {}
    for row in known:
        other = newest.get(row.area)
        if other is None or _day(row) >= _day(other):
            newest[row.area] = row
    order = sorted(newest.values(), key=lambda row: -(row.value or 0))[:MOST_BARS]
    unit = order[0].unit
    high, low = order[0], order[-1]
    text = f"Highest in {high.area or 'an area without a name'}: {with_unit(high.value or 0, unit)}"
    text += f"; lowest in {low.area or 'an area without a name'}: {with_unit(low.value or 0, unit)}."
    if len(newest) > MOST_BARS:
        text += f" The {MOST_BARS} highest of {len(newest)} are drawn; the table has all."
    names = [f"{escape(row.area, quote=False) or 'Not said'}<br>{plain_number(row.value or 0)}" for row in order]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "y": names,
            "x": [row.value for row in order],
            "marker": {"color": BLUE},
            "hoverinfo": "y",
        }
    ]
    layout = {
        "height": 90 + 44 * len(order),
        "margin": {"l": 10, "r": 20, "t": 10, "b": 10},
        "showlegend": False,
        "xaxis": {
            "title": {"text": escape(unit, quote=False)},
            "rangemode": "tozero",
            "gridcolor": "#ebebeb",
            "fixedrange": True,
            "automargin": True,
        },
        "yaxis": {"autorange": "reversed", "showgrid": False, "fixedrange": True, "automargin": True},
    }
    return Picture(title, text, head, table, {"data": bars, "layout": layout})


def _day(row: Evidence) -> dt.date:
    """The day to sort by; a figure without a date is older than every other."""
    return first_day(row.date) or dt.date.min
