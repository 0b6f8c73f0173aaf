"""How far the ten pilots got, by market. Their ratios are never drawn: they differ in kind, and must not be ranked."""

from collections.abc import Mapping
from html import escape
from typing import Any

from pspworkbook.charts.picture import DARK_BLUE, GREY, ORANGE, PURPLE, TEAL, Picture
from pspworkbook.guide import Case
from pspworkbook.guide.scenarios import REACHED, Ending

# Each market has a shape and a fill of its own too, so that the picture can be read in black and white.
_MARKS = (
    (DARK_BLUE, "circle"),
    (ORANGE, "square"),
    (PURPLE, "diamond"),
    (TEAL, "triangle-up"),
    (GREY, "cross"),
    ("#8a5a00", "star"),
)
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def how_far(cases: Mapping[str, Case], endings: Mapping[str, Ending]) -> Picture:
    """Each pilot on its way from finding the need to being procured, grouped by market."""
    title = "How far each pilot had got when the guide was written (2011)"
    if not cases:
        return Picture(title, "There is no pilot to show.")
    markets = list(dict.fromkeys(case.market for case in cases.values()))
    order = sorted(cases.values(), key=lambda case: (markets.index(case.market), case.number))
    places = {key: place for place, key in enumerate(REACHED)}
    rows = [[_short(case), case.market, case.area, REACHED[endings[case.key].reached]] for case in order]
    names = [_label(case) for case in order]
    ways: list[Any] = []
    for number, market in enumerate(markets):
        colour, shape = _MARKS[number % len(_MARKS)]
        mine = [(_label(case), places[endings[case.key].reached]) for case in order if case.market == market]
        line: tuple[list[Any], list[Any]] = ([], [])
        for name, place in mine:
            line[0].extend([0, place, None])
            line[1].extend([name, name, None])
        ways.append(_way(line, colour))
        ways.append(_dots(escape(market, quote=False), mine, colour, shape))
    layout = {
        "height": 130 + 44 * len(order),
        "margin": {"l": 10, "r": 20, "t": 10, "b": 10},
        "showlegend": True,
        "legend": {"orientation": "h", "y": -0.12, "x": 0, "yanchor": "top"},
        "hovermode": "closest",
        "xaxis": {
            "tickmode": "array",
            "tickvals": list(range(len(REACHED))),
            "ticktext": [label.replace(" ", "<br>", 1) for label in REACHED.values()],
            "range": [-0.35, len(REACHED) - 0.65],
            "side": "top",
            "gridcolor": "#ebebeb",
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
        },
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": names[::-1],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "automargin": True,
        },
    }
    return Picture(
        title,
        _sentence(order, endings, markets),
        ["Pilot", "Market", "Area", "How far"],
        rows,
        {"data": ways, "layout": layout},
    )


def _short(case: Case) -> str:
    return f"{case.area}, {_third(case)}"


def _label(case: Case) -> str:
    """The pilot in two lines, with no tag of plotly's in what the files say."""
    return f"{escape(case.area, quote=False)}<br>{escape(_third(case), quote=False)}"


def _third(case: Case) -> str:
    """The partner from the third sector, by its short name where one stands in brackets."""
    name = case.lead_third
    if "(" in name and name.endswith(")"):
        return name[name.rindex("(") + 1 : -1]
    return name


def _way(line: tuple[list[Any], list[Any]], colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": line[0],
        "y": line[1],
        "line": {"color": colour, "width": 3},
        "opacity": 0.45,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _dots(market: str, pilots: list[tuple[str, int]], colour: str, shape: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": market,
        "x": [place for _, place in pilots],
        "y": [name for name, _ in pilots],
        "marker": {"color": colour, "symbol": shape, "size": 15},
        "hovertemplate": "%{y}<extra>" + market + "</extra>",
    }


def _sentence(order: list[Case], endings: Mapping[str, Ending], markets: list[str]) -> str:
    count = {reached: sum(endings[case.key].reached == reached for case in order) for reached in REACHED}
    most = max(markets, key=lambda market: sum(case.market == market for case in order))
    many = sum(case.market == most for case in order)
    return (
        f"{_number(count['running']).capitalize()} of the {_number(len(order))} pilots had a service running, "
        f"{_number(count['design'])} {'was' if count['design'] == 1 else 'were'} still designing, "
        f"{_number(count['need'])} {'was' if count['need'] == 1 else 'were'} still finding out what is needed, "
        f"and {_number(count['procured'])} had been procured. "
        f"{_number(many).capitalize()} of them worked in {most.lower()}."
    )


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
