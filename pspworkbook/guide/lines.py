"""Where in the guide a piece of knowledge comes from: line numbers, written ``386-391, 404`` in the data files."""

import re
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator

LINES_IN_GUIDE = 5685

_SPAN = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")


class Span(NamedTuple):
    """A run of lines of the guide, both ends included."""

    first: int
    last: int


def read_lines(value: Any) -> Any:
    """The spans that a data file names: ``386-391, 404``, or ``404`` alone, or an empty list for "not in the guide"."""
    if value is None or value == "":
        return ()
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return value
    spans = []
    for part in str(value).split(","):
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"'{part.strip()}' is not a line number, such as 404, or a run of them, such as 386-391")
        first = int(match[1])
        last = int(match[2] or first)
        if not 1 <= first <= last <= LINES_IN_GUIDE:
            raise ValueError(f"'{part.strip()}' is not within the guide, whose lines run from 1 to {LINES_IN_GUIDE}")
        spans.append(Span(first, last))
    return tuple(spans)


Lines = Annotated[tuple[Span, ...], BeforeValidator(read_lines)]


def cite(lines: tuple[Span, ...]) -> str:
    """The lines as the project cites them: ``L386-391, L404``; an empty text where the guide has nothing."""
    return ", ".join(f"L{a}" if a == b else f"L{a}-{b}" for a, b in lines)


def covers(lines: tuple[Span, ...], number: int) -> bool:
    """Whether one line of the guide lies within these spans."""
    return any(first <= number <= last for first, last in lines)
