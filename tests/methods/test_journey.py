"""A customer journey in figures, both versions compared, and what it asks of the design."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from pspworkbook.methods.analyse import journey, journey_design
from pspworkbook.methods.offers import open_offers
from pspworkbook.records.journey import LONGEST, Journey, JourneyStep, read_time, show_time
from pspworkbook.records.plan import DesignRequirement
from pspworkbook.records.review import Feedback

JEAN = [("jean", Journey(name="Jean", part="uses", situation="Alone", heard="Twelve talks"))]


def step(order: int | None = None, **values: object) -> JourneyStep:
    """A step of Jean's journey as it is."""
    given = {"journey": "jean", "version": "now", "order": order, "what": f"Step {order}", "feeling": "0"} | values
    return JourneyStep.model_validate(given)


def steps(*organisations: str) -> list[tuple[str, JourneyStep]]:
    return [(str(place), step(place, organisation=name)) for place, name in enumerate(organisations, 1)]


# Times and feelings --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "minutes", "shown"),
    [
        ("20 min", 20, "20 minutes"),
        ("1.5 hours", 90, "1.5 hours"),
        ("14 days", 20_160, "2 weeks"),
        ("2 weeks 3 days", 24_480, "17 days"),
        ("1 month", 43_200, "30 days"),
        ("none", 0, "none"),
        ("1h and 5m", 65, "65 minutes"),
        ("", None, ""),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, minutes, shown):
    record = JourneyStep.model_validate({"wait": typed})
    assert record.wait == minutes
    assert ("" if minutes is None else show_time(minutes)) == shown


@pytest.mark.parametrize("typed", ["soon", "3", "3 fortnights", "-2 days", "2 days maybe", "11 years", "1..5 h"])
def test_what_is_no_time_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="length of time"):
        JourneyStep.model_validate({"wait": typed})


@given(st.integers(0, LONGEST))
def test_a_time_that_is_shown_is_read_as_the_same(minutes):
    assert read_time(show_time(minutes)) == minutes


@pytest.mark.parametrize("typed", ["-2", "−2", "very bad", "Very bad", -2, "-2.0"])
def test_a_feeling_is_read_as_a_number_or_as_words(typed):
    assert JourneyStep.model_validate({"feeling": typed}).feeling == "-2"


def test_a_feeling_outside_the_scale_is_refused():
    with pytest.raises(ValidationError, match="one of the feelings"):
        JourneyStep.model_validate({"feeling": "3"})


# Figures -------------------------------------------------------------------------------------------------------------


def test_a_hand_over_is_a_change_of_organisation_and_a_lone_step_hides_none():
    assert [(one.giver, one.taker) for one in journey.hand_overs(steps("Council", "council ", "", "Surgery", ""))] == [
        ("council", "Surgery")
    ]
    assert journey.hand_overs(steps("", "Council", "")) == []


@given(st.lists(st.sampled_from(["", "A", "B", "C"])))
def test_hand_overs_are_fewer_than_steps_and_no_fewer_than_the_organisations_ask_for(names):
    found = journey.figures(steps(*names))
    assert max(len(found.organisations) - 1, 0) <= found.hand_overs <= max(len([n for n in names if n]) - 1, 0)
    assert found.hand_overs == journey.figures(steps(*reversed(names))).hand_overs


def test_a_wait_that_nobody_knows_is_said_and_never_counts_as_none():
    known = [("a", step(1, wait="3 weeks")), ("b", step(2, wait="2 days"))]
    assert journey.figures(known).wait_words == "3 weeks 2 days"
    assert journey.figures([*known, ("c", step(3))]).wait_words == "at least 3 weeks 2 days"
    assert journey.figures([("c", step(3))]).wait_words == "–"
    assert journey.figures([("d", step(1, wait="none"))]).wait_words == "none"


def test_the_lowest_points_are_all_the_worst_ones_if_they_are_bad():
    low = [("a", step(1, feeling="-1")), ("b", step(2, feeling="-2")), ("c", step(3, feeling="-2"))]
    assert journey.figures(low).lowest == (1, 2)
    assert journey.figures([("a", step(1, feeling="0")), ("b", step(2, feeling=None))]).lowest == ()


def test_steps_stand_in_the_order_of_their_places_and_those_without_last():
    rows = [("late", step(None)), ("second", step(2)), ("first", step(1)), ("other", step(1, version="wanted"))]
    assert [id_ for id_, _ in journey.steps_of(rows, "jean", "now")] == ["first", "second", "late"]


