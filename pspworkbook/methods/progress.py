"""How far a stage is: a rule that computes it from the workbook, and the words that a page prints for it."""

from dataclasses import dataclass

MARKS = {"not started": "○", "open": "●", "ready": "◐", "confirmed": "✓", "stale": "↻", "later": "·"}

RESTS_ON: dict[str, tuple[str, ...]] = {"start": (), "analyse": ("start",)}
"""Which stage rests on which."""

KINDS_OF: dict[str, tuple[str, ...]] = {
    "start": ("partnership", "person"),
    "analyse": ("forecast", "stakeholder", "input", "outcome"),
}
"""The records that each stage is made of."""

RULE = (
    "Not started: nothing is entered. Open: something is entered, and something still stands in the way. "
    "Ready: nothing stands in the way. Confirmed: somebody has said that the partnership agrees. "
    "Stale: something that was confirmed, or that it rests on, has changed since."
)


@dataclass(frozen=True)
class Status:
    """A stage's status: its ``name``, and the ``words`` for the page."""

    name: str
    words: str


def status(
    *, entered: bool, in_the_way: int, confirmed_at: int | None, changed_at: int, rests_on_changed_at: int
) -> Status:
    """The status by :data:`RULE`. Positions are lines of the log: ``confirmed_at`` is None when nobody has confirmed."""
    if confirmed_at is not None:
        if changed_at > confirmed_at:
            return Status("stale", "changed since it was confirmed")
        if rests_on_changed_at > confirmed_at:
            return Status("stale", "something it rests on has changed")
        return Status("confirmed", "confirmed")
    if not entered:
        return Status("not started", "not started")
    if in_the_way:
        return Status("open", f"open, {in_the_way} {'thing' if in_the_way == 1 else 'things'} in the way")
    return Status("ready", "ready to confirm")
