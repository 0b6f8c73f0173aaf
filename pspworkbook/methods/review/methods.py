"""Which method of review fits, and the Local Multiplier, which is plain arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass

from pspworkbook import guide
from pspworkbook.methods.findings import Rows
from pspworkbook.methods.words import pounds
from pspworkbook.records.review import ReviewMethod, Spender

LEVEL = {"little": 0, "some": 1, "plenty": 2}
RULE = (
    "Each method has a least amount of time, figures and skill, the purposes that it serves, and the readers that it suits. "
    "A method that lacks something it cannot do without comes after those that lack nothing, the fewest lacks first; those "
    "that are equal in this are listed by how much of what you asked for they serve: one point for the purpose, one for the readers, one for pounds where you need them. It is a "
    "shortlist, not a verdict."
)
LM3_RULE = (
    "Local Multiplier 3: round 1 is the money that comes in; round 2 what is paid of it to local staff and suppliers; "
    "round 3 what these spend locally of it. The three added up, divided by round 1. Who was not asked counts as nothing "
    "in round 3, and the figure in brackets is what it would be if they spent all of it here. It says where money goes, "
    "not what changes for anybody; it stops at the third round; it hangs on what counts as local; and it must not be "
    "compared with that of another place."
)


@dataclass(frozen=True)
class Method:
    """What a method cannot do without (0 little, 1 some, 2 plenty), and whom and what it serves: our own reading."""

    key: str
    time: int
    data: int
    skills: int
    purposes: tuple[str, ...]
    readers: tuple[str, ...]
    pounds: bool = False

    @property
    def name(self) -> str:
        """As the guide calls it."""
        return SROI if self.key == "sroi" else _of_guide(self.key).name

    @property
    def does(self) -> str:
        """What it does, in a sentence."""
        return DOES if self.key == "sroi" else _of_guide(self.key).meaning


SROI = "Social Return on Investment (SROI)"
DOES = "Sets the value of what changes for people beside what is put in, as a ratio with its range."


def _of_guide(key: str) -> guide.Method:
    return next(one for one in guide.sroi().methods if one.key == key)


METHODS = (
    Method("sroi", 2, 2, 1, ("decide", "account"), ("funders", "partners"), True),
    Method("social-accounting", 2, 1, 1, ("account", "learn"), ("public", "funders")),
    Method("lm3", 1, 1, 0, ("account", "tell"), ("funders", "public"), True),
    Method("performance-dashboard", 1, 1, 0, ("learn", "decide"), ("partners",)),
    Method("balanced-scorecard", 1, 1, 1, ("learn", "decide"), ("partners",)),
    Method("efqm", 2, 1, 2, ("learn",), ("partners",)),
)
"""SROI and the five others that the guide lists (L2366 to 2375)."""


@dataclass(frozen=True)
class Fit:
    """How a method fits: ``lacks`` what it cannot do without and is not there; ``serves`` what was asked for."""

    method: Method
    score: int
    serves: tuple[str, ...]
    lacks: tuple[str, ...]


def shortlist(wanted: ReviewMethod) -> list[Fit]:
    """Every method with its reasons, those that fit first. Empty while nothing is answered."""
    if not (wanted.purpose and wanted.time and wanted.data):
        return []
    found = [_fit(method, wanted) for method in METHODS]
    return sorted(found, key=lambda fit: (len(fit.lacks), -fit.score))


def none_fits(fits: Sequence[Fit]) -> str:
    """That nothing fits well, and what the nearest would need; "" where a method lacks nothing."""
    if not fits or not fits[0].lacks:
        return ""
    needed = ", ".join(fits[0].lacks)
    return f"As things stand, nothing fits well. The nearest is {fits[0].method.name}; it would need more of: {needed}."


def _fit(method: Method, wanted: ReviewMethod) -> Fit:
    lacks = [
        words
        for words, least, there in (
            ("time", method.time, wanted.time),
            ("figures", method.data, wanted.data),
            ("people who know how", method.skills, wanted.skills),
        )
        if LEVEL[there or "little"] < least
    ]
    serves = []
    if wanted.purpose in method.purposes:
        serves.append("what it is for")
    if wanted.audience in method.readers:
        serves.append("who reads it")
    if wanted.money_view and method.pounds:
        serves.append("it shows pounds")
    return Fit(method, len(serves), tuple(serves), tuple(lacks))


@dataclass(frozen=True)
class Multiplier:
    """The three rounds in pounds, and the multiplier; None without income. ``unknown``: who was not asked."""

    income: float
    second: float
    third: float
    value: float | None
    unknown: tuple[str, ...]
    highest: float | None = None
    """What the multiplier would be if everybody who was not asked spent all of it locally."""
    unlisted: float = 0.0
    """What came in and is in no payment, in pounds; below zero where more is listed than came in."""


def multiplier(rows: Rows[Spender] | Sequence[tuple[str, Spender]], income: float | None = None) -> Multiplier:
    """The Local Multiplier of what came in; a local spender who was not asked adds nothing to the third round.

    Without ``income`` the payments are taken for all of it.
    """
    listed = sum(row.paid or 0.0 for _, row in rows)
    income = listed if income is None else income
    local = [row for _, row in rows if row.local]
    second = sum(row.paid or 0.0 for row in local)
    third = sum((row.paid or 0.0) * (row.respent or 0.0) for row in local)
    unknown = tuple(row.label() for row in local if row.respent is None)
    if income <= 0 or not rows:
        return Multiplier(income, second, third, None, unknown)
    more = sum(row.paid or 0.0 for row in local if row.respent is None)
    value = (income + second + third) / income
    return Multiplier(income, second, third, value, unknown, value + more / income, income - listed)


def odd(found: Multiplier) -> list[str]:
    """What cannot be in the list of payments."""
    more = -found.unlisted
    return [f"The payments come to {pounds(more)} more than came in. Look at both."] if more > 0.005 else []
