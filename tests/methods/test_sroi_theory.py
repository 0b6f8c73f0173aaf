"""The theory of change: what it takes from the rows, and that the list says all that the picture says."""

from pspworkbook.methods.sroi.theory import NOBODY, NOTHING, Nested, in_words, lasts, listed, theory
from pspworkbook.records import Forecast, Input, Outcome, Stakeholder

FULL = {"quantity": 7, "duration": 1, "financial_proxy": 94, "deadweight": 0.1, "displacement": 0.0, "attribution": 0.1, "drop_off": 0.0}  # fmt: skip
GROUPS = [("r", Stakeholder(name="Residents", people=30)), ("n", Stakeholder(name="Neighbours"))]
ROWS = [
    ("a", Outcome.model_validate({"stakeholder": "r", "outcome": "Fewer falls", "output": "Exercise", **FULL})),
    ("b", Outcome.model_validate({"stakeholder": "r", "outcome": "More friends", "output": "Lunch"})),
    ("c", Outcome.model_validate({"stakeholder": "r", "outcome": "Steadier", "output": "Exercise", **FULL})),
    ("d", Outcome.model_validate({"stakeholder": "n", "outcome": "Less shopping", "direction": "negative", "intention": "unintended", **FULL, "financial_proxy": -5})),
    ("e", Outcome.model_validate({"stakeholder": "gone", "outcome": "Calm", **FULL})),
]  # fmt: skip
FOUND = theory(
    Forecast(activity="The club"), GROUPS, [("i", Input(stakeholder="r", description="Time", value=0))], ROWS
)


def flat(lines: list[Nested]) -> list[str]:
    return [text for line, under in lines for text in (line, *flat(list(under)))]


def test_outcomes_stand_under_their_stakeholder_and_what_is_done_for_them() -> None:
    """Those of a stakeholder who is gone come last, and are not lost."""
    assert [group.name for group in FOUND.groups] == ["Residents", "Neighbours", NOBODY]
    strands = FOUND.groups[0].strands
    assert [(strand.output, [change.what for change in strand.changes]) for strand in strands] == [
        ("Exercise", ["Fewer falls", "Steadier"]),
        ("Lunch", ["More friends"]),
    ]


def test_a_loss_what_nobody_intended_and_what_is_not_counted_say_so_in_words() -> None:
    marks = {change.what: change.marks for change in FOUND.changes}
    assert marks["Less shopping"] == "Loss, not intended"
    assert marks["More friends"] == "Not counted yet"
    assert marks["Fewer falls"] == ""


def test_the_list_names_everything() -> None:
    text = "\n".join(flat(listed(FOUND)))
    for said in (
        "Residents: Time (valued at nothing)",
        "The club",
        "Through: Exercise",
        "[loss, not intended]",
        "Calm",
    ):
        assert said in text


def test_what_is_done_are_the_activities_each_once_and_not_the_name_of_the_project() -> None:
    assert ("What is done", [("Exercise", ()), ("Lunch", ())]) in listed(FOUND)
    assert ("The activity", [("The club", ())]) in listed(FOUND)
    nothing = listed(theory(Forecast(), GROUPS, [], ROWS[3:]))
    assert ("What is done", [("Nothing is written down yet.", ())]) in nothing


def test_the_sentence_counts_what_the_picture_shows() -> None:
    assert in_words(FOUND) == (
        "1 input goes into “The club”. It leads to 5 changes for 3 groups, of which 1 is a loss, 1 was not intended and "
        "1 is not counted yet."
    )
    nothing = theory(Forecast(), [], [], [])
    assert not nothing and in_words(nothing) == NOTHING and listed(nothing) == []


def test_how_long_it_lasts_is_said_as_entered() -> None:
    def said(**figures: object) -> str:
        return lasts(Outcome.model_validate(figures))

    assert said() == "Not said yet"
    assert said(duration=1, drop_off=0.5) == "1 year"  # a drop-off that never counts is not told
    assert said(duration=5, drop_off=0.1) == "5 years, fading by 10% a year"
    assert said(duration=2.5, starts="after") == "2.5 years, without fading, from after the activity"
    assert said(duration=0.5) == "0.5 of a year"
