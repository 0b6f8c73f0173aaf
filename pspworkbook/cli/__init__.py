"""The command ``pspworkbook``: one module for each group of subcommands.

A module declares its subcommands in ``add(subparsers)`` and sets ``run=`` to a function that takes the parsed arguments
and returns the exit status. It imports what is heavy only when it runs, so that ``--help`` answers at once.
"""

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from pspworkbook import __version__
from pspworkbook.cli.out import complain, plain

COMMANDS = ("sroi", "dashboards", "lab", "keys", "files")
"""The modules of subcommands, in the order of the help."""

INTERRUPTED, WRONG = 130, 2


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where help is, instead of printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        """Print the problem and leave with status 2."""
        complain(plain(f"{message} (see {self.prog} --help)"))
        raise SystemExit(WRONG)


def parser() -> Parser:
    """The command line as it is declared by the modules."""
    top = Parser(prog="pspworkbook", description="Carry a Public Social Partnership from the first need to the review.")
    top.add_argument("--version", action="version", version=f"pspworkbook {__version__}")
    subparsers = top.add_subparsers(title="commands", metavar="COMMAND")
    for name in COMMANDS:
        importlib.import_module(f"{__name__}.{name}").add(subparsers)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit status is 0 when all went well, 2 when something was refused."""
    try:
        arguments = parser().parse_args(argv)
        if not hasattr(arguments, "run"):
            complain("Which command? See pspworkbook --help.")
            return WRONG
        status = int(arguments.run(arguments))
        sys.stdout.flush()  # here, where a closed pipe can still be answered
        return status
    except SystemExit as done:  # --help, --version and refused arguments
        if isinstance(done.code, str):
            complain(done.code)
        return done.code if isinstance(done.code, int) else WRONG if done.code else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python would complain once more when it closes stdout.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
