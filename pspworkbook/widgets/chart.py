"""A chart panel: title, drawing, one sentence, numbers as a table. The kernel never imports plotly."""

import gzip
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import traitlets

from pspworkbook.charts.picture import Picture
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script


@cache
def _packed_plotly() -> bytes:
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("plotly is not installed")
    return gzip.compress((Path(spec.submodule_search_locations[0]) / "package_data" / "plotly.min.js").read_bytes(), 6)


class Chart(Part):
    """Draws a :class:`~pspworkbook.charts.picture.Picture` and draws it anew when it changes."""

    _esm = script("few.js", "table_roles.js", "tables.js", "chart.js")
    answers: ClassVar[dict[str, str]] = {"plotly": "_send_plotly"}
    picture = traitlets.Dict().tag(sync=True)

    def __init__(self, picture: Picture) -> None:
        super().__init__(picture=picture.plain())

    def show(self, picture: Picture) -> None:
        """Draw another picture in its place."""
        plain = picture.plain()
        if plain != self.picture:
            self.picture = plain

    def _send_plotly(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        packed, piece = _packed_plotly(), 1 << 19
        return {"buffers": [packed[at : at + piece] for at in range(0, len(packed), piece)]}
