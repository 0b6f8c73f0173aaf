"""The answers of the ballots that may be drawn on outside the ballot: those that the group has been shown."""

from pspworkbook.methods.ballots import opened
from pspworkbook.records import Answer
from pspworkbook.widgets.snapshot import Snapshot


def given(now: Snapshot) -> list[Answer]:
    """Every answer, for counting only: how many there are is no secret."""
    return [entry.record for entry in now.records("answer")]


def hidden(now: Snapshot) -> frozenset[opened.Round]:
    """The rounds that have answers and are not opened."""

    def find() -> frozenset[opened.Round]:
        return opened.not_opened(given(now), [entry.record for entry in now.records("sitting")])

    return now.once(("rounds not opened",), find)  # type: ignore[no-any-return]


def shown(now: Snapshot) -> list[Answer]:
    """Every answer of a round that somebody has opened with “Show answers”."""
    return now.once(("answers shown",), lambda: opened.shown(given(now), hidden(now)))  # type: ignore[no-any-return]


def unseen(now: Snapshot) -> list[Answer]:
    """The answers that are not shown yet: who draws on them says how many there are, and nothing else."""
    return [answer for answer in given(now) if (answer.ballot, answer.round) in hidden(now)]


def waiting(now: Snapshot, ballot: str) -> str:
    """``12 people have answered; not shown yet.``; nothing where all of this ballot is shown."""
    return opened.waiting(ballot, given(now), hidden(now))
