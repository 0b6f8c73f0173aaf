"""Which tier of the procurement rules a contract falls into: the figures are read out of notes P-02, P-03 and P-04.

No figure stands here: a note that is changed changes the tier, and one whose figures cannot be found gives no tier.
"""

import datetime as dt
import re
from dataclasses import dataclass

from pspworkbook import guide
from pspworkbook.methods.words import day, pounds
from pspworkbook.records.procurement import ProcurementRoute

RULE = (
    "The value without VAT is held against the figure of note P-02, the value with VAT against those of P-03, or for "
    "health and social care against that of P-04. Below the first: not regulated. From there up to the second: the Act "
    "of 2014 and the Regulations of 2016. From the second on: the Regulations of 2015. Which figure holds for you is a "
    "question for procurement; this is no legal advice."
)
_NEXT = re.compile(r"next on (\d{1,2} [A-Z][a-z]+ \d{4})")
_AMOUNT = re.compile(r"£(\d[\d,]*(?:\.\d+)?)( million)?")


@dataclass(frozen=True)
class Threshold:
    """One figure in pounds with the note that it was read in, its source, and whether that note is overdue for a check."""

    what: str
    pounds: float
    note: str
    as_of: dt.date | None
    sure: str
    overdue: bool
    in_force: dt.date | None = None
    source: str = ""
    address: str = ""


@dataclass(frozen=True)
class Tier:
    """``key`` is ``none``, ``middle``, ``higher`` or "" while it cannot be said; ``words`` says why."""

    key: str
    words: str
    thresholds: tuple[Threshold, ...] = ()
    cautions: tuple[str, ...] = ()


def amounts(text: str) -> list[float]:
    """Every amount of pounds in a text, in its order: ``£50,000``, ``£2 million``."""
    return [float(number.replace(",", "")) * (1_000_000 if million else 1) for number, million in _AMOUNT.findall(text)]


def _threshold(what: str, note: str, text: str, place: int, today: dt.date, sure: str = "") -> Threshold | None:
    known = guide.then_and_now()[note]
    found = amounts(text)
    if place >= len(found):
        return None
    return Threshold(
        what,
        found[place],
        note,
        known.as_of,
        sure or known.sure,
        guide.overdue(known, today),
        known.in_force_from,
        known.source_name or "",
        known.source_url or "",
    )


def next_change() -> dt.date | None:
    """The day on which the figures of note P-03 change next, read out of that note; None where it does not say."""
    for fact in guide.then_and_now()["P-03"].key_facts:
        if found := _NEXT.search(fact):
            return dt.datetime.strptime(found[1], "%d %B %Y").date()
    return None


def thresholds(route: ProcurementRoute, today: dt.date) -> tuple[Threshold | None, Threshold | None]:
    """The lower and the higher figure for what is bought; None where the kind is not said or the note has no figure."""
    notes = guide.then_and_now()
    if route.type is None:
        return None, None
    works = route.type == "works"
    low_name = "Works, without VAT" if works else "Goods and services, without VAT"
    low = _threshold(low_name, "P-02", notes["P-02"].now or "", 1 if works else 0, today)
    if route.type == "care":
        facts = " ".join(fact for fact in notes["P-04"].key_facts if "threshold is" in fact)
        worked_out = "read in a text of 2020; that it still holds is worked out"
        return low, _threshold("Health and social care, with VAT", "P-04", facts, 0, today, worked_out)
    central = route.buyer == "central"
    name = "Works" if works else f"Goods and services of {'central' if central else 'local'} bodies"
    return low, _threshold(f"{name}, with VAT", "P-03", notes["P-03"].now or "", 2 if works else int(central), today)


def tier(route: ProcurementRoute, today: dt.date) -> Tier:
    """The tier of the rules, by :data:`RULE`."""
    low, high = thresholds(route, today)
    found = tuple(one for one in (low, high) if one is not None)
    if low is None or high is None:
        words = (
            "Say what kind of thing is bought." if route.type is None else "Ask procurement: a figure is not at hand."
        )
        return Tier("", words, found)
    if route.value_excl is None or route.value_incl is None:
        return Tier("", "Give the value without VAT and with it.", found)
    cautions = tuple(f"Note {one.note} is overdue for a check." for one in found if one.overdue)
    change = next_change()
    if change and route.contract_starts and route.contract_starts >= change:
        cautions += (
            f"The figures of note P-03 change on {day(change)}. Those that hold when the procurement begins count.",
        )
    near = [
        one
        for one, value in ((low, route.value_excl), (high, route.value_incl))
        if 0.9 * one.pounds <= value < one.pounds
    ]
    cautions += tuple(f"The value is less than a tenth below {pounds(one.pounds)}. Is it all counted?" for one in near)
    if route.value_incl >= high.pounds:
        return Tier(
            "higher",
            f"{pounds(route.value_incl)} with VAT is {pounds(high.pounds)} or more: the Public Contracts (Scotland) Regulations 2015.",
            found,
            cautions,
        )
    if route.value_excl >= low.pounds:
        return Tier(
            "middle",
            f"{pounds(route.value_excl)} without VAT is {pounds(low.pounds)} or more, and {pounds(route.value_incl)} with VAT is below "
            f"{pounds(high.pounds)}: the Act of 2014 and the Regulations of 2016.",
            found,
            cautions,
        )
    words = f"{pounds(route.value_excl)} without VAT is below {pounds(low.pounds)}: not a regulated contract. Your own standing orders still hold."
    return Tier("none", words, found, cautions)
