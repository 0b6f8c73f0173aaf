"""Whether the name of an outcome joins two changes, such as “More confident, and less alone”.

A pair of things is one change (“new clubs and friends”, “health and social care”). Two changes show when what follows the
joining word begins like a change of its own: with a comparison, or with something that people do.
"""

import re

_JOINED = re.compile(r";|,?\s+(?:and|as well as|&)\s+|(?<!\d)\s*/\s*(?!\d)", re.IGNORECASE)
_WORD = re.compile(r"[\w’']+")
_COMPARED = frozenset(
    {
        *("more", "less", "fewer", "better", "worse", "greater", "improved", "reduced", "increased", "decreased"),
        *("safer", "calmer", "stronger", "fitter", "closer", "easier", "quicker", "faster", "slower", "cheaper"),
        *("warmer", "cleaner", "quieter", "kinder", "prouder", "poorer", "sicker", "weaker", "bigger", "smaller"),
        *("larger", "higher", "lower", "longer", "shorter", "deeper", "wider", "fuller", "lighter", "brighter"),
        *("clearer", "smoother", "braver", "wiser", "sooner", "richer", "thinner", "cooler", "fairer"),
    }
)
_NO_COMPARISON = frozenset(
    {
        "barrier",
        "carrier",
        "cashier",
        "courier",
        "earlier",
        "frontier",
        "pier",
        "premier",
        "soldier",
        "supplier",
        "tier",
    }
)
_DONE = frozenset(
    {
        *("feel", "feels", "eat", "eats", "find", "finds", "keep", "keeps", "get", "gets", "know", "knows", "learn"),
        *("learns", "lose", "loses", "become", "becomes", "make", "makes", "take", "takes", "sleeps", "goes", "gains"),
    }
)
_OF_WHAT_FOLLOWS = frozenset({"more", "less", "fewer", "greater", "better", "bigger", "larger", "smaller"})
"""Alone before the joining word they speak of what stands after it: “fewer and shorter stays”."""
_REACH = 3
"""A change says within so many words that it is one: “they feel safer”."""


def two_changes(text: str) -> tuple[str, str] | None:
    """The two changes that ``text`` seems to join, as they stand there; None where it names one, or a pair of things."""
    for match in _JOINED.finditer(text):
        left, right = text[: match.start()].strip(" ,.;"), text[match.end() :].strip(" ,.;")
        if not left or not right:
            continue
        if match[0] == ";" or _apart(_words(left), _words(right)):
            return left, right
    return None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _apart(left: list[str], right: list[str]) -> bool:
    if not left or not right or left[-1] == right[0] or (len(left) == 1 and left[0] in _OF_WHAT_FOLLOWS):
        return False
    if _compared(right[0]):
        return True
    return any(_sign(word) for word in left) and (
        right[0] in _DONE or any(_compared(word) for word in right[:_REACH]) or right[:2] == ["no", "longer"]
    )


def _sign(word: str) -> bool:
    return _compared(word) or word in _DONE


def _compared(word: str) -> bool:
    return word in _COMPARED or (len(word) > 5 and word.endswith("ier") and word not in _NO_COMPARISON)
