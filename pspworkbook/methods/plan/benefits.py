"""Community benefits as clauses, each put to a few tests. Pure functions; the law is in notes P-11 and P-12."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import Outcome
from pspworkbook.records.identify import NeedStatement
from pspworkbook.records.measures import Measure
from pspworkbook.records.procurement import CommunityBenefit

RULE = (
    "Each benefit is put to six tests: it belongs to what is bought; it is about training and recruitment, "
    "sub-contracting or the area’s wellbeing (note P-11); the wording binds and gives a number; it can be counted, and a "
    "measure of the plan shows it; it is said what the contractor has to show; it is in proportion to the contract. A "
    "clause that fails a test is not ready to go into a contract. It is no legal advice: procurement has the last word."
)
_BINDS = re.compile(r"\b(must|shall|will|has to|have to|is to|are to)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|each|every|all|half)\b", re.IGNORECASE
)
_VAGUE = re.compile(
    r"\b(where possible|if possible|aim to|aims to|try to|endeavour|as appropriate|best efforts|encourage[ds]?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ClauseTest:
    """One test of one benefit: whether it is passed, and what to do when it is not."""

    name: str
    passed: bool
    words: str
    field: str


@dataclass(frozen=True)
class Clause:
    """One benefit as a clause, with its tests."""

    id: str
    record: CommunityBenefit
    measure: str
    tests: tuple[ClauseTest, ...]

    @property
    def ready(self) -> bool:
        """Whether every test is passed."""
        return all(test.passed for test in self.tests)

    @property
    def failed(self) -> tuple[ClauseTest, ...]:
        """The tests that are not passed."""
        return tuple(test for test in self.tests if not test.passed)


def clauses(rows: Rows[CommunityBenefit], measures: Mapping[str, Measure]) -> tuple[Clause, ...]:
    """Each benefit with its tests, by :data:`RULE`. ``measures``: those of the plan, by identifier."""
    return tuple(_clause(id_, row, measures) for id_, row in rows)


def _clause(id_: str, row: CommunityBenefit, measures: Mapping[str, Measure]) -> Clause:
    measure = measures.get(row.measure or "")
    return Clause(id_, row, measure.label() if measure else "", (
        ClauseTest("Link to what is bought", bool(row.link), "Say how it belongs to what is bought.", "link"),
        ClauseTest("One of the three kinds", row.about is not None, "Say which of the three kinds it is.", "about"),
        _wording(row),
        _counted(row, measure),
        ClauseTest("Evidence", bool(row.evidence), "Say what the contractor has to show.", "evidence"),
        _proportion(row),
    ))  # fmt: skip


def _wording(row: CommunityBenefit) -> ClauseTest:
    name, field, text = "Wording that binds", "requirement", row.requirement
    vague = _VAGUE.search(text)
    if not text:
        return ClauseTest(name, False, "Write the words for the contract.", field)
    if vague:
        return ClauseTest(name, False, f"“{vague[0]}” binds nobody. Say what must be done.", field)
    if not _BINDS.search(text):
        return ClauseTest(name, False, "Say what the contractor must do.", field)
    if not _NUMBER.search(text):
        return ClauseTest(name, False, "Say how many, or how often.", field)
    return ClauseTest(name, True, "", field)


def _counted(row: CommunityBenefit, measure: Measure | None) -> ClauseTest:
    name = "It can be counted"
    if not row.kpi:
        return ClauseTest(name, False, "Say how it is counted.", "kpi")
    if measure is None:
        return ClauseTest(name, False, "No measure of the plan shows it. Choose one, or add it there.", "measure")
    if not measure.collector:
        return ClauseTest(name, False, f"Nobody collects “{measure.label()}”.", "measure")
    return ClauseTest(name, True, "", "kpi")


def _proportion(row: CommunityBenefit) -> ClauseTest:
    name = "In proportion"
    if row.proportionate is None:
        return ClauseTest(name, False, "Ask whether a small provider could still bid.", "proportionate")
    if row.proportionate == "no":
        return ClauseTest(name, False, "It is not in proportion. Ask for less, or leave it out.", "proportionate")
    if not row.proportionate_why:
        return ClauseTest(name, False, "Say why it is in proportion.", "proportionate_why")
    return ClauseTest(name, True, "", "proportionate")


def gaps(found: tuple[Clause, ...]) -> Iterator[StageGap]:
    """The tests that are not passed, one sentence for each benefit and test."""
    for clause in found:
        for test in clause.failed:
            sentence = f"“{clause.record.label()}”: {test.words}"
            yield StageGap("PL-19", sentence, clause.record.kind, clause.id, test.field)


def from_needs(needs: Rows[NeedStatement], outcomes: Rows[Outcome]) -> Iterator[Offer]:
    """Benefits made from stated needs, and from outcomes whose gain goes to the community."""
    for id_, need in needs:
        yield Offer(
            origin_of("need_statement", id_), f"Something that helps with: {need.label()}", "stated needs, stage 1",
            {"wanted": f"Something that helps with: {need.label()}"[:300], "for_whom": need.who, "about": "wellbeing"},
        )  # fmt: skip
    for id_, outcome in outcomes:
        if outcome.who_benefits == "community":
            yield Offer(
                origin_of("outcome", id_), f"More of: {outcome.label()}", "outcomes of the SROI",
                {"wanted": outcome.label(), "about": "wellbeing"},
            )  # fmt: skip
