"""Which answers may be drawn on outside their ballot."""

from pspworkbook.methods.ballots import opened
from pspworkbook.methods.decide.decision import DecisionFacts, _points
from pspworkbook.records import Answer
from pspworkbook.records.joining import Sitting


def given(round_: int, count: int = 3, ballot: str = "benefits") -> list[Answer]:
    return [Answer(ballot=ballot, item="service.users", round=round_, sheet=f"s{n}", value=3) for n in range(count)]


def test_a_round_counts_as_shown_only_once_it_is_opened():
    answers = [*given(1), *given(2, 4)]
    hidden = opened.not_opened(answers, [Sitting(ballot="benefits", opened="1")])
    assert hidden == {("benefits", 2)}
    assert {one.round for one in opened.shown(answers, hidden)} == {1}
    assert opened.waiting("benefits", answers, hidden) == "4 people have answered; not shown yet."
    assert opened.waiting("benefits", given(1), hidden) == ""
    assert opened.not_opened(answers, []) == {("benefits", 1), ("benefits", 2)}
    assert opened.not_opened(answers, [Sitting(ballot="benefits", opened="1 2")]) == frozenset()


def test_people_who_answered_in_two_rounds_are_not_counted_as_twice_as_many():
    """A slip of the second round is another sheet of the same person."""
    again = [one.model_copy(update={"sheet": f"t{n}", "round": 2}) for n, one in enumerate(given(1, 4))]
    both = frozenset({("benefits", 1), ("benefits", 2)})
    words = opened.waiting("benefits", [*given(1, 4), *again], both)
    assert words == "Answered, and not shown yet: 4 in the first round and 4 in the second round."


def test_the_decision_says_how_many_answered_and_not_what():
    facts = DecisionFacts(answers=given(1), hidden=frozenset({("benefits", 1)}))
    said = " ".join(point.sentence for point in _points(facts))
    assert "3 people have answered; not shown yet." in said and "median" not in said
