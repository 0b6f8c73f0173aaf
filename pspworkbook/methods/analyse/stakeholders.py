"""The stakeholder map: how much success depends on each group, and how far it supports it, as several people see it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, Spread, spread
from pspworkbook.methods.findings import Rows
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import Answer, Stakeholder

BALLOT = "stakeholder-map"
STEPS = (1, 2, 3, 4, 5)
RULE = (
    "Matters most, supports least: the middle of the ratings of importance is 4 or 5, and the middle of support is 2 or "
    "less, or a quarter of those who rated see it at 2 or less. Nothing is said of a group that fewer than "
    f"{ENOUGH_TO_SAY} people rated."
)


@dataclass(frozen=True)
class Placed:
    """A stakeholder with the spread of its ratings; ``act`` says that it matters most and supports least."""

    id: str
    name: str
    importance: Spread
    support: Spread

    @property
    def known(self) -> bool:
        """Whether enough people have rated both."""
        return min(self.importance.n, self.support.n) >= ENOUGH_TO_SAY

    @property
    def act(self) -> bool:
        """By :data:`RULE`."""
        if not self.known:
            return False
        low = self.support.lower if self.support.lower is not None else 5
        return (self.importance.median or 0) >= 4 and ((self.support.median or 5) <= 2 or low <= 2)


def placed(stakeholders: Rows[Stakeholder], answers: Sequence[Answer]) -> list[Placed]:
    """Every stakeholder with its ratings of the latest round, those to act on first."""
    mine = [answer for answer in answers if answer.ballot == BALLOT]
    latest = 2 if any(answer.round == 2 for answer in mine) else 1

    def rated(id_: str, part: str) -> Spread:
        last = {
            answer.sheet: answer.value for answer in mine if answer.item == f"{id_}.{part}" and answer.round == latest
        }
        return spread(list(last.values()), STEPS)

    found = [Placed(id_, row.label(), rated(id_, "importance"), rated(id_, "support")) for id_, row in stakeholders]
    return sorted(
        found, key=lambda one: (not one.act, -(one.importance.median or 0), one.support.median or 0, one.name)
    )


def blockers(found: Sequence[Placed]) -> Iterator[Offer]:
    """Those who matter most and support least, as something to meet before it stands in the way."""
    for one in found:
        if one.act:
            words = f"{one.name} matter a great deal, and do not support it yet"
            yield Offer(
                origin_of("stakeholder", one.id, "support"),
                words,
                "the stakeholder map",
                {"blocker": words, "stakeholder": one.id},
            )
