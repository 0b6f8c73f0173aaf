"""Is it an outcome, or an output dressed as one? Pure functions of the words; used wherever an outcome is written.

An output is what a service does or delivers: sessions held, people trained, leaflets sent. An outcome is what changes
for somebody because of it.

>>> looks_like_output("Exercise classes delivered to 30 people").output
True
>>> looks_like_output("Older people feel safer at home").output
False
"""

import re
from dataclasses import dataclass

DELIVERED = (
    *("delivered", "delivery of", "provided", "provision of", "held", "organised", "run", "produced", "published"),
    *(
        "distributed",
        "handed out",
        "given out",
        "sent",
        "installed",
        "served",
        "offered",
        "completed",
        "launched",
        "set up",
    ),
    *("hosted", "carried out", "conducted", "trained", "recruited", "employed", "opened", "built", "created"),
)
"""Words for what a service does."""
COUNTED = (
    *("number of", "no. of", "how many", "sessions", "classes", "workshops", "courses", "meetings", "events"),
    *("leaflets", "packs", "visits", "meals", "trips", "appointments", "referrals", "hours of", "places on"),
    *("attendances", "attendance at", "people attending", "participants", "places filled", "places taken up"),
)
"""Words for things that are counted as they are handed out."""
COUNTING = ("number of", "no. of", "how many")
"""Those of :data:`COUNTED` that any measure may begin with."""
CHANGED = (
    *("more", "less", "fewer", "better", "worse", "improved", "improves", "improve", "reduced", "reduce", "reduces"),
    *("increase", "increased", "increases", "decrease", "decreased", "feel", "feels", "feeling", "able to", "can now"),
    *("no longer", "safer", "healthier", "happier", "stronger", "confident", "confidence", "loneliness", "lonely"),
    *("stay", "stays at home", "longer", "new friends", "friends", "gained", "gain", "lost", "loss of", "recover"),
    *("steadier", "calmer", "independent", "independence", "wellbeing", "change", "changed", "avoided", "prevented"),
)
"""Words for a change in somebody's life."""
RULE = (
    "A sentence is called an output when it has a word for delivering (such as delivered, provided, trained, held) or "
    "for things counted as they are handed out (such as number of, sessions, leaflets), and no word for a change (such "
    "as more, fewer, better, feel, able to, confident). It is a rule of thumb about words: read the sentence again and "
    "decide yourselves."
)


@dataclass(frozen=True)
class Reading:
    """What the words say: ``signs`` are those that point to an output; ``suggestion`` is how to say it instead."""

    text: str
    output: bool
    signs: tuple[str, ...] = ()
    suggestion: str = ""


def _words(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(terms, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(one) for one in longest) + r")(?![\w-])", re.IGNORECASE)


_DELIVERED, _COUNTED, _CHANGED = _words(DELIVERED), _words(COUNTED), _words(CHANGED)


def looks_like_output(text: str) -> Reading:
    """Whether a sentence reads like an output, by :data:`RULE`, and how it could be said instead."""
    done, counted = _found(_DELIVERED, text), _found(_COUNTED, text)
    signs = tuple(dict.fromkeys((*done, *counted)))
    if not signs or _CHANGED.search(text):
        return Reading(text, False)
    return Reading(text, True, signs, _suggestion(text, done, counted))


def counts_output(text: str) -> Reading:
    """Whether what a measure counts is an output. That it counts (“number of”) says nothing: every measure does."""
    reading = looks_like_output(text)
    signs = tuple(sign for sign in reading.signs if sign not in COUNTING)
    return Reading(text, True, signs, reading.suggestion) if signs else Reading(text, False)


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match[0].lower() for match in pattern.finditer(text)]


def _suggestion(text: str, done: list[str], counted: list[str]) -> str:
    what = "is delivered" if done else "is counted"
    begin = "Say who is different because of it, and how"
    if "trained" in done or "courses" in counted or "workshops" in counted:
        hint = "for instance “people can now …” or “people feel more confident to …”"
    elif any(
        word in ("meals", "visits", "trips", "attendances", "attendance at", "sessions", "classes") for word in counted
    ):
        hint = "for instance “people see more of others and feel less alone”"
    elif "recruited" in done or "employed" in done:
        hint = "for instance “people who had no work have kept a job for six months”"
    else:
        hint = "for instance “people are able to …” or “fewer people have to …”"
    return f"This says what {what}. {begin}: {hint}. Keep the number as an output beside it."
