"""What the rules of stage 7 need to know, read from the workbook."""

from collections.abc import Sequence

from pspworkbook.methods.findings import StageGap
from pspworkbook.widgets.snapshot import Snapshot


def gaps(now: Snapshot) -> Sequence[StageGap]:
    """What still stands in the way of “Review”."""
    return []
