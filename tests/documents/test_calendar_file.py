"""The calendar file: read back by a parser, whatever was typed, and by the letter of the standard."""

import datetime as dt

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pspworkbook.documents.calendar_file import Event, ics

MADE = dt.datetime(2026, 11, 1, 9)
DAY = dt.date(2026, 12, 11)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def visible(text: str) -> str:
    return "".join(char for char in text if char == "\n" or (ord(char) >= 32 and ord(char) != 127))


@given(words, words)
def test_a_calendar_takes_any_words(title: str, about: str) -> None:
    """A parser reads back what was written; the last day is included; no line is longer than the standard allows."""
    data = ics([Event("1@x", title, DAY, DAY, about)], MADE, "Plan")
    [event] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == visible(title)
    assert str(event.get("DESCRIPTION", "")) == visible(about)
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (DAY, DAY + dt.timedelta(days=1))
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 for line in lines)
    assert b"\n" not in data.replace(b"\r\n", b"") and b"\r" not in data.replace(b"\r\n", b"")


def test_what_the_standard_asks_of_each_event() -> None:
    data = ics([Event("task-1@club.psp", "A, b; c\\d", DAY, DAY - dt.timedelta(days=3))], MADE, "Club")
    [event] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert (event["UID"], event.decoded("DTSTAMP")) == ("task-1@club.psp", MADE.replace(tzinfo=dt.UTC))
    assert event.decoded("DTSTART") < event.decoded("DTEND"), "days the wrong way round are put in their order"
    assert b"VERSION:2.0" in data and b"PRODID:" in data and b"DTSTAMP:20261101T090000Z" in data
    assert b"SUMMARY:A\\, b\\; c\\\\d" in data


def test_no_calendar_is_empty() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        ics([], MADE, "Plan")
