"""The chain of evidence of one outcome, told as a passage, and what is missing in it; and whether it is well defined.

Well defined follows the guides to SROI: a change for somebody, not what is done to them; one change, not a chain of them
in one line; not the same as another's; with an indicator that measures it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, together
from pspworkbook.methods.outcomes import looks_like_output
from pspworkbook.methods.sroi.same import gist, pairs_alike
from pspworkbook.methods.sroi.several import two_changes
from pspworkbook.methods.words import day, pounds, quoted
from pspworkbook.records import Outcome, Stakeholder
from pspworkbook.records.fields import financial, plain_number

GRADES = {
    "green": "It was measured here (green)",
    "amber": "It comes from comparable research (amber)",
    "red": "It is our own assumption (red)",
}
LINKS = (
    *("which leads to", "leading to", "leads to", "so that", "and therefore", "and so", "as a result", "resulting in"),
    *("in order to", "because of which", "then", "followed by", "→", "->"),
)
"""Words that tie one step to the next: in the name of an outcome they say that several changes stand in one line."""
OVERTAKEN = "the figures, or what they rest on, have been changed since"
"""What is said of a verification that is older than the figures."""
RULE = (
    "Well defined: it names somebody; its words are not those of something delivered; it is one change, without words such "
    "as “so that” or “leading to”, and without a second change joined to it by “and”; no other outcome says the same; its indicator is there and does not only repeat its "
    "words or count what was delivered. The words are compared, not their meaning: decide yourselves."
)


@dataclass(frozen=True)
class Answer:
    """One question of the well-defined check: ``ok`` and why, and the field to go to."""

    question: str
    ok: bool
    why: str
    field: str


@dataclass(frozen=True)
class Missing:
    """A link of the chain that is not there: what to say, the record and the field."""

    sentence: str
    field: str
    kind: str = "outcome"
    id: str = ""


@dataclass(frozen=True)
class Chain:
    """One outcome's chain of evidence: the passage, what is missing, and the answers of the well-defined check."""

    id: str
    name: str
    passage: tuple[str, ...]
    missing: tuple[Missing, ...]
    defined: tuple[Answer, ...]

    @property
    def open(self) -> int:
        """How many things are missing or doubtful."""
        return len(self.missing) + sum(not answer.ok for answer in self.defined)


def chains(outcomes: Rows[Outcome], stakeholders: Rows[Stakeholder]) -> list[Chain]:
    """The chain of every outcome, in their order."""
    groups = dict(stakeholders)
    doubles: dict[int, int] = {}
    for one, other in pairs_alike([outcome.outcome for _, outcome in outcomes]):
        doubles.setdefault(one, other)
        doubles[other] = min(one, doubles.get(other, one))
    found = []
    for place, (id_, outcome) in enumerate(outcomes):
        group = groups.get(outcome.stakeholder or "")
        double = outcomes[doubles[place]][1] if place in doubles else None
        found.append(
            Chain(
                id_,
                outcome.label(),
                tuple(_passage(outcome, group)),
                tuple(_missing(id_, outcome, group)),
                tuple(well_defined(outcome, group, double)),
            )
        )
    return found


def _passage(outcome: Outcome, group: Stakeholder | None) -> Iterator[str]:
    if group and group.involved:
        yield f"{group.label()} were asked: {_sentence(group.involved)}"
    if outcome.chain:
        steps = [step.strip(" .,") for step in re.split(r"[\n;]", outcome.chain) if step.strip()]
        yield f"How it comes about: {_sentence(', then '.join(steps))}"
    if outcome.indicator:
        yield f"It is measured by: {_sentence(outcome.indicator)}"
    if outcome.quantity is not None:
        amount = f" Each of them changes by this much: {_sentence(outcome.amount)}" if outcome.amount else ""
        source = f", from {outcome.source}" if outcome.source else ""
        yield f"How many, in one year: {plain_number(outcome.quantity)}{_sentence(source)}{amount}"
    if outcome.sample is not None or outcome.sample_chosen:
        yield _sample(outcome)
    if outcome.duration is not None:
        followed = (
            f"; the evidence follows it for {_years(outcome.evidence_years)}"
            if outcome.evidence_years is not None
            else ""
        )
        yield f"It is said to last {_years(outcome.duration)}{followed}."
    if outcome.financial_proxy is not None:
        year = f" in prices of {financial(outcome.proxy_year)}" if outcome.proxy_year else ""
        what = f" ({outcome.proxy})" if outcome.proxy else ""
        source = f", from {outcome.proxy_source}" if outcome.proxy_source else ""
        yield f"One such change stands at {pounds(outcome.financial_proxy, pence=True)}{what}{year}{_sentence(source)}"
    if outcome.grade:
        yield f"{GRADES[outcome.grade]}."
    if outcome.included is not None or outcome.decided_by:
        what = "left out" if outcome.included is False else "kept"
        by = f" by {outcome.decided_by}" if outcome.decided_by else ""
        on = f" on {day(outcome.decided_on)}" if outcome.decided_on else ""
        why = f": {_sentence(outcome.included_reason)}" if outcome.included_reason else "."
        yield f"It was {what}{by}{on}{why}"


def _sample(outcome: Outcome) -> str:
    size = plain_number(outcome.sample) if outcome.sample is not None else "Some"
    of = f" of {plain_number(outcome.sample_of)}" if outcome.sample_of is not None else ""
    share = ""
    if outcome.sample is not None and outcome.sample_of:
        share = f" (about {min(1, outcome.sample / outcome.sample_of):.0%})"
    how = f"; chosen so: {_sentence(outcome.sample_chosen)}" if outcome.sample_chosen else "."
    return f"{size}{of} were asked or counted{share}{how}"


