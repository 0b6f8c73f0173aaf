"""To PSP or not: what speaks for it, what against it, and what nobody knows yet. The workbook never decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pspworkbook.guide.ballots import Ballot, ballots
from pspworkbook.methods.ballots import opened
from pspworkbook.methods.ballots.ballot_results import Result, results
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, plain
from pspworkbook.methods.decide import market as market_method
from pspworkbook.methods.decide import subsidy as subsidy_method
from pspworkbook.methods.decide.readiness import readiness
from pspworkbook.methods.findings import Rows, StageGap, number_of, together
from pspworkbook.records import Answer, Partnership
from pspworkbook.records.decide import (
    Assumption,
    Condition,
    Decision,
    Dissent,
    Legacy,
    Market,
    MarketFinding,
    Option,
    PspTest,
)
from pspworkbook.records.identify import NeedStatement
from pspworkbook.records.subsidy import ProcurementAdvice, Subsidy

RULE = (
    "The workbook sorts what it was told; it gives no points and does not decide. It speaks for a PSP when answers are "
    "agreed and strong, against it when they are weak, and anything split, unanswered or not looked at is named as "
    "missing. The people who decide say why, and differing views stay beside the decision."
)
STRONG = 4
"""On a scale of five: from here on a median speaks for a PSP."""


@dataclass(frozen=True)
class DecisionFacts:
    """What the stage knows."""

    partnership: Partnership = field(default_factory=Partnership)
    needs: Rows[NeedStatement] = ()
    test: PspTest = field(default_factory=PspTest)
    answers: Sequence[Answer] = ()
    hidden: frozenset[opened.Round] = frozenset()
    findings: Rows[MarketFinding] = ()
    market: Market = field(default_factory=Market)
    subsidies: Rows[Subsidy] = ()
    advice: Rows[ProcurementAdvice] = ()
    assumptions: Rows[Assumption] = ()
    legacies: Rows[Legacy] = ()
    options: Rows[Option] = ()
    decision: Decision = field(default_factory=Decision)
    conditions: Rows[Condition] = ()
    dissents: Rows[Dissent] = ()

    @cached_property
    def shown(self) -> list[Answer]:
        """The answers that the group has been shown: only these bear on anything."""
        return opened.shown(self.answers, self.hidden)

    def waiting(self, ballot: Ballot) -> str:
        """The ballot's title with how many answers of it are not shown yet; nothing where all are."""
        words = opened.waiting(ballot.key, self.answers, self.hidden)
        return f"{ballot.title}: {words}" if words else ""


@dataclass(frozen=True)
class Point:
    """One thing that bears on the decision: ``side`` is ``for``, ``against`` or ``missing``."""

    side: str
    tool: str
    sentence: str


@dataclass(frozen=True)
class DecisionPaper:
    """Everything on one page. ``decided`` is the name of the option chosen, "" while there is none."""

    points: tuple[Point, ...]
    question: str
    decided: str
    reasons: str
    open_conditions: tuple[str, ...]
    met_conditions: tuple[str, ...]
    dissents: tuple[str, ...]

    def of(self, side: str) -> tuple[Point, ...]:
        """The points on one side, in the order of the tools."""
        return tuple(point for point in self.points if point.side == side)


def paper(facts: DecisionFacts) -> DecisionPaper:
    """What bears on the decision, by :data:`RULE`, and what was decided."""
    chosen = dict(facts.options).get(facts.decision.option or "")
    return DecisionPaper(
        tuple(_points(facts)),
        facts.decision.question,
        chosen.label() if chosen else "",
        facts.decision.reasons,
        tuple(row.label() for _, row in facts.conditions if row.met is None),
        tuple(row.label() for _, row in facts.conditions if row.met is not None),
        tuple(row.label() for _, row in facts.dissents),
    )


