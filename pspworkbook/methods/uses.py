"""Where a record is used: which others point to it, and which were made from it. Nothing is found by its name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows
from pspworkbook.methods.offers import keeps_origin, origins, read_origin
from pspworkbook.methods.words import quoted
from pspworkbook.records import KINDS, Record, fields_of


@dataclass(frozen=True)
class Use:
    """One place where a record is used. ``made`` is true where the other was made from it, and does not hang on it."""

    kind: str
    id: str
    label: str
    field: str
    made: bool = False

    @property
    def sentence(self) -> str:
        """``Task “Open the doors”: Owner`` or ``Risk “No driver” was made from it``."""
        model = KINDS[self.kind]
        what = model.noun if model.single else f"{model.noun} {quoted(self.label)}"
        return f"{what} was made from it" if self.made else f"{what}: {self.field}"


def kinds_that_point_to(kind: str) -> list[str]:
    """The kinds whose records may point to one of ``kind``, or be made from one."""
    return [
        name
        for name, model in KINDS.items()
        if keeps_origin(model) or any(spec.refers_to == kind for spec in fields_of(model))
    ]


def uses(kind: str, id_: str, records: Mapping[str, Rows[Record]]) -> Iterator[Use]:
    """Every use of a record. ``records`` holds the rows of :func:`kinds_that_point_to`, by kind."""
    for name, rows in records.items():
        pointing = [spec for spec in fields_of(KINDS[name]) if spec.refers_to == kind]
        for other, record in rows:
            for spec in pointing:
                held = getattr(record, spec.name)
                if held == id_ or (isinstance(held, tuple | list) and id_ in held):
                    yield Use(name, other, record.label(), spec.title)
            if (kind, id_) in map(read_origin, origins(record)):
                yield Use(name, other, record.label(), "", made=True)


def in_words(found: Iterable[Use]) -> str:
    """What a question before removal says: ``It is used in 3 places: Tasks (2), Risks (1).``"""
    count: dict[str, int] = {}
    for use in found:
        plural = KINDS[use.kind].plural
        count[plural] = count.get(plural, 0) + 1
    total = sum(count.values())
    if not total:
        return ""
    places = "1 place" if total == 1 else f"{total} places"
    return f"It is used in {places}: {', '.join(f'{plural} ({n})' for plural, n in count.items())}."
