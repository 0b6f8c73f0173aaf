"""What the passages of stage 2 say: the heat table, the subsidies, the points, and the record of the decision."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pspworkbook import guide
from pspworkbook.documents.decision_record import Agreed, DecisionRecord, as_page, body
from pspworkbook.guide.ballots import ballots
from pspworkbook.guide.path import stages
from pspworkbook.methods.ballots.ballot_results import Result, results
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, VERDICTS, plain
from pspworkbook.methods.decide import decision, market, subsidy
from pspworkbook.methods.decide.decision import DecisionFacts
from pspworkbook.methods.findings import Rows, number_of
from pspworkbook.records import Answer, field_of
from pspworkbook.records.decide import Option
from pspworkbook.records.subsidy import Subsidy, SubsidyTest
from pspworkbook.stages.page import page_of

if TYPE_CHECKING:
    from pspworkbook.stages.decide import Decide


SUBSIDY_COLUMNS = {"item": "wide", "giver": "mid", "recipient": "mid", "value": "mid", "date": "narrow", "route": "mid"}
"""The columns of the subsidy register, wide enough for a large amount."""


def usual_options() -> list[Mapping[str, Any]]:
    """The ways to go that there usually are, as rows to start from."""
    return [{"what": key, "name": sentence} for key, sentence in field_of(Option, "what").options.items()]


def to_weigh(known: DecisionFacts) -> list[Mapping[str, Any]]:
    """The seven principles for each piece of help that is tested against them, as rows to start from."""
    pieces = [id_ for id_, row in known.subsidies if row.route == "principles" and row.state != "dropped"]
    return [{"subsidy": id_, "item": key} for id_ in pieces for key in field_of(SubsidyTest, "item").options]


def test_facts(known: DecisionFacts) -> dict[str, Any]:
    """Whether this is a PSP by the definition."""
    state, sentence = decision.is_psp(known.partnership, known.test)
    return {"state": state, "sentence": sentence}


def market_facts(known: DecisionFacts) -> dict[str, Any]:
    """What was found in the market, beside the judgement of it."""
    state = market.judge(known.findings, known.market)
    return {"state": state, "headings": market.HEADINGS, "rule": market.RULE}


def heat_facts(answers: Sequence[Answer], view: int) -> dict[str, Any]:
    """The matrix of benefits: five kinds by three groups, each cell in words and numbers."""
    asked = ballots()["benefits"]
    found = {one.question.key: one for one in results(asked, answers, view)}
    rows = [
        {"label": item.label, "cells": [_cell(found[f"{item.key}.{part.key}"]) for part in asked.parts]}
        for item in asked.items
    ]
    unfair = guide.checklists()["benefits"].items
    caveat = next((cell for item in unfair for cell in item.cells.values() if "unfair" in cell), "")
    if caveat:
        caveat = f"Providers {caveat[:1].lower()}{caveat[1:]}."
    return {"columns": [part.label for part in asked.parts], "rows": rows, "caveat": caveat}


def _cell(one: Result) -> dict[str, Any]:
    found = one.spread
    count = number_of(found.n, "answer")
    if found.n < ENOUGH_TO_SAY or found.median is None:
        return {"level": 0, "words": "Too few to say", "more": count}
    level = math.floor(found.median)
    said = {step.value: step.words for step in ballots()["benefits"].scale}[level]
    return {
        "level": level,
        "words": said,
        "more": f"median {plain(found.median)}, {count}, {VERDICTS[found.verdict].lower()}",
    }


def subsidy_facts(known: DecisionFacts, tests: Rows[SubsidyTest]) -> dict[str, Any]:
    """Each piece of help with its four questions, the five of 2011 beside them, and the seven principles where used."""
    routes = field_of(Subsidy, "route").options
    pieces = []
    for id_, row in known.subsidies:
        if row.origin == "elsewhere" or row.state == "dropped":
            continue
        states = subsidy.principles(id_, tests) if row.route == "principles" else ()
        pieces.append(
            {
                "id": id_,
                "name": row.label(),
                "found": subsidy.assess(row),
                "route": routes.get(row.route or "", ""),
                "principles": states,
                "principles_words": subsidy.principles_words(states) if states else "",
            }
        )
    return {
        "pieces": pieces,
        "answers": field_of(Subsidy, "public").options,
        "met": field_of(SubsidyTest, "met").options,
        "rule": subsidy.RULE,
        "advice": subsidy.NOT_LEGAL_ADVICE,
    }


def ledger_facts(known: DecisionFacts, today: dt.date) -> dict[str, Any]:
    """The ledger of small amounts, with its limits, where they come from, and how old that is."""
    first, last = subsidy.window(today)
    return {
        "lines": subsidy.ledger(known.subsidies, today),
        "limits": [
            ("Minimal financial assistance", subsidy.limit("C-03")),
            ("Assistance for services of public economic interest (SPEI)", subsidy.limit("C-04")),
            ("Above this, to be entered in the public database", subsidy.limit("C-06")),
        ],
        "first": first,
        "last": last,
        "today": today,
        "rule": subsidy.LEDGER_RULE,
        "advice": subsidy.NOT_LEGAL_ADVICE,
    }


def points_facts(known: DecisionFacts) -> dict[str, Any]:
    """What speaks for, against, and what is missing, each with the tool that it comes from and the way there."""
    paper = decision.paper(known)
    tools = guide.tools()
    pages = {stage.key: page_of(stage) for stage in stages()}

    def way(tool: str) -> str:
        page = "" if tools[tool].stage == "decide" else pages.get(tools[tool].stage, "")
        return f"{page}#tool-{tool}" if page or tools[tool].stage == "decide" else ""

    sides = {
        side: [(point, tools[point.tool].name, way(point.tool)) for point in paper.of(side)]
        for side in ("for", "against", "missing")
    }
    return {"points": sides, "rule": decision.RULE}


def record_of(page: "Decide") -> DecisionRecord:
    """The record of the decision as the workbook holds it now."""
    now = page.session.now
    agreed = next((entry for entry in reversed(now.records("confirmation")) if entry.record.stage == page.STAGE), None)
    return DecisionRecord(
        facts=page.facts,
        workbook=page.workbook.name,
        people={entry.id: entry.record.label() for entry in now.records("person")},
        on=dt.date.today(),
        agreed=Agreed(
            agreed.record.agreed_by,
            agreed.at.astimezone().date() if agreed.at else None,
            page.status.name == "stale",
        )
        if agreed
        else None,
    )


def record_facts(page: "Decide") -> dict[str, Any]:
    """The record for the passage on the page."""
    return {"record": body(record_of(page))}


def save_record(page: "Decide") -> tuple[str, str, bytes]:
    """The record as a file: name, media type, bytes."""
    record = record_of(page)
    return f"{page.workbook.slug}-decision-{record.on.isoformat()}.html", "text/html", as_page(record).encode("utf-8")
