"""Prices of different years: the working is shown, a year that nobody knows is refused, and GMCA's own uplift agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook import guide
from pspworkbook.methods.sroi.prices import PriceIndex, UnknownYear, index_of, uprate
from pspworkbook.records.fields import financial
from pspworkbook.records.proxies import PriceYear

GDP = PriceIndex(guide.price_index().source, guide.price_index().years)
GMCA = {2015: 1.372, 2016: 1.345, 2019: 1.267, 2020: 1.202, 2023: 1.064}
"""What Greater Manchester's database v3.0 multiplies values of a year by, to bring them to 2025/26."""


def test_the_working_can_be_followed_by_hand() -> None:
    """£693.25 of 2015/16 at 74.5894, brought to 2024/25 at 100."""
    found = uprate(693.25, 2015, 2024, GDP)
    assert round(found.value, 2) == 929.42
    assert found.sentence.startswith("£693.25 in prices of 2015/16 × 100 ÷ 74.5894 = £929.42 in prices of 2024/25")
    assert "HM Treasury" in found.sentence


@pytest.mark.parametrize("early, late", [(2015, 2023), (2016, 2023), (2019, 2020), (2015, 2020)])
def test_it_agrees_with_what_another_body_makes_of_the_same_years(early: int, late: int) -> None:
    """Two bodies, two releases of the deflator: their uplifts differ by less than a quarter of one per cent."""
    assert uprate(1, early, late, GDP).value == pytest.approx(GMCA[early] / GMCA[late], rel=2.5e-3)


@pytest.mark.parametrize("proxy", [one for one in guide.proxies().values() if one.uprated], ids=lambda one: one.key)
def test_the_shipped_values_follow_the_sources_own_factors(proxy: guide.ShippedProxy) -> None:
    """A figure that was mistyped would stand out: every row of a year is brought up by the same factor."""
    factors = {2005: 1.667, 2008: 1.530, 2010: 1.486, **GMCA}
    assert proxy.uprated == pytest.approx(proxy.value * factors[proxy.price_year], rel=1e-3)


@pytest.mark.parametrize("early, late, said", [(2010, 2024, "2010/11"), (2015, 2025, "2025/26"), (1999, 2030, "1999/00 and 2030/31")])  # fmt: skip
def test_a_year_that_the_index_does_not_have_is_refused(early: int, late: int, said: str) -> None:
    with pytest.raises(UnknownYear, match=said) as refused:
        uprate(100, early, late, GDP)
    assert "2015/16 to 2024/25" in str(refused.value)
    assert uprate(100, early, early, GDP).value == 100, "nothing to bring up"


@given(st.floats(-1e6, 1e6), st.sampled_from(sorted(GDP.years)), st.sampled_from(sorted(GDP.years)))
def test_there_and_back_is_the_same(value: float, early: int, late: int) -> None:
    there = uprate(value, early, late, GDP).value
    assert uprate(there, late, early, GDP).value == pytest.approx(value, abs=1e-6)


def test_a_workbooks_own_index_stands_in_for_the_shipped_one() -> None:
    rows = [
        PriceYear(year=2024, index=100, source="Ours"),
        PriceYear(year=2025, index=103, source="Ours"),
        PriceYear(year=2026),
    ]
    index, troubles = index_of(rows)
    assert index is not None and uprate(100, 2024, 2025, index).value == pytest.approx(103) and not troubles
    assert "by Ours" in uprate(100, 2024, 2025, index).sentence
    assert index_of([]) == (None, [])


def test_a_year_that_is_there_twice_counts_for_neither() -> None:
    twice = [PriceYear(year=2024, index=100), PriceYear(year=2024, index=110), PriceYear(year=2023, index=0)]
    index, troubles = index_of(twice)
    assert index is None and ["2023/24" in troubles[0], "2024/25" in troubles[1]] == [True, True]


def test_only_what_may_be_passed_on_is_shipped() -> None:
    """Each value has its source, licence and how it is known; HACT's values and the TOMs are not among them."""
    for proxy in guide.proxies().values():
        source = proxy.from_source
        assert source.licence.startswith(("CC BY 4.0", "Open Government Licence")) and source.link.startswith(
            "https://"
        )
        assert proxy.value > 0 and 2000 <= proxy.price_year <= 2026 and proxy.sure
        assert not any(word in f"{proxy.cited} {proxy.name}" for word in ("HACT", "TOMs", "PSSRU"))
    assert financial(1999) == "1999/00"