def test_a_version_in_a_sentence():
    told = [
        ("a", step(1, organisation="Surgery", wait="3 weeks")),
        ("b", step(2, organisation="Bus company", wait="none", outside=True, feeling="-2", what="Misses the bus")),
    ]
    assert journey.in_words(told) == (
        "2 steps, 1 hand-over between 2 organisations, 3 weeks of waiting, 1 step outside our control; "
        "lowest at “Misses the bus”"
    )


# Side by side --------------------------------------------------------------------------------------------------------


@st.composite
def both(draw):
    """Steps of today, and wanted ones that come from any of them or from none."""
    now = [(f"n{place}", step(place)) for place in range(1, draw(st.integers(0, 7)) + 1)]
    sources = draw(st.lists(st.sampled_from([*(id_ for id_, _ in now), None, "gone"]), max_size=7))
    wanted = [(f"w{place}", step(place, version="wanted", came_from=one)) for place, one in enumerate(sources, 1)]
    return now, wanted


@given(both())
def test_every_step_stands_once_in_its_order_and_pairs_only_with_its_own(pair):
    now, wanted = pair
    found = journey.columns(now, wanted)
    assert [one.now for one in found if one.now is not None] == list(range(len(now)))
    assert [one.wanted for one in found if one.wanted is not None] == list(range(len(wanted)))
    for one in found:
        if one.now is not None and one.wanted is not None:
            assert wanted[one.wanted][1].came_from == now[one.now][0]


@given(both())
def test_nothing_is_lost_in_the_comparison(pair):
    now, wanted = pair
    found = journey.compare(now, wanted)
    assert [one.wanted[0] for one in found if one.wanted] == [id_ for id_, _ in wanted]
    followed = {one.came_from for _, one in wanted}
    assert [one.now[0] for one in found if not one.wanted] == [id_ for id_, _ in now if id_ not in followed]
    assert len(journey_design.differences(now, wanted)) == len(found)


@given(both())
def test_a_copy_asks_for_nothing_and_is_made_once(pair):
    rows = [*pair[0]]
    for number, values in enumerate(journey.copies(rows, "jean")):
        rows.append((f"copy{number}", JourneyStep.model_validate(values)))
    assert len(rows) == 2 * len(pair[0])
    assert list(journey.copies(rows, "jean")) == []
    assert list(journey_design.requirements(JEAN, rows)) == []
    now, wanted = journey.chosen_steps(rows, "jean")
    assert all(one.what == "kept" for one in journey_design.differences(now, wanted))


def test_a_moved_step_is_said_to_be_moved():
    now = [("a", step(1)), ("b", step(2)), ("c", step(3))]
    wanted = [
        (f"w{place}", step(place, what=dict(now)[one].what, version="wanted", came_from=one))
        for place, one in enumerate(["b", "c", "a"], 1)
    ]
    assert [one.words for one in journey_design.differences(now, wanted)] == [
        "As it is today",
        "As it is today",
        "Moved",
    ]


# What the design must do ---------------------------------------------------------------------------------------------

NOW = [
    ("a", step(1, what="Rings", organisation="Council", wait="3 weeks", feeling="-1", pain="Four numbers")),
    ("b", step(2, what="Fills in a form", organisation="Surgery", wait="none", feeling="-2", pain="Again")),
    ("c", step(3, what="Takes the bus", organisation="Bus company", wait="1 hour", feeling="-2", outside=True)),
]
WANTED = [
    ("wa", step(1, version="wanted", came_from="a", what="Rings", organisation="Club", wait="2 days", feeling="1")),
    ("wn", step(2, version="wanted", what="Eats in company", organisation="Club", wait="none", feeling="2")),
    ("wc", step(3, version="wanted", came_from="c", what="Takes the bus", organisation="Bus company", wait="2 hours", feeling="-2", outside=True)),
]  # fmt: skip


def test_each_difference_becomes_a_requirement_with_its_reason_and_its_test():
    offers = {one.origin: one for one in journey_design.requirements(JEAN, [*NOW, *WANTED])}
    assert list(offers) == [
        "journey_step:wa", "journey_step:b#gone", "journey_step:wn", "journey:jean#hand-overs", "journey:jean#waits",
    ]  # fmt: skip
    changed = offers["journey_step:wa"]
    assert (
        changed.text
        == "“Rings”: with Club (today with Council); a wait of 2 days (today 3 weeks); feels good (today bad)"
    )
    assert changed.values["test"] == "Nobody waits longer than 2 days. Asked how it feels, people say good or better."
    assert changed.values["why"] == "Jean. Today: Rings – Four numbers"
    assert "today 2" in offers["journey:jean#hand-overs"].text
    for one in offers.values():
        assert (
            DesignRequirement.model_validate({**one.values, "origin": one.origin, "priority": "must"}).missing() == []
        )


