"""Word files of the plan: the register of risks for all partners, the annex on the pilot, clauses on community benefits."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pspworkbook.documents.word import WordFile
from pspworkbook.methods.plan.benefits import Clause
from pspworkbook.methods.plan.pilot import Approval
from pspworkbook.methods.plan.pilot_terms import Gives
from pspworkbook.methods.plan.risks import SCALE, SCORE_RULE, TALK_RULE, Rating, agenda, matrix, zone
from pspworkbook.methods.words import day, pounds
from pspworkbook.records import field_of
from pspworkbook.records.fields import plain_number
from pspworkbook.records.pilot import AnnexVersion, PilotChoice, PilotTerm
from pspworkbook.records.procurement import CommunityBenefit
from pspworkbook.records.risk import Risk

NOT_KNOWN = "–"


def risks_docx(
    found: Sequence[Rating],
    closed: Sequence[Risk],
    people: Mapping[str, str],
    *,
    waiting: str = "",
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The register with its matrix and what to talk about. ``found``: open ones, the highest first; ``people``: names.

    ``waiting`` says how many people have rated what is not shown yet.
    """
    file = WordFile("Register of risks and issues", workbook, on, landscape=True)
    if note:
        file.say(note)
    file.say("For all partners. Each risk has the number that it has in the matrix.")
    if waiting:
        file.say(f"Rating of the risks: {waiting}")
    if not found:
        file.say("No risk or issue is open.")
    rows = [
        (
            str(number),
            f"{_what(one.risk)}",
            f"{one.level_words}\n{one.words}",
            one.risk.response or NOT_KNOWN,
            people.get(one.risk.owner or "", "Nobody yet"),
            _when(one.risk, on),
        )
        for number, one in enumerate(found, start=1)
    ]
    head = ("No.", "What, why, and what then", "Score and its spread", "What we do", "Who sees to it", "Next look")
    if rows:
        file.table("Risks and issues that are open", head, rows, (1.2, 8.0, 6.2, 5.2, 2.9, 2.7), size=9)
    file.heading("Matrix")
    if waiting and not any(one.score is not None for one in found):
        file.say("Held back, as the scores are.")
    else:
        number = {one.id: str(place) for place, one in enumerate(found, start=1)}
        placed = matrix(found)
        squares = [
            (f"Impact {impact}", *(_square([number[one.id] for one in placed.get((likely, impact), ())], zone(likely, impact)) for likely in SCALE))
            for impact in reversed(SCALE)
        ]  # fmt: skip
        file.table("Risk matrix", ("", *(f"Likelihood {step}" for step in SCALE)), squares, (3.7, *(4.5,) * 5), size=9)
    file.small(SCORE_RULE)
    talk = agenda(found)
    if talk:
        file.heading("To talk about")
        for one in talk:
            file.bullet(f"{one.risk.label()}: {one.talk}.")
        file.small(TALK_RULE)
    if closed:
        file.heading("Closed")
        for row in closed:
            file.bullet(row.label())
    file.ending()
    return file.data()


def _what(row: Risk) -> str:
    kind = "Issue" if row.type == "issue" else "Risk"
    category = field_of(Risk, "category").show(row.category)
    lines = [f"{kind}{f', {category.lower()}' if category else ''}: {row.label()}"]
    lines += [f"Because: {row.cause}"] if row.cause else []
    lines += [f"And then: {row.effect}"] if row.effect else []
    lines += [f"Borne by: {row.bears}"] if row.bears else []
    return "\n".join(lines)


def _when(row: Risk, on: dt.date) -> str:
    if row.review is None:
        return "No date"
    return f"{day(row.review)}{' (overdue)' if row.review < on else ''}"


def _square(numbers: Sequence[str], level: str) -> str:
    return f"{', '.join(numbers)} ({level})" if numbers else f"({level})"


