"""A day of what has happened that is still to come is odd: it is kept, and said."""

import datetime as dt

from pspworkbook.methods.to_come import still_to_come
from pspworkbook.records import KINDS, fields_of

TODAY = dt.date(2026, 11, 26)


def test_a_thing_done_tomorrow_is_odd_and_one_planned_for_tomorrow_is_not() -> None:
    task = KINDS["task"].model_validate({"start": "2026-11-01", "finish": "2027-02-01", "done": "2027-11-20"})
    assert still_to_come(task, TODAY) == ["“Done on” says 20 November 2027, which is still to come."]
    assert still_to_come(task.model_copy(update={"done": TODAY}), TODAY) == []


def test_only_days_are_said_to_have_happened() -> None:
    flagged = [(model, spec) for model in KINDS.values() for spec in fields_of(model) if spec.happened]
    assert len(flagged) > 40 and {spec.kind.name for _, spec in flagged} == {"date"}
