"""Numbers and days as people write them in Britain, for sentences, tables and labels."""

import datetime as dt
import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from pspworkbook.records.fields import plain_day

MINUS = "\u2212"


def pounds(amount: float, *, pence: bool = False) -> str:
    """An amount in pounds: ``£1,235``, ``−£5``, or with ``pence`` ``£1.93``. Halves round away from zero.

    Raises ValueError for a number that is not finite.
    """
    if not math.isfinite(amount):
        raise ValueError(f"{amount} is not an amount in pounds.")
    rounded = round_half_up(amount, 2 if pence else 0)
    sign = MINUS if rounded < 0 else ""
    return f"{sign}£{abs(rounded):,.{2 if pence else 0}f}"


def percent(share: float, *, places: int = 0) -> str:
    """A share of 1 as a percentage: ``0.125`` is ``13%``, or ``12.5%`` with one place."""
    rounded = round_half_up(share * 100, places)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,.{places}f}%"


def day(date: dt.date, *, short: bool = False) -> str:
    """A day that nobody can take for another one: ``3 March 2026``, or ``short`` for a narrow place: ``3 Mar 2026``."""
    return f"{date.day} {date:%b %Y}" if short else plain_day(date)


def round_half_up(number: float, places: int) -> Decimal:
    """Rounded as taught at school: Python's own ``round`` and ``format`` turn 1234.5 into 1234."""
    # repr, not the binary value: a person who typed 2.675 expects 2.68.
    exact = Decimal(repr(float(number)))
    if exact.adjusted() + places > 26:  # beyond the decimal context; there is nothing to round
        return exact
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def about(number: float) -> str:
    """A figure that was worked out, as people say it: ``18.3``, ``2.75``, ``1,234``; no digits that nobody counted.

    What somebody typed is shown with all its digits instead (``records.fields.plain_number``).
    """
    size = abs(number)
    rounded = round_half_up(number, 0 if size >= 100 else 1 if size >= 10 else 2)
    text = f"{rounded:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", MINUS) or "0"


def quoted(text: str) -> str:
    """In quotation marks; marks within it become single ones: ``“‘Fewer falls’: why?”``."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


_ENDED = re.compile(r"[.!?…][”’)]*$")


def sentences(texts: Iterable[str]) -> str:
    """Texts one after another, each with a full stop where it has no end of its own; empty ones are left out."""
    return " ".join(text if _ENDED.search(text) else f"{text}." for text in (one.strip() for one in texts) if text)


def signed(change: float) -> str:
    """How far a ratio moved, with its sign: ``+0.04``, ``−0.30``, ``0.00``. A small one gets the decimals that it needs.

    ``−0.003`` rather than “−0.00”, which reads as if nothing had moved; from a ten-thousandth down, ``under +0.0001``.
    """
    size = abs(change)
    sign = MINUS if change < 0 else "+"
    if not size:
        return "0.00"
    if size < 0.0001:
        return f"under {sign}0.0001"
    places = 2 if size >= 0.005 else 3 if size >= 0.0005 else 4
    return f"{sign}{round_half_up(size, places):f}"
