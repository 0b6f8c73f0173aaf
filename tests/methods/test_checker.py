"""The sceptic: every question it can ask, asked of a row that deserves it and not of one that does not."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.methods.sroi import ImpactMap, forecast
from pspworkbook.methods.sroi.checker import Doubtful, check
from pspworkbook.methods.sroi.material import countable, counts
from pspworkbook.methods.sroi.same import alike, pairs_alike
from pspworkbook.records import Input, Outcome, Stakeholder

SOUND = {"outcome": "Fewer falls", "stakeholder": "s1", "quantity": 10, "financial_proxy": 100, "duration": 1, "deadweight": 0.1, "displacement": 0.1, "attribution": 0.1, "drop_off": 0, "proxy": "A stay", "proxy_source": "NHS", "proxy_year": 2025, "grade": "green"}  # fmt: skip
LOSS = {
    **SOUND,
    "outcome": "Less shopping",
    "financial_proxy": -90,
    "direction": "negative",
    "intention": "unintended",
    "proxy": "Shopping",
}
GROUP = Stakeholder(name="Residents", people=30, included="yes", reason="Theirs", involved="Twelve talks")


def asked(
    *rows: dict[str, object],
    groups: dict[str, Stakeholder] | None = None,
    inputs: tuple[Input, ...] = (),
    oldest: int | None = None,
) -> list[Doubtful]:
    """Everything that is asked of a map of these rows, o0, o1 and so on."""
    outcomes = [(f"o{place}", Outcome.model_validate(row)) for place, row in enumerate(rows)]
    counted = [(id_, row) for id_, row in outcomes if counts(row) and countable(row)]
    found = check(
        outcomes,
        [*(groups or {"s1": GROUP}).items()],
        [(f"i{n}", one) for n, one in enumerate(inputs)],
        forecast(ImpactMap.of([row for _, row in counted]), 100),
        [id_ for id_, _ in counted],
        2026,
        oldest,
    )
    assert all(one.sentence.strip() for one in found) and len({one.key for one in found}) == len(found)
    return found


def rules(*rows: dict[str, object], **more: object) -> set[str]:
    """The names of the rules that ask something of a map of these rows."""
    return {one.key.split("#")[1] for one in asked(*rows, **more)}  # type: ignore[arg-type]


def test_a_sound_map_is_asked_nothing() -> None:
    """A gain and a loss of like size, everything taken off, sourced, and those concerned were asked."""
    assert rules(SOUND, {**SOUND, "outcome": "Better sleep", "proxy": "A sleep course"}, LOSS) == set()


OTHERS = ({**SOUND, "outcome": "Better sleep", "proxy": "Course"}, LOSS)
DESERVED = [
    ("zero-deadweight", {"deadweight": 0}, {"deadweight": 0.01}),
    ("loss-meant", {**LOSS, "intention": None}, LOSS),
    ("loss-meant", {**LOSS, "intention": "intended"}, LOSS),
    ("more-than-people", {"quantity": 31, "indicator": "Residents who visit a new club"}, {"quantity": 30}),
    (
        "more-than-people",
        {"quantity": 31},
        {"quantity": 90, "indicator": "Number of hospital visits that are not needed"},
    ),
    (
        "scale",
        {"proxy": "One point more of life satisfaction (WELLBY)", "indicator": "Two points up on SWEMWBS"},
        {"proxy": "One point more of life satisfaction (WELLBY)", "indicator": "How satisfied are you with your life?"},
    ),
    ("blank-attribution", {"attribution": None}, {"attribution": 0}),
    ("blank-deadweight", {"deadweight": None}, {"deadweight": 0.5}),
    ("blank-drop_off", {"drop_off": None}, {"drop_off": 0}),
    ("added", {"deadweight": 0.5, "attribution": 0.6}, {"deadweight": 0.5, "attribution": 0.3}),
    ("output", {"outcome": "Exercise classes delivered to 30 people"}, {"outcome": "Stronger legs"}),
    ("no-source", {"proxy_source": ""}, {"proxy_source": "A survey"}),
    ("old", {"proxy_year": 2020}, {"proxy_year": 2021}),
    ("drop-off", {"drop_off": 0.5}, {"drop_off": 0.5, "duration": 2}),
    ("duration", {"duration": 5, "grade": "red"}, {"duration": 5, "grade": "amber"}),
    ("duration", {"duration": 3, "evidence_years": 1}, {"duration": 3, "evidence_years": 3}),
    ("sign", {"direction": "negative"}, {"direction": "negative", "financial_proxy": -100}),
    ("left-out", {"included": "no"}, {"included": "no", "included_reason": "Too small"}),
]


@pytest.mark.parametrize(("rule", "deserves", "does_not"), DESERVED, ids=[rule for rule, _, _ in DESERVED])
def test_each_question_is_asked_of_the_row_that_deserves_it(
    rule: str, deserves: dict[str, object], does_not: dict[str, object]
) -> None:
    """With its row, and not of a row that just escapes it."""
    (one,) = [one for one in asked({**SOUND, **deserves}, *OTHERS) if one.key == f"outcome:o0#{rule}"]
    assert (one.kind, one.id) == ("outcome", "o0") and one.field in Outcome.model_fields and one.about in one.sentence
    assert f"outcome:o0#{rule}" not in {one.key for one in asked({**SOUND, **does_not}, *OTHERS)}


def test_one_change_of_which_different_shares_are_taken_off_needs_a_reason() -> None:
    """Same stakeholder, indicator and quantity; asked once, and not where each says why."""
    one = {**SOUND, "outcome": "Fewer stays", "indicator": "Falls a year"}
    other = {**one, "outcome": "Fewer visits", "deadweight": 0.3}
    (found,) = [one for one in asked(one, other, LOSS) if "claimed-apart" in one.key]
    assert "“Fewer visits”" in found.question and "30%" in found.question and found.field == "claim_reason"
    for least in (
        {"deadweight": SOUND["deadweight"]}, {"indicator": "Visits"}, {"quantity": 1}, {"stakeholder": "s2"},
    ):  # fmt: skip
        assert "claimed-apart" not in rules(one, {**other, **least}, LOSS, groups={"s1": GROUP, "s2": GROUP})
    why = {"claim_reason": "Asked in the next village"}
    assert "claimed-apart" not in rules({**one, **why}, {**other, **why}, LOSS)


def test_the_year_before_which_prices_are_old_can_be_stated() -> None:
    """Without one it is five years ago."""
    row = {**SOUND, "proxy_year": 2018}
    assert "old" in rules(row, *OTHERS) and "old" not in rules(row, *OTHERS, oldest=2018)
    assert "old" in rules({**SOUND, "proxy_year": 2024}, *OTHERS, oldest=2025)


def test_the_same_change_for_two_stakeholders_is_asked_about_once() -> None:
    """By its words, and by its proxy; one person's two changes are nobody's double counting."""
    groups = {"s1": GROUP, "s2": GROUP.model_copy(update={"name": "Families"})}
    again = {**SOUND, "stakeholder": "s2"}
    assert {"twice-outcome", "twice-proxy"} <= rules(SOUND, again, LOSS, groups=groups)
    assert not any("alike" in rule for rule in rules(SOUND, again, LOSS, groups=groups)), "asked once, not twice"
    assert "twice-proxy" not in rules(SOUND, {**SOUND, "outcome": "Better sleep"}, LOSS)
    (one,) = [one for one in asked(SOUND, again, LOSS, groups=groups) if "twice-outcome" in one.key]
    assert "Residents and Families" in one.sentence


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Fewer falls", "Residents have fewer falls", True),
        ("Fewer falls at home", "Falling less at home", True),
        ("Families worry less about falls", "Less worry of families about a fall", True),
        ("Better health: fewer visits to the GP", "Fewer visits to GP, better health", True),
        ("Fewer falls", "Fewer visits to the doctor", False),
        ("New clubs and friends", "Healthier volunteers", False),
        ("Better sleep", "Better health", False),
        ("", "Fewer falls", False),
    ],
)
def test_like_wording_is_seen_and_unlike_is_not(one: str, other: str, same: bool) -> None:
    """Between two stakeholders; the same person may say two things in like words."""
    assert alike(one, other) is same is alike(other, one)
    groups = {"s1": GROUP, "s2": GROUP.model_copy(update={"name": "Families"})}
    found = rules(
        {**SOUND, "outcome": one}, {**SOUND, "outcome": other, "stakeholder": "s2", "proxy": "B"}, groups=groups
    )
    assert ("alike-o1" in found) is same
    assert "alike-o1" not in rules({**SOUND, "outcome": one}, {**SOUND, "outcome": other}, groups=groups)


@given(
    st.lists(
        st.lists(st.sampled_from(["fewer", "falls", "at", "home", "sleeping", "sleep", "better", "friends"])).map(
            " ".join
        )
    )
)
def test_many_sentences_are_compared_as_two_are(texts: list[str]) -> None:
    pairs = [(i, j) for i, j in combinations(range(len(texts)), 2) if alike(texts[i], texts[j])]
    assert pairs_alike(texts) == pairs


def test_what_is_left_out_is_asked_nothing_but_its_reason() -> None:
    out = {"outcome": "Meals delivered", "deadweight": 0, "included": "no", "included_reason": "It is an output"}
    assert rules(SOUND, OTHERS[0], LOSS, out) == set()


def test_questions_of_the_whole_map() -> None:
    """Nothing negative, nothing unintended, gross for net, one outcome that carries it, and one that is a trifle."""
    assert {"no-loss", "unintended"} <= rules(SOUND)
    assert not {"no-loss", "unintended"} & rules(SOUND, LOSS)
    bare = {"deadweight": 0, "displacement": 0, "attribution": 0}
    assert "gross" in rules({**SOUND, **bare}) and "gross" not in rules({**SOUND, **bare, "attribution": 0.1})
    uneven = rules({**SOUND, "quantity": 1000}, {**SOUND, "outcome": "Better sleep", "quantity": 0.1})
    even = rules(SOUND, OTHERS[0])
    assert {"carries", "trifle"} <= uneven and not {"carries", "trifle"} & even


def test_questions_of_stakeholders_and_inputs() -> None:
    groups = {"s1": GROUP.model_copy(update={"involved": ""}), "s2": GROUP, "s3": Stakeholder(name="X", included="no")}
    free = Input(description="Time", value=0)
    found = rules(SOUND, LOSS, groups=groups, inputs=(free, Input(description="Grant", value=5)))
    assert {"not-asked", "no-outcome", "left-out", "free"} <= found
    told = Input(description="Time", value=0, working="They came for their own sake")
    fine = {"s1": GROUP, "s3": Stakeholder(name="X", included="no", reason="Hardly touched")}
    assert not {"not-asked", "no-outcome", "left-out", "free"} & rules(SOUND, LOSS, groups=fine, inputs=(told,))


def test_a_group_that_is_left_out_while_its_outcome_counts_is_asked_about() -> None:
    out = {"s1": GROUP.model_copy(update={"included": False})}
    assert "left-out-counts" in rules(SOUND, LOSS, groups=out) and "left-out-counts" not in rules(SOUND, LOSS)
