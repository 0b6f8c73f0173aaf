"""The example workbook: a luncheon club with transport, after the worked example of the SROI guide."""

import csv
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from pspworkbook import places
from pspworkbook.records import KINDS
from pspworkbook.workbook.access import Access
from pspworkbook.workbook.errors import WorkbookError
from pspworkbook.workbook.saving import put_many
from pspworkbook.workbook.store import Store, slug_of
from pspworkbook.workbook.workbook import Workbook
from pspworkbook.workbook.writing import Writing

SLUG = "wheels-to-meals"
AUTHOR = "Example"

Batch = list[tuple[str, str, dict[str, Any]]]


def make_example(store: Store, author: str = AUTHOR) -> Workbook:
    """The example workbook, made if the store does not hold it yet.

    ``author`` is the name that its records carry: not the user's own, so that undo never takes the example away.
    Raises WorkbookError when the shipped example cannot be read, or its short name is taken by a workbook that is no
    example.
    """
    name, batch = contents()

    def fill(connection: Connection, owner: Row[Any]) -> None:
        # In the transaction that makes the workbook: nobody ever finds an example without its records.
        writing = Writing(connection, owner, Access("facilitator", author, SLUG), "The example as shipped")
        put_many(writing, batch)
        writing.flush()

    if not _there(store):
        try:
            store.insert(name, SLUG, example=True, fill=fill)
        except WorkbookError:
            if not _there(store):  # otherwise another process has just made it
                raise
    return store.open(SLUG, author=author)


def reset_example(store: Store, author: str | None = None) -> Workbook:
    """Put the example back as it was shipped; without one, make it.

    What people did with it stays in the history: the way back is one more save, and undo takes it back too.
    """
    if not _there(store):
        return make_example(store)
    name, batch = contents()
    workbook = store.open(SLUG, author=author)
    workbook.replace_all(batch, "The example put back as shipped")
    workbook.rename(name, "The example put back as shipped")
    return workbook


def _there(store: Store) -> bool:
    for listed in store.workbooks():
        if listed.slug == SLUG:
            if not listed.example:
                raise WorkbookError(
                    f"There is already a workbook with the short name “{SLUG}”, and it is not the example."
                )
            return True
    return False


def contents() -> tuple[str, Batch]:
    """The example's name and its records as typed values. Raises WorkbookError when the files cannot be read."""
    import yaml  # here: the example is read once in the life of a store

    folder = places.data_folder() / "examples"
    try:
        fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times faster, where it was built
        files = [folder / f"{SLUG}.yaml", *sorted(folder.glob(f"{SLUG}-*.yaml"))]
        parts = [yaml.load(file.read_text(encoding="utf-8"), Loader=fast) for file in files]
        shipped = parts[0]
        batch: Batch = [
            (entry["kind"], entry["id"], _complete(entry["kind"], entry["values"]))
            for part in parts
            for entry in part["records"]
        ]
        who = {values["name"]: id for kind, id, values in batch if kind == "stakeholder"}
        more = [entry for entry in batch if entry[0] == "outcome"]  # after those of the published example
        batch = [entry for entry in batch if entry[0] != "outcome"]
        batch += [
            ("outcome", slug_of(row["outcome"]), _complete("outcome", {**row, "stakeholder": who[row["stakeholder"]]}))
            for row in _table(folder / f"{SLUG}.csv")
        ]
        batch += more
        batch += [
            ("answer", f"{row['sheet']}-{row['round']}-{row['item']}", _complete("answer", row))
            for file in sorted(folder.glob(f"{SLUG}-answers*.csv"))
            for row in _table(file)
        ]
        return str(shipped["name"]), batch
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise WorkbookError(f"The example that comes with the program cannot be read: {error}.") from error


def _table(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _complete(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """With a default for every field that the file leaves out, so that a reset puts those back too."""
    return {**KINDS[kind]().body(), **values}
