"""What later stages take over from earlier ones, and how it is counted: pure rules on records."""

import pytest

from pspworkbook import guide
from pspworkbook.methods.decide import decision
from pspworkbook.methods.decide.decision import DecisionFacts
from pspworkbook.methods.links import into_forms, people
from pspworkbook.methods.links.twelve import LINKS, Arrow, gone_along, in_words
from pspworkbook.methods.offers import Offer, into_form, origins
from pspworkbook.methods.since import CARRIED, candidates, since, taken_at
from pspworkbook.records import KINDS, Answer, Forecast, Input, Outcome, Stakeholder, fields_of
from pspworkbook.records.agreement import Funder
from pspworkbook.records.form import Member
from pspworkbook.records.identify import Involvement, NeedStatement
from pspworkbook.records.plan import Scope

NEED = NeedStatement(who="People over 75", difficulty="They eat alone.", where="three villages")


def test_a_form_gains_lines_and_never_loses_what_was_written() -> None:
    """Empty fields are filled, texts gain the lines they lack, a single line that is there stays; the sources are kept."""
    scope = Scope(users="Ours", area="Here", origin="need_statement:a")
    brought = [Offer("need_statement:b", "", "", {"users": "Ours\nTheirs", "area": "There", "outside": "Shopping"})]
    values = into_form(scope, brought)
    assert values == {"users": "Ours\nTheirs", "outside": "Shopping", "origin": "need_statement:a need_statement:b"}
    made = scope.model_copy(update=values)
    assert origins(made) == ["need_statement:a", "need_statement:b"]
    assert into_form(made, brought)["origin"] == values["origin"], "taking it twice adds nothing"


def test_the_need_reads_as_a_sentence_wherever_it_goes() -> None:
    said = "They eat alone: people over 75, in three villages."
    assert into_forms.need_in_words(NEED) == said
    rows = [("n", NEED), ("empty", NeedStatement())]
    [into] = into_forms.needs_into_forecast(rows)
    assert into.values == {"purpose": f"The need that it answers: {said}"}
    [into] = into_forms.needs_into_partnership(rows)
    assert into.values == {"need": said}


def test_the_scope_takes_from_three_places() -> None:
    """Only what is intended and good is what should change."""
    outcomes = [("a", Outcome(outcome="New friends")), ("b", Outcome(outcome="Less shopping", direction="negative"))]
    found = list(into_forms.into_scope([("n", NEED)], Forecast(activity="A club", left_out="Shopping"), outcomes))
    assert [offer.origin for offer in found] == ["need_statement:n", "forecast:forecast", "outcome:a"]
    assert found[1].values == {"inside": "A club", "outside": "Shopping"}


def test_what_a_funder_asks_for_is_offered_line_by_line() -> None:
    rows = [("f", Funder(name="The trust", asks_for="Meals served\n\nHours,  by age\nMeals served"))]
    assert [(offer.origin, offer.values["indicator"]) for offer in into_forms.indicators_from(rows)] == [
        ("funder:f#meals-served", "Meals served"),
        ("funder:f#hours-by-age", "Hours, by age"),
    ]


def test_a_group_that_is_left_out_or_listed_already_is_not_offered() -> None:
    rows = [
        ("a", Involvement(group="users", who="Residents")),
        ("b", Involvement(group="carers", who="Families", stakeholder="s")),
        ("c", Involvement(group="housing", who="Homes", not_needed="No houses")),
        ("d", Involvement(group="advice")),
    ]
    [offer] = people.stakeholders_from(rows)
    assert (offer.origin, offer.values["name"], offer.values["sector"]) == ("involvement:a", "Residents", "user")


def test_a_seat_is_offered_to_those_who_matter_most_with_the_contact_that_is_known() -> None:
    groups = [
        ("s1", Stakeholder(name="Residents", origin="involvement:a")),
        ("s2", Stakeholder(name="Families")),
        ("s3", Stakeholder(name="Neighbours")),
    ]
    invited = [("a", Involvement(group="users", person="p1")), ("b", Involvement(stakeholder="s2", person="p2"))]
    seats = [("m1", Member(seat="steering", stakeholder="s3")), ("m2", Member(seat="team", stakeholder="s2"))]
    found = list(people.seats_from(groups, seats, invited, {"s2": 5.0}))
    assert [(offer.origin, offer.values["person"]) for offer in found] == [("stakeholder:s2", "p2"), ("stakeholder:s1", "p1")]  # fmt: skip


# Changed since -------------------------------------------------------------------------------------------------------


