"""Risks and issues: their score from what several people said, the matrix, and what nobody sees to. Pure functions."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, VERDICTS, Spread, plain, spread
from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.records import Answer, field_of
from pspworkbook.records.risk import Risk

BALLOT = "risk-rating"
SCALE = (1, 2, 3, 4, 5)
HIGH, MIDDLE = 12, 6
SCORE_RULE = (
    "Everybody rates alone, from 1 to 5, how likely a risk is and how bad it would be. The score is the median of the "
    "one times the median of the other, so from 1 to 25. High: "
    f"{HIGH} or more. Medium: {MIDDLE} or more. Low: below. The scores of the people who rated both lie in a range, and "
    f"that is shown beside it. With fewer than {ENOUGH_TO_SAY} people there is no score. For an issue, which has "
    "happened, only its impact is asked in earnest: look at that column."
)
TALK_RULE = (
    "To talk about: risks where the middle half of the answers, on likelihood or on impact, is two steps wide or more, "
    "the widest first; or where views are split. A wide spread often means that somebody knows something."
)
RULE = (
    "Named here: an open risk or issue that nobody sees to, has no date on which it is looked at again, is past that "
    "date, or has no answer; an open issue; a risk whose cause, event and effect are not told apart. What is closed is "
    "left alone. Risks are shared with all partners."
)
LEVELS = {"high": "▲ High", "medium": "△ Medium", "low": "○ Low", "": "Not rated yet"}


@dataclass(frozen=True)
class Rating:
    """What people say of one risk. ``score`` and ``low``..``high`` are None until enough people have answered."""

    id: str
    risk: Risk
    likelihood: Spread
    impact: Spread
    score: float | None
    lowest: float | None
    highest: float | None

    @property
    def level(self) -> str:
        """``high``, ``medium``, ``low`` by :data:`SCORE_RULE`, or ""."""
        return (
            "" if self.score is None else "high" if self.score >= HIGH else "medium" if self.score >= MIDDLE else "low"
        )

    @property
    def n(self) -> int:
        """How many people rated it, on the part with fewer answers."""
        return min(self.likelihood.n, self.impact.n)

    @property
    def width(self) -> float:
        """The wider of the two middle halves, in steps of the scale."""
        return max(_width(self.likelihood), _width(self.impact))

    @property
    def talk(self) -> str:
        """Why it is on the agenda, by :data:`TALK_RULE`; "" when it is not."""
        parts = []
        for name, found in (("likelihood", self.likelihood), ("impact", self.impact)):
            if found.n < ENOUGH_TO_SAY:
                continue
            if found.verdict == "split":
                parts.append(f"views on its {name} are split")
            elif _width(found) >= 2:
                parts.append(f"on its {name} the middle half runs from {plain(found.lower)} to {plain(found.upper)}")
        return "; ".join(parts)

    @property
    def words(self) -> str:
        """The score with its spread, as a sentence."""
        if self.score is None:
            return (
                f"{self.n} of the {ENOUGH_TO_SAY} people who are needed have rated it." if self.n else "Not rated yet."
            )
        span = (
            f"from {plain(self.lowest)} to {plain(self.highest)}"
            if self.lowest != self.highest
            else f"all {plain(self.lowest)}"
        )
        return (
            f"Score {plain(self.score)} (people’s own scores {span}; {self.n} people). "
            f"Likelihood {plain(self.likelihood.median)}, {VERDICTS[self.likelihood.verdict].lower()}; "
            f"impact {plain(self.impact.median)}, {VERDICTS[self.impact.verdict].lower()}."
        )


def _width(found: Spread) -> float:
    return (found.upper or 0) - (found.lower or 0) if found.n >= ENOUGH_TO_SAY else 0


def ratings(rows: Rows[Risk], answers: Iterable[Answer]) -> tuple[Rating, ...]:
    """Each risk that is not closed, the highest score first; unrated ones come last. See :data:`SCORE_RULE`.

    For each risk the latest round counts that enough people answered; the last answer of each sheet.
    """
    last: dict[str, Rounds] = {}
    for one in answers:
        if one.ballot == BALLOT and one.value in SCALE:
            id_, _, part = one.item.rpartition(".")
            last.setdefault(id_, {}).setdefault(one.round, {}).setdefault(part, {})[one.sheet] = one.value
    found = [_rating(id_, row, last.get(id_, {})) for id_, row in rows if row.status != "closed"]
    return tuple(sorted(found, key=lambda one: (-(one.score or 0), one.risk.label().casefold())))


Rounds = dict[int, dict[str, dict[str, int]]]
"""What was said of one risk: round, part, sheet, rating."""
_NOTHING = spread((), SCALE)


def _rating(id_: str, row: Risk, said: Rounds) -> Rating:
    if not said:
        return Rating(id_, row, _NOTHING, _NOTHING, None, None, None)

    def given(round_: int) -> tuple[dict[str, int], dict[str, int]]:
        return said[round_].get("likelihood", {}), said[round_].get("impact", {})

    rounds = sorted(said, reverse=True)
    enough = [one for one in rounds if min(map(len, given(one))) >= ENOUGH_TO_SAY]
    likely, bad = given((enough or rounds)[0])
    one, other = spread(likely.values(), SCALE), spread(bad.values(), SCALE)
    own = [likely[sheet] * bad[sheet] for sheet in likely.keys() & bad.keys()]
    if min(one.n, other.n) < ENOUGH_TO_SAY or one.median is None or other.median is None:
        return Rating(id_, row, one, other, None, None, None)
    return Rating(id_, row, one, other, one.median * other.median, min(own, default=None), max(own, default=None))


def agenda(found: Sequence[Rating]) -> tuple[Rating, ...]:
    """What to talk about, by :data:`TALK_RULE`: the widest disagreement first."""
    return tuple(sorted((one for one in found if one.talk), key=lambda one: -one.width))


def cell(rating: Rating) -> tuple[int, int] | None:
    """Where it lies in the matrix, as (likelihood, impact) from 1 to 5. None without a score.

    A half counts upwards, unless the cell up there has another colour than the level of the risk: the picture and the
    list never say two things of one risk.
    """
    if rating.score is None or rating.likelihood.median is None or rating.impact.median is None:
        return None
    medians = rating.likelihood.median, rating.impact.median
    likelihood, impact = (math.floor(one + 0.5) for one in medians)
    if zone(likelihood, impact) != rating.level:
        likelihood, impact = (math.ceil(one - 0.5) for one in medians)
    return likelihood, impact


def matrix(found: Sequence[Rating]) -> dict[tuple[int, int], tuple[Rating, ...]]:
    """The matrix of five by five: (likelihood, impact) to the risks that lie there."""
    placed: dict[tuple[int, int], tuple[Rating, ...]] = {}
    for one in found:
        where = cell(one)
        if where:
            placed[where] = (*placed.get(where, ()), one)
    return placed


def zone(likelihood: int, impact: int) -> str:
    """The level of a cell of the matrix: ``high``, ``medium`` or ``low``."""
    product = likelihood * impact
    return "high" if product >= HIGH else "medium" if product >= MIDDLE else "low"


def overdue(rows: Rows[Risk], today: dt.date) -> tuple[tuple[str, Risk, int], ...]:
    """What should have been looked at again before today: (id, risk, days late), the latest first."""
    late = [
        (id_, row, (today - row.review).days) for id_, row in rows if _live(row) and row.review and row.review < today
    ]
    return tuple(sorted(late, key=lambda one: -one[2]))


def gaps(rows: Rows[Risk], today: dt.date) -> Iterator[StageGap]:
    """What is not seen to, by :data:`RULE`."""
    if not rows:
        yield StageGap("PL-7", "No risk is written down. A plan without one has not been thought through.", Risk.kind)
    categories = {row.category for _, row in rows}
    missing = [key for key in ("market", "economic", "operational") if key not in categories]
    if rows and missing:
        options = field_of(Risk, "category").options
        names = " and ".join(options[key].lower() for key in missing)
        yield StageGap("PL-7", f"Nothing is written down under: {names}. Look there too.", Risk.kind)
    for id_, row in rows:
        if not _live(row):
            continue
        whom = f"“{row.label()}”"
        if not row.owner:
            yield StageGap("PL-7", f"Nobody sees to {whom}.", row.kind, id_, "owner")
        if not row.response:
            yield StageGap("PL-7", f"{whom}: say what you do about it.", row.kind, id_, "response")
        if not row.review:
            yield StageGap("PL-7", f"{whom}: say when you look at it again.", row.kind, id_, "review")
        elif row.review < today:
            late = (today - row.review).days
            days = "1 day" if late == 1 else f"{late:,} days"
            yield StageGap("PL-7", f"{whom} should have been looked at again {days} ago.", row.kind, id_, "review")
        if row.type == "issue" and row.status == "open":
            yield StageGap("PL-7", f"Open issue: {whom}.", row.kind, id_, "status")
        if row.type == "risk" and not (row.cause and row.effect):
            field = "effect" if row.cause else "cause"
            yield StageGap("PL-7", f"{whom}: tell apart why, what, and what then.", row.kind, id_, field)


def _live(row: Risk) -> bool:
    return row.status != "closed"
