"""What the rules of stage 5 need to know, read from the workbook."""

import datetime as dt
from collections.abc import Sequence

from pspworkbook.methods.findings import StageGap
from pspworkbook.methods.plan.gaps_more import gaps_more
from pspworkbook.stages.facts.plan_more import more_facts
from pspworkbook.widgets.snapshot import Snapshot


def gaps(now: Snapshot) -> Sequence[StageGap]:
    """What still stands in the way of “Plan”."""
    return list(gaps_more(more_facts(now), dt.date.today()))
