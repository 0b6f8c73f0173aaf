"""``pspworkbook dashboards``: the notebooks as web pages, for everybody in the room."""

import argparse
import os
from pathlib import Path
from typing import Any

from pspworkbook.cli.out import complain, say

PORT = 8866
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - what a user may ask for, and only with keys


def add(subparsers: Any) -> None:
    """Declare the subcommand."""
    command = subparsers.add_parser(
        "dashboards",
        help="open the notebooks as dashboards in a browser",
        description="Serve the notebooks as dashboards. An empty store gets the example partnership.",
    )
    command.add_argument("--port", type=port_number, default=PORT, help=f"port to listen on (default {PORT})")
    command.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen on; any other than this machine's own needs a key (see pspworkbook keys)",
    )
    command.add_argument(
        "--store", help="file or database of the workbooks (default: PSPWORKBOOK_STORE, or your own folder)"
    )
    command.add_argument(
        "--example", action="store_true", help="open the example partnership first, making it if it is not there"
    )
    command.add_argument(
        "--require-key",
        action="store_true",
        help="ask everybody for a key, also on this machine (for use behind another server)",
    )
    command.add_argument("--no-browser", action="store_true", help="do not open a browser")
    command.set_defaults(run=run)


def port_number(text: str) -> int:
    """A port. Raises ArgumentTypeError for what is none."""
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port; choose a number from 1024 to 65535")
    return int(text)


def absolute(address: str) -> str:
    """A store's address that means the same from any folder: the kernels run in another one."""
    return address if "://" in address else str(Path(address).expanduser().absolute())


def run(arguments: argparse.Namespace) -> int:
    """Open the store, then serve until stopped."""
    from pspworkbook.places import store_address
    from pspworkbook.serving.access import is_loopback
    from pspworkbook.workbook import Store
    from pspworkbook.workbook.errors import WorkbookError

    address = absolute(arguments.store or store_address())
    try:
        say("Opening the workbooks …")
        store = Store(address)
        prepare(store, example=arguments.example)
        keys_required = arguments.require_key or not is_loopback(arguments.host)
        if keys_required and not has_key(store):
            complain(
                f"Other machines could open these workbooks on {arguments.host}, and there is no key yet. Make one first: pspworkbook keys new WORKBOOK --role partner"
            )
            return 2
    except WorkbookError as trouble:
        complain(str(trouble))
        return 2

    from pspworkbook.serving import server

    if not server.port_is_free(arguments.host, arguments.port):
        complain(
            f"Port {arguments.port} on {arguments.host} is in use or may not be used. Choose another one: pspworkbook dashboards --port {arguments.port % 65535 + 1}"
        )
        return 2
    shown = "127.0.0.1" if arguments.host in EVERYWHERE else arguments.host
    shown = f"[{shown}]" if ":" in shown else shown
    home = f"http://{shown}:{arguments.port}/"

    def started() -> None:
        say(f"The dashboards are open at {home}")
        if keys_required:
            say("Everybody needs a link with a key: pspworkbook keys new WORKBOOK --role partner")
        say(f"Workbooks are kept in {store.address}. Everything is saved as it is typed. Press Ctrl-C to stop.")
        if not arguments.no_browser:
            server.open_browser(home)

    say("Starting the dashboards …")
    server.serve(store, address, host=arguments.host, port=arguments.port, keys_required=keys_required, started=started)
    say("\nStopped. Everything that was entered is saved.")
    return 0


def prepare(store: Any, *, example: bool) -> None:
    """See to it that there is a workbook to show: the one that ``PSPWORKBOOK_WORKBOOK`` names, or the example."""
    from pspworkbook.workbook import make_example

    found = store.workbooks()
    wanted = os.environ.get("PSPWORKBOOK_WORKBOOK", "")
    examples = [one.slug for one in found if one.example]
    if example or not found:
        store.open(examples[0]) if examples else make_example(store)
    elif wanted:
        store.open(wanted)


def has_key(store: Any) -> bool:
    """Whether any workbook here has a key that still opens it."""
    from pspworkbook.workbook import list_keys

    return any(key.state == "good" for one in store.workbooks() for key in list_keys(store, one.slug))
