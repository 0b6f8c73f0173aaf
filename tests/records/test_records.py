"""Every kind of record can be kept and read back, and its declaration is fit for a form and a table."""

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pspworkbook import guide
from pspworkbook.guide.ballots import ballots, of_tool
from pspworkbook.records import KINDS, Answer, Record, field_of, fields_of, messages_of
from pspworkbook.records.fits import circles, misfits

MOST_COLUMNS = 6
OLD_WIDE_TABLES = {"outcome"}
"""The impact map has the columns of the field's own map."""

NOTHING_TO_FILL_IN = {"INT-3"}
"""A picture of the commissioning cycle."""

TYPED = {
    "line": "Bridge End & “friends”",
    "text": "First line\nسطر ثان <script>alert(1)</script> 🙂",
    "quantity": "1",
    "pounds": "£7,220.50",
    "percentage": "12.5%",
    "years": "2.5",
    "calendar year": "2025/26",
    "yes or no": "yes",
    "date": "22/11/2026",
    "source date": "June 2025",
    "reference": "a1b2c3",
    "origin": "challenge:a1b2c3",
    "length of time": "3 weeks",
    "figure": "£24,375",
    "figure change": "−20%",
}


def filled(model: type[Record]) -> dict[str, str]:
    """A value, as a person types it, for every field."""
    return {
        spec.name: next(reversed(spec.options.values())) if spec.options else TYPED[spec.kind.name]
        for spec in fields_of(model)
    }


@pytest.mark.parametrize("model", KINDS.values(), ids=KINDS)
class TestEveryKind:
    def test_it_is_read_back_as_it_was_written(self, model):
        for record in (model(), model.model_validate(filled(model))):
            assert model.model_validate(record.body()) == record
            shown = {spec.name: spec.show(getattr(record, spec.name)) for spec in fields_of(model)}
            assert model.model_validate(shown) == record, "what a form shows is read as the same"

    def test_a_full_record_lacks_nothing_and_has_a_name(self, model):
        record = model.model_validate(filled(model))
        assert record.missing() == []
        assert record.label()
        assert model.name_field in model.model_fields

    def test_its_words_are_fit_for_a_form(self, model):
        specs = fields_of(model)
        assert [title for title, count in Counter(spec.title for spec in specs).items() if count > 1] == []
        assert all(spec.title[0].isupper() or spec.title[0] == "(" for spec in specs)
        assert model.noun and model.plural and model.__doc__
        assert model.tool in guide.tools()
        groups = [spec.group for spec in specs]
        assert len([1 for one, other in pairwise(groups) if one != other]) < len(dict.fromkeys(groups)), "in one piece"

    def test_its_table_is_narrow_enough(self, model):
        shown = [spec for spec in fields_of(model) if spec.shown]
        assert model.kind in OLD_WIDE_TABLES or len(shown) <= MOST_COLUMNS
        assert {spec.shown for spec in shown} <= {"wide", "mid", "narrow"}

    def test_what_it_refers_to_is_there(self, model):
        assert all(spec.refers_to in KINDS for spec in fields_of(model) if spec.refers_to)

    def test_a_form_of_which_there_is_one_belongs_to_the_facilitator(self, model):
        assert not model.single or model.facilitator_only


LISTS = {
    ("entry_check", "item"): ("pilot-entry", set()),
    ("psp_feature", "item"): ("psp-features", set()),
    ("involvement", "group"): ("groups-to-involve", set()),
    ("principle", "item"): ("psp-principles", {"own"}),
    ("benefit", "item"): ("benefits", set()),
    ("challenge", "item"): ("challenges", {"own"}),
    ("market_finding", "item"): ("market-headings", set()),
    ("forming_step", "item"): ("forming-steps", set()),
    ("pilot_question", "item"): ("pilot-procurement-questions", set()),
}


@pytest.mark.parametrize(("kind", "field"), LISTS)
def test_fixed_lists_have_the_keys_of_the_guides_lists(kind, field):
    name, added = LISTS[kind, field]
    options = field_of(KINDS[kind], field).options
    assert list(options) == [item.key for item in guide.checklists()[name].items] + sorted(added)


def test_the_reasons_for_and_against_a_pilot_are_those_of_the_guide():
    known = [
        item.key for name in ("pilot-advantages", "pilot-disadvantages") for item in guide.checklists()[name].items
    ]
    assert list(field_of(KINDS["pilot_item"], "item").options) == known


def test_the_columns_of_the_benefits_and_the_variants_of_the_lead_funder_agree_with_the_guide():
    columns = [column.key for column in guide.checklists()["benefits"].columns]
    assert list(field_of(KINDS["benefit"], "group").options) == columns
    variants = [variant.key for variant in guide.lead_funder().variants]
    assert list(field_of(KINDS["lead_funder"], "variant").options) == [*variants, "none"]


