"""What data is shared, on what ground, and who signed (AN-1)."""

import datetime as dt
from typing import TYPE_CHECKING

from pspworkbook import guide
from pspworkbook.methods.analyse import sharing
from pspworkbook.methods.words import day
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.files import SaveFile

if TYPE_CHECKING:
    from pspworkbook.widgets.session import Session

SHOWN = {"data_set": "wide", "personal": "mid", "controllers": "mid", "recipients": "mid", "signed": "narrow"}
LAW = ("D-01", "D-02", "D-03", "D-04")
KINDS = ["data_share", "person"]


def show(page: ToolPage) -> None:
    """The register, what must be there before anything moves, and the table for the memorandum's annex."""
    page.tool(
        "AN-1",
        page.register("data_share", empty="No data is shared yet, or nobody has written it down.", shown=SHOWN),
        page.findings(
            lambda: sharing.gaps(page.rows("data_share"), dt.date.today()),
            KINDS,
            title="Before it may be shared",
            rule=sharing.RULE,
            fine="Whatever is about persons has its ground, its end and its signature.",
        ),
        SaveFile("Save the table of shared data for the memorandum (Word)", lambda: file(page.session)),
    )


def file(session: "Session") -> tuple[str, str, bytes]:
    """The table: the file's name, its media type and its bytes."""
    from pspworkbook.documents.data_sharing_docx import data_sharing_docx  # most visitors of the page save none

    now, today = session.now, dt.date.today()
    rows = [(entry.id, entry.record) for entry in now.records("data_share")]
    people = {entry.id: entry.label for entry in now.records("person")}
    notes = guide.then_and_now()
    law = [_said(notes[id_]) for id_ in LAW]
    data = data_sharing_docx(
        sharing.table(rows, people),  # type: ignore[arg-type]
        list(sharing.gaps(rows, today)),  # type: ignore[arg-type]
        law,
        workbook=session.workbook.name,
        on=today,
        note=now.the("partnership").record.made_up,
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return f"data-sharing-{session.workbook.slug}-{today:%Y-%m-%d}.docx", kind, data


def _said(note: guide.ThenAndNow) -> str:
    """A note as one sentence with its number, its date and how sure it is."""
    as_of = f"as of {day(note.as_of)}" if note.as_of else "no date"
    return f"{note.now or note.recalled} ({note.id}, {as_of}; {note.sure})"
