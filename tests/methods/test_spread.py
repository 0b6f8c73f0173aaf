"""The spread of opinion: its rules by example, and what must hold for any answers."""

import doctest
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots import ballot_results, spread
from pspworkbook.methods.ballots.spread import FOLD_BELOW, SECTORS, by_sector, not_yet, talk_first, weakest_first
from pspworkbook.records import Answer

FIVE = (1, 2, 3, 4, 5)
ratings = st.lists(st.sampled_from(FIVE), max_size=60)
sectors = st.sampled_from([None, *SECTORS])
by_person = st.lists(st.tuples(sectors, st.sampled_from([None, *FIVE])), max_size=60)


def test_the_example_in_the_docstring():
    assert doctest.testmod(spread).failed == 0


@pytest.mark.parametrize(
    ("values", "scale", "verdict"),
    [
        ([4, 4, 4, 5], FIVE, "agreed"),
        ([4, 4, 5, 5], FIVE, "agreed"),
        ([4, 5, 2, 5], FIVE, "split"),  # of four answers each counts, so the whole range decides
        ([1, 2, 1, 4], FIVE, "split"),
        ([5, 4, 3], FIVE, "mixed"),
        ([3, 4, 2], FIVE, "mixed"),  # as wide as the one before, wherever it lies on the scale
        ([1, 5, 3], FIVE, "split"),
        ([1, 1, 5, 5, 3, 3, 3, 3], FIVE, "mixed"),  # the middle half from 2 to 4
        ([1, 5, 5, 3, 3, 3, 3, 3], FIVE, "agreed"),  # of eight answers a few at the edges do not part the rest
        ([1, 1, 5, 5, 3], FIVE, "split"),
        ([3, 3, 3, 5, 5], FIVE, "mixed"),
        ([1, 2], FIVE, "too few"),
        ([], FIVE, "too few"),
        ([1, 2, 2, 3], (1, 2, 3), "split"),
        ([2, 2, 3, 3], (1, 2, 3), "mixed"),  # on three steps, unsure is not nearly agreed
        ([3, 3, 3, 3], (1, 2, 3), "agreed"),
        ([1, 1, 4, 4], (1, 2, 3, 4), "split"),
        ([2, 3, 2, 3], (1, 2, 3, 4), "agreed"),
    ],
)
def test_the_verdict_follows_its_rule(values, scale, verdict):
    assert spread.spread(values, scale).verdict == verdict


@pytest.mark.parametrize(
    ("values", "quartiles"),
    [
        ([3], (3, 3, 3)),
        ([1, 4], (1, 2.5, 4)),
        ([1, 3, 5], (1, 3, 5)),
        ([1, 2, 2, 4], (1, 2, 4)),  # of fewer than five, all of them
        ([1, 2, 3, 4, 5], (1.5, 3, 4.5)),
    ],
)
def test_the_middle_half_by_its_definition(values, quartiles):
    found = spread.spread(values, FIVE)
    assert (found.lower, found.median, found.upper) == quartiles


@given(ratings, st.randoms(use_true_random=False))
def test_order_does_not_matter(values, chance: random.Random):
    shuffled = values[:]
    chance.shuffle(shuffled)
    assert spread.spread(shuffled, FIVE) == spread.spread(values, FIVE)


@given(ratings)
def test_figures_stand_in_their_order_and_counts_add_up(values):
    found = spread.spread(values, FIVE)
    assert sum(count for _, count in found.counts) == found.n == len(values)
    assert [value for value, _ in found.counts] == list(FIVE)
    if values:
        assert found.minimum <= found.lower <= found.median <= found.upper <= found.maximum


@given(st.sampled_from(FIVE), st.integers(3, 40))
def test_everybody_the_same_is_agreed(value, count):
    found = spread.spread([value] * count, FIVE)
    assert (found.verdict, found.width) == ("agreed", 0)


@given(st.integers(2, 20), st.integers(0, 1))
def test_half_of_the_people_at_either_end_is_split(count, more):
    assert spread.spread([1] * count + [5] * (count + more), FIVE).verdict == "split"


LESS_AGREED = ("agreed", "mixed", "split")


@settings(max_examples=300)
@given(st.lists(st.sampled_from(FIVE), min_size=3, max_size=30), st.data())
def test_moving_an_answer_outwards_never_makes_it_more_agreed(values, data):
    """Outwards: away from the middle answer. So no two measures can contradict each other."""
    ordered = sorted(values)
    at = data.draw(st.integers(0, len(ordered) - 1))
    low, high = at < len(ordered) // 2, at >= len(ordered) - len(ordered) // 2
    if not low and not high:
        return  # the middle one of an odd number belongs to neither side
    before = spread.spread(ordered, FIVE)
    steps = [value for value in FIVE if (value <= ordered[at] if low else value >= ordered[at])]
    ordered[at] = data.draw(st.sampled_from(steps))
    after = spread.spread(ordered, FIVE)
    assert after.width >= before.width
    assert LESS_AGREED.index(after.verdict) >= LESS_AGREED.index(before.verdict)


