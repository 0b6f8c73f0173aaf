"""What can go wrong with a workbook. ``str(error)`` is always one plain sentence that can be shown to a user as it is."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pspworkbook.workbook.entries import Entry

Body = dict[str, Any]


class WorkbookError(Exception):
    """Anything that a workbook or its store refuses to do, or cannot do."""


class StoreTrouble(WorkbookError):
    """The store cannot be used: missing, not writable, damaged, busy, full, or made by a newer version."""


class NotFound(WorkbookError):
    """There is no such workbook, kind of record or record (or it has been removed since)."""


class NotAllowed(WorkbookError):
    """The role that this workbook was opened with does not allow it, or the key is no longer good."""


class BadEntry(WorkbookError):
    """Something that was typed cannot be read. Nothing was saved.

    ``messages`` maps each field that cannot be read to what to do about it; "" stands for the entry as a whole.
    ``place`` is the number of the entry in a batch, counted from 0, and None outside a batch.
    """

    def __init__(self, messages: dict[str, str], sentence: str = "", place: int | None = None) -> None:
        self.messages = messages
        self.place = place
        super().__init__(sentence or " ".join(messages.values()))


class Clash(WorkbookError):
    """Somebody else saved first. Nothing was overwritten, and what was refused is kept in the log.

    ``base`` is the body that ``mine`` was made from, ``theirs`` the entry as it stands now, ``mine`` the body that was
    refused (None when it was a removal), ``fields`` the names of the fields in dispute. To settle it in favour of one's
    own version, save again with ``theirs.version``.
    """

    def __init__(
        self,
        sentence: str,
        *,
        kind: str,
        id: str,
        base: Body,
        theirs: "Entry",
        mine: Body | None,
        fields: tuple[str, ...],
    ) -> None:
        self.kind = kind
        self.id = id
        self.base = base
        self.theirs = theirs
        self.mine = mine
        self.fields = fields
        super().__init__(sentence)


class NothingToUndo(WorkbookError):
    """The author has nothing left to undo, or to redo."""


class UndoBlocked(WorkbookError):
    """The change cannot be taken back, because the record has been changed since."""


class FileRefused(WorkbookError):
    """A file that cannot be taken in. Nothing was changed."""
