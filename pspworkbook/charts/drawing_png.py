"""A drawing as PNG, for Word files, which show SVG in new versions only.

Matplotlib draws it: it brings its own fonts, so that the picture is the same on a server without any, and it needs neither
a browser nor a system library.
"""

import io
import logging
import warnings
from typing import Any

from pspworkbook.charts.drawing import PAPER, Box, Dot, Drawing, Line
from pspworkbook.charts.drawing_svg import arrow_head

DPI = 72
SHARP = 2
"""Pixels of the picture for each pixel of the drawing: sharp on paper at 25 cm across."""


def png(drawing: Drawing) -> bytes:
    """The picture; the same drawing gives the same bytes."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # a script that a font lacks is shown as boxes
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # here: most visitors save no file
    from matplotlib.figure import Figure
    from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Rectangle

    figure = Figure(figsize=(drawing.width / DPI, drawing.height / DPI), dpi=DPI * SHARP, facecolor=PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.axis("off")
    for place, shape in enumerate(drawing.shapes):
        look: dict[str, Any] = {"zorder": place}
        if isinstance(shape, Box):
            edge = shape.stroke or "none"
            more: dict[str, Any] = {
                "facecolor": shape.fill,
                "edgecolor": edge,
                "linewidth": shape.line if shape.stroke else 0,
            }
            more |= {"linestyle": _dashes(shape.dash, shape.line), "hatch": "////" if shape.striped else None}
            size = max(shape.width, 0), max(shape.height, 0)
            if shape.round and min(size) > 2 * shape.round:
                style = f"round,pad=0,rounding_size={shape.round}"
                axes.add_patch(
                    FancyBboxPatch(
                        (shape.x, shape.y), size[0], size[1], boxstyle=style, mutation_aspect=1, **more, **look
                    )
                )
            else:
                axes.add_patch(Rectangle((shape.x, shape.y), size[0], size[1], **more, **look))
        elif isinstance(shape, Line):
            x, y = zip(*shape.points, strict=True)
            axes.plot(
                x, y, color=shape.stroke, linewidth=shape.line, linestyle=_dashes(shape.dash, shape.line),
                solid_capstyle="butt", dash_capstyle="butt", **look,
            )  # fmt: skip
            if shape.arrow:
                axes.add_patch(Polygon(arrow_head(shape), closed=True, facecolor=shape.stroke, linewidth=0, **look))
        elif isinstance(shape, Dot):
            edge = shape.stroke or "none"
            axes.add_patch(
                Circle(
                    (shape.x, shape.y), shape.radius, facecolor=shape.fill, edgecolor=edge, linewidth=shape.line, **look
                )
            )
        else:
            axes.text(
                shape.x, shape.y, shape.text, fontsize=shape.size, color=shape.colour, parse_math=False,
                fontweight="bold" if shape.bold else "normal", family=["DejaVu Sans"], va="baseline",
                ha={"start": "left", "middle": "center", "end": "right"}[shape.anchor], **look,
            )  # fmt: skip
    made = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of characters that no font here has: they are drawn as boxes
        FigureCanvasAgg(figure).print_png(made, metadata={"Software": None}, pil_kwargs={"compress_level": 4})
    return made.getvalue()


def _dashes(dash: str, line: float) -> object:
    """Matplotlib counts dashes in widths of the line."""
    return (0, tuple(float(part) / max(line, 0.1) for part in dash.replace(",", " ").split())) if dash else "solid"
