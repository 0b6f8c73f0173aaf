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
    """The kind and the identifier that an origin names; ("", "") when there is none."""
    kind, colon, rest = origin.partition(":")
    return (kind, rest.partition("#")[0]) if colon else ("", "")


def keeps_origin(model: type[Record]) -> bool:
    """Whether records of this kind remember what they were made from."""
    return "origin" in model.model_fields and field_of(model, "origin").kind.name == "origin"


def origin(record: Record) -> str:
    """What a record was made from, as ``kind:id``; "" when it was made from nothing, or does not remember it."""
    return str(getattr(record, "origin", "")) if keeps_origin(type(record)) else ""


def open_offers(offers: Iterable[Offer], existing: Iterable[Record]) -> list[Offer]:
    """The offers that nobody has taken: those whose origin no existing record carries. An origin is offered once."""
    taken = {origin(record) for record in existing}
    found: dict[str, Offer] = {}
    for offer in offers:
        if offer.origin not in taken:
            found.setdefault(offer.origin, offer)
    return list(found.values())
