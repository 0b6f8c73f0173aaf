"""Figures and fields as a report shows them."""

import datetime as dt
from typing import Any

from pspworkbook.methods.sroi.switching import figure_words
from pspworkbook.methods.words import day, pounds
from pspworkbook.records import FieldSpec, Outcome, field_of

NOT_SAID = "not said"
GRADES = {
    "green": "Measured here (green)",
    "amber": "From comparable research (amber)",
    "red": "Our own assumption (red)",
    "": "Not graded; counts as an assumption",
}


def figure(row: Outcome, name: str) -> str:
    """One of the seven figures of an outcome, or that it is not there."""
    value = getattr(row, name)
    if value is None:
        return NOT_SAID
    # With its pence where it has any: a reader multiplies it.
    return amount(value) if name == "financial_proxy" else figure_words(name, value)


def amount(value: float) -> str:
    """Pounds as entered: ``£94``, ``£162.50``."""
    return pounds(value, pence=value != int(value))


def ratio(value: float | None) -> str:
    """A ratio as money for each pound, or a dash."""
    return "–" if value is None else pounds(value, pence=True)


def field(spec: FieldSpec, value: Any) -> str:
    """A field as a person reads it; "" when nothing is there, and for what points to another record."""
    if value is None or value == "" or spec.refers_to or spec.kind.name == "origin":
        return ""
    if isinstance(value, dt.date):
        return day(value)
    if spec.kind.name == "pounds":
        return amount(value)
    if spec.kind.name == "years":
        return figure_words("duration", value)
    return " ".join(spec.show(value).split())


def choice_of(record: Any, name: str) -> str:
    """The words of a choice, or that nothing is said."""
    return field_of(type(record), name).show(getattr(record, name)) or NOT_SAID


def numbered(place: int, row: Outcome) -> str:
    """An outcome with its number in this report."""
    return f"{place}. {row.label()}"