def test_what_becomes_worse_is_asked_about_and_never_offered():
    sentences = [gap.sentence for gap in journey_design.gaps(JEAN, [*NOW, *WANTED])]
    assert "“Takes the bus” would be worse than today: a wait of 2 hours (today 1 hour). Is that meant?" in sentences
    assert "“Takes the bus” is outside our control. Who could change it?" in sentences
    assert "“Takes the bus” feels bad. What is hard about it?" in sentences


def test_the_lowest_point_that_stays_as_it_is_is_named():
    rows = [*NOW, ("wb", step(1, version="wanted", came_from="b", what="Fills in a form", organisation="Surgery", wait="none", feeling="-2"))]  # fmt: skip
    assert any("stays as it is" in gap.sentence and gap.id == "wb" for gap in journey_design.gaps(JEAN, rows))


def test_a_journey_told_one_way_leads_to_where_the_other_is_written():
    [gap] = journey_design.stops(JEAN, NOW)
    assert gap.sentence == "Jean: how should it be?"
    assert gap.id == "jean~wanted"
    [none] = journey_design.stops(JEAN, [])
    assert none.id == "jean~now"


def test_a_requirement_whose_difference_is_gone_is_asked_about():
    offers = list(journey_design.requirements(JEAN, [*NOW, *WANTED]))
    rows = [
        (one.origin, DesignRequirement.model_validate({**one.values, "origin": one.origin, "priority": "must"}))
        for one in offers
    ]
    assert list(open_offers(offers, [row for _, row in rows])) == []
    assert list(journey_design.requirement_gaps(rows, JEAN, [*NOW, *WANTED])) == []
    changed = [*NOW, *WANTED[:1], *WANTED[2:]]
    assert [gap.id for gap in journey_design.requirement_gaps(rows, JEAN, changed)] == ["journey_step:wn"]


# The way round -------------------------------------------------------------------------------------------------------


def test_feedback_becomes_something_hard_for_the_group_it_came_from():
    jean = ("jean", Journey(name="Jean", stakeholder="residents"))
    said = [
        ("a", Feedback(words="The step is too high.", theme="Minibus", stakeholder="residents")),
        ("b", Feedback(words="Nobody asked.", theme="Talk")),
        ("c", Feedback(words="Fridays are hard.", theme="Staff", stakeholder="volunteers")),
    ]
    offers = list(journey_design.pains(said, jean))
    assert [one.origin for one in offers] == ["feedback:a", "feedback:b"]
    assert JourneyStep.model_validate(offers[0].values).pain == "“The step is too high.”"
    assert list(journey_design.pains(said, None)) == []


def test_the_next_round_begins_with_what_was_wanted():
    rows = [*NOW, *WANTED]
    [offer] = journey_design.next_rounds(JEAN, rows)
    assert offer.values["name"] == "Jean, next round"
    assert offer.values["heard"] == "", "somebody has to be asked again"
    new = [JourneyStep.model_validate(values) for values in journey.next_round(rows, "second", "jean")]
    assert [(one.what, one.version, one.came_from) for one in new] == [
        ("Rings", "now", "wa"), ("Eats in company", "now", "wn"), ("Takes the bus", "now", "wc"),
    ]  # fmt: skip


def test_the_review_sees_which_requirement_people_spoke_of():
    rows = [
        ("must", DesignRequirement(name="Ring first", priority="must")),
        ("door", DesignRequirement(name="To the door", priority="should")),
        ("later", DesignRequirement(name="On Sundays", priority="later")),
    ]
    said = [
        ("a", Feedback(words="The step is too high.", requirement="door", consent=True)),
        ("b", Feedback(words="Kept for us.", requirement="door", consent=False)),
    ]
    found = journey_design.heard(rows, said)
    assert [(one.id, one.count, one.quotes) for one in found] == [
        ("must", 0, ()),
        ("door", 2, ("The step is too high.",)),
    ]
    assert [(gap.kind, gap.id) for gap in journey_design.heard_gaps(found)] == [
        ("feedback", ""),
        ("design_requirement", "door"),
    ]
