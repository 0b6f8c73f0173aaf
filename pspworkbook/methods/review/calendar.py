"""The review calendar: counted back from the last day, so that nobody's support breaks while something is decided."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.words import day
from pspworkbook.records.review import ReviewPlan, ReviewPoint

RULE = (
    "The last step must be done on the last day; each step must be done before the next one begins. A step’s latest safe "
    "start is its end less the weeks that it takes. When that day has passed and the step is not done, there is not enough "
    "time left: shorten it, or make the support last longer."
)
USUAL = (("Evaluate what happened", 8), ("Decide on what follows", 4), ("Write it into the design", 6), ("Procure, or agree to go on", 16), ("Prepare the new service, and tell everybody", 8))  # fmt: skip
"""Steps to begin with; how long each takes here is for the partnership to say."""


@dataclass(frozen=True)
class Due:
    """A step with the last safe days for its beginning and its end."""

    id: str
    what: str
    start: dt.date
    end: dt.date
    done: bool
    state: str
    """``done``, ``too late`` (it cannot be finished in time any more), ``now``, or ``later``."""


def calendar(plan: ReviewPlan, points: Rows[ReviewPoint], today: dt.date) -> list[Due]:
    """The steps in their order, each with its latest safe days; nothing without an end or without weeks."""
    if plan.ends is None:
        return []
    ordered = sorted(points, key=lambda pair: pair[1].order if pair[1].order is not None else 10**6)
    found: list[Due] = []
    end = plan.ends
    for id_, point in reversed(ordered):
        start = end - dt.timedelta(weeks=point.weeks or 0)
        state = (
            "done"
            if point.done
            else "too late"
            if start < today
            else "now"
            if start <= today + dt.timedelta(weeks=4)
            else "later"
        )
        found.append(Due(id_, point.label(), start, end, point.done is not None, state))
        end = start
    return found[::-1]


def in_words(due: Sequence[Due], today: dt.date) -> str:
    """Whether there is still time, in one sentence."""
    late = [one for one in due if one.state == "too late"]
    if not due:
        return "Say when it ends and what has to be done before, and the dates stand here."
    if late:
        first = late[0]
        short = (today - first.start).days
        days = "1 day" if short == 1 else f"{short} days"
        return f"There is not enough time left: “{first.what}” should have begun {days} ago, on {day(first.start)}."
    left = [one for one in due if not one.done]
    return f"There is time: “{left[0].what}” must begin by {day(left[0].start)}." if left else "Every step is done."


def gaps(plan: ReviewPlan, points: Rows[ReviewPoint], today: dt.date) -> list[StageGap]:
    """No end, no steps, or steps that cannot be done in time."""
    if plan.ends is None:
        return [
            StageGap(
                "RV-1",
                "Say on which day it ends. All dates are counted back from it.",
                "review_plan",
                "review_plan",
                "ends",
            )
        ]
    if not points:
        return [StageGap("RV-1", "List what has to be done before it ends.", "review_point")]
    return [
        StageGap("RV-1", f"“{one.what}” should have begun by {day(one.start)}.", "review_point", one.id, "weeks")
        for one in calendar(plan, points, today)
        if one.state == "too late"
    ]
