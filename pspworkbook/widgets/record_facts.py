"""What a page tells about a record besides its fields: where it came from, where it is used, and its register as a file."""

import datetime as dt
from typing import Any

from pspworkbook.methods.offers import origins, read_origin
from pspworkbook.methods.uses import in_words, kinds_that_point_to, uses
from pspworkbook.methods.words import quoted
from pspworkbook.records import KINDS, fields_of
from pspworkbook.widgets.addresses import address_of, beyond_the_workbook
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.since import changed, entries_of
from pspworkbook.widgets.taking import names_of


def used(session: Session, kind: str, id_: str) -> dict[str, Any]:
    """The origin of a record and its uses, as plain values for the page: sentences, each with an address where it has one."""
    now = session.now
    rows = {
        other: [(entry.id, entry.record) for entry in entries_of(now, other)] for other in kinds_that_point_to(kind)
    }
    found = list(uses(kind, id_, rows))
    entry = next((entry for entry in entries_of(now, kind) if entry.id == id_), None)
    return {
        "origins": [said for one in origins(entry.record) if (said := _origin(session, one))] if entry else [],
        "since": [one.sentence for one in changed(now) if (one.kind, one.id) == (kind, id_)],
        "uses": [
            {"words": use.sentence, "href": address_of(session, use.kind, use.id), "made": use.made} for use in found
        ],
        "points": sum(not use.made for use in found),
        "summary": in_words(found),
    }


def _origin(session: Session, made_from: str) -> dict[str, str]:
    kind, id_ = read_origin(made_from)
    if kind not in KINDS:
        return beyond_the_workbook(session, made_from)
    model = KINDS[kind]
    noun = model.noun if model.noun[:2].isupper() else model.noun[:1].lower() + model.noun[1:]
    entry = next((entry for entry in entries_of(session.now, kind) if entry.id == id_), None)
    if entry is None:
        return {
            "words": f"Made from {'an' if noun[:1] in 'aeiou' else 'a'} {noun} that has been removed since.",
            "href": "",
        }
    name = "" if model.single else f" {quoted(entry.record.label())}"
    return {"words": f"Made from the {noun}{name}.", "href": address_of(session, kind, id_)}


def register_file(session: Session, kind: str, *, xlsx: bool) -> dict[str, Any]:
    """A register as a file for the browser: its name, its media type and its bytes."""
    from pspworkbook.documents import register_sheet as sheet  # most visitors save none

    model = KINDS[kind]
    rows = [(entry.id, entry.record) for entry in session.now.records(kind)]
    private = session.workbook.role == "facilitator"
    make = sheet.as_xlsx if xlsx else sheet.as_csv
    mark = session.workbook.mark(session.seen)
    data = make(model, rows, names_of(session, kind), private=private, mark=mark)
    slug = "-".join("".join(char if char.isalnum() else " " for char in model.plural.lower()).split())
    name = f"{slug}-{session.workbook.slug}-{dt.date.today():%Y-%m-%d}.{'xlsx' if xlsx else 'csv'}"
    piece = 1 << 19
    kept = [spec.title for spec in fields_of(model) if spec.private] if private else []
    warning = f" It holds what is kept off shared screens ({', '.join(kept)}): do not pass it on." if kept else ""
    return {
        "name": name,
        "type": sheet.XLSX if xlsx else sheet.CSV,
        "buffers": [data[at : at + piece] for at in range(0, len(data), piece)],
        "said": f"Saved as {name}.{warning}",
    }
