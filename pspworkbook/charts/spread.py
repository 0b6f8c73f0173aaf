"""Pictures of a spread of opinion: every answer counted, the middle half as a band, the median marked. No average."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

from pspworkbook.charts.picture import DARK_BLUE, ORANGE, Picture
from pspworkbook.guide.ballots import Ballot
from pspworkbook.methods.ballots.ballot_results import Result, to_talk_about
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, VERDICTS, Spread, plain

LINE, LANE, AXIS, LEGEND = 19, 50, 72, 30
"""Heights in pixels: a line of a label, the marks under it, the scale at the foot, the key at the top."""
WIDEST_LABEL, WIDEST_TICK, MOST_TICK_LINES = 46, 11, 3
BAND = "#b3b3b3"
FEW_NAME = "Middle half (of fewer than five answers: all)"


@dataclass(frozen=True)
class Lane:
    """One row of a picture: what it is about, and the answers. ``hollow`` sets a second round apart from the first."""

    name: str
    spread: Spread
    hollow: bool = False
    verdict: bool = True

    @property
    def label(self) -> str:
        """What stands above the marks."""
        count = "1\u00a0answer" if self.spread.n == 1 else f"{self.spread.n:,}\u00a0answers"  # kept on one line
        return (
            f"{self.name}: {VERDICTS[self.spread.verdict].lower()}, {count}"
            if self.verdict
            else f"{self.name}: {count}"
        )


def spread_picture(title: str, lanes: Sequence[Lane], scale: Sequence[tuple[int, str]], text: str = "") -> Picture:
    """The lanes one below the other on one scale, given as (value, words). ``text`` says what to see in it."""
    head = ["", "Result", "Answers", "Median", "Middle half", *(f"{value} {words}" for value, words in scale)]
    rows = [_row(lane) for lane in lanes]
    counted = [lane for lane in lanes if lane.spread.n]
    # One or two answers are in no picture and in no table: they would show whose they are.
    drawn = [lane for lane in lanes if lane.spread.shown]
    said = text or " ".join(
        f"{lane.name}: {lane.spread.words}" if len(counted) > 1 else lane.spread.words for lane in counted
    )
    if not drawn or not scale:
        return Picture(title, said or "Nobody has answered yet.", head, rows)
    return Picture(title, said, head, rows, _figure(lanes, scale))


def overview(ballot: Ballot, found: Sequence[Result]) -> Picture:
    """A whole ballot, one row for each question: split ones first, then weak ones (high ones, of risks), then the others in their order."""
    talk = to_talk_about(ballot, found)
    first = [result for result, _ in talk]
    ordered = [*first, *(result for result in found if result not in first)]
    weak = {id(result) for result, why in talk if why == "weak"}
    lanes = [
        Lane(question_name(result) + (f" ({ballot.weak_word})" if id(result) in weak else ""), result.spread)
        for result in ordered
    ]
    return spread_picture(
        f"{ballot.title}: all questions", lanes, _scale(ballot), _what_to_see(talk, found, ballot.weak_word)
    )


def of_item(ballot: Ballot, item: str, rounds: Mapping[int, Sequence[Result]]) -> Picture:
    """One item of a ballot: each of its parts, such as now and wanted, in each round; then the sectors, where shown.

    ``rounds`` maps 1, and 2 where there is a second round, to that round's results. Raises KeyError without such an item.
    """
    label = {one.key: one.label for one in ballot.items}[item]
    lanes = []
    for part in ballot.parts or (None,):
        for number, found in rounds.items():
            for result in found:
                if result.question.item == item and result.question.part == (part.key if part else ""):
                    name = part.label if part else "Everybody"
                    lanes.append(Lane(name + _round(number, rounds), result.spread, hollow=number > 1))
    latest = max(rounds, default=1)
    for result in rounds.get(latest, ()):
        if result.question.item == item:
            part_name = f", {result.question.part_label.lower()}" if result.question.part_label else ""
            lanes += [
                Lane(f"{sector.title}{part_name}{_round(latest, rounds)}", sector.spread, latest > 1, verdict=False)
                for sector in result.sectors
            ]
    return spread_picture(label, lanes, _scale(ballot), _of_lanes(ballot, lanes))


def question_name(result: Result) -> str:
    """A question as a row or a heading names it: ``Focus, now``."""
    question = result.question
    return f"{question.label}, {question.part_label.lower()}" if question.part_label else question.label


def _round(number: int, rounds: Mapping[int, Sequence[Result]]) -> str:
    return f", round {number}" if len(rounds) > 1 else ""


def _scale(ballot: Ballot) -> list[tuple[int, str]]:
    return [(step.value, step.words) for step in ballot.scale]


def _what_to_see(talk: Sequence[tuple[Result, str]], found: Sequence[Result], weak: str) -> str:
    if not any(result.spread.n for result in found):
        return "Nobody has answered yet."
    named = {
        why: [f"“{question_name(result)}”" for result, reason in talk if reason == why] for why in ("split", "weak")
    }
    said = [
        f"{words}: {_listed(named[why])}."
        for why, words in (("split", "Views are split on"), ("weak", f"{weak.capitalize()}, and not split"))
        if named[why]
    ]
    agreed = sum(result.spread.verdict == "agreed" for result in found)
    said.append(f"Agreed on {agreed} of {len(found)} {'question' if len(found) == 1 else 'questions'}.")
    if few := sum(result.spread.n < ENOUGH_TO_SAY for result in found):
        said.append(f"Too few answers to say on {few}.")
    return " ".join(said)


def _of_lanes(ballot: Ballot, lanes: Sequence[Lane]) -> str:
    said = []
    for lane in lanes:
        if lane.verdict and lane.spread.n:
            meaning = f" That is {_quoted(ballot.words(lane.spread.median))}." if lane.spread.n >= ENOUGH_TO_SAY else ""
            said.append(f"{lane.name}: {lane.spread.words}{meaning}")
    return " ".join(said) or "Nobody has answered yet."


def _quoted(words: str) -> str:
    return words if words.startswith("between ") else f"“{words}”"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _row(lane: Lane) -> list[str]:
    found = lane.spread
    # Of fewer than five answers there is no middle half: the same place says how far all of them lie apart.
    half = f"{'' if found.has_half else 'all, '}{plain(found.lower)} to {plain(found.upper)}" if found.shown else "–"
    counts = [str(count) if found.shown or not found.n else "–" for _, count in found.counts]
    return [
        lane.name,
        VERDICTS[found.verdict] if lane.verdict else "–",
        str(found.n),
        plain(found.median) if found.shown else "–",
        half,
        *counts,
    ]


# The drawing. One unit of the y axis is one pixel, so that labels and marks keep their distance at any width.


def _figure(lanes: Sequence[Lane], scale: Sequence[tuple[int, str]]) -> dict[str, Any]:
    most = max(count for lane in lanes if lane.spread.shown for _, count in lane.spread.counts)
    labels, middles, top = [], [], 0.0
    for lane in lanes:
        lines = wrap(lane.label, WIDEST_LABEL) or [""]
        labels.append(_label("<br>".join(escape(line, quote=False) for line in lines), top))
        middles.append(top + LINE * len(lines) + LANE / 2)
        top = middles[-1] + LANE / 2
    pairs = list(zip(lanes, middles, strict=True))
    low, high = scale[0][0], scale[-1][0]
    data = [
        _band(pairs),
        _answers([pair for pair in pairs if not pair[0].hollow], most, hollow=False),
        _answers([pair for pair in pairs if pair[0].hollow], most, hollow=True),
        _medians(pairs),
    ]
    layout = {
        "height": top + AXIS + LEGEND,
        "margin": {"l": 12, "r": 12, "t": LEGEND, "b": AXIS},
        "hovermode": "closest",
        "showlegend": True,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "annotations": labels,
        "xaxis": {
            "range": [low - 0.55, high + 0.55],
            "tickvals": [value for value, _ in scale],
            "ticktext": _ticks(scale),
            "tickangle": 0,
            "zeroline": False,
            "gridcolor": "#ebebeb",
            "fixedrange": True,
        },
        "yaxis": {"range": [top, 0], "visible": False, "fixedrange": True},
    }
    return {"data": [trace for trace in data if trace], "layout": layout}


def _label(text: str, top: float) -> dict[str, Any]:
    place = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "y": top, "yanchor": "top"}
    return {"text": text, "showarrow": False, "align": "left", **place}


def _ticks(scale: Sequence[tuple[int, str]]) -> list[str]:
    """The words of the scale where they fit under their marks, otherwise the numbers, with the words at both ends."""
    wrapped = [wrap(words, WIDEST_TICK, break_long_words=False) for _, words in scale]
    if all(len(lines) <= MOST_TICK_LINES and max(map(len, lines)) <= WIDEST_TICK + 3 for lines in wrapped):
        return [
            f"{value}<br>{escape('<br>'.join(lines), quote=False).replace('&lt;br&gt;', '<br>')}"
            for (value, _), lines in zip(scale, wrapped, strict=True)
        ]
    return [str(value) for value, _ in scale]


def _band(pairs: Sequence[tuple[Lane, float]]) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for lane, middle in pairs:
        if lane.spread.shown and lane.spread.lower is not None and lane.spread.upper is not None:
            x += [lane.spread.lower - 0.12, lane.spread.upper + 0.12, None]
            y += [middle, middle, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "Middle half" if all(lane.spread.has_half for lane, _ in pairs) else FEW_NAME,
        "x": x,
        "y": y,
        "line": {"color": BAND, "width": 12},
        "hoverinfo": "skip",
    }


def _answers(pairs: Sequence[tuple[Lane, float]], most: int, *, hollow: bool) -> dict[str, Any]:
    marks = [
        (value, middle, count)
        for lane, middle in pairs
        if lane.spread.shown
        for value, count in lane.spread.counts
        if count
    ]
    if not marks:
        return {}
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": "Answers, later round" if hollow else "Answers",
        "x": [value for value, _, _ in marks],
        "y": [middle for _, middle, _ in marks],
        "text": [str(count) for _, _, count in marks],
        "textfont": {"color": DARK_BLUE if hollow else "#ffffff"},
        "marker": {
            "size": [20 + 18 * (count / most) ** 0.5 for _, _, count in marks],
            "color": "#ffffff" if hollow else DARK_BLUE,
            "line": {"color": DARK_BLUE, "width": 2.5},
            "opacity": 1,
        },
        "hoverinfo": "skip",
    }


def _medians(pairs: Sequence[tuple[Lane, float]]) -> dict[str, Any]:
    known = [(lane.spread.median, middle) for lane, middle in pairs if lane.spread.shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Median",
        "x": [median for median, _ in known],
        "y": [middle + LANE / 2 - 4 for _, middle in known],
        "marker": {"symbol": "triangle-up", "size": 13, "color": ORANGE, "line": {"color": "#1a1a1a", "width": 1}},
        "hoverinfo": "skip",
    }
