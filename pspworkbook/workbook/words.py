"""Changes and differences put into plain English. Reads any body that the log may hold, old or damaged ones too."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pspworkbook.methods.words import MINUS, quoted
from pspworkbook.records import KINDS, FieldSpec, Record, field_of, fields_of
from pspworkbook.records.fields import plain_day

LONGEST_QUOTE = 60
MOST_FIELDS = 3


def altered(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The names of the fields in which two bodies differ; a field that one of them lacks counts as empty."""
    old, new = before or {}, after or {}
    names = list(dict.fromkeys([*old, *new]))
    return tuple(name for name in names if _empty_to_none(old.get(name)) != _empty_to_none(new.get(name)))


def name_of(kind: str, body: Mapping[str, Any] | None) -> str:
    """The record's name as its form shows it; "" where it has none."""
    raw = (body or {}).get(KINDS[kind].name_field) if kind in KINDS else None
    try:
        spec = field_of(KINDS[kind], KINDS[kind].name_field)
        if KINDS[kind].single and spec.kind.name not in ("line", "text", "date"):
            return ""  # there is only one: a seed or another figure does not name it
        if raw and spec.kind.name == "date":
            return _day(str(raw))
        return spec.show(raw) if raw else ""
    except Exception:  # a body of an older version, or a damaged one, must still be legible in the log
        return str(raw)


def label(kind: str, body: Mapping[str, Any] | None, names: Mapping[str, str] | None = None) -> str:
    """The record's name in quotation marks; without one, the name of what it is about, or its kind."""
    model = KINDS.get(kind)
    if model is None:
        return kind or "the workbook"
    known = names or {}
    if own := name_of(kind, body):
        parts = (known.get(str((body or {}).get(name))) for name in model.named_with)
        return quoted(own) + next((f" of {quoted(part)}" for part in parts if part), "")
    name = _about(model, body or {}, known)
    if model.single and not name:
        return f"the {_lower_first(model.noun)}"
    return quoted(name) if name else f"{_article(model.noun)} {_lower_first(model.noun)} without a name"


