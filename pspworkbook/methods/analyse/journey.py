"""A customer journey in figures (AN-5): hand-overs, waits, lowest points, and both versions side by side. Pure functions.

The guide's own table is lost (lines 1568-1583): these rules are ours, and the page prints them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, number_of, same_name
from pspworkbook.records.journey import FEELINGS, JourneyStep, show_time

RULE = (
    "Steps count in the order of their places. A hand-over is counted wherever a step belongs to another organisation "
    "than the last step that had one: steps that people take on their own in between do not hide it. Waits and times are "
    "added up as they are; a step for which none is given is said to be missing, and never counts as none. The lowest "
    "points are the steps with the worst feeling, if it is below zero. Feelings are never averaged. A step is outside "
    "our control where somebody says so."
)
Steps = Sequence[tuple[str, JourneyStep]]
VERSIONS = {"now": "As it is", "wanted": "As it should be"}


def steps_of(rows: Rows[JourneyStep], journey: str | None, version: str) -> list[tuple[str, JourneyStep]]:
    """The steps of one version of one journey, in order; those without a place come last, as they were made."""
    chosen = [(id_, row) for id_, row in rows if row.journey == journey and row.version == version]
    return sorted(chosen, key=lambda pair: (pair[1].order is None, pair[1].order or 0))


def feeling(step: JourneyStep) -> int | None:
    """The feeling as a number from -2 to 2; None where nobody has said."""
    return None if step.feeling is None else int(step.feeling)


def feeling_words(step: JourneyStep) -> str:
    """``Very bad``, or a dash."""
    return FEELINGS[step.feeling] if step.feeling else "–"


@dataclass(frozen=True)
class HandOver:
    """Between which steps (their numbers, from 0) one organisation hands over to another."""

    before: int
    after: int
    giver: str
    taker: str


def hand_overs(steps: Steps) -> list[HandOver]:
    """Every hand-over between organisations by :data:`RULE`. Differences of case and blanks make no other organisation."""
    found: list[HandOver] = []
    last = None
    for place, (_, step) in enumerate(steps):
        if not step.organisation:
            continue
        if last is not None and same_name(steps[last][1].organisation) != same_name(step.organisation):
            found.append(HandOver(last, place, steps[last][1].organisation, step.organisation))
        last = place
    return found


@dataclass(frozen=True)
class Figures:
    """One version of a journey in figures. Lengths of time are in minutes; ``unknown_waits`` counts steps without one."""

    steps: int
    hand_overs: int
    organisations: tuple[str, ...]
    wait: float
    unknown_waits: int
    takes: float
    outside: int
    lowest: tuple[int, ...]
    lowest_feeling: int | None

    @property
    def wait_words(self) -> str:
        """``5 weeks``, ``at least 5 weeks`` where a wait is not known, a dash where none is."""
        if self.unknown_waits == self.steps:
            return "–"
        return f"at least {long_time(self.wait)}" if self.unknown_waits and self.wait else long_time(self.wait)


def figures(steps: Steps) -> Figures:
    """The figures of one version by :data:`RULE`; ``lowest`` holds the numbers of the lowest steps, from 0."""
    feelings = [feeling(step) for _, step in steps]
    known = [value for value in feelings if value is not None]
    low = min(known) if known else None
    names: dict[str, str] = {}
    for _, step in steps:
        if step.organisation:
            names.setdefault(same_name(step.organisation), step.organisation)
    return Figures(
        steps=len(steps),
        hand_overs=len(hand_overs(steps)),
        organisations=tuple(names.values()),
        wait=sum(step.wait or 0 for _, step in steps),
        unknown_waits=sum(step.wait is None for _, step in steps),
        takes=sum(step.takes or 0 for _, step in steps),
        outside=sum(step.outside is True for _, step in steps),
        lowest=tuple(place for place, value in enumerate(feelings) if low is not None and low < 0 and value == low),
        lowest_feeling=low,
    )


def long_time(minutes: float) -> str:
    """A sum of times in its two largest units: ``5 weeks 2 days``, ``1 hour 20 minutes``. What is smaller is left out."""
    parts: list[str] = []
    left = minutes
    for unit, size in (("week", 10_080), ("day", 1440), ("hour", 60), ("minute", 1)):
        count, left = divmod(left, size)
        if count and len(parts) < 2:
            parts.append(number_of(int(count), unit))
        elif parts:
            break
    return " ".join(parts) or show_time(minutes)


def in_words(steps: Steps) -> str:
    """One version in a sentence: ``8 steps, 4 hand-overs between 4 organisations, 5 weeks of waiting; lowest at “…”``."""
    if not steps:
        return "no steps yet"
    found = figures(steps)
    said = f"{number_of(found.steps, 'step')}, {number_of(found.hand_overs, 'hand-over')}"
    if found.organisations:
        said += f" between {number_of(len(found.organisations), 'organisation')}"
    waited = found.wait_words
    if found.wait or not found.unknown_waits:
        said += f", {'no' if waited == 'none' else waited + ' of'} waiting"
    if found.outside:
        said += f", {number_of(found.outside, 'step')} outside our control"
    if found.lowest:
        low = " and ".join(f"“{steps[place][1].what}”" for place in found.lowest[:2])
        more = f" and {len(found.lowest) - 2} more" if len(found.lowest) > 2 else ""
        said += f"; lowest at {low}{more}"
    return said


# Both versions side by side ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """What stands above one another in the picture: the number of a step of today, and of a step as it should be."""

    now: int | None
    wanted: int | None


def columns(now: Steps, wanted: Steps) -> list[Column]:
    """Both versions in columns: every step once, each version in its own order.

    A step stands under the one that it came from wherever that leaves both in order; of several ways the one with the
    most such pairs is taken, so that a moved step stands on its own.
    """
    place = {id_: number for number, (id_, _) in enumerate(now)}
    linked = [
        (place[step.came_from or ""], number) for number, (_, step) in enumerate(wanted) if step.came_from in place
    ]
    found: list[Column] = []
    done_now = done_wanted = 0
    for to_now, to_wanted in [*_longest_chain(linked), (len(now), len(wanted))]:
        found += [Column(one, None) for one in range(done_now, to_now)]
        found += [Column(None, one) for one in range(done_wanted, to_wanted)]
        if to_now < len(now):
            found.append(Column(to_now, to_wanted))
        done_now, done_wanted = to_now + 1, to_wanted + 1
    return found


def _longest_chain(linked: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs that rise in both numbers; ``linked`` rises in the second one already."""
    best: list[list[tuple[int, int]]] = []  # for each pair the longest chain that ends with it
    for pair in linked:
        before = [chain for chain in best if chain[-1][0] < pair[0]]
        best.append([*max(before, key=len, default=[]), pair])
    return max(best, key=len, default=[])


