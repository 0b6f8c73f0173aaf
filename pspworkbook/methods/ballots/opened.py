"""Which answers the group has been shown. What is drawn from answers elsewhere says no more than the ballot itself does."""

from collections.abc import Iterable

from pspworkbook.methods.findings import people, together
from pspworkbook.records.ballot import Answer
from pspworkbook.records.joining import Sitting

Round = tuple[str, int]
"""A ballot by its key, and a round of it."""


def not_opened(answers: Iterable[Answer], sittings: Iterable[Sitting]) -> frozenset[Round]:
    """The rounds that somebody has answered and nobody has opened with “Show answers”. Of a ballot, the last sitting counts."""
    opened = {sitting.ballot: sitting.rounds_opened for sitting in sittings}
    given = {(answer.ballot, answer.round) for answer in answers}
    return frozenset(one for one in given if one[1] not in opened.get(one[0], ()))


def shown(answers: Iterable[Answer], hidden: frozenset[Round]) -> list[Answer]:
    """The answers without those of the rounds that are not opened."""
    return [answer for answer in answers if (answer.ballot, answer.round) not in hidden]


def waiting(ballot: str, answers: Iterable[Answer], hidden: frozenset[Round]) -> str:
    """How many people have answered what is not shown yet, as a sentence; nothing where all is shown.

    Who answers twice, in two rounds, is one person: the rounds are counted apart.
    """
    by_round: dict[int, set[str]] = {}
    for one in answers:
        if one.ballot == ballot and (ballot, one.round) in hidden:
            by_round.setdefault(one.round, set()).add(one.sheet)
    if len(by_round) > 1:
        counts = together([f"{len(sheets):,} {_IN_ROUND[round_]}" for round_, sheets in sorted(by_round.items())])
        return f"Answered, and not shown yet: {counts}."
    sheets = next(iter(by_round.values()), set())
    have = "has" if len(sheets) == 1 else "have"
    return f"{people(len(sheets))} {have} answered; not shown yet." if sheets else ""


_IN_ROUND = {1: "in the first round", 2: "in the second round", 3: "at the review"}
