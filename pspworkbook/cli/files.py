"""``pspworkbook new``, ``list``, ``export``, ``import``, ``check`` and ``example``: workbooks and their files."""

import argparse
import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pspworkbook.cli.out import complain, plain, say

if TYPE_CHECKING:
    from pspworkbook.workbook import Store, Workbook

Run = Callable[[argparse.Namespace], int]
REPORTS = (".docx", ".html")


def told(run: Run) -> Run:
    """A command that tells its trouble in one sentence on stderr, with exit status 2."""

    @functools.wraps(run)
    def safely(arguments: argparse.Namespace) -> int:
        from pspworkbook.workbook.errors import WorkbookError

        try:
            return run(arguments)
        except WorkbookError as error:
            complain(plain(str(error)))
            return 2

    return safely


def store_option(command: argparse.ArgumentParser) -> None:
    """Give a command the option that names the store."""
    command.add_argument(
        "--store",
        metavar="PATH",
        help="where the workbooks are kept; PSPWORKBOOK_STORE, or your own folder, if not given",
    )


def opened_store(arguments: argparse.Namespace, *, make: bool = False) -> "Store":
    """The store that the command names. Raises StoreTrouble when it cannot be used, or is not there and not to be made."""
    from pspworkbook.workbook import Store

    return Store(arguments.store, make=make)


def add(subparsers: Any) -> None:
    """Declare the subcommands."""
    new = subparsers.add_parser("new", help="make a new, empty workbook")
    new.add_argument("name", metavar="NAME", help="the partnership's name, in any script")
    new.set_defaults(run=_new)

    listing = subparsers.add_parser("list", help="list the workbooks")
    listing.set_defaults(run=_list)

    export = subparsers.add_parser("export", help="save a whole workbook, with its history, in one file")
    export.add_argument("workbook", metavar="WORKBOOK", help="its short name, as pspworkbook list shows it")
    export.add_argument(
        "--to", metavar="FILE", required=True, type=Path, help="the file to make, such as club.psp.json"
    )
    export.add_argument(
        "--as",
        dest="form",
        choices=("workbook", "value-map", "sroi-report"),
        default="workbook",
        help="the whole workbook (if not given), its SROI impact map as a spreadsheet with live formulas, or its SROI report, as .docx or .html by the file's name",
    )
    export.add_argument("--force", action="store_true", help="replace the file if there is one")
    export.set_defaults(run=_export)

    take = subparsers.add_parser("import", help="open a saved file as a new workbook; nothing that is there is touched")
    take.add_argument("file", metavar="FILE", type=Path)
    take.add_argument("--name", help="another name for the new workbook")
    take.set_defaults(run=_import)

    check = subparsers.add_parser("check", help="see whether the store and every workbook in it are sound")
    check.set_defaults(run=_check)

    example = subparsers.add_parser("example", help="make the example workbook")
    example.add_argument(
        "--reset", action="store_true", help="put it back as it was shipped; the history keeps what was done"
    )
    example.set_defaults(run=_example)

    for command in (new, listing, export, take, check, example):
        store_option(command)


@told
def _new(arguments: argparse.Namespace) -> int:
    with opened_store(arguments, make=True) as store:
        workbook = store.create(arguments.name)
        say(f"Made “{workbook.name}”. Its short name is {workbook.slug}.")
    return 0


@told
def _list(arguments: argparse.Namespace) -> int:
    with opened_store(arguments, make=True) as store:
        found = store.workbooks()
    if not found:
        say("No workbook yet. Make one with: pspworkbook new NAME")
    width = max((len(listed.slug) for listed in found), default=0)
    for listed in found:
        say(f"{listed.slug:<{width}}  {plain(listed.name)}{'  (example)' if listed.example else ''}")
    return 0


@told
def _export(arguments: argparse.Namespace) -> int:
    from pspworkbook.workbook import export_bytes
    from pspworkbook.workbook.errors import WorkbookError

    target: Path = arguments.to
    if target.exists() and not arguments.force:
        raise WorkbookError(f"{target} is there already. Choose another name, or say --force to replace it.")
    if arguments.form == "sroi-report" and target.suffix.lower() not in REPORTS:
        raise WorkbookError(
            f"The report is a Word file or a web page: let the file's name end in {' or '.join(REPORTS)}."
        )
    with opened_store(arguments) as store:
        workbook = store.open(arguments.workbook, mark=False)
        if arguments.form == "workbook":
            data = export_bytes(workbook)
        else:
            data = _value_map(workbook) if arguments.form == "value-map" else _report(workbook, target)
    try:
        _write(target, data, replace=arguments.force)
    except FileExistsError:
        raise WorkbookError(f"{target} is there already. Choose another name, or say --force to replace it.") from None
    except OSError as error:
        raise WorkbookError(f"{target} cannot be written: {error.strerror or 'the disk refuses'}.") from error
    say(f"Saved {target} ({len(data):,} bytes).")
    return 0


def _write(target: Path, data: bytes, *, replace: bool) -> None:
    if not replace:
        with target.open("xb") as file:  # "x": nobody can have made it since we looked
            file.write(data)
        return
    part = target.with_name(target.name + ".part")  # so that a full disk never costs the copy that was there
    try:
        part.write_bytes(data)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _value_map(workbook: "Workbook") -> bytes:
    """The impact map as a spreadsheet."""
    from pspworkbook.documents.value_map import value_map_xlsx
    from pspworkbook.stages.analyse.spreadsheet import value_map_of
    from pspworkbook.widgets.snapshot import Snapshot

    return value_map_xlsx(value_map_of(workbook, Snapshot(workbook)))


def _report(workbook: "Workbook", target: Path) -> bytes:
    """The SROI report, in the form that the file's name asks for. A person at a terminal sees how far it is."""
    from pspworkbook.stages.analyse.report import report_bytes
    from pspworkbook.widgets.snapshot import Snapshot

    def tell(share: float) -> None:
        print(f"\rWorking out the range: {share:4.0%}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)

    form = "html" if target.suffix.lower() == ".html" else "docx"
    return report_bytes(workbook, Snapshot(workbook), form, tell if sys.stderr.isatty() else None)  # type: ignore[arg-type]


@told
def _import(arguments: argparse.Namespace) -> int:
    from pspworkbook.workbook import import_bytes
    from pspworkbook.workbook.errors import FileRefused
    from pspworkbook.workbook.exchange import LARGEST

    try:
        with arguments.file.open("rb") as file:
            data = file.read(LARGEST + 1)  # enough to see that it is too large
    except OSError as error:
        raise FileRefused(f"{arguments.file} cannot be read: {error.strerror or 'the disk refuses'}.") from error
    with opened_store(arguments, make=True) as store:
        workbook = import_bytes(store, data, arguments.name)
        say(f"Opened as “{plain(workbook.name)}”. Its short name is {workbook.slug}.")
    return 0


@told
def _check(arguments: argparse.Namespace) -> int:
    from pspworkbook.workbook.replay import check

    with opened_store(arguments) as store:
        problems, found = check(store), len(store.workbooks())
        address = store.address
    for problem in problems:
        complain(plain(problem))
    if not problems:
        say(f"All is well: {found} workbook{'' if found == 1 else 's'} in {address}.")
    return 2 if problems else 0


@told
def _example(arguments: argparse.Namespace) -> int:
    from pspworkbook.workbook import make_example, reset_example

    with opened_store(arguments, make=True) as store:
        workbook = reset_example(store) if arguments.reset else make_example(store)
        say(
            f"The example “{workbook.name}” is {'as it was shipped' if arguments.reset else 'there'}. Its short name is {workbook.slug}."
        )
    return 0
