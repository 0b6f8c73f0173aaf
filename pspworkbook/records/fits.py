"""Whether the answers of a record go together: no end before its start, no low above its high, no circle of tasks.

What goes with what is declared at the field, with ``not_before`` and ``not_above`` of
:func:`~pspworkbook.records.fields.ask`, and read from there for every record. Only what cannot be is refused here; what
is merely odd, such as a talk after its deadline, is a sentence in ``methods``. A record that is stored already is never
refused when it is read: it is shown, with the sentence at its field.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pspworkbook.records.fields import plain_day, plain_number
from pspworkbook.records.record import FieldSpec, Record, field_of, fields_of


def misfits(record: Record, altered: Collection[str] | None = None) -> dict[str, str]:
    """What cannot be in a record: field to sentence.

    With ``altered``, the names of the fields that somebody has just changed, only what those have to do with, and the
    sentence stands at one of them. Without, all of it, at the field that declares the limit.
    """
    found: dict[str, str] = {}
    for spec, other, at_spec, at_other in _pairs(record):
        if altered is None or spec.name in altered:
            found.setdefault(spec.name, at_spec)
        elif other and other in altered:
            found.setdefault(other, at_other)
    return found


def _pairs(record: Record) -> Iterator[tuple[FieldSpec, str, str, str]]:
    """Each limit that is broken: the field that declares it, the other field ("" for a number), the sentence at each."""
    for spec in fields_of(type(record)):
        value = record.compared(spec.name)
        if value is None:
            continue
        for name in spec.not_before:
            limit = record.compared(name)
            if limit is not None and value < limit:
                here, there = _said(record, spec), _said(record, field_of(type(record), name))
                yield spec, name, _sentence(value, "before", there), _sentence(value, "after", here)
        for most in spec.not_above:
            if isinstance(most, str):
                limit = record.compared(most)
                if limit is not None and value > limit:
                    here, there = _said(record, spec), _said(record, field_of(type(record), most))
                    yield spec, most, _sentence(value, "above", there), _sentence(value, "below", here)
            elif value > most:
                yield spec, "", f"This cannot be more than {plain_number(most)}.", ""


def _said(record: Record, spec: FieldSpec) -> str:
    """A field as a sentence names it: its title and, where anybody may see it, what it says."""
    value = getattr(record, spec.name)
    if spec.private:
        return f"“{spec.title}”"
    shown = plain_day(value) if isinstance(value, dt.date) else spec.show(value)
    return f"“{spec.title}” ({shown})"


def _sentence(value: Any, how: str, other: str) -> str:
    if isinstance(value, dt.date):
        return f"This day is {how} {other}. Change one of the two."
    return f"This is {'more' if how in ('above', 'after') else 'less'} than {other}. Change one of the two."


def circles(
    id_: str, record: Record, others: Mapping[str, Mapping[str, Any]], altered: Collection[str]
) -> dict[str, str]:
    """Where a record points to its own kind so that it would wait for itself: field to sentence.

    ``others`` are the bodies of this kind's records by identifier; only fields in ``altered`` are looked at.
    """
    own = [spec.name for spec in fields_of(type(record)) if spec.refers_to == record.kind]
    noun = record.noun[:1].lower() + record.noun[1:]
    found: dict[str, str] = {}
    for field in own:
        first = getattr(record, field)
        if field not in altered or not first:
            continue
        if first == id_:
            found[field] = f"This is the {noun} itself. Choose another."
        elif id_ in _led_to(first, others, own):
            name = others[first].get(record.name_field) or f"That {noun}"
            found[field] = (
                f"“{name}” waits for this {noun} already, directly or by way of others: each would wait for the other. "
                "Choose another."
            )
    return found


def _led_to(first: str, others: Mapping[str, Mapping[str, Any]], own: Collection[str]) -> set[str]:
    """All that a record points to, and what that points to, and so on."""
    seen: set[str] = set()
    waiting = [first]
    while waiting:
        body = others.get(waiting.pop(), {})
        following = {held for field in own if isinstance(held := body.get(field), str)} - seen
        seen |= following
        waiting += following
    return seen
