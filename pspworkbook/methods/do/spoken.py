"""What people wrote on their phones, each alone, as entries of a log: the ballots of DO-7 and RV-3. Pure."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from pspworkbook.methods.findings import Rows
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import Answer

LEARNING, SAYING = "learning", "what-people-say"
"""The ballots, answered in words."""
LONGEST = 290


def _written(answers: Rows[Answer], ballot: str) -> list[tuple[str, Answer]]:
    """The last word of each sheet on each question, from A to Z, so that no place in the list tells whose it was."""
    last = {(row.sheet, row.item): (id_, row) for id_, row in answers if row.ballot == ballot and row.why.strip()}
    return sorted(last.values(), key=lambda pair: (pair[1].item, pair[1].why.casefold()))


def reflections(answers: Rows[Answer], today: dt.date) -> Iterator[Offer]:
    """Each thing that somebody wrote as an entry of the learning log."""
    for id_, row in _written(answers, LEARNING):
        text = " ".join(row.why.split())
        values: dict[str, Any] = {"learned": text[:LONGEST], "date": today}
        if row.item == "barrier":
            values["barrier"] = text[:LONGEST]
        if row.item == "next":
            values["recommendation"] = text
        yield Offer(origin_of("answer", id_), text, "everybody’s own words", values)


def feedback(answers: Rows[Answer], today: dt.date) -> Iterator[Offer]:
    """Each thing that somebody wrote as feedback. Whether it may be quoted is for them to say, so it stays open."""
    for id_, row in _written(answers, SAYING):
        values = {"words": row.why, "date": today, "source": "meeting"}
        yield Offer(origin_of("answer", id_), " ".join(row.why.split()), "everybody’s own words", values)
