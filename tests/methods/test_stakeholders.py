"""The stakeholder map: the middle never hides the spread, and nothing is said from two answers."""

from pspworkbook.charts.stakeholders import stakeholder_picture
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.analyse.stakeholders import BALLOT, blockers, placed
from pspworkbook.records import Answer, Stakeholder

WHO = [("a", Stakeholder(name="Families")), ("b", Stakeholder(name="Council"))]


def rated(id_: str, importance: list[int], support: list[int]) -> list[Answer]:
    pairs = (("importance", importance), ("support", support))
    return [
        Answer(ballot=BALLOT, item=f"{id_}.{part}", sheet=f"s{n}", value=value)
        for part, values in pairs
        for n, value in enumerate(values)
    ]


def test_who_matters_most_and_supports_least_comes_first() -> None:
    answers = [*rated("b", [5, 5, 4], [4, 5, 4]), *rated("a", [4, 5, 4], [2, 1, 2])]
    found = placed(WHO, answers)
    assert [(one.name, one.act) for one in found] == [("Families", True), ("Council", False)]
    [offer] = blockers(found)
    assert offer.values["stakeholder"] == "a" and offer.origin == "stakeholder:a#support"


def test_a_good_middle_does_not_hide_that_a_quarter_see_no_support() -> None:
    """Four of eight see full support, three none: the middle alone would say that all is well."""
    found = placed(WHO, rated("b", [5] * 8, [1, 1, 1, 4, 5, 5, 5, 5]))
    assert found[0].act and found[0].support.median == 4.5


def test_two_answers_say_nothing_and_nothing_is_shown_unasked() -> None:
    few = placed(WHO, rated("a", [5, 5], [1, 1]))
    assert not any(one.known or one.act for one in few)
    many = placed(WHO, rated("a", [5, 5, 5], [1, 1, 2]))
    assert stakeholder_picture(many, shown=False).figure is None
    picture = stakeholder_picture(many, shown=True)
    assert picture.figure and "Matters most, supports least: Families." in picture.text and picture.rows[0][-1] == "yes"


def test_a_ballot_about_a_register_asks_about_each_of_its_records() -> None:
    asked = ballots()[BALLOT]
    assert asked.items_of == "stakeholder" and asked.questions == ()
    about = asked.with_items([("a", "Families"), ("b", "Council")])
    assert [one.key for one in about.questions] == ["a.importance", "a.support", "b.importance", "b.support"]
    assert about.refusal("a.support", 5) == "" and about.refusal("c.support", 5)
