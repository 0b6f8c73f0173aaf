"""The financial proxies and the price index that may be passed on: ``data/guide/proxies.yaml``."""

from collections.abc import Mapping
from functools import lru_cache

from pydantic import model_validator

from pspworkbook.guide.entries import SURE, Entry, Mark, Words
from pspworkbook.guide.library import GuideDataError, _by_key, _list, _load, _read

FILE = "proxies"


class ProxySource(Entry):
    """Where proxies come from, under which licence, where they hold, and what to beware of."""

    key: Words
    name: Words
    licence: Words
    geography: Words
    link: Words
    note: Words


class ShippedProxy(Entry):
    """A value that may be passed on, in pounds and prices of the financial year that begins in ``price_year``.

    ``uprated`` is the value to which its own source has brought it, in prices of ``uprated_year``; ``row`` is its row in
    the source. ``also`` holds everyday words by which somebody may look for it.
    """

    key: Words
    source: Words
    name: Words
    row: Words | None = None
    value: float
    unit: Words
    price_year: int
    uprated: float | None = None
    uprated_year: int | None = None
    also: str = ""
    mark: Mark

    @model_validator(mode="after")
    def _uprated_has_a_year(self) -> "ShippedProxy":
        if (self.uprated is None) != (self.uprated_year is None):
            raise ValueError("'uprated' and 'uprated_year' go together")
        if self.mark == "not checked":
            raise ValueError("a value that nobody has read is not passed on")
        return self

    @property
    def from_source(self) -> ProxySource:
        """The source that it names."""
        return proxy_sources()[self.source]

    @property
    def cited(self) -> str:
        """The source with the row, for an outcome's field."""
        return f"{self.from_source.name}{f', row {self.row}' if self.row else ''}"

    @property
    def sure(self) -> str:
        """How we know, in words."""
        return SURE[self.mark]


class Elsewhere(Entry):
    """Where to look for a value that is not among the shipped ones: the everyday ``words`` that lead here, and what to do."""

    key: Words
    words: Words
    name: Words
    text: Words


class ShippedIndex(Entry):
    """A price index as published: financial year, by its first year, to index."""

    name: Words
    source: Words
    licence: Words
    link: Words
    mark: Mark
    note: Words
    years: dict[int, float]

    @property
    def sure(self) -> str:
        """How we know, in words."""
        return SURE[self.mark]


@lru_cache
def proxy_sources() -> Mapping[str, ProxySource]:
    """The sources of the shipped proxies, by key."""
    return _by_key(FILE, ProxySource, _list(FILE, "sources"))


@lru_cache
def proxies() -> Mapping[str, ShippedProxy]:
    """The shipped proxies, by key. Raises GuideDataError when one names a source that is not in the file."""
    found = _by_key(FILE, ShippedProxy, _list(FILE, "proxies"))
    for key, proxy in found.items():
        if proxy.source not in proxy_sources():
            raise GuideDataError(f"{FILE}.yaml, entry '{key}': there is no source called '{proxy.source}'.")
    return found


@lru_cache
def elsewhere() -> Mapping[str, Elsewhere]:
    """Where else to look for a value, by key."""
    return _by_key(FILE, Elsewhere, _list(FILE, "elsewhere"))


@lru_cache
def price_index() -> ShippedIndex:
    """The price index that stands in until a workbook has its own."""
    return _read(FILE, ShippedIndex, _load(FILE).get("price_index", {}), ", price_index")
