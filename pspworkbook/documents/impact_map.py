"""The impact map of an SROI forecast as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import create_model

from pspworkbook.documents.tables import Problem, TableRefused, read_numbered
from pspworkbook.documents.value_map_read import MapRead, read_map
from pspworkbook.records import Outcome
from pspworkbook.records.doubt import FIGURES, SHARES, read_figure
from pspworkbook.records.fields import Percentage, Pounds, Quantity, Years, ask, read_pounds
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


OwnRange = tuple[float | None, float | None]
"""The lowest and the highest that a figure could be, as the file says; None where it does not."""

_TYPES: dict[str, Any] = {"quantity": Quantity, "financial_proxy": Pounds, "duration": Years}
_TYPES |= dict.fromkeys(SHARES, Percentage)
_ENDS = {"low": "lowest", "high": "highest"}
_Ranged = create_model(  # type: ignore[call-overload]
    "_Ranged",
    __base__=Outcome,
    **{
        f"{figure}_{end}": (kind, ask(f"{FIGURES[figure]}, {word}"))
        for figure, kind in _TYPES.items()
        for end, word in _ENDS.items()
    },
)
"""A row with two more columns for each figure, such as ``quantity_low`` and ``quantity_high``."""


def read_impact_map(source: str | Path | bytes, filename: str = "") -> list[Outcome]:
    """The outcomes in a CSV or XLSX file; ``stakeholder`` holds the name as text.

    Further columns of an outcome may be there. A value below zero is a loss; where there is a ``direction`` column, the
    two must agree. Raises :class:`TableRefused`, which lists every problem with its row and column.
    """
    return read_ranged_map(source, filename)[0]


def read_ranged_map(source: str | Path | bytes, filename: str = "") -> tuple[list[Outcome], list[dict[str, OwnRange]]]:
    """:func:`read_impact_map`, with the ranges that each row gives for its figures: figure to lowest and highest.

    They stand in columns such as ``deadweight_low`` and ``deadweight_high``; a range without either is not there.
    """
    name = filename or (str(source) if not isinstance(source, bytes) else "")
    numbered, problems = read_numbered(source, name, _Ranged, required=REQUIRED)
    outcomes, ranges = [], []
    for number, row in ((row.number, row.record) for row in numbered):
        ends = {figure: (getattr(row, f"{figure}_low"), getattr(row, f"{figure}_high")) for figure in _TYPES}
        ranges.append({figure: both for figure, both in ends.items() if both != (None, None)})
        problems += [
            Problem(number, f"{figure}_low", f"This is above {figure}_high. Put one of the two right.")
            for figure, (low, high) in ends.items()
            if low is not None and high is not None and low > high
        ]
        outcome = Outcome.model_construct(
            row.model_fields_set & set(Outcome.model_fields),
            **{name: getattr(row, name) for name in Outcome.model_fields},
        )
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
    return outcomes, ranges


@dataclass(frozen=True)
class FoundMap:
    """An impact map from any file: its outcomes, and, where the file is one of ours, what is put in and the rates."""

    outcomes: list[Outcome]
    investment: float | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    ranges: Sequence[Mapping[str, OwnRange]] = ()
    """The ranges that the file gives for the figures of each outcome, one mapping for each."""


def read_any_map(path: Path) -> FoundMap:
    """An impact map from our own table, from the spreadsheet that lives, or from one of the field's layouts.

    Raises :class:`TableRefused` as :func:`read_impact_map` does; its words are those for our own table, except where the
    file is one that we wrote.
    """
    try:
        outcomes, ranges = read_ranged_map(path)
        return FoundMap(outcomes, ranges=ranges)
    except TableRefused as refused:
        if not any(problem.message.startswith("This column") for problem in refused.problems):
            raise  # it is our own table, with something wrong in its rows
        try:
            read = read_map(path.read_bytes(), path.name)
        except OSError:
            raise refused from None
        own, understood = bool(read.settings), not read.missing and set(REQUIRED) <= set(read.meant.values())
        if own and read.problems:
            raise TableRefused(list(read.problems)) from None
        if not read.rows or read.problems or not understood:
            raise
        outcomes = [_outcome(row.stakeholder, row.values) for row in read.rows]
        return FoundMap(outcomes, _put_in(read), read.settings, _own_ranges(read))


def _outcome(stakeholder: str, values: Mapping[str, Any]) -> Outcome:
    loss = (values.get("financial_proxy") or 0) < 0
    return Outcome.model_validate(
        {**values, "stakeholder": stakeholder, "direction": "negative" if loss else "positive"}
    )


def _own_ranges(read: MapRead) -> list[dict[str, OwnRange]]:
    """The ranges of our own spreadsheet by row; what cannot be read, or stands upside down, is left out as on the page."""
    found: dict[str, dict[str, OwnRange]] = {}
    for one in read.ranges:
        if one["figure"] not in _TYPES:
            continue  # what is put in is taken as known exactly
        try:
            low, high = read_figure(one["low"], one["figure"]), read_figure(one["high"], one["figure"])
        except ValueError:
            continue
        if (low, high) != (None, None) and not (low is not None and high is not None and low > high):
            found.setdefault(one["of"], {}).setdefault(one["figure"], (low, high))
    return [found.get(row.id, {}) for row in read.rows]


def _put_in(read: MapRead) -> float | None:
    """All inputs of our own file together; None in a file of others."""
    amounts = [read_pounds(one["value"]) for one in read.inputs if one["value"] not in ("", None)]
    return float(sum(amount for amount in amounts if amount is not None)) if read.settings else None
