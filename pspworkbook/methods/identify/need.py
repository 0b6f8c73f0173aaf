"""Does a need statement begin with people, or is it a service already? The words are in data/need_words.yaml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pspworkbook.guide.yaml_file import read_yaml
from pspworkbook.methods.findings import StageGap
from pspworkbook.places import data_folder
from pspworkbook.records.identify import NeedStatement

RULE = (
    "A need statement says who finds what hard, where, how many they are, and how we know. The workbook warns when it "
    "meets a word that names a service, a project, a means, or something that is missing. The warning stops nobody: "
    "sometimes the word is right."
)


@dataclass(frozen=True)
class NeedWord:
    """A word that was found in a statement, and what it gives to think about."""

    word: str
    group: str
    why: str


@cache
def _groups() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    content = read_yaml(data_folder() / "need_words.yaml")
    found = []
    for group in content["groups"]:
        # The longest first, so that “day centre” is named, and not a shorter word within it.
        words = sorted((str(word) for word in group["words"]), key=len, reverse=True)
        pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)
        found.append((str(group["key"]), str(group["why"]), pattern))
    return tuple(found)


def solution_words(text: str) -> list[NeedWord]:
    """The words in a text that name a service or a solution rather than a need, each once, group by group."""
    clean = " ".join(text.split())
    found: dict[str, NeedWord] = {}
    for key, why, pattern in _groups():
        for match in pattern.finditer(clean):
            found.setdefault(match[1].lower(), NeedWord(match[1], key, why))
    return list(found.values())


def check(id_: str, need: NeedStatement) -> Iterator[StageGap]:
    """What a need statement gives to think about, by :data:`RULE`."""
    for word in solution_words(need.difficulty):
        yield StageGap("ID-3", f"“{need.label()}” says “{word.word}”. {word.why}", need.kind, id_, "difficulty")
    if not need.who:
        yield StageGap("ID-3", f"“{need.label()}” does not say who finds it hard.", need.kind, id_, "who")
    if not need.how_many:
        yield StageGap(
            "ID-3",
            f"“{need.label()}” does not say how many people. A careful guess with its reason will do.",
            need.kind,
            id_,
            "how_many",
        )
    if not need.evidence:
        yield StageGap("ID-3", f"“{need.label()}” does not say how we know.", need.kind, id_, "evidence")
    if not need.who_says:
        yield StageGap("ID-3", f"“{need.label()}” does not say who says so.", need.kind, id_, "who_says")
    if need.blank_sheet is False:
        yield StageGap(
            "ID-3",
            f"“{need.label()}” starts from today’s services. Try to write it as if they did not exist.",
            need.kind,
            id_,
            "blank_sheet",
        )
