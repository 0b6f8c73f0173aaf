"""The outcomes with what was written of the decisions that stand: what was written of another one is not theirs."""

from pspworkbook.records import Outcome
from pspworkbook.widgets.snapshot import Snapshot


def decided_rows(now: Snapshot) -> list[tuple[str, Outcome]]:
    """The outcomes. A reason, a name or a day that was written before the decision was changed is empty."""
    old = now.outdated("outcome")
    return [
        (
            entry.id,
            entry.record.model_copy(update={name: None if name == "decided_on" else "" for name in old[entry.id]}),
        )
        if entry.id in old
        else (entry.id, entry.record)
        for entry in now.records("outcome")
    ]
