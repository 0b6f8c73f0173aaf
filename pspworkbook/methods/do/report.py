"""The progress report (PL-3): drawn from the registers, with a colour by a printed rule."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pspworkbook.methods.do.conduct import AGENDA
from pspworkbook.methods.do.monitoring import Spending
from pspworkbook.methods.findings import Rows
from pspworkbook.methods.plan.budget import AMBER, RED, light
from pspworkbook.methods.words import day, percent
from pspworkbook.records.deliver import ProgressReport, ServiceChange
from pspworkbook.records.risk import Risk

NOBODY = "nobody yet"
RULE = (
    "Red: a quarter or more of the tasks due by the end of the period are late, or spending is more than "
    f"{percent(RED)} over or under the forecast of the report’s period. Amber: any task is late, spending is more "
    f"than {percent(AMBER)} over or under (the rule of the budget, stage 5, where "
    "spending without a forecast is red), "
    "an issue is open, or an open risk is past its date for another look. Otherwise green. Somebody may set another "
    "colour with a reason; both are printed."
)
ORDER = (
    "The newest report is the one whose period ends last; of those that end on the same day, the one that was added last. "
    "“Save” means the newest of all, “Issue” the newest that is not issued yet."
)
_RULE = "The rule: "
WORDS = {"green": "Green: on course", "amber": "Amber: needs watching", "red": "Red: needs a decision"}


@dataclass(frozen=True)
class Step:
    """A task of the plan as the report needs it. ``who`` sees to it; "" is nobody."""

    title: str
    due: dt.date | None
    done: bool
    done_on: dt.date | None = None
    who: str = ""

    @property
    def words(self) -> str:
        """The task with its day and its person."""
        return f"{self.title}, due {day(self.due)}: {self.who or NOBODY}" if self.due else self.title


@dataclass(frozen=True)
class Report:
    """A report in sections: (heading, sentences). ``colour`` is the one shown, ``worked_out`` the one by the rule."""

    title: str
    colour: str
    worked_out: str
    why: tuple[str, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    rule: str = RULE
    """The rule of the colour: today’s, or the one by which a report was issued ("" where it was not kept)."""

    @property
    def text(self) -> str:
        """The whole as plain text, to keep as it was issued."""
        lines = [self.title, WORDS[self.colour], *self.why, f"{_RULE}{self.rule}"]
        for heading, sentences in self.sections:
            lines += ["", heading, *(f"- {' '.join(sentence.split())}" for sentence in sentences)]
        return "\n".join(lines)


def kept(text: str) -> Report | None:
    """The report that :attr:`Report.text` was made of, so that an issued one can be shown with its headings.

    None where the text has another shape: somebody has written it by hand, and it is shown as it stands.
    """
    first, *blocks = text.split("\n\n")
    lines = first.splitlines()
    colours = {words: key for key, words in WORDS.items()}
    if len(lines) < 2 or lines[1] not in colours:
        return None
    sections: list[tuple[str, tuple[str, ...]]] = []
    for block in blocks:
        heading, *sentences = block.splitlines() or [""]
        found: list[str] = []
        for line in sentences:
            if line.startswith("- "):
                found.append(line.removeprefix("- "))
            elif found:
                found[-1] += f" {line}"  # a sentence of more than one line
        if not found:
            return None
        sections.append((heading, tuple(found)))
    colour = colours[lines[1]]
    why = tuple(line for line in lines[2:] if not line.startswith(_RULE))
    rule = next((line.removeprefix(_RULE) for line in lines[2:] if line.startswith(_RULE)), "")
    return Report(lines[0], colour, colour, why, tuple(sections), rule)


def colour(late: int, due: int, money: Spending, issues: int, stale: int) -> tuple[str, tuple[str, ...]]:
    """The colour by :data:`RULE`, and what made it so."""
    spent = light(money.forecast, money.actual)
    why = [
        *([f"{late} of {due} tasks due are late."] if late else []),
        *([f"Spending {money.time} is {money.against}."] if spent != "green" else []),
        *([f"Open issues: {issues}."] if issues else []),
        *([f"Open risks past their date for another look: {stale}."] if stale else []),
    ]
    if (due and late * 4 >= due) or spent == "red":
        return "red", tuple(why)
    return ("amber", tuple(why)) if why else ("green", ("Nothing is late, and spending is near its forecast.",))


def draw(
    report: ProgressReport,
    tasks: Sequence[Step],
    money: Spending,
    risks: Rows[Risk],
    changes: Rows[ServiceChange],
    results: Sequence[str],
    interests: int,
    *,
    high: Sequence[str] = (),
    people: Mapping[str, str] | None = None,
    watch: Sequence[str] = (),
) -> Report:
    """The report for its period. A period without an end ends on no day: nothing counts as late then.

    ``high`` are the identifiers of the risks that are rated high, the highest first; ``people`` are names by identifier.
    ``watch`` are sentences of other registers that ask for attention: triggers reached, figures not met.
    """
    start, end = report.period_start or dt.date.min, report.period_end or dt.date.min
    due = [one for one in tasks if one.due and one.due <= end]
    late = [one for one in due if not one.done]
    alive = [row for _, row in risks if row.status != "closed"]
    issues = [row for row in alive if row.type == "issue"]
    stale = [row for row in alive if row.review and row.review < end]
    worked_out, why = colour(len(late), len(due), money, len(issues), len(stale))
    shown = report.colour if report.colour and report.colour_reason else worked_out
    if shown != worked_out:
        why = (*why, f"By the rule it is {worked_out}; set to {shown} because: {report.colour_reason}")
    done = [one.title for one in tasks if one.done and one.done_on and start <= one.done_on <= end]
    ahead = sorted(
        (one for one in tasks if not one.done and one.due and one.due > end), key=lambda one: one.due or dt.date.max
    )
    here = [row for _, row in changes if row.date and start <= row.date <= end]
    rank = {id_: place for place, id_ in enumerate(high)}
    top = sorted(
        ((id_, row) for id_, row in risks if id_ in rank and row.status != "closed"), key=lambda one: rank[one[0]]
    )
    whom = people or {}
    attention = [
        f"{row.label()} ({'high ' if id_ in rank else ''}{row.type or 'risk'}): {whom.get(row.owner or '', NOBODY)}"
        f"{f'. {row.response}' if row.response else ''}"
        for id_, row in [
            *top,
            *((id_, row) for id_, row in risks if id_ not in rank and (row in issues or row in stale)),
        ]
    ]
    sections = (
        ("In short", tuple(report.comments.splitlines()) or ("Nothing was written.",)),
        ("Decisions asked for", _decisions(report, shown, why, [row for _, row in changes]) or ("None.",)),
        ("Done in this period", tuple(done) or ("Nothing is marked as done.",)),
        ("Late", tuple(one.words for one in late) or ("Nothing.",)),
        ("Next", tuple(one.words for one in ahead[:8]) or ("Nothing is planned.",)),
        ("Money and results", (money.sentence, *results)),
        (
            "Risks and issues that need attention",
            (*attention, *watch) or ("None.",),
        ),
        (
            "Changes",
            tuple(f"{row.event}: {row.change or 'no change yet'} ({row.agreed_by or 'not agreed yet'})" for row in here)
            or ("None.",),
        ),
        (
            "Interests (standing item)",
            (AGENDA, f"Open interests in the register: {interests}. What they are stays private."),
        ),
    )
    return Report(report.label(), shown, worked_out, why, sections)


def _decisions(
    report: ProgressReport, shown: str, why: Sequence[str], changes: Sequence[ServiceChange]
) -> tuple[str, ...]:
    """What is written, and the changes up to the end of the period on which nobody has agreed.

    Where the report is red and nothing was written, what made it so: red means that a decision is needed.
    """
    end = report.period_end or dt.date.min
    written = [line for line in report.decisions.splitlines() if line.strip()]
    waiting = [
        f"Agree or refuse the change of {day(row.date)}: {row.event}{f': {row.change}' if row.change else ''}".rstrip(
            ". "
        )
        + "."
        for row in changes
        if row.date and row.date <= end and not row.agreed_by
    ]
    red = [f"What to do about this: {reason}" for reason in why] if shown == "red" and not written else []
    return (*written, *waiting, *red)
