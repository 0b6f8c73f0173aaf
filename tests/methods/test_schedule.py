"""The schedule: the critical path of a textbook network, and what must hold for any network."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.charts.schedule import gantt_picture
from pspworkbook.methods.analyse.demand import estimates
from pspworkbook.methods.plan import depth, procurement
from pspworkbook.methods.plan.depth import how_much
from pspworkbook.methods.plan.schedule import circle, from_procurement, gaps, longest, rooms, schedule
from pspworkbook.methods.plan.team_plan import (
    chart,
    gap_gaps,
    gaps_from,
    hours,
    late_deliverables,
    leaving,
    role_gaps,
    staff_gaps,
)
from pspworkbook.records.analyse import Demand
from pspworkbook.records.plan import Deliverable, MethodChoice, Resource, ResourceGap, Responsibility, Screening, Task
from pspworkbook.records.procurement import ProcurementStep

TODAY = dt.date(2026, 11, 20)
LENGTHS = {"A": 3, "B": 4, "C": 2, "D": 5, "E": 1, "F": 2, "G": 4, "H": 3}
AFTER = {"A": [], "B": ["A"], "C": ["A"], "D": ["B"], "E": ["C"], "F": ["C"], "G": ["D", "E"], "H": ["F", "G"]}
"""The network that introductions to the critical path method use: A, B, D, G, H take 19 days."""


def test_the_critical_path_of_the_textbook() -> None:
    early, slack, whole = longest(LENGTHS, AFTER)
    assert whole == 19
    assert [name for name in LENGTHS if slack[name] == 0] == ["A", "B", "D", "G", "H"]
    assert (early["F"], slack["E"], slack["F"]) == (5, 6, 9)


@st.composite
def networks(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Tasks that wait only for earlier ones, so that there is no circle."""
    count = draw(st.integers(1, 7))
    lengths = {f"t{n}": draw(st.integers(1, 20)) for n in range(count)}
    after = {f"t{n}": [f"t{m}" for m in range(n) if draw(st.booleans())] for n in range(count)}
    return lengths, after


@given(networks())
def test_the_whole_is_the_longest_chain(network: tuple[dict[str, int], dict[str, list[str]]]) -> None:
    """Against every chain tried one by one; and no slack is below nothing."""
    lengths, after = network
    _, slack, whole = longest(lengths, after)
    chains = (chain for size in range(1, len(lengths) + 1) for chain in itertools.combinations(lengths, size))
    linked = [chain for chain in chains if all(a in after[b] for a, b in itertools.pairwise(chain))]
    assert whole == max(sum(lengths[one] for one in chain) for chain in linked)
    assert min(slack.values()) == 0


def task(**more: object) -> Task:
    return Task.model_validate({"name": "T", "owner": "p", "start": "2026-11-01", "finish": "2026-11-10", **more})


def test_a_circle_is_a_sentence_and_stops_nothing() -> None:
    rows = [("a", task(name="A", after="b")), ("b", task(name="B", after="a"))]
    assert set(circle(rows)) == {"a", "b"}
    assert any("in a circle" in gap.sentence for gap in gaps(rows, TODAY))
    assert all(one.critical is None for one in schedule(rows, TODAY))


def test_what_is_late_and_what_cannot_be() -> None:
    rows = [
        ("late", task(name="Late")),
        ("done", task(name="Done", done="2026-11-12")),
        ("odd", task(name="Odd", finish="2026-10-01", done_share=1)),
        ("soon", task(name="Soon", start="2026-11-05", finish="2026-12-01", after="late", owner=None)),
    ]
    sentences = [gap.sentence for gap in gaps(rows, TODAY)]
    assert sentences == [
        "“Late” is 10 days late.",
        "“Odd” ends before it begins.",
        "“Soon” begins before “Late” is done, for which it waits.",
        "“Soon”: nobody sees to it.",
    ]
    assert gaps([], TODAY)[0].kind == "task"


def test_without_anything_that_waits_there_is_no_critical_path() -> None:
    rows = [("a", task(name="Long", finish="2026-12-20")), ("b", task(name="Short"))]
    found = schedule(rows, TODAY)
    assert [(one.slack, one.critical) for one in found] == [(None, None)] * 2
    text = gantt_picture(found, {}, TODAY).text
    assert "Say what waits for what first: without that there is no critical path." in text and "Long" not in text
    rows.append(("c", task(name="Next", start="2026-12-21", finish="2026-12-22", after="a")))
    assert "2 on the critical path: Long; Next." in gantt_picture(schedule(rows, TODAY), {}, TODAY).text


def test_a_task_that_waits_for_a_late_one_is_pointed_out() -> None:
    rows = [
        ("late", task(name="Late")),
        ("next", task(name="Next", start="2026-11-25", finish="2026-11-30", after="late")),
    ]
    said = [gap.sentence for gap in gaps(rows, TODAY)]
    assert said == ["“Late” is 10 days late.", "“Next” waits for “Late”, which is late."]
    rows[0] = ("late", task(name="Late", done="2026-11-19"))
    assert gaps(rows, TODAY) == []


def test_one_person_answers_for_each_piece_of_work() -> None:
    rows = [
        ("1", Responsibility(what="Kitchen", part="accountable")),
        ("2", Responsibility(what="kitchen ", part="accountable")),
    ]
    assert [gap.sentence for gap in role_gaps(rows)] == [
        "“Kitchen”: 2 people answer for it; let it be one.",
        "“Kitchen”: nobody does it.",
    ]
    fine = [
        ("1", Responsibility(what="Kitchen", part="accountable")),
        ("2", Responsibility(what="Kitchen", part="responsible")),
    ]
    assert role_gaps(fine) == []


