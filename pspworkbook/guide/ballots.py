"""The ballots: questions that several people answer separately. Read from ``data/ballots.yaml``.

A ballot's questions come from a list of ``guide/checklists.yaml`` or stand in the file itself; here they are put
together, so that a page, a paper slip and a calculation all see the same ones::

    from pspworkbook.guide.ballots import ballots
    [question.label for question in ballots()["readiness"].questions]
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import yaml
from pydantic import Field, ValidationError, model_validator

from pspworkbook.guide.entries import Checklist, Entry, Words
from pspworkbook.guide.library import GuideDataError, checklists, lessons, tools
from pspworkbook.guide.yaml_file import read_yaml
from pspworkbook.places import data_folder


class Rating(Entry):
    """One step of a scale."""

    value: int
    words: Words


class BallotPart(Entry):
    """One of several things that is asked of every item, such as “now” and “wanted”."""

    key: Words
    label: Words
    question: str = ""


class BallotItem(Entry):
    """What a question is about. ``low`` and ``high`` are the words at the two ends of the scale, where it has such."""

    key: Words
    label: Words
    help: str = ""
    low: str = ""
    high: str = ""
    part_help: dict[str, str] = Field(default_factory=dict)


class BallotQuestion(Entry):
    """One question as a person answers it. ``key`` is what an answer's ``item`` holds: ``trust``, or ``trust.now``."""

    key: Words
    item: Words
    part: str = ""
    label: Words
    part_label: str = ""
    ask: str
    help: str = ""
    low: str = ""
    high: str = ""
    can_be_weak: bool = True


MOST_ITEMS = 60
"""A ballot about a register asks about so many of its records."""


class Ballot(Entry):
    """A set of questions on one scale. ``weak_below`` and ``weak_above`` say when a median counts as weak."""

    key: Words
    tool: Words
    title: Words
    question: Words
    items: tuple[BallotItem, ...] = ()
    items_of: str = ""
    """The kind of record that the items are: one for each record of a register, see :meth:`with_items`."""
    scale: tuple[Rating, ...] = ()
    parts: tuple[BallotPart, ...] = ()
    part_of_sector: dict[str, str] = Field(default_factory=dict)
    free_text: bool = False
    per_organisation: bool = False
    weak_below: int | None = None
    weak_above: int | None = None
    weak_parts: tuple[str, ...] = ()
    minutes_alone: int = Field(gt=0)
    minutes_together: int = Field(gt=0)
    tags: tuple[str, ...]
    item_tags: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _hangs_together(self) -> "Ballot":
        for problem in self._problems():
            raise ValueError(problem)
        return self

    def _problems(self) -> Iterator[str]:
        keys, parts = [item.key for item in self.items], [part.key for part in self.parts]
        if len({*keys}) < len(keys) or len({*parts}) < len(parts):
            yield "two items, or two parts, have the same key"
        if any("." in key for key in keys + parts):
            yield "a key may not hold a full stop; it joins an item to its part"
        if bool(self.items) == bool(self.items_of) and not self.items_of:
            yield "give items, or say in 'items_of' which register they are"
        if self.free_text == bool(self.scale):
            yield "give either a scale or 'free_text: true'"
        if [step.value for step in self.scale] != list(range(1, len(self.scale) + 1)):
            yield "the scale counts up from 1 in steps of 1"
        for bound in (self.weak_below, self.weak_above):
            if bound is not None and bound not in self.values:
                yield f"{bound} is not on the scale"
        for name, known, used in (
            ("weak_parts", parts, self.weak_parts),
            ("part_of_sector", parts, self.part_of_sector.values()),
            ("item_tags", keys, self.item_tags),
        ):
            if strange := [key for key in used if key not in known]:
                yield f"'{name}' names {strange[0]!r}, which is not here"

    def with_items(self, items: Iterable[tuple[str, str]]) -> "Ballot":
        """The ballot about these items, (key, label) each: the records of the register that ``items_of`` names.

        Nobody answers hundreds of questions: the first :data:`MOST_ITEMS` are asked about, and the ballot says so.
        """
        named = tuple(BallotItem(key=key, label=label) for key, label in items if "." not in key)
        changed: dict[str, object] = {"items": named[:MOST_ITEMS]}
        if len(named) > MOST_ITEMS:
            changed["question"] = (
                f"{self.question} Asked about the first {MOST_ITEMS} of {len(named)} in the register; when one of them is closed or removed, the next moves up."
            )
        return self.model_copy(update=changed)

    @property
    def values(self) -> tuple[int, ...]:
        """The steps of the scale, low to high; empty for a ballot that is answered in words."""
        return tuple(step.value for step in self.scale)

    @property
    def weak_word(self) -> str:
        """What a median past the bound is called: “weak”; “high” where only a high figure is bad news, as of a risk."""
        return "high" if self.weak_above is not None and self.weak_below is None else "weak"

    @property
    def questions(self) -> tuple[BallotQuestion, ...]:
        """Every question in its order; with parts, each item is asked once for each part."""
        return tuple(_question(self, item, part) for item in self.items for part in self.parts or (None,))

    def questions_for(self, sector: str | None) -> tuple[BallotQuestion, ...]:
        """The questions meant for a person of this sector: all of them, unless each group answers for itself."""
        part = self.part_of_sector.get(sector or "")
        return tuple(question for question in self.questions if part is None or question.part == part)

    def words(self, value: float | None) -> str:
        """What a value of the scale means. A median between two steps is worded “between … and …”."""
        if value is None:
            return "rather not say"
        steps = {step.value: step.words for step in self.scale}
        if value in steps:
            return steps[int(value)]
        below, above = steps.get(int(value)), steps.get(int(value) + 1)
        return f"between “{below}” and “{above}”" if below and above else str(value)

    def refusal(self, question: str, value: int | None) -> str:
        """Why an answer cannot be taken, as a sentence; "" when it can."""
        if question not in {one.key for one in self.questions}:
            return f"“{self.title}” does not ask “{question}”."
        if value is None or value in self.values:
            return ""
        if self.free_text:
            return "This question is answered in words, not with a number."
        return f"{value} is not on the scale. It goes from {self.values[0]} to {self.values[-1]}."

    def tags_of(self, question: str) -> tuple[str, ...]:
        """The lesson tags of one question, the nearest first, then those of the whole ballot."""
        return tuple(dict.fromkeys((*self.item_tags.get(question.split(".")[0], ()), *self.tags)))


