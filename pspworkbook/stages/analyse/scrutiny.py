"""Would it stand up to scrutiny? What a sceptic would ask, what is material, the principles, verification, importance."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from pspworkbook.methods.sroi import checker
from pspworkbook.records import KINDS, field_of
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.register import Register

if TYPE_CHECKING:
    from pspworkbook.stages.analyse.page import Analyse

READ = ["outcome", "stakeholder", "input", "forecast"]
REPLIES = {"finding": "wide", "reply": "wide", "by": "mid", "date": "narrow"}


def found(page: "Analyse") -> list[checker.Doubtful]:
    """What a sceptic would ask of the map as it stands."""
    now, worked = page.session.now, page.worked

    def rows(kind: str) -> list[tuple[str, Any]]:
        return [(entry.id, entry.record) for entry in now.records(kind)]

    def work() -> list[checker.Doubtful]:
        lists = (rows("outcome"), rows("stakeholder"), rows("input"))
        return checker.check(*lists, worked.result, worked.ids, dt.date.today().year)

    return now.once(("sceptic",), work)  # type: ignore[no-any-return]


def sceptic(page: "Analyse") -> None:
    """What a sceptical assurer would ask, each with its row, and the answers, which go into the report."""
    page.show(
        page.passage("scrutiny_sceptic", lambda: _sceptic(page), [*READ, "checker_reply"]),
        Offers(
            page.session,
            "checker_reply",
            lambda: checker.offers(found(page)),
            READ,
            title="Not answered yet",
            nothing="Everything that a sceptic would ask has an answer, or nothing is asked.",
        ),
        Register(page.session, "checker_reply", shown=REPLIES, empty="No answer yet."),
    )


def _sceptic(page: "Analyse") -> dict[str, Any]:
    doubts = found(page)
    answered = {entry.record.origin for entry in page.session.now.records("checker_reply") if entry.record.reply}
    return {
        "findings": [one.gap for one in doubts if one.key not in answered],
        "answered": sum(one.key in answered for one in doubts),
        "rule": checker.RULE,
    }


def material(page: "Analyse") -> None:
    """What is material, who gains, and the same outcomes by importance instead of money."""
    page.show(page.passage("scrutiny_material", lambda: _material(page), READ))


def _material(page: "Analyse") -> dict[str, Any]:
    now, worked = page.session.now, page.worked
    groups = {entry.id: entry.record for entry in now.records("stakeholder")}
    outcomes = [(entry.id, entry.record) for entry in now.records("outcome")]
    rows = checker.materiality(outcomes, groups, worked.result, worked.ids) if worked.result else []
    weights = [
        (row.label(), groups[row.stakeholder].label() if row.stakeholder in groups else "", row.importance)
        for _, row in outcomes
        if row.importance is not None
    ]
    return {
        "rows": rows,
        "left_out": [group for group in groups.values() if group.included is False],
        "weights": sorted(weights, key=lambda row: -row[2]),
        "trifle": checker.TRIFLE,
    }


def principles(page: "Analyse") -> None:
    """The audit of the eight principles, and the verification record."""
    options = field_of(KINDS["principle_audit"], "item").options
    page.show(
        Register(page.session, "principle_audit", seed=[{"item": key} for key in options], empty="Take the eight principles to begin with."),
        Register(page.session, "verification", empty="Nobody has verified the figures yet."),
    )  # fmt: skip
