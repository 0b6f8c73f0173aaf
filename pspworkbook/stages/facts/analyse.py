"""What the tools beside the SROI forecast need to know, read from the workbook."""

import datetime as dt
from typing import Any

from pspworkbook.methods.analyse.gaps import AnalyseFacts, tool_gaps
from pspworkbook.methods.findings import StageGap
from pspworkbook.widgets.snapshot import Snapshot


def rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    """All records of a kind as (identifier, record)."""
    return [(entry.id, entry.record) for entry in now.records(kind)]


def gaps(now: Snapshot) -> list[StageGap]:
    """What these tools put in the way of “Analyse”."""
    facts = AnalyseFacts(
        rows(now, "data_share"),
        rows(now, "demand"),
        now.the("route_screen").record,
        rows(now, "journey"),
        rows(now, "journey_step"),
    )
    return list(tool_gaps(facts, dt.date.today()))
