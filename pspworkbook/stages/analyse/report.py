"""The SROI report of a workbook as a Word file or a web page, made from what it holds at the moment of asking."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from pspworkbook.methods.offers import read_origin
from pspworkbook.methods.sroi import scenarios
from pspworkbook.methods.sroi.headline import Known, headline
from pspworkbook.methods.sroi.simulate import simulate
from pspworkbook.methods.sroi.sobol import weights
from pspworkbook.methods.words import day, sentences
from pspworkbook.records import KINDS, fields_of
from pspworkbook.stages.analyse.scrutiny import found_now
from pspworkbook.stages.analyse.still_open import still_open
from pspworkbook.stages.analyse.uncertainty import doubt_of, settings_of
from pspworkbook.stages.facts.decided import decided_rows
from pspworkbook.stages.facts.evaluation import evaluation_of
from pspworkbook.stages.facts.verified import overtaken
from pspworkbook.stages.facts.worked import work_out
from pspworkbook.stages.progress import forecast_gaps
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook import Change, Workbook
from pspworkbook.workbook.words import label, name_of, named, value

if TYPE_CHECKING:
    from pspworkbook.documents.sroi_report import Logged, ReportFacts

Form = Literal["docx", "html"]
HTML = "text/html"
LOGGED = frozenset(
    {
        *("forecast", "stakeholder", "input", "outcome", "figure_range", "simulation", "scenario", "scenario_change"),
        *("checker_reply", "principle_audit", "verification", "actual", "actual_input"),
    }
)
"""What the audit trail tells of: every kind of record that the ratio, or what is said of it, rests on."""
_OF_AN_OUTCOME = frozenset({"figure_range", "actual", "checker_reply"})
MAKING = "Working out the range and making the report. This takes a few seconds …"


def facts_of(workbook: Workbook, now: Snapshot, progress: Callable[[float], None] | None = None) -> "ReportFacts":
    """Everything that the report says. The range is worked out anew by the settings and the seed that are stored.

    ``progress`` is told the share of the draws that is done.
    """
    from pspworkbook.documents.sroi_report import ReportFacts

    def rows(kind: str) -> list[tuple[str, Any]]:
        return [(entry.id, entry.record) for entry in now.records(kind)]

    today, worked, doubt, settings = dt.date.today(), work_out(now), doubt_of(now), settings_of(now)
    rests: dict[str, Any] = {}
    if doubt is not None and worked.result is not None:
        changes = [record for _, record in rows("scenario_change")]
        rests = {
            "ranges": doubt.ranges,
            "simulation": (drawn := simulate(doubt.ranges, settings, progress)),
            "range": headline(worked.result, doubt.ranges, settings, Known.of(drawn)),
            "weights": weights(doubt.ranges, settings.shape, seed=settings.seed),
            "same_change": doubt.same_change,
            "scenarios": scenarios.play(doubt.ranges, rows("scenario"), changes, doubt.outcome_ids, doubt.input_ids),
        }
    lists = (decided_rows(now), rows("stakeholder"), rows("input"))
    return ReportFacts(
        workbook=workbook.name,
        on=today,
        line=workbook.position,
        partnership=now.the("partnership").record,
        scope=now.the("forecast").record,
        stakeholders=lists[1],
        inputs=lists[2],
        outcomes=lists[0],
        result=worked.result,
        counted=worked.ids,
        uncounted=worked.left_out,
        undecided=frozenset(now.outdated("outcome")),
        excluded={id_: worth for id_, worth in worked.excluded if worth is not None},
        trouble=worked.trouble,
        missing=[gap.sentence for gap in forecast_gaps(now)],
        given=rows("figure_range"),
        findings=found_now(now),
        replies=rows("checker_reply"),
        open=still_open(now, worked),
        audit=rows("principle_audit"),
        verification=rows("verification"),
        overtaken=overtaken(now),
        people={id_: person.label() for id_, person in rows("person")},
        evaluation=evaluation_of(now),
        actuals=rows("actual"),
        actual_inputs=rows("actual_input"),
        agreed=[
            (entry.record.agreed_by or entry.author, day(entry.at.astimezone().date()))
            for entry in now.records("confirmation")
            if entry.record.stage == "analyse" and entry.at
        ],
        log=_log(workbook),
        **rests,
    )


def _log(workbook: Workbook) -> list["Logged"]:
    from pspworkbook.documents.sroi_report import Logged

    history = workbook.history()
    reasons = {change.target: change.reason for change in history if change.action == "reason"}
    told = [change for change in history if change.kind in LOGGED and change.action not in ("clash", "reason")]
    lines = Counter((change.kind, change.id) for change in told)
    about, called = _subjects(told), _names(told)
    return [
        Logged(
            f"{change.at.astimezone():%d %b %Y, %H:%M}",
            change.author,
            _by_name(
                _said(change, lines[change.kind, change.id] > 1), change.kind, called.get((change.kind, change.id))
            ),
            sentences([change.reason, later]) if (later := reasons.get(change.seq)) else change.reason,
            *about[change.kind, change.id],
        )
        for change in told
    ]


def _subjects(told: Sequence[Change]) -> dict[tuple[str, str], tuple[str, str]]:
    """For each record what its lines are about: the kind, and the identifier of the outcome, "" for none.

    The newest line that says so counts for all of them: a range is added before anybody chooses what it is a range of.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for change in told:
        key = change.kind, change.id
        if key not in found or found[key] == (change.kind, ""):
            found[key] = _subject(change)
    return found