def is_psp(partnership: Partnership, test: PspTest) -> tuple[str, str]:
    """Whether this is a PSP by the definition: (``yes``, ``not yet``, ``another model`` or ``open``, a sentence)."""
    asked = {
        "a lead public sector partner": "yes" if partnership.lead_public else "no",
        "a lead third sector partner": "yes" if partnership.lead_third else "no",
        "a service that is designed together": test.co_design,
        "more than buying": test.more_than_buying,
        "procurement as the law requires": test.lawful,
        "a third sector partner who accepts that it may not get the contract": test.may_lose,
    }
    if test.lawful == "no" or test.co_design == "no":
        return "another model", "This is another way of working together, and may be a good one; it is not a PSP."
    if None in asked.values():
        return "open", "Not all questions of the definition are answered."
    lacking = [name for name, answer in asked.items() if answer != "yes"]
    if lacking:
        return "not yet", f"Not a PSP yet. It still needs {together(lacking)}."
    return "yes", "This is a PSP by the definition."


def _points(facts: DecisionFacts) -> Iterator[Point]:
    if not facts.needs:
        yield Point("missing", "ID-3", "No need has been stated yet.")
    state, words = is_psp(facts.partnership, facts.test)
    yield Point({"yes": "for", "another model": "against"}.get(state, "missing"), "TP-1", words)
    yield from _of_style(facts)
    for key in ("principles", "benefits", "challenges", "success-signs"):
        yield from _of_ballot(ballots()[key], facts)
    yield from _of_readiness(facts)
    yield from _of_market(facts)
    for _, row in facts.subsidies:
        if row.origin != "elsewhere" and row.state != "dropped":
            outcome = subsidy_method.assess(row)
            if outcome.outcome != "likely not":
                yield Point("missing", "TP-8", f"“{row.label()}”: {outcome.words} Not legal advice.")
    if not facts.advice:
        yield Point("missing", "TP-9", "Nobody has asked for advice on procurement yet.")
    for _, request in facts.advice:
        if request.answered_on is None:
            yield Point("missing", "TP-9", f"No answer yet to “{request.label()}”.")
    if not facts.legacies:
        yield Point("missing", "TP-11", "Nobody has said yet what should last.")
    yield from _of_assumptions(facts)


def _of_ballot(ballot: Ballot, facts: DecisionFacts) -> Iterator[Point]:
    found = _latest(ballot, facts.shown)
    thin = [one for one in found if one.spread.n < ENOUGH_TO_SAY]
    if len(thin) == len(found):
        yield Point("missing", ballot.tool, facts.waiting(ballot) or f"{ballot.title}: too few people have answered.")
        return
    if thin:
        yield Point("missing", ballot.tool, f"{ballot.title}: too few answers to {number_of(len(thin), 'question')}.")
    split = [_named(one) for one in found if one.spread.verdict == "split"]
    weak = [_named(one) for one in found if one.weak and one.spread.verdict != "split"]
    # Challenges are bad news when high, so a high figure is already weak there and never strong.
    strong = [_named(one) for one in found if ballot.weak_above is None and _strong(one, ballot)]
    if strong:
        yield Point("for", ballot.tool, f"{ballot.title}: agreed and strong on {together(strong)}.")
    if weak:
        yield Point(
            "against", ballot.tool, f"{ballot.title}: {'serious' if ballot.weak_above else 'weak'} on {together(weak)}."
        )
    if split:
        yield Point(
            "missing", ballot.tool, f"{ballot.title}: views are split on {together(split)}. Talk about it first."
        )


