"""The impact map of an SROI forecast as a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pspworkbook.documents.tables import Problem, TableRefused, read_numbered
from pspworkbook.documents.value_map_read import MapRead, read_map
from pspworkbook.records import Outcome
from pspworkbook.records.fields import read_pounds
from pspworkbook.records.fits import misfits

REQUIRED = (
    "stakeholder",
    "outcome",
    "quantity",
    "duration",
    "financial_proxy",
    "deadweight",
    "displacement",
    "attribution",
    "drop_off",
)
"""The columns that an impact map cannot do without. An adjustment that nobody thought about is not zero."""


def read_impact_map(source: str | Path | bytes, filename: str = "") -> list[Outcome]:
    """The outcomes in a CSV or XLSX file; ``stakeholder`` holds the name as text.

    Further columns of an outcome may be there. A value below zero is a loss; where there is a ``direction`` column, the
    two must agree. Raises :class:`TableRefused`, which lists every problem with its row and column.
    """
    name = filename or (str(source) if not isinstance(source, bytes) else "")
    numbered, problems = read_numbered(source, name, Outcome, required=REQUIRED)
    outcomes = []
    for number, outcome in ((row.number, row.record) for row in numbered):
        loss = (outcome.financial_proxy or 0) < 0
        if "direction" not in outcome.model_fields_set or outcome.direction is None:
            outcome = outcome.model_copy(update={"direction": "negative" if loss else "positive"})
        elif outcome.financial_proxy and loss != (outcome.direction == "negative"):
            said, is_value = ("a gain", "below zero") if loss else ("a loss", "above zero")
            message = f"This says {said}, but financial_proxy is {is_value}. Put one of the two right."
            problems.append(Problem(number, "direction", message))
        problems += [Problem(number, field, sentence) for field, sentence in misfits(outcome).items()]
        outcomes.append(outcome)
    if problems:
        raise TableRefused(sorted(problems, key=lambda problem: (problem.row == 0, problem.row)))
    return outcomes


@dataclass(frozen=True)
class FoundMap:
    """An impact map from any file: its outcomes, and, where the file is one of ours, what is put in and the rates."""

    outcomes: list[Outcome]
    investment: float | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


def read_any_map(path: Path) -> FoundMap:
    """An impact map from our own table, from the spreadsheet that lives, or from one of the field's layouts.

    Raises :class:`TableRefused` as :func:`read_impact_map` does; its words are those for our own table, except where the
    file is one that we wrote.
    """
    try:
        return FoundMap(read_impact_map(path))
    except TableRefused as refused:
        try:
            read = read_map(path.read_bytes(), path.name)
        except OSError:
            raise refused from None
        own, understood = bool(read.settings), not read.missing and set(REQUIRED) <= set(read.meant.values())
        if own and read.problems:
            raise TableRefused(list(read.problems)) from None
        if not read.rows or read.problems or not understood:
            raise
        return FoundMap([_outcome(row.stakeholder, row.values) for row in read.rows], _put_in(read), read.settings)


def _outcome(stakeholder: str, values: Mapping[str, Any]) -> Outcome:
    loss = (values.get("financial_proxy") or 0) < 0
    return Outcome.model_validate(
        {**values, "stakeholder": stakeholder, "direction": "negative" if loss else "positive"}
    )


def _put_in(read: MapRead) -> float | None:
    """All inputs of our own file together; None in a file of others."""
    amounts = [read_pounds(one["value"]) for one in read.inputs if one["value"] not in ("", None)]
    return float(sum(amount for amount in amounts if amount is not None)) if read.settings else None
