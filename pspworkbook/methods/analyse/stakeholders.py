"""The stakeholder map: how much success depends on each group, and how far it supports it, as several people see it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, Spread, plain, spread
from pspworkbook.methods.findings import Rows
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import Answer, Stakeholder

BALLOT = "stakeholder-map"
PARTS = ("importance", "support")
STEPS = (1, 2, 3, 4, 5)
MATTERS = 4
"""A stakeholder matters much where the middle of the ratings of its importance is this or more."""
LOW = 2
"""Support is low where the middle of its ratings is this or less."""
RULE = (
    "Matters most, supports least: the middle of the ratings of importance is 4 or 5, and the middle of support is 2 or "
    "less, or a quarter of those who rated see it at 2 or less. Nothing is said of a group that fewer than "
    f"{ENOUGH_TO_SAY} people rated."
)


@dataclass(frozen=True)
class Placed:
    """A stakeholder with the spread of its ratings; ``act`` says that it matters most and supports least.

    ``pairs`` holds (importance, support) of everybody who rated both, in the order of the numbers, so that nobody's
    place in the list tells who it was.
    """

    id: str
    name: str
    importance: Spread
    support: Spread
    pairs: tuple[tuple[int, int], ...] = ()
    wanted: int | None = None

    @property
    def known(self) -> bool:
        """Whether enough people have rated both."""
        return min(self.importance.n, self.support.n) >= ENOUGH_TO_SAY

    @property
    def act(self) -> bool:
        """By :data:`RULE`."""
        if not self.known:
            return False
        lower = self.support.lower if self.support.lower is not None else 5
        return (self.importance.median or 0) >= MATTERS and (self.low or lower <= LOW)

    @property
    def low(self) -> bool:
        """Whether the middle of the ratings of support is low; otherwise it is only some who see it so."""
        return (self.support.median or 5) <= LOW

    @property
    def words(self) -> str:
        """Where it stands, as one sentence; the text alternative of its place on the grid."""
        if not self.known:
            n = min(self.importance.n, self.support.n)
            return f"{self.name}: {'nobody has' if not n else '1 person has' if n == 1 else f'{n} people have'} rated both, too few to say."
        sides = ", ".join(f"{part} {in_words(getattr(self, part))}" for part in PARTS)
        aim = f" Wanted: support {self.wanted}." if self.wanted else ""
        return f"{self.name}: {sides}.{aim}{' ' + self.why if self.act else ''}"

    @property
    def why(self) -> str:
        """Why it is among those to act on."""
        return (
            "Matters most, supports least."
            if self.low
            else "Matters most; views of its support differ, and some see little."
        )


def in_words(found: Spread) -> str:
    """The middle, the middle half of enough ratings, and the whole range: ``4 (middle half 2 to 4, all 1 to 5)``."""
    half = f"middle half {_to(found.lower, found.upper)}, " if found.has_half else ""
    return f"{plain(found.median)} ({half}all {_to(found.minimum, found.maximum)})"


def _to(low: float | None, high: float | None) -> str:
    return plain(low) if low == high else f"{plain(low)} to {plain(high)}"


def rounds_rated(answers: Iterable[Answer]) -> tuple[int, ...]:
    """The rounds in which somebody has rated a stakeholder, the first one first."""
    return tuple(sorted({answer.round for answer in answers if answer.ballot == BALLOT}))


def placed(stakeholders: Rows[Stakeholder], answers: Sequence[Answer], round: int | None = None) -> list[Placed]:
    """Every stakeholder with its ratings of one round, those to act on first.

    Without ``round``, it is for each stakeholder the latest round in which enough people rated it.
    """
    last: dict[tuple[str, str, int], dict[str, int | None]] = {}
    for answer in answers:
        id_, _, part = answer.item.rpartition(".")
        if answer.ballot == BALLOT and part in PARTS and answer.value in (None, *STEPS):
            last.setdefault((id_, part, answer.round), {})[answer.sheet] = answer.value
    used = sorted({number for _, _, number in last}, reverse=True) if round is None else [round]

    def one(id_: str, row: Stakeholder, number: int) -> Placed:
        importance, support = (last.get((id_, part, number), {}) for part in PARTS)
        both = ((value, support.get(sheet)) for sheet, value in importance.items())
        pairs = sorted((value, other) for value, other in both if value is not None and other is not None)
        first, second = (spread(side.values(), STEPS) for side in (importance, support))
        return Placed(id_, row.label(), first, second, tuple(pairs), row.wanted_support)

    def latest(id_: str, row: Stakeholder) -> Placed:
        found = [one(id_, row, number) for number in used]
        return next((it for it in found if it.known), found[0] if found else one(id_, row, 1))

    return sorted(
        (latest(id_, row) for id_, row in stakeholders),
        key=lambda it: (not it.act, -(it.importance.median or 0), it.support.median or 0, it.name),
    )


def middles(stakeholders: Rows[Stakeholder], answers: Sequence[Answer], part: str) -> dict[str, float]:
    """The median of one part (``importance`` or ``support``) by stakeholder; none where too few have rated it."""
    found: dict[str, float] = {}
    rated = [answer for answer in answers if answer.ballot == BALLOT]
    for number in rounds_rated(rated):  # a later round stands in place of an earlier one
        for one in placed(stakeholders, rated, number):
            side: Spread = getattr(one, part)
            if side.n >= ENOUGH_TO_SAY and side.median is not None:
                found[one.id] = side.median
    return found


def blockers(found: Sequence[Placed], rows: Mapping[str, Stakeholder] | None = None) -> Iterator[Offer]:
    """Those who matter most and support least, as something to meet before it stands in the way.

    ``rows`` are the stakeholders by identifier: what they fear and what is done about it go along. The origin is the
    same as that of the offers in stage 5, so that nobody is offered twice.
    """
    for one in found:
        if one.act:
            words = f"Much depends on “{one.name}”, and {'support is low' if one.low else 'some see little support'}"
            row = (rows or {}).get(one.id, Stakeholder())
            values = {"blocker": words[:290], "stakeholder": one.id, "type": "blocker"}
            values |= {"concern": row.interest, "approach": row.approach, "owner": row.moved_by}
            yield Offer(origin_of("stakeholder", one.id), words, "the stakeholder map", values)