def _of_style(facts: DecisionFacts) -> Iterator[Point]:
    """Where commissioning stands now and where people want it (ID-1): a PSP is a strategic way, and moves it there."""
    ballot = ballots()["commissioning-style"]
    found = {one.question.key: one for one in _latest(ballot, facts.shown)}
    pairs = [(item, found[f"{item.key}.now"].spread, found[f"{item.key}.wanted"].spread) for item in ballot.items]
    known = [
        (item.label, now.median, wanted.median)
        for item, now, wanted in pairs
        if min(now.n, wanted.n) >= ENOUGH_TO_SAY and now.median is not None and wanted.median is not None
    ]
    if not known:
        yield Point("missing", ballot.tool, facts.waiting(ballot) or f"{ballot.title}: too few people have answered.")
        return
    steps = [(wanted - now, label, now, wanted) for label, now, wanted in known]
    wanted_more = [one for one in steps if one[0] >= 1]
    if wanted_more:
        _, label, now, wanted = max(wanted_more, key=lambda one: one[0])
        words = f"more strategic is wanted on {number_of(len(wanted_more), 'contrast')} of {len(known)}, most on “{label}” (median {plain(now)} now, {plain(wanted)} wanted)"
        yield Point("for", ballot.tool, f"{ballot.title}: {words}.")
    else:
        yield Point(
            "against", ballot.tool, f"{ballot.title}: nowhere is a step towards strategic commissioning wanted."
        )


def _latest(ballot: Ballot, answers: Sequence[Answer]) -> tuple[Result, ...]:
    """The second round where enough people answered it, question by question; else the first."""
    first, second = results(ballot, answers, 1), results(ballot, answers, 2)
    return tuple(two if two.spread.n >= ENOUGH_TO_SAY else one for one, two in zip(first, second, strict=True))


def _strong(one: Result, ballot: Ballot) -> bool:
    strong = STRONG if len(ballot.scale) == 5 else ballot.values[-1]
    return one.spread.verdict == "agreed" and (one.spread.median or 0) >= strong


def _named(one: Result) -> str:
    part = f", {one.question.part_label.lower()}" if one.question.part else ""
    return f"“{one.question.label}{part}” (median {plain(one.spread.median)})"


def _of_readiness(facts: DecisionFacts) -> Iterator[Point]:
    ballot = ballots()["readiness"]
    second = any(answer.ballot == ballot.key and answer.round == 2 for answer in facts.shown)
    found = readiness(ballot, facts.shown, 2 if second else 1)
    if found.chances is None and second:
        found = readiness(ballot, facts.shown, 1)
    if found.chances is None:
        yield Point("missing", ballot.tool, facts.waiting(ballot) or found.words)
    else:
        yield Point("for" if found.chances >= 3 else "against", ballot.tool, found.words)


def _of_market(facts: DecisionFacts) -> Iterator[Point]:
    state = market_method.judge(facts.findings, facts.market)
    side = {"yes": "for", "no": "against"}.get(state.judged or "", "missing")
    yield Point(side, "TP-7", state.words)


def _of_assumptions(facts: DecisionFacts) -> Iterator[Point]:
    ballot = ballots()["assumptions"]
    for one in _latest(ballot, facts.shown):
        settled = any(
            row.card == one.question.key and row.state != "open" and row.state for _, row in facts.assumptions
        )
        if one.spread.verdict == "split" and not settled:
            yield Point("missing", ballot.tool, f"People disagree without having said so: “{one.question.label}”")
    for _, row in facts.assumptions:
        if row.state in (None, "open"):
            yield Point("missing", "TP-12", f"Still open: “{row.label()}”")


def gaps(facts: DecisionFacts) -> Iterator[StageGap]:
    """What the record of the decision still lacks."""
    if len(facts.options) < 2:
        yield StageGap("TP-10", "Weigh at least two options, one of them without a PSP.", "option")
    elif all(row.what == "psp" for _, row in facts.options):
        yield StageGap(
            "TP-10", "All options are a PSP. Weigh at least one other way.", "option", facts.options[0][0], "what"
        )
    for spec in facts.decision.missing():
        yield StageGap(
            "TP-10",
            f"The decision still needs: {spec.title[:1].lower() + spec.title[1:]}.",
            "decision",
            "decision",
            spec.name,
        )
    if facts.decision.option and facts.decision.option not in dict(facts.options):
        yield StageGap(
            "TP-10", "The option that was chosen has been removed. Choose another.", "decision", "decision", "option"
        )
    for id_, condition in facts.conditions:
        if condition.owner is None or condition.by is None:
            yield StageGap(
                "TP-10", f"Condition “{condition.label()}”: say who sees to it, and by when.", "condition", id_, "owner"
            )
