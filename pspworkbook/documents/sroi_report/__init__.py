"""The SROI report: what a council, a funder or an assurer reads. ``report_of(facts)`` writes it; ``as_html`` and ``as_docx`` make files."""

from pspworkbook.documents.sroi_report.facts import Logged, ReportFacts
from pspworkbook.documents.sroi_report.whole import report_of

__all__ = ["Logged", "ReportFacts", "report_of"]
