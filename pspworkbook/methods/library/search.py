"""Search over everything that the library holds: as one types, without regard to case, accents, plurals and endings.

::

    found = search("respite carers")
    found.hits[0].story.title, found.hits[0].snippet, found.hits[0].snippet_spans

Every typed word must be found, as a word or as the beginning of one. What matches in a title comes before what matches
in the text. Pure: no widget, no store; highlights are places in the text, never markup.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pspworkbook.methods.library.stories import stories
from pspworkbook.methods.library.story import KINDS, Story

Spans = tuple[tuple[int, int], ...]
SNIPPET = 190
"""How many characters of the text a hit shows, about."""
LONGEST_QUERY = 200

_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_JOINED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")


@dataclass(frozen=True)
class Filters:
    """Keeps a search to one kind, stage, tool, market or area; "" keeps all."""

    kind: str = ""
    stage: str = ""
    tool: str = ""
    market: str = ""
    area: str = ""

    def keep(self, story: Story) -> bool:
        """Whether an entry is of the kind, stage, tool, market and area that are asked for."""
        return (
            self.kind in ("", story.kind)
            and (not self.stage or self.stage in story.stages)
            and (not self.tool or self.tool in story.tools)
            and (not self.market or self.market in story.markets)
            and (not self.area or self.area in story.areas)
        )


@dataclass(frozen=True)
class Hit:
    """An entry that was found; the spans say which characters of its title and of the snippet matched."""

    story: Story
    title_spans: Spans
    snippet: str
    snippet_spans: Spans


@dataclass(frozen=True)
class Found:
    """What a search found: the best ``hits``, how many there are in all, and how many of each kind."""

    hits: tuple[Hit, ...]
    total: int
    by_kind: Mapping[str, int]


@lru_cache(1 << 14)
def fold(text: str) -> str:
    """Text without case and accents: ``Café`` and ``CAFE`` are ``cafe``. May be longer or shorter than what went in."""
    split = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in split if not unicodedata.combining(sign))
    return unicodedata.normalize("NFKD", bare.casefold())


@lru_cache(1 << 14)
def stem(word: str) -> str:
    """A folded word without its plural and simple endings: ``policies`` is ``policy``, ``procuring`` is ``procur``."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("sses", "xes", "zes", "ches", "shes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and re.search("[aeiouy]", rest) and not word.endswith("eed"):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int


