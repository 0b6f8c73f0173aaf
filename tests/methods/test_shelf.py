"""The shelf of proxies: what is found, at which prices it can be had, and what goes into an outcome."""

import pytest

from pspworkbook import guide
from pspworkbook.methods.sroi.prices import PriceIndex
from pspworkbook.methods.sroi.shelf import (
    as_record,
    into_outcome,
    look_elsewhere,
    moved,
    not_to_be_passed_on,
    prices,
    search,
    stock,
)
from pspworkbook.records import Outcome
from pspworkbook.records.proxies import Proxy

GDP = PriceIndex("GDP deflator", guide.price_index().years)
CARE = as_record(guide.proxies()["gmca-ss5"])


def test_a_shipped_proxy_carries_all_that_an_outcome_needs() -> None:
    assert CARE.missing() == [] and CARE.note.startswith("Check before use") and CARE.origin == "shipped:gmca-ss5"
    assert "row SS5.1" in CARE.source and CARE.licence.startswith("CC BY 4.0") and CARE.sure == "secondary"


def test_words_are_found_in_any_field_and_what_was_taken_stands_once() -> None:
    shelf = stock(
        [("p1", Proxy(name="Ours", value=1)), ("gmca-cr3", as_record(guide.proxies()["gmca-cr3"]))], guide.proxies()
    )
    assert len(shelf) == 1 + len(guide.proxies()) and [one.own for one in shelf[:3]] == [True, True, False]
    assert [one.id for one in search(shelf, "PRISON  place")] == ["gmca-cr3"]
    assert {one.id for one in search(shelf, "scotland landfill")} == {
        key for key in guide.proxies() if key.startswith("slft")
    }
    assert search(shelf, "xylophones") == [] and search(shelf, "  ") == shelf


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("lonely", "wellby"), ("LONELINESS", "wellby"), ("carer rest", "nlw"), ("carers' rest", "nlw"), ("job", "gmca-ee10"),
        ("jobless youth", "gmca-ee10"), ("bus", "carbon"), ("rubbish", "slft"), ("kids", "gmca-ss"), ("jail", "gmca-cr3"),
        ("volunteers’ time", "nlw"), ("children in school", "gmca-es2"), ("clothes", "slft"),
        ("repair café", "slft"), ("food waste", "slft"), ("worries", "wellby"), ("isolation of older people", "wellby"),
    ],
)  # fmt: skip
def test_everyday_words_find_what_they_are_about(words: str, first: str) -> None:
    """Stems, beginnings and any of the words; what holds most of them comes first. Taken ones keep their words."""
    found = search(stock([], guide.proxies()), words)
    assert found and found[0].id.startswith(first)
    taken = [("p1", as_record(guide.proxies()[found[0].id]))]
    assert search(stock(taken, guide.proxies()), words)[0].id == "p1"


def test_what_is_not_on_the_shelf_has_a_place_to_look() -> None:
    """Nobody’s values are shipped for a hospital; the page says where they are published."""
    places = guide.elsewhere().values()
    assert search(stock([], guide.proxies()), "hospital") == []
    assert [place.key for place in look_elsewhere(places, "hospital")] == ["health"]
    assert look_elsewhere(places, "carers' rest")[0].key == "care" and look_elsewhere(places, "xylophones") == []
    for words, key in (
        *(("sleep", "mind"), ("debt", "money"), ("food", "food"), ("repair", "things"), ("clothes", "things")),
        *(("rough sleeper", "housing"), ("loneliness", "company"), ("school uniform", "things")),
    ):
        assert [place.key for place in look_elsewhere(places, words)] == [key], "and nothing that only sounds like it"
    assert not any("£" in place.text for place in places), (
        "a value belongs among the proxies, with its source and licence"
    )


def test_three_ways_to_take_a_value() -> None:
    ways, trouble = prices(CARE, 2024, GDP)
    assert [(way.key, round(way.value, 2), way.year) for way in ways] == [
        ("given", 693.25, 2015),
        ("source", 951, 2025),
        ("uprated", 929.42, 2024),
    ]
    assert not trouble and "÷ 74.5894" in ways[-1].sentence
    ways, trouble = prices(CARE, 2030, GDP)
    assert [way.key for way in ways] == ["given", "source"] and "2030/31" in trouble
    assert "nobody has said which year" in prices(Proxy(name="A", value=5), 2024, GDP)[1]
    assert prices(Proxy(name="A"), 2024, GDP)[0] == []


def test_into_an_outcome_with_source_year_licence_and_origin() -> None:
    """A loss stays below zero; the source says how the value was brought up to date, however long it is."""
    (*_, uprated), _ = prices(CARE, 2024, GDP)
    values = into_outcome("p1", CARE, uprated, Outcome(direction="negative"))
    outcome = Outcome.model_validate(values)
    assert (outcome.financial_proxy, outcome.proxy_year, outcome.proxy_from) == (-929.42, 2024, "p1")
    assert "× 1.3407 from 2015/16" in outcome.proxy_source and "(England)" in outcome.proxy_source
    long = CARE.model_copy(update={"source": "x" * 300, "name": "y" * 300})
    filled = into_outcome("p1", long, uprated, Outcome())
    assert Outcome.model_validate(filled).proxy_source.endswith("GDP deflator") and filled["financial_proxy"] == 929.42


@pytest.mark.parametrize(
    ("value", "year", "asked"), [(693.25, 2015, 0), (929.42, 2024, 0), (-951, 2025, 0), (700, 2015, 1)]
)
def test_a_value_that_has_left_its_proxy_is_asked_about(value: float, year: int, asked: int) -> None:
    outcome = Outcome(outcome="Care", financial_proxy=value, proxy_year=year, proxy_from="p1")
    assert len(list(moved([("o1", outcome)], {"p1": CARE}, GDP))) == asked
    assert not list(moved([("o1", outcome)], {}, GDP)), "its proxy has been removed"


def test_values_that_may_not_be_passed_on_are_named() -> None:
    rows = [
        ("a", CARE),
        ("b", Proxy(name="Confidence", licence="CC BY-NC-ND", source="UK Social Value Bank")),
        ("c", Proxy(name="Duty", source="HM Revenue and Customs 2025")),
        ("d", Proxy(name="Job", source="National TOMs 2024")),
    ]
    assert [gap.id for gap in not_to_be_passed_on(rows)] == ["b", "d"]
