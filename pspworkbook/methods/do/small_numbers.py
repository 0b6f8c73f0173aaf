"""Small numbers: nobody is to be recognised in a table, a chart or a sentence, nor worked out by subtraction.

A hidden number says the same whatever it was: two workbooks that differ only in what is hidden show the same.
"""

from dataclasses import dataclass

from pspworkbook.records.fields import plain_number

FEWEST = 5
HIDDEN = f"fewer than {FEWEST}"
RULE = (
    f"A figure that tells about {HIDDEN} people is not shown, in tables, charts and sentences alike, and neither is "
    f"the other side of it: where all but a few of a group answered in one way, it says “all but {HIDDEN}”. No total, "
    "average or change is made from a hidden figure, so that nobody can find it by subtraction."
)
PEOPLE = ("people", "person", "persons", "residents", "users", "volunteers", "carers", "members", "trainees")
"""A unit that begins with one of these words counts people."""


@dataclass(frozen=True)
class Shown:
    """A figure as it may be seen: its text, and its value, which is None where it is hidden."""

    text: str
    value: float | None = None

    @property
    def hidden(self) -> bool:
        """Whether the figure itself is kept back."""
        return self.value is None


def count_of(count: float | None, of: float | None) -> Shown:
    """A number of people out of a group, by :data:`RULE`. A group of an unknown or an impossible size shows nothing."""
    if count is None or of is None:
        return Shown("not known")
    if of < FEWEST:
        return Shown(f"{HIDDEN} people asked")
    if count > of:
        return Shown("more than were asked; look at the entry")
    if count < FEWEST:
        return Shown(f"{HIDDEN} of {plain_number(of)}")
    if of - count < FEWEST:
        return Shown(f"all but {HIDDEN} of {plain_number(of)}")
    return Shown(f"{plain_number(count)} of {plain_number(of)}", count)


def counts_people(unit: str) -> bool:
    """Whether a unit begins with a word for people."""
    words = unit.casefold().split()
    return bool(words) and words[0] in PEOPLE


def figure(value: float | None, n: float | None, unit: str = "", counts: bool | None = None) -> Shown:
    """One reading, by :data:`RULE`. ``n`` is how many people it tells about; without it nothing is shown.

    ``counts`` says whether the value is itself a number of those people (and not, say, friends that each has). While
    nobody has said, a unit that begins with a word for people is taken for one: the safe side.
    """
    if value is None:
        return Shown("not known")
    if n is None:
        return Shown("not shown: nobody has said from how many people")
    if counts or (counts is None and counts_people(unit)):
        return count_of(value, n)
    if n < FEWEST:
        return Shown(f"not shown: {HIDDEN} people")
    return Shown(f"{plain_number(value)} {unit}".strip(), value)


def held_back(value: float | None, n: float | None, unit: str = "", counts: bool | None = None) -> str:
    """For whoever enters a reading: that it is not shown, why, and what to enter so that it is; "" where it is shown."""
    shown = figure(value, n, unit, counts)
    if value is None or not shown.hidden:
        return ""
    if n is None:
        return (
            "Not shown yet, in no chart, sentence or file: enter “From how many people”. For a number of people that is "
            "how many they are counted from: 27, if it is 20 of 27. For anything else, how many people it tells about."
        )
    if n < FEWEST:
        return f"Kept, but not shown: a figure about {HIDDEN} people could show who they are."
    return f"Kept, but shown as “{shown.text}” only: with fewer, somebody could be recognised."
