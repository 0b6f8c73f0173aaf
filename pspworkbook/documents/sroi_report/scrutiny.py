"""What makes the report stand up: questions and answers, limits, principles, evidence, audit trail, sources, words."""

from collections.abc import Iterator, Sequence

from pspworkbook import guide
from pspworkbook.documents.blocks import Block, Heading, Points, Say, Table
from pspworkbook.documents.sroi_report.facts import Logged, ReportFacts
from pspworkbook.documents.sroi_report.shown import NOT_SAID, choice_of, field, numbered
from pspworkbook.methods.findings import together
from pspworkbook.methods.sroi import replies
from pspworkbook.methods.sroi.checker import RULE
from pspworkbook.methods.sroi.evidence import OVERTAKEN
from pspworkbook.methods.words import day, quoted, sentences
from pspworkbook.records import Outcome, field_of, fields_of
from pspworkbook.records.fields import financial
from pspworkbook.records.scrutiny import PrincipleAudit

MOST_LINES = 300
"""Lines of the history that the report prints; the rest stays in the workbook."""
TERMS = (
    *(
        "public-social-partnership",
        "social-return-on-investment",
        "stakeholder",
        "input",
        "output",
        "outcome",
        "indicator",
    ),
    *("impact", "quantity", "financial-proxy", "duration", "deadweight", "displacement", "attribution", "drop-off"),
    *(
        "discount-rate",
        "present-value",
        "net-present-value",
        "social-return-ratio",
        "payback",
        "materiality",
        "sensitivity",
    ),
)


def sceptic(f: ReportFacts) -> Iterator[Block]:
    """What a sceptical assurer would ask, with the answers, and what is still open."""
    if not f.outcomes:
        yield Say("There is no map yet to ask about.", "missing")
        return
    yield Say("The map was read as a sceptical assurer would read it. A finding is a question, not a fault.")
    rows = [
        (one.finding.sentence, sentences([reply.record.reply, reply.out_of_date]), _by(f, reply.record))
        for one in f.asked
        for reply in one.replies
    ]
    rows += [(row.label(), row.reply, _by(f, row)) for _, row in f.replies if row.reply and not row.origin]
    yield Heading("Asked and answered")
    if rows:
        yield Table("Questions with the partnership’s answers", ("What a sceptic would ask", "The answer", "Who says so"), rows, (6, 7.5, 3))  # fmt: skip
    else:
        yield Say("No question has an answer yet.")
    gone = [
        (row.finding, row.reply, _by(f, row)) for _, row in replies.no_longer_asked(f.findings, f.replies) if row.origin
    ]
    if gone:
        yield Table("Answers to what is no longer asked, for the figures have changed", ("What a sceptic asked", "The answer", "Who said so"), gone, (6, 7.5, 3))  # fmt: skip
    yield from _open(f)
    yield Say(RULE, "small")


def _open(f: ReportFacts) -> Iterator[Block]:
    """All that is open, by the rules of the page: the questions first."""
    yield Heading("Still open")
    still = [one.finding.sentence for one in f.asked if one.open]
    parts = [*([("Questions without an answer", still)] if still else []), *f.open]
    if not parts:
        stale = any(one.stale for one in f.asked)
        yield Say("Nothing but the answers that are out of date." if stale else "Nothing that the rules of the workbook look at is open.")  # fmt: skip
    for about, said in parts:
        yield Heading(about, 3)
        yield Points([("", sentence) for sentence in said])


def _by(f: ReportFacts, row: object) -> str:
    who, when = f.person(getattr(row, "by", None)), getattr(row, "date", None)
    return f"{who}, {day(when)}" if when else who


def limits(_: ReportFacts) -> Iterator[Block]:
    """The five limits that belong to every ratio."""
    yield Say(
        "These limits belong to every social return ratio, this one too. Whoever quotes the ratio should know them."
    )
    yield Points([(f"{one.name}.", one.text) for one in guide.sroi().limitations], numbered=True)


