"""Organisational readiness: the weakest factor, the spread, organisations side by side. Nothing is averaged."""

from collections.abc import Sequence
from dataclasses import dataclass

from pspworkbook.guide.ballots import Ballot
from pspworkbook.methods.ballots.ballot_results import Result, counted, results
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, plain, spread, weakest_first
from pspworkbook.methods.findings import people, same_name
from pspworkbook.records import Answer

RULE = (
    "The guide asks for the chances of success but gives no rule. Ours: the chances are no better than the weakest "
    "factor. The factor with the lowest median over all answers gives the word; a median between two ratings counts as "
    "the lower one. Nothing is averaged, so that a strong factor cannot hide a weak one. Where views on the weakest "
    f"factor are split, that is said too. Fewer than {ENOUGH_TO_SAY} answers on any factor are too few to say."
)


@dataclass(frozen=True)
class Organisation:
    """One organisation as its own people rate it: medians by factor, and its weakest factor."""

    name: str
    people: int
    medians: dict[str, float]
    weakest: tuple[str, ...]


@dataclass(frozen=True)
class Readiness:
    """``chances`` is a rating of the scale, None when there is too little to say; ``words`` says it in a sentence."""

    results: tuple[Result, ...]
    weakest: tuple[str, ...]
    chances: int | None
    words: str
    organisations: tuple[Organisation, ...]


def readiness(ballot: Ballot, answers: Sequence[Answer], round: int = 1) -> Readiness:
    """How ready the partners are, by :data:`RULE`."""
    found = results(ballot, answers, round)
    organisations = _organisations(ballot, counted(ballot, answers, round))
    thin = [result for result in found if result.spread.n < ENOUGH_TO_SAY]
    if thin:
        words = "Too few people have answered to say anything about the chances of success."
        return Readiness(found, (), None, words, organisations)
    medians = {result.question.key: result.spread.median or 0.0 for result in found}
    weakest = _lowest(medians)
    chances = int(medians[weakest[0]])
    named = " and ".join(f"“{result.question.label}”" for result in found if result.question.key in weakest)
    words = (
        f"Chances of success: {ballot.words(chances).lower()}. The weakest factor is {named}, "
        f"with a median of {plain(medians[weakest[0]])}."
    )
    if any(result.spread.verdict == "split" for result in found if result.question.key in weakest):
        words += " Views on it are split: talk about it before you rely on this."
    below = [one for one in organisations if one.medians and min(one.medians.values()) < medians[weakest[0]]]
    if len(below) == 1:
        words += f" “{below[0].name}” rates a factor of its own lower than that."
    elif below:
        words += f" {len(below)} of the organisations rate a factor of their own lower than that."
    return Readiness(found, weakest, chances, words, organisations)


def _organisations(ballot: Ballot, answers: Sequence[Answer]) -> tuple[Organisation, ...]:
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer.organisation:
            groups.setdefault(same_name(answer.organisation), []).append(answer)
    found = []
    for mine in groups.values():
        spreads = {
            question.key: spread([one.value for one in mine if one.item == question.key], ballot.values)
            for question in ballot.questions
        }
        medians = {key: spreads[key].median or 0.0 for key in weakest_first(spreads)}
        found.append(Organisation(mine[0].organisation, len({one.sheet for one in mine}), medians, _lowest(medians)))
    return tuple(sorted(found, key=lambda one: same_name(one.name)))


def _lowest(medians: dict[str, float]) -> tuple[str, ...]:
    low = min(medians.values(), default=0)
    return tuple(key for key, median in medians.items() if median == low)


def organisation_words(one: Organisation, ballot: Ballot) -> str:
    """One organisation as a sentence; says how many people it rests on."""
    labels = {question.key: question.label for question in ballot.questions}
    if not one.weakest:
        return f"{one.name}: nobody gave a rating."
    named = " and ".join(f"“{labels[key]}”" for key in one.weakest)
    rating = ballot.words(one.medians[one.weakest[0]]).lower()
    return f"{one.name} ({people(one.people)}): lowest on {named}, {rating}."
