"""Days of the plan as a calendar file (RFC 5545) that any calendar takes; taken again, it changes what it made before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

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
    """The file's bytes. ``made`` is in UTC. The end of an event is the day after its last one, as the standard says."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//PSP workbook//EN", f"X-WR-CALNAME:{_text(name)}"]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(event.uid)}",
            f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{event.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.last + dt.timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(event.title)}",
            *([f"DESCRIPTION:{_text(event.about)}"] if event.about else []),
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"]).encode("utf-8")


def _text(text: str) -> str:
    clean = "".join(char for char in text if char == "\n" or ord(char) >= 32)
    return clean.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line of at most 75 bytes, continued on lines that begin with a blank; no character is cut in two."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode("utf-8"))
        if size + width > 75:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"
