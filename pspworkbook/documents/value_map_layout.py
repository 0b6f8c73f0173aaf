"""The columns of the impact map, in the order in which the field's own maps have them, with the field's questions."""

from dataclasses import dataclass
from typing import Any

from pspworkbook.records import Forecast, Outcome, fields_of

MAP, PERIODS, INPUTS = "Impact map", "How long it lasts", "Inputs"
HEAD_ROW, FIRST_ROW = 4, 5
"""Rows counted from 0: that of the headings, and the first outcome's."""


@dataclass(frozen=True)
class Column:
    """A column: the field of an outcome that it holds (or what else), its heading, the map's question, its width."""

    key: str
    heading: str
    question: str = ""
    width: int = 14


_OURS = (
    Column("stakeholder", "Stakeholder", "Who do we have an effect on? Who has an effect on us?", 22),
    Column("people", "People in the group", "How many people are in this group, changed or not?", 10),
    Column("puts_in", "Inputs: what they put in", "What do they invest?", 26),
    Column("puts_in_value", "Inputs: value, £", "From the sheet Inputs.", 13),
    Column("output", "Output", "What is done for them, in numbers?", 24),
    Column("outcome", "Outcome", "How would the stakeholder describe the change?", 30),
    Column("indicator", "Indicator", "How would you measure it?", 26),
    Column("source", "Source", "Where did you get the information from?", 26),
    Column("quantity", "Quantity", "How many people, or how much change, in one year?", 11),
    Column("amount", "Amount of change for each", "How much does each of them change? It does not enter the sum.", 18),
    Column("duration", "Duration, years", "How long does it last?", 10),
    Column("proxy", "Financial proxy", "What stands for the value of the change?", 26),
    Column(
        "financial_proxy",
        "Value of the proxy, £",
        "What is one such change worth in one year? Below zero for a loss.",
        13,
    ),
    Column("proxy_source", "Source of the value", "Where does the value come from?", 24),
    Column("deadweight", "Deadweight %", "What would have happened without the activity?", 12),
    Column("displacement", "Displacement %", "What activity did you displace?", 13),
    Column("attribution", "Attribution % (share due to others)", "Who else contributed to the change?", 13),
    Column("drop_off", "Drop-off %", "Does the outcome drop off in later years?", 11),
    Column("impact", "Impact, £ a year", "Quantity times value, less deadweight, displacement and attribution.", 14),
    Column("starts", "Outcome starts", "During the activity, or after it.", 20),
    Column("who_benefits", "Who gains", "The person, the community or the public purse.", 18),
    Column("intention", "Intended or not", "", 14),
    Column("direction", "Gain or loss", "", 10),
    Column("grade", "How well it is known", "Green: measured here. Amber: comparable research. Red: assumption.", 22),
    Column("importance", "Importance, 0 to 10", "As the people themselves rate it.", 11),
    Column("proxy_year", "Price year", "The financial year whose prices the value is in.", 9),
    Column("proxy_licence", "Licence of the value", "", 18),
    Column("claim_reason", "Why these percentages", "What they rest on.", 30),
    Column("sample", "Sample: how many", "How many were asked or counted?", 10),
    Column("sample_of", "Sample: out of how many", "", 10),
    Column("sample_chosen", "Sample: how they were chosen", "", 26),
    Column("evidence_years", "Years that the evidence covers", "How long has anybody followed this change?", 11),
    Column("chain", "How one thing leads to the next", "From what is done to this change.", 30),
    Column("cashable", "Is it cash for the public purse", "Freed capacity is worth something, and is not cash.", 24),
    Column("budget_holder", "Whose budget", "", 22),
    Column("cashable_when", "When it could be taken out", "And what has to happen first.", 24),
    Column("included", "Counts in the forecast", "No: it is left out, and does not enter the sum.", 11),
    Column("included_reason", "Why it is kept, or left out", "", 30),
    Column("decided_by", "Who decided", "", 18),
    Column("decided_on", "Decided on", "", 12),
    Column("description", "In their own words", "", 30),
)


def rates_shown(scope: Forecast) -> dict[str, Any]:
    """The fields of the scope that the sheet Inputs shows, each with what counts where nothing has been said."""
    rate, years = scope.discount_rate, scope.activity_years
    return {
        "discount_rate": rate if rate is not None else 0.035,
        "discounting": "green_book" if scope.discounting == "green_book" else "flat",
        "discount_first_year": scope.discount_first_year is not False,
        "activity_years": years if years is not None else 1.0,
    }


HIDDEN = ("proxy_from", "id")
"""Columns that hold identifiers, so that edits come back to the records that they belong to."""


def _others() -> tuple[Column, ...]:
    """Whatever else an outcome holds, under its own title: a field that is added to the record travels with the file."""
    there = {column.key for column in _OURS} | {*HIDDEN}
    width = {"text": 30, "line": 24, "reference": 18}
    return tuple(
        Column(spec.name, spec.title, spec.help, width.get(spec.kind.name, 14))
        for spec in fields_of(Outcome)
        if spec.name not in there and spec.kind.name != "origin"
    )


COLUMNS = (*_OURS, *_others(), Column("proxy_from", "proxy_from", "", 14), Column("id", "id", "", 14))


def _span(first: str, last: str) -> tuple[int, int]:
    keys = [column.key for column in COLUMNS]
    return keys.index(first), keys.index(last)


BANDS = (
    ("Step 2: who", *_span("stakeholder", "puts_in_value")),
    ("Step 3: what changes", *_span("output", "outcome")),
    ("Step 4: evidence", *_span("indicator", "duration")),
    ("Step 4: value", *_span("proxy", "proxy_source")),
    ("Step 5: what we can claim", *_span("deadweight", "impact")),
    ("More about this row", *_span("starts", "claim_reason")),
    ("The sample, and the public purse", *_span("sample", "cashable_when")),
    ("Kept or left out, and why", *_span("included", COLUMNS[-3].key)),
)
