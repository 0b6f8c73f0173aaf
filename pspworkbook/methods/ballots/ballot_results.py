"""A ballot's answers as results: for each question the spread, the sectors, the rounds, and what to talk about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pspworkbook.guide.ballots import Ballot, BallotQuestion
from pspworkbook.methods.ballots.spread import (
    ENOUGH_TO_SAY,
    Change,
    SectorSpread,
    Spread,
    between_rounds,
    by_sector,
    is_weak,
    plain,
    spread,
    talk_first,
)
from pspworkbook.records.ballot import ROUNDS, Answer


@dataclass(frozen=True)
class Result:
    """One question of a ballot in one round. ``change`` compares the second round with the first."""

    question: BallotQuestion
    spread: Spread
    sectors: tuple[SectorSpread, ...]
    weak: bool
    change: Change | None = None


def counted(ballot: Ballot, answers: Iterable[Answer], round: int = 1) -> list[Answer]:
    """The answers of a round that count: of this ballot, to a question it asks, on its scale; the last of each sheet.

    An answer left over from an older version of the ballot is passed over; it stays in the workbook.
    """
    last: dict[tuple[str, str], Answer] = {}
    known = {question.key for question in ballot.questions}
    for answer in answers:
        in_time = answer.ballot == ballot.key and answer.round == round
        if in_time and answer.item in known and (answer.value is None or answer.value in ballot.values):
            last[answer.sheet, answer.item] = answer
    return list(last.values())


def answered(ballot: Ballot, answers: Iterable[Answer], round: int = 1) -> int:
    """How many people have answered: the number of sheets."""
    return len({answer.sheet for answer in counted(ballot, answers, round)})


def rounds_used(ballot: Ballot, answers: Sequence[Answer]) -> tuple[int, ...]:
    """The rounds that have answers."""
    return tuple(number for number in ROUNDS if counted(ballot, answers, number))


def results(ballot: Ballot, answers: Sequence[Answer], round: int = 1) -> tuple[Result, ...]:
    """The result of every question, in the ballot's order. Raises ValueError for a ballot that is answered in words."""
    if ballot.free_text:
        raise ValueError(f"“{ballot.title}” is answered in words; use texts().")
    found = []
    here = counted(ballot, answers, round)
    before = counted(ballot, answers, 1) if round == 2 else []  # the review’s own page compares the third
    for question in ballot.questions:
        mine = [answer for answer in here if answer.item == question.key]
        whole = spread([answer.value for answer in mine], ballot.values)
        earlier = [answer.value for answer in before if answer.item == question.key]
        found.append(
            Result(
                question,
                whole,
                by_sector([(answer.sector, answer.value) for answer in mine], ballot.values),
                question.can_be_weak and is_weak(whole, ballot.weak_below, ballot.weak_above),
                between_rounds(spread(earlier, ballot.values), whole) if earlier else None,
            )
        )
    return tuple(found)


def to_talk_about(ballot: Ballot, found: Sequence[Result]) -> list[tuple[Result, str]]:
    """What to talk about first: (result, ``split`` or ``weak``), by ``spread.TALK_RULE``."""
    by_key = {result.question.key: result for result in found}
    spreads = {key: result.spread for key, result in by_key.items()}
    ordered = talk_first(spreads, ballot.weak_below, ballot.weak_above)
    return [(by_key[key], why) for key, why in ordered if why == "split" or by_key[key].weak]


def texts(ballot: Ballot, answers: Iterable[Answer], round: int = 1) -> dict[str, list[str]]:
    """What people wrote, by question, from A to Z, so that nobody's place in the list tells who it was."""
    here = counted(ballot, answers, round)
    return {
        question.key: sorted((one.why for one in here if one.item == question.key and one.why), key=str.casefold)
        for question in ballot.questions
    }


@dataclass(frozen=True)
class Distance:
    """How far two parts of one item lie apart, such as now and wanted; ``step`` is the second median less the first."""

    item: str
    label: str
    first: float
    second: float

    @property
    def step(self) -> float:
        """The second median less the first."""
        return self.second - self.first

    @property
    def words(self) -> str:
        """The distance as a sentence."""
        return (
            f"{self.label}: median {plain(self.first)} and {plain(self.second)}, a distance of {plain(abs(self.step))}."
        )


def distances(ballot: Ballot, found: Sequence[Result]) -> list[Distance]:
    """For a ballot with two parts: the distance of their medians for each item, the furthest first.

    An item with too few answers in either part is left out.
    """
    if len(ballot.parts) != 2:
        return []
    first, second = ballot.parts
    by_key = {result.question.key: result.spread for result in found}
    apart = []
    for item in ballot.items:
        one, other = by_key.get(f"{item.key}.{first.key}"), by_key.get(f"{item.key}.{second.key}")
        enough = one is not None and other is not None and min(one.n, other.n) >= ENOUGH_TO_SAY
        if enough and one.median is not None and other.median is not None:  # type: ignore[union-attr]
            apart.append(Distance(item.key, item.label, one.median, other.median))  # type: ignore[union-attr]
    return sorted(apart, key=lambda distance: -abs(distance.step))
