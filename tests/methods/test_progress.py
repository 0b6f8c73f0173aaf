"""How far a stage is: the printed rule, case by case."""

import pytest

from pspworkbook.methods.progress import status

NOTHING = {"entered": True, "in_the_way": 0, "confirmed_at": None, "changed_at": 5, "rests_on_changed_at": 3}


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"entered": False}, "not started"),
        ({"in_the_way": 2}, "open"),
        ({}, "ready"),
        ({"confirmed_at": 6}, "confirmed"),
        ({"confirmed_at": 4}, "stale"),
        ({"confirmed_at": 6, "rests_on_changed_at": 7}, "stale"),
    ],
)
def test_status(facts: dict[str, object], name: str) -> None:
    """Positions are lines of the log: what was changed after a confirmation makes it stale."""
    assert status(**{**NOTHING, **facts}).name == name  # type: ignore[arg-type]


def test_the_words_count() -> None:
    """One thing, two things."""
    assert status(**{**NOTHING, "in_the_way": 1}).words == "open, 1 thing in the way"  # type: ignore[arg-type]
