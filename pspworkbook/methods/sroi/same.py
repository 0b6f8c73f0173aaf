"""Whether two sentences say the same change: by their words, not by their meaning. A hint to read both again.

>>> alike("Fewer falls", "Residents have fewer falls")
True
>>> alike("Fewer falls", "Fewer visits to the doctor")
False
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

LITTLE = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "for",
        "from",
        "get",
        "gets",
        "has",
        "have",
        "having",
        "in",
        "into",
        "is",
        "it",
        "its",
        "less",
        "make",
        "makes",
        "more",
        "of",
        "on",
        "or",
        "our",
        "out",
        "people",
        "person",
        "residents",
        "so",
        "some",
        "than",
        "that",
        "the",
        "their",
        "them",
        "there",
        "they",
        "this",
        "those",
        "to",
        "up",
        "was",
        "were",
        "who",
        "will",
        "with",
    ]
)
"""Words that say nothing of which change it is."""
ENOUGH = 0.8
RULE = (
    "Two outcomes of different stakeholders count as said alike when the words of the one are all in the other, small words "
    "and endings aside, or when four in five of their letters agree. It compares words: read both and decide yourselves."
)
_ENDINGS = ("iness", "ness", "ings", "ing", "iest", "ier", "ies", "ers", "ed", "er", "es", "ly", "s", "y")


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def gist(text: str) -> tuple[str, ...]:
    """The words that carry a sentence, without endings, each once, in the order of the alphabet."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return tuple(sorted({_stem(word) for word in words if word not in LITTLE}))


def alike(one: str, other: str) -> bool:
    """Whether two sentences say the same change, by :data:`RULE`. Nothing is alike to an empty one."""
    return bool(pairs_alike([one, other]))


def pairs_alike(texts: Sequence[str]) -> list[tuple[int, int]]:
    """The places of every two sentences that are :func:`alike`, the smaller place first, in their order.

    All at once, because a page with 500 outcomes asks for 125,000 pairs whenever a figure changes; what was asked last is
    remembered, because most changes alter no sentence.
    """
    return list(_pairs(tuple(texts)))


@lru_cache(maxsize=8)
def _pairs(texts: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    gists = [gist(text) for text in texts]
    agree = process.cdist(*[[" ".join(words) for words in gists]] * 2, scorer=fuzz.ratio, score_cutoff=100 * ENOUGH)
    found = {(int(i), int(j)) for i, j in np.argwhere(np.triu(agree, 1)) if gists[i] and gists[j]}
    return tuple(sorted(found | set(_contained(gists))))


def _contained(gists: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """The sentences whose words are all in another, one word alone aside unless the other says no more."""
    places: dict[str, set[int]] = defaultdict(set)
    for place, words in enumerate(gists):
        for word in words:
            places[word].add(place)
    for place, words in enumerate(gists):
        if words:
            for other in set.intersection(*(places[word] for word in words)) - {place}:
                if len(words) >= 2 or words == gists[other]:
                    yield min(place, other), max(place, other)
