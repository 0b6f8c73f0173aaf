"""A drawing as plain shapes, for pictures that stand where no script runs: in a report, in a mail, on paper.

Lengths are in pixels of a page some 1,000 wide; y grows downwards. ``drawing_svg`` and ``drawing_png`` write it down, so
that a web page and a Word file show the same. Whatever stands in it is text: the writers escape it.
"""

from dataclasses import dataclass

INK, SOFT, PAPER = "#1a1a1a", "#5e5e5e", "#ffffff"

# The advance of each character from the space to the tilde in DejaVu Sans, in hundredths of its size. It is the widest of
# the fonts that may be used, so that what fits here fits in Arial and Helvetica too.
_WIDTHS = (
    *(32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34),
    *(84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99),
    *(69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52),
    *(39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84),
)
_BOLDER = 1.13
_UNKNOWN, _WIDE = 66, 105


@dataclass(frozen=True)
class Box:
    """A rectangle. ``dash`` is a pattern such as ``6 4``; ``striped`` fills it with slanting lines of ``stroke``."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "none"
    stroke: str = ""
    line: float = 1
    dash: str = ""
    striped: bool = False
    round: float = 0


@dataclass(frozen=True)
class Line:
    """A line through these points; with ``arrow``, a head at its end."""

    points: tuple[tuple[float, float], ...]
    stroke: str = INK
    line: float = 1
    dash: str = ""
    arrow: bool = False


@dataclass(frozen=True)
class Dot:
    """A disc, or a ring where ``fill`` is ``none``."""

    x: float
    y: float
    radius: float
    fill: str = "none"
    stroke: str = ""
    line: float = 1


@dataclass(frozen=True)
class Words:
    """One line of text; ``y`` is its baseline, ``anchor`` is ``start``, ``middle`` or ``end``."""

    x: float
    y: float
    text: str
    size: float = 13
    bold: bool = False
    anchor: str = "start"
    colour: str = INK


Shape = Box | Line | Dot | Words


@dataclass(frozen=True)
class Drawing:
    """The shapes in the order in which they are drawn, on a white page of this size."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is at most, in pixels."""
    hundredths = 0
    for char in text:
        code = ord(char)
        if 32 <= code < 127:
            hundredths += _WIDTHS[code - 32]
        else:
            hundredths += _WIDE if 0x1100 <= code < 0xFB00 and not 0x1E00 <= code < 0x2E80 else _UNKNOWN
    return hundredths / 100 * size * (_BOLDER if bold else 1)


def wrapped(text: str, room: float, size: float, bold: bool = False, most: int = 0) -> list[str]:
    """The text in lines that fit into ``room`` pixels; a word that is longer is broken. With ``most``, cut with an ellipsis."""
    lines: list[str] = []
    now = ""
    for word in text.split():
        longer = f"{now} {word}" if now else word
        if width_of(longer, size, bold) <= room:
            now = longer
            continue
        if now:
            lines.append(now)
        while width_of(word, size, bold) > room and len(word) > 1:
            fits = next((n for n in range(len(word) - 1, 0, -1) if width_of(word[:n], size, bold) <= room), 1)
            lines.append(word[:fits])
            word = word[fits:]
        now = word
    lines += [now] if now else []
    if most and len(lines) > most:
        lines = lines[:most]
        while lines[-1] and width_of(lines[-1] + "…", size, bold) > room:
            lines[-1] = lines[-1][:-1]
        lines[-1] = lines[-1].rstrip() + "…"
    return lines
