"""The budget: what each partner puts in and spends, period by period."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Pounds, Text, YesNo, ask
from pspworkbook.records.record import Record
from pspworkbook.records.sroi import Contribution


class BudgetLine(Record):
    """What one partner puts in for one thing in one period: planned, and what it came to."""

    kind: ClassVar[str] = "budget_line"
    noun: ClassVar[str] = "Budget line"
    plural: ClassVar[str] = "Budget lines"
    tool: ClassVar[str] = "PL-5"
    name_field: ClassVar[str] = "line"

    line: Line = ask("What for", example="Minibus and driver", needed=True, shown="wide", group="What")
    partner: Line = ask(
        "Partner",
        "The organisation that pays or gives it. Spell it in the same way each time: the totals add up by name.",
        needed=True,
        shown="mid",
        group="What",
    )
    contribution: Contribution = ask(
        "Kind",
        "Money is added up apart from time and from help in kind, which nobody can spend.",
        default="money",
        needed=True,
        shown="mid",
        group="What",
    )
    period_start: Date = ask("From", "First day of the period.", needed=True, shown="narrow", group="Period")
    period_end: Date = ask("To", "Last day of the period.", needed=True, group="Period", not_before="period_start")
    forecast: Pounds = ask("Forecast, £", example="6,000", needed=True, shown="narrow", group="Amounts")
    actual: Pounds = ask(
        "Actual, £", "What it came to. Leave it empty while nobody knows.", shown="narrow", group="Amounts"
    )
    in_sroi: YesNo = ask(
        "Counts as an input of the SROI",
        "It is offered to the forecast as part of what is put in.",
        default=False,
        group="Amounts",
    )
    note: Text = ask("Why it differs, or how it was worked out", group="Amounts", reason_for=("forecast", "actual"))
    origin: Origin = ask("Made from", default="")


MODELS: tuple[type[Record], ...] = (BudgetLine,)