def _question(ballot: Ballot, item: BallotItem, part: BallotPart | None) -> BallotQuestion:
    return BallotQuestion(
        key=f"{item.key}.{part.key}" if part else item.key,
        item=item.key,
        part=part.key if part else "",
        label=item.label,
        part_label=part.label if part else "",
        ask=(part.question if part else "") or ballot.question,
        help=item.part_help.get(part.key, item.help) if part else item.help,
        low=item.low,
        high=item.high,
        can_be_weak=part is None or not ballot.weak_parts or part.key in ballot.weak_parts,
    )


@lru_cache
def ballots() -> Mapping[str, Ballot]:
    """Every ballot, by key, in the order of the stages. Raises GuideDataError when the file cannot be used."""
    path = data_folder() / "ballots.yaml"
    try:
        entries = read_yaml(path)["ballots"]
    except (OSError, yaml.YAMLError, TypeError, KeyError) as error:
        raise GuideDataError(f"{path.name} cannot be read: {error}") from error
    found: dict[str, Ballot] = {}
    for entry in entries:
        key = str(entry.get("key", "without a key"))
        if key in found:
            raise GuideDataError(f"{path.name} has two ballots called '{key}'.")
        try:
            found[key] = _resolved(entry)
        except ValidationError as error:
            first = error.errors()[0]
            field = " > ".join(str(step) for step in first["loc"])
            raise GuideDataError(f"{path.name}, ballot '{key}' {field}: {first['msg']}.") from error
        except KeyError as error:
            raise GuideDataError(f"{path.name}, ballot '{key}' names {error}, which is nowhere.") from error
    return MappingProxyType(found)


def of_tool(tool: str) -> Ballot | None:
    """The ballot of a tool of the inventory, such as ``TP-6``; None when it has none."""
    return next((ballot for ballot in ballots().values() if ballot.tool == tool), None)


def _resolved(entry: Mapping[str, Any]) -> Ballot:
    """A ballot whose questions are taken from the checklist that it names. Raises KeyError for what is not there."""
    content = dict(entry)
    name, ends = content.pop("checklist", None), content.pop("ends", None)
    by_column = content.pop("columns_as_parts", False)
    if name is not None:
        checklist = checklists()[name]
        content["items"] = [_item(checklist, number, ends, by_column) for number in range(len(checklist.items))]
        if by_column:
            content["parts"] = [{"key": column.key, "label": column.label} for column in checklist.columns]
    ballot = Ballot.model_validate(content)
    tools()[ballot.tool]
    known = {tag for lesson in lessons().values() for tag in lesson.tags}
    for tag in (*ballot.tags, *(tag for tags in ballot.item_tags.values() for tag in tags)):
        if tag not in known:
            raise KeyError(tag)
    return ballot


def _item(checklist: Checklist, number: int, ends: list[str] | None, by_column: bool) -> dict[str, Any]:
    item = checklist.items[number]
    low, high = (item.cells[end] for end in ends) if ends else ("", "")
    return {
        "key": item.key,
        "label": item.label,
        "help": item.text,
        "low": low,
        "high": high,
        "part_help": item.cells if by_column else {},
    }
