"""What belongs to a source: its date, which often is a month or a year only, and a figure with a per cent sign."""

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import BeforeValidator

from pspworkbook.records.fields import FieldKind, plain_number, read_date, read_quantity, read_text, refuse

PER_CENT = ("", "%", "per cent", "percent", "percentage")
"""What the unit of a figure may say when a per cent sign is typed beside the figure."""
_YEAR = re.compile(r"(\d{4})(?:\s*[/\u2013-]\s*(\d{2}|\d{4}))?")
_MONTHS = ("%B %Y", "%b %Y", "%m/%Y", "%Y-%m")


def first_day(text: str) -> dt.date | None:
    """The first day that a date of a source can mean, to sort by: 1 June 2025 for “June 2025”; None when it is empty.

    A financial year such as 2024/25 begins on 1 April. Raises ValueError for anything that is no date.
    """
    text = " ".join(text.split())
    try:
        return read_date(text)
    except ValueError:  # not a day: perhaps a month or a year
        pass
    for form in _MONTHS:
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    year = _YEAR.fullmatch(text)
    if not year or not 1900 <= int(year[1]) <= 2100:
        raise ValueError(text)
    first, last = int(year[1]), year[2]
    if last and len(last) == 4 and int(last) <= first:
        raise ValueError(text)
    return dt.date(first, 4, 1) if "/" in text else dt.date(first, 1, 1)


def read_source_date(value: Any) -> str:
    """The date of a source as it was typed: ``2022``, ``June 2025``, ``2024/25`` or a day.

    A day as files and databases write it (2025-06-12) is written out, so that nobody takes its month for its day.
    """
    if isinstance(value, dt.date):
        return _day(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = " ".join(read_text(value).split())
    try:
        found = first_day(text)
    except ValueError:
        raise refuse(
            f"“{text}” is not a date. Write a year, such as 2022, a month, such as June 2025, or a day, such as 12/06/2025."
        ) from None
    return _day(found) if found and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text


def _day(date: dt.date) -> str:
    return f"{date.day} {date:%B %Y}"


def read_figure_of_source(value: Any) -> float | None:
    """A count or an amount. A per cent sign belongs to the unit: see :func:`sign_to_unit`."""
    if isinstance(value, str) and value.strip().endswith("%"):
        raise refuse(f"“{value.strip()}” has a % sign, and its unit says something else. Change the unit first.")
    return read_quantity(value)


def sign_to_unit(values: Any, figure: str, unit: str) -> Any:
    """The values of a record with a per cent sign moved from the figure to the unit, where the unit is free for it."""
    if not isinstance(values, dict):
        return values
    typed, said = values.get(figure), str(values.get(unit) or "")
    if isinstance(typed, str) and typed.strip().endswith("%") and said.strip().casefold() in PER_CENT:
        return {**values, figure: typed.strip().removesuffix("%").strip(), unit: said or "%"}
    return values


def with_unit(value: float, unit: str) -> str:
    """A figure with its unit as it is written: ``72 people``, ``12.5%``."""
    return f"{plain_number(value)}{'' if unit == '%' else ' '}{unit}".rstrip()


SourceDate = Annotated[str, BeforeValidator(read_source_date), FieldKind("source date")]
SourceFigure = Annotated[
    float | None, BeforeValidator(read_figure_of_source), FieldKind("quantity", plain_number, number=True, signed=True)
]
