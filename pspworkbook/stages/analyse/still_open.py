"""What is still open in a forecast besides a sceptic's questions: by the same rules as on the page, for the report."""

from collections.abc import Collection, Iterable
from typing import Any

from pspworkbook.methods.findings import StageGap
from pspworkbook.methods.sroi import evidence, material, ranges, scenarios, shelf
from pspworkbook.methods.words import day, quoted, sentences
from pspworkbook.records import KINDS, field_of
from pspworkbook.stages.analyse.proxies import index_now
from pspworkbook.stages.facts.decided import decided_rows
from pspworkbook.stages.facts.verified import overtaken
from pspworkbook.stages.facts.worked import Worked
from pspworkbook.stages.progress import forecast_gaps
from pspworkbook.widgets.snapshot import Snapshot

Open = list[tuple[str, list[str]]]


def still_open(now: Snapshot, worked: Worked) -> Open:
    """What is open, as sentences by what they are about; what nothing is open in is left out."""

    def rows(kind: str) -> list[tuple[str, Any]]:
        return [(entry.id, entry.record) for entry in now.records(kind)]

    outcomes, stakeholders, inputs, given = (rows(kind) for kind in ("outcome", "stakeholder", "input", "figure_range"))
    ids = {"outcome": [id_ for id_, _ in outcomes], "input": [id_ for id_, _ in inputs]}
    would = {id_: worth for id_, worth in worked.excluded if worth is not None}
    tested = (
        material.materiality(
            decided_rows(now), dict(stakeholders), worked.result, worked.ids, would, now.outdated("outcome")
        )
        if worked.result
        else []
    )
    decisions = [
        gap
        for gap in material.decision_gaps(tested)
        if gap.field in ("included", "included_reason") or gap.id in now.outdated("outcome")
    ]
    found: Open = [
        ("What the forecast lacks", [gap.sentence for gap in forecast_gaps(now)]),
        ("The evidence of each outcome", [_chain(one) for one in evidence.chains(decided_rows(now), stakeholders) if one.open]),
        ("What is kept, and what is left out", _said(decisions)),
        ("Ranges and scenarios", _said([*ranges.gaps(given, dict(outcomes), dict(inputs)), *scenarios.gaps(rows("scenario"), rows("scenario_change"), ids)])),
        ("Values from the library", _said([*shelf.moved(outcomes, dict(rows("proxy")), index_now(now)), *shelf.not_to_be_passed_on(rows("proxy"))])),
        ("Principles and verification", _checks(rows("principle_audit"), rows("verification"), overtaken(now))),
    ]  # fmt: skip
    return [(about, said) for about, said in found if said]


def _said(gaps: Iterable[StageGap]) -> list[str]:
    return [gap.sentence for gap in gaps]


def _chain(chain: evidence.Chain) -> str:
    lacks = [f"{quoted(chain.name)} does not say: {'; '.join(one.sentence for one in chain.missing)}"] if chain.missing else [quoted(chain.name)]  # fmt: skip
    return sentences([*lacks, *(answer.why for answer in chain.defined if not answer.ok)])


def _checks(audit: list[tuple[str, Any]], verification: list[tuple[str, Any]], old: Collection[str]) -> list[str]:
    options = field_of(KINDS["principle_audit"], "item").options
    met = {row.item for _, row in audit if row.met}
    missed = [words for key, words in options.items() if key not in met]
    said = [f"Nobody has said whether these principles are kept: {'; '.join(missed)}."] if missed else []
    if not verification:
        said.append("Nobody has verified the figures.")
    elif not any(row.independent for _, row in verification):
        said.append("Nobody from outside the partnership has verified the figures.")
    said += [
        f"{quoted(row.label())} was verified{f' by {row.by}' if row.by else ''}{f' on {day(row.date)}' if row.date else ''}; {evidence.OVERTAKEN}."
        for id_, row in verification
        if id_ in old
    ]
    return said
