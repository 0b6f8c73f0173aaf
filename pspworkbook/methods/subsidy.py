"""The subsidy check: four limbs, a ledger of small amounts, seven principles. Not legal advice.

The amounts are read from the notes C-03, C-04 and C-06 in ``data/guide/then_and_now.yaml``, which say where they come
from, how sure we are, and when to look again; there is no second copy of them here.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pspworkbook import guide
from pspworkbook.methods.findings import Rows, StageGap, same_name, together
from pspworkbook.methods.words import pounds
from pspworkbook.records import field_of
from pspworkbook.records.subsidy import Subsidy, SubsidyTest

NOT_LEGAL_ADVICE = "This is not legal advice. It helps you to put your questions in order; ask a lawyer for the answer."
RULE = (
    "Help is likely to be a subsidy when all four questions are answered with yes, and likely not to be one when any of "
    "them is answered with no. Anything else needs advice."
)
LEDGER_RULE = (
    "For one receiver, minimal financial assistance and assistance for services of public economic interest (SPEI) are "
    "added up over this financial year, which ends on 31 March, and the two before it. Each piece is held against the "
    "limit of its own kind, together with everything up to the day on which it is given. Receivers are told apart by "
    "name; enterprises under one control count as one, so use one name."
)
LIMBS = {
    "public": ("a", "public_why", ("state",)),
    "advantage": ("b", "advantage_why", ("advantage",)),
    "specific": ("c", "specific_why", ("selective",)),
    "effect": ("d", "effect_why", ("competition", "trade")),
}
"""Each question's field: its letter in section 2(1), the field of its reason, and the questions of 2011 it replaces."""

SMALL = ("mfa", "spei")


# Four limbs ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Limb:
    """One of the four questions, with its answer, its reason, and what the guide asked in its place."""

    field: str
    letter: str
    title: str
    answer: str | None
    reason: str
    asked_in_2011: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """``outcome`` is ``likely``, ``likely not``, ``advice`` or ``open`` (not all questions are answered)."""

    outcome: str
    words: str
    limbs: tuple[Limb, ...]
    warning: str = NOT_LEGAL_ADVICE


def assess(subsidy: Subsidy) -> Assessment:
    """What the four answers point to, by :data:`RULE`."""
    old = {item.key: item.text for item in guide.checklists()["state-aid-questions"].items}
    limbs = tuple(
        Limb(
            name,
            letter,
            field_of(Subsidy, name).title,
            getattr(subsidy, name),
            getattr(subsidy, why),
            tuple(old[key] for key in before),
        )
        for name, (letter, why, before) in LIMBS.items()
    )
    answers = [limb.answer for limb in limbs]
    no = [f"({limb.letter})" for limb in limbs if limb.answer == "no"]
    if no:
        words = f"Likely not a subsidy, because of the answer to {together(no)}. Keep the reasons."
        return Assessment("likely not", words, limbs)
    if all(answer == "yes" for answer in answers):
        return Assessment("likely", "Likely a subsidy. Choose how it is dealt with, and ask for advice.", limbs)
    unsure = [f"({limb.letter})" for limb in limbs if limb.answer == "unsure"]
    if unsure:
        return Assessment("advice", f"Get advice on {together(unsure)}.", limbs)
    left = [f"({limb.letter})" for limb in limbs if limb.answer is None]
    return Assessment("open", f"Still to answer: {together(left)}.", limbs)


# Ledger --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Limit:
    """An amount of the law, with where it was read and how sure that is."""

    amount: float
    note: str
    source: str
    as_of: dt.date | None
    sure: str
    check_again_by: dt.date


def limit(note: str) -> Limit:
    """The amount that a note names (the largest in it): ``C-03`` small amounts, ``C-04`` SPEI, ``C-06`` the database."""
    record = guide.then_and_now()[note]
    amounts = [float(match.replace(",", "")) for match in re.findall(r"£([\d,]*\d)", record.now or "")]
    if not amounts:
        raise guide.GuideDataError(f"then_and_now.yaml, {note}: 'now' names no amount in pounds.")
    return Limit(max(amounts), note, record.source_name or "", record.as_of, record.sure, record.check_again_by)


def window(on: dt.date) -> tuple[dt.date, dt.date]:
    """The first day that counts, and the last day of the financial year of ``on``."""
    year = on.year if on >= dt.date(on.year, 4, 1) else on.year - 1
    return dt.date(max(1, year - 2), 4, 1), dt.date(min(9999, year + 1), 3, 31)


@dataclass(frozen=True)
class LedgerLine:
    """One receiver's small amounts in the window. ``given`` and ``planned`` hold MFA and SPEI together.

    ``passed`` names the pieces with which the limit of their kind is passed.
    """

    recipient: str
    mfa: float
    spei: float
    given: float
    planned: float
    ids: tuple[str, ...]
    mfa_limit: float
    spei_limit: float
    passed: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """Everything together, given and planned."""
        return self.given + self.planned

    @property
    def mfa_left(self) -> float:
        """How much more could be given as minimal financial assistance; nothing below zero."""
        return max(0.0, self.mfa_limit - self.total)

    @property
    def spei_left(self) -> float:
        """How much more could be given as SPEI assistance; nothing below zero."""
        return max(0.0, self.spei_limit - self.total)

    @property
    def over(self) -> bool:
        """Whether any piece passes the limit of its kind."""
        return bool(self.passed)


