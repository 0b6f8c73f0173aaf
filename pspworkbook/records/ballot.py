"""One person's answer to one question of a ballot: a question that several people answer separately.

There is no name in it. What the questions are stands in ``data/ballots.yaml``.
"""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from pspworkbook.records.fields import FieldKind, Line, Text, YesNo, ask, plain_number, read_number, refuse
from pspworkbook.records.partnership import Sector
from pspworkbook.records.record import Record

AT_REVIEW = 3
"""The round that is taken at the review, on the same scale, to see what has moved since."""
ROUNDS = (1, 2, AT_REVIEW)
"""The first round is answered alone; the second after talking about the first; the third at the review."""


def read_whole_number(value: Any) -> int | None:
    """A whole number, such as a rating; nothing typed is no rating."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    sentence = f"“{value}” is not a whole number. Choose one of the ratings, or leave it empty."
    try:
        number = (
            float(value) if isinstance(value, int | float) and not isinstance(value, bool) else read_number(str(value))
        )
    except ValueError:
        raise refuse(sentence) from None
    if not number.is_integer() or abs(number) > 1000:  # also turns away infinity and “not a number”
        raise refuse(sentence)
    return int(number)


def read_round(value: Any) -> int:
    """1, 2 or 3; nothing typed is the first round."""
    number = read_whole_number(value)
    if number is not None and number not in ROUNDS:
        raise refuse("There are three rounds. Write 1, 2, or 3 for the one at the review.")
    return number or 1


WholeNumber = Annotated[
    int | None, BeforeValidator(read_whole_number), FieldKind("quantity", plain_number, number=True)
]
Round = Annotated[int, BeforeValidator(read_round), FieldKind("quantity", plain_number, number=True)]


class Answer(Record):
    """One person's answer to one question of a ballot. ``value`` is None for “rather not say”."""

    kind: ClassVar[str] = "answer"
    noun: ClassVar[str] = "Answer"
    plural: ClassVar[str] = "Answers"
    confidential: ClassVar[bool] = True
    tool: ClassVar[str] = "TP-5"
    name_field: ClassVar[str] = "item"

    ballot: Line = ask("Ballot", "The key of the ballot in data/ballots.yaml.", needed=True)
    item: Line = ask("Question", "The key of the question within its ballot.", needed=True)
    round: Round = ask("Round", "1 is answered alone, 2 after talking about it, 3 at the review.", default=1)
    sheet: Line = ask("Sheet", "The same for all answers that one person gives together.", needed=True)
    sector: Sector = ask(
        "I am here for", "It shows whether sectors see things differently. Fewer than five are not shown apart."
    )
    organisation: Line = ask("Organisation", "Only if you wish. Where a page compares organisations, yours is named.")
    role: Line = ask("Role", "Only if you wish, and never your name.", example="Support worker", private=True)
    value: WholeNumber = ask("Answer", "Leave it empty if you would rather not say.")
    why: Text = ask("Why", "An example helps. Do not write anything that shows who you or others are.", private=True)
    paper: YesNo = ask("Typed in from paper", default=False)