def principles(f: ReportFacts) -> Iterator[Block]:
    """The audit of the principles, and the verification record."""
    yield Heading("The principles of SROI")
    yield Say("The guide of 2011 has seven principles; the eighth came later.")
    said = {row.item: row for _, row in f.audit}
    rows = []
    for key, one in zip(field_of(PrincipleAudit, "item").options, guide.sroi().principles, strict=False):
        row = said.get(key)
        name = f"{one.number}. {one.name}" + ("" if one.in_2011 else f" ({one.since})")
        if row is None:
            rows.append((name, "Not looked at yet", "", ""))
        else:
            rows.append((name, choice_of(row, "met"), row.evidence or NOT_SAID, f.person(row.by)))
    yield Table(
        "Principles audit", ("Principle", "Is it kept?", "How anybody can see it", "Who says so"), rows, (5, 2.5, 6, 3)
    )
    yield Heading("Verification")
    if not f.verification:
        yield Say("Nobody has verified the figures yet.", "missing")
        return
    checks = [
        (
            row.what or NOT_SAID,
            row.by or NOT_SAID,
            {True: "Yes", False: "No", None: NOT_SAID}[row.independent],
            sentences([day(row.date) if row.date else NOT_SAID, _since(f, id_)]),
            choice_of(row, "verdict"),
            row.remarks,
        )
        for id_, row in f.verification
    ]
    head = ("What was looked at", "By whom", "From outside", "On", "What they found", "Remarks, and what was done")
    yield Table("Who verified what", head, checks, (3.2, 2.9, 1.7, 2.3, 2.4, 4))


def _since(f: ReportFacts, id_: str) -> str:
    return f"{OVERTAKEN[:1].upper()}{OVERTAKEN[1:]}" if id_ in f.overtaken else ""


_ELSEWHERE = ("stakeholder", "outcome", "direction", "intention")


def evidence(f: ReportFacts) -> Iterator[Block]:
    """For each outcome the chain from those who were asked to the figure that is claimed, group by group of its fields."""
    if not f.outcomes:
        yield Say("No outcome is written down yet.", "missing")
        return
    yield Say("For each outcome: how people were asked, what was counted, where the figures come from, and who decided. What is not there was not filled in.")  # fmt: skip
    for place, (_, row) in enumerate(f.outcomes, start=1):
        group = f.groups.get(row.stakeholder or "")
        said: dict[str, list[str]] = {"For whom": [group.label() if group else "Nobody named"]}
        if group and group.involved:
            said["How they were asked"] = [group.involved]
        for spec in fields_of(Outcome):
            if spec.name not in _ELSEWHERE and (text := field(spec, getattr(row, spec.name))):
                said.setdefault(spec.group, []).append(f"{spec.title.removesuffix(', £').rstrip('?')}: {text}")
        lacking = [spec.title for spec in row.missing()]
        if lacking:
            said["Not filled in"] = ["; ".join(lacking)]
        yield Heading(numbered(place, row), 2)
        yield Points([(f"{about}:", sentences(texts)) for about, texts in said.items()], size=8.5)


_PARTS = {
    **dict.fromkeys(("forecast", "simulation"), "Scope, and how the range is worked out"),
    "stakeholder": "Stakeholders",
    **dict.fromkeys(("input", "actual_input"), "What is put in"),
    "outcome": "Outcomes that are no longer in the map",
    **dict.fromkeys(("scenario", "scenario_change"), "Scenarios"),
    "figure_range": "Ranges that name neither an outcome nor an input",
}
"""Where a line of the history stands that belongs to no outcome of the map."""
_OTHERS = "Questions and checks of the whole map"


