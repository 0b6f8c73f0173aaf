"""The guide's appendices and lists, told as stories: SROI, the Memorandum of Understanding, the Lead Funder, addresses."""

from collections.abc import Iterable, Iterator

from pspworkbook import guide
from pspworkbook.methods.library.story import Block, Story
from pspworkbook.methods.library.story_parts import figure, limits, note_links, since, some, stages_of, tool_links


def appendices() -> Iterator[Story]:
    """Every entry that is neither a lesson, a case, a term, a question, a note nor a tool."""
    for tell in (_lists, _examples, _sroi, _mou, _funder, _links):
        yield from tell()


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
            some(
                Block(text=one.about),
                Block("The list", head=("", *(column.label for column in columns)), rows=rows)
                if columns
                else Block("The list", items=tuple(_item(item) for item in one.items)),
                Block("The guide's ratings", items=one.scale),
                Block("Where it is used", links=tool_links([one.tool])),
            ),
            stages=stages_of([one.tool]),
            tools=(one.tool,),
            cites=guide.cite(one.lines),
        )


def _examples() -> Iterator[Story]:
    for example in guide.examples().values():
        ratio = f"The guide says {example.ratio_words}. " if example.ratio_words else ""
        yield Story(
            "example",
            example.key,
            example.name,
            example.story,
            some(
                Block("The story", example.story),
                Block("What to learn from it", example.teaching),
                Block(
                    "Social return", f"{ratio}It must not be compared with another." if ratio else "", tone="caution"
                ),
                *([limits()] if ratio else []),
                Block(
                    "Figures, as the guide reports them",
                    head=("What", "Figure", "Beware"),
                    rows=tuple((one.label, figure(one.value, one.unit), one.note or "") for one in example.figures),
                ),
                Block("Tools it belongs to", links=tool_links(example.tools)),
            ),
            stages=stages_of(example.tools),
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
            some(*blocks, more),
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
        some(
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
        blocks = some(
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
        some(
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
            some(
                Block(text=link.description),
                Block(
                    "Address as printed in 2011",
                    pairs=(("Group", link.group), ("Address, not a link", link.url_2011)),
                ),
                Block(
                    text="Live as at 1 June 2011. It is kept as history: it may be gone, or be somebody else's today.",
                    tone="caution",
                ),
                *since(link),
            ),
            cites=guide.cite(link.lines),
        )
