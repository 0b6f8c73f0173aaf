"""What the guide's files hold, told as stories: lessons, cases, terms, questions, notes and tools; and our own lessons."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from pspworkbook import guide
from pspworkbook.guide.scenarios import REACHED, endings
from pspworkbook.methods.library.stories_appendix import appendices
from pspworkbook.methods.library.story import Block, Story
from pspworkbook.methods.library.story_parts import (
    areas_of,
    case_links,
    figure,
    lesson_links,
    limits,
    markets_of,
    note_links,
    since,
    some,
    stages_of,
    tool_links,
)
from pspworkbook.methods.words import day, pounds
from pspworkbook.records.library import LocalLesson, LocalNote

REBUILT = {
    "INT-3": "the picture of the cycle",
    "ID-6": "the diagram of co-production",
    "AN-5": "the table of the customer journey",
    "AN-6": "the stakeholder grid",
}
"""Tools whose picture the guide's text has lost; what the workbook shows of them is reconstructed."""


@lru_cache
def stories() -> Mapping[str, Story]:
    """Every entry of the library, by its anchor, kind after kind."""
    found = (
        *_lessons(),
        *_cases(),
        *_terms(),
        *_questions(),
        *_notes(),
        *_tools(),
        *appendices(),
    )
    return MappingProxyType({story.anchor: story for story in found})


def _lessons() -> Iterator[Story]:
    for lesson in guide.lessons().values():
        yield Story(
            "lesson",
            lesson.key,
            f"{lesson.key} {lesson.title}",
            lesson.recommendation,
            some(
                Block("What the pilots saw", lesson.observation),
                Block("What it leads to", lesson.impact),
                Block("What to do", lesson.recommendation),
                Block("Subjects", ", ".join(lesson.tags)),
                Block("Tools that help", links=tool_links(lesson.tools)),
                Block("Pilots where it showed", links=case_links(lesson.cases)),
            ),
            stages=(lesson.stage,),
            tools=lesson.tools,
            markets=markets_of(lesson.cases),
            areas=areas_of(lesson.cases),
            cites=guide.cite(lesson.lines),
        )


def _cases() -> Iterator[Story]:
    for case in guide.cases().values():
        lessons = [lesson for lesson in guide.lessons().values() if case.key in lesson.cases]
        tools = tuple(dict.fromkeys(id_ for lesson in lessons for id_ in lesson.tools))
        end = endings()[case.key]
        partners = [("From the public sector", case.lead_public), ("From the third sector", case.lead_third)]
        partners += [("Others", "; ".join(case.others))] if case.others else []
        yield Story(
            "case",
            case.key,
            case.name,
            case.nutshell,
            some(
                Block("In a nutshell", case.nutshell),
                Block(
                    "Who, what and where",
                    pairs=(
                        *partners,
                        ("Market", case.market),
                        ("Area", case.area),
                        ("How far it got by 2011", f"{REACHED[end.reached]}. {end.ending}"),
                    ),
                ),
                Block("Background", case.background),
                Block("Approach", case.approach),
                Block("What went well", case.went_well),
                Block("What was hard", case.was_hard),
                Block(
                    "Figures, as the guide reports them",
                    head=("What", "Figure", "Beware"),
                    rows=tuple((one.label, figure(one.value, one.unit), one.note or "") for one in case.figures),
                ),
                *_outcomes(case.outcomes),
                *_return(case.sroi),
                Block("Way forward, as seen in 2011", case.way_forward),
                Block("Lessons from here", links=lesson_links(lesson.key for lesson in lessons)),
                Block("What has changed since", links=note_links(case.then_and_now)),
            ),
            stages=stages_of(tools),
            tools=tools,
            markets=(case.market,),
            areas=(case.area,),
            cites=guide.cite(case.lines),
        )


def _outcomes(table: guide.OutcomeTable | None) -> Iterator[Block]:
    if table is None:
        return
    indicators = any(row.indicator for row in table.rows)
    yield Block(
        "Outcomes",
        table.about,
        head=("Who", "What changes") + (("How they could tell",) if indicators else ()),
        rows=tuple(
            (row.stakeholder, row.outcome) + ((row.indicator or "",) if indicators else ()) for row in table.rows
        ),
        folded=True,
    )


def _return(sroi: guide.CaseReturn) -> Iterator[Block]:
    """The SROI of a pilot. A ratio never stands alone: its kind, its period, its caution and the five limits go with it."""
    if sroi.ratio is None:
        yield Block("Social return (SROI)", f"No ratio: {sroi.kind}. {sroi.caution}")
        return
    spent = f", on about {pounds(sroi.investment)}" if sroi.investment else ""
    over = f" Period: {sroi.period}{spent}." if sroi.period else ""
    yield Block(
        "Social return (SROI)",
        f"{pounds(sroi.ratio, pence=True)} for each £1. What it is: {sroi.kind}.{over}",
    )
    yield Block("Read this with the ratio", sroi.caution, tone="caution")
    yield limits()


