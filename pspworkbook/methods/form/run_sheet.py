"""A run-sheet for a workshop, made from the tools chosen and the minutes at hand: when, what, the words, the things."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pspworkbook import guide
from pspworkbook.guide.ballots import of_tool
from pspworkbook.methods.findings import Rows, number_of, together
from pspworkbook.records.form import AgendaItem, Workshop

OPENING, CLOSING, BREAK, LUNCH = 15, 10, 15, 45
BREAK_AFTER = 90
PIECE = BREAK_AFTER - OPENING
LUNCH_FROM = 300
SHORTEST = 10
TABLE_ABOVE, TABLE_OF = 10, 5
RULE = (
    f"A workshop opens with {OPENING} minutes for welcome, ground rules, conflicts of interest and access, and closes "
    f"with {CLOSING} for actions. There is a break of {BREAK} minutes before anybody has worked for more than "
    f"{BREAK_AFTER}, the close left aside; a task of more than {PIECE} minutes is divided for it. With {LUNCH_FROM} "
    f"minutes or more one of the breaks is lunch, of {LUNCH}. If it does not fit, the longest task is shortened first, "
    f"to no less than two thirds of its time and no less than {SHORTEST} minutes; then tasks are left out, the least "
    "important of the guide’s tools first and the later ones before the earlier. Breaks are never left out."
)


@dataclass(frozen=True)
class Row:
    """One line of the run-sheet. ``time`` is when it begins; ``kind`` is ``frame``, ``tool``, ``own`` or ``break``."""

    time: str
    minutes: int
    task: str
    say: str = ""
    screen: str = ""
    bring: str = ""
    record: str = ""
    tool: str = ""
    kind: str = "tool"


@dataclass(frozen=True)
class RunSheet:
    """The run-sheet. ``shortened`` and ``left_out`` name tasks; ``warnings`` are sentences for the facilitator."""

    rows: tuple[Row, ...]
    minutes: int
    at_hand: int
    ends: str
    shortened: tuple[str, ...]
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether it ends in time."""
        return self.minutes <= self.at_hand


@dataclass(frozen=True)
class _Task:
    rows: tuple[Row, ...]
    priority: int
    place: int

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.rows)

    @property
    def name(self) -> str:
        return self.rows[0].task.split(":")[0]


def run_sheet(workshop: Workshop, tools: Sequence[str], own: Rows[AgendaItem] = ()) -> RunSheet:
    """The run-sheet by :data:`RULE`. ``tools`` are identifiers in their order; ``own`` are lines written by hand.

    A line written by hand takes the place of its tool's; one without a tool comes where its order says, and neither is
    shortened nor left out. A tool that the guide does not know is named in a warning.
    """
    warnings: list[str] = []
    start = _clock(workshop.starts)
    if start is None:
        warnings.append("The start is not written as a time such as 09.30; the sheet begins at 09.30.")
        start = 570
    tasks = _tasks(tools, own, int(workshop.people or 0), warnings)
    at_hand = int(workshop.minutes or 0)
    shortened: list[str] = []
    left_out: list[str] = []
    if at_hand:
        _shorten(tasks, at_hand, shortened)
        _leave_out(tasks, at_hand, left_out)
    rows = _timed(_with_breaks(tasks, at_hand), start)
    total = sum(row.minutes for row in rows)
    names = {task.name for task in tasks}
    shortened = [name for name in shortened if name in names]
    if not at_hand:
        warnings.append("Say how many minutes there are; nothing is shortened until then.")
    elif total > at_hand:
        warnings.append(
            f"It needs {number_of(total - at_hand, 'minute')} more than you have. Meet twice, or choose less."
        )
    if left_out:
        warnings.append(f"Left out, because it does not fit: {together(left_out)}.")
    if shortened:
        warnings.append(f"Shortened: {together(shortened)}. The talking gets less, not the writing alone.")
    if workshop.hybrid:
        warnings.append("Some take part from elsewhere: have a second facilitator for them, and one vote for all.")
    ends = _time(start + total)
    return RunSheet(
        tuple(rows), total, at_hand, ends, tuple(dict.fromkeys(shortened)), tuple(left_out), tuple(warnings)
    )


def read_tools(text: str) -> list[str]:
    """The identifiers in a line such as ``ID-3, TP-5``, each once."""
    return list(dict.fromkeys(match.upper() for match in re.findall(r"[A-Za-z]{2,3}-\d{1,2}", text)))


def _tasks(tools: Sequence[str], own: Rows[AgendaItem], people: int, warnings: list[str]) -> list[_Task]:
    written = sorted((row for _, row in own), key=lambda row: row.order if row.order is not None else 999)
    by_tool = {row.tool_id.upper(): row for row in written if row.tool_id}
    known = guide.tools()
    tasks = []
    for place, key in enumerate(dict.fromkeys(tools), 1):
        if key in by_tool:
            tasks.append(_Task((_by_hand(by_tool[key]),), 0, place))
        elif key in known:
            tasks.append(_Task(_of_tool(key, people), known[key].priority, place))
        else:
            warnings.append(f"There is no tool “{key}”.")
    for row in written:
        if not row.tool_id or row.tool_id.upper() not in tools:
            at = min(len(tasks), max(0, int(row.order or len(tasks) + 1) - 1))
            tasks.insert(at, _Task((_by_hand(row),), 0, at))
    return tasks


