"""Co-production log (AN-14): who took part, how early, and what changed because of it. Pure functions."""

from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.records.analyse import Influence

EARLY = ("need", "open")
NOTHING = frozenset({"nothing", "nothing yet", "none", "no change"})
RULE = (
    "Early is before there was any design, or while it was open. An entry counts as influence when something changed "
    "because of it; “nothing” is kept and does not count. Asking people about something that is finished is not "
    "co-production."
)


@dataclass(frozen=True)
class Log:
    """How many entries there are, how many were early, how many changed something, and how many did both."""

    entries: int
    early: int
    changed: int
    both: int


def changed(row: Influence) -> bool:
    """Whether something changed because of it, by :data:`RULE`."""
    said = row.changed.strip().rstrip(".").casefold()
    return bool(said) and said not in NOTHING


def log(rows: Rows[Influence]) -> Log:
    """The log in four numbers."""
    entries = [row for _, row in rows]
    early = [row for row in entries if row.stage in EARLY]
    return Log(len(entries), len(early), sum(map(changed, entries)), sum(map(changed, early)))


def gaps(rows: Rows[Influence]) -> Iterator[StageGap]:
    """No early entry; entries of which nobody knows what changed; entries after the design was finished."""
    if rows and not log(rows).early:
        yield StageGap(
            "AN-14", "Nobody took part before there was a draft. What can still be opened up?", Influence.kind
        )
    for id_, row in rows:
        if not row.changed:
            yield StageGap("AN-14", f"“{row.label()}”: what changed because of it?", row.kind, id_, "changed")
        elif row.told is None:
            yield StageGap(
                "AN-14", f"“{row.label()}”: the people have not been told what became of it.", row.kind, id_, "told"
            )
        if row.stage == "finished":
            yield StageGap("AN-14", f"“{row.label()}” came when the design was finished.", row.kind, id_, "stage")
