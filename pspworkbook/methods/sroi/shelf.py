"""Proxies to choose from, shipped and the workbook's own: found by words, priced for a year, put into an outcome."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pspworkbook import guide
from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.library.search import how_well, query_words, words_in
from pspworkbook.methods.sroi.prices import PriceIndex, UnknownYear, uprate
from pspworkbook.methods.words import pounds
from pspworkbook.records import Outcome
from pspworkbook.records.fields import financial
from pspworkbook.records.proxies import Proxy

SHIPPED = "shipped"
"""The kind that the origin of a shipped proxy names: ``shipped:gmca-cr3``."""
MARKS = {"read": "read", "secondary": "secondary", "worked out": "secondary"}
LONGEST = 300
PENNY = 0.005
_KEPT_BACK = re.compile(r"\b(hact|toms|nc-nd|by-nc\S*|non-?commercial)\b", re.IGNORECASE)
"""Words of licences and sources whose values may be used, and not handed on."""


@dataclass(frozen=True)
class Price:
    """One way to take a value: a word for it, the amount in pounds, its year, and the working in a sentence."""

    key: str
    value: float
    year: int | None
    sentence: str
    note: str = ""
    """What to add to the source, where the value is not the source's own."""


@dataclass(frozen=True)
class Found:
    """A proxy on the shelf: ``id`` is the record's identifier, or the key of a shipped one that nobody has taken yet."""

    id: str
    proxy: Proxy
    own: bool
    also: str = ""
    """Everyday words by which somebody may look for it."""


def as_record(shipped: guide.ShippedProxy) -> Proxy:
    """A shipped proxy as a record of the workbook."""
    source = shipped.from_source
    return Proxy(
        name=shipped.name,
        value=shipped.value,
        unit=shipped.unit,
        price_year=shipped.price_year,
        geography=source.geography,
        source=shipped.cited,
        licence=source.licence,
        link=source.link,
        uprated_value=shipped.uprated,
        uprated_year=shipped.uprated_year,
        sure=MARKS[shipped.mark],
        note=f"Check before use: {shipped.sure}. {source.note}",
        origin=f"{SHIPPED}:{shipped.key}",
    )


def stock(own: Rows[Proxy], shipped: Mapping[str, guide.ShippedProxy]) -> list[Found]:
    """The workbook's own proxies, then the shipped ones that it has not taken."""
    taken = {row.origin for _, row in own}
    also = {f"{SHIPPED}:{key}": one.also for key, one in shipped.items()}
    rest = [
        Found(key, as_record(one), False, one.also) for key, one in shipped.items() if f"{SHIPPED}:{key}" not in taken
    ]
    return [*(Found(id_, row, True, also.get(row.origin, "")) for id_, row in own), *rest]


def search(found: Iterable[Found], words: str) -> list[Found]:
    """Those that hold any of the words, in any field or among their everyday words; all of them without words.

    A word counts as itself, with another ending, or as the beginning of a longer one. Those that hold most of the words
    come first, then those that hold them in their name or among their everyday words.
    """
    asked = _asked(words)
    if not asked:
        return list(found)
    scored = [(one, *_score(asked, _fields(one, asked))) for one in found]
    ranked = sorted((one for one in scored if one[1]), key=lambda one: (-one[1], -one[2]))  # else in the shelf's order
    return [one for one, _, _ in ranked]


def look_elsewhere(places: Iterable[guide.Elsewhere], words: str) -> list[guide.Elsewhere]:
    """Where else to look for what these words are about, the likeliest first."""
    asked = _asked(words)
    scored = [(place, *_score(asked, (*_phrases(3.0, place.words, asked), (3.0, place.name)))) for place in places]
    best = max((score for _, _, score in scored), default=0.0)
    ranked = sorted(scored, key=lambda one: (-one[1], -one[2]))
    return [place for place, count, score in ranked if count and score >= CLOSE * best]


CLOSE = 0.6
"""A place that answers less than so much of what the best one does is not named: “sleep” is not about rough sleepers."""


def _phrases(weight: float, text: str, asked: Sequence[str]) -> Iterator[tuple[float, str]]:
    """Each of the phrases between commas as a field; one of which only a part is asked for weighs only that part."""
    for phrase in text.split(","):
        told = [word for word in query_words(phrase) if word not in _EMPTY]
        met = sum(any(_answers(one, word) for one in asked) for word in told)
        if met:
            yield weight * met / len(told), phrase


def _answers(asked: str, word: str) -> float:
    """How well a word answers an asked one; one or two letters are the beginning of too much."""
    return how_well(asked, word) if len(asked) > 2 else float(asked == word)


_EMPTY = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "more",
        "less",
        "of",
        "on",
        "or",
        "per",
        "than",
        "the",
        "their",
        "they",
        "them",
        "to",
        "with",
        "who",
        "whose",
        "we",
        "our",
        "us",
        "people",
        "person",
        "persons",
        "somebody",
        "someone",
        "everybody",
        "older",
        "old",
    ]
)
"""Words that say nothing of what is looked for."""


