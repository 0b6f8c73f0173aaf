"""How many people might come, and is there room (AN-11)? Low, middle and high beside capacity. Pure functions."""

from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.records.analyse import Demand

FORMULA = "People who might come = how many there are × share who could use it × share of those who would come."
RULE = (
    f"{FORMULA} Worked out three times: with all low figures, all middle ones, all high ones. The real number may lie "
    "anywhere between the low and the high. The two ends of all groups together are wider than is likely, since not "
    "everything goes one way at once. Room is held against the range: enough for the high figure, for the middle, for "
    "the low, or not even for that."
)
VERDICTS = {
    "room": "Room even if many come",
    "tight": "Too little room if many come",
    "short": "Too little room for the middle estimate",
    "far": "Too little room even if few come",
    "": "Cannot be said yet",
}
MARKS = {"room": "✓", "tight": "●", "short": "▲", "far": "▲▲", "": "–"}
STEPS = ("low", "mid", "high")


@dataclass(frozen=True)
class Estimate:
    """People who might come, low, middle and high, beside how many there is room for; None where a figure is missing."""

    id: str
    group: str
    low: float | None
    mid: float | None
    high: float | None
    capacity: float | None

    @property
    def known(self) -> bool:
        """Whether all three numbers can be worked out, and in their order."""
        return None not in (self.low, self.mid, self.high) and self.low <= self.mid <= self.high  # type: ignore[operator]

    @property
    def verdict(self) -> str:
        """A key of :data:`VERDICTS`, by :data:`RULE`."""
        if not self.known or self.capacity is None:
            return ""
        for key, value in (("room", self.high), ("tight", self.mid), ("short", self.low)):
            if self.capacity >= value:  # type: ignore[operator]
                return key
        return "far"

    @property
    def words(self) -> str:
        """The verdict."""
        return VERDICTS[self.verdict]


def _people(row: Demand, step: str) -> float | None:
    eligible, takeup = getattr(row, f"eligible_{step}"), getattr(row, f"takeup_{step}")
    if row.population is None or eligible is None or takeup is None:
        return None
    return float(row.population * eligible * takeup)


def estimate(id_: str, row: Demand) -> Estimate:
    """The range of one group, by :data:`FORMULA`."""
    low, mid, high = (_people(row, step) for step in STEPS)
    return Estimate(id_, row.label(), low, mid, high, row.capacity)


def estimates(rows: Rows[Demand]) -> list[Estimate]:
    """The range of each group, in the order of the register."""
    return [estimate(id_, row) for id_, row in rows]


def whole(rows: Rows[Demand]) -> Estimate | None:
    """All groups together; None unless there are two or more and all of them can be worked out."""
    found = estimates(rows)
    if len(found) < 2 or not all(one.known for one in found):
        return None
    rooms = [one.capacity for one in found]
    low, mid, high = (sum(getattr(one, step) for one in found) for step in STEPS)
    room = None if None in rooms else sum(known for known in rooms if known is not None)
    return Estimate("", "All groups together", low, mid, high, room)


def gaps(rows: Rows[Demand]) -> Iterator[StageGap]:
    """Figures out of order, too little room without a plan, estimates without a source."""
    for id_, row in rows:
        for name, words in (("eligible", "the share who could use it"), ("takeup", "the share who would come")):
            given = [value for step in STEPS if (value := getattr(row, f"{name}_{step}")) is not None]
            if given != sorted(given):
                sentence = f"“{row.label()}”: {words} must rise from low to high."
                yield StageGap("AN-11", sentence, row.kind, id_, f"{name}_low")
        found = estimate(id_, row)
        if found.verdict in ("tight", "short", "far") and not row.plan:
            sentence = f"“{row.label()}”: {found.words[:1].lower() + found.words[1:]}. Say what you do then."
            yield StageGap("AN-11", sentence, row.kind, id_, "plan")
        if not row.source:
            yield StageGap("AN-11", f"“{row.label()}”: where do the figures come from?", row.kind, id_, "source")
