"""How far a stage is: a rule that computes it from the workbook, and the words that a page prints for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from pspworkbook.methods.findings import together
from pspworkbook.records import (
    analyse,
    budget,
    deliver,
    doubt,
    journey,
    measures,
    pilot,
    plan,
    procurement,
    proxies,
    review,
    risk,
    scrutiny,
)


def _kinds(*modules: ModuleType) -> tuple[str, ...]:
    return tuple(model.kind for module in modules for model in module.MODELS)


MARKS = {"not started": "○", "open": "●", "ready": "◐", "confirmed": "✓", "stale": "↻", "later": "·"}

RESTS_ON: dict[str, tuple[str, ...]] = {
    "start": (),
    "identify": ("start",),
    "decide": ("start", "identify"),
    "form": ("start", "identify", "decide"),
    "analyse": ("start", "identify"),
    "plan": ("start", "identify", "decide", "form", "analyse"),
    "do": ("form", "analyse", "plan"),
    "review": ("analyse", "plan", "do"),
}
"""Which stage rests on which."""

KINDS_OF: dict[str, tuple[str, ...]] = {
    "start": ("partnership", "person", "entry_check", "project_phase"),
    "identify": (
        "need_statement",
        "involvement",
        "psp_feature",
        "weighting",
        "policy",
        "evidence",
        "definition",
        "grant_conversation",
        "restart_check",
    ),
    "decide": (
        "psp_test",
        "principle",
        "benefit",
        "challenge",
        "market_finding",
        "market",
        "subsidy",
        "subsidy_test",
        "procurement_advice",
        "legacy",
        "assumption_card",
        "advocate",
        "option",
        "decision",
        "condition",
        "dissent",
    ),
    "form": (
        "forming_step",
        "candidate",
        "staff_time",
        "member",
        "mou",
        "signatory",
        "funder",
        "lead_funder",
        "induction",
        "critical_friend",
        "hard_conversation",
        "expectation",
    ),
    "analyse": ("forecast", "stakeholder", "input", "outcome", *_kinds(journey, analyse, doubt, scrutiny, proxies)),
    "plan": _kinds(plan, budget, risk, measures, pilot, procurement),
    "do": _kinds(deliver),
    "review": _kinds(review),
}
"""The records that each stage is made of. Answers to ballots are opinions: they make nothing stale."""

NO_STAGE = (
    *("answer", "sitting", "confirmation"),  # opinions, and the agreement itself
    *("heading_meaning", "workshop", "agenda_item"),  # how a file is read, how a meeting goes
    *("local_lesson", "local_note"),  # the library
    "simulation_run",  # what a page worked out from the figures; they themselves count
    "action",  # what is to be done next, at any stage
)
"""Records that no stage is made of: a change in them makes no agreement stale."""

RULE = (
    "Not started: nothing is entered. Open: something is entered, and something still stands in the way. "
    "Ready: nothing stands in the way. Confirmed: somebody has said that the partnership agrees, also where it knew "
    "that something was open; the record lists what. "
    "Stale: something that was confirmed, or that it rests on, has changed since; what was taken back, so that all stands "
    "as it was agreed, makes nothing stale."
)


@dataclass(frozen=True)
class Status:
    """A stage's status: its ``name``, and the ``words`` for the page."""

    name: str
    words: str


def status(
    *,
    entered: bool,
    in_the_way: int,
    confirmed_at: int | None,
    changed_at: int,
    rests_on_changed_at: int,
    known_open: int = 0,
    rests_on_changed: Sequence[str] = (),
) -> Status:
    """The status by :data:`RULE`. Positions are lines of the log: ``confirmed_at`` is None when nobody has confirmed.

    ``known_open`` is how many open points those who confirmed knew of; ``rests_on_changed`` names the stages that have
    changed since, of those that this one rests on.
    """
    if confirmed_at is not None:
        if changed_at > confirmed_at:
            return Status("stale", "changed since it was confirmed")
        if rests_on_changed_at > confirmed_at:
            which = together([f"“{name}”" for name in rests_on_changed]) or "something it rests on"
            return Status("stale", f"{which} {'have' if len(rests_on_changed) > 1 else 'has'} changed since")
        known = f", {known_open} open {'point' if known_open == 1 else 'points'} known" if known_open else ""
        return Status("confirmed", f"confirmed{known}")
    if not entered:
        return Status("not started", "not started")
    if in_the_way:
        return Status("open", f"open, {in_the_way} {'thing' if in_the_way == 1 else 'things'} in the way")
    return Status("ready", "ready to confirm")