def _years(years: float) -> str:
    return "1 year" if years == 1 else f"{plain_number(years)} years"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _missing(id_: str, outcome: Outcome, group: Stakeholder | None) -> Iterator[Missing]:
    if group is None:
        yield Missing("who changes", "stakeholder", id=id_)
    elif not group.involved:
        yield Missing(f"how {group.label()} were asked", "involved", "stakeholder", outcome.stakeholder or "")
    for name, words in (("indicator", "an indicator"), ("source", "where the quantity comes from")):
        if not getattr(outcome, name):
            yield Missing(words, name, id=id_)
    if outcome.grade != "red":  # an assumption has no sample
        if outcome.sample is None:
            yield Missing("how many were asked or counted", "sample", id=id_)
        elif outcome.sample_of is None:
            yield Missing("out of how many", "sample_of", id=id_)
        elif outcome.sample > outcome.sample_of:
            yield Missing("a sample that is not larger than the whole", "sample_of", id=id_)
        if not outcome.sample_chosen:
            yield Missing("how they were chosen", "sample_chosen", id=id_)
    if outcome.duration is not None and outcome.duration > 1 and outcome.evidence_years is None:
        yield Missing("how many years the evidence covers", "evidence_years", id=id_)
    for name, words in (
        ("grade", "how well it is known"),
        ("proxy_source", "where the value comes from"),
        ("proxy_year", "the year of its prices"),
        ("proxy_licence", "whether the value may be passed on"),
        ("claim_reason", "why these percentages"),
        ("decided_by", "who decided"),
        ("decided_on", "when it was decided"),
    ):
        if not getattr(outcome, name):
            yield Missing(words, name, id=id_)


def well_defined(outcome: Outcome, group: Stakeholder | None, double: Outcome | None) -> Iterator[Answer]:
    """Five questions, by :data:`RULE`; ``double`` is another outcome that says the same, if there is one."""
    text = outcome.outcome
    yield Answer(
        "Does it change something for somebody?",
        group is not None and bool(text),
        f"For {group.label()}." if group and text else "Say who is different because of it.",
        "stakeholder",
    )
    reading = looks_like_output(text)
    yield Answer(
        "Is it a change, not what is delivered?",
        not reading.output and bool(text),
        reading.suggestion or ("Its words are those of a change." if text else "Nothing is written yet."),
        "outcome",
    )
    yield _one_change(text)
    if double is None:
        why = "No other outcome says it."
    elif double.stakeholder != outcome.stakeholder:
        why = f"“{double.label()}” says nearly the same for somebody else. Is it one change, counted twice?"
    else:
        why = f"“{double.label()}” says nearly the same for the same people. Make them one row, or say how they differ."
    yield Answer("Is it different from every other?", double is None, why, "outcome")
    yield _measured(outcome)


def _one_change(text: str) -> Answer:
    question = "Is it one change, not several in a row?"
    if ties := [link for link in LINKS if _holds(text, link)]:
        why = f"“{ties[0]}” ties several changes together. Give each a row of its own, or keep the last that matters to them."
        return Answer(question, False, why, "outcome")
    if two := two_changes(text):
        why = f"It may name two: {quoted(two[0])} and {quoted(two[1])}. If people can have one without the other, make them two."
        return Answer(question, False, why, "outcome")
    return Answer(question, bool(text), "It names one." if text else "Nothing is written yet.", "outcome")


def _measured(outcome: Outcome) -> Answer:
    question = "Does the indicator measure it?"
    if not outcome.indicator:
        return Answer(question, False, "There is no indicator. What would you count?", "indicator")
    if gist(outcome.indicator) == gist(outcome.outcome):
        return Answer(question, False, "It only says the change again. What would you count?", "indicator")
    reading = looks_like_output(outcome.indicator)
    if reading.output and not set(gist(outcome.indicator)) & set(gist(outcome.outcome)):
        return Answer(
            question,
            False,
            f"It counts what is delivered ({together(reading.signs)}), not who is different.",
            "indicator",
        )
    return Answer(question, True, f"By {outcome.indicator[:1].lower()}{_sentence(outcome.indicator[1:])}", "indicator")


def _holds(text: str, link: str) -> bool:
    edge = r"(?<![\w])" if link[0].isalpha() else ""
    end = r"(?![\w])" if link[-1].isalpha() else ""
    return re.search(edge + re.escape(link) + end, text, re.IGNORECASE) is not None


def rests_on(groups: Iterable[Stakeholder]) -> str:
    """Whose expectations a result rests on: of those who were asked only where it is written down how."""
    asked = [bool(group.involved) for group in groups]
    if asked and all(asked):
        return "It says what the people you asked expect to change"
    if any(asked):
        return (
            f"It says what people expect to change: for {sum(asked)} of {len(asked)} stakeholders those whom you asked, "
            "for the rest you yourselves, since it is not written down how they were asked"
        )
    return "It rests on what you yourselves expect to change, for it is not written down that any stakeholder was asked"


def summary(found: Sequence[Chain]) -> str:
    """How many chains are whole, in one sentence."""
    if not found:
        return "There is no outcome yet."
    whole = sum(not chain.open for chain in found)
    if whole == len(found):
        return "Every outcome has its whole chain of evidence, and is well defined."
    return (
        f"{whole} of {len(found)} outcomes {'has' if whole == 1 else 'have'} a whole chain of evidence and {'is' if whole == 1 else 'are'} well defined. "
        "Open one to see what is missing."
    )
