"""Mandatory indicators without collecting twice (RV-5): what is counted already, and the hours that this spares."""

from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, StageGap, same_name
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.plan import measures
from pspworkbook.records.measures import Measure
from pspworkbook.records.review import MandatoryIndicator

RULE = (
    "An indicator that points to a measure of stage 5 costs no further hours: the measure is collected anyway. One that "
    f"does not costs the hours written beside it. {measures.BURDEN_RULE} Two readers who ask for the same measure get the "
    "same figure. A measure is named as perhaps the same when more than half of the telling words agree."
)
ALIKE = 0.5


@dataclass(frozen=True)
class Burden:
    """Hours a year. ``anyway``: of the measures that are used again; ``spared``: what collecting them once more would
    take; ``alone``: of indicators that are collected for one reader only; ``unknown``: those without their hours.
    """

    anyway: float
    spared: float
    alone: float
    unknown: tuple[str, ...]


def burden(rows: Rows[MandatoryIndicator], known: Rows[Measure]) -> Burden:
    """The burden by :data:`RULE`. A second collection is taken to cost what the indicator says, or else the measure."""
    by_id = dict(known)
    reused = {row.measure for _, row in rows if row.measure in by_id}
    anyway = sum(measures.hours(by_id[id_]) or 0.0 for id_ in reused if id_)
    spared, alone, unknown = 0.0, 0.0, []
    for _, row in rows:
        measure = by_id.get(row.measure or "")
        if measure is not None:
            spared += row.hours if row.hours is not None else measures.hours(measure) or 0.0
        elif row.hours is None:
            unknown.append(row.label())
        else:
            alone += row.hours
    return Burden(anyway, spared, alone, tuple(unknown))


def by_measure(rows: Rows[MandatoryIndicator], known: Rows[Measure]) -> list[tuple[str, list[str]]]:
    """The one list to report from: each measure that is used again, and the readers that it serves."""
    found: dict[str, list[str]] = {}
    names = {id_: row.label() for id_, row in known}
    for _, row in rows:
        if row.measure in names:
            found.setdefault(names[row.measure], []).append(row.required_by or "nobody named")
    return [(name, list(dict.fromkeys(readers))) for name, readers in found.items()]


def offers(known: Rows[Measure]) -> Iterator[Offer]:
    """Measures that stage 5 says are required: already counted, so nothing is collected twice."""
    for id_, row in known:
        if row.mandatory:
            values = {"indicator": row.indicator, "required_by": row.required_by, "measure": id_}
            yield Offer(origin_of("measure", id_), row.label(), "outcome measures, stage 5", values)


def gaps(rows: Rows[MandatoryIndicator], known: Rows[Measure]) -> Iterator[StageGap]:
    """Indicators that seem to be counted already, that stand here twice, or without their hours."""
    seen: dict[tuple[str, str], str] = {}
    for id_, row in rows:
        key = (same_name(row.indicator), same_name(row.required_by))
        if row.indicator and key in seen:
            yield StageGap("RV-5", f"“{row.label()}” stands here twice.", row.kind, id_, "indicator")
        seen[key] = id_
        if row.measure:
            continue
        near = alike(row.indicator, known)
        if near:
            sentence = f"“{row.label()}” may be counted already as “{near}”. If so, choose it, and collect it once."
            yield StageGap("RV-5", sentence, row.kind, id_, "measure")
        if row.hours is None:
            yield StageGap("RV-5", f"How many hours does “{row.label()}” take in a year?", row.kind, id_, "hours")


def alike(text: str, known: Rows[Measure]) -> str:
    """The measure whose words come nearest to a text, by :data:`RULE`; "" when none comes near."""
    mine = measures.telling_words(text)
    best, share = "", ALIKE
    for _, row in known:
        theirs = measures.telling_words(row.indicator)
        if mine and theirs and (found := len(mine & theirs) / len(mine | theirs)) > share:
            best, share = row.label(), found
    return best