def words_in(text: str) -> list[_Word]:
    """The words of a text, folded, with where they stand; ``co-design`` is also one word, ``codesign``."""
    found = [_Word(fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]
    for match in _JOINED.finditer(text):
        found.append(_Word(fold(re.sub("[-‐‑]", "", match[0])), match.start(), match.end()))
    return [word for word in found if word.text]


def query_words(query: str) -> list[str]:
    """The words that somebody typed, folded, each once."""
    return list(dict.fromkeys(fold(match[0]) for match in _WORD.finditer(query[:LONGEST_QUERY]) if fold(match[0])))


def how_well(asked: str, word: str) -> float:
    """How well a word of a text answers an asked one, both folded: 1 for the word itself, 0 for no answer."""
    if word == asked:
        return 1.0
    if stem(word) == stem(asked):
        return 0.8
    return 0.5 if word.startswith(asked) else 0.0


@dataclass(frozen=True)
class _Entry:
    story: Story
    title: frozenset[str]
    passages: list[tuple[str, frozenset[str]]]
    """The text, piece by piece, each with its words."""

    @property
    def body(self) -> frozenset[str]:
        return frozenset().union(*(words for _, words in self.passages))


class Index:
    """The words of some entries, sorted, each with the entries that hold it. Built once; answers in a few milliseconds."""

    def __init__(self, entries: Iterable[Story]) -> None:
        self._entries: list[_Entry] = []
        places: dict[str, set[int]] = {}
        for number, story in enumerate(entries):
            named = " ".join((story.title, *story.also))
            passages = [(passage, _bare(passage)) for passage in story.passages()]
            entry = _Entry(story, _bare(named), passages)
            self._entries.append(entry)
            for word in entry.title | entry.body:
                places.setdefault(word, set()).add(number)
        self._words = sorted(places)
        self._places = places
        self._by_stem: dict[str, list[str]] = {}
        for word in self._words:
            self._by_stem.setdefault(stem(word), []).append(word)

    def __len__(self) -> int:
        return len(self._entries)

    def _answers(self, asked: str) -> dict[str, float]:
        """The words of the index that answer an asked one, with how well."""
        found = {word: how_well(asked, word) for word in self._by_stem.get(stem(asked), ())}
        at = bisect_left(self._words, asked)
        while at < len(self._words) and self._words[at].startswith(asked):
            found.setdefault(self._words[at], how_well(asked, self._words[at]))
            at += 1
        return found

    def find(self, asked: list[str]) -> list[tuple[float, Story, str]]:
        """Every entry that answers all asked words: its score, itself, and the piece of its text that answers best."""
        answers = [self._answers(word) for word in asked]
        numbers: set[int] = set(range(len(self._entries)))
        for answer in answers:
            numbers &= set().union(*(self._places[word] for word in answer)) if answer else set()
        return [_looked_at(self._entries[number], answers) for number in sorted(numbers)]


def _looked_at(entry: _Entry, answers: list[dict[str, float]]) -> tuple[float, Story, str]:
    """All words in the title weigh more than any number of them in the text."""

    def well(words: frozenset[str]) -> list[float]:
        return [max((answer[word] for word in answer.keys() & words), default=0.0) for answer in answers]

    in_title = well(entry.title)
    best, text = 0.0, ""
    for passage, words in entry.passages:
        if (here := sum(well(words))) > best:
            best, text = here, passage
    # A title that says it all needs no proof from the text: what stands under it is shown.
    whole = 100.0 if answers and all(in_title) else 0.0
    return whole + 10 * sum(in_title) + best, entry.story, "" if whole else text


def _bare(text: str) -> frozenset[str]:
    return frozenset(word.text for word in words_in(text))


@lru_cache
def guide_index() -> Index:
    """The index of all that the guide's files hold."""
    return Index(stories().values())


def search(query: str, filters: Filters | None = None, *, own: Index | None = None, limit: int = 20) -> Found:
    """The entries that answer a query and pass the filters, the best first; without a query, all that pass.

    ``own`` is an index of the partnership's own entries, searched together with the guide's.
    """
    filters, asked = filters or Filters(), query_words(query)
    if query.strip() and not asked:
        return Found((), 0, {})
    found = [one for index in (own, guide_index()) if index is not None for one in index.find(asked)]
    found = [one for one in found if filters.keep(one[1])]
    order = {kind: place for place, kind in enumerate(KINDS)}
    found.sort(key=lambda one: (-round(one[0], 6), order[one[1].kind]))
    by_kind = {kind: sum(one[1].kind == kind for one in found) for kind in KINDS}
    hits = tuple(_hit(story, text, asked) for _, story, text in found[: max(limit, 0)])
    return Found(hits, len(found), {kind: number for kind, number in by_kind.items() if number})


def spans(text: str, asked: list[str]) -> Spans:
    """Which characters of a text answer the asked words: in order, none overlapping."""
    found: list[tuple[int, int]] = []
    for word in words_in(text):
        for one in asked:
            if how_well(one, word.text):
                # Only as much as was typed is marked, unless folding changed the length of the word.
                plain = word.end - word.start == len(word.text) and word.text.startswith(one)
                found.append((word.start, word.start + len(one) if plain else word.end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _hit(story: Story, text: str, asked: list[str]) -> Hit:
    snippet = cut(text, spans(text, asked)) if text else cut(story.lead)
    if text and text != story.lead and len(text) < SNIPPET // 3:  # a few words, such as a subject, say little alone
        snippet = f"{cut(story.lead)} · {snippet}"
    return Hit(story, spans(story.title, asked), snippet, spans(snippet, asked))


def cut(text: str, at: Spans = ()) -> str:
    """About :data:`SNIPPET` characters of a text around the first of these places, cut between words."""
    text = " ".join(text.split()) if not at else text
    if len(text) <= SNIPPET + 20:
        return text
    first = at[0][0] if at else 0
    start = 0 if first < SNIPPET // 2 else text.rfind(" ", 0, first - SNIPPET // 3) + 1
    end = len(text) if start + SNIPPET >= len(text) else text.rfind(" ", start + 1, start + SNIPPET)
    end = end if end > start else start + SNIPPET
    return ("… " if start else "") + text[start:end].rstrip() + (" …" if end < len(text) else "")
