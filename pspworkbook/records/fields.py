"""The kinds of field that a record is made of: how each is read from what a person types, and shown again.

A kind is declared once. The form, the register table, the messages, the data frame and the exported sheet all read it
from the record's model, so a percentage is written and understood in one way everywhere.
"""

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError


@dataclass(frozen=True)
class FieldKind:
    """How one kind of field is read and shown.

    ``name`` picks the input on a page; ``show`` turns a stored value into the text that a person would type for it, so
    that ``read(show(value)) == value``; ``number`` says that the values can be summed and are set to the right;
    ``signed`` that a number may be typed with a per cent sign, though it is not kept as a share.
    """

    name: str
    show: Callable[[Any], str] = str
    number: bool = False
    unit: str = ""
    signed: bool = False


@dataclass(frozen=True)
class RefersTo:
    """Marks a field that holds the identifier of a record of another kind."""

    kind: str


def refuse(sentence: str) -> PydanticCustomError:
    """An error whose text is shown to the user as it stands."""
    return PydanticCustomError("plain", sentence)  # type: ignore[arg-type]


_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
_GROUPED = re.compile(r"[+-]?\d{1,3}([ ,]\d{3})+(\.\d*)?")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u00a0": " ", "\u202f": " "})


def read_number(text: str) -> float:
    """The number that a person typed: ``7,220``, ``-5``, ``1e3``. Raises ValueError for anything else."""
    clean = text.translate(_MINUS).strip()
    if _GROUPED.fullmatch(clean):
        clean = clean.replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(clean):
        raise ValueError(text)
    value = float(clean)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _empty(value: Any) -> bool:
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or (isinstance(value, float) and math.isnan(value))
    )


def _number(value: Any, sentence: str) -> float:
    if isinstance(value, bool):
        raise refuse(sentence)
    if isinstance(value, int | float):
        try:
            number = float(value)
        except OverflowError:  # a whole number with hundreds of digits
            raise refuse(sentence) from None
        if not math.isfinite(number):
            raise refuse(sentence)
        return number
    try:
        return read_number(str(value))
    except ValueError:
        raise refuse(sentence) from None


def plain_number(value: float) -> str:
    """A number as a person would type it, ``7,220`` or ``48.25``, with all its digits."""
    return format(value, ",").removesuffix(".0")


def financial(year: int) -> str:
    """``2015/16`` for 2015."""
    return f"{year}/{(year + 1) % 100:02d}"


def plain_day(date: dt.date) -> str:
    """A day that nobody can take for another one, ``3 March 2026``."""
    return f"{date.day} {date:%B %Y}"


def read_percentage(value: Any) -> float | None:
    """``5%`` or ``0.05``. A bare 5, and a bare 1 (one per cent, or all of it?), are refused."""
    if _empty(value):
        return None
    if isinstance(value, str):
        text = value.strip().translate(_MINUS)
        if text.endswith("%"):
            _number(text[:-1], _no_percentage(text))
            share = float(
                Decimal(text[:-1].replace(",", "").replace(" ", "")) / 100
            )  # 7.1% is 0.071, not one bit beside it
        else:
            share = _number(text, _no_percentage(text))
            if share == 1 and "." not in text:
                raise refuse("Does 1 mean 1% or 100%? Write it with the % sign.")
            if share > 1:
                raise refuse(
                    f"Write {plain_number(share)}% or {plain_number(share / 100)}: a number without the % sign must lie between 0 and 1."
                )
    else:
        share = _number(value, "Write a percentage, such as 10% or 0.10.")
        if share > 1:
            raise refuse(f"{plain_number(share)} is more than 100%. Write 10% or 0.10.")
    if share < 0:
        raise refuse("A percentage here cannot be less than 0%.")
    if share > 1:
        raise refuse("A percentage here cannot be more than 100%.")
    return share


def _no_percentage(text: str) -> str:
    """What is wrong with it: a comma where a point belongs is told as what it is."""
    comma = re.fullmatch(r"(\d+),(\d+)(\s*%)?", text)
    return f"“{text}” is not a percentage. {f'Write {comma[1]}.{comma[2]} with a point.' if comma else 'Write 10% or 0.10.'}"


def read_pounds(value: Any) -> float | None:
    """Pounds, as ``7,220``, ``£48.25`` or ``-5`` (a loss)."""
    if _empty(value):
        return None
    if isinstance(value, str):
        value = value.strip().translate(_MINUS)
        bare = value.replace("£", "", 1) if value.startswith(("£", "-£", "+£")) else value
        return _number(bare, f"“{value}” is not an amount in pounds. Write it as 7,220 or 48.25.")
    return _number(value, "Write an amount in pounds, such as 7,220 or 48.25.")


