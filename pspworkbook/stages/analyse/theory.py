"""The theory of change on the page: the picture, the sentence and the list."""

from functools import lru_cache
from typing import Any

from markupsafe import Markup

from pspworkbook.charts.drawing_svg import svg
from pspworkbook.charts.theory import drawings
from pspworkbook.methods.sroi.theory import NO_OUTPUT, Theory, in_words, listed, theory
from pspworkbook.widgets.snapshot import Snapshot

TITLE = "Theory of change"


def theory_of(now: Snapshot) -> Theory:
    """The theory of change of a workbook."""

    def rows(kind: str) -> list[tuple[str, Any]]:
        return [(entry.id, entry.record) for entry in now.records(kind)]

    return theory(now.the("forecast").record, rows("stakeholder"), rows("input"), rows("outcome"))


def theory_words(now: Snapshot) -> dict[str, Any]:
    """What the page says; ``parts`` are the drawings as markup, their text escaped."""
    return _in_words_and_pictures(theory_of(now))


@lru_cache(maxsize=2)
def _in_words_and_pictures(found: Theory) -> dict[str, Any]:
    """Remembered, because it takes a second with 500 outcomes, and most changes of a figure alter nothing in it."""
    text = in_words(found)
    parts = [
        Markup(svg(drawing, TITLE, f"{text} The list after it says the same.", f"theory{number}"))
        for number, drawing in enumerate(drawings(found), start=1)
    ]
    return {"parts": parts, "sentence": text, "lines": listed(found), "theory": found, "no_output": NO_OUTPUT}
