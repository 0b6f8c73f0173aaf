"""Evidence told as a passage, what is material, answers that go out of date, the public purse, and importance."""

import pytest

from pspworkbook.methods.sroi import ImpactMap, forecast
from pspworkbook.methods.sroi import purse as purses
from pspworkbook.methods.sroi.checker import check
from pspworkbook.methods.sroi.evidence import chains, rests_on, summary
from pspworkbook.methods.sroi.material import counts, decision_gaps, materiality
from pspworkbook.methods.sroi.replies import WHOLE, asked, no_longer_asked, since, standing
from pspworkbook.methods.sroi.several import two_changes
from pspworkbook.methods.sroi.weights import in_words, weighed
from pspworkbook.records import Outcome, Stakeholder
from pspworkbook.records.scrutiny import CheckerReply

GROUP = Stakeholder(name="Residents", included="yes", reason="Theirs", involved="Twelve talks at lunch")
WHOLE_ROW = {
    "outcome": "Fewer falls", "stakeholder": "s1", "indicator": "Falls a year in the club's book", "source": "The book",
    "quantity": 7, "sample": 12, "sample_of": 30, "sample_chosen": "By lot", "duration": 1, "grade": "green",
    "proxy": "A stay", "financial_proxy": 100, "proxy_source": "NHS", "proxy_year": 2025, "proxy_licence": "OGL",
    "deadweight": 0, "displacement": 0, "attribution": 0.05, "drop_off": 0, "claim_reason": "The next village",
    "included": "yes", "included_reason": "They said so", "decided_by": "Steering group", "decided_on": "2026-03-01",
    "chain": "Exercise\nsteadier legs\nfewer falls", "who_benefits": "public_purse",
}  # fmt: skip


def row(**more: object) -> Outcome:
    return Outcome.model_validate({**WHOLE_ROW, **more})


def chain_of(**more: object):
    return chains([("o1", row(**more))], [("s1", GROUP)])[0]


def test_a_whole_chain_reads_as_a_passage() -> None:
    """Who was asked, how it comes about, how it is measured, on whom, how sure, what it is worth, who decided and when."""
    told = chain_of()
    text = " ".join(told.passage)
    for part in (
        "Residents were asked: Twelve talks at lunch.",
        "Exercise, then steadier legs, then fewer falls.",
        "12 of 30 were asked or counted (about 40%); chosen so: By lot.",
        "How many, in one year: 7, from The book.",
        "£100.00 (A stay) in prices of 2025/26, from NHS.",
        "measured here (green).",
        "It was kept by Steering group on 1 March 2026: They said so.",
    ):
        assert part in text
    assert told.missing == () and told.open == 0 and "Every outcome" in summary([told])


@pytest.mark.parametrize(
    ("change", "said", "field"),
    [
        ({"sample": None}, "how many were asked", "sample"),
        ({"sample": 40}, "not larger than the whole", "sample_of"),
        ({"sample_chosen": ""}, "how they were chosen", "sample_chosen"),
        ({"grade": None}, "how well it is known", "grade"),
        ({"decided_by": ""}, "who decided", "decided_by"),
        ({"decided_on": None}, "when it was decided", "decided_on"),
        ({"duration": 3}, "how many years the evidence covers", "evidence_years"),
        ({"stakeholder": None}, "who changes", "stakeholder"),
        ({"proxy_year": None}, "the year of its prices", "proxy_year"),
    ],
)
def test_what_is_missing_is_named_with_its_field(change: dict[str, object], said: str, field: str) -> None:
    assert any(said in one.sentence and one.field == field for one in chain_of(**change).missing)
    assert not any(said in one.sentence for one in chain_of().missing)


def test_an_assumption_has_no_sample() -> None:
    assert chain_of(grade="red", sample=None, sample_of=None, sample_chosen="").missing == ()


