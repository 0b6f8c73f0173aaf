"""The report as a whole: its chapters in their order."""

from pspworkbook.documents.blocks import Chapter, Report
from pspworkbook.documents.sroi_report import doubt, map, opening, result, scrutiny
from pspworkbook.documents.sroi_report.facts import ReportFacts
from pspworkbook.documents.word import ATTRIBUTION, NOT_ADVICE

METHOD = (
    "The steps, the columns and the formulas are those of “A guide to Social Return on Investment” (The SROI Network, 2009, "
    "updated 2012), told in our own words."
)


def report_of(f: ReportFacts) -> Report:
    """The report on these facts. What is not there yet is named in its place; nothing makes it fail."""
    happened = list(result.happened(f))
    chapters = [
        Chapter("Summary", list(opening.summary(f))),
        Chapter("What was looked at", list(opening.scope(f))),
        Chapter("Who was involved", list(opening.involved(f))),
        Chapter("Theory of change", list(map.theory(f)), wide=True),
        Chapter("The impact map", list(map.impact_map(f)), wide=True),
        Chapter("What was left out, and why", list(map.left_out(f)), wide=True),
        Chapter("The result, with its range", list(result.result(f))),
        *([Chapter("What happened beside the forecast", happened)] if happened else []),
        Chapter("How sure it is", list(doubt.doubt(f))),
        Chapter("What a sceptic would ask", list(scrutiny.sceptic(f))),
        Chapter("Limits", list(scrutiny.limits(f))),
        Chapter("Principles and verification", list(scrutiny.principles(f))),
        Chapter("Evidence, outcome by outcome", list(scrutiny.evidence(f)), wide=True),
        Chapter("Audit trail of the assumptions", list(scrutiny.trail(f)), wide=True),
        Chapter("Appendix: sources", list(scrutiny.sources(f)), wide=True),
        Chapter("Appendix: terms", list(scrutiny.terms(f)), wide=True),
    ]
    name = f.scope.activity or f.partnership.service or f.partnership.name or f.workbook
    made_up = f.partnership.made_up
    return Report(
        title=f"Social return on investment: {name}",
        kicker="Evaluative SROI report" if f.scope.type == "evaluative" else "Forecast SROI report",
        facts=list(opening.title_block(f)),
        chapters=chapters,
        workbook=f.workbook,
        note=f"An example for training, not a real partnership. {made_up}" if made_up else "",
        fine=(NOT_ADVICE, METHOD, ATTRIBUTION),
    )
