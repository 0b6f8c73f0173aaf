"""The sceptic: every question it can ask, asked of a row that deserves it and not of one that does not."""

import pytest

from pspworkbook.methods.sroi import ImpactMap, forecast
from pspworkbook.methods.sroi.checker import check, materiality, offers
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
GROUP = Stakeholder(name="Residents", included="yes", reason="Theirs", involved="Twelve talks")


def rules(
    *rows: dict[str, object], groups: dict[str, Stakeholder] | None = None, inputs: tuple[Input, ...] = ()
) -> set[str]:
    """The names of the rules that ask something of a map of these rows."""
    outcomes = [(f"o{place}", Outcome.model_validate(row)) for place, row in enumerate(rows)]
    counted = [
        (id_, row)
        for id_, row in outcomes
        if all(
            getattr(row, name) is not None
            for name in ("quantity", "deadweight", "displacement", "attribution", "drop_off")
        )
    ]
    result = forecast(ImpactMap.of([row for _, row in counted]), 100)
    found = check(
        outcomes,
        [*(groups or {"s1": GROUP}).items()],
        [(f"i{n}", one) for n, one in enumerate(inputs)],
        result,
        [id_ for id_, _ in counted],
        2026,
    )
    assert all(one.sentence.strip() for one in found) and len({one.key for one in found}) == len(found)
    return {one.key.split("#")[1] for one in found}


def test_a_sound_map_is_asked_nothing() -> None:
    """A gain and a loss of like size, everything taken off, sourced, and those concerned were asked."""
    assert rules(SOUND, {**SOUND, "outcome": "Better sleep", "proxy": "A sleep course"}, LOSS) == set()


@pytest.mark.parametrize(
    "change, rule",
    [
        ({"deadweight": 0}, "zero-deadweight"),
        ({"attribution": None}, "blank-attribution"),
        ({"deadweight": 0.5, "attribution": 0.6}, "added"),
        ({"outcome": "Exercise classes delivered to 30 people"}, "output"),
        ({"proxy_source": ""}, "no-source"),
        ({"proxy_year": 2011}, "old"),
        ({"drop_off": 0.5}, "drop-off"),
        ({"duration": 5, "grade": "red"}, "duration"),
        ({"direction": "negative"}, "sign"),
    ],
)
def test_each_question_is_asked_of_the_row_that_deserves_it(change: dict[str, object], rule: str) -> None:
    assert rule in rules({**SOUND, **change}, {**SOUND, "outcome": "Better sleep", "proxy": "Course"}, LOSS)


def test_the_same_change_for_two_stakeholders_is_asked_about_once() -> None:
    """By its words, and by its proxy; one person's two changes are nobody's double counting."""
    groups = {"s1": GROUP, "s2": GROUP.model_copy(update={"name": "Families"})}
    assert {"twice-outcome", "twice-proxy"} <= rules(SOUND, {**SOUND, "stakeholder": "s2"}, LOSS, groups=groups)
    assert "twice-proxy" not in rules(SOUND, {**SOUND, "outcome": "Better sleep"}, LOSS)


def test_questions_of_the_whole_map() -> None:
    assert {"no-loss", "unintended"} <= rules(SOUND)
    assert "gross" in rules({**SOUND, "deadweight": 0, "displacement": 0, "attribution": 0})
    assert {"carries", "trifle"} <= rules(
        {**SOUND, "quantity": 1000}, {**SOUND, "outcome": "Better sleep", "quantity": 0.1}
    )


def test_questions_of_stakeholders_and_inputs() -> None:
    groups = {"s1": GROUP.model_copy(update={"involved": ""}), "s2": GROUP, "s3": Stakeholder(name="X", included="no")}
    found = rules(
        SOUND, LOSS, groups=groups, inputs=(Input(description="Time", value=0), Input(description="Grant", value=5))
    )
    assert {"not-asked", "no-outcome", "left-out", "free"} <= found


def test_every_finding_can_be_answered() -> None:
    """Each becomes an offer that remembers the row that it asks about."""
    found = check([("o1", Outcome(outcome="A", deadweight=0))], [], [], None, [], 2026)
    assert {offer.origin for offer in offers(found)} == {one.key for one in found}


def test_materiality_asks_those_concerned_first() -> None:
    rows = [
        ("big", Outcome.model_validate(SOUND)),
        ("small", Outcome.model_validate({**SOUND, "quantity": 0.05, "importance": 9})),
    ]
    result = forecast(ImpactMap.of([row for _, row in rows]), 100)
    big, small = materiality(rows, {}, result, ["big", "small"])
    assert (big.significant, big.relevant) == (True, False) and (small.significant, small.relevant) == (False, True)
    assert big.share + small.share == pytest.approx(1)
