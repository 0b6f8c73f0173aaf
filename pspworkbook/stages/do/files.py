"""The Word files of stage 6, made from what the workbook holds at the moment of asking."""

import datetime as dt

from pspworkbook import guide
from pspworkbook.methods.do import comms, fair
from pspworkbook.methods.words import day
from pspworkbook.records.deliver import ProgressReport
from pspworkbook.stages.facts.do import fair_facts, importance, newest, opinions, periods, reports, rows, series
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook.errors import WorkbookError
from pspworkbook.workbook.store import slug_of

# The library for Word files is imported where it is used: most visitors of the page save none.


def save_words(now: Snapshot) -> str:
    """What the button says that saves the newest report: which one it is."""
    found = newest(now)
    return f"Save the newest report, {_called(found[1])}, as .docx" if found else "Save the newest report as .docx"


def issue_words(now: Snapshot) -> str:
    """What the button says that issues a report: which one it is."""
    found = newest(now, draft=True)
    whom = _called(found[1]) if found else "the report"
    return f"Issue {whom}: keep it as it reads now, and save it"


def _called(row: ProgressReport) -> str:
    return f"“{row.label()}”"


def report_file(session: Session, id_: str = "") -> tuple[str, str, bytes]:
    """A progress report, the newest if not said otherwise: the file's name, its media type and its bytes."""
    from pspworkbook.documents.progress_report_docx import progress_report_docx

    found = newest(session.now)
    if not found:
        raise WorkbookError("There is no report yet. Add one with its period.")
    _, row, drawn = next((one for one in reports(session.now) if one[0] == id_), found)
    data = progress_report_docx(
        row, drawn, workbook=session.workbook.name, on=dt.date.today(), note=_made_up(session.now)
    )
    return _named(f"progress-report-{slug_of(row.title)}" if row.title else "progress-report", session, data)


def issue(session: Session) -> tuple[str, str, bytes]:
    """Keep the newest draft as it reads now, with today's date, and give that one as a file. Only once for each report."""
    found = newest(session.now, draft=True)
    if not found:
        raise WorkbookError("Every report is issued already. Add the next one with its period.")
    id_, row, drawn = found
    if not row.period_start or not row.period_end:
        raise WorkbookError("Say first which period the report is about.")
    version = next(entry.version for entry in session.now.records("progress_report") if entry.id == id_)
    values = {"issued": dt.date.today().isoformat(), "issued_text": drawn.text}
    session.workbook.change("progress_report", id_, values, version=version)
    session.follow()
    return report_file(session, id_)


def fair_file(session: Session, *, names: bool = False) -> tuple[str, str, bytes]:
    """The fair competition file; with names only for the facilitator."""
    from pspworkbook.documents.fair_competition_docx import fair_competition_docx

    if names:
        session.workbook.access.require_facilitator("save the file with names")
    facts = fair_facts(session.now)
    data = fair_competition_docx(
        fair.parts(facts, names=names),
        list(fair.lacks(facts)),
        law(),
        names=names,
        workbook=session.workbook.name,
        on=dt.date.today(),
        note=_made_up(session.now),
    )
    return _named("fair-competition-with-names" if names else "fair-competition", session, data)


def comms_file(session: Session) -> tuple[str, str, bytes]:
    """The communications plan."""
    from pspworkbook.documents.comms_docx import comms_docx

    now, today = session.now, dt.date.today()
    entries = rows(now, "communication")
    groups, due = rows(now, "stakeholder"), comms.due(entries, today)
    rated = importance(now)
    data = comms_docx(
        now.the("comms_plan").record,
        comms.this_month(due, today),
        sorted((row for _, row in entries), key=lambda row: row.date or dt.date.max),
        [f"{one.label()}{comms.rated_words(id_, rated)}" for id_, one in comms.forgotten(groups, due, rated)],
        {id_: row.label() for id_, row in [*groups, *rows(now, "person")]},
        workbook=session.workbook.name,
        on=today,
        note=_made_up(now),
    )
    return _named("communications-plan", session, data)


def figures_file(session: Session) -> tuple[str, str, bytes]:
    """The figures of delivery as a spreadsheet, with small numbers held back for everybody, the facilitator too."""
    from pspworkbook.documents.monitoring_sheet import MEDIA, monitoring_xlsx

    now = session.now
    data = monitoring_xlsx(periods(now), series(now), opinions(now))
    return f"delivery-{session.workbook.slug}-{dt.date.today():%Y-%m-%d}.xlsx", MEDIA, data


def law() -> list[str]:
    """What the note on fair competition (P-06) says, with its date, its source and how sure we are."""
    note = guide.then_and_now()["P-06"]
    said = [f"{note.now or note.recalled or ''} As of {day(note.as_of)}; {note.sure}." if note.as_of else note.topic]
    said += list(note.key_facts)
    return [*said, *([note.still_open] if note.still_open else []), f"Source: {note.source_name}. Ask {note.ask_whom}."]


def _made_up(now: Snapshot) -> str:
    said = now.the("partnership").record.made_up
    return f"An example for training, not a real partnership. {said}" if said else ""


def _named(what: str, session: Session, data: bytes) -> tuple[str, str, bytes]:
    from pspworkbook.documents.word import MEDIA

    return f"{what}-{session.workbook.slug}-{dt.date.today():%Y-%m-%d}.docx", MEDIA, data
