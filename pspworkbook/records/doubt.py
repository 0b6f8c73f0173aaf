"""What makes an SROI stand up to scrutiny: ranges, scenarios, answers to a sceptic, verification."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ValidationInfo, field_validator

from pspworkbook.records.fields import (
    FieldKind,
    Line,
    Percentage,
    Pounds,
    Quantity,
    Seed,
    Text,
    ask,
    choice,
    read_number,
    read_percentage,
    read_pounds,
    read_quantity,
    read_text,
    read_years,
    reference,
    refuse,
)
from pspworkbook.records.record import Record

# Ranges --------------------------------------------------------------------------------------------------------------

FIGURES = {
    "quantity": "How many",
    "financial_proxy": "Value of one",
    "duration": "Years it lasts",
    "deadweight": "Deadweight",
    "displacement": "Displacement",
    "attribution": "Share due to others",
    "drop_off": "Drop-off",
    "value": "Value of an input",
}
"""What can be in doubt: the seven figures of an outcome, and the value of an input."""

SHARES = ("deadweight", "displacement", "attribution", "drop_off")
"""The figures that are percentages."""

Figure = choice(**FIGURES)

_READERS: dict[str, Any] = dict.fromkeys(SHARES, read_percentage) | {
    "quantity": read_quantity,
    "financial_proxy": read_pounds,
    "duration": read_years,
    "value": read_pounds,
}


def read_figure(text: str, figure: str | None) -> float | None:
    """What was typed for a figure, as a number (a percentage as a share of 1); None for "".

    Without knowing which figure it is, a number with or without ``%`` or ``£`` is read. Raises a ``PydanticCustomError``
    (a ValueError) whose text is for the user.
    """
    if not text:
        return None
    if figure is not None:
        value: float | None = _READERS[figure](text)
        if figure == "value" and value is not None and value < 0:
            raise refuse("An input cannot be below zero.")
        return value
    return read_percentage(text) if text.endswith("%") else read_pounds(text)


def _short(value: Any) -> str:
    text = read_text(value)
    if len(text) > 40:
        raise refuse("This is too long for a number.")
    return text


Typed = Annotated[str, BeforeValidator(_short), FieldKind("figure")]
"""A number as it was typed, with its % or £: which figure it belongs to stands in another field."""


class FigureRange(Record):
    """How low and how high one figure of an outcome, or the value of an input, could be. The figure itself stays where it is."""

    kind: ClassVar[str] = "figure_range"
    noun: ClassVar[str] = "Range"
    plural: ClassVar[str] = "Ranges"
    tool: ClassVar[str] = "AN-3"
    name_field: ClassVar[str] = "figure"
    named_with: ClassVar[tuple[str, ...]] = ("outcome", "input")

    outcome: reference("outcome") = ask("Outcome", "Leave it empty for an input.", shown="mid")  # type: ignore[valid-type]
    input: reference("input") = ask("Or input", "Leave it empty for an outcome.")  # type: ignore[valid-type]
    figure: Figure = ask("Figure", needed=True, shown="mid")
    low: Typed = ask(
        "At the lowest",
        "The least that it could reasonably be: no possible world goes below it.",
        example="4",
        shown="narrow",
        not_above="high",
    )
    high: Typed = ask(
        "At the highest",
        "The most that it could reasonably be: no possible world goes above it.",
        example="9",
        shown="narrow",
    )
    reason: Text = ask("Why this range", "What it rests on, or who said so.", needed=True, shown="wide")

    def compared(self, name: str) -> Any:
        """The ends as numbers."""
        return read_figure(getattr(self, name), self.figure) if name in ("low", "high") else super().compared(name)

    @field_validator("low", "high")
    @classmethod
    def _fits(cls, text: str, info: ValidationInfo) -> str:
        read_figure(text, info.data.get("figure"))
        return text


# Simulation ----------------------------------------------------------------------------------------------------------

Shape = choice(
    pert="A hump: near the most likely figure far more often than near the ends (PERT)",
    triangular="A tent: straight down from the most likely figure to the ends (triangular)",
)
Together = choice(
    none="They vary on their own",
    some="They move together somewhat (rank correlation 0.5)",
    much="They move together strongly (rank correlation 0.8)",
)
Draws = choice(**{"10000": "10,000: quick", "100000": "100,000: enough", "1000000": "1,000,000: for the patient"})


class SimulationSettings(Record):
    """How the range of the ratio is worked out. The same settings give the same range, on any machine."""

    kind: ClassVar[str] = "simulation"
    noun: ClassVar[str] = "Way to work out the range"
    plural: ClassVar[str] = "How the range is worked out"
    tool: ClassVar[str] = "AN-3"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "seed"

    threshold: Quantity = ask(
        "The ratio that it should reach",
        "1 means: at least as much comes back as is put in. Choose another if your funder asks for one.",
        default=1.0,
        example="1",
        needed=True,
    )
    draws: Draws = ask(
        "How many possible worlds to try", "More take longer and change little.", default="100000", needed=True
    )
    seed: Seed = ask(
        "Seed",
        "A whole number that fixes the throw of the dice: with the same seed anybody gets the same answer.",
        default=2011.0,
        example="2011",
        needed=True,
    )
    shape: Shape = ask("How each figure varies within its range", default="pert", needed=True)
    together: Together = ask(
        "Outcomes of the same stakeholder",
        "If you are too hopeful about one outcome, are you likely to be too hopeful about the others?",
        default="none",
        needed=True,
    )

    @field_validator("threshold")
    @classmethod
    def _asks_something(cls, value: float | None) -> float | None:
        if value == 0:
            raise refuse(
                "This must be above zero: a ratio of 0 asks for nothing to come back. Write 1, or what your funder asks for."
            )
        return value

    @field_validator("seed")
    @classmethod
    def _whole(cls, value: float | None) -> float | None:
        if value is not None and (value != int(value) or value > 2**53):
            raise refuse("A seed is a whole number, such as 2011.")
        return value


class SimulationRun(Record):
    """The possible worlds that were last asked for: how they were drawn, and what they came to. The page writes it."""

    kind: ClassVar[str] = "simulation_run"
    noun: ClassVar[str] = "Range that was worked out"
    plural: ClassVar[str] = "Range that was worked out"
    tool: ClassVar[str] = "AN-3"
    single: ClassVar[bool] = True
    facilitator_only: ClassVar[bool] = True
    name_field: ClassVar[str] = "seed"

    said: Text = ask("What it came to")
    draws: Quantity = ask("Possible worlds that were tried")
    seed: Seed = ask("Seed")
    rank_correlation: Quantity = ask(
        "Rank correlation of the same stakeholder’s outcomes", "0: they vary on their own."
    )
    shape: Shape = ask("How each figure varied within its range")
    threshold: Quantity = ask("The ratio that it should reach")
    low: Pounds = ask("One world in twenty is below, £")
    middle: Pounds = ask("Half of the worlds are below, £")
    high: Pounds = ask("One world in twenty is above, £")
    chance: Percentage = ask("Worlds in which the ratio is above what it should reach")
    made_from: Text = ask("What it rests on")
    figures: Line = ask("Mark of the figures", "It differs as soon as a figure, a range or a setting is another.")


# Scenarios -----------------------------------------------------------------------------------------------------------

Level = choice(
    worse="The end of each range that makes the ratio lower",
    central="As entered",
    better="The end of each range that makes the ratio higher",
)


class Scenario(Record):
    """A named set of figures that belong together, such as “a bad winter”: kept, and compared with what was entered."""

    kind: ClassVar[str] = "scenario"
    noun: ClassVar[str] = "Scenario"
    plural: ClassVar[str] = "Scenarios"
    tool: ClassVar[str] = "AN-3"

    name: Line = ask("Name", example="A hard winter", needed=True, shown="mid")
    story: Text = ask("What happens in it", "In words that a stranger understands.", needed=True, shown="wide")
    quantity: Level = ask("How many", default="central", group="Where each figure stands")
    financial_proxy: Level = ask("Values", default="central", group="Where each figure stands")
    duration: Level = ask("Years it lasts", default="central", group="Where each figure stands")
    deadweight: Level = ask("Deadweight", default="central", group="Where each figure stands")
    displacement: Level = ask("Displacement", default="central", group="Where each figure stands")
    attribution: Level = ask("Share due to others", default="central", group="Where each figure stands")
    drop_off: Level = ask("Drop-off", default="central", group="Where each figure stands")
    value: Level = ask("What is put in", default="central", group="Where each figure stands")
    discount_rate: Percentage = ask(
        "Another discount rate", "Empty: as in the scope.", example="1.5%", group="Where each figure stands"
    )


def read_change(text: str, figure: str | None) -> tuple[str, float] | None:
    """What a scenario does to a figure: ``("to", 3.0)``, or ``("by", -0.2)`` for ``−20%``; None for "".

    A change starts with + or − and ends with %. Of a quantity, a value, a duration or an input it is a share of what was
    entered; of a percentage it is points. Everything else is the new figure itself. Raises as :func:`read_figure`.
    """
    text = text.replace("\u2212", "-").strip()
    if not text:
        return None
    if text[0] in "+-" and text.endswith("%"):
        try:
            by = read_number(text[:-1].strip().replace("+ ", "+").replace("- ", "-")) / 100
        except ValueError:
            raise refuse(f"“{text}” is not a change. Write it as −20% or +10%.") from None
        if by < -1:
            raise refuse("A figure cannot fall by more than 100%.")
        return ("by", by)
    if figure is not None and figure not in SHARES and text.endswith("%"):
        raise refuse(f"Write a new number, or a change that starts with + or −, such as −{text}.")
    value = read_figure(text, figure)
    return None if value is None else ("to", value)


Change = Annotated[str, BeforeValidator(_short), FieldKind("figure change")]


class ScenarioChange(Record):
    """One figure that is different in a scenario, for one outcome, one input, or all of them."""

    kind: ClassVar[str] = "scenario_change"
    noun: ClassVar[str] = "Change in a scenario"
    plural: ClassVar[str] = "What else is different in a scenario"
    tool: ClassVar[str] = "AN-3"
    name_field: ClassVar[str] = "figure"
    named_with: ClassVar[tuple[str, ...]] = ("scenario",)

    scenario: reference("scenario") = ask("Scenario", needed=True, shown="mid")  # type: ignore[valid-type]
    outcome: reference("outcome") = ask("Outcome", "Leave it empty for all of them.", shown="mid")  # type: ignore[valid-type]
    input: reference("input") = ask("Or input", "Leave it empty for all of them.")  # type: ignore[valid-type]
    figure: Figure = ask("Figure", needed=True, shown="mid")
    change: Change = ask(
        "Becomes",
        "A new figure, such as 3 or 50%; or a change with its sign, such as −20%. Of a percentage, +10% adds ten points.",
        example="−20%",
        needed=True,
        shown="narrow",
    )
    why: Line = ask("Why", shown="wide")

    @field_validator("change")
    @classmethod
    def _fits(cls, text: str, info: ValidationInfo) -> str:
        read_change(text, info.data.get("figure"))
        return text


MODELS: tuple[type[Record], ...] = (FigureRange, SimulationSettings, Scenario, ScenarioChange)
RESULTS: tuple[type[Record], ...] = (SimulationRun,)
"""What a page works out from the others and keeps: no stage is made of it."""
