"""Risks and issues: their score from what several people said, the matrix, and what nobody sees to. Pure functions."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, VERDICTS, Spread, plain, spread
from pspworkbook.methods.ballots.spread import RULE as SPREAD_RULE
from pspworkbook.methods.findings import Rows, StageGap, people, together
from pspworkbook.records import Answer, field_of
from pspworkbook.records.risk import Risk

BALLOT = "risk-rating"
SCALE = (1, 2, 3, 4, 5)
HIGH, MIDDLE = 12, 6
SCORE_RULE = (
    "Everybody rates alone, from 1 to 5, how likely a risk is and how bad it would be. The score is the median of the "
    "one times the median of the other, so from 1 to 25. The level is that of the risk’s square in the matrix: a median "
    "that ends in a half goes up to the next square, and the two numbers of the square are multiplied. High: "
    f"{HIGH} or more. Medium: {MIDDLE} or more. Low: below. The scores of the people who rated both lie in a range, and "
    f"that is shown beside it. With fewer than {ENOUGH_TO_SAY} people there is no score. For an issue, which has "
    "happened, only its impact is asked in earnest: look at that column. How far views agree: "
    f"{SPREAD_RULE[:1].lower()}{SPREAD_RULE[1:]}"
)
TALK_RULE = (
    "To talk about: risks on whose likelihood or impact views are mixed or split, the widest first. A wide spread often "
    "means that somebody knows something. Mixed and split are worked out by the rule that is printed with the score."
)
RULE = (
    "Named here: an open risk or issue that nobody sees to, has no date on which it is looked at again, is past that "
    "date, or has no answer; an open issue; a risk whose cause, event and effect are not told apart. What is closed is "
    "left alone. Risks are shared with all partners."
)
_RANK = {"": 0, "low": 1, "medium": 2, "high": 3}
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
    unseen: int = 0
    """How many people have rated it where that is not shown yet."""

    @property
    def level(self) -> str:
        """``high``, ``medium``, ``low``: that of its square in the matrix, by :data:`SCORE_RULE`; "" without a score."""
        where = cell(self)
        return zone(*where) if where else ""

    @property
    def level_words(self) -> str:
        """The level as a list shows it; what is not shown yet is not called unrated."""
        return "Held back" if self.score is None and self.unseen else LEVELS[self.level]

    @property
    def n(self) -> int:
        """How many people rated it, on the part with fewer answers."""
        return min(self.likelihood.n, self.impact.n)

    @property
    def width(self) -> float:
        """The wider of the two spreads, in steps of the scale."""
        return max(self.likelihood.width, self.impact.width)

    @property
    def talk(self) -> str:
        """Why it is on the agenda, by :data:`TALK_RULE`; "" when it is not."""
        parts = []
        for name, found in (("likelihood", self.likelihood), ("impact", self.impact)):
            if found.verdict in ("mixed", "split"):
                parts.append(f"views on its {name} are {found.verdict} ({found.runs})")
        return "; ".join(parts)

    @property
    def _square(self) -> str:
        """Which square it is in, where a half went up: the score alone would send the reader to another one."""
        where = cell(self)
        if where is None or where == (self.likelihood.median, self.impact.median):
            return ""
        return f", in the square {where[0]} × {where[1]} of the matrix"

    @property
    def words(self) -> str:
        """The score with its spread, as a sentence."""
        if self.score is None and self.unseen:
            return f"{people(self.unseen)} {'has' if self.unseen == 1 else 'have'} rated it; not shown yet."
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
            f"Score {plain(self.score)} (people’s own scores {span}; {self.n} people){self._square}. "
            f"Likelihood {plain(self.likelihood.median)}, {VERDICTS[self.likelihood.verdict].lower()}; "
            f"impact {plain(self.impact.median)}, {VERDICTS[self.impact.verdict].lower()}."
        )


def _order(rating: Rating) -> tuple[int, float, str]:
    """A risk in a square of a higher level never stands below one of a lower level, whatever the score before rounding."""
    return -_RANK[rating.level], -(rating.score or 0), rating.risk.label().casefold()


def ratings(rows: Rows[Risk], answers: Iterable[Answer], unseen: Iterable[Answer] = ()) -> tuple[Rating, ...]:
    """Each risk that is not closed, the highest level and score first; unrated ones last. See :data:`SCORE_RULE`.

    For each risk the latest round counts that enough people answered; the last answer of each sheet.
    Of ``unseen``, what is not shown yet, only the people are counted.
    """
    last: dict[str, Rounds] = {}
    held: dict[str, dict[int, set[str]]] = {}
    for one in unseen:
        if one.ballot == BALLOT:
            held.setdefault(one.item.rpartition(".")[0], {}).setdefault(one.round, set()).add(one.sheet)
    for one in answers:
        if one.ballot == BALLOT and one.value in SCALE:
            id_, _, part = one.item.rpartition(".")
            last.setdefault(id_, {}).setdefault(one.round, {}).setdefault(part, {})[one.sheet] = one.value
    counted = {id_: len(rounds[max(rounds)]) for id_, rounds in held.items()}
    found = [
        replace(_rating(id_, row, last.get(id_, {})), unseen=counted.get(id_, 0))
        for id_, row in rows
        if row.status != "closed"
    ]
    return tuple(sorted(found, key=_order))


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
    """Where it lies in the matrix, as (likelihood, impact) from 1 to 5: a half goes up. None without a score."""
    if rating.score is None or rating.likelihood.median is None or rating.impact.median is None:
        return None
    return math.floor(rating.likelihood.median + 0.5), math.floor(rating.impact.median + 0.5)


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
        names = together([options[key].lower() for key in missing])
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