def annex_docx(
    choice: PilotChoice,
    state: Approval,
    gives: Sequence[Gives],
    versions: Sequence[AnnexVersion],
    since: Sequence[str],
    checks: Mapping[str, str],
    *,
    partnership: str,
    workbook: str,
    on: dt.date,
    note: str = "",
) -> bytes:
    """The annex to the Memorandum of Understanding on the pilot.

    ``versions`` from the first to the last; ``since``: what changed after the last one; ``checks``: subsidy id to what
    its check came to.
    """
    last = versions[-1] if versions else None
    title = "Annex to the Memorandum of Understanding: the pilot"
    file = WordFile(title, workbook, on)
    if note:
        file.say(note)
    named = f"Version {last.version}" if last and last.version else "Draft, no version agreed yet"
    agreed = f", {day(last.date)}" if last and last.date else ""
    by = f", agreed by {last.agreed_by}" if last and last.agreed_by else ""
    file.say(
        f"{partnership or 'The partnership'}. {named}{agreed}{by}.{' Changed since then: see section 5.' if since else ''}"
    )
    file.heading("1 The pilot")
    _blank_or(file, choice.where, "where the pilot runs, and for whom")
    if choice.starts and choice.ends:
        file.say(f"It runs from {day(choice.starts)} to {day(choice.ends)}.")
    else:
        file.blank("when the pilot starts and ends")
    file.say(state.words)
    file.heading("2 Who gives what")
    if not gives:
        file.blank("who gives what to the pilot")
    else:
        rows = [
            (one.partner, term.label(), _worth(term), term.manager or NOT_KNOWN, term.payer or NOT_KNOWN)
            for one in gives
            for term in one.terms
        ]
        head = ("Who gives", "What", "Value", "Who looks after it", "Who pays")
        file.table("What each partner gives to the pilot", head, rows, (3.4, 4.7, 2.8, 2.8, 2.8), size=9)
        totals = [(one.partner, pounds(one.money), pounds(one.other)) for one in gives]
        file.table("What it comes to", ("Partner", "Money", "Time and help in kind"), totals, (7.5, 4.5, 4.5), size=9)
        file.small("Money stands apart from time and help in kind; the two are not added up.")
    file.heading("3 How the rules are kept")
    for one in gives:
        for term in one.terms:
            check = checks.get(term.subsidy or "", "")
            said = term.compliance or "[how the rules are kept]"
            file.bullet(
                f"{term.label()}: {said}{f' Subsidy check: {check}' if check else ''}",
                blanks=["[how the rules are kept]"],
            )
    file.heading("4 Versions")
    if versions:
        lines = [
            (one.version, day(one.date) if one.date else NOT_KNOWN, one.agreed_by, one.changed) for one in versions
        ]
        file.table(
            "Versions of this annex",
            ("Version", "Of", "Agreed by", "What changed"),
            lines,
            (1.8, 3.4, 4.0, 7.3),
            size=9,
        )
    else:
        file.say("No version has been agreed yet.")
    file.heading("5 Changed since the last version")
    for line in since:
        file.bullet(line)
    if not since:
        file.say("Nothing." if versions else "There is no version to compare with.")
    file.ending("The annex binds nobody beyond the memorandum that it belongs to.")
    return file.data()


def _blank_or(file: WordFile, text: str, what: str) -> None:
    if text:
        file.say(text)
    else:
        file.blank(what)


def _worth(term: PilotTerm) -> str:
    kind = {"money": "", "time": ", in time", "in_kind": ", in kind"}[term.contribution or "money"]
    return f"{pounds(term.value)}{kind}" if term.value is not None else NOT_KNOWN


def clauses_docx(found: Sequence[Clause], *, workbook: str, on: dt.date, note: str = "") -> bytes:
    """The clauses on community benefits, those that pass every test first; the rest with what is still missing."""
    file = WordFile("Community benefits: wording for the contract", workbook, on)
    if note:
        file.say(note)
    for title, ready in (("Ready to show to procurement", True), ("Not ready", False)):
        mine = [one for one in found if one.ready == ready]
        file.heading(title)
        if not mine:
            file.say("None.")
        for number, clause in enumerate(mine, start=1):
            _clause(file, number, clause)
    file.ending("The wording is a draft for procurement to look at.")
    return file.data()


def _clause(file: WordFile, number: int, clause: Clause) -> None:
    row = clause.record
    file.heading(f"{number} {row.label()}", 2)
    file.say(row.requirement or "[words for the contract]", blanks=["[words for the contract]"])
    about = field_of(CommunityBenefit, "about").show(row.about)
    target = f", target {plain_number(row.target)}" if row.target is not None else ""
    lines = [
        ("For whom", row.for_whom),
        ("What it is about", about),
        ("How it belongs to what is bought", row.link),
        ("How it is counted", f"{row.kpi}{target}" if row.kpi else ""),
        ("Measure of the plan", clause.measure),
        ("What the contractor shows", row.evidence),
        ("Why it is in proportion", row.proportionate_why),
    ]
    file.table(
        f"About: {row.label()}",
        ("About it", "As written"),
        [(name, text or NOT_KNOWN) for name, text in lines],
        (5.5, 11.0),
        size=9,
    )
    for test in clause.failed:
        file.bullet(f"{test.name}: {test.words}")
