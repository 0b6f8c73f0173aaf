"""The record of a decision as one page to print: options, reasons, conditions, who differed, who decided, when."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from pspworkbook import guide
from pspworkbook.documents.page_templates import page_templates
from pspworkbook.guide import ThenAndNow
from pspworkbook.methods.decide import decision, subsidy
from pspworkbook.methods.decide.decision import DecisionFacts, DecisionPaper
from pspworkbook.methods.words import day, pounds
from pspworkbook.records import field_of
from pspworkbook.records.decide import Dissent, Option
from pspworkbook.records.subsidy import Subsidy

ATTRIBUTION = (
    "Knowledge from “A Practical Guide to Forming and Operating Public Social Partnerships”, published by the Scottish "
    "Government, Crown copyright 2011, used under the Open Government Licence and told in our own words. Made with the "
    "PSP workbook."
)
LEGAL_TOOLS = ("TP-1", "TP-8", "TP-9", "TP-10")
"""The tools whose notes on the law bear on the decision."""


@dataclass(frozen=True)
class Agreed:
    """That the partnership has agreed with the stage: who said so, when, and whether something has changed since."""

    who: str
    on: dt.date | None
    stale: bool = False


@dataclass(frozen=True)
class DecisionRecord:
    """What the page is made of. ``people`` gives the names of those who are listed; ``on`` is the day of printing."""

    facts: DecisionFacts
    workbook: str
    people: Mapping[str, str] = field(default_factory=dict)
    on: dt.date = field(default_factory=dt.date.today)
    agreed: Agreed | None = None

    def name_of(self, id_: str | None) -> str:
        """The name of a person, or a dash; somebody may have been taken off the list."""
        return self.people.get(id_, "somebody who is no longer listed") if id_ else "–"


@cache
def _templates() -> jinja2.Environment:
    env = page_templates()
    env.filters["pounds"] = pounds
    env.filters["day"] = lambda date: day(date) if date else "–"
    return env


def body(record: DecisionRecord, *, top: int = 3) -> Markup:
    """The record as a piece of a page; ``top`` is the level of its heading. Everything from users is escaped."""
    return Markup(_templates().get_template("decision_body.html.j2").render(**_words(record), top=top))


def as_page(record: DecisionRecord) -> str:
    """The record as a page of its own: A4, black and white, no script, nothing fetched from anywhere."""
    return _templates().get_template("decision_page.html.j2").render(**_words(record), top=1)


def _sides(paper: DecisionPaper) -> list[tuple[str, list[tuple[str, str]]]]:
    """What bears on the decision: (heading, [(tool, everything that it says)])."""
    titles = {"for": "For a PSP", "against": "Against it", "missing": "Missing, open or split"}
    sides = []
    for side, title in titles.items():
        by_tool: dict[str, list[str]] = {}
        for point in paper.of(side):
            by_tool.setdefault(guide.tools()[point.tool].name, []).append(point.sentence)
        sides.append((title, [(tool, _merged(sentences)) for tool, sentences in by_tool.items()]))
    return sides


def _merged(sentences: list[str]) -> str:
    """Sentences as one text; those that begin alike, up to a colon, say their beginning once."""
    starts: dict[str, list[str]] = {}
    for sentence in sentences:
        start, colon, rest = sentence.partition(": ")
        starts.setdefault(start + colon, []).append(rest)
    return " ".join(start + "; ".join(rests) for start, rests in starts.items())


def _notes(on: dt.date) -> list[dict[str, Any]]:
    """The notes on the law, those together that are equally sure and of the same day."""
    groups: dict[tuple[str, dt.date | None], list[ThenAndNow]] = {}
    for note in legal_notes():
        groups.setdefault((note.sure, note.as_of), []).append(note)
    return [
        {
            "sure": sure,
            "as_of": as_of,
            "topics": [note.topic + (" (overdue for a check)" if guide.overdue(note, on) else "") for note in notes],
            "check": min(note.check_again_by for note in notes),
        }
        for (sure, as_of), notes in groups.items()
    ]


def legal_notes() -> list[ThenAndNow]:
    """The notes on the law that belong to this stage, each once."""
    keys = dict.fromkeys(key for tool in LEGAL_TOOLS for key in guide.tools()[tool].then_and_now)
    known = guide.then_and_now()
    return [known[key] for key in keys]


def _words(record: DecisionRecord) -> dict[str, Any]:
    facts, paper = record.facts, decision.paper(record.facts)
    routes = field_of(Subsidy, "route").options
    return {
        "record": record,
        "facts": facts,
        "paper": paper,
        "is_psp": decision.is_psp(facts.partnership, facts.test)[1],
        "kinds": field_of(Option, "what").options,
        "sectors": field_of(Dissent, "sector").options,
        "help": [
            (row, subsidy.assess(row), routes.get(row.route or "", "not decided"))
            for _, row in facts.subsidies
            if row.origin != "elsewhere" and row.state != "dropped"
        ],
        "sides": _sides(paper),
        "notes": _notes(record.on),
        "rule": decision.RULE,
        "not_legal_advice": subsidy.NOT_LEGAL_ADVICE,
        "attribution": ATTRIBUTION,
    }
