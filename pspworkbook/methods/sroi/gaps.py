"""What still stands in the way of an SROI forecast, as plain sentences. Pure functions of the records."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.guide import StepKey
from pspworkbook.methods.sroi.impact_map import COUNTED
from pspworkbook.records import Forecast, Input, Outcome, Record, Stakeholder

MONEY_FIELDS = ("proxy", "financial_proxy", "proxy_source")
"""What an outcome does not need where a group works with importance instead of money."""
IMPACT_FIELDS = ("deadweight", "displacement", "attribution", "drop_off", "who_benefits")


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: in which step, what to say, and which field to go to.

    ``stops`` says that the outcome cannot be counted, or the ratio cannot be worked out, until it is there.
    """

    step: StepKey
    sentence: str
    kind: str
    id: str = ""
    field: str = ""
    stops: bool = False


def _missing(
    record: Record, id_: str, step_of: Mapping[str, StepKey], default: StepKey, passed_over: Sequence[str] = ()
) -> Iterator[Gap]:
    by_step: dict[StepKey, list[tuple[str, str]]] = {}
    for spec in record.missing():
        if spec.name in passed_over:
            continue
        by_step.setdefault(step_of.get(spec.name, default), []).append((spec.name, spec.title))
    for step, fields in by_step.items():
        titles = [title[0].lower() + title[1:] for _, title in fields]
        listed = titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"
        stops = (
            any(name in COUNTED for name, _ in fields)
            if isinstance(record, Outcome)
            else isinstance(record, Input) and any(name == "value" for name, _ in fields)
        )
        whom = "The scope" if record.single else f"“{record.label()}”"
        yield Gap(step, f"{whom} still needs: {listed}.", record.kind, id_, fields[0][0], stops)


def gaps(
    scope: tuple[str, Forecast],
    stakeholders: Sequence[tuple[str, Stakeholder]],
    inputs: Sequence[tuple[str, Input]],
    outcomes: Sequence[tuple[str, Outcome]],
) -> Iterator[Gap]:
    """Everything that is missing, step by step. Each argument is (identifier, record), or a sequence of them.

    Beyond empty fields these rules are looked at: somebody is included; an included stakeholder has an input or an
    outcome; something is put in; a loss has a value below zero and a gain one above; drop-off only where an outcome
    lasts beyond a year; a record's stakeholder still exists; a group that is left out has no outcome that counts. An
    outcome that is left out needs nothing but its reason. Where the group works with
    importance instead of money, values are not needed, and importance is.
    """
    id_, forecast = scope
    without_money = forecast.valuing == "weights"
    yield from _missing(forecast, id_, {}, "scope")
    if not stakeholders:
        yield Gap(
            "stakeholders",
            "Nobody is listed yet. Who has an effect on this activity, and on whom does it have one?",
            "stakeholder",
            stops=True,
        )
    for key, stakeholder in stakeholders:
        yield from _missing(stakeholder, key, {}, "stakeholders")
    known = {key for key, _ in stakeholders}
    used = {entry.stakeholder for _, entry in inputs} | {outcome.stakeholder for _, outcome in outcomes}
    for key, stakeholder in stakeholders:
        if stakeholder.included and key not in used:
            yield Gap(
                "stakeholders",
                f"“{stakeholder.label()}” is included, but puts nothing in and nothing changes for them. Add what does, or say why they are left out.",
                "stakeholder",
                key,
                "included",
            )
    kept = [(key, outcome) for key, outcome in outcomes if outcome.included is not False]
    for key, outcome in outcomes:
        if outcome.included is False and not outcome.included_reason:
            sentence = f"“{outcome.label()}” is left out of the ratio, and nobody has said why."
            yield Gap("outcomes", sentence, "outcome", key, "included_reason")
    for key, stakeholder in stakeholders:
        if stakeholder.included is False and any(outcome.stakeholder == key for _, outcome in kept):
            yield Gap(
                "stakeholders",
                f"“{stakeholder.label()}” is left out, but an outcome of theirs counts. Include them, or leave that outcome out too.",
                "stakeholder",
                key,
                "included",
            )
    if not without_money and not any(entry.value for _, entry in inputs):
        yield Gap("stakeholders", "Nothing that is put in has a value yet, so there is no ratio.", "input", stops=True)
    for key, entry in inputs:
        yield from _missing(entry, key, {}, "stakeholders")
        yield from _stray("stakeholders", key, entry, known)
        if entry.value is not None and entry.value < 0:
            yield Gap(
                "stakeholders",
                f"“{entry.label()}” puts in less than nothing. An input cannot be below zero; a cost to somebody is an outcome.",
                "input",
                key,
                "value",
            )
    if not outcomes:
        yield Gap("outcomes", "No outcome is listed yet. What changes, and for whom?", "outcome", stops=True)
    steps: dict[str, StepKey] = {"stakeholder": "outcomes", "outcome": "outcomes"}
    steps.update(dict.fromkeys(IMPACT_FIELDS, "impact"))
    for key, outcome in kept:
        yield from _missing(outcome, key, steps, "evidence", MONEY_FIELDS if without_money else ())
        if without_money and outcome.importance is None:
            sentence = f"“{outcome.label()}” still needs: how important it is to them."
            yield Gap("evidence", sentence, "outcome", key, "importance")
        yield from _stray("outcomes", key, outcome, known)
        yield from _odd(key, outcome)


def _stray(step: StepKey, key: str, record: Input | Outcome, known: set[str]) -> Iterator[Gap]:
    if record.stakeholder and record.stakeholder not in known:
        yield Gap(
            step,
            f"“{record.label()}” belongs to a stakeholder who was removed. Choose another.",
            record.kind,
            key,
            "stakeholder",
        )


def _odd(key: str, outcome: Outcome) -> Iterator[Gap]:
    value = outcome.financial_proxy
    if value is not None and outcome.direction == "negative" and value > 0:
        yield Gap(
            "evidence",
            f"“{outcome.label()}” is a loss, but its value is above zero, so it counts as a gain. Press “Count it as a loss” in its row, or write the value with a minus sign.",
            "outcome",
            key,
            "financial_proxy",
        )
    if value is not None and outcome.direction == "positive" and value < 0:
        yield Gap(
            "evidence",
            f"“{outcome.label()}” is a gain, but its value is below zero. Call it a loss, or take the minus sign away.",
            "outcome",
            key,
            "financial_proxy",
        )
    for name, title in (
        ("deadweight", "deadweight"),
        ("displacement", "displacement"),
        ("attribution", "the share due to others"),
    ):
        if getattr(outcome, name) == 1:
            yield Gap("impact", f"“{outcome.label()}” counts for nothing: {title} is 100%.", "outcome", key, name)
