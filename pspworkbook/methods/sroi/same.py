"""Whether two sentences say the same change: by their words, not by their meaning. A hint to read both again.

>>> alike("Fewer falls", "Residents have fewer falls")
True
>>> alike("Fewer falls", "Fewer visits to the doctor")
False
"""

import re
from difflib import SequenceMatcher

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
    first, second = gist(one), gist(other)
    if not first or not second:
        return False
    small, large = sorted((set(first), set(second)), key=len)
    if small == large or (len(small) >= 2 and small <= large):
        return True
    return SequenceMatcher(None, " ".join(first), " ".join(second), autojunk=False).ratio() >= ENOUGH
