"""Procurement: the tier from the notes' own figures, dates counted back, clauses put to their tests, assets."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook import guide
from pspworkbook.methods.plan import benefits, procurement, tier
from pspworkbook.records.measures import Measure
from pspworkbook.records.procurement import (
    AssetTransfer,
    CommunityBenefit,
    ProcurementRoute,
    ProcurementStep,
    RouteOption,
)
from pspworkbook.records.subsidy import ProcurementAdvice

TODAY = dt.date(2026, 11, 22)
STARTS = dt.date(2027, 4, 1)


def route(**more: object) -> ProcurementRoute:
    return ProcurementRoute.model_validate({"type": "services", "value_excl": "60000", "value_incl": "72000", **more})


def steps(*days: object) -> list[tuple[str, ProcurementStep]]:
    return [
        (f"s{n}", ProcurementStep.model_validate({"order": n, "step": f"Step {n}", "days": day, "owner": "p"}))
        for n, day in enumerate(days, start=1)
    ]


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"value_excl": "49999.99", "value_incl": "60000"}, "none"),
        ({"value_excl": "50000"}, "middle"),
        ({"value_excl": "180000", "value_incl": "207719"}, "middle"),
        ({"value_excl": "180000", "value_incl": "207720"}, "higher"),
        ({"value_excl": "180000", "value_incl": "135018", "buyer": "central"}, "higher"),
        ({"type": "care", "value_excl": "500000", "value_incl": "600000"}, "middle"),
        ({"type": "care", "value_excl": "560000", "value_incl": "663540"}, "higher"),
        ({"type": "works", "value_excl": "1999999", "value_incl": "2400000"}, "none"),
        ({"type": "works", "value_excl": "4500000", "value_incl": "5193000"}, "higher"),
        ({"type": ""}, ""),
        ({"value_incl": ""}, ""),
    ],
)
def test_the_tier_follows_the_figures_of_the_notes(more, key):
    assert tier.tier(route(**more), TODAY).key == key


def test_every_figure_names_its_note_and_says_how_sure_it_is():
    found = tier.tier(route(type="care"), TODAY)
    assert [one.note for one in found.thresholds] == ["P-02", "P-04"]
    assert "worked out" in found.thresholds[1].sure
    assert [one.pounds for one in found.thresholds] == [50_000, 663_540]
    later = tier.tier(route(), dt.date(2030, 1, 1))
    assert any("overdue" in caution for caution in later.cautions)


def test_no_figure_is_taken_from_a_note_that_nobody_read():
    assert all(guide.then_and_now()[note].mark != "not checked" for note in ("P-02", "P-03", "P-04", "P-07", "O-08"))


def test_just_below_a_threshold_is_worth_a_second_look():
    assert "Is it all counted?" in " ".join(tier.tier(route(value_excl="48000"), TODAY).cautions)


def test_dates_are_counted_back_without_a_gap_or_an_overlap():
    found = procurement.timeline(steps(10, 42, 21), STARTS, TODAY)
    assert found[-1].end == dt.date(2027, 3, 31)
    assert found[0].start == STARTS - dt.timedelta(days=73)
    assert all(one.end + dt.timedelta(days=1) == other.start for one, other in itertools.pairwise(found))


@given(st.lists(st.integers(1, 90), min_size=1, max_size=8))
def test_all_steps_together_take_as_long_as_their_days(days):
    found = procurement.latest_start(steps(*days), STARTS, TODAY)
    assert (STARTS - found).days == sum(days)


def test_steps_before_one_without_days_have_no_date():
    found = procurement.timeline(steps(10, "", 5), STARTS, TODAY)
    assert [one.start for one in found] == [None, None, dt.date(2027, 3, 27)]
    assert [one.state for one in procurement.timeline(steps(10), None, TODAY)] == ["no date"]
    assert procurement.timeline(steps("99999999"), STARTS, TODAY)[0].start is None


def test_late_now_and_ahead():
    found = procurement.timeline(steps(20, 20, 120), STARTS, TODAY)
    assert [one.state for one in found] == ["late", "now", "ahead"]


def test_gaps_of_the_route():
    ways = [("w", RouteOption.model_validate({"name": "New", "what": "innovation", "speaks_for": "x"}))]
    row = route(chosen="w", advice="a", contract_starts="2027-04-01", value_incl="50000")
    notice = ProcurementStep.model_validate({"order": 1, "step": "Contract notice", "days": "20"})
    advice = [("a", ProcurementAdvice(question="May we?"))]
    text = "\n".join(gap.sentence for gap in procurement.gaps(row, ways, [("s", notice)], advice, TODAY))
    for words in (
        "still needs",
        "at least two ways",
        "what against",
        "cannot be lower",
        "has not come yet",
        "Nobody sees to",
        "within 30 days",
    ):
        assert words in text


GOOD = {
    **{
        "wanted": "Trainees",
        "for_whom": "Young people",
        "about": "training",
        "link": "They cook here",
        "kpi": "Trainees",
    },
    **{"requirement": "The contractor must take two trainees a year.", "measure": "m", "evidence": "Payroll"},
    **{"proportionate": "yes", "proportionate_why": "Two of ten"},
}
MEASURES = {"m": Measure(indicator="Trainees", collector="p")}


def clause(**more: object) -> benefits.Clause:
    return benefits.clauses([("b", CommunityBenefit.model_validate({**GOOD, **more}))], MEASURES)[0]


def test_a_good_clause_passes_every_test():
    assert clause().ready and list(benefits.gaps((clause(),))) == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"link": ""}, "link"),
        ({"about": ""}, "about"),
        ({"requirement": ""}, "requirement"),
        ({"requirement": "Where possible it must take two."}, "requirement"),
        ({"requirement": "Two trainees would be nice."}, "requirement"),
        ({"requirement": "It must take trainees."}, "requirement"),
        ({"kpi": ""}, "kpi"),
        ({"measure": ""}, "measure"),
        ({"measure": "gone"}, "measure"),
        ({"evidence": ""}, "evidence"),
        ({"proportionate": "no"}, "proportionate"),
        ({"proportionate_why": ""}, "proportionate_why"),
    ],
)
def test_each_test_can_fail_and_leads_to_its_field(more, field):
    assert [test.field for test in clause(**more).failed] == [field]


def asset(**more: object) -> dict[str, procurement.Check]:
    body = {"asset": "School", "public_owner": "yes", "right": "own", "form": "scio", "members": "20", **more}
    return {check.what: check for check in procurement.asset_checks(AssetTransfer.model_validate(body), TODAY)}


FITS, DECIDED = "The body’s form fits the right that is sought", "The authority has decided in time"


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ({}, "yes"),
        ({"members": "19"}, "no"),
        ({"members": ""}, "open"),
        ({"form": "other"}, "no"),
        ({"form": ""}, "open"),
        ({"right": "lease", "form": "other", "members": ""}, "yes"),
        ({"right": ""}, "open"),
    ],
)
def test_who_may_ask_for_ownership(more, state):
    assert asset(**more)[FITS].state == state


def test_the_authority_has_six_months():
    assert procurement.decide_by(AssetTransfer.model_validate({"asked_on": "2026-08-31"})) == dt.date(2027, 2, 28)
    assert procurement.decide_by(AssetTransfer.model_validate({"asked_on": "2026-12-15"})) == dt.date(2027, 6, 15)
    assert asset(asked_on="2026-05-01")[DECIDED].state == "no"
    assert asset(asked_on="2026-07-01")[DECIDED].state == "open"
    for owner, words in ((None, "Find out who owns it."), ("no", "lays down no time")):
        check = asset(asked_on="2026-05-01", public_owner=owner)[DECIDED]
        assert check.state == "open" and words in check.words, "the six months bind public authorities only"
    assert asset(asked_on="2026-01-10", decided_on="2026-07-10")[DECIDED].state == "yes"


def test_nothing_is_signed_without_claw_back_and_advice():
    text = "\n".join(gap.sentence for gap in procurement.asset_gaps([("a", AssetTransfer(asset="School"))], TODAY))
    assert "given back" in text and "legal advice" in text
