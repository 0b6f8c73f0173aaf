"""The Word files of stage 3, made from what the workbook holds at the moment of asking."""

import datetime as dt

from pspworkbook.methods.form import induction
from pspworkbook.methods.form import mou as mou_method
from pspworkbook.records.agreement import Signatory
from pspworkbook.stages.facts.form import mou_facts, pack_facts, rows
from pspworkbook.stages.form.workshop import sheets
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.snapshot import Snapshot

# The library for Word files is imported where it is used: most visitors of the page save none.


def mou_file(session: Session, changes: bool = False) -> tuple[str, str, bytes]:
    """The Memorandum of Understanding: the file's name, its media type and its bytes; ``changes`` from 2011 if asked."""
    from pspworkbook.documents.mou_docx import mou_docx

    data = mou_docx(
        mou_method.fill(mou_facts(session.now)),
        _signatories(session.now),
        workbook=session.workbook.name,
        on=dt.date.today(),
        note=_made_up(session.now),
        changes=changes,
    )
    return _named("mou", session, data)


def pack_file(session: Session) -> tuple[str, str, bytes]:
    """The induction pack."""
    from pspworkbook.documents.induction_docx import induction_docx

    facts = pack_facts(session.now)
    data = induction_docx(
        induction.pack(facts),
        mou_method.fill(mou_facts(session.now)),
        _signatories(session.now),
        partnership=facts.partnership.name,
        workbook=session.workbook.name,
        on=dt.date.today(),
        note=_made_up(session.now),
    )
    return _named("induction", session, data)


def run_sheet_file(session: Session) -> tuple[str, str, bytes]:
    """The run-sheets of the workshops to come; when all are past, of all."""
    from pspworkbook.documents.run_sheet_docx import run_sheet_docx

    known = sheets(session.now)
    wanted = [one for one in known if not one.past] or known
    pairs = [(one.workshop, one.sheet) for one in wanted]
    return _named("run-sheet", session, run_sheet_docx(pairs, workbook=session.workbook.name, on=dt.date.today()))


def _signatories(now: Snapshot) -> list[Signatory]:
    return [row for _, row in rows(now, "signatory")]


def _made_up(now: Snapshot) -> str:
    """That this is an example, for a document that leaves the workbook."""
    said = now.the("partnership").record.made_up
    return f"An example for training, not a real partnership. {said}" if said else ""


def _named(what: str, session: Session, data: bytes) -> tuple[str, str, bytes]:
    from pspworkbook.documents.word import MEDIA

    return f"{what}-{session.workbook.slug}-{dt.date.today():%Y-%m-%d}.docx", MEDIA, data