def test_what_is_carried_is_declared() -> None:
    """Every pair can be made, and every field is one of its source's."""
    for (source, made), names in CARRIED.items():
        assert "origin" in KINDS[made].model_fields, made
        assert set(names) <= {spec.name for spec in fields_of(KINDS[source])}, source


OLD, NEW = Input(description="Grant", value=0), Input(description="Grant", value=7)
MADE = KINDS["actual_input"].model_validate({"input": "i", "origin": "input:i"})
KEYS = ("actual_input", "x"), ("input", "i")


def told(source_lines: list, made_lines: list) -> list[str]:
    records = dict(zip(KEYS, (MADE, NEW), strict=True))
    wanted = candidates(records, {KEYS[1]: 2})
    return [one.sentence for one in since(wanted, records, {KEYS[0]: made_lines, KEYS[1]: source_lines}, {})]


def test_only_what_came_after_counts() -> None:
    made = [(5, "create", None, None, MADE.body())]
    edit = "edit", None, OLD.body(), NEW.body()
    assert told([(3, *edit)], made) == [], "it was so when it was taken over"
    [words] = told([(8, *edit)], made)
    assert words.endswith("the input “Grant” has changed since. Value, £: 0 → 7.")
    looked = (9, "edit", None, MADE.body(), MADE.body())
    assert told([(8, *edit)], [*made, looked]) == []
    assert told([(8, *edit)], [*made, looked, (10, "undo", 9, MADE.body(), MADE.body())]) == [words]
    assert told([(8, "create", None, None, NEW.body())], made) == [], "it came later, as a whole"


def test_a_record_that_was_never_made_from_it_has_no_line() -> None:
    assert taken_at([(1, "create", None, None, {"origin": ""})], "input:i") is None
    assert candidates({KEYS[0]: MADE}, {}) == [], "its source is gone"


# The twelve ----------------------------------------------------------------------------------------------------------


def test_the_twelve_links_name_tools_that_there_are() -> None:
    assert [link.number for link in LINKS] == list(range(1, 13))
    tools = guide.tools()
    assert [
        arrow for link in LINKS for arrow in link.arrows if not {arrow.from_tool, arrow.to_tool} <= set(tools)
    ] == []


@pytest.mark.parametrize(
    ("arrow", "count"),
    [
        (Arrow("TP-3", "benefit", "AN-3", "outcome", "made", ""), 1),
        (Arrow("CS-2", "case", "AN-3", "outcome", "made", ""), 1),
        (Arrow("AN-3", "stakeholder", "AN-3", "outcome", "points", ""), 2),
        (Arrow("AN-3", "outcome", "AN-3", "outcome", "read", ""), 3),
        (Arrow("ID-1", "ballot:pulse", "TP-10", "decision", "read", ""), 2),
        (Arrow("FP-9", "ballots", "RV-9", "answer", "again", ""), 1),
        (Arrow("TP-6", "ballots", "LL-1", "lessons", "low", ""), 4),
    ],
)
def test_what_has_gone_along_is_counted_from_the_records(arrow: Arrow, count: int) -> None:
    records = {
        "outcome": [
            Outcome(outcome="A", origin="benefit:b", stakeholder="s"),
            Outcome(outcome="B", origin="case:c#1"),
            Outcome(outcome="C", stakeholder="s"),
        ],
        "answer": [
            Answer(ballot="pulse", item="trust", sheet=sheet, value=3, round=round_)
            for sheet, round_ in (("a", 1), ("b", 1), ("a", 3))
        ],
    }
    found, words = gone_along(arrow, lambda kind: records.get(kind, []), low=4)
    assert found == count and str(count) in words
    assert gone_along(arrow, lambda _kind: [], low=0)[0] == 0


def test_a_link_says_how_many_of_its_steps_are_in_use() -> None:
    assert in_words([0, 2, 1]) == "2 of 3 steps in use" and in_words([]) == "not in this version"


# ID-1 into the decision ----------------------------------------------------------------------------------------------


def test_where_commissioning_stands_bears_on_the_decision() -> None:
    def said(now: int, wanted: int) -> tuple[str, str]:
        answers = [
            Answer(ballot="commissioning-style", item=f"focus.{part}", sheet=sheet, value=value)
            for sheet in "abc"
            for part, value in (("now", now), ("wanted", wanted))
        ]
        [point] = [one for one in decision.paper(DecisionFacts(answers=answers)).points if one.tool == "ID-1"]
        return point.side, point.sentence

    side, sentence = said(2, 5)
    assert side == "for" and "(median 2 now, 5 wanted)" in sentence
    assert said(4, 4)[0] == "against"
    [open_one] = [one for one in decision.paper(DecisionFacts()).points if one.tool == "ID-1"]
    assert open_one.side == "missing"