def read_quantity(value: Any) -> float | None:
    """A count or an amount, nothing below zero."""
    return _counted(value, "This cannot be less than zero.")


def read_how_much(value: Any) -> float | None:
    """How many people, or how much change: of a loss, too, it is a count, and its value in pounds is below zero."""
    return _counted(
        value, "This cannot be less than zero. If the change is a loss, give it a negative value in pounds instead."
    )


def _counted(value: Any, below_zero: str) -> float | None:
    if _empty(value):
        return None
    number = _number(value, f"“{value}” is not a number. Write digits only, such as 7 or 12.5.")
    if number < 0:
        raise refuse(below_zero)
    return number


LONGEST_DURATION = 125
FIRST_YEAR, LAST_YEAR = 1900, 2100


def read_years(value: Any) -> float | None:
    """A length of time in years; fractions count pro rata."""
    if _empty(value):
        return None
    number = _number(value, f"“{value}” is not a number of years. Write 1, 0.5 or 5.")
    if number < 0:
        raise refuse("A length of time cannot be negative. Write 0 if it does not last at all.")
    if number > LONGEST_DURATION:
        raise refuse(f"More than {LONGEST_DURATION} years is further than anyone can forecast. Write a shorter time.")
    return number


def read_calendar_year(value: Any) -> int | None:
    """A financial year, named by the year in which it begins: ``2025/26``, or ``2025`` alone."""
    if _empty(value):
        return None
    match = re.fullmatch(r"\s*(\d{4})(\.0|\s*[/-]\s*(\d{2}|\d{4}))?\s*", str(value))
    if not match or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise refuse(f"“{value}” is not a year. Write four digits, such as 2025, or 2025/26.")
    return int(match[1])


def read_yes_no(value: Any) -> bool | None:
    """Yes or no."""
    if _empty(value) or isinstance(value, bool):
        return None if _empty(value) else value
    answer = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}.get(
        str(value).strip().lower()
    )
    if answer is None:
        raise refuse(f"“{value}” is neither yes nor no.")
    return answer


def read_date(value: Any) -> dt.date | None:
    """A date as ``2026-11-22`` or, as written in Britain, ``22/11/2026``, of the years 1900 to 2100."""
    if _empty(value):
        return None
    day = value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else _day(value)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:  # a browser gives the year 202 while somebody types 2026
        raise refuse(f"The year {day.year} cannot be meant. Write four figures, such as 2026.")
    return day


def _day(value: Any) -> dt.date:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"):
        try:
            return dt.datetime.strptime(str(value).strip(), form).date()
        except ValueError:
            continue
    raise refuse(f"“{value}” is not a date. Write it as 22/11/2026.")


LONGEST_LINE, LONGEST_TEXT = 300, 50_000


def read_text(value: Any) -> str:
    """Text as typed, without the blanks around it and without characters that cannot be stored."""
    if value is None:
        return ""
    if not isinstance(value, str):
        value = str(value)
    clean: str = value.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    try:
        clean.encode("utf-8")
    except UnicodeEncodeError:
        clean = clean.encode("utf-8", "replace").decode("utf-8")
    return clean


def _one_line(value: str) -> str:
    if len(value) > LONGEST_LINE:
        raise refuse(
            f"This is {len(value):,} characters long. Keep it under {LONGEST_LINE} and put the rest in the description."
        )
    return " ".join(value.split())


