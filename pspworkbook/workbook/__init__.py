"""The store: workbooks, their records, the log of changes, access keys and the exchange file.

    from pspworkbook.workbook import Store, open_workbook

Everything that can go wrong is a :class:`WorkbookError`, and its text is one plain sentence.
"""

import os
from pathlib import Path

from pspworkbook.workbook.access import Access, check_key, list_keys, new_key, revoke_key
from pspworkbook.workbook.entries import Change, Entry
from pspworkbook.workbook.errors import (
    BadEntry,
    Clash,
    FileRefused,
    NotAllowed,
    NotFound,
    NothingToUndo,
    StoreTrouble,
    UndoBlocked,
    WorkbookError,
)
from pspworkbook.workbook.example import make_example, reset_example
from pspworkbook.workbook.exchange import compare, export_bytes, import_bytes
from pspworkbook.workbook.store import Listed, Store
from pspworkbook.workbook.workbook import Workbook

KEY_VARIABLE = "HTTP_X_PSP_KEY"
"""The dashboards' server puts the visitor's key here for the page's kernel."""

REQUIRED_VARIABLE = "PSPWORKBOOK_KEY_REQUIRED"
"""Set by a server that asks for keys: a page that reached its kernel without one must not become the facilitator's."""


def open_workbook(
    name: str | None = None,
    *,
    store: Store | str | Path | None = None,
    key: str | None = None,
    author: str | None = None,
) -> Workbook:
    """Open a workbook, to read and to change what a partnership has written down.

    >>> workbook = open_workbook()                        # the one opened last; at the very first, the example
    >>> workbook = open_workbook("wheels-to-meals")       # by its short name, or by its name
    >>> workbook.frame("outcome")                         # a pandas DataFrame, to go on with as you like
    >>> falls = workbook.records("outcome")[0]            # typed: falls.record.deadweight == 0.0
    >>> workbook.change("outcome", falls.id, {"deadweight": "10%"}, falls.version, reason="Asked the GPs")
    >>> workbook.history(limit=1)[0].summary              # 'Deadweight of “Fewer falls” from 0% to 10%'
    >>> workbook.undo()

    ``name`` is looked for in ``PSPWORKBOOK_WORKBOOK`` when it is not given. ``store`` is a Store, a file or a database's
    URL; not given, it is the one that ``PSPWORKBOOK_STORE`` names, or the file in your own folder. ``key`` is the key of a
    link (on a dashboard the server puts it in place): it opens its own workbook only, in its own role. ``author`` is the
    name that your changes carry, otherwise the name of the user of this machine.

    Raises NotFound, NotAllowed (a key that is unknown, withdrawn, expired or for another workbook) and StoreTrouble, each
    with one plain sentence.
    """
    opened = store if isinstance(store, Store) else Store(store)
    name = name or os.environ.get("PSPWORKBOOK_WORKBOOK") or None
    key = key or os.environ.get(KEY_VARIABLE) or None
    if key is None and os.environ.get(REQUIRED_VARIABLE):
        raise NotAllowed("This workbook opens only with a key.")
    if name is None and key is None and not opened.workbooks():
        make_example(opened)
    return opened.open(name, key=key, author=author)


__all__ = [
    "KEY_VARIABLE",
    "Access",
    "BadEntry",
    "Change",
    "Clash",
    "Entry",
    "FileRefused",
    "Listed",
    "NotAllowed",
    "NotFound",
    "NothingToUndo",
    "Store",
    "StoreTrouble",
    "UndoBlocked",
    "Workbook",
    "WorkbookError",
    "check_key",
    "compare",
    "export_bytes",
    "import_bytes",
    "list_keys",
    "make_example",
    "new_key",
    "open_workbook",
    "reset_example",
    "revoke_key",
]
