"""A drawing as SVG: one element for a page, without a script, a style sheet or a font of its own."""

import re
from html import escape
from itertools import count

from pspworkbook.charts.drawing import PAPER, Box, Dot, Drawing, Line, Words

_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufffe\uffff]")
_HEAD = 8
"""The length of an arrow's head."""


def svg(drawing: Drawing, title: str, text: str, key: str) -> str:
    """The drawing as markup. ``title`` and ``text`` are what a screen reader says; ``key`` keeps its ids apart from others'.

    It is as wide as what it stands in, in its own proportions.
    """
    names, stripes = count(1), []
    body = []
    for shape in drawing.shapes:
        if isinstance(shape, Box):
            fill = shape.fill
            if shape.striped:
                name = f"{key}-stripes-{next(names)}"
                stripes.append(
                    f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
                    f'<rect width="6" height="6" fill="{fill}"/><path d="M0 0V6" stroke="{shape.stroke}" stroke-width="2"/></pattern>'
                )
                fill = f"url(#{name})"
            round_ = f' rx="{shape.round:g}"' if shape.round else ""
            body.append(
                f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" width="{max(shape.width, 0):.1f}" height="{max(shape.height, 0):.1f}"'
                f'{round_} fill="{fill}"{_stroke(shape.stroke, shape.line, shape.dash)}/>'
            )
        elif isinstance(shape, Line):
            body.append(_line(shape))
        elif isinstance(shape, Dot):
            body.append(
                f'<circle cx="{shape.x:.1f}" cy="{shape.y:.1f}" r="{shape.radius:g}" fill="{shape.fill}"'
                f"{_stroke(shape.stroke, shape.line, '')}/>"
            )
        else:
            body.append(_words(shape))
    width, height = f"{drawing.width:g}", f"{drawing.height:g}"
    defs = f"<defs>{''.join(stripes)}</defs>" if stripes else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width} {height}" '
        f'aria-labelledby="{key}-title {key}-text" style="display:block;width:100%;height:auto">'
        f'<title id="{key}-title">{_safe(title)}</title><desc id="{key}-text">{_safe(text)}</desc>{defs}'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{"".join(body)}</svg>'
    )


def _stroke(colour: str, line: float, dash: str) -> str:
    if not colour:
        return ""
    return f' stroke="{colour}" stroke-width="{line:g}"' + (f' stroke-dasharray="{dash}"' if dash else "")


def _line(shape: Line) -> str:
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in shape.points)
    line = f'<path d="{path}" fill="none"{_stroke(shape.stroke, shape.line, shape.dash)}/>'
    if not shape.arrow:
        return line
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in arrow_head(shape))
    return f'{line}<polygon points="{points}" fill="{shape.stroke}"/>'


def arrow_head(shape: Line) -> tuple[tuple[float, float], ...]:
    """The three corners of the head at the end of a line."""
    (x0, y0), (x, y) = shape.points[-2], shape.points[-1]
    length = ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5 or 1.0
    along, across = ((x - x0) / length, (y - y0) / length), (-(y - y0) / length, (x - x0) / length)
    back = (x - _HEAD * along[0], y - _HEAD * along[1])
    half = _HEAD / 2.2
    left, right = ((back[0] + side * half * across[0], back[1] + side * half * across[1]) for side in (1, -1))
    return (x, y), left, right


def _words(shape: Words) -> str:
    bold = ' font-weight="700"' if shape.bold else ""
    anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
    return (
        f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size:g}"{bold}{anchor} fill="{shape.colour}">'
        f"{_safe(shape.text)}</text>"
    )


def _safe(text: str) -> str:
    """Escaped, and without the characters that no XML may hold and those that turn the direction of what follows."""
    return escape(_FORBIDDEN.sub("", text))
