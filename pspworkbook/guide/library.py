"""Reads ``data/guide/``: each function loads one file, once, and hands out frozen entries in the file's order."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from pspworkbook.guide.entries import (
    Case,
    Checklist,
    Entry,
    Example,
    Figure,
    LeadFunder,
    Lesson,
    Link,
    Mou,
    Question,
    Sroi,
    Term,
    ThenAndNow,
    Tool,
)
from pspworkbook.guide.yaml_file import read_yaml
from pspworkbook.places import data_folder

E = TypeVar("E", bound=Entry)

_PLAIN = {
    "extra_forbidden": "no field of this name is known here; check its spelling and any comma in the text before it",
    "missing": "this field is missing",
    "string_type": "this should be words; put them in double quotes if they look like a number or a date",
}


class GuideDataError(ValueError):
    """A data file cannot be read. The message names the file, the entry and the field, in plain words."""


def guide_folder() -> Path:
    """The folder of the guide's knowledge."""
    return data_folder() / "guide"


@lru_cache
def lessons() -> Mapping[str, Lesson]:
    """The fifty lessons, by key (I1 to R5), in the guide's order."""
    return _by_key("lessons", Lesson, _list("lessons", "lessons"))


@lru_cache
def cases() -> Mapping[str, Case]:
    """The ten pilots, by key, in the order of the guide's case studies."""
    return _by_key("cases", Case, _list("cases", "cases"))


@lru_cache
def across_cases() -> tuple[Figure, ...]:
    """What the guide counts over all ten pilots, such as how many had a service running."""
    return tuple(_read("cases", Figure, entry, ", across") for entry in _list("cases", "across"))


@lru_cache
def examples() -> Mapping[str, Example]:
    """The guide's other examples, by key."""
    return _by_key("examples", Example, _list("examples", "examples"))


@lru_cache
def glossary() -> Mapping[str, Term]:
    """The glossary, by key: the guide's 21 terms first, then those that this workbook adds (``origin`` says which)."""
    entries = [{**entry, "origin": "guide"} for entry in _list("glossary", "terms")]
    entries += [{**entry, "origin": "ours"} for entry in _list("glossary", "ours")]
    return _by_key("glossary", Term, entries)


@lru_cache
def questions() -> Mapping[str, Question]:
    """The eleven questions and answers, by key (Q1 to Q11)."""
    return _by_key("questions", Question, _list("questions", "questions"))


@lru_cache
def links() -> Mapping[str, Link]:
    """The twenty web addresses that the guide printed, by key. They are history: never make them clickable."""
    return _by_key("links", Link, _list("links", "links"))


@lru_cache
def mou() -> Mou:
    """The Memorandum of Understanding template, its elements and its traps."""
    return _one("mou", Mou)


@lru_cache
def lead_funder() -> LeadFunder:
    """The Lead Funder guidance: strands, variants, factors."""
    return _one("lead_funder", LeadFunder)


@lru_cache
def sroi() -> Sroi:
    """What the guide says of Social Return on Investment, with the field's eighth principle."""
    return _one("sroi", Sroi)


@lru_cache
def checklists() -> Mapping[str, Checklist]:
    """Every other counted list of the guide, by key."""
    return _by_key("checklists", Checklist, _list("checklists", "checklists"))


@lru_cache
def then_and_now() -> Mapping[str, ThenAndNow]:
    """What has changed since 2011, by id (C-01 to H-09). None of it is legal advice."""
    return _by_key("then_and_now", ThenAndNow, _list("then_and_now", "records"))


@lru_cache
def tools() -> Mapping[str, Tool]:
    """The 123 tools, by id, in the order of the stages."""
    return _by_key("tools", Tool, _list("tools", "tools"))


def overdue(record: ThenAndNow, today: dt.date) -> bool:
    """Whether a record has passed the day on which somebody should check it again. The day itself still counts as good."""
    return today > record.check_again_by


def _file(name: str) -> Path:
    return guide_folder() / f"{name}.yaml"


def _load(name: str) -> dict[str, Any]:
    path = _file(name)
    try:
        content = read_yaml(path)
    except FileNotFoundError as error:
        raise GuideDataError(f"{path.name} is missing from the folder data/guide.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", near line {mark.line + 1}" if mark else ""
        raise GuideDataError(
            f"{path.name} cannot be read{where}. Check the spaces at the start of the lines there, "
            "and put any text that holds a colon in double quotes."
        ) from error
    if not isinstance(content, dict):
        raise GuideDataError(f"{path.name} does not begin with the name of a list.")
    return content


def _list(name: str, heading: str) -> list[dict[str, Any]]:
    entries = _load(name).get(heading)
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise GuideDataError(f"{name}.yaml has no list called '{heading}', or a line in it is out of place.")
    return entries


def _by_key(name: str, model: type[E], entries: Iterable[dict[str, Any]]) -> Mapping[str, E]:
    found: dict[str, E] = {}
    key_field = "id" if "id" in model.model_fields else "key"
    for number, entry in enumerate(entries, 1):
        key = str(entry.get(key_field, f"number {number}"))
        if key in found:
            raise GuideDataError(f"{name}.yaml has two entries called '{key}'.")
        found[key] = _read(name, model, entry, f", entry '{key}'")
    return MappingProxyType(found)


def _one(name: str, model: type[E]) -> E:
    return _read(name, model, _load(name), "")


def _read(name: str, model: type[E], content: dict[str, Any], where: str) -> E:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        field = " > ".join(str(part) for part in first["loc"])
        problem = _PLAIN.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise GuideDataError(f"{name}.yaml{where}{f', {field}' if field else ''}: {problem}.") from error
