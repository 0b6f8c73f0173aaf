"""A weak or split answer leads somewhere: to the lessons of the pilots, and to the case where it happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from pspworkbook import guide
from pspworkbook.guide import Case, Lesson
from pspworkbook.guide.ballots import Ballot
from pspworkbook.methods.ballots.ballot_results import Result, to_talk_about

MOST = 3
RULE = (
    "A lesson belongs to a question when it shares a tag with it, or belongs to the same tool. The one with the most "
    "in common comes first; lessons of the same stage come before others."
)


@dataclass(frozen=True)
class Pointer:
    """One question that needs talking about (``why``: ``split`` or ``weak``), with lessons and the cases they name."""

    result: Result
    why: str
    lessons: tuple[Lesson, ...]
    cases: tuple[Case, ...]


def pointers(ballot: Ballot, found: Sequence[Result], most: int = MOST) -> list[Pointer]:
    """For each question to talk about, at most ``most`` lessons, the nearest first."""
    return [
        Pointer(result, why, lessons, cases_of(lessons))
        for result, why in to_talk_about(ballot, found)
        for lessons in (lessons_of(ballot, result.question.key, most),)
    ]


def lessons_of(ballot: Ballot, question: str, most: int = MOST) -> tuple[Lesson, ...]:
    """The lessons nearest to one question of a ballot, by :data:`RULE`."""
    near = set(ballot.item_tags.get(question.split(".")[0], ()))
    tags = set(ballot.tags_of(question))
    stage = guide.tools()[ballot.tool].stage

    def nearness(lesson: Lesson) -> int:
        # A tag of the question itself says more than one of the whole ballot.
        shared = len(tags.intersection(lesson.tags)) + 2 * len(near.intersection(lesson.tags))
        return shared + 2 * (ballot.tool in lesson.tools)

    candidates = [lesson for lesson in guide.lessons().values() if nearness(lesson)]
    candidates.sort(key=lambda lesson: (-nearness(lesson), lesson.stage != stage))
    return tuple(candidates[:most])


def cases_of(lessons: Sequence[Lesson]) -> tuple[Case, ...]:
    """The pilots whose case studies tell the same story as these lessons, each once."""
    keys = dict.fromkeys(key for lesson in lessons for key in lesson.cases)
    return tuple(guide.cases()[key] for key in keys)