def ledger(rows: Rows[Subsidy], on: dt.date) -> list[LedgerLine]:
    """The small amounts for each receiver by :data:`LEDGER_RULE`, what is planned for this financial year included."""
    first, last = window(on)
    groups: dict[str, list[tuple[str, Subsidy]]] = {}
    for id_, row in rows:
        if _counts(row):
            groups.setdefault(same_name(row.recipient), []).append((id_, row))
    lines = []
    for _, mine in sorted(groups.items()):
        inside = [(id_, row) for id_, row in mine if first <= _day(row) <= last]
        if inside:
            lines.append(_line(inside, mine))
    return lines


def _line(inside: Rows[Subsidy], everything: Rows[Subsidy]) -> LedgerLine:
    limits = {"mfa": limit("C-03").amount, "spei": limit("C-04").amount}
    rows = [row for _, row in inside]
    return LedgerLine(
        recipient=rows[0].recipient,
        mfa=_total(row for row in rows if row.route == "mfa"),
        spei=_total(row for row in rows if row.route == "spei"),
        given=_total(row for row in rows if row.state == "given"),
        planned=_total(row for row in rows if row.state != "given"),
        ids=tuple(id_ for id_, _ in inside),
        mfa_limit=limits["mfa"],
        spei_limit=limits["spei"],
        passed=tuple(id_ for id_, row in inside if _up_to(row, everything) > limits[str(row.route)]),
    )


def _up_to(piece: Subsidy, everything: Rows[Subsidy]) -> float:
    """What counts with this piece: everything in its own window, up to and including its day."""
    first, _ = window(_day(piece))
    return _total(row for _, row in everything if first <= _day(row) <= _day(piece))


def _total(rows: Iterable[Subsidy]) -> float:
    # A value below zero would make room that is not there.
    return sum(max(0.0, row.value or 0.0) for row in rows)


def _day(row: Subsidy) -> dt.date:
    return row.date or dt.date.min


def _counts(row: Subsidy) -> bool:
    return (
        bool(row.recipient)
        and row.route in SMALL
        and row.state != "dropped"
        and row.value is not None
        and row.date is not None
    )


# Seven principles ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PrincipleState:
    """One of the seven principles for one piece of help; ``met`` is None until it is weighed."""

    key: str
    title: str
    met: str | None
    reasons: str
    evidence: str
    id: str


def principles(subsidy_id: str, tests: Rows[SubsidyTest]) -> tuple[PrincipleState, ...]:
    """The table of the seven principles for one piece of help, A to G."""
    mine = {test.item: (id_, test) for id_, test in tests if test.subsidy == subsidy_id}
    found = []
    for key, title in field_of(SubsidyTest, "item").options.items():
        id_, test = mine.get(key, ("", SubsidyTest()))
        found.append(PrincipleState(key, title, test.met, test.reasons, test.evidence, id_))
    return tuple(found)


def principles_words(states: Iterable[PrincipleState]) -> str:
    """How far the table is, as a sentence."""
    states = tuple(states)
    letters = {answer: [one.key.upper() for one in states if one.met == answer] for answer in ("no", "partly", None)}
    if letters["no"]:
        return f"Not consistent with {together(letters['no'])}: as it stands it must not be given. Change it, or take advice."
    if letters[None]:
        return f"Still to weigh: {together(letters[None])}."
    if letters["partly"]:
        return f"Only partly consistent with {together(letters['partly'])}: take advice before deciding."
    return "Weighed against all seven, and thought consistent. Date the record and ask a lawyer to look at it."


# What is missing -----------------------------------------------------------------------------------------------------


def gaps(rows: Rows[Subsidy], tests: Rows[SubsidyTest], on: dt.date) -> Iterator[StageGap]:
    """What is missing or does not fit in the subsidy checks."""
    database = limit("C-06").amount
    for id_, row in rows:
        if row.state == "dropped":
            continue
        if row.route in SMALL and (row.value is None or row.date is None or not row.recipient):
            yield _gap(id_, row, "value", "it cannot be added up without receiver, value and date")
        if row.origin == "elsewhere":
            continue
        found = assess(row)
        if found.outcome in ("open", "advice"):
            yield _gap(id_, row, _first_open(row), found.words[:1].lower() + found.words[1:].rstrip("."))
        if found.outcome == "likely" and row.route in (None, "none", "undecided"):
            yield _gap(id_, row, "route", "it is likely a subsidy. Say how it is dealt with")
        if row.route in SMALL:
            for field, what in (
                ("notified", "tell the receiver in writing"),
                ("receiver_confirmed", "get the receiver’s written confirmation"),
                ("confirmation_issued", "issue the confirmation when it is given"),
            ):
                if getattr(row, field) is None and (field != "confirmation_issued" or row.state == "given"):
                    yield _gap(id_, row, field, what)
            if (row.value or 0) > database:
                yield _gap(id_, row, "value", f"above {pounds(database)} it has to be entered in the public database")
        if row.route == "principles" and any(one.met is None for one in principles(id_, tests)):
            yield _gap(id_, row, "route", "not all seven principles are weighed")
        if found.outcome != "likely not" and not row.advice:
            yield _gap(id_, row, "advice", "no advice is noted")
    names = dict(rows)
    for line in ledger(rows, on):
        for id_ in line.passed:
            kind = names[id_].route
            passed = line.mfa_limit if kind == "mfa" else line.spei_limit
            yield _gap(
                id_,
                names[id_],
                "value",
                f"with it, “{line.recipient}” comes to more than {pounds(passed)} in three financial years. Take advice before it is given",
            )


def _first_open(row: Subsidy) -> str:
    return next((name for name in LIMBS if getattr(row, name) in (None, "unsure")), "public")


def _gap(id_: str, row: Subsidy, field: str, what: str) -> StageGap:
    return StageGap("TP-8", f"“{row.label()}”: {what}.", row.kind, id_, field)
