"""Days that are said to have been and are still to come: a year that was mistyped, or a thing that is meant to be done."""

import datetime as dt

from pspworkbook.methods.words import day
from pspworkbook.records import Record, fields_of


def still_to_come(record: Record, today: dt.date) -> list[str]:
    """A sentence for each day after ``today`` in a field of what has happened. It is kept: only whoever typed it can know."""
    found = []
    for spec in fields_of(type(record)):
        said = getattr(record, spec.name)
        if spec.happened and not spec.private and said is not None and said > today:
            found.append(f"“{spec.title}” says {day(said)}, which is still to come.")
    return found
