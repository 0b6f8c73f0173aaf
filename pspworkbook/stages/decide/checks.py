"""What tools of stage 2 find in their own registers. Pure functions of the records; none of it blocks the stage."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pspworkbook.guide.ballots import Ballot, ballots
from pspworkbook.methods.ballots.ballot_results import Result, results, to_talk_about
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, plain
from pspworkbook.methods.findings import Rows, StageGap, number_of, same_name
from pspworkbook.methods.words import day
from pspworkbook.records import Answer, field_of
from pspworkbook.records.decide import Action, Assumption, Benefit, ChallengeAnswer, Principle
from pspworkbook.records.subsidy import ProcurementAdvice

PRINCIPLES_RULE = (
    "A principle that is entered as agreed by all is held against what people answered alone. Where those answers are "
    "weak or split, the two do not fit together."
)
SERIOUS_RULE = (
    "A challenge is called serious when the median of its likelihood and the median of its impact are both 4 (“High”) "
    f"or more, with at least {ENOUGH_TO_SAY} answers to each. A serious one needs an answer, and somebody to see to it."
)
ACTIONS_RULE = (
    "A pair of signs that is weak, or on which views are split, should lead to an action. An action that is past its "
    "date and not done is named too."
)
ASK_AGAIN = dt.timedelta(days=14)
REMINDER_RULE = (
    "A question without an answer is named here until the answer is noted. After "
    f"{ASK_AGAIN.days} days we suggest that you ask again."
)


def latest(ballot: Ballot, answers: Sequence[Answer]) -> tuple[Result, ...]:
    """Question by question, the second round where enough people answered it; else the first."""
    rounds = (results(ballot, answers, 1), results(ballot, answers, 2))
    return tuple(two if two.spread.n >= ENOUGH_TO_SAY else one for one, two in zip(*rounds, strict=True))


def principles(rows: Rows[Principle], answers: Sequence[Answer]) -> Iterator[StageGap]:
    """Principles that are called agreed, though the answers say otherwise. See :data:`PRINCIPLES_RULE`."""
    ballot = ballots()["principles"]
    talk = {one.question.key: why for one, why in to_talk_about(ballot, latest(ballot, answers))}
    for id_, row in rows:
        if row.agreed and row.item in talk:
            why = "views are split" if talk[row.item] == "split" else "many would not sign it as it stands"
            sentence = f"“{_title(Principle, row.item)}” is entered as agreed by all, but in the answers {why}."
            yield StageGap("TP-2", sentence, row.kind, id_, "agreed")


def benefits(rows: Rows[Benefit]) -> Iterator[StageGap]:
    """Benefits that may give a provider an unfair start, or that rest on nothing."""
    for id_, row in rows:
        if row.unfair:
            sentence = f"“{row.label()}” could give a provider an unfair start. Ask for advice on how to keep it fair."
            yield StageGap("TP-3", sentence, row.kind, id_, "unfair")
        if not row.evidence:
            yield StageGap(
                "TP-3", f"“{row.label()}”: nothing is noted yet that it rests on.", row.kind, id_, "evidence"
            )


@dataclass(frozen=True)
class Weight:
    """One challenge with the medians of its likelihood and impact; None where too few people answered."""

    key: str
    label: str
    likelihood: float | None
    impact: float | None
    n: int

    @property
    def serious(self) -> bool:
        """Both medians are high, by :data:`SERIOUS_RULE`."""
        return (self.likelihood or 0) >= 4 and (self.impact or 0) >= 4

    @property
    def words(self) -> str:
        """Both medians as a person would say them."""
        return f"likelihood {plain(self.likelihood) or '–'}, impact {plain(self.impact) or '–'}"


def weigh(found: Sequence[Result]) -> tuple[Weight, ...]:
    """Each challenge with both medians, in the order of the ballot."""
    by_key = {one.question.key: one for one in found}
    weights = []
    for item in ballots()["challenges"].items:
        pair = [by_key[f"{item.key}.{part}"].spread for part in ("likelihood", "impact")]
        likelihood, impact = (one.median if one.n >= ENOUGH_TO_SAY else None for one in pair)
        weights.append(Weight(item.key, item.label, likelihood, impact, max(one.n for one in pair)))
    return tuple(weights)


def challenges(rows: Rows[ChallengeAnswer], answers: Sequence[Answer]) -> Iterator[StageGap]:
    """Serious challenges that nobody has answered. See :data:`SERIOUS_RULE`."""
    for weight in weigh(latest(ballots()["challenges"], answers)):
        if not weight.serious:
            continue
        mine = [(id_, row) for id_, row in rows if row.item == weight.key]
        if not mine:
            sentence = f"“{weight.label}” is serious ({weight.words}). Say what you do about it."
            yield StageGap("TP-4", sentence, ChallengeAnswer.kind)
        for id_, row in mine:
            for field, what in (("response", "say what you do about it"), ("owner", "say who sees to it")):
                if not getattr(row, field):
                    sentence = f"“{weight.label}” is serious ({weight.words}): {what}."
                    yield StageGap("TP-4", sentence, row.kind, id_, field)


def actions(rows: Rows[Action], answers: Sequence[Answer], today: dt.date) -> Iterator[StageGap]:
    """Weak or split signs that lead nowhere, and actions that are overdue. See :data:`ACTIONS_RULE`."""
    ballot = ballots()["success-signs"]
    named = {same_name(row.question) for _, row in rows}
    for result, why in to_talk_about(ballot, latest(ballot, answers)):
        if same_name(result.question.label) not in named:
            state = "views are split" if why == "split" else f"the median is {plain(result.spread.median)}"
            yield StageGap("TP-5", f"“{result.question.label}”: {state}. What is to be done?", Action.kind)
    for id_, row in rows:
        if row.by and not row.done and row.by < today:
            sentence = f"“{row.label()}” was to be done by {day(row.by)}."
            yield StageGap("TP-5", sentence, row.kind, id_, "done")


def reminders(rows: Rows[ProcurementAdvice], today: dt.date) -> Iterator[StageGap]:
    """Advice that was not asked for, or has not come back. See :data:`REMINDER_RULE`."""
    if not rows:
        yield StageGap("TP-9", "Nobody has asked for advice on procurement yet.", ProcurementAdvice.kind)
    for id_, row in rows:
        if row.answered_on:
            continue
        if not row.asked_on:
            yield StageGap("TP-9", f"“{row.label()}”: note when it was asked.", row.kind, id_, "asked_on")
            continue
        waited = max(0, (today - row.asked_on).days)
        again = " Ask again." if today - row.asked_on > ASK_AGAIN else ""
        sentence = f"“{row.label()}” was asked {number_of(waited, 'day')} ago and has no answer yet.{again}"
        yield StageGap("TP-9", sentence, row.kind, id_, "answered_on")


def split_cards(answers: Sequence[Answer]) -> list[tuple[str, str]]:
    """The statements on which people disagree, as (key, statement): the hidden disagreements."""
    ballot = ballots()["assumptions"]
    return [(one.question.key, one.question.label) for one in latest(ballot, answers) if one.spread.verdict == "split"]


def cards(rows: Rows[Assumption]) -> Iterator[StageGap]:
    """Assumptions that are still open, and differences that nobody follows up."""
    for id_, row in rows:
        if row.state in (None, "open"):
            yield StageGap("TP-12", f"“{row.label()}” has not been talked through yet.", row.kind, id_, "state")
        elif row.state == "disagree" and not row.agreed:
            yield StageGap("TP-12", f"“{row.label()}”: say why you differ.", row.kind, id_, "agreed")


def _title(model: type[Principle], item: str) -> str:
    return field_of(model, "item").options.get(item, item)