def _terms() -> Iterator[Story]:
    for term in guide.glossary().values():
        ours = term.origin == "ours"
        yield Story(
            "term",
            term.key,
            term.term,
            term.definition,
            some(
                Block("Meaning" if ours else "In the guide (2011)", term.definition),
                Block("For example", term.example or ""),
                Block("Also called", ", ".join(term.also)),
                *since(term),
            ),
            also=term.also,
            cites="" if ours else guide.cite(term.lines),
        )


def _questions() -> Iterator[Story]:
    for question in guide.questions().values():
        blocks = some(Block("The guide's answer (2011)", question.a), *since(question))
        yield Story(
            "question",
            question.key,
            f"{question.key} {question.q}",
            question.a,
            blocks,
            stages=question.stages,
            cites=guide.cite(question.lines),
        )


def _notes() -> Iterator[Story]:
    for note in guide.then_and_now().values():
        source = [("Source", note.source_name)] if note.source_name else []
        address = [("Address", note.source_url)] if note.source_url else []
        as_of = [("As of", day(note.as_of))] if note.as_of else []
        start = [("In force from", day(note.in_force_from))] if note.in_force_from else []
        yield Story(
            "note",
            note.id,
            f"{note.id} {note.topic}",
            note.now or f"Not checked. Remembered: {note.recalled}",
            some(
                Block("The guide (2011)", note.then_2011),
                Block("Now", note.now or "", items=note.key_facts),
                Block(
                    "Not checked",
                    f"Nobody has read this in a source. Remembered: {note.recalled}" if note.now is None else "",
                    tone="caution",
                ),
                Block("Still open", note.still_open or ""),
                Block(
                    "How sure we are",
                    pairs=(
                        ("How we know", note.sure),
                        *source,
                        *address,
                        *as_of,
                        *start,
                        ("Applies to", note.applies_to),
                        ("Check again by", day(note.check_again_by)),
                        ("Ask", note.ask_whom),
                    ),
                ),
                Block(text="Not legal or financial advice.", tone="note"),
                Block("Tools it concerns", links=tool_links(note.tools)),
            ),
            stages=stages_of(note.tools),
            tools=note.tools,
            cites=guide.cite(note.guide_lines),
            check_again_by=note.check_again_by,
        )


def _tools() -> Iterator[Story]:
    for tool in guide.tools().values():
        lost = REBUILT.get(tool.id)
        told = "Each person answers alone first; then the group sees the spread." if tool.several_people else ""
        yield Story(
            "tool",
            tool.id,
            f"{tool.id} {tool.name}",
            tool.purpose,
            some(
                Block("What it is for", f"{tool.purpose} {told}".strip()),
                Block(
                    "What it takes",
                    pairs=(
                        ("Time", f"about {tool.minutes} minutes"),
                        ("People", tool.people),
                        ("To bring", tool.materials),
                    ),
                ),
                Block(
                    "Reconstructed",
                    f"The guide's text has lost {lost}. What the workbook shows is rebuilt." if lost else "",
                    tone="caution",
                ),
                Block("Lessons for it", links=lesson_links(tool.lessons)),
                Block("What it feeds", links=tool_links(tool.feeds)),
                Block("What has changed since 2011", links=note_links(tool.then_and_now)),
            ),
            stages=(tool.stage,),
            tools=(tool.id,),
            cites=guide.cite(tool.lines),
        )


def own_lesson(id_: str, lesson: LocalLesson) -> Story:
    """A lesson of the partnership's own, beside those of the pilots."""
    tools = tuple(one.upper() for one in _listed(lesson.tools))
    known = [id_ for id_ in tools if id_ in guide.tools()]
    facts = [("Where it comes from", lesson.source)] if lesson.source else []
    facts += [("On", day(lesson.date))] if lesson.date else []
    return Story(
        "own",
        id_,
        lesson.label(),
        lesson.recommendation or lesson.observation,
        some(
            Block("What we saw", lesson.observation),
            Block("What came of it", lesson.impact),
            Block("What we would do next time", lesson.recommendation),
            Block("Subjects", ", ".join(_listed(lesson.tags))),
            Block("Source", pairs=tuple(facts)),
            Block("Tools that help", links=tool_links(known)),
        ),
        stages=tuple(dict.fromkeys((*([lesson.stage] if lesson.stage else []), *stages_of(known)))),
        tools=tools,
    )


def own_note(note: LocalNote) -> Block:
    """What the partnership itself has found out about a matter; it is shown beside the shipped note, never over it."""
    facts = [("Source", note.source)] if note.source else [("Source", "none given yet")]
    facts += [("As at", day(note.date))] if note.date else []
    facts += [("Who looked", note.by)] if note.by else []
    return Block("Our own note", note.now or "Nothing is written yet.", pairs=tuple(facts), tone="note")


def note_id(words: str) -> str:
    """The shipped note that an own note is about, however its short name was typed: ``c 3`` is ``C-03``; "" if none."""
    letters = "".join(sign for sign in words.upper() if sign.isascii() and sign.isalpha())[:1]
    digits = "".join(sign for sign in words if sign.isascii() and sign.isdigit())
    found = f"{letters}-{int(digits):02}" if letters and digits and len(digits) < 4 else ""
    return found if found in guide.then_and_now() else ""


def _listed(words: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in words.split(",") if one.strip())
