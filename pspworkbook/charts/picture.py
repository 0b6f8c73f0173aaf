"""A chart as plain values: plotly's figure as a dict, with the sentence and the table that say the same."""

from dataclasses import dataclass, field, fields
from typing import Any

# Dark to light, so that neighbours differ in grey too; the Scottish Government Design System's published colours.
BLUE, TEAL, ORANGE, PURPLE, GREY = "#0065bd", "#1c5d5d", "#cb4e0b", "#741e6d", "#5e5e5e"
DARK_BLUE = "#00437e"


@dataclass(frozen=True)
class Picture:
    """``title`` says what it shows, ``text`` what to see in it; ``head`` and ``rows`` are its numbers as shown text.

    ``figure`` is ``{"data": [...], "layout": {...}}`` in plotly's schema, or None while there is nothing to draw.
    """

    title: str
    text: str
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    figure: dict[str, Any] | None = None

    def plain(self) -> dict[str, Any]:
        """As plain JSON values, for the page."""
        return {one.name: getattr(self, one.name) for one in fields(self)}
