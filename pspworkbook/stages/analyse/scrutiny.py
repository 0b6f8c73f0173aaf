"""Would it stand up to scrutiny? What a sceptic would ask, what is material, the principles, and verification."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from pspworkbook import guide
from pspworkbook.methods.sroi import checker, evidence, material, replies
from pspworkbook.records import KINDS, field_of
from pspworkbook.stages.facts.decided import decided_rows
from pspworkbook.stages.facts.verified import RESTS_ON, overtaken
from pspworkbook.stages.facts.worked import work_out
from pspworkbook.widgets.questions import Questions
from pspworkbook.widgets.register import Register
from pspworkbook.widgets.snapshot import Snapshot

if TYPE_CHECKING:
    from pspworkbook.stages.analyse.page import Analyse

READ = ["outcome", "stakeholder", "input", "forecast"]
MOST_LISTED = 100
IMPACT_FIELDS = (
    *("deadweight", "displacement", "attribution", "drop_off", "who_benefits", "claim_reason"),
    *("cashable", "budget_holder", "cashable_when"),
)
OUTCOME_FIELDS = ("stakeholder", "outcome", "description", "output", "chain", "intention", "direction")
DECISION_FIELDS = ("included", "included_reason", "decided_by", "decided_on")


def place(kind: str, field: str) -> str:
    """The register of this page that shows a field of a record."""
    if kind != "outcome":
        return kind
    if field in DECISION_FIELDS:
        return "decisions"
    if field in IMPACT_FIELDS:
        return "impact"
    return "outcomes" if not field or field in OUTCOME_FIELDS else "evidence"


def _lists(page: "Analyse") -> tuple[Any, Any, Any]:
    return page.rows("outcome"), page.rows("stakeholder"), page.rows("input")


def found(page: "Analyse") -> list[checker.Doubtful]:
    """What a sceptic would ask of the map as it stands."""
    return found_now(page.session.now)


def found_now(now: Snapshot) -> list[checker.Doubtful]:
    """The same, without a page."""

    def rows(kind: str) -> list[tuple[str, Any]]:
        return [(entry.id, entry.record) for entry in now.records(kind)]

    def work() -> list[checker.Doubtful]:
        worked, oldest = work_out(now), now.the("forecast").record.oldest_prices
        lists = (decided_rows(now), rows("stakeholder"), rows("input"))
        return checker.check(*lists, worked.result, worked.ids, dt.date.today().year, oldest)

    return now.once(("sceptic",), work)  # type: ignore[no-any-return]


def sceptic(page: "Analyse") -> None:
    """What a sceptical assurer would ask, each with its row and a place for the answer, which goes into the report."""
    page.show(
        page.passage("sceptic", dict, ["-"]),
        Questions(
            page.session,
            lambda: replies.asked(found(page), page.rows("checker_reply"), *_lists(page)),
            lambda finding: replies.standing(finding, *_lists(page)),
            READ,
            place=lambda finding: place(finding.kind, finding.field),
            gone=lambda: replies.no_longer_asked(found(page), page.rows("checker_reply")),
            rule=checker.RULE,
        ),
    )


def unsettled(page: "Analyse") -> tuple[int, int]:
    """How many questions of a sceptic have no answer, and how many decisions are not whole: neither blocks the stage."""
    about = replies.asked(found(page), page.rows("checker_reply"), *_lists(page))
    return sum(one.open for group in about for one in group.asked), len({gap.id for gap in _material(page)["findings"]})


def chains(page: "Analyse") -> None:
    """The chain of evidence of each outcome as a passage, what is missing in it, and whether it is well defined."""
    page.show(page.passage("scrutiny_chains", lambda: _chains(page), READ))


def _chains(page: "Analyse") -> dict[str, Any]:
    told = evidence.chains(decided_rows(page.session.now), page.rows("stakeholder"))
    return {"chains": told, "summary": evidence.summary(told), "rule": evidence.RULE, "place": place}


def material_test(page: "Analyse") -> None:
    """What is material, who decided to keep it or leave it out, and why."""
    page.show(
        page.passage("scrutiny_material", lambda: _material(page), READ),
        Register(
            page.session,
            "outcome",
            name="decisions",
            only=DECISION_FIELDS,
            fixed=True,
            caption="Kept or left out: who decided, and why",
            shown={"included": "narrow", "included_reason": "wide", "decided_by": "mid", "decided_on": "narrow"},
        ),
    )


def _material(page: "Analyse") -> dict[str, Any]:
    worked, groups = page.worked, dict(page.rows("stakeholder"))
    would = {id_: worth for id_, worth in worked.excluded if worth is not None}
    old = page.session.now.outdated("outcome")
    outcomes = decided_rows(page.session.now)
    rows = material.materiality(outcomes, groups, worked.result, worked.ids, would, old) if worked.result else []
    return {
        "rows": rows,
        "findings": list(material.decision_gaps(rows)),
        "groups": [group for group in groups.values() if group.included is False],
        "rule": material.RULE,
        "place": place,
        "by_weights": worked.by_weights,
        "most": MOST_LISTED,
    }


def principles(page: "Analyse") -> None:
    """The audit of the eight principles, and the verification record."""
    options = field_of(KINDS["principle_audit"], "item").options
    page.show(
        page.passage("scrutiny_principles", lambda: _principles(page), ["principle_audit", "verification", *RESTS_ON]),
        Register(page.session, "principle_audit", seed=[{"item": key} for key in options], empty="Take the eight principles to begin with."),
        Register(page.session, "verification", empty="Nobody has verified the figures yet."),
    )  # fmt: skip


def _principles(page: "Analyse") -> dict[str, Any]:
    """Each principle with what the audit says of it, in the order of the guide; the eighth is marked as new."""
    audits = {row.item: row for _, row in page.rows("principle_audit")}
    keys = field_of(KINDS["principle_audit"], "item").options
    how_far = field_of(KINDS["principle_audit"], "met")
    rows = [
        (
            principle,
            how_far.show(audits[key].met) if key in audits else "",
            audits[key].evidence if key in audits else "",
        )
        for key, principle in zip(keys, guide.sroi().principles, strict=True)
    ]
    old = overtaken(page.session.now)
    outside = [row for _, row in page.rows("verification") if row.independent]
    return {
        "rows": rows,
        "answered": sum(bool(met) for _, met, _ in rows),
        "verified": len(page.rows("verification")),
        "outside": len(outside),
        "old": [row.label() for id_, row in page.rows("verification") if id_ in old],
        "changed": evidence.OVERTAKEN,
    }
