"""Pictures of an SROI forecast: value over time, from gross to present value, and who gains."""

from collections.abc import Mapping
from typing import Any

from pspworkbook.charts.labels import label
from pspworkbook.charts.picture import BLUE, DARK_BLUE, GREY, ORANGE, PURPLE, TEAL, Picture
from pspworkbook.methods.sroi import ForecastResult
from pspworkbook.methods.words import percent, pounds

BENEFICIARIES = {
    "person": "The person",
    "community": "The community",
    "public_purse": "The public purse",
    "": "Not said yet",
}
STEPS = {
    "gross": "Gross value",
    "deadweight": "Deadweight",
    "displacement": "Displacement",
    "attribution": "Due to others",
    "drop_off": "Drop-off",
    "discounting": "Discounting",
    "total": "Present value",
}
STEP_COLOURS = {
    "gross": DARK_BLUE,
    "deadweight": ORANGE,
    "displacement": GREY,
    "attribution": PURPLE,
    "drop_off": "#8a5a00",
    "discounting": "#60707c",
    "total": TEAL,
}
MANY_YEARS = 12

Axis = dict[str, Any]
_PLAIN: Axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True}
_MONEY: Axis = {
    "tickprefix": "£",
    "separatethousands": True,
    "gridcolor": "#ebebeb",
    "zerolinecolor": "#5e5e5e",
    "fixedrange": True,
    "automargin": True,
    "nticks": 5,
}


def _nothing(title: str, why: str) -> Picture:
    return Picture(title, why)


def _layout(height: int, **more: Any) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 10, "r": 20, "t": 10, "b": 10},
        "showlegend": False,
        "hovermode": "closest",
        **more,
    }


def _with_amount(name: str, amount: float) -> str:
    """A bar's name with its amount under it: beside the axis there is always room, in a short bar there is none.

    Plotly reads a few tags in labels, so a name that a user wrote is escaped.
    """
    return label(name, pounds(amount))


def value_over_time(result: ForecastResult) -> Picture:
    """A pair of bars for each year: what it is worth then, and what that is worth today."""
    title = "What each year is worth"
    if not len(result.rows):
        return _nothing(title, "There is nothing to show until an outcome is counted.")
    years = [f"Year {year}" for year in range(1, result.years + 1)]
    value, present = result.value_by_year, result.present_value_by_year
    rows = [[year, pounds(then), pounds(today)] for year, then, today in zip(years, value, present, strict=True)]
    rows.append(["All years", pounds(float(value.sum())), pounds(result.total_present_value)])
    best = int(value.argmax())
    total = float(value.sum())
    if result.years == 1:
        text = f"All of it, {pounds(total)}, falls in the first year; that is {pounds(result.total_present_value)} in today's value."
    elif total > 0 and value.min() >= 0:
        text = f"{years[best]} is worth most: {pounds(float(value[best]))}, {percent(float(value[best]) / total)} of all {result.years} years together ({pounds(total)}, or {pounds(result.total_present_value)} in today's value)."
    else:
        text = f"{years[best]} is worth most: {pounds(float(value[best]))}. All {result.years} years together come to {pounds(total)}, or {pounds(result.total_present_value)} in today's value."
    bars = [
        {
            "type": "bar",
            "name": "Worth in that year",
            "x": years,
            "y": [float(v) for v in value],
            "marker": {"color": BLUE},
        },
        {
            "type": "bar",
            "name": "In today's value",
            "x": years,
            "y": [float(v) for v in present],
            "marker": {
                "color": "#d9effc",
                "line": {"color": DARK_BLUE, "width": 1.5},
                "pattern": {"shape": "/", "fgcolor": DARK_BLUE, "solidity": 0.25},
            },
        },
    ]
    layout = _layout(
        340,
        barmode="group",
        xaxis={**_PLAIN, "nticks": MANY_YEARS},
        yaxis=_MONEY,
        showlegend=True,
        legend={"orientation": "h", "y": 1.15, "x": 0},
    )
    return Picture(
        title, text, ["Year", "Worth in that year", "In today's value"], rows, {"data": bars, "layout": layout}
    )


def gross_to_present(result: ForecastResult) -> Picture:
    """The waterfall: gross value, what is taken off in the order of the impact map, present value."""
    title = "From gross value to what can be claimed"
    steps = result.waterfall()
    if not len(result.rows):
        return _nothing(title, "There is nothing to show until an outcome is counted.")
    amounts = dict(steps)
    taken = [(STEPS[key], amount) for key, amount in steps[1:-1] if abs(amount) >= 0.5]
    text = f"Gross value {pounds(amounts['gross'])} over all years"
    text += "".join(
        f"; {name.lower()} {'takes off' if amount < 0 else 'adds'} {pounds(abs(amount))}" for name, amount in taken
    )
    text += f". That leaves a present value of {pounds(amounts['total'])}."
    level, bars = 0.0, []
    for key, amount in steps:
        start = 0.0 if key in ("gross", "total") else level
        bars.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": STEPS[key],
                "y": [_with_amount(STEPS[key], amount)],
                "x": [amount],
                "base": [start],
                "marker": {"color": STEP_COLOURS[key]},
                "hoverinfo": "y",
            }
        )
        level = amount if key in ("gross", "total") else level + amount
    layout = _layout(380, barmode="overlay", xaxis=_MONEY, yaxis={**_PLAIN, "autorange": "reversed"})
    rows = [[STEPS[key], pounds(amount)] for key, amount in steps]
    return Picture(title, text, ["Step", "£"], rows, {"data": bars, "layout": layout})


def who_gains(result: ForecastResult) -> Picture:
    """Present value by who gains: the person, the community, the public purse."""
    groups = {BENEFICIARIES.get(key, key): amount for key, amount in result.by_beneficiary().items()}
    return _shares("Who gains", groups, "Who gains", result.total_present_value)


def by_stakeholder(result: ForecastResult) -> Picture:
    """Present value by stakeholder."""
    return _shares("Value for each stakeholder", result.by_stakeholder(), "Stakeholder", result.total_present_value)


def _shares(title: str, groups: Mapping[str, float], what: str, total: float) -> Picture:
    if not groups:
        return _nothing(title, "There is nothing to show until an outcome is counted.")
    order = sorted(groups.items(), key=lambda item: -item[1])
    # A share of a total that losses have shrunk can pass 100%: then the amounts are said, and no share.
    shares = total > 0 and min(groups.values()) >= 0
    rows = [
        [name or "Not said yet", pounds(amount), percent(amount / total, places=1) if shares else "–"]
        for name, amount in order
    ]
    first, amount = order[0]
    text = f"Most goes to “{first or 'not said yet'}”: {pounds(amount)}"
    text += f" of {pounds(total)}, {percent(amount / total)} of it." if shares else "."
    if list(groups) == [""]:
        text = "Nobody has said yet for whom this is."
    if losers := [name for name, value in order if value < 0]:
        text += f" There is a loss for {' and '.join(f'“{name}”' for name in losers)}; gains and losses together come to {pounds(total)}."
    names, values = [name or "Not said yet" for name, _ in order], [value for _, value in order]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [_with_amount(name, value) for name, value in zip(names, values, strict=True)],
            "x": values,
            "marker": {"color": [TEAL if value >= 0 else ORANGE for value in values]},
            "hoverinfo": "y",
        }
    ]
    layout = _layout(90 + 48 * len(order), xaxis=_MONEY, yaxis={**_PLAIN, "autorange": "reversed"})
    return Picture(title, text, [what, "Present value", "Share"], rows, {"data": bars, "layout": layout})