@dataclass(frozen=True)
class Pair:
    """A step of today and what becomes of it. ``now`` is None for a new step, ``wanted`` None for one that goes."""

    now: tuple[str, JourneyStep] | None
    wanted: tuple[str, JourneyStep] | None
    moved: bool = False


def compare(now: Steps, wanted: Steps) -> list[Pair]:
    """Every step as it should be beside the one that it came from, and the steps of today that go, in order."""
    known = dict(now)
    followed = {step.came_from for _, step in wanted}
    found = []
    for column in columns(now, wanted):
        if column.wanted is None:
            step = now[column.now or 0]
            if step[0] not in followed:
                found.append(Pair(step, None))
            continue
        after = wanted[column.wanted]
        source = after[1].came_from or ""
        before = (source, known[source]) if source in known else None
        found.append(Pair(before, after, moved=before is not None and column.now is None))
    return found


def chosen_steps(rows: Rows[JourneyStep], journey: str | None) -> tuple[Steps, Steps]:
    """Both versions of one journey."""
    return steps_of(rows, journey, "now"), steps_of(rows, journey, "wanted")


def copies(rows: Rows[JourneyStep], journey: str | None) -> Iterator[dict[str, object]]:
    """For each step of today that no wanted step came from, a wanted one to begin with, in the place that it has.

    What is hard about a step and the ideas for it stay with today's: the comparison shows them beside the new step.
    """
    now, wanted = chosen_steps(rows, journey)
    followed = {step.came_from for _, step in wanted}
    for id_, step in now:
        if id_ not in followed:
            yield step.body() | {"version": "wanted", "came_from": id_, "pain": "", "idea": "", "origin": ""}


def next_round(rows: Rows[JourneyStep], journey: str, earlier: str) -> Iterator[dict[str, object]]:
    """The steps with which a new round begins: what was wanted of the earlier journey is now how it is."""
    taken = {step.came_from for _, step in steps_of(rows, journey, "now")}
    for id_, step in steps_of(rows, earlier, "wanted"):
        if id_ not in taken:
            yield step.body() | {"journey": journey, "version": "now", "came_from": id_, "idea": "", "origin": ""}
