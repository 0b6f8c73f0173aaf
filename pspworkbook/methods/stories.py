"""Everything that the guide's files hold, told as stories: one builder for each kind of entry."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from pspworkbook import guide
from pspworkbook.guide.scenarios import REACHED, endings, scenarios
from pspworkbook.methods.story import Block, Story
from pspworkbook.methods.words import pounds

Links = tuple[tuple[str, str], ...]
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
        *_lists(),
        *_examples(),
        *_sroi(),
        *_mou(),
        *_funder(),
        *_links(),
    )
    return MappingProxyType({story.anchor: story for story in found})


def figure(value: float, unit: str) -> str:
    """A figure of the guide with its unit: ``£22,000``, ``29%``, ``1 of 4 localities``."""
    if unit == "£":
        return pounds(value, pence=value != int(value))
    number = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def tool_links(ids: Iterable[str]) -> Links:
    """The tools with these identifiers, as links."""
    return tuple((f"tool-{id_}", f"{id_} {guide.tools()[id_].name}") for id_ in ids if id_ in guide.tools())


def lesson_links(keys: Iterable[str]) -> Links:
    """The lessons with these keys, as links."""
    return tuple((f"lesson-{key}", f"{key} {guide.lessons()[key].title}") for key in keys)


def case_links(keys: Iterable[str]) -> Links:
    """The cases with these keys, as links."""
    return tuple((f"case-{key}", guide.cases()[key].name) for key in keys)


def note_links(ids: Iterable[str]) -> Links:
    """The then-and-now notes with these identifiers, as links."""
    return tuple((f"note-{id_}", f"{id_} {guide.then_and_now()[id_].topic}") for id_ in ids)


def _stages_of(tools: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(guide.tools()[id_].stage for id_ in tools if id_ in guide.tools()))


def _places(cases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found = [guide.cases()[key] for key in cases]
    return {
        "markets": tuple(dict.fromkeys(case.market for case in found)),
        "areas": tuple(dict.fromkeys(case.area for case in found)),
    }


def _some(*blocks: Block) -> tuple[Block, ...]:
    """The blocks that have something in them."""
    return tuple(b for b in blocks if b.text or b.items or b.pairs or b.rows or b.links)


def _since(entry: guide.Term | guide.Question | guide.Link) -> tuple[Block, ...]:
    """What has changed since 2011; what nobody has read in a source is said to be unchecked."""
    sure = guide.SURE[entry.now_mark] if entry.now_mark else ""
    return _some(
        Block("Now", f"{entry.now} ({sure.capitalize()}.)" if entry.now else "", tone="note"),
        Block(
            "Not checked",
            f"Nobody has read this in a source. Remembered: {entry.recalled}" if entry.recalled else "",
            tone="caution",
        ),
        Block("More on what has changed", links=note_links(entry.then_and_now)),
    )


def _lessons() -> Iterator[Story]:
    for lesson in guide.lessons().values():
        yield Story(
            "lesson",
            lesson.key,
            f"{lesson.key} {lesson.title}",
            lesson.recommendation,
            _some(
                Block("What the pilots saw", lesson.observation),
                Block("What it leads to", lesson.impact),
                Block("What to do", lesson.recommendation),
                Block("Tools that help", links=tool_links(lesson.tools)),
                Block("Pilots where it showed", links=case_links(lesson.cases)),
            ),
            also=lesson.tags,
            stages=(lesson.stage,),
            tools=lesson.tools,
            **_places(lesson.cases),
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
            _some(
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
            stages=_stages_of(tools),
            tools=tools,
            **_places([case.key]),
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
    limits = tuple(f"{limit.name}. {limit.text}" for limit in guide.sroi().limitations)
    yield Block("Read this with the ratio", sroi.caution, tone="caution")
    yield Block("Five limits of every SROI", items=limits, folded=True)


def _terms() -> Iterator[Story]:
    for term in guide.glossary().values():
        ours = term.origin == "ours"
        yield Story(
            "term",
            term.key,
            term.term,
            term.definition,
            _some(
                Block("Meaning" if ours else "In the guide (2011)", term.definition),
                Block("For example", term.example or ""),
                Block("Also called", ", ".join(term.also)),
                *_since(term),
            ),
            also=term.also,
            cites="" if ours else guide.cite(term.lines),
        )


def _questions() -> Iterator[Story]:
    for question in guide.questions().values():
        blocks = _some(Block("The guide's answer (2011)", question.a), *_since(question))
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
        as_of = [("As of", f"{note.as_of:%-d %B %Y}")] if note.as_of else []
        start = [("In force from", f"{note.in_force_from:%-d %B %Y}")] if note.in_force_from else []
        yield Story(
            "note",
            note.id,
            f"{note.id} {note.topic}",
            note.now or f"Not checked. Remembered: {note.recalled}",
            _some(
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
                        ("Check again by", f"{note.check_again_by:%-d %B %Y}"),
                        ("Ask", note.ask_whom),
                    ),
                ),
                Block(text="Not legal or financial advice.", tone="note"),
                Block("Tools it concerns", links=tool_links(note.tools)),
            ),
            stages=_stages_of(note.tools),
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
            _some(
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


def _item(item: guide.Item) -> str:
    return f"{item.label}. {item.text}{' (Added by us.)' if item.added else ''}"


def _lists() -> Iterator[Story]:
    for one in guide.checklists().values():
        columns = one.columns
        rows = tuple(
            (item.label, *((item.cells.get(column.key, "") for column in columns) if columns else (item.text,)))
            for item in one.items
        )
        yield Story(
            "list",
            one.key,
            one.title,
            one.about,
            _some(
                Block(text=one.about),
                Block("The list", head=("", *(column.label for column in columns)), rows=rows)
                if columns
                else Block("The list", items=tuple(_item(item) for item in one.items)),
                Block("The guide's ratings", items=one.scale),
                Block("Where it is used", links=tool_links([one.tool])),
            ),
            stages=_stages_of([one.tool]),
            tools=(one.tool,),
            cites=guide.cite(one.lines),
        )


def _examples() -> Iterator[Story]:
    for example in guide.examples().values():
        ratio = f"The guide says {example.ratio_words}. " if example.ratio_words else ""
        limits = tuple(f"{limit.name}. {limit.text}" for limit in guide.sroi().limitations)
        yield Story(
            "example",
            example.key,
            example.name,
            example.story,
            _some(
                Block("The story", example.story),
                Block("What to learn from it", example.teaching),
                Block("Social return", f"{ratio}It must not be compared with another." if ratio else "", tone="caution"),
                Block("Five limits of every SROI", items=limits if ratio else (), folded=True),
                Block(
                    "Figures, as the guide reports them",
                    head=("What", "Figure", "Beware"),
                    rows=tuple((one.label, figure(one.value, one.unit), one.note or "") for one in example.figures),
                ),
                Block("Tools it belongs to", links=tool_links(example.tools)),
            ),
            stages=_stages_of(example.tools),
            tools=example.tools,
            cites=guide.cite(example.lines),
        )


def _sroi() -> Iterator[Story]:
    known = guide.sroi()
    more = Block("Where it is used", links=tool_links(["AN-3", "AN-4", "RV-2"]))

    def story(key: str, title: str, lead: str, *blocks: Block, lines: Iterable[guide.Lines] = ()) -> Story:
        spans = tuple(dict.fromkeys(span for one in lines for span in one))
        return Story(
            "sroi",
            key,
            title,
            lead,
            _some(*blocks, more),
            also=("SROI", "Social Return on Investment"),
            stages=("analyse", "review"),
            tools=("AN-3", "AN-4", "RV-2"),
            cites=guide.cite(spans),
        )

    summary = known.summary
    yield story(
        "summary",
        "SROI in a paragraph",
        summary.text,
        Block(text=summary.text),
        Block("How long it takes", summary.effort),
        Block("What a ratio means", summary.ratio_example),
        Block("Read next", links=(("sroi-limitations", "Five limits of SROI"), ("sroi-steps", "The six steps"))),
        lines=[summary.lines],
    )
    yield story(
        "principles",
        "The principles of SROI",
        "Seven in 2011, eight today.",
        Block(
            items=tuple(
                f"{p.name}. {p.meaning}{'' if p.in_2011 else f' ({p.since}: not in the guide.)'}"
                for p in known.principles
            )
        ),
        lines=[p.lines for p in known.principles],
    )
    yield story(
        "steps",
        "The six steps of SROI",
        "From setting the scope to using the result.",
        Block("As the guide has them", items=tuple(f"{step.name}. {step.meaning}" for step in known.guide_steps)),
        *(Block(f"{step.number}. {step.name}", step.why, items=step.mistakes, folded=True) for step in known.steps),
        lines=[step.lines for step in known.guide_steps],
    )
    for key, title, lead, points in (
        ("benefits", "Five benefits of SROI", "What it is good for.", known.benefits),
        ("limitations", "Five limits of SROI", "They belong to every ratio: show them with it.", known.limitations),
    ):
        blocks = Block(text=lead), Block(items=tuple(f"{point.name}. {point.text}" for point in points))
        yield story(key, title, lead, *blocks, lines=[point.lines for point in points])
    for key, title, lead, kinds in (
        ("types", "Two kinds of SROI", "A forecast looks ahead, an evaluation looks back.", known.types),
        ("methods", "Other ways of accounting for social value", "Five beside SROI.", known.methods),
    ):
        blocks = Block(text=lead), Block(items=tuple(f"{one.name}. {one.meaning}" for one in kinds))
        yield story(key, title, lead, *blocks, lines=[one.lines for one in kinds])


def _mou() -> Iterator[Story]:
    known = guide.mou()
    more = tool_links(["FP-4", "TM-1"])

    def story(key: str, title: str, lead: str, blocks: tuple[Block, ...], lines: guide.Lines) -> Story:
        return Story(
            "mou",
            key,
            title,
            lead,
            blocks,
            also=("MoU", "Memorandum of Understanding"),
            stages=("form",),
            tools=("FP-4", "TM-1"),
            cites=guide.cite(lines),
        )

    traps = tuple(f"{trap.title}. {trap.text}" for trap in known.traps)
    yield story(
        "overview",
        "What a Memorandum of Understanding holds",
        known.about,
        _some(
            Block(text=known.about),
            Block("Eleven things it is likely to hold", items=tuple(map(_item, known.elements))),
            Block("Where copying the template does harm", items=traps, tone="caution"),
            Block("Values", items=tuple(map(_item, known.values)), folded=True),
            Block("Duties of Party A", items=tuple(map(_item, known.party_a_duties)), folded=True),
            Block("Duties of Party B", items=tuple(map(_item, known.party_b_duties)), folded=True),
            Block("The 13 sections", links=tuple((f"mou-{s.key}", f"{s.number} {s.title}") for s in known.sections)),
            Block("Where it is used", links=more),
            Block("What has changed since 2011", links=note_links(known.then_and_now)),
        ),
        known.lines,
    )
    for section in known.sections:
        harm = tuple(f"{trap.title}. {trap.text}" for trap in known.traps if section.key in trap.sections)
        blocks = _some(
            Block("What it says", section.text),
            Block("Do not copy this blindly", items=harm, tone="caution"),
            Block("What you fill in", items=section.blanks),
            Block("See also", links=(("mou-overview", "What a Memorandum of Understanding holds"), *more)),
        )
        yield story(section.key, f"MoU section {section.number}: {section.title}", section.text, blocks, section.lines)


def _funder() -> Iterator[Story]:
    known = guide.lead_funder()
    more = tool_links(["FP-5", "TM-2"])

    def story(key: str, title: str, lead: str, blocks: tuple[Block, ...], lines: guide.Lines) -> Story:
        return Story(
            "funder",
            key,
            title,
            lead,
            blocks,
            also=("Lead Funder",),
            stages=("form",),
            tools=("FP-5", "TM-2"),
            cites=guide.cite(lines),
        )

    yield story(
        "overview",
        "What a Lead Funder does",
        known.about,
        _some(
            Block(text=known.about),
            Block("Three strands", items=tuple(map(_item, known.strands))),
            Block("Four ways of doing it", links=tuple((f"funder-{v.key}", v.name) for v in known.variants)),
            Block("What to weigh", items=tuple(map(_item, known.factors)), folded=True),
            Block("Advice", items=tuple(map(_item, known.advice)), folded=True),
            Block(text=known.note, tone="note"),
            Block("Where it is used", links=more),
            Block("What has changed since 2011", links=note_links(known.then_and_now)),
        ),
        known.lines,
    )
    for one in known.variants:
        facts = (
            ("One report serves all funders", "yes" if one.one_report else "no"),
            ("Manages the provider", "yes" if one.manages_provider else "no"),
            ("Preferred in the guide", "yes" if one.preferred else "no"),
        )
        back = Block("See also", links=(("funder-overview", "What a Lead Funder does"), *more))
        yield story(one.key, one.name, one.text, (Block(text=one.text), Block(pairs=facts), back), one.lines)


def _links() -> Iterator[Story]:
    for link in guide.links().values():
        yield Story(
            "link",
            link.key,
            link.name,
            link.description,
            _some(
                Block(text=link.description),
                Block(
                    "Address as printed in 2011",
                    pairs=(("Group", link.group), ("Address, not a link", link.url_2011)),
                ),
                Block(
                    text="Live as at 1 June 2011. It is kept as history: it may be gone, or be somebody else's today.",
                    tone="caution",
                ),
                *_since(link),
            ),
            cites=guide.cite(link.lines),
        )


def scenarios_of(case: str) -> tuple[str, ...]:
    """The titles of the training scenarios that a case is told in."""
    return tuple(scenario.title for scenario in scenarios().values() if case in scenario.cases)
