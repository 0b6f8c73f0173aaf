"""What people said: themes counted, “you said, we did”, and the first stages' ratings taken again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pspworkbook.guide.ballots import Ballot
from pspworkbook.methods.ballots.ballot_results import counted
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, Spread, spread, wider
from pspworkbook.methods.findings import Rows, StageGap, same_name
from pspworkbook.records import Answer
from pspworkbook.records.ballot import AT_REVIEW
from pspworkbook.records.review import Feedback

AGAIN_RULE = (
    "Then is the latest round before the review, now the round taken at the review, on the same scale. Medians and the "
    "middle half of the answers are compared, never single people: those who answered now need not be those who answered "
    f"then. Where one of the two has few answers, all of both are compared. Nothing is said from fewer than {ENOUGH_TO_SAY} answers."
)
AGAIN = ("three-asks", "pulse", "commissioning-style", "co-production", "success-signs", "readiness", "health-check")
"""The ballots of the first stages that the review takes again."""


@dataclass(frozen=True)
class Theme:
    """A theme: how often it came up, from how many kinds of source, and what was done."""

    name: str
    count: int
    sources: int
    actions: tuple[str, ...]


def themes(rows: Rows[Feedback]) -> list[Theme]:
    """The themes, the most frequent first. Spelling with capitals or blanks makes no second theme."""
    found = [
        Theme(
            name,
            len(said),
            len({one.source for one in said if one.source}),
            tuple(dict.fromkeys(one.action for one in said if one.action)),
        )
        for name, said in _by_theme(rows).items()
    ]
    return sorted(found, key=lambda theme: (-theme.count, theme.name))


def _by_theme(rows: Rows[Feedback]) -> dict[str, list[Feedback]]:
    """What was said of each theme, by its name as it was written first."""
    grouped: dict[str, list[Feedback]] = defaultdict(list)
    for _, row in rows:
        if row.theme:
            grouped[same_name(row.theme)].append(row)
    return {said[0].theme: said for said in grouped.values()}


def you_said(rows: Rows[Feedback]) -> list[tuple[str, list[str], list[str]]]:
    """For each theme (name, words that may be quoted, what we did), where there is something of both to tell."""
    grouped = _by_theme(rows)
    found = []
    for theme in themes(rows):
        quotes = [row.words for row in grouped[theme.name] if row.consent]
        if quotes or theme.actions:
            found.append((theme.name, quotes, list(theme.actions)))
    return found


def feedback_gaps(rows: Rows[Feedback]) -> list[StageGap]:
    """Nothing asked, nothing done, or nobody told."""
    if not rows:
        return [
            StageGap(
                "RV-3", "Nobody’s view is written down yet. One sentence that somebody said is a beginning.", "feedback"
            )
        ]
    silent = {name: sum(not row.action for row in said) for name, said in _by_theme(rows).items()}
    found = [
        StageGap("RV-3", f"“{theme}” came up {count} times, and nothing was done or said about it.", "feedback")
        for theme, count in silent.items()
        if count >= 3
    ]
    untold = [id_ for id_, row in rows if row.action and not row.told]
    if untold:
        many = "1 thing was" if len(untold) == 1 else f"{len(untold)} things were"
        found.append(
            StageGap(
                "RV-3", f"{many} done because people asked, and they have not been told.", "feedback", untold[0], "told"
            )
        )
    return found


@dataclass(frozen=True)
class Again:
    """One question, then and now. ``words`` says what moved; "" while there is too little to say."""

    label: str
    then: Spread
    now: Spread
    words: str


def again(ballot: Ballot, answers: Sequence[Answer]) -> list[Again]:
    """The questions of a ballot, before the review and at it."""
    before = next((round_ for round_ in (2, 1) if counted(ballot, answers, round_)), 1)
    then, now = counted(ballot, answers, before), counted(ballot, answers, AT_REVIEW)
    found = []
    for question in ballot.questions:
        first, second = (_spread(ballot, question.key, given) for given in (then, now))
        label = f"{question.label}, {question.part_label.lower()}" if question.part_label else question.label
        found.append(Again(label, first, second, _words(ballot, first, second)))
    return found


def _spread(ballot: Ballot, key: str, given: Iterable[Answer]) -> Spread:
    return spread([answer.value for answer in given if answer.item == key], ballot.values)


def _words(ballot: Ballot, then: Spread, now: Spread) -> str:
    if min(then.n, now.n) < ENOUGH_TO_SAY or then.median is None or now.median is None:
        return ""
    moved = now.median - then.median
    words = (
        "The middle is where it was"
        if not moved
        else f"The middle moved {'up' if moved > 0 else 'down'} from {then.median:g} to {now.median:g}"
    )
    wide = wider(then, now)
    return words + (
        "." if not wide else ", and views lie closer together." if wide < 0 else ", and views lie further apart."
    )
