"""The theory of change as a drawing in five columns: what goes in, the activity, what is done, what changes, what lasts.

It is legible without colour: a loss has a broken frame, what nobody intended a dotted one, and both say so in words. A
long one is drawn in several parts, each no taller than a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest

from pspworkbook.charts.drawing import INK, SOFT, Box, Drawing, Line, Shape, Words, wrapped
from pspworkbook.methods.sroi.theory import NO_OUTPUT, Change, Given, Group, Theory

WIDTH = 1100
TALLEST = 640
"""How tall the columns of one part may be: a page across, with its heading."""
BLUE, TINT, GREY = "#002d54", "#e6eef5", "#f2f2f2"
SIZE, STEP, PAD, GAP = 13, 17, 9, 10
MOST_LINES = 9


@dataclass(frozen=True)
class _Column:
    name: str
    x: float
    width: float


IN, DONE, OUT, CHANGES, LASTS = (
    _Column("What goes in", 5, 190),
    _Column("The activity", 229, 150),
    _Column("What is done", 413, 200),
    _Column("What changes", 643, 280),
    _Column("How long it lasts", 953, 142),
)

LOOKS = {
    (False, False): ("", 1.5, "A gain that is intended"),
    (False, True): ("2 4", 2.0, "A gain that nobody intended"),
    (True, False): ("9 5", 2.0, "A loss"),
    (True, True): ("10 4 2 4", 2.0, "A loss that nobody intended"),
}
"""(loss, unintended) to the dashes of the frame, its width, and what it means."""


@dataclass
class _Part:
    """What stands on one drawing. Each band: a group, whether it goes on from the part before, its strands."""

    bands: list[tuple[Group, bool, list[tuple[str, list[Change]]]]] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)


def drawings(theory: Theory, tallest: float = TALLEST) -> list[Drawing]:
    """The parts of the drawing, in their order; none while there is nothing to draw."""
    if not theory:
        return []
    bands, inputs = list(_bands(theory, tallest)), list(_inputs(theory, tallest))
    parts = [_Part(one or [], given or []) for one, given in zip_longest(bands, inputs)]
    kinds = {(change.loss, change.unintended) for change in theory.changes}
    return [_draw(theory.activity, part, kinds) for part in parts]


def _height(lines: int) -> float:
    return 2 * PAD + STEP * max(lines, 1) - 3


def _change_lines(change: Change) -> list[tuple[str, bool]]:
    marks = [(line, True) for line in wrapped(change.marks, CHANGES.width - 2 * PAD, SIZE, True)]
    return marks + [(line, False) for line in wrapped(change.what, CHANGES.width - 2 * PAD, SIZE, most=MOST_LINES)]


@lru_cache(maxsize=4096)  # asked for again with every change that is put below it
def _change_height(change: Change) -> float:
    lasting = wrapped(change.lasts, LASTS.width - 2 * PAD, SIZE, most=MOST_LINES)
    return max(_height(len(_change_lines(change))), _height(len(lasting)))


def _output_lines(output: str) -> list[str]:
    return wrapped(output or NO_OUTPUT, OUT.width - 2 * PAD, SIZE, most=MOST_LINES)


def _strand_height(output: str, changes: list[Change]) -> float:
    own = sum(_change_height(change) for change in changes) + GAP * (len(changes) - 1)
    return max(own, _height(len(_output_lines(output))))


def _heading_lines(group: Group, again: bool) -> list[str]:
    text = group.name + (f" ({group.size})" if group.size else "") + (", continued" if again else "")
    return wrapped(text, LASTS.x + LASTS.width - OUT.x - 2 * PAD, SIZE, True, most=2)


def _heading_height(group: Group, again: bool) -> float:
    return STEP * len(_heading_lines(group, again)) + 10


def _bands(theory: Theory, tallest: float) -> Iterator[list[tuple[Group, bool, list[tuple[str, list[Change]]]]]]:
    """The groups, put on parts: a part is full when the next change would make it too tall."""
    part: list[tuple[Group, bool, list[tuple[str, list[Change]]]]] = []
    used = 0.0
    for group in theory.groups:
        band: list[tuple[str, list[Change]]] = []
        again = False
        for strand in group.strands:
            for change in strand.changes:
                tall = max(_change_height(change), _height(len(_output_lines(strand.output))))
                if used and used + tall + GAP > tallest:
                    if band:
                        part.append((group, again, band))
                    yield part
                    part, again, band, used = [], again or bool(band), [], 0.0
                if not band:
                    used += _heading_height(group, again) + GAP
                if band and band[-1][0] == strand.output and band[-1][1][-1] in strand.changes:
                    before = _strand_height(*band[-1])
                    band[-1][1].append(change)
                    used += _strand_height(*band[-1]) - before
                else:
                    band.append((strand.output, [change]))
                    used += tall + GAP
        part.append((group, again, band))
        used += GAP
    if part:
        yield part


def _inputs(theory: Theory, tallest: float) -> Iterator[list[Given]]:
    part: list[Given] = []
    used = 0.0
    for one in theory.given:
        tall = _height(len(_given_lines(one))) + GAP
        if part and used + tall > tallest:
            yield part
            part, used = [], 0.0
        part.append(one)
        used += tall
    if part:
        yield part


def _given_lines(one: Given) -> list[tuple[str, bool]]:
    room = IN.width - 2 * PAD
    lines = [(line, True) for line in wrapped(one.who, room, SIZE, True, most=2)]
    lines += [(line, False) for line in wrapped(one.what, room, SIZE, most=MOST_LINES)]
    return lines + [(line, False) for line in wrapped(one.worth, room, SIZE)]


# Drawing -------------------------------------------------------------------------------------------------------------


def _draw(activity: str, part: _Part, kinds: set[tuple[bool, bool]]) -> Drawing:
    shapes: list[Shape] = []
    for column in (IN, DONE, OUT, CHANGES, LASTS):
        shapes.append(Box(column.x, 5, column.width, 28, fill=BLUE))
        shapes.append(Words(column.x + column.width / 2, 24, column.name, SIZE, True, "middle", "#ffffff"))
    top = 47.0
    inputs, ends = _draw_given(part.given, top)
    right, below, arrows = _draw_bands(part, top)
    bottom = max(ends, below, top + 60)
    lines = wrapped(activity, DONE.width - 2 * PAD, SIZE, True, most=20)
    bottom = max(bottom, top + _height(len(lines)))
    shapes += inputs
    shapes += [Line(((DONE.x + DONE.width, y), (OUT.x, y)), BLUE, 1.5, arrow=True) for y in arrows]
    shapes.append(Box(DONE.x, top, DONE.width, bottom - top, fill=TINT, stroke=BLUE, line=2, round=4))
    shapes += _text([(line, True) for line in lines], DONE, (top + bottom) / 2, middle=True)
    shapes += right
    bottom = _legend(shapes, kinds, bottom + 16)
    return Drawing(WIDTH, bottom + 6, tuple(shapes))


def _text(lines: list[tuple[str, bool]], column: _Column, centre: float, *, middle: bool = False) -> list[Shape]:
    """Lines of text, centred on a height; ``middle`` centres them across the column too."""
    y = centre - STEP * len(lines) / 2 + SIZE
    x = column.x + (column.width / 2 if middle else PAD)
    return [
        Words(x, y + STEP * place, line, SIZE, bold, "middle" if middle else "start")
        for place, (line, bold) in enumerate(lines)
    ]


def _draw_given(given: list[Given], y: float) -> tuple[list[Shape], float]:
    shapes: list[Shape] = []
    for one in given:
        lines = _given_lines(one)
        tall = _height(len(lines))
        shapes.append(Box(IN.x, y, IN.width, tall, stroke=INK, line=1))
        shapes += _text(lines, IN, y + tall / 2)
        shapes.append(Line(((IN.x + IN.width, y + tall / 2), (DONE.x, y + tall / 2)), BLUE, 1.5, arrow=True))
        y += tall + GAP
    return shapes, y - GAP


def _draw_bands(part: _Part, y: float) -> tuple[list[Shape], float, list[float]]:
    """The three columns on the right, where they end, and the heights at which the activity leads to them."""
    shapes: list[Shape] = []
    arrows: list[float] = []
    for group, again, band in part.bands:
        tall = _heading_height(group, again)
        shapes.append(Box(OUT.x, y, LASTS.x + LASTS.width - OUT.x, tall, fill=TINT))
        lines = [(line, True) for line in _heading_lines(group, again)]
        shapes += _text(lines, OUT, y + tall / 2)
        y += tall + GAP
        for output, changes in band:
            arrows.append(_draw_strand(shapes, output, changes, y))
            y += _strand_height(output, changes) + GAP
        y += GAP
    return shapes, y - 2 * GAP, arrows


def _draw_strand(shapes: list[Shape], output: str, changes: list[Change], y: float) -> float:
    whole = _strand_height(output, changes)
    centre = y + whole / 2
    lines = _output_lines(output)
    tall = _height(len(lines))
    shapes.append(Box(OUT.x, centre - tall / 2, OUT.width, tall, stroke=INK if output else SOFT, line=1))
    shapes += _text([(line, False) for line in lines], OUT, centre)
    own = sum(_change_height(change) for change in changes) + GAP * (len(changes) - 1)
    y += (whole - own) / 2
    start, turn, end = OUT.x + OUT.width, (OUT.x + OUT.width + CHANGES.x) / 2 - 3, CHANGES.x
    for change in changes:
        high = _change_height(change)
        at = y + high / 2
        way = (
            ((start, centre), (end, at))
            if abs(at - centre) < 1
            else ((start, centre), (turn, centre), (turn, at), (end, at))
        )
        shapes.append(Line(way, BLUE, 1.5, arrow=True))
        dash, line, _ = LOOKS[change.loss, change.unintended]
        shapes.append(Box(CHANGES.x, y, CHANGES.width, high, stroke=INK, line=line, dash=dash))
        shapes += _text(_change_lines(change), CHANGES, at)
        shapes.append(Line(((CHANGES.x + CHANGES.width, at), (LASTS.x, at)), BLUE, 1.5))
        shapes.append(Box(LASTS.x, y, LASTS.width, high, fill=GREY))
        lasting = wrapped(change.lasts, LASTS.width - 2 * PAD, SIZE, most=MOST_LINES)
        shapes += _text([(text, False) for text in lasting], LASTS, at)
        y += high + GAP
    return centre


def _legend(shapes: list[Shape], kinds: set[tuple[bool, bool]], y: float) -> float:
    """What the frames mean, of those that occur."""
    x = IN.x
    for kind, (dash, line, meaning) in LOOKS.items():
        if kind not in kinds:
            continue
        shapes.append(Box(x, y, 40, 16, stroke=INK, line=line, dash=dash))
        shapes.append(Words(x + 48, y + 12.5, meaning, 12))
        x += 275
    return y + (16 if kinds else -16)
