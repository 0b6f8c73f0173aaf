"""The subsidy check: four limbs, seven principles, what is missing. Not legal advice. The ledger has its own file."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pspworkbook import guide
from pspworkbook.methods.decide.subsidy_ledger import LEDGER_RULE, SMALL, LedgerLine, Limit, ledger, limit, window
from pspworkbook.methods.findings import Rows, StageGap, together
from pspworkbook.methods.words import pounds
from pspworkbook.records import field_of
from pspworkbook.records.subsidy import Subsidy, SubsidyTest

__all__ = [
    "LEDGER_RULE",
    "LIMBS",
    "NOT_LEGAL_ADVICE",
    "RULE",
    "Assessment",
    "LedgerLine",
    "Limb",
    "Limit",
    "PrincipleState",
    "assess",
    "gaps",
    "ledger",
    "limit",
    "principles",
    "principles_words",
    "window",
]

NOT_LEGAL_ADVICE = "This is not legal advice. It helps you to put your questions in order; ask a lawyer for the answer."
RULE = (
    "Help is likely to be a subsidy when all four questions are answered with yes, and likely not to be one when any "
    "of them is answered with no. Anything else needs advice."
)
LIMBS = {
    "public": ("a", "public_why", ("state",)),
    "advantage": ("b", "advantage_why", ("advantage",)),
    "specific": ("c", "specific_why", ("selective",)),
    "effect": ("d", "effect_why", ("competition", "trade")),
}
"""Each question's field: its letter in section 2(1), the field of its reason, and the questions of 2011 it replaces."""


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
        no = together(letters["no"])
        return f"Not consistent with {no}: as it stands it must not be given. Change it, or take advice."
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
                f"with it, “{line.recipient}” comes to more than {pounds(passed)} in three financial years. "
                "Take advice before it is given",
            )


def _first_open(row: Subsidy) -> str:
    return next((name for name in LIMBS if getattr(row, name) in (None, "unsure")), "public")


def _gap(id_: str, row: Subsidy, field: str, what: str) -> StageGap:
    return StageGap("TP-8", f"“{row.label()}”: {what}.", row.kind, id_, field)
