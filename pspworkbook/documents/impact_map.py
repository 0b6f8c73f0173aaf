"""The impact map of an SROI forecast as a file."""

from pathlib import Path

from pspworkbook.documents.tables import Problem, TableRefused, read_numbered
from pspworkbook.records import Outcome

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
        outcomes.append(outcome)
    if problems:
        raise TableRefused(sorted(problems, key=lambda problem: (problem.row == 0, problem.row)))
    return outcomes
