"""Pictures of how sure a ratio is: possible worlds as dots, their spread, what swings it most, scenarios side by side."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from pspworkbook.charts.labels import label, tallness, told_apart
from pspworkbook.charts.picture import BLUE, DARK_BLUE, GREY, ORANGE, TEAL, Picture
from pspworkbook.methods.findings import number_of
from pspworkbook.methods.sroi.scenarios import Played
from pspworkbook.methods.sroi.sensitivity import Swing
from pspworkbook.methods.sroi.simulate import Simulation
from pspworkbook.methods.sroi.sobol import Weight
from pspworkbook.methods.sroi.sobol import in_words as weights_in_words
from pspworkbook.methods.sroi.switching import figure_words, goal_words
from pspworkbook.methods.sroi.worlds import WORLDS, above, chance_words, in_words
from pspworkbook.methods.words import percent, pounds

MOST_BARS, MOST_ROWS = 10, 100
"""A drawing with more bars than this is not read, nor a table with more rows; of the rest it is said how much it is."""
LEAST = 0.01
"""A figure that moves the ratio by less than a penny needs no line."""
_NOT_YET = "Press “Work out the range” to see it."
_RATIO: dict[str, Any] = {
    "tickprefix": "£",
    "gridcolor": "#ebebeb",
    "zerolinecolor": "#5e5e5e",
    "fixedrange": True,
    "automargin": True,
    "nticks": 6,
}
_NAMES: dict[str, Any] = {"showgrid": False, "zeroline": False, "fixedrange": True, "automargin": True}


def _ratio(value: float) -> str:
    return pounds(value, pence=True)


def _layout(height: int, **more: Any) -> dict[str, Any]:
    return {"height": height, "margin": {"l": 10, "r": 20, "t": 10, "b": 10}, "showlegend": False, **more}


def _line_at(value: float, colour: str, dash: str) -> dict[str, Any]:
    return {
        "type": "line",
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "x0": value,
        "x1": value,
        "line": {"color": colour, "width": 2, "dash": dash},
    }


# Possible worlds -----------------------------------------------------------------------------------------------------


def worlds(simulation: Simulation | None) -> Picture:
    """A hundred dots, one for each hundredth of the draws: filled where the ratio is above the threshold, rings where not."""
    title = "A hundred possible worlds"
    if simulation is None:
        return Picture(title, _NOT_YET)
    goal, count = goal_words(simulation.settings.threshold), above(simulation)
    side = 10
    places = [(index % side, side - 1 - index // side) for index in range(WORLDS)]
    kinds: list[tuple[str, list[tuple[int, int]], dict[str, Any]]] = [
        (f"Above {goal}: {count} of 100", places[:count], {"symbol": "circle", "color": TEAL}),
        (
            f"Not above {goal}: {WORLDS - count} of 100",
            places[count:],
            {"symbol": "circle-open", "color": ORANGE, "line": {"width": 2}},
        ),
    ]
    dots: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": [x for x, _ in spots],
            "y": [y for _, y in spots],
            "marker": marker | {"size": 15},
            "hoverinfo": "skip",
        }
        for name, spots, marker in kinds
    ]
    hidden = {"visible": False, "fixedrange": True}
    layout = _layout(
        380,
        showlegend=True,
        legend={
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "itemclick": False,
            "itemdoubleclick": False,
        },
        xaxis={**hidden, "range": [-0.7, 9.7]},
        yaxis={**hidden, "range": [-0.7, 9.7]},
    )
    rows = [
        [f"Above {goal}", percent(simulation.chance, places=1)],
        [f"Not above {goal}", percent(1 - simulation.chance, places=1)],
    ]
    text = f"Each dot is one world that the figures allow. {chance_words(simulation)}"
    return Picture(title, text, ["The ratio is", "Share of the worlds"], rows, {"data": dots, "layout": layout})


def spread(simulation: Simulation | None) -> Picture:
    """How often each ratio came up, with the threshold, and the range that holds nine draws in ten."""
    title = "How the ratios of the possible worlds are spread"
    if simulation is None:
        return Picture(title, _NOT_YET)
    edges, counts = simulation.histogram()
    middles = [(float(low) + float(high)) / 2 for low, high in pairwise(edges)]
    inside = [simulation.p05 <= middle <= simulation.p95 for middle in middles]
    total = float(counts.sum())
    bars = {
        "type": "bar",
        "x": middles,
        "y": [100 * float(count) / total for count in counts],
        "width": float(edges[1] - edges[0]),
        "marker": {
            "color": [BLUE if within else "#d9effc" for within in inside],
            "line": {"color": DARK_BLUE, "width": 0.5},
        },
        "hovertemplate": "£%{x:.2f}: %{y:.1f} of 100<extra></extra>",
    }
    threshold = simulation.settings.threshold
    layout = _layout(
        320,
        bargap=0,
        xaxis={**_RATIO, "tickformat": ".2f"},
        yaxis={**_NAMES, "title": {"text": "of 100 worlds"}, "showgrid": True, "gridcolor": "#ebebeb"},
        shapes=[_line_at(simulation.ratio, GREY, "dot"), _line_at(threshold, ORANGE, "dash")],
    )
    rows = [
        ["One world in twenty is below", _ratio(simulation.p05)],
        ["Half are below, half above", _ratio(simulation.p50)],
        ["Mean", _ratio(simulation.mean)],
        ["One world in twenty is above", _ratio(simulation.p95)],
        ["As entered", _ratio(simulation.ratio)],
    ]
    text = f"{in_words(simulation)} Dashed: {goal_words(threshold)}; dotted: the ratio as entered, {_ratio(simulation.ratio)}. The first and the last bar hold all that lies beyond."
    return Picture(title, text, ["", "For every £1 put in"], rows, {"data": [bars], "layout": layout})


def contributions(simulation: Simulation | None, outcomes: Sequence[str]) -> Picture:
    """How much of the spread each outcome brings; the table has beside it what each is worth on average."""
    title = "Where the spread comes from"
    if simulation is None:
        return Picture(title, _NOT_YET)
    order = sorted(range(len(outcomes)), key=lambda row: -float(simulation.share_of_spread[row]))
    rows = [
        [outcomes[row], pounds(float(simulation.mean_worth[row])), percent(float(simulation.share_of_spread[row]))]
        for row in order
    ]
    first = order[0]
    text = f"“{outcomes[first]}” brings {percent(float(simulation.share_of_spread[first]))} of the spread: it moves the total most."
    shown = order[:MOST_BARS]
    names = told_apart([label(outcomes[row], percent(float(simulation.share_of_spread[row]))) for row in shown])
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": [100 * float(simulation.share_of_spread[row]) for row in shown],
        "marker": {"color": TEAL},
        "hoverinfo": "y",
    }
    layout = _layout(
        90 + tallness(names, 44),
        xaxis={**_RATIO, "tickprefix": "", "ticksuffix": "%"},
        yaxis={**_NAMES, "autorange": "reversed", "type": "category"},
    )
    return Picture(
        title, text, ["Outcome", "Worth on average", "Share of the spread"], rows, {"data": [bars], "layout": layout}
    )


# One figure at a time ------------------------------------------------------------------------------------------------


def tornado(swings: Sequence[Swing], ratio: float | None) -> Picture:
    """One bar for each figure, from the ratio at its lowest to that at its highest; the widest on top."""
    title = "What each figure does to the ratio by itself"
    if not swings or ratio is None:
        return Picture(title, "There is nothing to show until there is a ratio, and a figure that can vary.")
    rows = [
        [
            swing.label,
            f"{figure_words(swing.figure, swing.low)} to {figure_words(swing.figure, swing.high)}",
            _ratio(min(swing.at_low, swing.at_high)),
            _ratio(max(swing.at_low, swing.at_high)),
            "The group’s" if swing.given else "By the rule",
        ]
        for swing in swings[:MOST_ROWS]
        if swing.width >= LEAST or swing is swings[0]
    ]
    if few := len(swings) - len(rows):
        less = "less than a penny each" if len(rows) < MOST_ROWS else f"{_ratio(swings[MOST_ROWS].width)} or less each"
        rows.append([f"{number_of(few, 'other figure')}, {less}", "", "", "", ""])
    top = swings[0]
    text = (
        f"“{top.label}” moves the ratio most: between {rows[0][2]} and {rows[0][3]} when it goes from "
        f"{figure_words(top.figure, top.low)} to {figure_words(top.figure, top.high)}, all else as entered ({_ratio(ratio)})."
    )
    shown = swings[:MOST_BARS]
    names = [
        label(f"{place}. {swing.name}", swing.label.removeprefix(swing.name + ": "))
        for place, swing in enumerate(shown, 1)
    ]

    def bar(name: str, at: list[float], **marker: Any) -> dict[str, Any]:
        return {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "y": names,
            "x": [value - ratio for value in at],
            "base": [ratio] * len(at),
            "marker": marker,
            "customdata": [_ratio(value) for value in at],
            "hovertemplate": name + ": %{customdata}<extra></extra>",
        }

    striped = {"shape": "/", "fgcolor": DARK_BLUE, "solidity": 0.25}
    bars = [
        bar(
            "Figure at its lowest",
            [swing.at_low for swing in shown],
            color="#d9effc",
            pattern=striped,
            line={"color": DARK_BLUE, "width": 1.5},
        ),
        bar("Figure at its highest", [swing.at_high for swing in shown], color=BLUE),
    ]
    layout = _layout(
        110 + tallness(names, 44),
        barmode="overlay",
        showlegend=True,
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        xaxis={**_RATIO, "tickformat": ".2f"},
        yaxis={**_NAMES, "autorange": "reversed", "type": "category"},
        shapes=[_line_at(ratio, GREY, "dot")],
    )
    return Picture(
        title,
        text,
        ["Figure", "From … to", "Ratio at least", "Ratio at most", "Range"],
        rows,
        {"data": bars, "layout": layout},
    )


def what_matters(weights: Sequence[Weight] | None) -> Picture:
    """Which figures bring most of the uncertainty: by themselves, and together with others."""
    title = "What to find out more about first"
    if weights is None:
        return Picture(title, _NOT_YET)
    text = weights_in_words(list(weights))
    if not weights:
        return Picture(title, text)
    rows = [
        [weight.label, _share(weight.total), _share(weight.alone), "The group’s" if weight.given else "By the rule"]
        for weight in weights
    ]
    shown = weights[:MOST_BARS]
    names = [
        label(f"{place}. {weight.name}", f"{weight.label.removeprefix(weight.name + ': ')}: {_share(weight.total)}")
        for place, weight in enumerate(shown, 1)
    ]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": [100 * max(weight.total, 0.0) for weight in shown],
        "marker": {"color": TEAL},
        "hoverinfo": "y",
    }
    layout = _layout(
        90 + tallness(names, 44),
        xaxis={**_RATIO, "tickprefix": "", "ticksuffix": "%"},
        yaxis={**_NAMES, "autorange": "reversed", "type": "category"},
    )
    head = ["Figure", "With others", "By itself", "Range"]
    return Picture(title, text, head, rows, {"data": [bars], "layout": layout})


def _share(value: float) -> str:
    """An index as a percentage; the estimate of one that is nothing may fall a little below."""
    return percent(max(value, 0.0)) if value >= 0.005 else "under 1%"


# Scenarios -----------------------------------------------------------------------------------------------------------


def scenarios(played: Sequence[Played], ratio: float | None) -> Picture:
    """The ratio in each scenario, beside the ratio as entered."""
    title = "Scenarios side by side"
    drawn = [one for one in played if one.ratio is not None]
    if not drawn or ratio is None:
        return Picture(title, "There is nothing to show until there is a ratio, and a scenario.")
    rows = [
        [one.name, _ratio(one.ratio) if one.ratio is not None else "–", pounds(one.total), pounds(one.investment)]
        for one in played
    ]
    low, high = (pick(drawn, key=lambda one: one.ratio or 0.0) for pick in (min, max))
    text = f"As entered, the ratio is {_ratio(ratio)}. "
    if len(drawn) == 1:
        text += f"In “{drawn[0].name}” it is {_ratio(drawn[0].ratio or 0.0)}."
    else:
        text += f"It is lowest in “{low.name}” ({_ratio(low.ratio or 0.0)}) and highest in “{high.name}” ({_ratio(high.ratio or 0.0)})."
    names = [label(f"{place}. {one.name}", _ratio(one.ratio or 0.0)) for place, one in enumerate(drawn, 1)]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": names,
        "x": [one.ratio for one in drawn],
        "marker": {"color": [TEAL if (one.ratio or 0.0) >= 1 else ORANGE for one in drawn]},
        "hoverinfo": "y",
    }
    layout = _layout(
        90 + tallness(names, 48),
        xaxis={**_RATIO, "rangemode": "tozero"},
        yaxis={**_NAMES, "autorange": "reversed", "type": "category"},
        shapes=[_line_at(ratio, GREY, "dot")],
    )
    head = ["Scenario", "Ratio", "Total present value", "Put in"]
    return Picture(title, text, head, rows, {"data": [bars], "layout": layout})
