"""The stakeholder map: the middle never hides the spread, and nothing is said from two answers."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.analyse.acting import being_done, speaks_for
from pspworkbook.methods.analyse.stakeholders import BALLOT, blockers, middles, placed
from pspworkbook.methods.do.comms import offers, purpose
from pspworkbook.methods.plan.risk_seeds import blockers_from
from pspworkbook.records import Answer, Person, Stakeholder, field_of
from pspworkbook.records.deliver import Communication
from pspworkbook.records.form import Member
from pspworkbook.records.identify import Involvement
from pspworkbook.records.risk import Blocker

WHO = [("a", Stakeholder(name="Families")), ("b", Stakeholder(name="Council"))]


def rated(id_: str, importance: list[int | None], support: list[int | None], round: int = 1) -> list[Answer]:
    pairs = (("importance", importance), ("support", support))
    return [
        Answer(ballot=BALLOT, item=f"{id_}.{part}", sheet=f"s{n}", value=value, round=round)
        for part, values in pairs
        for n, value in enumerate(values)
    ]


def test_who_matters_most_and_supports_least_comes_first() -> None:
    answers = [*rated("b", [5, 5, 4], [4, 5, 4]), *rated("a", [4, 5, 4], [2, 1, 2])]
    found = placed(WHO, answers)
    assert [(one.name, one.act) for one in found] == [("Families", True), ("Council", False)]
    assert found[0].words == (
        "Families: importance 4 (all 4 to 5), support 2 (all 1 to 2). Matters most, supports least."
    )


def test_a_good_middle_does_not_hide_that_a_quarter_see_no_support() -> None:
    """Four of eight see full support, three none: the middle alone would say that all is well."""
    found = placed(WHO, rated("b", [5] * 8, [1, 1, 1, 4, 5, 5, 5, 5]))
    assert found[0].act and found[0].support.median == 4.5
    assert found[0].words.endswith("Matters most; views of its support differ, and some see little.")
    [offer] = blockers(found)
    assert offer.text == "Much depends on “Council”, and some see little support", "it is not called an opponent"


def test_two_answers_say_nothing() -> None:
    few = placed(WHO, rated("a", [5, 5], [1, 1]))
    assert not any(one.known or one.act for one in few)
    assert few[0].words == "Families: 2 people have rated both, too few to say."
    one_side = placed(WHO, rated("a", [5, 5, 5], [1, 1, None]))
    assert not any(one.known for one in one_side), "three rated how much they matter, two how far they support it"


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=12), st.randoms())
def test_the_dots_do_not_tell_whose_they_are(pairs: list[tuple[int, int]], chance) -> None:
    """Whatever the order in which people answered, the ratings come in the order of their numbers."""
    answers = rated("a", [one for one, _ in pairs], [other for _, other in pairs])
    chance.shuffle(answers)
    found = next(one for one in placed(WHO, answers) if one.id == "a")
    assert list(found.pairs) == sorted(pairs)


def test_a_second_round_counts_once_enough_have_answered_it() -> None:
    first, second = rated("a", [5] * 4, [1] * 4), rated("a", [5, 5], [4, 4], round=2)
    assert placed(WHO, [*first, *second])[0].support.median == 1
    second += [answer.model_copy(update={"sheet": "s9"}) for answer in second[::2]]
    assert placed(WHO, [*first, *second])[0].support.median == 4
    assert placed(WHO, [*first, *second], round=1)[0].support.median == 1
    assert middles(WHO, [*first, *second], "support") == {"a": 4}


def test_a_ballot_about_a_register_asks_about_each_of_its_records() -> None:
    asked = ballots()[BALLOT]
    assert asked.items_of == "stakeholder" and asked.questions == ()
    about = asked.with_items([("a", "Families"), ("b", "Council")])
    assert [one.key for one in about.questions] == ["a.importance", "a.support", "b.importance", "b.support"]
    assert about.refusal("a.support", 5) == "" and about.refusal("c.support", 5)


def test_wanted_is_said_in_the_words_of_the_ballot() -> None:
    scale = {str(step.value): f"{step.value} {step.words}" for step in ballots()[BALLOT].scale}
    assert field_of(Stakeholder, "wanted").options == scale
    assert Stakeholder(wanted="4 Much").wanted_support == 4 and Stakeholder().wanted_support is None


ROW = Stakeholder(name="Families", wanted="4", interest="A Saturday", approach="An evening", moved_by="p")
LOW = [("a", ROW)]
LOW_ANSWERS = rated("a", [5] * 3, [1] * 3)


def test_a_low_supporter_is_offered_once_as_a_blocker_whichever_page_offers_it() -> None:
    [here] = blockers(placed(LOW, LOW_ANSWERS), dict(LOW))
    [there] = blockers_from(LOW, lambda _id, part: {"support": 1.0, "importance": 5.0}[part])
    assert here.origin == there.origin == "stakeholder:a"
    made = Blocker.model_validate(here.values)
    assert (made.stakeholder, made.concern, made.approach, made.owner) == ("a", "A Saturday", "An evening", "p")


def test_the_list_to_act_on_says_what_is_done_and_finds_it_by_the_identifier() -> None:
    people = {"p": Person(name="Ann"), "q": Person(name="Bo")}
    named_alike = [
        ("x", Blocker(blocker="Families say no")),
        ("y", Blocker(blocker="No", stakeholder="a", settled="2026-01-01")),
    ]
    call = Communication(message="Come", stakeholder="a", date="2026-12-01")
    seats = [("m", Member(person="q", seat="steering", deputy="p"))]
    speaks = [("i", Involvement(group="carers", stakeholder="a", person="p"))]
    [one] = being_done(placed(LOW, LOW_ANSWERS), dict(LOW), people, named_alike, [("c", call)], seats, speaks)
    assert (one.who, one.blockers, one.seats, one.nothing) == ("Ann", (), ("Ann",), False)
    assert [due for _, _, due in one.messages] == [dt.date(2026, 12, 1)]
    bare = {"a": Stakeholder(name="Families")}
    [one] = being_done(placed(LOW, LOW_ANSWERS), bare, people, named_alike, [], seats, [])
    assert one.nothing and one.seats == ()


def test_who_speaks_for_a_group_has_a_seat_and_not_only_a_place_in_the_team() -> None:
    involved = [("i", Involvement(group="carers", stakeholder="a", person="q"))]
    assert speaks_for([("m", Member(person="q", seat="team"))], involved) == {}
    assert speaks_for([("m", Member(person="p", deputy="q", seat="both"))], involved) == {"a": ["q"]}


def test_a_message_says_what_for_and_never_how_far_they_support_it() -> None:
    [offer] = offers(LOW, [], [], {"a": 5})
    assert offer.text == "Keep Families informed (rated 5 of 5 for importance), towards support of 4 of 5"
    assert (
        offer.values["message"]
        == "An answer to what Families care about: A Saturday (what for: their support at 4 of 5)"
    )
    assert (offer.values["stakeholder"], offer.values["owner"]) == ("a", "p")
    long = purpose(ROW.model_copy(update={"interest": "more " * 200}))
    assert len(long) <= 290 and long.endswith("(what for: their support at 4 of 5)")
    assert Communication.model_validate({**offer.values, "origin": offer.origin}).stakeholder == "a"
