"""What was taken over on this page from a record that has changed since, with a button to say that it still holds."""

from typing import Any, ClassVar

import traitlets

from pspworkbook.methods.offers import keeps_origin, origins, read_origin
from pspworkbook.methods.since import RULE, candidates, since
from pspworkbook.methods.since import Since as Found
from pspworkbook.records import KINDS, Record, fields_of
from pspworkbook.widgets.addresses import address_of, page_of_kind
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook.entries import Entry
from pspworkbook.workbook.errors import WorkbookError

REASON = "Still holds, though its source has changed"
MOST_SHOWN = 20


def entries_of(now: Snapshot, kind: str) -> list[Entry]:
    """All records of a kind; the one of a form too, once somebody has saved it."""
    if not KINDS[kind].single:
        return now.records(kind)
    return [entry] if (entry := now.the(kind)).version else []


def changed(now: Snapshot) -> list[Found]:
    """Every record of the workbook whose source has changed since it was taken over."""
    return now.once(("since",), lambda: _changed(now))  # type: ignore[no-any-return]


def _changed(now: Snapshot) -> list[Found]:
    records: dict[tuple[str, str], Record] = {}
    versions: dict[tuple[str, str], int] = {}
    made = [entry for kind, model in KINDS.items() if keeps_origin(model) for entry in entries_of(now, kind)]
    sources = {read_origin(one)[0] for entry in made for one in origins(entry.record)} & set(KINDS)
    for entry in (*made, *(entry for kind in sorted(sources) for entry in entries_of(now, kind))):
        records[entry.kind, entry.id], versions[entry.kind, entry.id] = entry.record, entry.version
    wanted = candidates(records, versions)
    if not wanted:
        return []
    pointed = {spec.refers_to for _, source, _ in wanted for spec in fields_of(KINDS[source[0]]) if spec.refers_to}
    names = {entry.id: entry.label for kind in pointed for entry in now.records(kind)}
    lines = now.workbook.lines_of({key for one in wanted for key in one[:2]})
    return list(since(wanted, records, lines, names))


class Since(Part):
    """The list for one stage; nothing is shown while there is nothing to say."""

    _esm = script("since.js")
    answers: ClassVar[dict[str, str]] = {"holds": "_holds"}
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, session: Session, stage: str) -> None:
        self.session, self.stage = session, stage
        super().__init__()
        self.refresh()
        session.watch([], self.refresh)

    def _mine(self) -> list[Found]:
        return [one for one in changed(self.session.now) if page_of_kind(one.kind) == self.stage]

    def refresh(self) -> None:
        """Show what has changed at its source."""
        found = self._mine()
        shown = [
            {
                "kind": one.kind,
                "id": one.id,
                "words": one.sentence,
                "label": one.label,
                "href": address_of(self.session, one.kind, one.id),
                "source": address_of(self.session, *one.source),
                "may": self.session.workbook.may_edit(one.kind),
            }
            for one in found[:MOST_SHOWN]
        ]
        state = {"found": shown, "more": max(0, len(found) - MOST_SHOWN), "rule": RULE}
        if state != self.state:
            self.state = state

    def _holds(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """Somebody has looked: the record still holds."""
        key = str(message["kind"]), str(message["id"])
        if key not in {(one.kind, one.id) for one in self._mine()}:
            raise WorkbookError("Somebody has just seen to this.")
        entry = next(entry for entry in entries_of(self.session.now, key[0]) if entry.id == key[1])
        self.session.workbook.look_again(*key, entry.version, REASON)
        self.session.follow()
        return {"said": f"Noted: “{entry.label}” still holds. The history says who looked, and Undo takes it back."}
