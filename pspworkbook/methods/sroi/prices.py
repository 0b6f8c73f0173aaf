"""Values of different years brought to the prices of one: the same basket of goods, at another year's prices.

A year is a financial year, named by the one in which it begins: 2015 is 2015/16. The index has any base, the same for all
its years. Nothing is guessed: a year that the index does not have is refused, not stretched to.

>>> gdp = PriceIndex("an index", {2015: 80.0, 2024: 100.0})
>>> uprate(400, 2015, 2024, gdp).value
500.0
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pspworkbook.methods.words import pounds
from pspworkbook.records.fields import financial
from pspworkbook.records.proxies import PriceYear

RULE = (
    "The value is multiplied by the index of the year you want and divided by the index of the year it is in. Years are "
    "financial years; a year without an index is refused. Prices in general rise differently from the cost of one service: "
    "where a newer figure of the same source exists, take that instead."
)


class UnknownYear(ValueError):
    """A year that the index does not have. The text says which, and what to do."""


@dataclass(frozen=True)
class PriceIndex:
    """A price index: where it comes from, and year to index (above zero)."""

    source: str
    years: Mapping[int, float]

    @property
    def span(self) -> str:
        """``2015/16 to 2024/25``; "" when it is empty."""
        return f"{financial(min(self.years))} to {financial(max(self.years))}" if self.years else ""

    @property
    def latest(self) -> int | None:
        """Its last year."""
        return max(self.years, default=None)


@dataclass(frozen=True)
class Uprated:
    """A value in prices of ``year``, what it was multiplied by, and the working in one sentence."""

    value: float
    year: int
    factor: float
    sentence: str


def index_of(rows: Iterable[PriceYear]) -> tuple[PriceIndex | None, list[str]]:
    """The index that a workbook's own register makes, and what is wrong with its rows, as sentences.

    None while no row is complete: then the shipped index stands in. A year that is there twice with different figures
    counts for neither.
    """
    years: dict[int, float] = {}
    sources: dict[str, None] = {}
    twice: set[int] = set()
    troubles = []
    for row in rows:
        if row.year is None or row.index is None:
            continue
        if row.index <= 0:
            troubles.append(f"The index of {financial(row.year)} is zero. It is not used.")
            continue
        if years.get(row.year, row.index) != row.index:
            twice.add(row.year)
        years[row.year] = row.index
        if row.source:
            sources[row.source] = None
    for year in sorted(twice):
        del years[year]
        troubles.append(
            f"{financial(year)} is there twice with different figures. Keep one; until then neither is used."
        )
    return (PriceIndex("; ".join(sources) or "a source that nobody has named", years) if years else None), troubles


def uprate(value: float, from_year: int, to_year: int, index: PriceIndex) -> Uprated:
    """``value`` in pounds of ``from_year`` as pounds of ``to_year``. Raises UnknownYear."""
    unknown = [year for year in dict.fromkeys((from_year, to_year)) if year not in index.years]
    if from_year == to_year:
        return Uprated(value, to_year, 1.0, f"{_money(value)} is in prices of {financial(to_year)} already.")
    if unknown:
        which = " and ".join(financial(year) for year in unknown)
        raise UnknownYear(
            f"The price index has no figure for {which}: it covers {index.span or 'no year yet'}. Choose another year, or "
            "add the missing one to the price index."
        )
    factor = index.years[to_year] / index.years[from_year]
    sentence = (
        f"{_money(value)} in prices of {financial(from_year)} × {index.years[to_year]:g} ÷ {index.years[from_year]:g} = "
        f"{_money(value * factor)} in prices of {financial(to_year)}, by {index.source}."
    )
    return Uprated(value * factor, to_year, factor, sentence)


def _money(value: float) -> str:
    return pounds(value, pence=True)