def _by_hand(row: AgendaItem) -> Row:
    return Row(
        "",
        int(row.minutes or 0),
        row.task or "A task without a name",
        row.say,
        row.screen,
        row.bring,
        row.record,
        row.tool_id.upper(),
        "own",
    )


def _of_tool(key: str, people: int) -> tuple[Row, ...]:
    tool, ballot = guide.tools()[key], of_tool(key)
    tables = f" Work at tables of about {TABLE_OF}, then together." if people > TABLE_ABOVE else ""
    if ballot is None:
        say = f"{tool.purpose}{tables}"
        return (
            Row(
                "",
                tool.minutes,
                tool.name,
                say,
                f"{tool.name} ({key})",
                tool.materials,
                "What was agreed, and what was not",
                key,
            ),
        )
    return (
        Row(
            "",
            ballot.minutes_alone,
            f"{tool.name}: alone",
            f"{ballot.question} Answer by yourself, in silence. No name is asked; you may leave anything out.",
            "The ballot’s address and code",
            "Paper slips and pens for those without a telephone",
            "How many have answered",
            key,
        ),
        Row(
            "",
            ballot.minutes_together,
            f"{tool.name}: together",
            f"Here is the spread. Where do we differ, and what do you know that others do not?{tables}",
            "The spread, by sector",
            "A wall for reasons and examples",
            "What splits us, what is weak, and who does what about it",
            key,
        ),
    )


def _frame() -> tuple[Row, Row]:
    opening = Row(
        "",
        OPENING,
        "Welcome",
        "Why we are here, what will be there at the end, and whether you are told, asked, or deciding with us. "
        "Does anybody have an interest to declare? Can everybody hear, see and take part?",
        "Aim and ground rules",
        "Ground rules on A3, name badges, payment and expenses forms, consent forms",
        "Who is there, by role; interests declared",
        kind="frame",
    )
    closing = Row(
        "",
        CLOSING,
        "Close",
        "Who does what by when? You will hear what came of today.",
        "Actions and the next date",
        "",
        "Actions, with names and dates",
        kind="frame",
    )
    return opening, closing


def _with_breaks(tasks: Sequence[_Task], at_hand: int) -> list[Row]:
    opening, closing = _frame()
    rows, worked, lunch = [opening], opening.minutes, False
    everything = [piece for task in tasks for row in task.rows for piece in _pieces(row)]
    half = (at_hand or sum(row.minutes for row in everything)) / 2
    for row in [*everything, closing]:
        if worked + row.minutes > BREAK_AFTER and row is not closing and len(rows) > 1:
            so_far = sum(one.minutes for one in rows)
            for_lunch = at_hand >= LUNCH_FROM and not lunch and so_far + BREAK_AFTER > half
            lunch = lunch or for_lunch
            rows.append(Row("", LUNCH if for_lunch else BREAK, "Lunch" if for_lunch else "Break", kind="break"))
            worked = 0
        rows.append(row)
        worked += row.minutes
    return rows


def _pieces(row: Row) -> list[Row]:
    """A long task in equal pieces, so that a break can come between them. What was written by hand stays whole."""
    number = 1 if row.kind == "own" else -(-row.minutes // PIECE)
    if number < 2:
        return [row]
    sizes = [row.minutes // number + (part < row.minutes % number) for part in range(number)]
    return [replace(row, minutes=size, task=f"{row.task} ({part} of {number})") for part, size in enumerate(sizes, 1)]


def _needs(tasks: Sequence[_Task], at_hand: int) -> int:
    return sum(row.minutes for row in _with_breaks(tasks, at_hand))


def _shorten(tasks: list[_Task], at_hand: int, shortened: list[str]) -> None:
    can = {task.place: task for task in tasks if task.priority}
    while _needs(tasks, at_hand) > at_hand and can:
        longest = max(can.values(), key=lambda task: task.minutes)
        del can[longest.place]
        shorter = replace(longest, rows=tuple(_shorter(row) for row in longest.rows))
        if shorter.minutes < longest.minutes:
            tasks[tasks.index(longest)] = shorter
            shortened.append(longest.name)


def _shorter(row: Row) -> Row:
    if row.minutes <= SHORTEST:
        return row
    # To five minutes, as people plan; upwards, so that it is never less than two thirds.
    fives = -(-row.minutes * 2 // 15) * 5
    return replace(row, minutes=min(row.minutes, max(SHORTEST, fives)))


def _leave_out(tasks: list[_Task], at_hand: int, left_out: list[str]) -> None:
    while _needs(tasks, at_hand) > at_hand:
        can = [task for task in tasks if task.priority]
        if not can:
            return
        least = max(can, key=lambda task: (task.priority, task.place))
        tasks.remove(least)
        left_out.append(least.name)


def _timed(rows: Sequence[Row], start: int) -> list[Row]:
    timed, now = [], start
    for row in rows:
        timed.append(replace(row, time=_time(now)))
        now += row.minutes
    return timed


def _clock(text: str) -> int | None:
    match = re.fullmatch(r"\s*(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm)?\s*", text, re.IGNORECASE)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if (match[3] or "").lower() == "pm" and hour < 12:
        hour += 12
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _time(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}.{minutes % 60:02d}"
