"""Is it good enough (AN-2), is the scope right (AN-10), do both sectors expect the same (AN-13), who shaped it (AN-14)?"""

import datetime as dt
from typing import Any

from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.analyse import enough, expectations, influence
from pspworkbook.methods.ballots.spread import plain
from pspworkbook.methods.findings import unanswered
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.facts.answers import shown
from pspworkbook.stages.page import words
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.offers import Offers

GAPS = {"gap": "wide", "changes": "mid", "weeks": "narrow", "decision": "mid", "owner": "mid"}
CHANGES = {"date": "narrow", "scope": "wide", "move": "mid", "people": "narrow", "why": "wide"}
LOG = {"event": "wide", "date": "narrow", "who": "mid", "stage": "mid", "changed": "wide"}


def good_enough(page: ToolPage) -> None:
    """What is not known, whether it would turn the decision round, and what stays open."""
    page.tool(
        "AN-2",
        page.register("good_enough", empty="No gap is written down. There always are some.", shown=GAPS),
        Offers(
            page.session,
            "good_enough",
            lambda: [*enough.from_evidence(page.rows("evidence")), *enough.from_outcomes(page.rows("outcome"))],
            ["evidence", "outcome"],
            title="Weak spots that are not among the gaps",
        ),
        page.passage("analyse_enough", lambda: enough_facts(page), ["good_enough"]),
        page.findings(
            lambda: enough.gaps(page.rows("good_enough"), dt.date.today()),
            ["good_enough"],
            fine="Each gap is decided on, with its reason.",
        ),
    )


def enough_facts(page: ToolPage) -> dict[str, Any]:
    """Each gap with what the rule says of it, and what stays open."""
    rows = page.rows("good_enough")
    return {
        "rows": [(id_, row, enough.SUGGESTED[enough.suggestion(row)]) for id_, row in rows],
        "left": enough.left_out(rows),
        "rule": enough.RULE,
    }


def ambition(page: ToolPage) -> None:
    """Too narrow, right or too broad, as each person sees it; and each scope that there was, with its reason."""
    page.tool(
        "AN-10",
        *ballot(page, "scope-ambition"),
        page.register("scope_change", empty="No scope is written down. Begin with the first.", shown=CHANGES),
        page.passage("analyse_scope", lambda: {"rows": history(page)}, ["scope_change"]),
        page.findings(
            lambda: (gap for id_, row in page.rows("scope_change") for gap in unanswered(id_, row)), ["scope_change"]
        ),
    )


def history(page: ToolPage) -> list[tuple[str, Any]]:
    """The scopes in the order of their dates; those without a date last."""
    return sorted(page.rows("scope_change"), key=lambda pair: pair[1].date or dt.date.max)


def between(page: ToolPage) -> None:
    """What each sector expects, side by side, and what was agreed where they differ."""
    parts = ballot(page, expectations.BALLOT)
    panel: Any = parts[0]

    def found() -> list[expectations.Mismatch]:
        # Like the panel, it says nothing until the answers are shown there.
        answers = shown(page.session.now)
        return expectations.compared(ballots()[expectations.BALLOT], answers) if panel.state["shown"] else []

    def facts() -> dict[str, Any]:
        shown = panel.state["shown"]
        return {
            "found": found(),
            "shown": shown,
            "hidden": panel.hidden_words,
            "rule": expectations.RULE,
            "plain": plain,
        }

    table = page.passage("analyse_expectations", facts, ["answer"])
    offers = Offers(
        page.session,
        "expectation_gap",
        lambda: expectations.offers(found()),
        ["answer"],
        title="Mismatches that nobody has taken up",
    )

    def again(_change: Any) -> None:
        offers.refresh()
        table.show(words("analyse_expectations", **facts()))

    panel.observe(again, "state")
    page.tool("AN-13", *parts, table, offers, page.register("expectation_gap", empty="No difference is written down."))


def shaped(page: ToolPage) -> None:
    """Who took part, how early, and what changed because of it."""
    page.tool(
        "AN-14",
        page.register("influence", empty="The log is empty.", shown=LOG),
        page.passage(
            "analyse_influence",
            lambda: {"log": influence.log(page.rows("influence")), "rule": influence.RULE},
            ["influence"],
        ),
        page.findings(
            lambda: influence.gaps(page.rows("influence")),
            ["influence"],
            fine="Every entry says what changed, and the people have been told.",
        ),
    )