@pytest.mark.parametrize(
    ("change", "question"),
    [
        ({"stakeholder": None}, "Does it change something for somebody?"),
        ({"outcome": "Meals delivered to 30 people"}, "Is it a change, not what is delivered?"),
        ({"outcome": "Steadier legs, so that fewer people fall"}, "Is it one change, not several in a row?"),
        ({"outcome": "More confident, and less alone"}, "Is it one change, not several in a row?"),
        ({"outcome": "Better sleep at night"}, "Is it different from every other?"),
        ({"indicator": ""}, "Does the indicator measure it?"),
        ({"indicator": "Fewer falls"}, "Does the indicator measure it?"),
        ({"indicator": "Number of sessions held"}, "Does the indicator measure it?"),
    ],
)
def test_each_question_of_the_well_defined_check(change: dict[str, object], question: str) -> None:
    """Asked of a row that fails it, and not of one that is well defined."""

    def answers(outcome: Outcome) -> dict[str, bool]:
        other = row(outcome="Sleep better at night", stakeholder="s2")
        first, _ = chains([("o1", outcome), ("o2", other)], [("s1", GROUP)])
        return {answer.question: answer.ok for answer in first.defined}

    assert answers(row(**change))[question] is False
    assert all(answers(row()).values())


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("More confident, and less alone", ("More confident", "less alone")),
        ("Confident and less alone", ("Confident", "less alone")),
        ("Fewer falls as well as better sleep", ("Fewer falls", "better sleep")),
        ("Fewer falls; a job", ("Fewer falls", "a job")),
        ("Less pain / better sleep", ("Less pain", "better sleep")),
        ("They feel safer and go out more", ("They feel safer", "go out more")),
        ("Learns to read and finds work", ("Learns to read", "finds work")),
    ],
)
def test_two_changes_in_one_line_are_asked_about(text: str, two: tuple[str, str]) -> None:
    assert two_changes(text) == two


@pytest.mark.parametrize(
    "text",
    [
        *("New clubs and friends", "More time with friends and family", "Better health and social care"),
        *("More and more people come", "Fewer and shorter stays in hospital", "Better and cheaper food"),
        *("Better work/life balance", "Help 24/7", "Fewer falls: visits to accident and emergency", "Fewer falls;", ""),
    ],
)
def test_a_pair_of_things_is_one_change(text: str) -> None:
    assert two_changes(text) is None


def test_the_question_about_two_changes_names_both() -> None:
    why = [answer.why for answer in chain_of(outcome="More confident, and less alone").defined]
    assert (
        "It may name two: “More confident” and “less alone”. If people can have one without the other, make them two."
        in why
    )


def test_a_result_rests_on_what_people_said_only_where_they_were_asked() -> None:
    unasked = Stakeholder(name="Carers")
    assert rests_on([GROUP]) == "It says what the people you asked expect to change"
    assert "1 of 2 stakeholders" in rests_on([GROUP, unasked])
    assert "you yourselves expect" in rests_on([unasked]) and "people you asked" not in rests_on([unasked])


# What is material ----------------------------------------------------------------------------------------------------


def materials(*rows: Outcome, would: dict[str, float] | None = None):
    outcomes = [(f"o{place}", one) for place, one in enumerate(rows)]
    counted = [(id_, one) for id_, one in outcomes if counts(one)]
    result = forecast(ImpactMap.of([one for _, one in counted]), 100)
    return materiality(outcomes, {"s1": GROUP}, result, [id_ for id_, _ in counted], would)


def test_relevance_comes_first_then_significance() -> None:
    big, small = materials(row(stakeholder=None), row(outcome="Small", quantity=0.01, importance=9))
    assert (big.verdict, small.verdict) == ("Ask those concerned", "Relevant, but small")
    assert big.share + small.share == pytest.approx(1)


def test_what_is_left_out_keeps_its_reason_and_counts_in_no_share() -> None:
    kept, out = materials(row(), row(outcome="Out", included="no", importance=9), would={"o1": 332.5})
    assert kept.share == 1 and (out.kept, out.by, out.on) == (False, "Steering group", "1 March 2026")
    assert out.share == pytest.approx(332.5 / (642.51 + 332.5), rel=1e-3), "its part of all, if it counted"
    (gap,) = decision_gaps([kept, out])
    assert "A reader will ask why" in gap.sentence


def test_a_decision_needs_a_reason_a_name_and_a_day() -> None:
    sentences = [
        next(decision_gaps(materials(row(**change))), None)
        for change in ({"included": None}, {"included_reason": ""}, {"decided_by": ""}, {"decided_on": None}, {})
    ]
    fields = [gap.field if gap else None for gap in sentences]
    assert fields == ["included", "included_reason", "decided_by", "decided_on", None]


# Answers -------------------------------------------------------------------------------------------------------------