def _names(told: Sequence[Change]) -> dict[tuple[str, str], tuple[str, str]]:
    """What each record is called in the newest line that names it: with its kind, and alone."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for change in told:
        body = change.after or change.before
        if (change.kind, change.id) not in found and name_of(change.kind, body):
            one, alone = named(change.kind, body, change.names), label(change.kind, body, change.names)
            found[change.kind, change.id] = one[:1].upper() + one[1:], alone
    return found


def _by_name(text: str, kind: str, called: tuple[str, str] | None) -> str:
    """A line from before the record had a name, with the name that it was given later: else nobody can tell which one it was."""
    if called is None:
        return text
    nameless = label(kind, {})
    return text.replace(f"{nameless[:1].upper()}{nameless[1:]} added", f"{called[0]} added").replace(
        nameless, called[1]
    )


def _subject(change: Change) -> tuple[str, str]:
    if change.kind == "outcome":
        return change.kind, change.id
    if change.kind not in _OF_AN_OUTCOME:
        return change.kind, ""
    for body in (change.after or {}, change.before or {}):
        kind, id_ = read_origin(str(body.get("origin") or ""))
        if outcome := str(body.get("outcome") or (id_ if kind == "outcome" else "")):
            return change.kind, outcome
        if body.get("input"):
            return "input", ""
    return change.kind, ""


def _said(change: Change, changed: bool) -> str:
    """The line of the history; of what was added, with the figures that it came with, for those are the assumptions.

    What nobody has ``changed`` since stands in the report with just these figures, and needs them no second time.
    """
    model = KINDS[change.kind]
    if change.before is not None or change.after is None:
        return change.summary
    if not changed:
        return f"{model.noun} set, as it stands here" if model.single else f"{change.summary} as it stands here"
    new = model().body()
    figures = [
        f"{spec.title.removesuffix(', £').rstrip('?')}: {value(spec, change.after.get(spec.name), change.names)}"
        for spec in fields_of(model)
        if (spec.kind.name not in ("line", "text", "origin") and not spec.private)
        and change.after.get(spec.name) not in (None, "", new.get(spec.name))
    ]
    said = f"{model.noun} set" if model.single else change.summary
    return f"{said}. {'; '.join(figures)}" if figures else said


def report_bytes(
    workbook: Workbook, now: Snapshot, form: Form, progress: Callable[[float], None] | None = None
) -> bytes:
    """The report as a file."""
    from pspworkbook.documents.sroi_report import report_of

    facts = facts_of(workbook, now, progress)
    report = report_of(facts)
    if form == "html":
        from pspworkbook.documents.report_html import as_html

        return as_html(report).encode("utf-8")
    from pspworkbook.documents.word_report import as_docx

    return as_docx(report, facts.on)


def report_file(session: Session, form: Form) -> tuple[str, str, bytes]:
    """The report for a visitor: the file's name, its media type and its bytes."""
    from pspworkbook.documents.word import MEDIA

    data = report_bytes(session.workbook, session.now, form)
    name = f"sroi-report-{session.workbook.slug}-{dt.date.today():%Y-%m-%d}.{form}"
    return name, HTML if form == "html" else MEDIA, data


def buttons(session: Session) -> list[SaveFile]:
    """The buttons that save the report."""
    return [
        SaveFile("Save the report (Word)", lambda: report_file(session, "docx"), making=MAKING),
        SaveFile("Save the report (web page)", lambda: report_file(session, "html"), making=MAKING),
    ]
