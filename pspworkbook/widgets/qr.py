"""A QR code as the outline of an SVG path, so that the page builds it without markup from a string."""

import segno

from pspworkbook.workbook.errors import WorkbookError

LONGEST = 300
QUIET = 4
"""The margin that readers need, in modules."""


def qr_path(address: str) -> tuple[str, int]:
    """The dark modules as a path, and the width of the whole with its margin. Raises WorkbookError for no web address."""
    if not address.startswith(("http://", "https://")) or len(address) > LONGEST or not address.isprintable():
        raise WorkbookError("Write the address as http://192.168.1.20:8866, as a phone would have to type it.")
    steps = []
    matrix = segno.make(address, error="m", micro=False).matrix
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:
                steps.append(f"M{x + QUIET} {y + QUIET}h{run - x}v1h-{run - x}z")
            x = run + 1
    return "".join(steps), len(matrix) + 2 * QUIET
