"""What was taken over from a record that has changed since: a chain from stage to stage must survive edits. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pspworkbook.methods.offers import origins, read_origin
from pspworkbook.methods.words import quoted
from pspworkbook.records import KINDS, Record, fields_of

RULE = (
    "A record that was taken over from another is listed when the other says something else today than on the day it "
    "was taken over. It leaves the list when somebody says that it still holds, or when the other is put back. Nothing "
    "is copied by itself: what you have written since stays yours."
)
CARRIED: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("need_statement", "forecast"): ("who", "difficulty", "where", "how_many"),
    ("need_statement", "scope"): ("who", "difficulty", "where", "wishes"),
    ("need_statement", "partnership"): ("who", "difficulty"),
    ("need_statement", "community_benefit"): ("who", "difficulty"),
    ("involvement", "stakeholder"): ("group", "who", "how"),
    ("stakeholder", "communication"): ("name", "interest"),
    ("stakeholder", "member"): ("name",),
    ("stakeholder", "blocker"): ("name",),
    ("stakeholder", "risk"): ("name",),
    ("expectation", "communication"): ("stakeholder", "message", "how", "owner", "date"),
    ("blocker", "communication"): ("blocker", "approach", "stakeholder"),
    ("blocker", "risk"): ("blocker", "concern", "approach"),
    ("benefit", "outcome"): ("what", "group", "evidence"),
    ("outcome", "measure"): ("stakeholder", "outcome", "indicator", "source"),
    ("outcome", "actual"): ("stakeholder", "outcome", "quantity", "financial_proxy", "duration"),
    ("outcome", "transfer_check"): ("stakeholder", "outcome"),
    ("outcome", "scope"): ("outcome",),
    ("input", "actual_input"): ("description", "value"),
    ("budget_line", "input"): ("line", "partner", "contribution", "forecast"),
    ("budget_line", "pilot_term"): ("line", "partner", "contribution", "forecast"),
    ("pilot_term", "budget_line"): ("what", "contributor", "contribution", "value"),
    ("scope", "mou"): ("inside",),
    ("forecast", "scope"): ("activity", "left_out"),
    ("funder", "mandatory_indicator"): ("name", "asks_for"),
    ("route_screen", "route"): ("what", "type", "buyer", "value_excl", "value_incl"),
}
"""The fields of a source that went into what was made from it; where a pair is not named, all but private ones."""

Key = tuple[str, str]
Line = tuple[int, str, int | None, Mapping[str, Any] | None, Mapping[str, Any] | None]
"""A line of the log: its number, its action, the line that it takes back, the body before it and after it."""


@dataclass(frozen=True)
class Since:
    """A record that was made from another which has changed since; ``changes`` says in words what."""

    kind: str
    id: str
    label: str
    source: Key
    source_label: str
    changes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """``Measure “Falls”: the outcome “Fewer falls” has changed since. How many: 7 → 5.``"""
        noun, other = KINDS[self.kind].noun, KINDS[self.source[0]].noun
        what = f"{noun} {quoted(self.label)}" if not KINDS[self.kind].single else f"The {_lower(noun)}"
        whose = f"the {_lower(other)}" + ("" if KINDS[self.source[0]].single else f" {quoted(self.source_label)}")
        return f"{what}: {whose} has changed since. {'; '.join(self.changes)}."


def candidates(records: Mapping[Key, Record], versions: Mapping[Key, int]) -> list[tuple[Key, Key, str]]:
    """Records made from one that was ever edited: (record, source, origin). Only for these is the log needed."""
    return [
        (key, source, made_from)
        for key, record in records.items()
        for made_from in origins(record)
        if (source := read_origin(made_from)) in records and versions.get(source, 0) > 1
    ]


def taken_at(lines: Sequence[Line], made_from: str) -> int | None:
    """The line at which a record took this origin, or at which somebody last said that it still holds; None for never."""
    found = None
    undone = {target for _, action, target, *_ in lines if action == "undo"}
    for seq, action, _, before, after in lines:
        was, now = (str((body or {}).get("origin") or "").split() for body in (before, after))
        looked = before == after and action != "undo" and seq not in undone
        if made_from in now and (made_from not in was or looked):
            found = seq
    return found


def since(
    wanted: Sequence[tuple[Key, Key, str]],
    records: Mapping[Key, Record],
    lines: Mapping[Key, Sequence[Line]],
    names: Mapping[str, str],
) -> Iterator[Since]:
    """Those of :func:`candidates` whose source says something else today. ``names``: identifier to name, for references."""
    for key, source, made_from in wanted:
        taken = taken_at(lines.get(key, ()), made_from)
        later = [line for line in lines.get(source, ()) if taken is not None and line[0] > taken]
        before = later[0][3] if later else None
        if before is None:
            continue
        changes = tuple(_changes(before, records[source], CARRIED.get((source[0], key[0])), names))
        if changes:
            yield Since(*key, records[key].label(), source, records[source].label(), changes)


def _changes(
    before: Mapping[str, Any], now: Record, carried: Sequence[str] | None, names: Mapping[str, str]
) -> Iterator[str]:
    body = now.body()
    for spec in fields_of(type(now)):
        wanted = spec.name in carried if carried is not None else spec.kind.name != "origin"
        was = before.get(spec.name)
        if not wanted or spec.private or _some(was) == _some(body[spec.name]):
            continue
        if spec.refers_to:
            old, new = (names.get(str(value), "another one") if value else "" for value in (was, body[spec.name]))
        else:
            old, new = _shown(now, spec.name, was), spec.show(getattr(now, spec.name))
        yield f"{spec.title.rstrip('?')}: {_short(old)} → {_short(new)}"


def _shown(now: Record, name: str, was: Any) -> str:
    """An earlier value as it was shown; as it stands where today's declaration cannot read it any more."""
    spec = next(spec for spec in fields_of(type(now)) if spec.name == name)
    try:
        return spec.show(getattr(type(now).model_validate({name: was}), name))
    except ValueError:
        return str(was)


def _some(value: Any) -> Any:
    return None if value in ("", []) else value


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= 80 else f"{line[:79]}…") or "nothing"


def _lower(noun: str) -> str:
    return noun if noun[:2].isupper() else noun[:1].lower() + noun[1:]
