"""The outcome measures plan: what is counted, by whom, when, against which baseline and target."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Quantity, Text, YesNo, ask, reference
from pspworkbook.records.record import Record


class Measure(Record):
    """How one outcome is seen: what is counted, from where it starts, where it should go, and who counts."""

    kind: ClassVar[str] = "measure"
    noun: ClassVar[str] = "Measure"
    plural: ClassVar[str] = "Outcome measures"
    tool: ClassVar[str] = "PL-12"
    name_field: ClassVar[str] = "indicator"

    outcome: reference("outcome") = ask("Outcome", "From the SROI, if it stands there.", shown="mid", group="What")  # type: ignore[valid-type]
    change: Line = ask(
        "What should change",
        "Only if it is not an outcome of the SROI. A change in somebody’s life, not a service delivered.",
        group="What",
    )
    indicator: Line = ask(
        "What is counted or asked", example="Falls in the last month", needed=True, shown="wide", group="What"
    )
    unit: Line = ask("Unit", example="falls a year", needed=True, group="What")
    baseline: Quantity = ask("Baseline", "Where it stands before the service begins.", needed=True, group="Figures")
    baseline_date: Date = ask("Baseline as at", group="Figures")
    target: Quantity = ask("Target", needed=True, shown="narrow", group="Figures")
    target_date: Date = ask("Target to be reached by", group="Figures", not_before="baseline_date")
    source: Line = ask("Where it comes from", example="Talk with each resident", needed=True, group="Collection")
    when: Line = ask("When it is collected", example="Every three months", needed=True, shown="mid", group="Collection")
    collector: reference("person") = ask("Who collects it", needed=True, shown="mid", group="Collection")  # type: ignore[valid-type]
    minutes: Quantity = ask(
        "Minutes each time",
        "For one person: the time of those who ask and of those who answer.",
        example="10",
        needed=True,
        group="Burden",
    )
    times: Quantity = ask("Times a year", example="4", needed=True, group="Burden")
    people: Quantity = ask("How many people are asked each time", example="30", needed=True, group="Burden")
    mandatory: YesNo = ask("Does a funder or a law require it?", default=False, shown="narrow", group="Duty")
    required_by: Line = ask("Who requires it", group="Duty")
    note: Text = ask("Note", "For instance how small numbers are protected.", group="Duty")
    origin: Origin = ask("Made from", default="")


MODELS: tuple[type[Record], ...] = (Measure,)
