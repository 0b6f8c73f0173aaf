"""Answers to a sceptic, held against the rows that they speak of: an answer is out of date when its row says something else.

Each answer keeps how its row stood, as lines that a person can read. A row that is put back makes the answer good again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows
from pspworkbook.methods.sroi.checker import Doubtful
from pspworkbook.methods.sroi.material import counts
from pspworkbook.records import KINDS, Input, Outcome, Record, Stakeholder, field_of
from pspworkbook.records.scrutiny import CheckerReply

STANDS: dict[str, tuple[str, ...]] = {
    "outcome": (
        *("outcome", "quantity", "duration", "evidence_years", "financial_proxy", "proxy_source", "proxy_year"),
        *("deadweight", "displacement", "attribution", "drop_off", "direction", "grade", "included"),
    ),
    "stakeholder": ("name", "included", "reason", "involved"),
    "input": ("description", "value", "working"),
}
"""The fields of a row that an answer about it rests on."""
NOTHING = "nothing"
WHOLE = "The whole map"


@dataclass(frozen=True)
class Reply:
    """An answer as it stands: its identifier, the record, and what the row says otherwise since then."""

    id: str
    record: CheckerReply
    since: tuple[str, ...]

    @property
    def out_of_date(self) -> str:
        """That the answer is out of date, and why; "" while it holds."""
        return f"Out of date, for the row has changed since: {'; '.join(self.since)}" if self.since else ""


@dataclass(frozen=True)
class Asked:
    """One finding with its answers; without any it is open."""

    finding: Doubtful
    replies: tuple[Reply, ...]

    @property
    def open(self) -> bool:
        """Whether nobody has answered it."""
        return not self.replies

    @property
    def stale(self) -> bool:
        """Whether an answer is out of date."""
        return any(reply.since for reply in self.replies)


@dataclass(frozen=True)
class About:
    """What is asked of one row; ``name`` says which row it is."""

    name: str
    kind: str
    id: str
    asked: tuple[Asked, ...]

    @property
    def open(self) -> int:
        """How many of its questions have no answer."""
        return sum(one.open for one in self.asked)

    @property
    def stale(self) -> int:
        """How many of its answers are out of date."""
        return sum(one.stale for one in self.asked)


def standing(finding: Doubtful, outcomes: Rows[Outcome], stakeholders: Rows[Stakeholder], inputs: Rows[Input]) -> str:
    """How the row that a finding asks about stands now: ``Title: what it says``, one field on each line."""
    rows: dict[str, Mapping[str, Record]] = {
        "outcome": dict(outcomes),
        "stakeholder": dict(stakeholders),
        "input": dict(inputs),
    }
    record = rows.get(finding.kind, {}).get(finding.id) if finding.about else None
    if record is None:
        kept = [outcome for _, outcome in outcomes if counts(outcome)]
        losses = sum(outcome.direction == "negative" for outcome in kept)
        return f"Outcomes that count: {len(kept)}\nLosses among them: {losses}"
    model = KINDS[finding.kind]
    lines = []
    for name in STANDS[finding.kind]:
        spec = field_of(model, name)
        shown = " ".join(spec.show(getattr(record, name)).split())
        lines.append(f"{spec.title}: {shown or NOTHING}")
    return "\n".join(lines)


def since(stood: str, now: str) -> list[str]:
    """What has changed between two standings, as sentences; nothing where it was not kept how the row stood."""
    before, after = _read(stood), _read(now)
    return [
        f"{title}: {old}, now {after[title]}"
        for title, old in before.items()
        if (now := after.get(title, old)) != old and not _same_year(old, now)
    ]


def _same_year(old: str, now: str) -> bool:
    """Whether 2024 was kept where 2024/25 is said today."""
    return bool(re.fullmatch(r"\d{4}", old)) and now.startswith(f"{old}/")


def _read(stood: str) -> dict[str, str]:
    pairs = (line.partition(": ") for line in stood.splitlines())
    return {title: text for title, mark, text in pairs if mark}


def asked(
    found: Sequence[Doubtful],
    replies: Rows[CheckerReply],
    outcomes: Rows[Outcome],
    stakeholders: Rows[Stakeholder],
    inputs: Rows[Input],
) -> list[About]:
    """Every finding with its answers, by the row it is asked of, in the order of the rows; the whole map comes last."""
    by_key: dict[str, list[tuple[str, CheckerReply]]] = {}
    for id_, reply in replies:
        if reply.reply:
            by_key.setdefault(reply.origin, []).append((id_, reply))
    groups: dict[tuple[str, str], list[Asked]] = {}
    for finding in found:
        now = standing(finding, outcomes, stakeholders, inputs)
        given = tuple(Reply(id_, reply, tuple(since(reply.stood, now))) for id_, reply in by_key.get(finding.key, ()))
        place = (finding.kind, finding.id) if finding.about else ("", "")
        groups.setdefault(place, []).append(Asked(finding, given))
    order = {("outcome", id_): place for place, (id_, _) in enumerate(outcomes)}
    ranked = sorted(groups.items(), key=lambda pair: (pair[0] == ("", ""), order.get(pair[0], len(order))))
    return [About(rows[0].finding.about or WHOLE, kind, id_, tuple(rows)) for (kind, id_), rows in ranked]


def no_longer_asked(found: Iterable[Doubtful], replies: Rows[CheckerReply]) -> list[tuple[str, CheckerReply]]:
    """Answers to what nobody asks any more: the figure has been changed since. They stay, for the report."""
    keys = {finding.key for finding in found}
    return [(id_, reply) for id_, reply in replies if reply.reply and reply.origin not in keys]
