"""What an outcome counts, and on which scale: told from its own words, and silent where they do not say."""

import re

from pspworkbook.records import Outcome

_EVENTS = re.compile(
    r"^(the |number of |how many |fewer |more |avoided |unneeded |unplanned )*(\w+ )?"
    r"(visits|falls|days|nights|hours|weeks|appointments|attendances|admissions|stays|trips|journeys|calls|call-outs|incidents|"
    r"meals|lunches|sessions|contacts|offences|arrests|prescriptions|tonnes|kilograms|kilos|items|repairs|episodes|"
    r"miles|kilometres|pounds|points)\b",
    re.IGNORECASE,
)
"""An indicator that begins so counts what happens, of which one person may have many."""

_SCALES = {
    "life satisfaction": re.compile(r"\b(life satisfaction|satisf\w+(\W+\w+){0,4}\W+li(fe|ves)|wellbys?|ons ?4)\b", re.IGNORECASE),
    "wellbeing by WEMWBS": re.compile(r"\b(s?wemwbs|warwick\W+edinburgh)\b", re.IGNORECASE),
    "quality-adjusted life years": re.compile(r"\b(qalys?|quality\W+adjusted|eq\W?5d\w*|sf\W?6d)\b", re.IGNORECASE),
}  # fmt: skip
"""Scales on which one point has a value of its own, by the words that tell of them."""


def counts_events(outcome: Outcome) -> bool:
    """Whether its indicator counts what happens (visits, days) rather than people."""
    return bool(_EVENTS.match(outcome.indicator.strip()))


def other_scale(outcome: Outcome) -> tuple[str, str]:
    """The scale that its proxy values one point of, and the one that its indicator speaks of ("" for none of those known).

    ("", "") where the proxy names no scale, or where the indicator names the same.
    """
    measured = f"{outcome.indicator} {outcome.amount} {outcome.source}"
    for valued, words in _SCALES.items():
        if words.search(outcome.proxy) and not words.search(measured):
            return valued, next((name for name, other in _SCALES.items() if other.search(measured)), "")
    return "", ""
