"""The communications plan (DO-2): what is due, who is forgotten, and what other registers ask to be said."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.words import day
from pspworkbook.records import Stakeholder, field_of
from pspworkbook.records.deliver import Communication
from pspworkbook.records.form import Expectation
from pspworkbook.records.risk import Blocker

RULE = (
    "Due: the first date that has not been done; where it comes again, the first date of its round after it was last "
    "done, where up to a quarter of a round early counts for the date ahead. Overdue: due before today. Forgotten: a group in the list of stakeholders for which nothing lies ahead "
    "(nothing due today or later, and nothing overdue)."
)
MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
EARLY_IN_A_WEEK, EARLY_IN_A_MONTH = 1, 7
"""Days: who does it that much before its date has done it for that date."""


def later(date: dt.date, months: int) -> dt.date:
    """The same day so many months later; where that month is shorter, its last day."""
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    first_after = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(date.day, (first_after - dt.timedelta(days=1)).day))


def next_due(row: Communication) -> dt.date | None:
    """The next date on which this is to be said; None when it has no date, is done, or has come to its end."""
    if not row.date or (row.frequency in (None, "once") and row.done):
        return None
    due, turn = row.date, 0
    early = EARLY_IN_A_WEEK if row.frequency == "weekly" else EARLY_IN_A_MONTH * MONTHS.get(row.frequency or "", 12)
    while row.done and due <= row.done + dt.timedelta(days=early):
        turn += 1
        if row.frequency == "weekly":
            weeks = max(turn, (row.done - row.date).days // 7)
            turn, due = weeks, row.date + dt.timedelta(weeks=weeks)
        else:  # counted from the first date, so that the 31st stays the 31st where there is one
            due = later(row.date, turn * MONTHS[row.frequency or "yearly"])
    return None if row.until and due > row.until else due


@dataclass(frozen=True)
class Due:
    """A communication with its next date, and whether that is past."""

    id: str
    row: Communication
    date: dt.date
    overdue: bool


def due(rows: Rows[Communication], today: dt.date) -> list[Due]:
    """All that is still to be said, the earliest first."""
    found = [Due(id_, row, date, date < today) for id_, row in rows if (date := next_due(row))]
    return sorted(found, key=lambda one: one.date)


def this_month(found: Iterable[Due], today: dt.date) -> list[Due]:
    """What is overdue, and what is due in the month of ``today``."""
    return [one for one in found if one.overdue or (one.date.year, one.date.month) == (today.year, today.month)]


def ticked(rows: Rows[Communication], today: dt.date) -> list[str]:
    """The identifiers of this month's list to tick off: what is still to do, then what was done this month."""
    left = [one.id for one in this_month(due(rows, today), today)]
    done = [
        (row.done, id_) for id_, row in rows
        if row.done and (row.done.year, row.done.month) == (today.year, today.month) and id_ not in left
    ]  # fmt: skip
    return [*left, *(id_ for _, id_ in sorted(done))]


def standing(row: Communication) -> str:
    """When it is due next and how often, or that it is done."""
    date = next_due(row)
    if date is None:
        return "Done" if row.done else "No date"
    often = field_of(Communication, "frequency").options.get(row.frequency or "once", "")
    return day(date) if row.frequency in (None, "once") else f"{day(date)}; {often.lower()}"


def tick(row: Communication, today: dt.date) -> str:
    """What to say of one that is waiting to be done, to whoever could tick it off; "" where nothing is waiting."""
    date = next_due(row)
    if date is None or not this_month([Due("", row, date, date < today)], today):
        return ""
    return (
        f"△ Overdue since {day(date)}." if date < today else "Due today." if date == today else f"Due on {day(date)}."
    )


def forgotten(
    groups: Rows[Stakeholder], found: Iterable[Due], importance: Mapping[str, float] | None = None
) -> list[tuple[str, Stakeholder]]:
    """The groups for whom nothing lies ahead, those that matter most first. ``importance``: middle rating by group."""
    heard = {one.row.stakeholder for one in found}
    rated = importance or {}
    silent = [(id_, group) for id_, group in groups if id_ not in heard]
    return sorted(silent, key=lambda pair: -rated.get(pair[0], 0))


def rated_words(id_: str, importance: Mapping[str, float]) -> str:
    """How much success depends on a group, as it was rated; "" while too few have rated it."""
    return f" (rated {importance[id_]:g} of 5 for importance)" if id_ in importance else ""


def gaps(
    rows: Rows[Communication],
    groups: Rows[Stakeholder],
    today: dt.date,
    importance: Mapping[str, float] | None = None,
) -> Iterator[StageGap]:
    """What is overdue, what nobody does, and who is forgotten, the most important first."""
    found = due(rows, today)
    for one in found:
        if one.overdue:
            yield StageGap("DO-2", f"“{one.row.label()}” was due on {day(one.date)}.", "communication", one.id, "done")
        if not one.row.owner:
            yield StageGap("DO-2", f"Nobody does “{one.row.label()}”.", "communication", one.id, "owner")
    for id_, group in forgotten(groups, found, importance):
        said = f"Nothing lies ahead for {group.label()}{rated_words(id_, importance or {})}."
        yield StageGap("DO-2", said, "communication", begin=(("stakeholder", id_),))


def offers(
    groups: Rows[Stakeholder],
    expectations: Rows[Expectation],
    blockers: Rows[Blocker],
    importance: Mapping[str, float],
) -> Iterator[Offer]:
    """Messages that other registers ask for. ``importance`` is the middle rating of a group; the highest come first."""
    for id_, row in expectations:
        values = {"stakeholder": row.stakeholder, "message": row.message, "channel": row.how, "owner": row.owner}
        values |= {"date": row.date, "done": row.done}
        yield Offer(origin_of("expectation", id_), f"Say: {row.label()}", "honest expectations, stage 3", values)
    for id_, blocker in blockers:
        if not blocker.settled:
            values = {
                "stakeholder": blocker.stakeholder,
                "message": (blocker.approach or blocker.blocker)[:290],
                "owner": blocker.owner,
            }
            yield Offer(origin_of("blocker", id_), f"Answer: {blocker.label()}", "blockers, stage 5", values)
    for id_, group in sorted(groups, key=lambda pair: -importance.get(pair[0], 0)):
        rated = rated_words(id_, importance)
        aim = f", towards support of {group.wanted} of 5" if group.wanted else ""
        values = {"stakeholder": id_, "message": purpose(group), "owner": group.moved_by, "frequency": "quarterly"}
        yield Offer(
            origin_of("stakeholder", id_), f"Keep {group.label()} informed{rated}{aim}", "stakeholders, stage 4", values
        )


def purpose(group: Stakeholder) -> str:
    """What a message to a group is, and what it is for: what they care about, and where we want them to be.

    How far they support it today is not in it: the plan is read by everybody.
    """
    care = " ".join(group.interest.split())
    about = (
        f"An answer to what {group.label()} care about: {care}"
        if care
        else f"How the service is going, for {group.label()}"
    )
    aim = f" (what for: their support at {group.wanted} of 5)" if group.wanted else ""
    room = 290 - len(aim)
    return (about if len(about) <= room else about[: room - 1].rstrip() + "…") + aim
