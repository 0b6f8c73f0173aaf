"""The review calendar: counted back from the last day, so that nobody's support breaks while something is decided."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.links.same_step import RULE as SAME_RULE
from pspworkbook.methods.links.same_step import Procurement, is_procurement
from pspworkbook.methods.words import day
from pspworkbook.records.review import ReviewPlan, ReviewPoint

RULE = (
    "The last step must be done on the last day; each step must be done before the next one begins. A step’s latest safe "
    "start is its end less the weeks that it takes. Steps after a procurement whose contract starts later than that must be "
    "done on the day before the contract starts. The list is in the order in which the steps must begin. “Now” is said of a "
    "step whose time has come, “soon” of one that must begin within four weeks. When that day has passed and the step is not done, there is not enough "
    "time left: shorten it, or make the support last longer. " + SAME_RULE
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
    """``done``, ``too late`` (it cannot be finished in time any more), ``now``, ``soon`` (within four weeks), ``later``."""
    planned: bool = False
    """Its days are those of the steps to the contract in stage 5, not counted back here."""
    clash: str = ""
    """What stage 5 says that cannot be kept here; "" where the two agree."""


def calendar(
    plan: ReviewPlan, points: Rows[ReviewPoint], today: dt.date, planned: Procurement | None = None
) -> list[Due]:
    """The steps in the order in which they must begin, each with its latest safe days; nothing without an end.

    ``planned``: the procurement as stage 5 times it. There is one source of its dates, so its weeks here do not count.
    """
    if plan.ends is None:
        return []
    ordered = sorted(points, key=lambda pair: pair[1].order if pair[1].order is not None else 10**6)
    found: list[Due] = []
    end = plan.ends
    if planned is not None and any(is_procurement(point) for _, point in ordered):
        end = max(end, planned.last)  # what is bought takes over on the day after: until then the rest must be ready
    for id_, point in reversed(ordered):
        if planned is not None and is_procurement(point):
            found.append(_as_planned(id_, point, planned, plan.ends, today))
            end, planned = min(planned.left, end), None  # another step of that kind is counted back
            continue
        start = end - dt.timedelta(weeks=point.weeks or 0)
        state = "done" if point.done else "too late" if start < today else _state(start, today)
        found.append(Due(id_, point.label(), start, end, point.done is not None, state))
        end = start
    found.reverse()
    return sorted(found, key=lambda one: (one.start, one.end))


def _as_planned(id_: str, point: ReviewPoint, planned: Procurement, ends: dt.date, today: dt.date) -> Due:
    """The procurement with the dates of stage 5. What follows it here may run beside it: a hand-over, for instance."""
    late = planned.late or (planned.start < today and not planned.begun)
    state = "done" if point.done else "too late" if late else _state(planned.start, today)
    clash = ""
    if planned.end > ends + dt.timedelta(days=1):
        clash = (
            f"Stage 5 lets the contract start on {day(planned.end)}, but what there is now ends on {day(ends)}: "
            "nobody is supported in between. Change one of the two."
        )
    return Due(id_, point.label(), planned.start, planned.last, bool(point.done), state, True, clash)


def _state(start: dt.date, today: dt.date) -> str:
    return "now" if start <= today else "soon" if start <= today + dt.timedelta(weeks=4) else "later"


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


def gaps(
    plan: ReviewPlan, points: Rows[ReviewPoint], today: dt.date, planned: Procurement | None = None
) -> list[StageGap]:
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
    found = []
    for one in calendar(plan, points, today, planned):
        if one.state == "too late":
            sentence = f"“{one.what}” should have begun by {day(one.start)}."
            if one.planned and one.start >= today:
                sentence = f"“{one.what}”: a step to the contract (stage 5) is late."
            found.append(StageGap("RV-1", sentence, "review_point", one.id, "weeks"))
        if one.clash and not one.done:
            found.append(StageGap("RV-1", f"“{one.what}”: {one.clash}", "review_point", one.id, "weeks"))
    return found
