"""Measures: the burden in hours, outputs dressed as outcomes, the same thing asked twice, outcomes without a measure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.methods.outcomes import looks_like_output
from pspworkbook.methods.plan import measures
from pspworkbook.records import Outcome
from pspworkbook.records.measures import Measure

FULL = {
    **{"outcome": "falls", "indicator": "Falls in a month", "unit": "falls", "baseline": "9", "target": "4"},
    **{"source": "Talk", "when": "Monthly", "collector": "p1", "minutes": "10", "times": "12", "people": "30"},
}


def measure(**more: object) -> Measure:
    return Measure.model_validate({**FULL, **more})


def sentences(gaps: object) -> str:
    return "\n".join(gap.sentence for gap in gaps)


@pytest.mark.parametrize(
    "text",
    ["Exercise classes delivered", "Number of people trained", "30 workshops held", "Leaflets sent to every home"],
)
def test_an_output_is_told_by_its_words_and_can_be_said_otherwise(text):
    found = looks_like_output(text)
    assert found.output and found.signs and "Say who is different" in found.suggestion


@pytest.mark.parametrize(
    "text",
    ["Fewer falls", "People feel safer after the classes", "Better health: fewer visits to the GP", "", "New friends"],
)
def test_a_change_is_left_alone(text):
    assert not looks_like_output(text).output


def test_what_a_measure_counts_is_read_too_unless_it_says_what_should_change():
    """That it begins with “Number of” is no sign: any measure may."""
    rows = [
        ("a", measure(outcome=None, indicator="Number of leaflets given out")),
        ("b", measure(outcome=None, indicator="Number of residents who fell")),
        ("c", measure(outcome="falls", indicator="Visits to the GP")),
        ("d", measure(outcome=None, change="Fewer people are ill", indicator="Visits to the GP at weekends")),
    ]
    assert [(one.id, one.field) for one in measures.dressed_as_outcomes([], rows)] == [("a", "indicator")]
    assert "“Number of leaflets given out” reads like an output (“given out” and “leaflets”)." in sentences(
        measures.gaps(rows, [])
    )


@given(st.text())
def test_any_text_can_be_read(text):
    assert looks_like_output(text).text == text


def test_a_word_within_another_is_no_sign():
    assert not looks_like_output("Trust in the household").output, "“held” is not in “household”"


def test_hours_a_year():
    assert measures.hours(measure()) == 60
    assert measures.hours(measure(times="")) is None
    found = measures.burden([("a", measure()), ("b", measure(mandatory="yes", minutes="5")), ("c", measure(people=""))])
    assert (found.hours, found.required, found.not_counted) == (90, 30, 1)


def test_the_same_question_is_noticed():
    rows = [
        ("a", measure(indicator="Visits to the GP in the last three months")),
        ("b", measure(indicator="How many visits to the GP in the last three months?")),
        ("c", measure(indicator="Friends met in the last week")),
        ("d", measure(indicator="Visits to the GP, from the surgery's list", source="Surgery")),
    ]
    assert [(pair.first[0], pair.second[0]) for pair in measures.asked_twice(rows)] == [("a", "b")]


def test_gaps_name_what_is_missing():
    outcomes = [("falls", Outcome(outcome="Fewer falls")), ("meals", Outcome(outcome="150 meals served"))]
    rows = [("a", measure(collector="", baseline="", mandatory="yes"))]
    said = sentences(measures.gaps(rows, outcomes))
    for words in (
        "“150 meals served” has no measure",
        "Nobody collects",
        "has no baseline",
        "Say by whom",
        "reads like an output",
    ):
        assert words in said
    assert "“Fewer falls” has no measure" not in said


def test_a_full_measure_has_no_gap():
    assert list(measures.gaps([("a", measure())], [("falls", Outcome(outcome="Fewer falls"))])) == []


def test_heavy_measures_and_targets_that_change_nothing_are_named():
    said = sentences(measures.gaps([("a", measure(people="300", target="9"))], []))
    assert "takes 600 hours a year" in said and "the target is the baseline" in said


def test_an_outcome_becomes_a_measure():
    outcome = Outcome(outcome="Fewer falls", indicator="Falls a year", source="Talks", stakeholder="res")
    offer = next(measures.from_outcomes([("falls", outcome)], {"res": "Residents"}))
    made = Measure.model_validate({**offer.values, "origin": offer.origin})
    assert (made.outcome, made.indicator, made.source, offer.text) == (
        *("falls", "Falls a year", "Talks", "Fewer falls (Residents)"),
    )
