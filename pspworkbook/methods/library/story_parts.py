"""What the builders of stories share: links to other entries, figures in words, what has changed since 2011."""

from collections.abc import Iterable

from pspworkbook import guide
from pspworkbook.methods.library.story import Block
from pspworkbook.methods.words import pounds

Links = tuple[tuple[str, str], ...]


def figure(value: float, unit: str) -> str:
    """A figure of the guide with its unit: ``£22,000``, ``29%``, ``1 of 4 localities``."""
    if unit.startswith("£"):
        return pounds(value, pence=value != int(value)) + unit[1:]
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


def stages_of(tools: Iterable[str]) -> tuple[str, ...]:
    """The stages that these tools belong to."""
    return tuple(dict.fromkeys(guide.tools()[id_].stage for id_ in tools if id_ in guide.tools()))


def markets_of(cases: Iterable[str]) -> tuple[str, ...]:
    """The markets of these cases."""
    return tuple(dict.fromkeys(guide.cases()[key].market for key in cases))


def areas_of(cases: Iterable[str]) -> tuple[str, ...]:
    """The areas of these cases."""
    return tuple(dict.fromkeys(guide.cases()[key].area for key in cases))


def some(*blocks: Block) -> tuple[Block, ...]:
    """The blocks that have something in them."""
    return tuple(b for b in blocks if b.text or b.items or b.pairs or b.rows or b.links)


def since(entry: guide.Term | guide.Question | guide.Link) -> tuple[Block, ...]:
    """What has changed since 2011; what nobody has read in a source is said to be unchecked."""
    sure = guide.SURE[entry.now_mark] if entry.now_mark else ""
    return some(
        Block("Now", f"{entry.now} ({sure.capitalize()}.)" if entry.now else "", tone="note"),
        Block(
            "Not checked",
            f"Nobody has read this in a source. Remembered: {entry.recalled}" if entry.recalled else "",
            tone="caution",
        ),
        Block("More on what has changed", links=note_links(entry.then_and_now)),
    )


def limits() -> Block:
    """The five limits of SROI, which go with every ratio."""
    points = guide.sroi().limitations
    return Block("Five limits of every SROI", items=tuple(f"{one.name}. {one.text}" for one in points), folded=True)
