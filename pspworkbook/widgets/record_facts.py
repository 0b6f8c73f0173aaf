"""What a page tells about a record besides its fields: where it came from, where it is used, and its register as a file."""

import datetime as dt
from typing import Any

from pspworkbook import guide
from pspworkbook.methods.offers import origin, read_origin
from pspworkbook.methods.uses import Use, in_words, kinds_that_point_to, uses
from pspworkbook.records import KINDS, fields_of
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.taking import names_of


def used(session: Session, kind: str, id_: str) -> dict[str, Any]:
    """The origin of a record and its uses, as plain values for the page: sentences, each with an address where it has one."""
    now = session.now
    rows = {
        other: [(entry.id, entry.record) for entry in now.records(other)]
        if not KINDS[other].single
        else [(other, now.the(other).record)]
        for other in kinds_that_point_to(kind)
    }
    found = list(uses(kind, id_, rows))
    entry = next((entry for entry in now.records(kind) if entry.id == id_), None) if not KINDS[kind].single else None
    return {
        "origin": _origin(session, origin(entry.record)) if entry else {},
        "uses": [{"words": use.sentence, "href": _address(session, use)} for use in found],
        "points": sum(not use.made for use in found),
        "summary": in_words(found),
    }


def _origin(session: Session, made_from: str) -> dict[str, str]:
    kind, id_ = read_origin(made_from)
    if kind not in KINDS:
        return {}
    noun = KINDS[kind].noun.lower()
    rows = [session.now.the(kind)] if KINDS[kind].single else session.now.records(kind)
    entry = next((entry for entry in rows if entry.id == id_), None)
    if entry is None:
        return {"words": f"Made from a {noun} that has been removed since.", "href": ""}
    use = Use(kind, id_, entry.record.label(), "")
    return {"words": f"Made from the {noun} “{entry.record.label()}”.", "href": _address(session, use)}


def _address(session: Session, use: Use) -> str:
    """The page and the place of a record; "" where no page shows it."""
    tool = guide.tools().get(KINDS[use.kind].tool)
    page = session.address(tool.stage) if tool else ""
    return f"{page}#at:{use.kind}:{use.id}" if page else ""


def register_file(session: Session, kind: str, *, xlsx: bool) -> dict[str, Any]:
    """A register as a file for the browser: its name, its media type and its bytes."""
    from pspworkbook.documents import register_sheet as sheet  # most visitors save none

    model = KINDS[kind]
    rows = [(entry.id, entry.record) for entry in session.now.records(kind)]
    private = session.workbook.role == "facilitator"
    make = sheet.as_xlsx if xlsx else sheet.as_csv
    data = make(model, rows, names_of(session, kind), private=private)
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
