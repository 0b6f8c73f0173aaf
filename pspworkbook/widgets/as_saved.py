"""The workbook as it stood when a file was saved, by the marks that the rows of the file carry."""

from collections.abc import Iterable, Mapping
from typing import Any

from pspworkbook.methods.words import quoted
from pspworkbook.records import KINDS
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import Body

Names = Mapping[str, Mapping[str, str]]
"""For each kind of record the name of each by its identifier."""


class AsSaved:
    """What records were, and were called, at the places in the log that rows of a file name.

    A mark of another workbook, of none, or of a log that has been replaced since says nothing: such a row is compared
    with the workbook as it is now.
    """

    def __init__(self, session: Session, kind: str, names: Names) -> None:
        """``names`` are those of today, of the records that the register points to."""
        self.workbook, self.kind, self.names = session.workbook, kind, names
        self._stood: dict[str, dict[tuple[str, str], Body | None]] = {}
        self._named: dict[str, dict[str, dict[str, list[str]]]] = {}

    def base(self, mark: str, id_: str, here: Body | None) -> Body | None:
        """A record of the register as the file has seen it; None where it was not there."""
        return self._at(mark).get((self.kind, id_), here)

    def meant(self, mark: str, kind: str, name: str) -> list[str]:
        """The identifiers of the records of ``kind`` that had this name, or else have it now, or are named by identifier."""
        if name in self.names[kind]:
            return [name]
        return next((found for at in (mark, "") if (found := self._ids(at)[kind].get(name.casefold(), []))), [])

    def _at(self, mark: str) -> dict[tuple[str, str], Body | None]:
        if mark not in self._stood:
            self._stood[mark] = (self.workbook.stood_at(mark, {self.kind, *self.names}) or {}) if mark else {}
        return self._stood[mark]

    def _ids(self, mark: str) -> dict[str, dict[str, list[str]]]:
        if mark not in self._named:
            then = {kind: dict(labels) for kind, labels in self.names.items()}
            for (kind, id_), body in self._at(mark).items():
                if kind in then:
                    then[kind].pop(id_, None)
                    if body is not None:
                        then[kind][id_] = _label(kind, body)
            self._named[mark] = {kind: _by_name(labels.items()) for kind, labels in then.items()}
        return self._named[mark]


def removed_here(name: str) -> str:
    """What is said of a row of a file that somebody has changed there, and whose record is gone here."""
    return f"{quoted(name)} was changed in the file, and has been removed here since. It was left out; Undo or History brings it back."


def changed_here(what: str, ours: str, theirs: str) -> str:
    """What is said of a cell that was changed on both sides. ``what`` begins the sentence; the values are in words."""
    return f"{what} was changed here since the file was saved: here {ours}, in the file {theirs}. It was left as it is here."


def _label(kind: str, body: Mapping[str, Any]) -> str:
    return KINDS[kind].model_validate(body).label()


def _by_name(labels: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id_, label in labels:
        found.setdefault(label.casefold(), []).append(id_)
    return found
