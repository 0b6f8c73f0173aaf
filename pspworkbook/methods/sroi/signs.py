"""Gain or loss: where an outcome's word, its text and the sign of its value do not say the same, and what would mend it.

What counts is the sign of the value. Nothing is changed unasked: somebody may have meant either. Once somebody has said that
it is a loss, that holds for the value which they type next.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pspworkbook.methods.words import pounds
from pspworkbook.records import Outcome
from pspworkbook.records.fields import read_pounds

_LOSS = re.compile(
    r"\b(loss|lose[sd]?|losing|lost|worse|worsen\w*|harm\w*|damag\w+|deteriorat\w+"
    r"|more (stress\w*|worry|worries|pain|debts?|noise|pollution|crime|conflict|burden\w*|isolat\w+|lonel\w+|waiting|work for)"
    r"|(less|fewer) (contact|income|sleep|money|business|trade|customers|confident|confidence|independen\w+|friends|neighbourly|jobs))\b",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"\b(no|not|never|without|fewer|less|avoid\w*|prevent\w*|reduc\w+|stop\w*|instead of|recover\w*|protect\w*)\b[^.;,]*$",
    re.IGNORECASE,
)
"""A word before it that turns a loss into a gain: fewer lost days."""


@dataclass(frozen=True)
class Mend:
    """One way to make them say the same: a key, the words of its button, and the fields that it sets."""

    key: str
    words: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class OddSign:
    """What does not fit, in a sentence, and the ways to mend it."""

    sentence: str
    mends: tuple[Mend, ...]


HELD = "It is a loss, so its value counts below zero"


def as_meant(outcome: Outcome, typed: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """What was typed into an outcome, with the sign that was said before, and a word on it where that turns the sign.

    A loss whose value is not there yet, or below zero, stays one. One with a value above zero is left alone: word and sign
    differ already, and :func:`odd_sign` asks which of the two is meant.
    """
    values = dict(typed)
    if outcome.direction != "negative" or "direction" in values or (outcome.financial_proxy or 0) > 0:
        return values, ""
    try:
        value = read_pounds(values.get("financial_proxy"))
    except ValueError:
        return values, ""  # saving it says what is wrong with it
    return ({**values, "financial_proxy": -value}, HELD) if value and value > 0 else (values, "")


def sounds_like_a_loss(text: str) -> str:
    """The word of a text that speaks of a loss; "" where none does, or where another word turns it round."""
    match = _LOSS.search(text)
    return match[0] if match and not _TURNED.search(text[: match.start()]) else ""


def odd_sign(outcome: Outcome) -> OddSign | None:
    """What is odd about the sign of an outcome's value; None where word, text and sign agree."""
    value = outcome.financial_proxy
    loss = outcome.direction == "negative"
    as_loss = {"direction": "negative"} | ({"financial_proxy": -abs(value)} if value else {})
    as_gain = {"direction": "positive"} | ({"financial_proxy": abs(value)} if value else {})
    if loss and value is not None and value > 0:
        return OddSign(
            f"It is called a loss, but its value, {pounds(value, pence=True)}, is above zero: it counts as a gain.",
            (Mend("loss", "Count it as a loss", as_loss), Mend("gain", "It is a gain", as_gain)),
        )
    if outcome.direction == "positive" and value is not None and value < 0:
        return OddSign(
            f"It is called a gain, but its value, {pounds(value, pence=True)}, is below zero: it counts as a loss.",
            (Mend("loss", "Call it a loss", as_loss), Mend("gain", "Count it as a gain", as_gain)),
        )
    if not loss and (value is None or value > 0) and (word := sounds_like_a_loss(outcome.outcome)):
        counts = "counts as a gain" if value else "will count as a gain"
        return OddSign(
            f"“{word}” sounds like a loss, and as it stands it {counts}. If it is a gain, leave it.",
            (Mend("loss", "Count it as a loss", as_loss),),
        )
    return None
