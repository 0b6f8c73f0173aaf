"""The schedule: the critical path of a textbook network, and what must hold for any network."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.methods.plan.calendar_file import Event, ics
from pspworkbook.methods.plan.schedule import circle, gaps, longest, schedule
from pspworkbook.methods.plan.team_plan import how_much, leaving, resource_gaps, role_gaps, steering_gaps
from pspworkbook.records import Person
from pspworkbook.records.form import Member
from pspworkbook.records.plan import MethodChoice, Resource, ResourceGap, Responsibility, Screening, SteeringTerms, Task

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


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_calendar_takes_any_words(title: str, about: str) -> None:
    """Lines of at most 75 bytes that end as the standard asks, unfolding to what was written; the last day is included."""
    day = dt.date(2026, 12, 11)
    data = ics([Event("1@x", title, day, day, about)], dt.datetime(2026, 11, 1, 9), "Plan")
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and lines[-1] == b""
    whole = data.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert "DTSTART;VALUE=DATE:20261211" in whole and "DTEND;VALUE=DATE:20261212" in whole
    said = next(line for line in whole if line.startswith("SUMMARY:"))[8:]
    back = said.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
    if "\\" not in title:
        assert back == "".join(char for char in title if char == "\n" or ord(char) >= 32)
    assert sum(line == "BEGIN:VEVENT" for line in whole) == 1


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


def test_staff_who_are_affected_need_advice() -> None:
    rows = [("r", Resource(name="Round", staff="yes")), ("s", Resource(name="Hall", staff="no"))]
    found = resource_gaps(rows, [("g", ResourceGap(what="Drivers", need=2, have=1))])
    assert ["TUPE" in found[0].sentence, "1 missing" in found[1].sentence] == [True, True] and len(found) == 2


def test_how_much_planning() -> None:
    """Small and safe is light; large and risky is full; what was chosen stands beside what the rule says."""
    assert how_much(MethodChoice()) is None
    light, full = (how_much(MethodChoice(size=size, risk=size, skills="middling")) for size in ("small", "large"))
    assert light and full and (light.depth, full.depth, len(full.elements)) == ("light", "full", 7)
    other = how_much(MethodChoice(size="large", risk="large", skills="middling", depth="light"))
    assert other and (other.depth, other.by_rule, other.elements) == ("light", "full", light.elements)
    assert leaving(Screening(people=30, leave=0.2)) == 6 and leaving(Screening(people=30)) is None


def test_the_steering_group_is_balanced() -> None:
    people = {
        "u": Person(name="U", sector="user"),
        "p": Person(name="P", sector="public"),
        "t": Person(name="T", sector="third"),
    }
    members = [(key, Member(person=key, seat="steering")) for key in people]
    terms = SteeringTerms(purpose="A", decides="B", quorum=9, balance="C", meets="D", escalation="E")
    assert [gap.field for gap in steering_gaps(terms, members, people, [1])] == ["quorum"]
    alone = steering_gaps(terms, members[1:2], people, [])
    assert any("users and carers" in gap.sentence for gap in alone) and any(
        "More than half" in gap.sentence for gap in alone
    )