def _many_lines(value: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise refuse(f"This is {len(value):,} characters long; there is room for {LONGEST_TEXT:,}.")
    return value


def _show_percentage(value: float) -> str:
    exact = format(Decimal(repr(value)) * 100, ",f")  # in decimal: 0.07 is 7%, not 7.000000000000001%
    return (exact.rstrip("0").rstrip(".") if "." in exact else exact) + "%"


Percentage = Annotated[
    float | None, BeforeValidator(read_percentage), FieldKind("percentage", _show_percentage, number=True, unit="%")
]
Pounds = Annotated[float | None, BeforeValidator(read_pounds), FieldKind("pounds", plain_number, number=True, unit="£")]
Quantity = Annotated[float | None, BeforeValidator(read_quantity), FieldKind("quantity", plain_number, number=True)]
HowMuch = Annotated[float | None, BeforeValidator(read_how_much), FieldKind("quantity", plain_number, number=True)]
"""The quantity of an outcome."""
Years = Annotated[
    float | None, BeforeValidator(read_years), FieldKind("years", plain_number, number=True, unit="years")
]
CalendarYear = Annotated[int | None, BeforeValidator(read_calendar_year), FieldKind("calendar year", financial)]
"""A year of prices. It is shown as the financial year that it is, wherever it is shown."""
Seed = Annotated[
    float | None, BeforeValidator(read_quantity), FieldKind("quantity", lambda value: f"{value:.0f}", number=True)
]
"""A whole number that is a name rather than an amount: no comma groups its digits."""
YesNo = Annotated[
    bool | None, BeforeValidator(read_yes_no), FieldKind("yes or no", lambda value: "Yes" if value else "No")
]
Date = Annotated[dt.date | None, BeforeValidator(read_date), FieldKind("date", lambda value: value.isoformat())]
Line = Annotated[str, BeforeValidator(read_text), AfterValidator(_one_line), FieldKind("line")]
Text = Annotated[str, BeforeValidator(read_text), AfterValidator(_many_lines), FieldKind("text")]


def choice(**options: str) -> Any:
    """A field with a fixed list of answers: stored as the short word, shown as the sentence beside it.

    ``choice(during="During the activity", after="After it")`` reads either form, in any case, and "" as unanswered. The
    short word with an explanation after a colon is read too: files that were saved before a sentence changed may say it so.
    """

    def read(value: Any) -> str | None:
        if _empty(value):
            return None
        text = str(value).strip().lower()
        for word, sentence in options.items():
            if text in (word, sentence.lower()) or text.partition(":")[0] == word:  # “Risk: it may happen”
                return word
        raise refuse(f"“{value}” is not one of the answers. Choose from: {'; '.join(options.values())}.")

    return Annotated[
        str | None, BeforeValidator(read), FieldKind("choice", lambda word: options.get(word, word)), Options(options)
    ]


@dataclass(frozen=True)
class Options:
    """The answers of a choice: stored word to the sentence that is shown."""

    answers: dict[str, str]

    def __hash__(self) -> int:
        return hash(tuple(self.answers))


def reference(kind: str) -> Any:
    """A field that holds the identifier of a record of ``kind``; the page shows that record's name."""
    return Annotated[
        str | None,
        BeforeValidator(lambda value: None if _empty(value) else read_text(value)),
        FieldKind("reference"),
        RefersTo(kind),
    ]


def read_origin(value: Any) -> str:
    """``kind:identifier`` of the record that another one was made from; "" when it was made from none.

    A form is filled from several: its origins stand one after the other, with a blank between them.
    """
    text = read_text(value)
    if any(not re.fullmatch(r"[a-z_]+:\S{1,100}", one) for one in text.split()):
        raise refuse(f"“{text}” does not name another record.")
    return " ".join(text.split())


Origin = Annotated[str, BeforeValidator(read_origin), FieldKind("origin")]
"""Where a record came from, as ``kind:identifier``: never typed, shown as “Made from …” (see ``methods.uses``)."""


def ask(
    title: str,
    help: str = "",
    *,
    default: Any = None,
    example: str = "",
    needed: bool = False,
    shown: str = "",
    private: bool = False,
    group: str = "",
    not_before: str = "",
    not_above: str | float | tuple[str, ...] = (),
    reason_for: tuple[str, ...] = (),
    offered: bool = False,
    unless: tuple[str, str] | tuple[()] = (),
    happened: bool = False,
) -> Any:
    """Declare a field's words.

    ``title`` is its label; ``help`` one sentence under it; ``needed`` means that the record does not count until it is
    answered (it can be saved without), ``unless`` another field has a value: ``("kind_of", "none")``; ``shown`` is its place in the register's table, ``wide``, ``mid`` or ``narrow``,
    and "" keeps it for the whole form; ``private`` keeps it off shared screens; ``group`` is its heading in the form.
    ``not_before`` names another field of the record than which this one cannot be earlier; ``not_above`` names one or more
    than which it cannot be greater, or is the greatest number that it can be (see ``fits``). ``reason_for`` names the
    fields that this one gives the reason for: when they change, it has to be looked at again (see ``methods.reasons``). ``offered`` is for a line whose words come again:
    a page offers what other records say in it, and anything else may be typed. ``happened`` is for the day of something that
    has happened: one that is still to come is odd (see ``methods.to_come``).
    """
    words: dict[str, Any] = {"help": help, "needed": needed, "shown": shown, "private": private, "group": group}
    words["reason_for"], words["offered"], words["unless"] = reason_for, offered, unless
    words["happened"] = happened
    words["not_before"] = (not_before,) if not_before else ()
    words["not_above"] = not_above if isinstance(not_above, tuple) else (not_above,)
    return Field(
        default=default,
        title=title,
        description=help or None,
        examples=[example] if example else None,
        json_schema_extra=words,
    )
