"""Reads an impact map as a sceptical assurer would, and says in plain words what it would ask, row by row.

The questions are those that reviews of published SROI reports come back to: what was not taken off, what was counted
twice, what rests on nothing. A finding is a question, not a fault: it can be answered with a reason, and the reason
belongs in the report (``replies`` holds answers against the rows).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from pspworkbook.methods.findings import Rows, StageGap, same_name, together
from pspworkbook.methods.offers import origin_of
from pspworkbook.methods.outcomes import looks_like_output
from pspworkbook.methods.sroi.impact_map import ForecastResult
from pspworkbook.methods.sroi.material import TRIFLE, counts, materiality
from pspworkbook.methods.sroi.same import pairs_alike
from pspworkbook.methods.sroi.scales import counts_events, other_scale
from pspworkbook.methods.sroi.switching import same_change
from pspworkbook.methods.words import percent
from pspworkbook.records import Input, Outcome, Stakeholder, field_of
from pspworkbook.records.fields import financial, plain_number

__all__ = ["RULE", "TRIFLE", "Doubtful", "check", "materiality"]

OLDEST = 5
"""A proxy in prices of more than so many years ago is asked about."""
CARRIES = 0.5
"""An outcome with more than this share of all value carries the ratio."""
LONG = 3
"""Years from which a duration needs more than an assumption."""
RULE = (
    "Asked about: nothing taken off; a percentage left blank; the same change, or the same proxy, for two stakeholders "
    "(also in other words); an output called an outcome; a value without a source, or in prices from before the year in the "
    f"scope (without one, more than {OLDEST} years old); drop-off on an outcome of one year; a duration longer than the "
    f"evidence, or {LONG} years and more that rest on an assumption; more change than the group has people, where the indicator "
    "counts people; one change in several outcomes of one stakeholder, of which different shares are taken off without a reason; a value of one point on a scale that the indicator does not speak of; a loss that nobody has called "
    f"unintended; percentages that come to 100% or more together; one outcome with more than {percent(CARRIES)} of all value, or less than {percent(TRIFLE)}; no loss anywhere; a "
    "stakeholder without an outcome, or left out without a reason, or left out while their outcomes count; an outcome left "
    "out without a reason; somebody's time counted as nothing without a reason. A finding is a question: answer it, or "
    "change the figure."
)


@dataclass(frozen=True)
class Doubtful:
    """One thing that a sceptic would ask. ``key`` names it for its answer: ``outcome:falls#zero-deadweight``.

    ``about`` names the row it is asked of ("" for the whole map); ``question`` is the sentence without that name.
    """

    key: str
    question: str
    kind: str = ""
    id: str = ""
    field: str = ""
    about: str = ""

    @property
    def sentence(self) -> str:
        """The question with the name of its row."""
        return f"“{self.about}”: {self.question}" if self.about else self.question

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
    oldest: int | None = None,
) -> list[Doubtful]:
    """Everything that a sceptic would ask of this map; ``counted`` are the identifiers of the result's rows.

    ``year`` is this year; prices from before ``oldest`` are asked about (without it, :data:`OLDEST` years ago).
    """
    kept = [(id_, outcome) for id_, outcome in outcomes if counts(outcome)]
    found = [
        finding for id_, outcome in kept for finding in _row(id_, outcome, year - OLDEST if oldest is None else oldest)
    ]
    found += _more_than_there_are(kept, dict(stakeholders))
    found += _twice(kept, dict(stakeholders))
    found += _claimed_apart(kept)
    found += _left_out(outcomes)
    found += _whole(kept)
    if result is not None and len(counted) > 1:
        found += _shares(result, counted)
    found += _groups(kept, stakeholders)
    found += _inputs(inputs)
    return found


def _row(id_: str, outcome: Outcome, oldest: int) -> Iterator[Doubtful]:

    def ask(rule: str, sentence: str, field: str) -> Doubtful:
        return Doubtful(origin_of("outcome", id_, rule), sentence, "outcome", id_, field, outcome.label())

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
    if outcome.proxy_year and outcome.proxy_year < oldest:
        sentence = f"its value is in prices of {financial(outcome.proxy_year)}. Bring it up to date, or say why not."
        yield ask("old", sentence, "proxy_year")
    if outcome.duration is not None and outcome.duration <= 1 and outcome.drop_off:
        yield ask(
            "drop-off", "it lasts no more than a year, so its drop-off never counts. Is the duration right?", "drop_off"
        )
    if outcome.duration is not None and outcome.evidence_years is not None:
        if outcome.duration > outcome.evidence_years:
            sentence = (
                f"it is said to last {outcome.duration:g} years, and the evidence follows it for "
                f"{outcome.evidence_years:g}. What shows the rest?"
            )
            yield ask("duration", sentence, "evidence_years")
    elif outcome.duration is not None and outcome.duration >= LONG and outcome.grade not in ("green", "amber"):
        sentence = f"it is said to last {outcome.duration:g} years. What shows that, so long afterwards?"
        yield ask("duration", sentence, "duration")
    if (outcome.direction == "negative") != ((outcome.financial_proxy or 0) < 0) and outcome.financial_proxy:
        yield ask("sign", "is it a gain or a loss? The word and the sign of its value differ.", "direction")
    valued, measured = other_scale(outcome)
    if valued:
        instead = f"is on another scale ({measured})" if measured else "does not speak of it"
        sentence = f"its value is that of one point of {valued}, and its indicator {instead}. Was that question asked?"
        yield ask("scale", sentence, "indicator")
    if outcome.direction == "negative" and outcome.intention != "unintended":
        meant = (
            "it is called intended. Did anybody want it?"
            if outcome.intention
            else "nobody has said whether it was meant to happen."
        )
        yield ask("loss-meant", f"this is a loss, and {meant}", "intention")


def _more_than_there_are(outcomes: Rows[Outcome], groups: Mapping[str, Stakeholder]) -> Iterator[Doubtful]:
    """More people who change than the group has; an indicator that counts what happens may well have more."""
    for id_, outcome in outcomes:
        group = groups.get(outcome.stakeholder or "")
        if group is None or group.people is None or outcome.quantity is None or counts_events(outcome):
            continue
        if outcome.quantity > group.people:
            sentence = (
                f"it counts {plain_number(outcome.quantity)} in one year, in a group of {plain_number(group.people)} "
                f"(“{group.label()}”). More change than there are people?"
            )
            yield Doubtful(
                origin_of("outcome", id_, "more-than-people"), sentence, "outcome", id_, "quantity", outcome.label()
            )


def _twice(outcomes: Rows[Outcome], groups: Mapping[str, Stakeholder]) -> Iterator[Doubtful]:
    """The same change for two stakeholders, in the same words or alike; and the same proxy at the same value."""
    asked: set[frozenset[str]] = set()
    for what, rows in _bundles(outcomes):
        who = list(dict.fromkeys(outcome.stakeholder for _, outcome in rows))
        if len(who) < 2:
            continue
        id_, outcome = rows[0]
        if what == "outcome":
            asked |= {frozenset(pair) for pair in combinations([key for key, _ in rows], 2)}
        names = together([_group(groups, one) for one in who])
        same = "the same change" if what == "outcome" else "the same value"
        yield Doubtful(
            origin_of("outcome", id_, f"twice-{what}"),
            f"{same} is counted for {names}. Is it one change, counted twice?",
            "outcome",
            id_,
            what,
            outcome.label(),
        )
    for first, second in pairs_alike([outcome.outcome for _, outcome in outcomes]):
        (id_, one), (other_id, other) = outcomes[first], outcomes[second]
        if one.stakeholder != other.stakeholder and frozenset((id_, other_id)) not in asked:
            yield Doubtful(
                origin_of("outcome", id_, f"alike-{other_id}"),
                f"“{other.label()}” for {_group(groups, other.stakeholder)} says nearly the same. Is it one change, counted twice?",
                "outcome",
                id_,
                "outcome",
                one.label(),
            )


def _claimed_apart(outcomes: Rows[Outcome]) -> Iterator[Doubtful]:
    """One change of one stakeholder, valued in several outcomes, of which another share is taken off without a reason."""
    known = [(id_, one) for id_, one in outcomes if one.stakeholder and one.quantity is not None]
    columns = zip(
        *((one.stakeholder or "", same_name(one.indicator), one.quantity or 0.0) for _, one in known), strict=True
    )
    for places in same_change(*(columns if known else ((), (), ()))).values():
        rows = [known[place] for place in places]
        apart = [
            spec
            for spec in (field_of(Outcome, name) for name in ("deadweight", "displacement", "attribution"))
            if len({getattr(one, spec.name) for _, one in rows} - {None}) > 1
        ]
        silent = [(id_, one) for id_, one in rows if not one.claim_reason]
        if not apart or not silent:
            continue
        id_, outcome = silent[0]
        shares = "; ".join(
            f"{spec.title.lower()} {' and '.join(dict.fromkeys(spec.show(getattr(one, spec.name)) or 'blank' for _, one in rows))}"
            for spec in apart
        )
        others = together([f"“{one.label()}”" for key, one in rows if key != id_])
        yield Doubtful(
            origin_of("outcome", id_, "claimed-apart"),
            f"it counts the same change as {others}, and something else is taken off ({shares}). Why?",
            "outcome",
            id_,
            "claim_reason",
            outcome.label(),
        )


def _bundles(outcomes: Rows[Outcome]) -> Iterator[tuple[str, list[tuple[str, Outcome]]]]:
    """Outcomes with the same words, then those with the same proxy at the same value."""
    for what in ("outcome", "proxy"):
        by_words: dict[object, list[tuple[str, Outcome]]] = defaultdict(list)
        for id_, outcome in outcomes:
            if what == "outcome" and outcome.outcome:
                by_words[same_name(outcome.outcome)].append((id_, outcome))
            elif what == "proxy" and outcome.outcome and outcome.proxy and outcome.financial_proxy:
                by_words[same_name(outcome.proxy), outcome.financial_proxy].append((id_, outcome))
        for rows in by_words.values():
            yield what, rows


def _group(groups: Mapping[str, Stakeholder], id_: str | None) -> str:
    return groups[id_].label() if id_ and id_ in groups else "nobody named"


def _left_out(outcomes: Rows[Outcome]) -> Iterator[Doubtful]:
    for id_, outcome in outcomes:
        if not counts(outcome) and not outcome.included_reason:
            key, sentence = origin_of("outcome", id_, "left-out"), "it is left out, and nobody has said why."
            yield Doubtful(key, sentence, "outcome", id_, "included_reason", outcome.label())


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
            sentence = (
                f"it brings {percent(part)} of all value: the ratio stands and falls with it. How sure are you of it?"
            )
            yield Doubtful(origin_of("outcome", id_, "carries"), sentence, "outcome", id_, "quantity", name)
        elif part < TRIFLE:
            sentence = f"it brings less than {percent(TRIFLE)} of all value. Does it matter to anybody’s decision?"
            yield Doubtful(origin_of("outcome", id_, "trifle"), sentence, "outcome", id_, "outcome", name)


def _groups(kept: Rows[Outcome], stakeholders: Rows[Stakeholder]) -> Iterator[Doubtful]:
    used = {outcome.stakeholder for _, outcome in kept}
    for id_, group in stakeholders:

        def ask(rule: str, sentence: str, field: str, id_: str = id_, name: str = group.label()) -> Doubtful:
            return Doubtful(origin_of("stakeholder", id_, rule), sentence, "stakeholder", id_, field, name)

        if group.included is False and not group.reason:
            yield ask("left-out", "they are left out, and nobody has said why.", "reason")
        if group.included is False and id_ in used:
            yield ask("left-out-counts", "they are left out, and an outcome of theirs counts. Which is it?", "included")
        if group.included and id_ in used and not group.involved:
            yield ask("not-asked", "how were they asked what changes? Nothing is written down.", "involved")
        if group.included and id_ not in used:
            yield ask("no-outcome", "they are included, and have no outcome. Does nothing change for them?", "included")


def _inputs(inputs: Rows[Input]) -> Iterator[Doubtful]:
    for id_, one in inputs:
        if one.value == 0 and not one.working:
            sentence = "it is valued at nothing, and nobody has said why."
            yield Doubtful(origin_of("input", id_, "free"), sentence, "input", id_, "working", one.label())
