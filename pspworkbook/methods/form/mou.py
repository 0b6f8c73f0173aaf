"""The Memorandum of Understanding, filled from the workbook: thirteen sections, with what is blank and what differs.

The sections are those of the guide's template. Where its wording of 2011 would do harm today, another stands in
``mou_sections``, and the change is listed here with its reason.
"""

from dataclasses import dataclass

from pspworkbook import guide
from pspworkbook.guide import Lines
from pspworkbook.methods.form.mou_sections import NOT_BINDING, SECTIONS, Blank, MouFacts, Writer

__all__ = ["NOT_BINDING", "RULE", "Blank", "Change", "MouDocument", "MouFacts", "Section", "fill"]

RULE = (
    "A blank stands in square brackets and is listed. Each place where the text departs from the template of 2011 is "
    "listed with its reason. Have it read by whoever advises you on law and procurement before anybody signs."
)


@dataclass(frozen=True)
class Change:
    """A place where the text differs from the template of 2011, with the reason and the guide's lines."""

    key: str
    title: str
    why: str
    lines: Lines
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """One of the thirteen sections. A paragraph that begins with ``• `` is a line of a list."""

    number: int
    key: str
    title: str
    paragraphs: tuple[str, ...]
    blanks: tuple[Blank, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class MouDocument:
    """The whole memorandum."""

    title: str
    sections: tuple[Section, ...]

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """Everything that is still to be filled in."""
        return tuple(blank for section in self.sections for blank in section.blanks)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change from 2011, each once."""
        return tuple({change.key: change for section in self.sections for change in section.changes}.values())


NOTES: dict[str, tuple[str, ...]] = {
    "T-5": ("P-06",),
    "T-6": ("P-04", "P-06"),
    "T-4": ("O-01", "O-02"),
    "data-protection": ("D-01", "D-02", "D-03"),
}
"""The notes on what has changed that bear on each trap."""


def fill(facts: MouFacts) -> MouDocument:
    """The memorandum as far as the workbook can write it."""
    template = guide.mou()
    sections = []
    for section in template.sections:
        writer = Writer(facts, section.key)
        paragraphs = tuple(SECTIONS[section.key](writer))
        changes = tuple(
            Change(trap.key, trap.title, trap.text, trap.lines, NOTES.get(trap.key, ()))
            for trap in template.traps
            if section.key in trap.sections
        )
        sections.append(Section(section.number, section.key, section.title, paragraphs, tuple(writer.blanks), changes))
    name = facts.partnership.name or "[name of the partnership]"
    return MouDocument(f"Memorandum of Understanding: {name}", tuple(sections))