def test_an_answer_goes_out_of_date_with_its_row_and_comes_back_with_it() -> None:
    """It keeps how the row stood, in words; the question that is not asked any more keeps its answer."""
    groups = [("s1", GROUP)]

    def state(outcome: Outcome, replies: list[tuple[str, CheckerReply]]):
        outcomes = [("o1", outcome)]
        found = check(outcomes, groups, [], None, [], 2026)
        return found, asked(found, replies, outcomes, groups, [])

    found, about = state(row(), [])
    zero = next(one for one in found if one.key.endswith("zero-deadweight"))
    assert about[0].name == "Fewer falls" and about[-1].name == WHOLE and about[0].open == 1
    stood = standing(zero, [("o1", row())], groups, [])
    assert "How many: 7" in stood and "Deadweight: 0%" in stood
    reply = [("r1", CheckerReply(finding=zero.sentence, reply="They fell as often", stood=stood, origin=zero.key))]

    assert (state(row(), reply)[1][0].open, state(row(), reply)[1][0].stale) == (0, 0)
    moved = state(row(quantity=9), reply)[1][0]
    assert moved.stale == 1 and moved.asked[0].replies[0].since == ("How many: 7, now 9",)
    assert state(row(claim_reason="Other words"), reply)[1][0].stale == 0, "what the answer does not rest on"
    gone, later = state(row(deadweight=0.1), reply)
    assert no_longer_asked(gone, reply) == reply and not any(one.name == "Fewer falls" for one in later)
    assert since("", stood) == [], "an older answer did not keep how its row stood"
    year = "Its price year: "
    assert since(f"{year}2024", f"{year}2024/25") == [], "a year is said otherwise today, and is the same"
    assert since(f"{year}2024", f"{year}2023/24") == [f"{year}2024, now 2023/24"]


# The public purse, and importance ------------------------------------------------------------------------------------


def split(*rows: Outcome):
    outcomes = [(f"o{place}", one) for place, one in enumerate(rows)]
    result = forecast(ImpactMap.of([one for _, one in outcomes]), 100, discount_first_year=False)
    return purses.public_purse(outcomes, result, [id_ for id_, _ in outcomes]), result


def test_the_public_purse_tells_cash_from_capacity() -> None:
    """£665 each; the person's gain is not the purse's, and freed capacity is never called cash."""
    cash = row(cashable="cash", budget_holder="Council")
    freed = row(outcome="Beds", cashable="capacity", budget_holder="Health board", duration=2)
    purse, result = split(cash, freed, row(outcome="Own", who_benefits="person"))
    assert purse.by_kind() == pytest.approx({"cash": 665, "capacity": 665 + 665 / 1.035})
    assert purse.total == pytest.approx(result.by_beneficiary()["public_purse"])
    assert purse.by_year["capacity"] == pytest.approx((665, 665 / 1.035))
    assert [holder for holder, _ in purse.by_holder()] == ["Health board", "Council"]
    said = purses.in_words(purse)
    assert "£665 of it is cash" in said and "is not cash" in said and "nobody has said" not in said


def test_a_purse_that_gets_more_than_all_value_says_which_loss_is_why() -> None:
    """And where rounded parts do not add up to the rounded whole, that they are rounded."""
    loss = row(outcome="Less “shopping”", who_benefits="community", financial_proxy=-10)
    said = purses.in_words(split(row(), loss)[0])
    assert "That is more than all value together, £599" in said and "“Less ‘shopping’” (−£67)" in said
    assert "more than all value" not in purses.in_words(split(row(), row(outcome="Own", who_benefits="person"))[0])
    halves = (purses.Line("a", "A", 0.5, "cash", "Us", ""), purses.Line("b", "B", 0.5, "capacity", "Us", ""))
    assert "rounded to the pound" in purses.in_words(purses.Purse(halves, {}, 1.0))


def test_what_nobody_has_sorted_is_not_called_a_saving() -> None:
    said = purses.in_words(split(row())[0])
    assert "do not call it a saving" in said and "is cash that can leave" not in said
    assert "None of it is cash" in purses.in_words(split(row(cashable="capacity"))[0])
    assert "No outcome" in purses.in_words(split(row(who_benefits="person"))[0])


def test_importance_ranks_and_adds_nothing_up() -> None:
    rows = weighed(
        [
            ("a", row(importance=4)),
            ("b", row(outcome="Friends", importance=9, deadweight=0.5)),
            ("c", row(outcome="Sleep")),
            ("d", row(outcome="Noise", importance=6, direction="negative")),
            ("e", row(outcome="Left out", importance=10, included="no")),
        ],
        {"s1": GROUP},
    )
    assert [one.name for one in rows] == ["Friends", "Noise", "Fewer falls", "Sleep"]
    assert rows[0].claimed == pytest.approx(7 * 0.5 * 0.95)
    assert (
        "“Friends” matters most" in in_words(rows)
        and "For 1 outcome nobody" in in_words(rows)
        and "A loss" in in_words(rows)
    )
