"""What a table of shared data lacks before it can stand beside the memorandum (AN-1). Pure functions."""

import datetime as dt
from collections.abc import Iterator, Mapping

from pspworkbook.methods.findings import Rows, StageGap, together
from pspworkbook.methods.words import day
from pspworkbook.records import field_of
from pspworkbook.records.analyse import DataShare

RULE = (
    "Data about persons must not move before somebody answers for it, the lawful basis of each partner is written down, "
    "it is said how long it is kept and where people can complain, the impact assessment is done or looked at and not "
    "needed, and it is signed. Data about nobody needs its purpose only. This is a checklist and no legal advice: your "
    "data protection lead decides."
)
HEAD = ("Data", "What for", "Who answers for it, and basis", "Who gets it", "Impact assessment", "Kept until", "Signed")


def about_persons(row: DataShare) -> bool:
    """Whether it must be treated as data about persons: also while nobody has said."""
    return row.personal != "no"


def lacking(row: DataShare) -> list[tuple[str, str]]:
    """What has to be there before the data may move, as (field, words); empty for data about nobody."""
    if not about_persons(row):
        return []
    wanted = [
        ("controllers", "who answers for it", bool(row.controllers)),
        ("basis", "the lawful basis of each partner", bool(row.basis)),
        ("dpia", "the impact assessment", row.dpia in ("done", "not_needed")),
        ("retention", "how long it is kept", bool(row.retention)),
        ("complaints", "where people can complain", bool(row.complaints)),
        ("signed", "the signature", bool(row.signed and row.signed_by)),
    ]
    return [(name, words) for name, words, there in wanted if not there]


def gaps(rows: Rows[DataShare], today: dt.date) -> Iterator[StageGap]:
    """What is missing, by :data:`RULE`; and what was to be looked at again by now."""
    for id_, row in rows:
        if missing := lacking(row):
            words = together([one for _, one in missing])
            yield StageGap(
                "AN-1", f"“{row.label()}” must not be shared yet. Missing: {words}.", row.kind, id_, missing[0][0]
            )
        if about_persons(row) and row.minimised in ("partly", "no"):
            sentence = f"“{row.label()}”: it is more than the least that will do. Take details out, or say why not."
            yield StageGap("AN-1", sentence, row.kind, id_, "minimised")
        if row.review and row.review < today:
            yield StageGap("AN-1", f"“{row.label()}” was to be looked at again.", row.kind, id_, "review")


def table(rows: Rows[DataShare], people: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The protocol, a row for each set of data, with the columns of :data:`HEAD`; ``people`` are names by identifier."""
    return [
        (
            row.label(),
            row.purpose or "–",
            "\n".join(part for part in (row.controllers, row.basis) if part) or "–",
            row.recipients or "–",
            field_of(DataShare, "dpia").show(row.dpia)
            if row.dpia
            else "–"
            if about_persons(row)
            else "Not about persons",
            row.retention or "–",
            _signed(row, people),
        )
        for _, row in rows
    ]


def _signed(row: DataShare, people: Mapping[str, str]) -> str:
    if row.signed and row.signed_by:
        return f"{row.signed_by}, {day(row.signed)}"
    owner = people.get(row.owner or "")
    return f"Not signed. {owner} sees to it" if owner else "Not signed"
