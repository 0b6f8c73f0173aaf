"""Where the terms of the glossary stand in a text: each term once, the longest match first. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pspworkbook import guide


@dataclass(frozen=True)
class Found:
    """A term in a text: the characters from ``start`` to ``end`` name the term with this key."""

    start: int
    end: int
    key: str


def find_terms(text: str, seen: set[str] | None = None) -> Iterator[Found]:
    """The first place of each term in a text. What is in ``seen`` is passed over, and what is found is added to it."""
    seen = set() if seen is None else seen
    pattern, keys = _pattern()
    for match in pattern.finditer(text):
        key = keys.get(_plain(match[0])) or keys.get(_plain(match[0]).lower())
        if key is not None and key not in seen:
            seen.add(key)
            yield Found(match.start(), match.end(), key)


def our_terms() -> frozenset[str]:
    """The keys of the terms that this workbook adds: words of SROI, many of them everyday words elsewhere."""
    return frozenset(term.key for term in guide.glossary().values() if term.origin == "ours")


def meaning(key: str) -> str:
    """What a popover says of a term: its name, its sense of 2011 or ours, and what is known to have changed since.

    Raises KeyError when there is no such term.
    """
    term = guide.glossary()[key]
    said = f"{term.term}: {term.definition}"
    if term.now:
        return f"{said} Now: {term.now}"
    return f"{said} (As in 2011; not checked since.)" if term.recalled else said


NAMED_BY_TERMS = frozenset(
    {"outcome", "input", "actual", "actual_input", "figure_range", "scenario_change", "measure", "mandatory_indicator"}
)
"""The kinds of record whose fields are named by terms of SROI; in others the same words are everyday words."""


def of_heading(title: str, kind: str, field: str = "") -> str:
    """The key of the term that a heading of a register stands for, by its field's name or by its words; "" for none."""
    if kind not in NAMED_BY_TERMS:
        return ""
    key = field.replace("_", "-")
    return key if key in guide.glossary() else next((found.key for found in find_terms(title)), "")


def _plain(words: str) -> str:
    return " ".join(words.split())


def _is_short_form(name: str) -> bool:
    """``SLA`` and ``MoUs`` are told from other words by their capitals, so they match only as they are written."""
    return sum(sign.isupper() for sign in name) > 1 and " " not in name


@lru_cache
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for every form of every term, the longest first, and the term that each form names."""
    keys: dict[str, str] = {}
    for term in guide.glossary().values():
        for name in (term.term, *term.also):
            for form in _forms(name):
                keys.setdefault(form if _is_short_form(name) else form.lower(), term.key)
    parts = []
    for form in sorted(keys, key=len, reverse=True):
        exact = "\\s+".join(re.escape(word) for word in form.split())
        parts.append(exact if _is_short_form(form) else f"(?i:{exact})")
    return re.compile(rf"(?<![\w&#-])(?:{'|'.join(parts)})(?![\w-])"), keys


def _forms(name: str) -> tuple[str, ...]:
    """A name and its plain plural."""
    if name.endswith("s"):
        return (name,)
    if name.endswith("y") and name[-2:-1] not in "aeiou":
        return name, name[:-1] + "ies"
    return name, name + "s"
