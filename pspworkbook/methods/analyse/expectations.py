"""Where the public side and the third sector expect different things (AN-13). Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from pspworkbook.guide.ballots import Ballot
from pspworkbook.methods.ballots.ballot_results import counted
from pspworkbook.methods.ballots.spread import FOLD_BELOW, Spread, plain, spread
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import Answer

BALLOT = "expectations"
APART = 1.5
SIDES = {"public": "the public side", "third": "the third sector"}
RULE = (
    "The medians of the two sectors are set side by side, each only when at least "
    f"{FOLD_BELOW} of it answered, so that nobody can be picked out. {APART} steps or more apart count as a mismatch. "
    "The spread inside each sector is shown too: a sector that does not agree with itself cannot be told apart by its median."
)


@dataclass(frozen=True)
class Mismatch:
    """One expectation as each sector sees it; ``apart`` is the public median less the third sector's."""

    item: str
    label: str
    public: Spread
    third: Spread

    @property
    def apart(self) -> float:
        """How many steps the medians lie apart; above zero when the public side expects more."""
        return (self.public.median or 0) - (self.third.median or 0)

    @property
    def far(self) -> bool:
        """Whether it is a mismatch, by :data:`RULE`."""
        return abs(self.apart) >= APART

    @property
    def words(self) -> str:
        """One sentence."""
        if not self.apart:
            return "Both see it alike."
        more, less = ("public", "third") if self.apart > 0 else ("third", "public")
        return f"{SIDES[more].capitalize()} agrees more than {SIDES[less]}, by {plain(abs(self.apart))}."


def compared(ballot: Ballot, answers: Sequence[Answer]) -> list[Mismatch]:
    """Each item with enough answers of both sectors, the furthest apart first; the latest round that has any."""
    for number in (3, 2, 1):
        here = counted(ballot, answers, number)
        found = []
        for question in ballot.questions:
            by = {
                side: [one.value for one in here if one.item == question.key and one.sector == side and one.value]
                for side in SIDES
            }
            if all(len(values) >= FOLD_BELOW for values in by.values()):
                both = (spread(by[side], ballot.values) for side in SIDES)
                found.append(Mismatch(question.key, question.label, *both))
        if found:
            return sorted(found, key=lambda one: -abs(one.apart))
    return []


def offers(found: Sequence[Mismatch]) -> list[Offer]:
    """A difference to settle from each mismatch."""
    return [
        Offer(origin_of("ballot", f"{BALLOT}", one.item), f"{one.label} {one.words}", "expectations between sectors", {
            "expectation": one.label[:300],
            "public_view": f"Median {plain(one.public.median or 0)}", "third_view": f"Median {plain(one.third.median or 0)}",
        })
        for one in found if one.far
    ]  # fmt: skip
