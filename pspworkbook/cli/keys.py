"""``pspworkbook keys``: links that let partners in from other machines, each in its own role."""

import argparse
from typing import Any

from pspworkbook.cli.files import opened_store, store_option, told
from pspworkbook.cli.out import plain, say

ADDRESS = "http://127.0.0.1:8866"
ROLES = ("facilitator", "partner", "viewer")


def add(subparsers: Any) -> None:
    """Declare the subcommands."""
    command = subparsers.add_parser(
        "keys",
        help="make, list and withdraw the links that let partners in",
        description="Links with a key, for partners on other machines.",
    )
    command.set_defaults(run=lambda _arguments: command.error("which one? new, list or revoke"))
    actions = command.add_subparsers(title="commands", metavar="COMMAND")

    new = actions.add_parser("new", help="make a link; it is shown once")
    new.add_argument("workbook", metavar="WORKBOOK", help="the workbook's short name, as pspworkbook list shows it")
    new.add_argument(
        "--role",
        choices=ROLES,
        required=True,
        help="facilitator: everything; partner: edit the registers; viewer: read",
    )
    new.add_argument(
        "--for", dest="label", metavar="NAME", default="", help="whose link it is; their changes carry this name"
    )
    new.add_argument("--days", metavar="N", type=_days, help="how many days it lasts; without end if not given")
    new.add_argument(
        "--address",
        metavar="URL",
        default=ADDRESS,
        type=_address,
        help=f"where partners find the dashboards; {ADDRESS} if not given",
    )
    store_option(new)
    new.set_defaults(run=_new)

    listing = actions.add_parser("list", help="list the keys of a workbook")
    listing.add_argument("workbook", metavar="WORKBOOK")
    store_option(listing)
    listing.set_defaults(run=_list)

    revoke = actions.add_parser("revoke", help="withdraw a key; whoever has its page open loses it too")
    revoke.add_argument("workbook", metavar="WORKBOOK")
    revoke.add_argument("id", metavar="ID", type=int, help="the key's number, as pspworkbook keys list shows it")
    store_option(revoke)
    revoke.set_defaults(run=_revoke)


def _days(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of days") from None


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")) or any(char.isspace() for char in text):
        raise argparse.ArgumentTypeError(f"“{plain(text)}” is not an address such as http://192.168.1.20:8866")
    return text.rstrip("/")


@told
def _new(arguments: argparse.Namespace) -> int:
    from pspworkbook.workbook import new_key

    with opened_store(arguments) as store:
        secret = new_key(store, arguments.workbook, arguments.role, arguments.label, arguments.days)
    say(f"{arguments.address}/?key={secret}")
    say(
        "This link is shown only now; the store keeps no copy of the key. Whoever has it can come in, so send it with care."
    )
    return 0


@told
def _list(arguments: argparse.Namespace) -> int:
    from pspworkbook.workbook import list_keys

    with opened_store(arguments) as store:
        keys = list_keys(store, arguments.workbook)
    if not keys:
        say("No key yet. Make one with: pspworkbook keys new WORKBOOK --role partner")
    for key in keys:
        until = f", until {key.expires_at[:10]}" if key.expires_at and key.state == "good" else ""
        say(f"{key.id:>3}  {key.role:<12} {key.state + until:<22} {plain(key.label)}")
    return 0


@told
def _revoke(arguments: argparse.Namespace) -> int:
    from pspworkbook.workbook import revoke_key

    with opened_store(arguments) as store:
        key = revoke_key(store, arguments.workbook, arguments.id)
    say(f"Key {key.id} ({plain(key.label)}) no longer opens anything.")
    return 0