def _about(model: type[Record], body: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """The name of the first record that a record without a name of its own points to; "" if it points to none."""
    held = (body.get(spec.name) for spec in fields_of(model) if spec.refers_to)
    return next((names[one] for one in held if isinstance(one, str) and one in names), "")


def named(kind: str, body: Mapping[str, Any] | None, names: Mapping[str, str] | None = None) -> str:
    """The record with its kind: ``outcome “Fewer falls”``, or ``actual figure of “Fewer falls”`` where it has no name itself."""
    model = KINDS.get(kind)
    if model is None or model.single:
        return label(kind, body)
    if name_of(kind, body):
        return f"{_lower_first(model.noun)} {label(kind, body, names)}"
    about = _about(model, body or {}, names or {})
    return f"{_lower_first(model.noun)} of {quoted(about)}" if about else label(kind, body)


def value(spec: FieldSpec, raw: Any, names: Mapping[str, str]) -> str:
    """A stored value as a sentence shows it: numbers as typed, text in quotation marks, a reference by its name."""
    if _empty_to_none(raw) is None:
        return "nothing"
    if spec.private:
        return "something that is kept private"
    if spec.refers_to:
        return quoted(names.get(str(raw), str(raw)))
    try:
        text = " ".join(spec.show(raw).split())
    except Exception:  # a body of an older version, or a damaged one, must still be legible in the log
        text = str(raw)
    if spec.kind.name in ("line", "text"):
        return quoted(text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + "…")
    if spec.kind.name == "date":
        return _day(text)
    if spec.kind.name == "pounds":
        text = f"{text}0" if len(text.partition(".")[2]) == 1 else text  # £231.50
        return f"{MINUS}£{text[1:]}" if text.startswith("-") else f"£{text}"
    return MINUS + text[1:] if _is_number(spec) and text.startswith("-") else text


def _is_number(spec: FieldSpec) -> bool:
    return spec.kind.number or spec.kind.name in ("figure", "figure change")


def _day(text: str) -> str:
    """A stored day as people write it; whatever else stands there, as it is."""
    try:
        return plain_day(dt.date.fromisoformat(text))
    except ValueError:
        return text


def differences(
    kind: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, names: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """The fields in which two bodies differ, each as (title, old, new) in words, in the order of the form."""
    model = KINDS.get(kind)
    changed = set(altered(before, after))
    if model is None:
        return []
    return [
        (
            spec.title,
            value(spec, (before or {}).get(spec.name), names),
            value(spec, (after or {}).get(spec.name), names),
        )
        for spec in fields_of(model)
        if spec.name in changed
    ]


def summary(
    action: str,
    kind: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    names: Mapping[str, str],
    most: int | None = MOST_FIELDS,
) -> str:
    """One line of the log as a sentence without its full stop; of its fields at ``most`` so many (None: all of them)."""
    if action == "reason":
        return "Reason given for an earlier change"
    if action == "import":
        return "Workbook opened from a saved copy"
    if action == "rename":
        return f"Workbook renamed from “{(before or {}).get('name', '')}” to “{(after or {}).get('name', '')}”"
    if action in ("undo", "redo"):
        return _taken_back(action, kind, before, after, names, most)
    text = _happened(kind, before, after, names, most)
    lead = {
        "clash": "Not kept, somebody else had saved first: ",
        "migrate": "Brought up to date: ",
        "keep": "Worked out: ",
    }.get(action, "")
    return lead + text


def _taken_back(
    action: str,
    kind: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    names: Mapping[str, str],
    most: int | None,
) -> str:
    """What Undo or Redo led to. “Undone: person added” would leave open which of the two was undone."""
    model, lead = KINDS.get(kind), action.capitalize()
    if model is None or model.confidential or (before is not None and after is not None):
        return f"{lead}: {_happened(kind, before, after, names, most)}"
    return (
        f"{lead}: {named(kind, after, names)} is back"
        if after is not None
        else f"{lead}: {named(kind, before, names)} is gone again"
    )


def _happened(
    kind: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    names: Mapping[str, str],
    most: int | None,
) -> str:
    model = KINDS.get(kind)
    if model is not None and model.confidential:
        done = "given" if before is None else "taken back" if after is None else "changed"
        return _sentence_case(f"{_article(model.noun)} {_lower_first(model.noun)} was {done}")
    if before is None and after is not None:
        return _sentence_case(f"{named(kind, after, names)} added")
    if after is None:
        return _sentence_case(f"{named(kind, before, names)} removed")
    found = differences(kind, before, after, names)
    if not found:
        return _sentence_case(f"{label(kind, after)} saved without a visible change")
    title, old, new = found[0]
    parts = [f"{_of(title, label(kind, before, names))} {_from_to(old, new)}"]
    parts += [f"{title} {_from_to(old, new)}" for title, old, new in found[1:most]]
    more = len(found) - (len(found) if most is None else most)
    if more > 0:
        parts.append(f"and {more} more field{'s' if more > 1 else ''}")
    return "; ".join(parts)


def _of(title: str, whose: str) -> str:
    """``Deadweight of “Fewer falls”``; a title that is a question, or has a comma in it, comes after: nobody could read on."""
    plain = title.removesuffix(", £")
    if ", " in plain or ":" in plain or plain.endswith("?"):
        return f"{_sentence_case(whose)}: {quoted(plain)}"
    return f"{title} of {whose}"


def _from_to(old: str, new: str) -> str:
    if old == "nothing":
        return f"set to {new}"
    return f"cleared (it was {old})" if new == "nothing" else f"from {old} to {new}"


def one_sentence(messages: Mapping[str, str], model: type[Record]) -> str:
    """The messages of a form as one text, each with the title of its field."""
    titles = {spec.name: spec.title for spec in fields_of(model)}
    return " ".join(f"{titles[name]}: {text}" if name in titles else text for name, text in messages.items())


def _empty_to_none(raw: Any) -> Any:
    return None if raw == "" else raw


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower_first(noun: str) -> str:
    return noun if noun[:2].isupper() else noun[:1].lower() + noun[1:]


def _article(noun: str) -> str:
    return "an" if noun[:1].lower() in "aeiou" else "a"