def test_every_tool_that_is_filled_in_has_a_record_or_a_ballot():
    recorded = {model.tool for model in KINDS.values()}
    for key, tool in guide.tools().items():
        if (
            key.split("-")[0] in ("INT", "ID", "TP", "FP")
            and tool.kind != "reference"
            and key not in NOTHING_TO_FILL_IN
        ):
            assert key in recorded or of_tool(key), f"{key} {tool.name}"


def test_every_tool_that_several_people_answer_has_a_ballot():
    for key, tool in guide.tools().items():
        if tool.several_people and key.split("-")[0] in ("INT", "ID", "TP", "FP"):
            assert of_tool(key), key


# Answers -------------------------------------------------------------------------------------------------------------


def test_an_answer_holds_no_name():
    assert "name" not in Answer.model_fields
    assert {"ballot", "item", "round", "sheet", "sector", "organisation", "role", "value", "why", "paper"} == set(
        Answer.model_fields
    )


@pytest.mark.parametrize("value", ["3.5", "many", True, "1e400", float("nan"), 10**9])
def test_a_rating_that_is_no_whole_number_is_refused_in_words(value):
    with pytest.raises(ValidationError) as caught:
        Answer.model_validate({"value": value})
    assert "whole number" in messages_of(caught.value, Answer)["value"]


@pytest.mark.parametrize(("typed", "read"), [("", None), (None, None), ("4", 4), (4.0, 4), ("-1", -1)])
def test_a_rating_is_read(typed, read):
    assert Answer.model_validate({"value": typed}).value == read


def test_there_are_three_rounds():
    assert Answer().round == 1
    assert Answer.model_validate({"round": ""}).round == 1
    with pytest.raises(ValidationError, match="three rounds"):
        Answer.model_validate({"round": "4"})


@settings(max_examples=50)
@given(st.text(max_size=200))
def test_any_text_of_a_why_is_kept_as_text(text):
    once = Answer.model_validate({"why": text})
    assert Answer.model_validate(once.body()) == once


def test_a_label_says_the_words_of_a_choice():
    assert KINDS["involvement"].model_validate({"group": "community-councils"}).label() == "Community councils"
    assert KINDS["involvement"]().label() == "Group to involve without a name"


# Ballots -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ballot", ballots().values(), ids=ballots())
def test_a_ballot_hangs_together(ballot):
    tool = guide.tools()[ballot.tool]
    assert tool.several_people
    keys = [question.key for question in ballot.questions]
    assert len(keys) == len(set(keys)) == len(ballot.items) * max(1, len(ballot.parts))
    assert all(question.ask and question.label for question in ballot.questions)
    assert ballot.minutes_alone + ballot.minutes_together <= tool.minutes
    assert ballot.free_text or 3 <= len(ballot.scale) <= 5
    with_lessons = {tag for lesson in guide.lessons().values() for tag in lesson.tags}
    assert all(set(ballot.tags_of(key)) <= with_lessons and ballot.tags_of(key) for key in keys)


def test_questions_come_from_the_guides_lists():
    by_key = ballots()
    assert [one.key for one in by_key["readiness"].items] == [one.key for one in guide.checklists()["readiness"].items]
    assert [step.words for step in reversed(by_key["readiness"].scale)] == list(guide.checklists()["readiness"].scale)
    assert len(by_key["benefits"].questions) == 15
    assert by_key["commissioning-style"].questions[0].high.startswith("Into shaping the market")
    assert by_key["success-signs"].questions[0].low.startswith("One leads all the time")


def test_each_group_rates_its_own_column_of_the_benefits():
    ballot = ballots()["benefits"]
    assert {question.part for question in ballot.questions_for("carer")} == {"users"}
    assert {question.part for question in ballot.questions_for("public")} == {"commissioners"}
    assert ballot.questions_for(None) == ballot.questions


def test_an_answer_that_cannot_be_taken_is_refused_in_words():
    ballot = ballots()["readiness"]
    assert ballot.refusal("willingness", 4) == ballot.refusal("willingness", None) == ""
    assert "from 1 to 4" in ballot.refusal("willingness", 5)
    assert "does not ask" in ballot.refusal("trust", 3)
    assert "in words" in ballots()["definitions"].refusal("commissioning", 1)


def test_a_median_between_two_steps_is_put_into_words():
    assert ballots()["readiness"].words(2.5) == "between “Average” and “High”"
    assert ballots()["readiness"].words(4) == "Excellent"
    assert ballots()["readiness"].words(None) == "rather not say"


@pytest.mark.parametrize("typed", ["0026-03-02", "0202-10-30", "02/03/0026", dt.date(26, 3, 2), "2206-01-01"])
def test_a_year_that_nobody_means_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="Write four figures"):
        KINDS["reading"].model_validate({"period_end": typed})


# What goes together --------------------------------------------------------------------------------------------------

LIMITS = [
    (model, spec, limit)
    for model in KINDS.values()
    for spec in fields_of(model)
    for limit in (*spec.not_before, *spec.not_above)
]
LOW_HIGH = {
    "date": ("2026-03-01", "2026-03-02"),
    "quantity": ("3", "4"),
    "pounds": ("3", "4"),
    "percentage": ("3%", "4%"),
    "calendar year": ("2024", "2025"),
    "figure": ("£9", "£10"),
}