def _asked(words: str) -> list[str]:
    asked = query_words(words)
    return [word for word in asked if word not in _EMPTY] or asked


def _fields(one: Found, asked: Sequence[str]) -> tuple[tuple[float, str], ...]:
    proxy = one.proxy
    rest = " ".join((proxy.source, proxy.geography, proxy.note, proxy.licence))
    return ((3.0, proxy.name), *_phrases(2.0, one.also, asked), (1.5, proxy.unit), (1.0, rest))


def _score(asked: Sequence[str], fields: Iterable[tuple[float, str]]) -> tuple[int, float]:
    """How many of the asked words the fields hold, and how well: a field that weighs more counts more."""
    best = dict.fromkeys(asked, 0.0)
    for weight, text in fields:
        for word in {word.text for word in words_in(text)}:
            for one in asked:
                best[one] = max(best[one], weight * _answers(one, word))
    return sum(value > 0 for value in best.values()), sum(best.values())


def prices(proxy: Proxy, year: int | None, index: PriceIndex) -> tuple[list[Price], str]:
    """The ways to take a proxy's value, and why one of them cannot be had ("" when all can).

    As its source has it; as the source itself has brought it up to date; and uprated to ``year`` with the price index.
    """
    if proxy.value is None:
        return [], "It has no value yet."
    given = f"{pounds(proxy.value, pence=True)}{f' in prices of {financial(proxy.price_year)}' if proxy.price_year else ', of no known year'}, as the source has it."
    ways = [Price("given", proxy.value, proxy.price_year, given)]
    if proxy.uprated_value is not None and proxy.uprated_year:
        sentence = f"{pounds(proxy.uprated_value, pence=True)} in prices of {financial(proxy.uprated_year)}, as the source itself brought it up to date."
        ways.append(
            Price("source", proxy.uprated_value, proxy.uprated_year, sentence, "brought up to date by the source")
        )
    if year is None or year == proxy.price_year:
        return ways, ""
    if proxy.price_year is None:
        return ways, "It cannot be brought to another year: nobody has said which year’s prices it is in."
    try:
        new = uprate(proxy.value, proxy.price_year, year, index)
    except UnknownYear as unknown:
        return ways, str(unknown)
    note = f"× {new.factor:.4f} from {financial(proxy.price_year)}, {index.source}"
    return [*ways, Price("uprated", round(new.value, 2), year, new.sentence, note)], ""


def into_outcome(id_: str, proxy: Proxy, price: Price, outcome: Outcome) -> dict[str, Any]:
    """The fields of an outcome that a proxy fills. For a loss the value goes below zero."""
    value = -abs(price.value) if outcome.direction == "negative" else price.value
    words = f"{proxy.name}, {proxy.unit}" if proxy.unit else proxy.name
    where = f" ({proxy.geography})" if proxy.geography else ""
    note = f"; {price.note}" if price.note else ""
    source = f"{proxy.source}{where}"[: LONGEST - len(note)] + note
    return {
        "proxy": words[:LONGEST],
        "financial_proxy": value,
        "proxy_source": source[:LONGEST],
        "proxy_year": price.year,
        "proxy_licence": proxy.licence,
        "proxy_from": id_,
    }


def moved(outcomes: Rows[Outcome], own: Mapping[str, Proxy], index: PriceIndex) -> Iterator[StageGap]:
    """Outcomes whose value is no longer that of the proxy which it was taken from: one of the two has been changed."""
    for id_, outcome in outcomes:
        proxy = own.get(outcome.proxy_from or "")
        if proxy is None or outcome.financial_proxy is None:
            continue
        ways, _ = prices(proxy, outcome.proxy_year, index)
        if all(abs(abs(outcome.financial_proxy) - abs(way.value)) > PENNY for way in ways):
            now = "; ".join(way.sentence.rstrip(".") for way in ways) or "nothing"
            yield StageGap(
                "AN-3",
                f"“{outcome.label()}” stands at {pounds(outcome.financial_proxy, pence=True)}, but the library has: {now}.",
                "outcome",
                id_,
                "financial_proxy",
            )


def used_in(id_: str, outcomes: Rows[Outcome]) -> list[str]:
    """The names of the outcomes that a proxy has been put into."""
    return [outcome.label() for _, outcome in outcomes if outcome.proxy_from == id_]


def not_to_be_passed_on(own: Sequence[tuple[str, Proxy]]) -> Iterator[StageGap]:
    """Proxies of the workbook's own whose licence does not let them be passed on, so that nobody exports them unawares."""
    for id_, row in own:
        if _KEPT_BACK.search(f"{row.licence} {row.source}"):
            sentence = f"“{row.label()}” may not be passed on ({row.licence or row.source}): keep it out of files that leave the partnership."
            yield StageGap("AN-3", sentence, "proxy", id_, "licence")
