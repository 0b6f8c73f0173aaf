"""The stakeholder map as a picture: the middle of the ratings, and the middle half of them as a cross."""

from collections.abc import Sequence

from pspworkbook.charts.picture import BLUE, ORANGE, Picture
from pspworkbook.methods.analyse.stakeholders import Placed

TITLE = "Stakeholder map: importance and support"
HIDDEN = "Hidden until somebody presses “Show answers” above, and three people have rated."


def stakeholder_picture(found: Sequence[Placed], *, shown: bool) -> Picture:
    """Support from left to right, importance upwards; who matters most and supports least is a square."""
    head = ["Stakeholder", "Rated by", "Importance: middle, middle half", "Support: middle, middle half", "To act on"]
    known = [one for one in found if one.known] if shown else []
    if not known:
        return Picture(TITLE, HIDDEN, head)
    rows = [[one.name, str(one.support.n), _said(one.importance), _said(one.support), "yes" if one.act else "no"] for one in known]  # fmt: skip
    act = [one.name for one in known if one.act]
    text = f"{len(known)} stakeholders are placed. " + (f"Matters most, supports least: {', '.join(act)}." if act else "Nobody who matters most supports least.")  # fmt: skip
    places = _apart(known)
    data = []
    for name, wanted, color, symbol in (
        ("Placed", False, BLUE, "circle"),
        ("Matters most, supports least", True, ORANGE, "square"),
    ):
        chosen = [one for one in known if one.act is wanted]
        if not chosen:
            continue
        data.append({
            "type": "scatter", "mode": "markers+text", "name": name, "text": [one.name for one in chosen], "textposition": "top center",
            "x": [places[one.id][0] for one in chosen], "y": [places[one.id][1] for one in chosen],
            "customdata": [[one.support.median, one.importance.median] for one in chosen],
            "error_x": _half([one.support for one in chosen], color), "error_y": _half([one.importance for one in chosen], color),
            "marker": {"size": 14, "color": color, "symbol": symbol}, "hovertemplate": "%{text}: support %{customdata[0]}, importance %{customdata[1]}<extra></extra>",
        })  # fmt: skip
    axis = {"range": [0.5, 5.6], "dtick": 1, "zeroline": False}
    layout = {
        "xaxis": {**axis, "title": {"text": "Support today"}}, "yaxis": {**axis, "title": {"text": "Importance to success"}},
        "height": 520, "margin": {"l": 60, "r": 20, "t": 10, "b": 60}, "legend": {"orientation": "h", "y": -0.18},
    }  # fmt: skip
    return Picture(TITLE, text, head, rows, {"data": data, "layout": layout})


def _apart(known: Sequence[Placed]) -> dict[str, tuple[float, float]]:
    """Where each is drawn: those with the same middle a little below one another, so that every name can be read."""
    seen: dict[tuple[float, float], int] = {}
    places = {}
    for one in known:
        spot = (one.support.median or 0.0, one.importance.median or 0.0)
        seen[spot] = seen.get(spot, 0) + 1
        places[one.id] = (spot[0], spot[1] - 0.3 * (seen[spot] - 1))
    return places


def _half(spreads: Sequence[object], color: str) -> dict[str, object]:
    """The middle half beside the median, as plotly's error bars."""
    return {
        "type": "data", "symmetric": False, "color": color, "thickness": 2, "width": 6,
        "array": [(one.upper or 0) - (one.median or 0) for one in spreads],  # type: ignore[attr-defined]
        "arrayminus": [(one.median or 0) - (one.lower or 0) for one in spreads],  # type: ignore[attr-defined]
    }  # fmt: skip


def _said(found: object) -> str:
    return f"{found.median:g}, {found.lower:g} to {found.upper:g}"  # type: ignore[attr-defined]
