"""What the rules of stage 2 need to know, read from the workbook."""

from collections.abc import Sequence
from typing import Any

from pspworkbook.methods.decide.decision import DecisionFacts
from pspworkbook.records.subsidy import SubsidyTest
from pspworkbook.stages.facts.answers import given, hidden
from pspworkbook.widgets.snapshot import Snapshot


def facts(now: Snapshot) -> DecisionFacts:
    """The facts of “To PSP or not”."""
    return DecisionFacts(
        partnership=now.the("partnership").record,
        needs=_rows(now, "need_statement"),
        test=now.the("psp_test").record,
        answers=given(now),
        hidden=hidden(now),
        findings=_rows(now, "market_finding"),
        market=now.the("market").record,
        subsidies=_rows(now, "subsidy"),
        advice=_rows(now, "procurement_advice"),
        assumptions=_rows(now, "assumption_card"),
        legacies=_rows(now, "legacy"),
        options=_rows(now, "option"),
        decision=now.the("decision").record,
        conditions=_rows(now, "condition"),
        dissents=_rows(now, "dissent"),
    )


def subsidy_tests(now: Snapshot) -> Sequence[tuple[str, SubsidyTest]]:
    """What was weighed against the seven principles of subsidy control."""
    return _rows(now, "subsidy_test")


def _rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    return [(entry.id, entry.record) for entry in now.records(kind)]