@pytest.mark.parametrize(
    ("model", "spec", "limit"), LIMITS, ids=[f"{m.kind}.{s.name}-{limit}" for m, s, limit in LIMITS]
)
def test_a_limit_holds_at_both_ends_and_says_why(model, spec, limit):
    low, high = LOW_HIGH[spec.kind.name]
    counts = {"counts_people": True} if "counts_people" in model.model_fields else {}
    if not isinstance(limit, str):
        assert misfits(model.model_validate({spec.name: limit})) == {}
        assert f"more than {limit}" in misfits(model.model_validate({spec.name: limit + 1}))[spec.name]
        return
    other = field_of(model, limit)
    assert other.kind.name == spec.kind.name
    below, above = (limit, spec.name) if limit in spec.not_before else (spec.name, limit)
    for fits in ({below: low, above: high}, {below: low, above: low}, {below: low}, {above: high}):
        assert misfits(model.model_validate({**fits, **counts})) == {}
    wrong = model.model_validate({below: high, above: low, **counts})
    assert list(misfits(wrong)) == [spec.name]
    assert other.title in misfits(wrong)[spec.name]
    assert spec.title in misfits(wrong, [limit])[limit], "who changed the other end reads it there"
    assert misfits(wrong, ["something else"]) == {}, "and who changed neither is not held up"
    private = [one for one in (spec, other) if one.private]
    assert not private or not any(mark in misfits(wrong)[spec.name] for mark in (low, high)), "no figure is given away"


def test_a_range_is_compared_by_its_figures_and_an_average_is_no_number_of_people():
    ranges, reading = KINDS["figure_range"], KINDS["reading"]
    assert misfits(ranges(figure="quantity", low="9", high="10")) == {}, "not by their letters"
    assert "At the highest" in misfits(ranges(figure="deadweight", low="20%", high="0.1"))["low"]
    assert misfits(reading(value=20, n=12)) == {}
    assert "From how many people" in misfits(reading(value=20, n=12, counts_people=True))["value"]


def test_nothing_waits_for_itself_directly_or_in_a_circle():
    task = KINDS["task"]
    others = {"a": {"name": "Fit lift", "after": "b"}, "b": {"name": "Buy bus", "after_too": "c"}, "c": {}}
    assert circles("c", task(after="a"), others, ["after"])["after"].startswith(
        "“Fit lift” waits for this task already"
    )
    assert "the task itself" in circles("c", task(after_also="c"), others, ["after_also"])["after_also"]
    assert circles("d", task(after="a", after_too="b"), others, ["after", "after_too"]) == {}
    loop = {"a": {"after": "b"}, "b": {"after": "a"}}
    assert circles("c", task(after="a"), loop, ["after"]) == {}, "a circle that stands elsewhere is not this one's"
    assert circles("a", task(after="b"), loop, ["owner"]) == {}, "nor does it hold up another change"


@pytest.mark.parametrize(
    ("model", "name", "typed", "shown"),
    [
        ("outcome", "proxy_year", "2024", "2024/25"),
        ("proxy", "price_year", "2024/25", "2024/25"),
        ("price_index", "year", "1999", "1999/00"),
        ("forecast", "price_year", "2024-25", "2024/25"),
        ("simulation", "seed", "2,011", "2011"),
        ("simulation_run", "seed", "20260", "20260"),
    ],
)
def test_a_year_of_prices_is_said_in_one_way_and_a_seed_has_no_comma(model, name, typed, shown):
    """Both are names: pages, the history, the report and spreadsheets all show what the field shows."""
    record, spec = KINDS[model].model_validate({name: typed}), field_of(KINDS[model], name)
    assert spec.show(getattr(record, name)) == shown
    assert KINDS[model].model_validate({name: shown}) == record


@pytest.mark.parametrize(
    ("kind", "field", "typed", "says"),
    [
        ("outcome", "quantity", "-5", "If the change is a loss, give it a negative value in pounds"),
        ("simulation", "seed", "-3", "This cannot be less than zero."),
        ("simulation", "threshold", "-1", "This cannot be less than zero."),
        ("simulation", "threshold", "0", "asks for nothing to come back"),
        ("outcome", "deadweight", "12,5", "“12,5” is not a percentage. Write 12.5 with a point."),
        ("outcome", "deadweight", "12,5%", "“12,5%” is not a percentage. Write 12.5 with a point."),
        ("outcome", "deadweight", "half", "“half” is not a percentage. Write 10% or 0.10."),
    ],
)
def test_what_is_refused_is_told_with_the_advice_that_fits(kind: str, field: str, typed: str, says: str) -> None:
    """A loss has nothing to do with a seed, and whoever wrote a comma learns that it is the comma."""
    with pytest.raises(ValidationError) as refused:
        KINDS[kind].model_validate({field: typed})
    said = messages_of(refused.value, KINDS[kind])[field]
    assert says in said and ("loss" in said) == (field == "quantity")
