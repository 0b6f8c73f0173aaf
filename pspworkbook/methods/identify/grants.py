"""From grant to contract: which providers may be shaken by the change, and what could go into the risk register."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.words import day, percent, pounds
from pspworkbook.records.identify import GrantConversation

DEPENDS = 0.5
SOON = dt.timedelta(days=365)
RULE = (
    "A provider is at risk when the grant is half of its income or more, or ends within a year. Both together is a "
    "high risk. The thresholds are ours."
)


@dataclass(frozen=True)
class GrantRisk:
    """A line for the risk register."""

    id: str
    provider: str
    high: bool
    sentence: str
    response: str


def risks(rows: Rows[GrantConversation], today: dt.date) -> list[GrantRisk]:
    """The providers at risk by :data:`RULE`, high risks first."""
    found = []
    for id_, row in rows:
        depends = row.dependency is not None and row.dependency >= DEPENDS
        soon = row.ends is not None and row.ends <= today + SOON
        if depends or soon:
            reasons = []
            if depends and row.dependency is not None:
                reasons.append(f"the grant is {percent(row.dependency)} of its income")
            if soon and row.ends is not None:
                reasons.append(f"it {'ended' if row.ends < today else 'ends'} on {day(row.ends)}")
            amount = f" of {pounds(row.grant)} a year" if row.grant else ""
            sentence = f"“{row.label()}” has a grant{amount}; {' and '.join(reasons)}."
            found.append(GrantRisk(id_, row.label(), depends and soon, sentence, row.mitigation))
    return sorted(found, key=lambda risk: not risk.high)


def gaps(rows: Rows[GrantConversation], today: dt.date) -> Iterator[StageGap]:
    """Risks that have no answer, and conversations that have not been held."""
    for risk in risks(rows, today):
        if not risk.response:
            yield StageGap(
                "ID-10",
                f"{risk.sentence} Say what is done about it.",
                "grant_conversation",
                risk.id,
                "mitigation",
            )
    for id_, row in rows:
        if row.talked_on is None:
            yield StageGap(
                "ID-10",
                f"Nobody has talked with “{row.label()}” yet. Money will follow people’s needs: say so.",
                row.kind,
                id_,
                "talked_on",
            )
