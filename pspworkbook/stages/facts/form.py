"""What the rules of stage 3 need to know, read from the workbook."""

from typing import Any

from pspworkbook.methods.findings import Rows
from pspworkbook.methods.form.induction import PackFacts
from pspworkbook.methods.form.mou import MouFacts
from pspworkbook.methods.stage_gaps import FormFacts
from pspworkbook.records import Record
from pspworkbook.widgets.snapshot import Snapshot

OTHERS = (
    *("candidate", "member", "signatory", "induction", "critical_friend", "hard_conversation"),
    *("workshop", "agenda_item", "expectation"),
)
"""Registers of this stage whose needed fields are looked at, and nothing else."""


def rows(now: Snapshot, kind: str) -> list[tuple[str, Any]]:
    """All records of a kind as (identifier, record)."""
    return [(entry.id, entry.record) for entry in now.records(kind)]


def facts(now: Snapshot) -> FormFacts:
    """The facts of “Form a partnership”."""
    others: Rows[Record] = [row for kind in OTHERS for row in rows(now, kind)]
    return FormFacts(
        people=dict(rows(now, "person")),
        steps=rows(now, "forming_step"),
        candidates=rows(now, "candidate"),
        time=rows(now, "staff_time"),
        mou=mou_facts(now),
        funders=rows(now, "funder"),
        lead_funder=now.the("lead_funder").record,
        inductions=rows(now, "induction"),
        answers=[record for _, record in rows(now, "answer")],
        others=others,
    )


MOU_KINDS = (
    "partnership",
    "mou",
    "person",
    "principle",
    "member",
    "signatory",
    "definition",
    "expectation_gap",
    "data_share",
)
"""What the Memorandum of Understanding is written from."""


def mou_facts(now: Snapshot) -> MouFacts:
    """What the Memorandum of Understanding is written from."""
    return MouFacts(
        partnership=now.the("partnership").record,
        mou=now.the("mou").record,
        people=dict(rows(now, "person")),
        principles=rows(now, "principle"),
        members=rows(now, "member"),
        signatories=rows(now, "signatory"),
        definition=now.the("definition").record,
        differences=rows(now, "expectation_gap"),
        shared=rows(now, "data_share"),
    )


PACK_KINDS = (
    *("partnership", "need_statement", "definition", "decision", "option", "condition", "dissent", "principle"),
    *("member", "person"),
)
"""What the induction pack is written from."""


def pack_facts(now: Snapshot) -> PackFacts:
    """What the induction pack is written from."""
    return PackFacts(
        partnership=now.the("partnership").record,
        needs=rows(now, "need_statement"),
        definition=now.the("definition").record,
        decision=now.the("decision").record,
        options=rows(now, "option"),
        conditions=rows(now, "condition"),
        dissents=rows(now, "dissent"),
        principles=rows(now, "principle"),
        members=rows(now, "member"),
        people=rows(now, "person"),
    )
