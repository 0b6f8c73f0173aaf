"""Reads an impact map as a sceptical assurer would, and says in plain words what it would ask, row by row.

The questions are those that reviews of published SROI reports come back to: what was not taken off, what was counted
twice, what rests on nothing. A finding is a question, not a fault: it can be answered with a reason, and the reason
belongs in the report.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, same_name, together
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.outcomes import looks_like_output
from pspworkbook.methods.sroi.impact_map import ForecastResult
from pspworkbook.methods.words import percent
from pspworkbook.records import Input, Outcome, Stakeholder

OLDEST = 5
"""A proxy in prices of more than so many years ago is asked about."""
CARRIES = 0.5
"""An outcome with more than this share of all value carries the ratio."""
TRIFLE = 0.01
"""An outcome with less than this share hardly matters to the result."""
LONG = 3
"""Years from which a duration needs more than an assumption."""
RULE = (
    f"Asked about: nothing taken off; a percentage left blank; the same change, or the same proxy, for two stakeholders; "
    f"an output called an outcome; a value without a source, or in prices more than {OLDEST} years old; drop-off on an "
    f"outcome of one year; {LONG} years or more that rest on an assumption; percentages that come to 100% or more "
    f"together; one outcome with more than {percent(CARRIES)} of all value, or less than {percent(TRIFLE)}; no loss "
    "anywhere; a stakeholder without an outcome, or left out without a reason; somebody's time counted as nothing "
    "without a reason. A finding is a question: answer it, or change the figure."
)


@dataclass(frozen=True)
class Doubtful:
    """One thing that a sceptic would ask. ``key`` names it for its answer: ``outcome:falls#zero-deadweight``."""

    key: str
    sentence: str
    kind: str = ""
    id: str = ""
    field: str = ""

    @property
    def gap(self) -> StageGap:
        """The same as a line with a link to the field."""
        return StageGap("AN-4", self.sentence, self.kind, self.id, self.field)


def check(
    outcomes: Rows[Outcome],
    stakeholders: Rows[Stakeholder],
    inputs: Rows[Input],
    result: ForecastResult | None,
    counted: Sequence[str],
    year: int,
) -> list[Doubtful]:
    """Everything that a sceptic would ask of this map; ``counted`` are the identifiers of the result's rows."""
    found = [finding for id_, outcome in outcomes for finding in _row(id_, outcome, year)]
    found += _twice(outcomes, dict(stakeholders))
    found += _whole(outcomes)
    if result is not None and len(counted) > 1:
        found += _shares(result, counted)
    found += _groups(outcomes, stakeholders)
    found += _inputs(inputs)
    return found


def _row(id_: str, outcome: Outcome, year: int) -> Iterator[Doubtful]:
    name = f"“{outcome.label()}”"

    def ask(rule: str, sentence: str, field: str) -> Doubtful:
        return Doubtful(origin_of("outcome", id_, rule), f"{name}: {sentence}", "outcome", id_, field)

    if outcome.deadweight == 0:
        yield ask("zero-deadweight", "would really none of it have happened anyway? Deadweight is 0%.", "deadweight")
    for field, words in (("deadweight", "what would have happened anyway"), ("displacement", "what was only moved"), ("attribution", "what others brought about"), ("drop_off", "how it fades")):  # fmt: skip
        if getattr(outcome, field) is None:
            yield ask(f"blank-{field}", f"nobody has said {words}. A blank is not nought.", field)
    parts = [outcome.deadweight or 0, outcome.displacement or 0, outcome.attribution or 0]
    if sum(parts) >= 1 and max(parts) < 1:
        yield ask(
            "added",
            f"deadweight, displacement and attribution come to {percent(sum(parts))} together. They are multiplied here, "
            "one after the other. Were they meant to be added?",
            "attribution",
        )
    reading = looks_like_output(outcome.outcome)
    if reading.output:
        yield ask(
            "output", f"this says what is delivered ({together(reading.signs)}). What changes because of it?", "outcome"
        )
    if outcome.financial_proxy is not None and not outcome.proxy_source:
        yield ask("no-source", "where does its value come from? No source is given.", "proxy_source")
    if outcome.proxy_year and year - outcome.proxy_year > OLDEST:
        yield ask(
            "old", f"its value is in prices of {outcome.proxy_year}. Bring it up to date, or say why not.", "proxy_year"
        )
    if outcome.duration is not None and outcome.duration <= 1 and outcome.drop_off:
        yield ask(
            "drop-off", "it lasts no more than a year, so its drop-off never counts. Is the duration right?", "drop_off"
        )
    if outcome.duration is not None and outcome.duration >= LONG and outcome.grade not in ("green", "amber"):
        yield ask(
            "duration",
            f"it is said to last {outcome.duration:g} years. What shows that, so long afterwards?",
            "duration",
        )
    if (outcome.direction == "negative") != ((outcome.financial_proxy or 0) < 0) and outcome.financial_proxy:
        yield ask("sign", "is it a gain or a loss? The word and the sign of its value differ.", "direction")


