"""The workbook's own library of financial proxies, and the price index that brings them to one year."""

from typing import ClassVar

from pspworkbook.records.fields import (
    CalendarYear,
    Date,
    Line,
    Origin,
    Pounds,
    Quantity,
    Text,
    ask,
    choice,
)
from pspworkbook.records.record import Record

HowSure = choice(
    read="Read in the source itself",
    secondary="Read in another document that quotes it",
    recalled="Remembered, not checked",
)


class Proxy(Record):
    """What one change costs, saves or is paid for, with where that is written: to be used in any outcome."""

    kind: ClassVar[str] = "proxy"
    noun: ClassVar[str] = "Financial proxy"
    plural: ClassVar[str] = "Financial proxies"
    tool: ClassVar[str] = "AN-3"

    name: Line = ask("What it stands for", example="One visit to accident and emergency", needed=True, shown="wide")
    value: Pounds = ask("Value, £", "As the source has it, in the prices of its year.", needed=True, shown="narrow")
    unit: Line = ask("For what", example="an attendance", needed=True, shown="narrow")
    price_year: CalendarYear = ask(
        "Price year", "For a financial year, its first year.", example="2024/25", needed=True, shown="narrow"
    )
    geography: Line = ask("Where it holds", example="England")
    source: Line = ask("Source", "Title, edition and page or row.", needed=True, shown="wide")
    licence: Line = ask(
        "Licence", "May it be copied and passed on? HACT and TOMs values may not.", needed=True, shown="narrow"
    )
    link: Line = ask("Link", example="https://www.gov.scot/")
    uprated_value: Pounds = ask("Value as its source has brought it up to date, £", "Only where the source says so.")
    uprated_year: CalendarYear = ask("Price year of that", not_before="price_year")
    sure: HowSure = ask("How sure it is")
    checked_on: Date = ask(
        "Checked in the source on", "Check before use: a source may have a newer edition.", happened=True
    )
    note: Text = ask("What to beware of")
    origin: Origin = ask("Made from", default="")


class PriceYear(Record):
    """One year of the price index: how prices of that year compare with those of the others."""

    kind: ClassVar[str] = "price_index"
    noun: ClassVar[str] = "Year of the price index"
    plural: ClassVar[str] = "Price index"
    tool: ClassVar[str] = "AN-3"
    name_field: ClassVar[str] = "year"

    year: CalendarYear = ask(
        "Year", "For a financial year, its first year.", example="2024/25", needed=True, shown="narrow"
    )
    index: Quantity = ask("Index", "Any base will do, as long as all years have the same.", needed=True, shown="narrow")
    source: Line = ask("Source", "Which series, and when it was published.", needed=True, shown="wide")


MODELS: tuple[type[Record], ...] = (Proxy, PriceYear)