@given(
    st.lists(st.sampled_from(FIVE), min_size=3, max_size=30), st.lists(st.sampled_from(FIVE), min_size=3, max_size=30)
)
def test_of_two_questions_asked_of_as_many_the_wider_is_never_called_more_agreed(one, other):
    size = min(len(one), len(other))
    first, second = spread.spread(one[:size], FIVE), spread.spread(other[:size], FIVE)
    if first.width <= second.width:
        assert LESS_AGREED.index(first.verdict) <= LESS_AGREED.index(second.verdict)


@given(ratings)
def test_turning_the_scale_round_keeps_the_verdict(values):
    turned = [6 - value for value in values]
    assert spread.spread(turned, FIVE).verdict == spread.spread(values, FIVE).verdict


def test_rather_not_say_is_counted_but_is_no_rating():
    found = spread.spread([4, None, 4, None, 4], FIVE)
    assert (found.n, found.kept_back, found.median) == (3, 2, 4)


def test_a_rating_off_the_scale_and_an_empty_scale_are_refused():
    with pytest.raises(ValueError, match="9 is not on the scale"):
        spread.spread([9], FIVE)
    with pytest.raises(ValueError, match="at least one"):
        spread.spread([], ())


def test_the_sentence_says_the_figures():
    assert spread.spread([], FIVE).words == "Nobody has answered yet."
    assert spread.spread([3], FIVE).words == "One person answered: too few to say."
    few = spread.spread([2, 4, 4, 5], FIVE)
    assert few.words == "Split. 4 people answered. The median is 4, all answers from 2 to 5."
    assert few.runs == "all 4 answers run from 2 to 5"
    assert spread.spread([4] * 3, FIVE).runs == "all 3 answers lie at 4"
    assert spread.spread([1, 5, 3, 3, 2, 5], FIVE).runs == "the middle half of 6 answers runs from 2 to 5"
    words = spread.spread([1, 5, 3, 3, 2, 5], FIVE).words
    assert words == "Split. 6 people answered. The median is 3, the middle half from 2 to 5, all answers from 1 to 5."


# By sector -----------------------------------------------------------------------------------------------------------


def people(**numbers: int) -> list[tuple[str, int]]:
    return [(sector, 1 + number % 5) for sector, count in numbers.items() for number in range(count)]


def test_small_sectors_are_folded_together():
    parts = by_sector(people(public=7, third=5, user=3, carer=2), FIVE)
    assert [(part.title, part.spread.n) for part in parts] == [
        ("Public sector", 7),
        ("Third sector", 5),
        ("Other sectors together", 5),
    ]


def test_a_small_remainder_takes_the_smallest_sector_with_it():
    """Whole less what is shown would otherwise be the three users."""
    parts = by_sector(people(public=7, third=5, user=3), FIVE)
    assert [(part.title, part.spread.n) for part in parts] == [("Public sector", 7), ("Other sectors together", 8)]


def test_with_nothing_left_to_compare_only_the_whole_is_shown():
    assert by_sector(people(public=7, user=3), FIVE) == ()
    assert by_sector(people(public=4, user=4), FIVE) == ()
    assert by_sector(people(public=9), FIVE) == ()
    assert by_sector([], FIVE) == ()


@settings(max_examples=300)
@given(by_person)
def test_folding_never_reveals_a_small_sector(answers):
    given_ = [(sector or "", value) for sector, value in answers if value is not None]
    sizes = {sector: sum(1 for one, _ in given_ if one == sector) for sector in SECTORS}
    parts = by_sector(answers, FIVE)
    assert all(part.spread.n >= FOLD_BELOW for part in parts)
    if parts:
        # The parts make up the whole, without overlap. What can be worked out by taking parts from the whole is
        # therefore a union of parts, and no union of parts is one small sector.
        assert sum(part.spread.n for part in parts) == len(given_)
        named = [sector for part in parts for sector in part.sectors]
        assert len(named) == len(set(named))
        for part in parts:
            assert part.folded or sizes[part.sectors[0]] >= FOLD_BELOW
            assert not part.folded or len(part.sectors) > 1 or sizes[part.sectors[0]] >= FOLD_BELOW


