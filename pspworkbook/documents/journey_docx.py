"""Journeys as a Word file, on its side, to hang on the wall: each journey both ways, with room to write where it is empty."""

import datetime as dt

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.analyse.journey import (
    RULE,
    VERSIONS,
    Steps,
    feeling,
    feeling_words,
    hand_overs,
    in_words,
    steps_of,
)
from pspworkbook.methods.findings import Rows
from pspworkbook.records.journey import Journey, JourneyStep, show_time
from pspworkbook.records.plan import DesignRequirement

HEAD = (
    "",
    "What happens",
    "By what means",
    "Organisation",
    "Feeling",
    "Wait",
    "Time",
    "What is hard",
    "Ours to change?",
    "Idea",
)
WIDTHS = (0.8, 4.2, 2.4, 2.8, 3.0, 1.9, 2.0, 4.2, 2.2, 2.7)
EMPTY_ROWS = 7
"""Rows to write in, on a sheet for somebody whose steps are not known yet."""


def journey_docx(
    journeys: Rows[Journey],
    steps: Rows[JourneyStep],
    requirements: Rows[DesignRequirement],
    *,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The journeys as the bytes of a .docx. Without any, it is an empty sheet for the workshop."""
    file = WordFile("Customer journeys", workbook, on, landscape=True)
    if note:
        file.small(note)
    file.small("Reconstructed: the guide of 2011 had a table for this, which is lost.")
    for place, (id_, journey) in enumerate(journeys or [("", Journey())]):
        if place:
            file.new_page()
        file.heading(journey.label() if id_ else "Whose journey: …")
        for line in (journey.situation, f"Who told us: {journey.heard}" if journey.heard else ""):
            if line:
                file.say(line)
        for version, title in VERSIONS.items():
            chosen = steps_of(steps, id_, version) if id_ else []
            file.heading(f"{title}: {in_words(chosen)}" if chosen else title, 2)
            rows = _rows(chosen) or [("",) * len(HEAD)] * EMPTY_ROWS
            file.table(f"{journey.label()}, {title.lower()}", HEAD, rows, WIDTHS, size=8.5, height=0 if chosen else 1.1)
        asked = [row for _, row in requirements if row.journey == id_ and id_]
        if asked:
            file.heading("So the design must", 2)
            for row in asked:
                file.bullet(f"{row.name}{f' ({row.test})' if row.test else ''}")
    file.small(f"⇢ marks a hand-over to another organisation. The rule: {RULE}")
    file.ending()
    return file.data()


def _rows(steps: Steps) -> list[tuple[str, ...]]:
    taken = {one.after for one in hand_overs(steps)}
    return [
        (
            str(place + 1), step.what, step.touchpoint, f"{'⇢ ' if place in taken else ''}{step.organisation or 'on their own'}",
            _scale(step), "–" if step.wait is None else show_time(step.wait), "–" if step.takes is None else show_time(step.takes),
            step.pain, _control(step), step.idea,
        )
        for place, (_, step) in enumerate(steps)
    ]  # fmt: skip


def _scale(step: JourneyStep) -> str:
    """Five boxes from bad to good, one filled, and the words: to be read in black and white."""
    value = feeling(step)
    if value is None:
        return "□□□□□"
    return "".join("■" if place == value else "□" for place in range(-2, 3)) + f" {feeling_words(step)}"


def _control(step: JourneyStep) -> str:
    if not step.outside:
        return "ours" if step.outside is False else "–"
    return f"outside: {step.holder}" if step.holder else "outside"
