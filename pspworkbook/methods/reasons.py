"""Reasons that were given for figures that have changed since: a reason belongs to the change it was given for. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from pspworkbook.methods.findings import together
from pspworkbook.records import Record, fields_of
from pspworkbook.records.record import FieldSpec

Line = tuple[int, str, int | None, Mapping[str, Any] | None, Mapping[str, Any] | None]
"""A line of the log: its number, its action, the line that it takes back, the body before it and after it."""


def reasons_of(model: type[Record]) -> tuple[FieldSpec, ...]:
    """The fields of a record that give the reason for others."""
    return tuple(spec for spec in fields_of(model) if spec.reason_for)


def given(record: Record) -> bool:
    """Whether a record holds a reason at all."""
    return any(getattr(record, spec.name) for spec in reasons_of(type(record)))


def outdated(record: Record, lines: Sequence[Line]) -> dict[str, str]:
    """Each reason that was written, or said to hold still, when the figures were others: its field, and a sentence.

    ``lines`` are those of the record, the oldest first. What has been put back is as it was, and so is its reason.
    """
    found: dict[str, list[FieldSpec]] = {}
    now, specs = record.body(), {spec.name: spec for spec in fields_of(type(record))}
    for reason in reasons_of(type(record)):
        then = _when_given(reason.name, now[reason.name], lines) if now[reason.name] else None
        if then is None:
            continue
        # A figure that is filled in later is a new one beside those that the reason was about, unless there were none. A
        # yes or no that follows its reason is the answer that the reason was written for.
        about = [name for name in reason.reason_for if then.get(name) is not None] or [
            name for name in reason.reason_for if specs[name].kind.name != "yes or no"
        ]
        moved = [specs[name] for name in about if then.get(name) != now[name]]
        if moved:
            was = together([_was(spec, then.get(spec.name), now[spec.name], type(record)) for spec in moved])
            found.setdefault(was, []).append(reason)
    return {spec.name: _said(reasons, was) for was, reasons in found.items() for spec in reasons}


def _said(reasons: Sequence[FieldSpec], was: str) -> str:
    """One sentence for all that was written when the same figures were others."""
    names = together([f"“{spec.title}”" for spec in reasons])
    one = len(reasons) == 1
    again = "Write it anew, or say that it still holds." if one else "Write them anew, or say that they still hold."
    return f"{names} {'was' if one else 'were'} written when {was}. {again}"


def _when_given(name: str, text: Any, lines: Sequence[Line]) -> Mapping[str, Any] | None:
    """The record as it stood when this reason was last written or looked at again; None where the log does not say."""
    undone = {target for _, action, target, *_ in lines if action == "undo"}
    for seq, action, _, before, after in reversed(lines):
        if after is None or action in ("undo", "redo") or after.get(name) != text:
            continue
        if (before or {}).get(name) != text or (before == after and seq not in undone):
            return after
    return None


def _was(spec: FieldSpec, then: Any, now: Any, model: type[Record]) -> str:
    """``“How many” was 7 (now 5)``; of what is kept off shared screens only that it was another."""
    if spec.private:
        return f"“{spec.title}” was another"
    was, is_ = (_shown(spec, value, model) or "empty" for value in (then, now))
    return f"“{spec.title}” was {was} (now {is_})"


def _shown(spec: FieldSpec, value: Any, model: type[Record]) -> str:
    return spec.show(getattr(model.model_validate({spec.name: value}), spec.name))
