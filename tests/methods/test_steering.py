"""The steering group: balance, quorum and attendance by name, milestones without a meeting."""

import datetime as dt

from pspworkbook.methods.plan import steering
from pspworkbook.records import Person
from pspworkbook.records.form import Member
from pspworkbook.records.plan import Meeting, SteeringTerms, Task

TODAY = dt.date(2026, 11, 22)
PEOPLE = {
    "u": Person(name="Una Reid", sector="user", organisation="Residents"),
    "p": Person(name="Pat Ross", sector="public", organisation="Council"),
    "t": Person(name="Tom Orr", sector="third", organisation="Club"),
    "d": Person(name="Dee Lee", sector="public", organisation="Council"),
}
MEMBERS = [(key, Member(person=key, seat="steering", deputy="d" if key == "p" else None)) for key in "upt"]
TERMS = SteeringTerms(purpose="A", decides="B", quorum=2, balance="C", meets="D", escalation="E")


def meeting(**values: object) -> Meeting:
    return Meeting.model_validate({"date": "2026-11-01", "purpose": "Half-time", "interests": "yes", **values})


def said(meetings: list[tuple[str, Meeting]], terms: SteeringTerms = TERMS, tasks: object = ()) -> list[str]:
    return [gap.sentence for gap in steering.gaps(terms, MEMBERS, PEOPLE, meetings, tasks, TODAY)]  # type: ignore[arg-type]


def test_the_group_is_balanced() -> None:
    fine = [("m", meeting(date="2027-01-01"))]
    assert said(fine) == []
    assert "9 must be there" in said(fine, TERMS.model_copy(update={"quorum": 9.0}))[0]
    alone = steering.gaps(TERMS, MEMBERS[1:2], PEOPLE, [], [], TODAY)
    text = " ".join(gap.sentence for gap in alone)
    assert "users and carers" in text and "More than half" in text and "No meeting" in text


def test_names_are_counted_and_a_deputy_sits_for_the_member() -> None:
    row = meeting(present="una  reid\nDee Lee\nPat Ross\nA guest", there=9)
    [found] = steering.attendance([("m", row)], TERMS, MEMBERS, PEOPLE)
    assert (found.there, found.others, found.quorate) == (2, ("A guest",), True), "a seat counts once"
    assert found.missing_sides == ("the third sector",)
    assert found.words == "2 members there. Enough to decide. Nobody was there from the third sector."
    [by_number] = steering.attendance([("m", meeting(there=1))], TERMS, MEMBERS, PEOPLE)
    assert (by_number.there, by_number.quorate, by_number.missing_sides) == (1, False, ())


def test_a_decision_without_a_quorum_is_named() -> None:
    assert said([("m", meeting(present="Tom Orr", decisions="Go on"))]) == [
        "The meeting of 1 November 2026 decided, and was not quorate. Have it confirmed at the next one."
    ]
    text = " ".join(said([("m", meeting(interests=""))]))
    assert "say who was there" in text and "what was decided" in text and "conflicts of interest" in text


def test_each_milestone_has_a_meeting_that_approves_it() -> None:
    tasks = [
        ("a", Task(name="Open", milestone=True, finish=TODAY)),
        ("b", Task(name="End", milestone=True, finish=dt.date(2026, 3, 1))),
        ("c", Task(name="Work")),
    ]
    meetings = [("m", meeting(date="2027-01-01", approves="a"))]
    found = steering.milestones(tasks, meetings)
    assert [(task.name, bool(one)) for _, task, one in found] == [("End", False), ("Open", True)]
    assert said(meetings, tasks=tasks) == ["No meeting approves the milestone “End”."]