@given(by_person)
def test_sectors_together_are_the_whole(answers):
    parts = by_sector(answers, FIVE)
    whole = spread.spread([value for _, value in answers], FIVE)
    for value, count in whole.counts:
        assert not parts or sum(dict(part.spread.counts)[value] for part in parts) == count


# Rounds, weak, first to talk about -----------------------------------------------------------------------------------


def test_the_second_round_beside_the_first():
    change = spread.between_rounds(spread.spread([1, 3, 5, 5], FIVE), spread.spread([4, 4, 4, 5], FIVE))
    assert change.words == "The median is where it was; the answers lie closer together."
    assert spread.between_rounds(spread.spread([1], FIVE), spread.spread([4, 4, 4], FIVE)) is None


def test_a_round_of_few_answers_is_compared_by_all_of_them_with_all_of_the_other():
    """A middle half beside a whole range would call views closer that are only more."""
    first, second = spread.spread([2, 4, 4, 5], FIVE), spread.spread([2, 4, 4, 4, 4, 5], FIVE)
    assert spread.wider(first, second) == 0
    assert "as far apart as before" in spread.between_rounds(first, second).words


def test_who_has_not_answered_is_a_count():
    assert (not_yet(12, 9), not_yet(9, 12), not_yet(None, 3)) == (3, 0, None)


def test_what_to_talk_about_first():
    found = {
        "calm": spread.spread([4, 4, 5, 5], FIVE),
        "weak": spread.spread([2, 2, 2, 3], FIVE),
        "weaker": spread.spread([1, 1, 2, 1], FIVE),
        "split": spread.spread([1, 2, 4, 5], FIVE),
        "empty": spread.spread([], FIVE),
    }
    assert talk_first(found, below=2) == [("split", "split"), ("weaker", "weak"), ("weak", "weak")]
    assert weakest_first(found) == ["weaker", "weak", "split", "calm"]
    assert weakest_first(found, high_is_bad=True)[0] == "calm"


def answer(ballot: str, item: str, sheet: int, value: int | None, **more: object) -> Answer:
    return Answer.model_validate({"ballot": ballot, "item": item, "sheet": f"s{sheet}", "value": value, **more})


def test_the_results_of_a_ballot():
    ballot = ballots()["success-signs"]
    answers = [answer("success-signs", "trust", n, 1 + n % 2, sector="public" if n < 6 else "third") for n in range(12)]
    answers += [answer("success-signs", "trust", n, 5, round=2) for n in range(4)]
    answers += [
        answer("success-signs", "gone", 1, 5),
        answer("pulse", "trust", 1, 5),
        answer("success-signs", "trust", 99, 7),
    ]
    by_key = {result.question.key: result for result in ballot_results.results(ballot, answers)}
    assert by_key["trust"].spread.n == 12
    assert by_key["trust"].weak and not by_key["scope"].weak
    assert [part.title for part in by_key["trust"].sectors] == ["Public sector", "Third sector"]
    second = {result.question.key: result for result in ballot_results.results(ballot, answers, 2)}
    assert second["trust"].change.median == 3.5
    assert ballot_results.answered(ballot, answers) == 12
    assert ballot_results.rounds_used(ballot, answers) == (1, 2)
    assert [(one.question.key, why) for one, why in ballot_results.to_talk_about(ballot, list(by_key.values()))] == [
        ("trust", "weak")
    ]


def test_the_last_answer_of_a_sheet_counts():
    ballot = ballots()["pulse"]
    answers = [answer("pulse", "trust", 1, 2), answer("pulse", "trust", 1, 5)]
    assert [one.value for one in ballot_results.counted(ballot, answers)] == [5]


def test_the_distance_between_now_and_wanted():
    ballot = ballots()["commissioning-style"]
    answers = [
        answer(ballot.key, f"focus.{part}", n, value) for part, value in (("now", 2), ("wanted", 5)) for n in range(3)
    ]
    answers += [answer(ballot.key, "costs.now", 1, 3)]
    far = ballot_results.distances(ballot, ballot_results.results(ballot, answers))
    assert [(one.item, one.step) for one in far] == [("focus", 3)]
    weak = [one.question.key for one in ballot_results.results(ballot, answers) if one.weak]
    assert weak == ["focus.now"], "what is wanted is never weak"


def test_words_are_given_back_in_the_order_of_the_alphabet():
    ballot = ballots()["definitions"]
    answers = [
        answer("definitions", "commissioning", n, None, why=why) for n, why in enumerate(["buying", "All of it", ""])
    ]
    assert ballot_results.texts(ballot, answers) == {"commissioning": ["All of it", "buying"]}
    with pytest.raises(ValueError, match="in words"):
        ballot_results.results(ballot, answers)
