"""Days of the plan as a calendar file (RFC 5545) that any calendar takes; taken again, it changes what it made before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from icalendar import Calendar
from icalendar import Event as CalendarEvent

MEDIA = "text/calendar;charset=utf-8"


@dataclass(frozen=True)
class Event:
    """Something on one or more whole days; ``uid`` stays the same when the event is written again."""

    uid: str
    title: str
    first: dt.date
    last: dt.date
    about: str = ""


def ics(events: Sequence[Event], made: dt.datetime, name: str) -> bytes:
    """The file's bytes. ``made`` is in UTC. The end of an event is the day after its last one, as the standard says.

    Days that are the wrong way round are put in their order. Raises ValueError without any event: the standard has no
    empty calendar.
    """
    if not events:
        raise ValueError("A calendar file needs at least one day.")
    calendar = Calendar()
    calendar.add("prodid", "-//PSP workbook//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _clean(name))
    for event in events:
        first, last = sorted((event.first, event.last))
        entry = CalendarEvent()
        entry.add("uid", event.uid)
        entry.add("dtstamp", made.replace(tzinfo=dt.UTC))
        entry.add("dtstart", first)
        entry.add("dtend", last + dt.timedelta(days=1))
        entry.add("summary", _clean(event.title))
        if event.about:
            entry.add("description", _clean(event.about))
        entry.add("transp", "TRANSPARENT")  # a task of three months does not make its owner busy for three months
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _clean(text: str) -> str:
    """The text without the control characters that no calendar may hold; lines stay lines."""
    return "".join(char for char in text if char == "\n" or (ord(char) >= 32 and ord(char) != 127))