def _twice(outcomes: Rows[Outcome], groups: Mapping[str, Stakeholder]) -> Iterator[Doubtful]:
    """The same words for two stakeholders: the same outcome, or the same proxy at the same value."""
    by_words: dict[tuple[str, object], list[tuple[str, Outcome]]] = defaultdict(list)
    for id_, outcome in outcomes:
        by_words["outcome", same_name(outcome.outcome)].append((id_, outcome))
        if outcome.proxy and outcome.financial_proxy:
            by_words["proxy", (same_name(outcome.proxy), outcome.financial_proxy)].append((id_, outcome))
    for (what, _), rows in by_words.items():
        who = list(dict.fromkeys(outcome.stakeholder for _, outcome in rows))
        if len(who) < 2 or not rows[0][1].outcome:
            continue
        names = together(
            [groups[one].label() if one in groups else "nobody named" for one in (who_ or "" for who_ in who)]
        )
        same = "the same change" if what == "outcome" else "the same value"
        id_, outcome = rows[0]
        yield Doubtful(
            origin_of("outcome", id_, f"twice-{what}"),
            f"“{outcome.label()}”: {same} is counted for {names}. Is it one change, counted twice?",
            "outcome", id_, "outcome" if what == "outcome" else "proxy",
        )  # fmt: skip


def _whole(outcomes: Rows[Outcome]) -> Iterator[Doubtful]:
    if not outcomes:
        return
    if not any(row.direction == "negative" or (row.financial_proxy or 0) < 0 for _, row in outcomes):
        sentence = "No loss is counted anywhere. Did the activity make nothing worse for anybody?"
        yield Doubtful(origin_of("forecast", "forecast", "no-loss"), sentence, "outcome")
    if not any(row.intention == "unintended" for _, row in outcomes):
        sentence = "Nothing unintended is counted. Did you ask what else changed?"
        yield Doubtful(origin_of("forecast", "forecast", "unintended"), sentence, "outcome")
    taken = [row for _, row in outcomes if any((row.deadweight, row.displacement, row.attribution))]
    if not taken:
        sentence = "Nothing is taken off any outcome: this is the gross value, shown as if it were the net one."
        yield Doubtful(origin_of("forecast", "forecast", "gross"), sentence, "outcome")


def _shares(result: ForecastResult, counted: Sequence[str]) -> Iterator[Doubtful]:
    total = sum(abs(worth) for worth in result.present_value_by_outcome.tolist())  # losses by their size
    if not total:
        return
    for id_, name, worth in zip(counted, result.outcomes, result.present_value_by_outcome.tolist(), strict=True):
        part = abs(worth) / total
        if part > CARRIES:
            sentence = f"“{name}” brings {percent(part)} of all value: the ratio stands and falls with it."
            yield Doubtful(origin_of("outcome", id_, "carries"), sentence, "outcome", id_, "quantity")
        elif part < TRIFLE:
            sentence = (
                f"“{name}” brings less than {percent(TRIFLE)} of all value. Does it matter to anybody’s decision?"
            )
            yield Doubtful(origin_of("outcome", id_, "trifle"), sentence, "outcome", id_, "outcome")


def _groups(outcomes: Rows[Outcome], stakeholders: Rows[Stakeholder]) -> Iterator[Doubtful]:
    used = {outcome.stakeholder for _, outcome in outcomes}
    for id_, group in stakeholders:
        if group.included is False and not group.reason:
            sentence = f"“{group.label()}” is left out, and nobody has said why."
            yield Doubtful(origin_of("stakeholder", id_, "left-out"), sentence, "stakeholder", id_, "reason")
        if group.included and id_ in used and not group.involved:
            sentence = f"“{group.label()}”: how were they asked what changes? Nothing is written down."
            yield Doubtful(origin_of("stakeholder", id_, "not-asked"), sentence, "stakeholder", id_, "involved")
        if group.included and id_ not in used:
            sentence = f"“{group.label()}” is included, and has no outcome. Does nothing change for them?"
            yield Doubtful(origin_of("stakeholder", id_, "no-outcome"), sentence, "stakeholder", id_, "included")


def _inputs(inputs: Rows[Input]) -> Iterator[Doubtful]:
    for id_, one in inputs:
        if one.value == 0 and not one.working:
            sentence = f"“{one.label()}” is valued at nothing, and nobody has said why."
            yield Doubtful(origin_of("input", id_, "free"), sentence, "input", id_, "working")


def offers(found: Sequence[Doubtful]) -> list[Offer]:
    """Each finding as something to answer."""
    return [Offer(one.key, one.sentence, "", {"finding": one.sentence[:300]}) for one in found]


@dataclass(frozen=True)
class Material:
    """Whether one outcome is material: its share of all value, and whether those concerned said that it matters."""

    id: str
    name: str
    who: str
    share: float
    relevant: bool
    significant: bool


def materiality(
    outcomes: Rows[Outcome], stakeholders: Mapping[str, Stakeholder], result: ForecastResult, counted: Sequence[str]
) -> list[Material]:
    """Relevance, then significance, for every counted outcome, the largest first.

    Relevant: the group says so (its importance is 5 of 10 or more, or how they were asked is written down).
    Significant: its share of the value of all outcomes, losses counted by their size, is at least :data:`TRIFLE`.
    """
    worth = dict(zip(counted, result.present_value_by_outcome.tolist(), strict=True))
    whole = sum(abs(value) for value in worth.values()) or 1.0
    rows = []
    for id_, outcome in outcomes:
        if id_ not in worth:
            continue
        group = stakeholders.get(outcome.stakeholder or "")
        relevant = (outcome.importance or 0) >= 5 or bool(group and group.involved)
        part = abs(worth[id_]) / whole
        rows.append(Material(id_, outcome.label(), group.label() if group else "", part, relevant, part >= TRIFLE))
    return sorted(rows, key=lambda row: -row.share)
