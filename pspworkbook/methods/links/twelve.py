"""The twelve links between the tools of the guide, and how many records have gone along each. Pure.

The links are those of the guide's tools as this workbook counts them. An arrow is one step of a link. It is one of:
``made`` (records are offered there and remember where they came from), ``points`` (records there name the other one), or
``read`` (the other page reads them each time it is opened; nothing is copied).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import number_of
from pspworkbook.methods.offers import origins, read_origin
from pspworkbook.records import KINDS, Answer, Record, fields_of
from pspworkbook.records.ballot import AT_REVIEW

RULE = (
    "An arrow counts the records that have gone along it: those that were made from a record at its beginning, or that "
    "name one. Where a page reads another one each time, what there is to read is counted. Nothing is counted by its name."
)
Read = Callable[[str], Iterable[Record]]


@dataclass(frozen=True)
class Arrow:
    """One step: from a tool and what it holds to another. ``start`` is a kind of record, ``ballot:key`` or ``case``."""

    from_tool: str
    start: str
    to_tool: str
    end: str
    how: str
    says: str


@dataclass(frozen=True)
class Link:
    """One of the twelve: its number, what it is called, why it is there, and its arrows."""

    number: int
    title: str
    why: str
    arrows: tuple[Arrow, ...]


def _made(from_tool: str, start: str, to_tool: str, end: str, says: str) -> Arrow:
    return Arrow(from_tool, start, to_tool, end, "made", says)


def _points(from_tool: str, start: str, to_tool: str, end: str, says: str) -> Arrow:
    return Arrow(from_tool, start, to_tool, end, "points", says)


def _read(from_tool: str, start: str, to_tool: str, end: str, says: str) -> Arrow:
    return Arrow(from_tool, start, to_tool, end, "read", says)


_ALL: tuple[Link, ...] = (
    Link(1, "The need stays in sight", "What was hard for whom is the measure of all that follows.", (
        _made("ID-3", "need_statement", "AN-3", "forecast", "The need says why the SROI is made"),
        _made("ID-3", "need_statement", "PL-1", "scope", "The need says for whom, and where"),
        _made("AN-3", "forecast", "PL-1", "scope", "The scope of the SROI is the scope of the plan"),
        _made("ID-3", "need_statement", "FP-4", "partnership", "The need opens the memorandum"),
        _made("PL-1", "scope", "FP-4", "mou", "The scope names the services of the memorandum"),
    )),
    Link(2, "Nobody who matters is forgotten", "A group is named once, and heard at every stage.", (
        _made("ID-4", "involvement", "AN-3", "stakeholder", "Groups to involve become stakeholders"),
        _read("AN-3", "stakeholder", "AN-6", "answer", "Every stakeholder is on the map"),
        _points("AN-6", "stakeholder", "DO-2", "communication", "Each group hears from us"),
        _points("AN-6", "stakeholder", "PL-13", "member", "Somebody in the steering group speaks for it"),
        _points("AN-6", "stakeholder", "PL-23", "blocker", "Low support is met before it stands in the way"),
        _made("PL-23", "blocker", "PL-7", "risk", "What is not settled is a risk"),
        _points("AN-3", "stakeholder", "AN-3", "outcome", "What changes for it is valued"),
    )),
    Link(3, "Where we stood, where we stand", "The same questions on the same scales, before and after.", (
        _read("ID-1", "ballot:commissioning-style", "TP-10", "decision", "Service-led or strategic bears on the decision"),
        _read("TP-5", "ballot:success-signs", "TP-10", "decision", "Signs of success bear on the decision"),
        _read("TP-6", "ballot:readiness", "TP-10", "decision", "Readiness bears on the decision"),
        _made("TP-10", "condition", "FP-4", "mou", "What the decision asks for becomes a value"),
        _read("TP-2", "principle", "FP-4", "mou", "Agreed principles are printed as values"),
        Arrow("FP-9", "ballots", "RV-9", "answer", "again", "The review asks again"),
    )),
    Link(4, "From hope to proof", "A benefit becomes an outcome, is measured, and is looked at again.", (
        _made("TP-3", "benefit", "AN-3", "outcome", "Benefits become outcomes"),
        _made("CS-2", "case", "AN-3", "outcome", "Outcomes of the pilots of 2011 are taken over"),
        _points("AN-3", "outcome", "PL-12", "measure", "Each outcome has its measure"),
        _points("PL-12", "measure", "DO-3", "reading", "Each measure is read"),
        _points("AN-3", "outcome", "RV-2", "actual", "What happened stands beside what was forecast"),
        _read("DO-3", "reading", "RV-2", "actual", "Readings are the source of what happened"),
        _read("RV-2", "actual", "RV-6", "rollout", "What happened bears on what comes next"),
    )),
    Link(5, "What may go wrong", "Whatever was found on the way stands in one register.", (
        _made("TP-4", "challenge", "PL-7", "risk", "Challenges become risks"),
        _made("AN-7", "pestel", "PL-7", "risk", "Outside factors become risks"),
        _made("ID-10", "grant_conversation", "PL-7", "risk", "A grant that ends is a risk"),
        _made("TP-8", "subsidy", "PL-7", "risk", "An open question of subsidy is a risk"),
        _read("PL-7", "risk", "PL-3", "progress_report", "The report shows the risks"),
    )),
    Link(6, "From the market to the contract", "The early look and the last step tell one story.", (
        _read("TP-7", "market_finding", "AN-12", "route_screen", "The market says how many could bid"),
        _made("AN-12", "route_screen", "PL-18", "route_option", "The early look brings up ways to procure"),
        _made("AN-12", "route_screen", "PL-18", "route", "The route begins with the early look"),
        _read("AN-12", "route_screen", "PL-14", "pilot_choice", "The early look bears on whether to have a pilot"),
        _read("PL-14", "pilot_choice", "PL-15", "pilot_question", "A pilot raises seven questions"),
        _read("PL-15", "pilot_question", "PL-16", "annex_version", "Approval waits for their answers"),
        _made("PL-5", "budget_line", "PL-16", "pilot_term", "The budget becomes terms of the pilot"),
        _points("PL-12", "measure", "PL-19", "community_benefit", "A measure shows each community benefit"),
        _made("PL-19", "community_benefit", "DO-4", "performance", "Each benefit is watched"),
        _points("PL-18", "procurement_step", "DO-1", "procurement_notice", "Each step has its notice"),
        _read("PL-18", "route", "RV-6", "rollout", "What comes next is procured as the route says"),
    )),
    Link(7, "The journey goes round", "What people live through today asks for a design; the design is lived through.", (
        _points("AN-5", "journey", "AN-5", "journey_step", "A journey has its steps, as they are and as they should be"),
        _points("AN-5", "journey", "PL-1", "design_requirement", "What should differ is asked of the design"),
        _points("PL-1", "design_requirement", "RV-3", "feedback", "Feedback says whether it came about"),
        _made("RV-3", "feedback", "AN-5", "journey_step", "Feedback begins the next journey"),
    )),
    Link(8, "Fair competition", "What shows that nobody had an unfair start, in one file.", (
        _made("FP-2", "candidate", "DO-6", "conflict_interest", "A partner who may bid declares it"),
        _read("FP-2", "candidate", "DO-6", "spec_check", "How partners were found is in the file"),
        _read("PL-15", "pilot_question", "DO-6", "spec_check", "Answers before the pilot are in the file"),
        _read("AN-14", "influence", "DO-6", "spec_check", "Who shaped the design is in the file"),
        _read("DO-6", "shared_information", "DO-6", "spec_check", "What was shared, and whether all have it"),
        _read("DO-1", "procurement_notice", "DO-6", "spec_check", "Notices, and the time there was to reply"),
    )),
    Link(9, "Report once", "Several funders, one report, and the burden counted.", (
        _points("FP-5", "funder", "FP-5", "lead_funder", "One funder leads"),
        _made("FP-5", "funder", "RV-5", "mandatory_indicator", "What a funder asks for is listed"),
        _points("PL-12", "measure", "RV-5", "mandatory_indicator", "What is counted already is not counted twice"),
        _read("RV-5", "mandatory_indicator", "PL-12", "measure", "The hours are counted together"),
    )),
    Link(10, "A low score leads somewhere", "To lessons of the same kind, to the pilot that learned them, to the next tool.", (
        Arrow("TP-6", "ballots", "LL-1", "lessons", "low", "A weak or split answer names its lessons, their pilots and a next tool"),
        _made("DO-7", "reflection", "LL-2", "local_lesson", "What we learned becomes a lesson of our own"),
    )),
    Link(11, "Then and now", "What has changed since 2011 stands at the tool that it concerns.", (
        Arrow("GL-1", "notes", "TP-9", "tools", "notes", "Notes, words and questions stand with their tools"),
        _read("TP-9", "local_note", "TP-9", "local_note", "Our own notes stand beside them"),
    )),
    Link(12, "One source for every pound", "The budget and the SROI cannot drift apart unseen.", (
        _made("PL-5", "budget_line", "AN-3", "input", "Budget lines become inputs"),
        _points("AN-3", "input", "RV-2", "actual_input", "Each input has its actual figure"),
        _read("PL-5", "budget_line", "DO-3", "reading", "Spending is set beside the forecast"),
    )),
)  # fmt: skip


def _there(arrow: Arrow) -> bool:
    """Whether this version has both kinds of record; special beginnings and ends always are."""
    return all(kind in KINDS or kind in SPECIAL or kind.startswith("ballot:") for kind in (arrow.start, arrow.end))


SPECIAL = ("case", "ballots", "lessons", "notes", "tools")
LINKS: tuple[Link, ...] = tuple(
    Link(one.number, one.title, one.why, tuple(arrow for arrow in one.arrows if _there(arrow))) for one in _ALL
)


def gone_along(arrow: Arrow, read: Read, low: int = 0, notes: int = 0) -> tuple[int, str]:
    """How many have gone along an arrow, and the words for it. ``read(kind)`` gives the records of a kind.

    ``low`` is the number of weak or split answers there are; ``notes`` the number of notes shown with their tools.
    """
    if arrow.how == "made":
        count = sum(
            any(_is(one, arrow.start) for one in origins(record)) for record in read(arrow.end)
        )  # fmt: skip
        return count, f"{number_of(count, 'record')} taken over" if count else "nothing taken over yet"
    if arrow.how == "points":
        names = [spec.name for spec in fields_of(KINDS[arrow.end]) if spec.refers_to == arrow.start]
        count = sum(any(getattr(record, name) for name in names) for record in read(arrow.end))
        return count, f"{number_of(count, 'record')} of it" if count else "nothing yet"
    if arrow.how == "low":
        return low, f"{number_of(low, 'answer')} weak or split" if low else "no answer is weak or split"
    if arrow.how == "notes":
        return notes, f"{number_of(notes, 'note')} with their tools"
    answers = [record for record in read("answer") if isinstance(record, Answer)]
    if arrow.how == "again":
        count = len({(one.ballot, one.sheet) for one in answers if one.round == AT_REVIEW})
        return count, f"{number_of(count, 'sheet')} at the review" if count else "not asked again yet"
    if arrow.start.startswith("ballot:"):
        count = len({one.sheet for one in answers if one.ballot == arrow.start.removeprefix("ballot:")})
        return count, f"{number_of(count, 'sheet')} read there" if count else "nobody has answered yet"
    count = sum(1 for _ in read(arrow.start))
    return count, f"{number_of(count, 'record')} read there each time" if count else "nothing to read yet"


def _is(origin: str, start: str) -> bool:
    return read_origin(origin)[0] == start


def in_words(counts: Sequence[int]) -> str:
    """How many of the arrows of a link something has gone along: ``3 of 5 steps are in use``."""
    used = sum(count > 0 for count in counts)
    return f"{used} of {len(counts)} steps in use" if counts else "not in this version"
