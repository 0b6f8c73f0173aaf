"""What the panel of a ballot says: its questions, a result as shown text, and where a weak or split one leads."""

from collections.abc import Callable, Sequence
from typing import Any

from pspworkbook import guide
from pspworkbook.charts.spread import question_name
from pspworkbook.guide.ballots import Ballot
from pspworkbook.methods.ballots.ballot_results import Result
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, VERDICTS, SectorSpread, Spread, plain
from pspworkbook.methods.offers import origin_of
from pspworkbook.records import KINDS, Answer

MOST_LESSONS, MOST_CASES, MOST_TOOLS = 3, 2, 2


def question_words(ballot: Ballot) -> dict[str, Any]:
    """A ballot and its questions as plain values for the page."""
    questions = [
        {
            "key": one.key,
            "item": one.item,
            "name": f"{one.label}, {one.part_label.lower()}" if one.part_label else one.label,
            "ask": one.ask,
            "help": one.help,
            "low": one.low,
            "high": one.high,
            "asked_of": [sector for sector, part in ballot.part_of_sector.items() if part == one.part],
        }
        for one in ballot.questions
    ]
    return {
        "title": ballot.title,
        "question": ballot.question,
        "alone": ballot.minutes_alone,
        "together": ballot.minutes_together,
        "free_text": ballot.free_text,
        "per_organisation": ballot.per_organisation,
        "scale": [{"value": step.value, "text": step.words} for step in ballot.scale],
        "items": [{"key": item.key, "label": item.label} for item in ballot.items],
        "questions": questions,
        "nothing": _nothing(ballot),
        "by_group": sorted(ballot.part_of_sector),
        "weak_rule": _weak_rule(ballot),
        "weak": ballot.weak_word,
    }


def _nothing(ballot: Ballot) -> str:
    """Why a ballot about a register asks nothing yet."""
    if not ballot.items_of:
        return ""
    noun = KINDS[ballot.items_of].noun.lower()
    return f"There is nothing to ask about now: put in a {noun}, and people can answer here about each of them."


def _weak_rule(ballot: Ballot) -> str:
    for bound, words in ((ballot.weak_below, "or lower"), (ballot.weak_above, "or higher")):
        if bound is not None:
            return (
                f"A question is called {ballot.weak_word} when its median is {bound} (“{ballot.words(bound)}”) {words}."
            )
    return ""


def result_words(ballot: Ballot, found: Result, talk: str, given: Sequence[Answer], round: int) -> dict[str, Any]:
    """One question's result as shown text. ``talk`` is ``split``, ``weak`` or ""; ``reasons`` is only a count."""
    key = found.question.key
    mine = [one for one in given if one.item == key and one.round == round]
    wrote = {one.sheet for one in mine if one.why}
    people = found.spread.n + found.spread.kept_back
    return {
        "key": key,
        "name": question_name(found),
        "verdict": found.spread.verdict,
        "tag": VERDICTS[found.spread.verdict],
        "weak": found.weak,
        "talk": talk,
        **_spread_words(ballot, found.spread),
        "kept_back": found.spread.kept_back if people >= ENOUGH_TO_SAY else 0,
        "change": found.change.words if found.change else "",
        "sectors": [_sector_words(ballot, sector) for sector in found.sectors],
        "reasons": len(wrote) if enough_to_read(mine) else 0,
    }


def enough_to_read(given: Sequence[Answer]) -> bool:
    """Whether so many people answered a question that what they wrote may be read: by :data:`FEW_RULE`."""
    return len({one.sheet for one in given}) >= ENOUGH_TO_SAY


def _sector_words(ballot: Ballot, sector: SectorSpread) -> dict[str, Any]:
    return {"title": sector.title, **_spread_words(ballot, sector.spread)}


def _spread_words(ballot: Ballot, found: Spread) -> dict[str, Any]:
    if not found.shown:
        nothing = [0 for _ in found.counts]
        return {"n": found.n, "few": bool(found.n), "median": "–", "half": "", "range": "–", "counts": nothing}
    return {
        "n": found.n,
        "few": False,
        "median": f"{plain(found.median)}, {ballot.words(found.median)}",
        "half": _range(found.lower, found.upper) if found.has_half else "",
        "range": _range(found.minimum, found.maximum),
        "counts": [count for _, count in found.counts],
    }


def _range(low: float | None, high: float | None) -> str:
    return plain(low) if low == high else f"{plain(low)} to {plain(high)}"


def next_tools(ballot: Ballot, lessons: Sequence[guide.Lesson]) -> list[str]:
    """The tools to go on with: those that the nearest lessons belong to; without any, those that this one leads to."""
    known, tools = guide.tools(), dict.fromkeys(tool for lesson in lessons for tool in lesson.tools)
    found = [tool for tool in (*tools, *known[ballot.tool].feeds) if tool in known and tool != ballot.tool]
    return list(dict.fromkeys(found))[:MOST_TOOLS]


def leads(
    ballot: Ballot, question: str, library: str, address: Callable[[str], str] = lambda _tool: ""
) -> dict[str, Any]:
    """Lessons that carry the question's tags, those of its own tags first, the cases where they were learnt, a next tool.

    ``address`` gives the address of a tool's place from here, "" where it has none.
    """
    tags = ballot.tags_of(question)
    rank = {tag: place for place, tag in enumerate(tags)}
    near = [lesson for lesson in guide.lessons().values() if rank.keys() & set(lesson.tags)]
    near.sort(
        key=lambda lesson: (min(rank[tag] for tag in lesson.tags if tag in rank), -len(rank.keys() & set(lesson.tags)))
    )
    lessons, cases = (
        near[:MOST_LESSONS],
        list(dict.fromkeys(case for lesson in near[:MOST_LESSONS] for case in lesson.cases)),
    )
    known = guide.cases()
    return {
        "lessons": [
            {
                "key": lesson.key,
                "title": lesson.title,
                "words": lesson.recommendation,
                "href": f"{library}#lesson-{lesson.key}" if library else "",
            }
            for lesson in lessons
        ],
        "cases": [
            {"title": known[case].name, "href": f"{library}#case-{case}" if library else ""}
            for case in cases[:MOST_CASES]
            if case in known
        ],
        "tools": [{"title": guide.tools()[tool].name, "href": address(tool)} for tool in next_tools(ballot, lessons)],
    }


def follow_up(kind: str, ballot: Ballot, question: str) -> dict[str, Any]:
    """The first words of an action or a risk made from a question; the rest is for the partnership to say."""
    names = {one["key"]: str(one["name"]) for one in question_words(ballot)["questions"]}
    model = KINDS[kind]
    values = {
        model.name_field: f"Follow up “{names[question]}” ({ballot.title})",
        "ballot": ballot.title,
        "question": names[question],
        "origin": origin_of("ballot", ballot.key, question),
    }
    return {name: value for name, value in values.items() if name in model.model_fields}
