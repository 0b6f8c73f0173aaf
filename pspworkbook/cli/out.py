"""What the command line prints: results on stdout, problems on stderr, whatever the terminal's encoding."""

import sys
from typing import TextIO


def say(text: str) -> None:
    """Print a result on stdout."""
    _write(text, sys.stdout)


def complain(text: str) -> None:
    """Print a problem on stderr, where it does not mix with the result."""
    _write(text, sys.stderr)


def plain(text: str) -> str:
    """Text from a file on one line, without what would move a terminal's cursor or colour it."""
    return "".join(char if char.isprintable() else " " for char in text)


def _write(text: str, stream: TextIO) -> None:
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:  # an old Windows console has no minus sign of its own
        for sign, stand_in in (("\u2212", "-"), ("\u201c", '"'), ("\u201d", '"'), ("£", "GBP ")):
            if not _can(sign, encoding):
                text = text.replace(sign, stand_in)
        text = text.encode(encoding, "replace").decode(encoding)
    print(text, file=stream)


def _can(sign: str, encoding: str) -> bool:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