def trail(f: ReportFacts) -> Iterator[Block]:
    """Who set or changed which assumption, when, and why: outcome by outcome, from the history of the workbook."""
    yield Say(
        f"Every change of the scope, the stakeholders, the figures, their ranges and the answers, outcome by outcome, the newest "
        f"first, as the history of the workbook keeps it. What one person saved at one time for one reason stands in one row, in the order in which it was done; “as "
        f"it stands here” says that it came with the figures of this report, and nobody has changed it since. "
        f"The history stood at line {f.line:,} when this report was made."
    )
    if not f.log:
        yield Say("Nothing has been entered yet.", "missing")
        return
    names = {id_: numbered(place, row) for place, (id_, row) in enumerate(f.outcomes, start=1)}
    order = [*dict.fromkeys(_PARTS.values()), _OTHERS]
    first, last = order[:3], order[3:]
    together_: dict[tuple[str, str, str, str], list[Logged]] = {}
    for one in f.log[:MOST_LINES]:
        about = names.get(one.outcome) or _PARTS.get(one.kind, _OTHERS)
        together_.setdefault((about, one.when, one.who, one.why), []).append(one)
    ranked = {about: place for place, about in enumerate([*first, *names.values(), *last])}
    rows = [
        (about, f"{when}, {who}", sentences(_shorter(about, _in_order(lines))), why or "–")
        for (about, when, who, why), lines in sorted(together_.items(), key=lambda pair: ranked[pair[0][0]])
    ]
    head = ("About", "When, and who", "What", "Why")
    yield Table("Audit trail of the assumptions", head, rows, (4.2, 3.2, 14.6, 4.2), size=8)
    if (more := len(f.log) - MOST_LINES) > 0:
        yield Say(f"{more:,} older lines are in the workbook itself.", "small")


def _in_order(lines: Sequence[Logged]) -> list[str]:
    """What was done as it was done, first the outcome's own lines; the history has the newest first."""
    done = lines[::-1]
    own, others = ([one.what for one in done if (one.kind == "outcome") is whether] for whether in (True, False))
    return [*own, *others]


def _shorter(about: str, texts: Sequence[str]) -> list[str]:
    """Lines about one outcome without its name in each."""
    name = about.partition(". ")[2]
    if not name:
        return list(texts)
    said = quoted(name)
    return [text.replace(f"Outcome {said} added", "Added").replace(f" of {said}", "") for text in texts]


def sources(f: ReportFacts) -> Iterator[Block]:
    """Every source once, with the year of its prices, its licence, and what it was used for."""
    used: dict[tuple[str, str, str], dict[str, list[str]]] = {}

    def note(source: str, what: str, which: str, year: str = "", licence: str = "") -> None:
        if source:
            used.setdefault((source, year, licence), {}).setdefault(what, []).append(which)

    for place, (_, row) in enumerate(f.outcomes, start=1):
        note(row.source, "How many: outcome", str(place))
        note(
            row.proxy_source,
            "Value of one: outcome",
            str(place),
            financial(row.proxy_year) if row.proxy_year else "",
            row.proxy_licence,
        )
    for _, one in f.inputs:
        note(one.source, "Input", f"“{one.label()}”")
    known = dict(f.outcomes)
    for _, actual in f.actuals:
        happened = known[actual.outcome].label() if actual.outcome in known else actual.label()
        note(actual.source, "What happened", f"“{happened}”")
    if not used:
        yield Say("No source is written down yet.", "missing")
        return
    rows = [
        (source, year or "–", licence or "–", ". ".join(f"{what} {together(which)}" for what, which in uses.items()))
        for (source, year, licence), uses in sorted(used.items(), key=lambda pair: pair[0][0].casefold())
    ]
    yield Table("Sources", ("Source", "Prices of", "Licence", "Used for"), rows, (6.5, 1.8, 2.7, 5.5), size=8)
    unlicensed = sum(bool(row.proxy_source) and not row.proxy_licence for _, row in f.outcomes)
    if unlicensed:
        yield Say("Where no licence is given, ask before you pass the value on to others.")


def terms(_: ReportFacts) -> Iterator[Block]:
    """The terms of the report in plain words."""
    known = guide.glossary()
    rows = [(known[key].term, known[key].definition) for key in TERMS if key in known]
    yield Table("Terms used in this report", ("Term", "What it means here"), rows, (3.5, 13), size=8)
