"""The customer journey: whose it is, and its steps as they are and as they should be.

What the design must therefore do is a :class:`~pspworkbook.records.plan.DesignRequirement` of the plan.
"""

import re
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from pspworkbook.records.ballot import WholeNumber
from pspworkbook.records.fields import (
    FieldKind,
    Line,
    Options,
    Origin,
    Text,
    YesNo,
    ask,
    choice,
    plain_number,
    read_number,
    read_text,
    reference,
    refuse,
)
from pspworkbook.records.record import Record

FEELINGS = {"-2": "Very bad", "-1": "Bad", "0": "Neither", "1": "Good", "2": "Very good"}
Part = choice(
    uses="Uses the service",
    cares="Cares for somebody who does",
    works="Works or volunteers in it",
    other="Has another part in it",
)
Version = choice(now="As it is", wanted="As it should be")


def read_feeling(value: Any) -> str | None:
    """A feeling from -2 to 2, typed as ``-2``, ``−2``, ``+2`` or ``2``, or as the sentence that stands for it."""
    text = read_text(value).replace("\N{MINUS SIGN}", "-").removeprefix("+").removesuffix(".0").casefold()
    if not text:
        return None
    for key, sentence in FEELINGS.items():
        if text in (key, sentence.casefold()):
            return key
    raise refuse(f"“{value}” is not one of the feelings. Write −2 (very bad), −1, 0, +1 or +2 (very good).")


Feeling = Annotated[
    str | None,
    BeforeValidator(read_feeling),
    FieldKind("choice", lambda word: FEELINGS.get(word, word)),
    Options(FEELINGS),
]

MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080, "month": 43_200, "year": 525_600}
"""How many minutes each unit counts. A month counts as 30 days, a year as 365."""
SPELT = {
    "minute": ("m", "min", "mins", "minute", "minutes"),
    "hour": ("h", "hr", "hrs", "hour", "hours"),
    "day": ("d", "day", "days"),
    "week": ("w", "wk", "wks", "week", "weeks"),
    "month": ("month", "months"),
    "year": ("y", "yr", "yrs", "year", "years"),
}
_UNITS = {word: MINUTES[unit] for unit, words in SPELT.items() for word in words}
LONGEST = 10 * MINUTES["year"]


def read_time(value: Any) -> float | None:
    """A length of time in minutes, typed as ``20 min``, ``1.5 hours``, ``3 days``, ``2 weeks 3 days`` or ``none``."""
    if isinstance(value, int | float) and not isinstance(value, bool):  # as it is stored
        minutes = float(value)
    else:
        text = read_text(value).casefold()
        if not text:
            return None
        if text in ("0", "none", "no wait", "at once"):
            return 0.0
        pieces = re.findall(r"([\d.,]+)\s*([a-z]+)", text)
        known = [(number, _UNITS.get(unit)) for number, unit in pieces]
        left = re.sub(r"[\d.,]+\s*[a-z]+|\band\b|[\s,]", "", text)
        if not pieces or left or any(unit is None for _, unit in known):
            raise refuse(f"“{value}” is not a length of time. Write it as 20 min, 2 hours, 3 days or 2 weeks.")
        try:
            minutes = round(sum(read_number(number) * (unit or 0) for number, unit in known), 6)
        except ValueError:
            raise refuse(f"“{value}” is not a length of time. Write it as 20 min, 2 hours or 3 days.") from None
    if not 0 <= minutes <= LONGEST:  # also turns away what is not a number
        raise refuse("A length of time here lies between none and ten years.")
    return minutes


def show_time(minutes: float) -> str:
    """A length of time in the largest unit in which it is a whole or a half number: ``3 weeks``, ``1.5 hours``."""
    if not minutes:
        return "none"
    for unit in ("week", "day", "hour"):
        count = minutes / MINUTES[unit]
        if count >= 1 and (count * 2).is_integer():
            return f"{plain_number(count)} {unit if count == 1 else unit + 's'}"
    return f"{plain_number(minutes)} {'minute' if minutes == 1 else 'minutes'}"


Time = Annotated[float | None, BeforeValidator(read_time), FieldKind("length of time", show_time)]


class Journey(Record):
    """Whose journey it is: a made-up person who stands for many, or a role. Never a real person's name."""

    kind: ClassVar[str] = "journey"
    noun: ClassVar[str] = "Journey"
    plural: ClassVar[str] = "Whose journeys we follow"
    tool: ClassVar[str] = "AN-5"

    name: Line = ask(
        "Whose journey",
        "A made-up person who stands for many, or a role. Never a real person's name.",
        example="Jean, 81, lives alone in the north glen (made up)",
        needed=True,
        shown="wide",
    )
    part: Part = ask("Their part", needed=True, shown="narrow")
    stakeholder: reference("stakeholder") = ask("Which group they stand for", shown="mid")
    situation: Text = ask("Their situation, and what they want", needed=True, shown="wide")
    begins: Line = ask("It begins when", example="She no longer drives")
    ends: Line = ask("It ends when", example="She comes to lunch twice a week")
    heard: Text = ask(
        "Who told us",
        "When, how, and how many of them. A person whom nobody was asked about tells only what we believe.",
        needed=True,
        shown="wide",
    )
    origin: Origin = ask("Made from", default="")


class JourneyStep(Record):
    """One step of a journey, as it is or as it should be."""

    kind: ClassVar[str] = "journey_step"
    noun: ClassVar[str] = "Step"
    plural: ClassVar[str] = "Steps of the journeys"
    tool: ClassVar[str] = "AN-5"
    name_field: ClassVar[str] = "what"

    order: WholeNumber = ask("Place", "1 is the first step.", shown="narrow", group="The step")
    what: Line = ask(
        "What happens",
        "As they would tell it.",
        example="Rings the surgery",
        needed=True,
        shown="wide",
        group="The step",
    )
    stage: Line = ask("Part of the journey", example="Finding out", group="The step")
    touchpoint: Line = ask("By what means", "A call, a letter, a form, a visit, a page.", group="The step")
    organisation: Line = ask(
        "Organisation",
        "Which one they deal with. Empty where they are on their own.",
        example="Surgery",
        shown="mid",
        group="The step",
    )
    feeling: Feeling = ask(
        "How it feels", "From −2, very bad, to +2, very good.", needed=True, shown="mid", group="How it is for them"
    )
    wait: Time = ask(
        "Wait before it",
        "Or “none”. A month counts as 30 days.",
        example="3 weeks",
        shown="mid",
        group="How it is for them",
    )
    takes: Time = ask("Time it takes", example="20 min", group="How it is for them")
    pain: Text = ask("What is hard about it", shown="wide", group="How it is for them")
    outside: YesNo = ask("Outside our control", "It belongs to somebody who is no partner.", group="What could be done")
    holder: Line = ask("Who could change it", "Part of the answer may lie with them.", group="What could be done")
    idea: Text = ask("Idea", group="What could be done")
    journey: reference("journey") = ask("Whose journey", needed=True, group="Where it belongs")
    version: Version = ask("Which version", needed=True, group="Where it belongs")
    came_from: reference("journey_step") = ask(
        "In place of which step",
        "For a step as it should be: the step of today. Empty means that it is new.",
        group="Where it belongs",
    )
    origin: Origin = ask("Made from", default="", group="Where it belongs")

    def label(self) -> str:
        """What happens; said to be wanted where it is, since a step and its copy begin with the same words."""
        name = super().label()
        return f"{name} (as it should be)" if self.version == "wanted" else name


MODELS: tuple[type[Record], ...] = (Journey, JourneyStep)
