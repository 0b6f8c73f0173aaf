"""Training scenarios from the ten pilots, and how far each pilot had got: read from ``data/guide/scenarios.yaml``."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import yaml
from pydantic import Field, ValidationError

from pspworkbook.guide.entries import Entry, StageKey, Words
from pspworkbook.guide.library import GuideDataError, guide_folder
from pspworkbook.guide.lines import Lines
from pspworkbook.guide.yaml_file import read_yaml

Reached = Literal["need", "design", "running", "procured"]
REACHED: dict[Reached, str] = {
    "need": "Finding the need",
    "design": "Designing",
    "running": "Service running",
    "procured": "Procured",
}
"""How far a pilot can get, in order; a design or a framework that nobody was served under yet counts as designing."""

E = TypeVar("E", bound=Entry)


class Scenario(Entry):
    """A moment in a pilot: what was known, what had to be decided, and what happened, which is shown afterwards."""

    key: Words
    title: Words
    cases: tuple[str, ...] = Field(min_length=1)
    stage: StageKey
    minutes: int = Field(gt=0)
    facts: tuple[Words, ...] = Field(min_length=2)
    decision: Words
    happened: Words
    question: Words
    tools: tuple[str, ...]
    lessons: tuple[str, ...]
    lines: Lines = Field(min_length=1)


class Ending(Entry):
    """Where a pilot stood when the guide was written: our reading of its case study."""

    case: Words
    reached: Reached
    ending: Words
    lines: Lines = Field(min_length=1)


@lru_cache
def scenarios() -> Mapping[str, Scenario]:
    """The training scenarios, by key. Raises GuideDataError when the file cannot be used."""
    return _read("scenarios", Scenario, "key")


@lru_cache
def endings() -> Mapping[str, Ending]:
    """How far each of the ten pilots had got, by the key of its case. Raises GuideDataError."""
    return _read("endings", Ending, "case")


@lru_cache
def _content() -> dict[str, Any]:
    path = guide_folder() / "scenarios.yaml"
    try:
        content = read_yaml(path)
    except (OSError, yaml.YAMLError) as error:
        raise GuideDataError(f"{path.name} cannot be read: {error}") from error
    return content if isinstance(content, dict) else {}


def _read(heading: str, model: type[E], key: str) -> Mapping[str, E]:
    found: dict[str, E] = {}
    for number, entry in enumerate(_content().get(heading) or [], 1):
        name = str(entry.get(key, f"number {number}"))
        if name in found:
            raise GuideDataError(f"scenarios.yaml has two {heading} called '{name}'.")
        try:
            found[name] = model.model_validate(entry)
        except ValidationError as error:
            first = error.errors()[0]
            field = " > ".join(str(step) for step in first["loc"])
            raise GuideDataError(f"scenarios.yaml, {heading}, '{name}' {field}: {first['msg']}.") from error
    if not found:
        raise GuideDataError(f"scenarios.yaml has no list called '{heading}'.")
    return MappingProxyType(found)
