"""Forming a partnership in pictures: the time that each partner gives, and the reports that a Lead Funder spares."""

from collections.abc import Sequence
from typing import Any

from pspworkbook import guide
from pspworkbook.charts.labels import label, told_apart
from pspworkbook.charts.picture import BLUE, GREY, ORANGE, Picture
from pspworkbook.methods.findings import number_of
from pspworkbook.methods.form.lead_funder import count_reports
from pspworkbook.methods.form.staff_time import PartnerTime
from pspworkbook.methods.words import about
from pspworkbook.records.agreement import Funder

LANE = 46


def time_picture(totals: Sequence[PartnerTime]) -> Picture:
    """A bar for each organisation: hours a month that a senior person agreed to, and those nobody agreed to yet."""
    title = "Hours a month, by organisation"
    head = ["Organisation", "People", "Hours a month", "Agreed by a senior person"]
    rows = [[one.organisation, str(one.people), about(one.hours), about(one.agreed)] for one in totals]
    hours, agreed = sum(one.hours for one in totals), sum(one.agreed for one in totals)
    if not hours:
        return Picture(title, "No hours are promised yet.", head, rows)
    given = [one for one in totals if one.hours]
    text = (
        f"{about(hours)} hours a month in all, from {number_of(len(given), 'organisation')}; "
        f"a senior person agreed to {about(agreed)} of them."
    )
    names = told_apart([label(one.organisation, about(one.hours)) for one in totals])
    bars = [
        _bars("Agreed", names, [one.agreed for one in totals], BLUE),
        _bars("Not agreed yet", names, [one.hours - one.agreed for one in totals], ORANGE, "/"),
    ]
    return Picture(title, text, head, rows, {"data": bars, "layout": _layout(len(totals), "Hours a month", key=True)})


def reports_picture(funders: Sequence[Funder], decided: str | None) -> Picture:
    """How many reports a year the provider writes now, and with each kind of Lead Funder; what you decided is marked."""
    title = "Reports a year, now and with a Lead Funder"
    head = ["", "Reports a year", "Fewer than now"]
    now = count_reports(funders, None).before
    lines, mine = [("Now", now)], ""
    for variant in guide.lead_funder().variants:
        lines.append((variant.name, count_reports(funders, variant.key).after))
        mine = variant.name if variant.key == decided else mine
    rows = [[f"{name} (decided)" if name == mine else name, about(count), about(now - count)] for name, count in lines]
    if not now:
        return Picture(title, "No funder’s reports are counted yet.", head, rows)
    least = min(count for _, count in lines)
    if least == now:
        text = (
            f"{number_of(round(now), 'report')} a year now, and no fewer with any Lead Funder: nobody shares one yet."
        )
    else:
        best = [name for name, count in lines if count == least]
        text = f"{number_of(round(now), 'report')} a year now; {about(least)} with a common report ({', '.join(best)})."
    names = [label(f"{name}{' (decided)' if name == mine else ''}", about(count)) for name, count in lines]
    colours = [GREY, *(ORANGE if name == mine else BLUE for name, _ in lines[1:])]
    bars = [{**_bars("Reports", names, [count for _, count in lines], BLUE), "marker": {"color": colours}}]
    return Picture(title, text, head, rows, {"data": bars, "layout": _layout(len(lines), "Reports a year")})


def _bars(name: str, names: list[str], values: list[float], colour: str, pattern: str = "") -> dict[str, Any]:
    marker: dict[str, Any] = {"color": colour}
    if pattern:
        marker["pattern"] = {"shape": pattern, "fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 1, "size": 8}
    where = {"type": "bar", "orientation": "h", "y": names, "x": values}
    return {**where, "name": name, "marker": marker, "hoverinfo": "x+name"}


def _layout(lanes: int, unit: str, *, key: bool = False) -> dict[str, Any]:
    across = {"title": {"text": unit}, "rangemode": "tozero", "gridcolor": "#ebebeb", "fixedrange": True}
    layout: dict[str, Any] = {
        "height": 100 + LANE * lanes,
        "barmode": "stack",
        "margin": {"l": 10, "r": 20, "t": 30 if key else 10, "b": 10},
        "showlegend": key,
        "xaxis": {**across, "automargin": True},
        "yaxis": {"autorange": "reversed", "showgrid": False, "fixedrange": True, "automargin": True},
    }
    if key:
        layout["legend"] = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"}
    return layout
