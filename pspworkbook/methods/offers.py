"""Nothing is typed twice: what one register holds is offered to another, until somebody has taken it over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pspworkbook.records import Record, field_of


@dataclass(frozen=True)
class Offer:
    """A record that could be made from another one.

    ``origin`` names the other as ``kind:id`` (in ``pest:abc#2`` the part after # tells several offers from one record
    apart); ``text`` is the sentence that is shown, ``source`` says where it comes from, ``values`` what the new record
    begins with.
    """

    origin: str
    text: str
    source: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def origin_of(kind: str, id_: str, part: str = "") -> str:
    """How a record names another as its origin: ``challenge:time``, or ``actual:falls#gain`` for a part of it."""
    return f"{kind}:{id_}#{part}" if part else f"{kind}:{id_}"


def read_origin(origin: str) -> tuple[str, str]:
    """The kind and the identifier that one origin names; ("", "") when there is none."""
    kind, colon, rest = origin.partition(":")
    return (kind, rest.partition("#")[0]) if colon else ("", "")


def keeps_origin(model: type[Record]) -> bool:
    """Whether records of this kind remember what they were made from."""
    return "origin" in model.model_fields and field_of(model, "origin").kind.name == "origin"


def origins(record: Record) -> list[str]:
    """What a record was made from, each as ``kind:id``: one for a row of a register, perhaps several for a form."""
    return str(getattr(record, "origin", "")).split() if keeps_origin(type(record)) else []


def open_offers(offers: Iterable[Offer], existing: Iterable[Record]) -> list[Offer]:
    """The offers that nobody has taken: those whose origin no existing record carries. An origin is offered once."""
    taken = {one for record in existing for one in origins(record)}
    found: dict[str, Offer] = {}
    for offer in offers:
        if offer.origin not in taken:
            found.setdefault(offer.origin, offer)
    return list(found.values())


def into_form(record: Record, offers: Iterable[Offer]) -> dict[str, Any]:
    """The fields of a form with what these offers bring: an empty field is filled, a longer text gains a line.

    What somebody has written is never replaced: a date, a figure or a single line that is there stays.
    """
    values: dict[str, Any] = {}
    sources = origins(record)
    for offer in offers:
        for name, brought in offer.values.items():
            spec = field_of(type(record), name)
            held = values.get(name, getattr(record, name))
            if brought in (None, ""):
                continue
            if held in (None, ""):
                values[name] = brought
            elif spec.kind.name == "text":
                there = str(held).splitlines()
                values[name] = "\n".join([*there, *(line for line in str(brought).splitlines() if line not in there)])
        if offer.origin not in sources:
            sources.append(offer.origin)
    return {**values, "origin": " ".join(sources)}