def test_a_chart_says_who_has_which_part() -> None:
    rows = [
        ("1", Responsibility(what="Kitchen", person="s", part="accountable")),
        ("2", Responsibility(what=" kitchen", person="a", part="responsible")),
        ("3", Responsibility(what="Kitchen", person="a", part="responsible")),
        ("4", Responsibility(what="Van", person="s", part="informed")),
    ]
    kitchen, van = chart(rows)
    assert (kitchen.what, kitchen.who["accountable"], kitchen.who["responsible"]) == ("Kitchen", ("s",), ("a",))
    assert van.who["responsible"] == () and van.who["informed"] == ("s",)


def test_staff_who_are_affected_need_advice() -> None:
    rows = [
        ("r", Resource(name="Round", staff="yes", effect="Another employer")),
        ("a", Resource(name="Cook", staff="yes", effect="Hours", advice_by="Law")),
        ("s", Resource(name="Hall", staff="no")),
    ]
    assert [(gap.id, gap.field) for gap in staff_gaps(rows)] == [("r", "advice_by"), ("a", "advice_on")]
    assert "TUPE" in staff_gaps(rows)[0].sentence
    assert hours([("1", Resource(hours=60, provided_by="Club")), ("2", Resource(hours=40, provided_by="club "))]) == [
        ("Club", 100)
    ]


def test_what_is_missing_is_offered_to_the_gaps() -> None:
    [gap] = gap_gaps([("g", ResourceGap(what="Drivers", need=2, have=1))])
    assert "1 missing" in gap.sentence
    short_of = Demand.model_validate({
        "group": "Over 75", "population": 100, "capacity": 10,
        **{f"{name}_{step}": value for name in ("eligible", "takeup") for step, value in (("low", "40%"), ("mid", "50%"), ("high", "60%"))},
    })  # fmt: skip
    offers = list(gaps_from([("d", Resource(name="Driver", hours=30))], estimates([("p", short_of)])))
    assert [(one.origin, one.values["need"], one.values["have"]) for one in offers] == [
        ("resource:d", 30, 0),
        ("demand:p", 25, 10),
    ]


def test_a_deliverable_is_late_until_somebody_accepts_it() -> None:
    row = Deliverable.model_validate({"name": "Menu", "criteria": "Passed", "owner": "s", "due": "2026-11-19"})
    assert [gap.sentence for gap in late_deliverables([("m", row)], TODAY)] == [
        "“Menu” was due yesterday and is not accepted."
    ]
    assert late_deliverables([("m", row.model_copy(update={"accepted": TODAY}))], TODAY) == []


def test_room_is_what_the_dates_leave() -> None:
    rows = [
        ("a", task(name="A")),
        ("b", task(name="B", start="2026-11-15", finish="2026-11-20", after="a")),
        ("c", task(name="C", start="2026-11-09", finish="2026-11-20", after="a")),
    ]
    assert rooms(rows[:2]) == {"a": 4} and rooms(rows) == {"a": -2}
    picture = gantt_picture(schedule(rows, TODAY), {}, TODAY)
    waits = picture.figure["data"][0]
    assert waits["name"] == "Waits for" and waits["y"] == ["A", "C", None, "A", "B", None]
    assert picture.rows[0][7] == "−2"


def test_how_much_planning() -> None:
    """Small and safe is light; large and risky is full; what was chosen stands beside what the rule says."""
    assert how_much(MethodChoice()) is None
    light, full = (how_much(MethodChoice(size=size, risk=size, skills="middling")) for size in ("small", "large"))
    assert light and full and (light.depth, full.depth) == ("light", "full")
    assert [one.tool for one, _ in light.elements] == ["PL-1", "PL-2", "PL-3", "PL-4", "PL-5", "PL-6", "PL-7"]
    for element in depth.ELEMENTS:
        assert len({element.at(step) for step in depth.DEPTHS}) == 3, "each depth asks for something else"
    assert [one.name for one, words in light.elements if words == depth.NOTHING] == ["Deliverables"]
    choice = MethodChoice(size="large", risk="large", skills="middling", depth="light")
    other = how_much(choice)
    assert other and (other.depth, other.by_rule, other.elements) == ("light", "full", light.elements)
    assert [gap.field for gap in depth.gaps(choice)] == ["reason"]
    assert list(depth.gaps(choice.model_copy(update={"reason": "Two people"}))) == []
    assert leaving(Screening(people=30, leave=0.2)) == 6 and leaving(Screening(people=30)) is None


def test_steps_to_the_contract_are_offered_on_the_days_counted_back():
    steps = [
        ("a", ProcurementStep(step="Publish", order=1, days=30, owner="p")),
        ("b", ProcurementStep(step="Award", order=2, days=10)),
    ]
    dated = procurement.timeline(steps, dt.date(2026, 6, 1), dt.date(2026, 1, 1))
    first, second = from_procurement(dated)
    assert first.origin == "procurement_step:a" and first.values["owner"] == "p"
    assert (second.values["start"], second.values["finish"]) == (dt.date(2026, 5, 22), dt.date(2026, 5, 31))
    assert from_procurement(procurement.timeline(steps, None, dt.date(2026, 1, 1))) == [], "no day yet"
