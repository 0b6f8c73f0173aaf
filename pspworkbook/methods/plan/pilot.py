"""Pilot or not, the seven questions before it, its terms, and what can be carried over. Pure functions of the records."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pspworkbook import guide
from pspworkbook.methods.ballots.spread import ENOUGH_FOR_HALF, ENOUGH_TO_SAY, ends, plain
from pspworkbook.methods.findings import Rows, StageGap, number_of, together
from pspworkbook.methods.words import day
from pspworkbook.records import Answer
from pspworkbook.records.pilot import PilotChoice, PilotItem, PilotQuestion

BALLOT = "pilot-or-not"
NOTHING = 1
"""The step of the ballot's scale that says: it does not apply here."""
ADVANTAGES = tuple(item.key for item in guide.checklists()["pilot-advantages"].items)
DISADVANTAGES = tuple(item.key for item in guide.checklists()["pilot-disadvantages"].items)
RULE = (
    "Everybody weighs nine reasons alone: 1 is “does not apply here” and counts as nothing, 5 is “weighs very much” and "
    "counts as 4. A person’s balance is the mean weight of the four reasons for a pilot less the mean weight of the five "
    "against it, so that four do not lose to five by number: from −4 to +4. Reasons that a person left out are left "
    "out of the mean. Shown are the median balance, the middle half of the balances (of fewer than "
    f"{ENOUGH_FOR_HALF} all of them), and how many people lean each way; "
    f"nothing is said with fewer than {ENOUGH_TO_SAY} people. It does not decide: the partners do."
)
APPROVAL_RULE = (
    "“Approved” counts only when all seven questions before a pilot have an answer, a place where it is written down, "
    "somebody who advised, and a date; and when it was given on the day of the last answer or after it. An answer or an "
    "approval whose day lies ahead does not count yet. Until then the approval is held back, whatever is ticked, taken "
    "from a file or put back by “Undo”: it is worked out anew each time. It is asked only where the decision is to run a "
    "pilot."
)
NOT_SAID = "–"
NOT_AHEAD = "a day that does not lie ahead"
QUESTION_HEAD = ("Question", "Answer", "Where it is written down", "Who advised, and when")


# The balance ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Balance:
    """The balances of several people. The figures are None with fewer than three people; see :data:`RULE`."""

    n: int
    median: float | None
    lower: float | None
    upper: float | None
    lean_for: int
    lean_against: int
    undecided: int
    own: tuple[float, ...]

    @property
    def words(self) -> str:
        """The balance with its spread, as a sentence."""
        if self.median is None:
            return f"{number_of(self.n, 'person has', 'people have')} weighed the reasons: too few to say."
        side = "for a pilot" if self.median > 0 else "against a pilot" if self.median < 0 else "neither way"
        half = self.n >= ENOUGH_FOR_HALF
        whose = f"the middle half of {self.n} people runs" if half else f"the balances of all {self.n} people run"
        parted = (
            f" {'The middle half lies' if half else 'They lie'} on both sides of the line: opinion is divided, so talk before you decide."
            if (self.lower or 0) < 0 < (self.upper or 0)
            else ""
        )
        return (
            f"The median balance is {signed(self.median)}, {side}; {whose} from "
            f"{' to '.join(signed_alike(self.lower or 0, self.upper or 0))}. {self.lean_for} lean towards a pilot, "
            f"{self.lean_against} against it, {self.undecided} neither way.{parted}"
        )


def signed(value: float) -> str:
    """A balance as it is written: ``+1.5``, ``−0.25``, ``0``."""
    shown = plain(abs(value))
    return shown if shown == "0" else f"{'+' if value > 0 else '−'}{shown}"


def signed_alike(*values: float) -> list[str]:
    """Balances that stand side by side, all with as many decimals as the one that needs most: ``−3.35``, ``+3.10``."""
    shown = [signed(value) for value in values]
    places = max(len(one.partition(".")[2]) for one in shown)
    return [_padded(one, places) for one in shown]


def _padded(shown: str, places: int) -> str:
    whole, _, rest = shown.partition(".")
    return f"{whole}.{rest.ljust(places, '0')}" if places else whole


def own_balances(answers: Iterable[Answer]) -> dict[str, float]:
    """Each sheet's own balance, from −4 to +4: its last round, and only sheets that weighed something on both sides."""
    sheets: dict[str, dict[int, dict[str, int]]] = {}
    for one in answers:
        if one.ballot == BALLOT and one.value is not None:
            sheets.setdefault(one.sheet, {}).setdefault(one.round, {})[one.item] = one.value
    found = {}
    for sheet, rounds in sheets.items():
        weights = rounds[max(rounds)]
        sides = [[weights[key] - NOTHING for key in keys if key in weights] for keys in (ADVANTAGES, DISADVANTAGES)]
        if all(sides):
            found[sheet] = sum(sides[0]) / len(sides[0]) - sum(sides[1]) / len(sides[1])
    return found


def balance(answers: Iterable[Answer]) -> Balance:
    """The weighed balance with its spread, by :data:`RULE`. When a later round has enough sheets, only that one counts."""
    mine = [one for one in answers if one.ballot == BALLOT]
    own: list[float] = []
    for number in sorted({one.round for one in mine}, reverse=True) or [1]:
        own = sorted(own_balances([one for one in mine if one.round == number]).values())
        if len(own) >= ENOUGH_TO_SAY:
            break
    leaning = (sum(one > 1e-9 for one in own), sum(one < -1e-9 for one in own), sum(abs(one) <= 1e-9 for one in own))
    if len(own) < ENOUGH_TO_SAY:
        return Balance(len(own), None, None, None, *leaning, tuple(own))
    lower, middle, upper = ends(own)
    return Balance(len(own), middle, lower, upper, *leaning, tuple(own))


# The decision and its seven questions --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """One of the seven questions, and what is still missing of its answer."""

    key: str
    label: str
    text: str
    id: str
    record: PilotQuestion
    missing: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Whether the answer is complete, by :data:`APPROVAL_RULE`."""
        return not self.missing

    @property
    def ahead(self) -> bool:
        """Whether nothing is wrong with it but its day, which lies ahead."""
        return self.missing == (NOT_AHEAD,)

    @property
    def field(self) -> str:
        """The first field that is missing; the day where it lies ahead."""
        return next((spec.name for spec in self.record.missing()), "date")

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The question as a row under :data:`QUESTION_HEAD`, for every paper that prints the seven."""
        advised = self.record.advised_by or NOT_SAID
        return (
            f"{self.label}: {self.text}",
            self.record.answer or "Not answered",
            self.record.evidence or NOT_SAID,
            f"{advised}, {day(self.record.date)}" if self.record.date else advised,
        )


def questions(rows: Rows[PilotQuestion], today: dt.date) -> tuple[Question, ...]:
    """The seven questions in the guide's order. Of several answers to one question, the most complete counts."""
    found = []
    for item in guide.checklists()["pilot-procurement-questions"].items:
        mine = [(id_, row) for id_, row in rows if row.item == item.key]
        id_, row = min(mine, key=lambda pair: len(pair[1].missing()), default=("", PilotQuestion(item=item.key)))
        missing = tuple(spec.title[:1].lower() + spec.title[1:] for spec in row.missing())
        if row.date and row.date > today:
            missing = (*missing, NOT_AHEAD)
        found.append(Question(item.key, item.label, item.text, id_, row, missing))
    return tuple(found)


@dataclass(frozen=True)
class Approval:
    """Whether the pilot counts as approved: ``state`` is ``not asked``, ``none``, ``held back`` or ``approved``."""

    state: str
    words: str
    open: tuple[Question, ...] = ()


def approval(
    choice: PilotChoice, rows: Rows[PilotQuestion], today: dt.date, completed: dt.date | None = None
) -> Approval:
    """Whether the approval of the pilot holds, by :data:`APPROVAL_RULE`.

    ``completed`` is the day on which the last answer was saved, where that was after “Approved” was ticked: an approval
    that became valid later says so.
    """
    if choice.decision and choice.decision != "pilot":
        return Approval("not asked", "No pilot was decided, so there is nothing to approve here.")
    asked = questions(rows, today)
    left = tuple(one for one in asked if not one.answered)
    ahead = tuple(one for one in left if one.ahead)
    rest = tuple(one for one in left if not one.ahead)
    names = together([f"“{one.label}”" for one in rest])
    if left and choice.approved:
        words = f"held back until {names} {'is' if len(rest) == 1 else 'are'} answered in full, with what shows it and who advised when."
        words = f"Not valid as approved{f': {words}' if rest else '.'}{_dated_ahead(ahead)}"
        return Approval("held back", words, left)
    if left:
        words = f" Still to be answered: {names}." if rest else ""
        return Approval("none", f"Cannot be approved yet.{words}{_dated_ahead(ahead)}", left)
    if choice.decision != "pilot":
        return Approval("none", "All seven questions are answered. Say what was decided.")
    if not choice.approved:
        return Approval("none", "All seven questions are answered. The pilot can be approved.")
    if not (choice.approved_by and choice.approved_on):
        return Approval("held back", "Say who approved the pilot, and when. Then the approval counts.")
    on = day(choice.approved_on)
    if choice.approved_on > today:
        return Approval("held back", f"The approval is dated {on}, which lies ahead. It counts from then on.")
    last = max(one.record.date for one in asked if one.record.date)
    if choice.approved_on < last:
        words = f"It was approved on {on}, before the last question was answered on {day(last)}. Approve it anew."
        return Approval("held back", words)
    words = f"Approved by {choice.approved_by} on {on}, with all seven questions answered"
    if completed and completed > choice.approved_on:
        words += f"; completed on {day(completed)}, after the date of approval: the last answer was saved then"
    return Approval("approved", f"{words}.")


def _dated_ahead(ahead: Sequence[Question]) -> str:
    """The answers that are complete, and dated on a day that is still to come."""
    said = (f" The answer to “{one.label}” is dated {day(one.record.date)}, which lies ahead." for one in ahead if one.record.date)  # fmt: skip
    return "".join(said)


def gaps(
    choice: PilotChoice, items: Rows[PilotItem], rows: Rows[PilotQuestion], found: Balance, today: dt.date
) -> Iterator[StageGap]:
    """What is missing for the decision on a pilot, and for its approval."""
    if choice.decision is None:
        yield StageGap("PL-14", "Decide whether there is a pilot.", choice.kind, choice.kind, "decision")
    elif not choice.reasons or not choice.decided_by or not choice.date:
        field = next(name for name in ("reasons", "decided_by", "date") if not getattr(choice, name))
        yield StageGap("PL-14", "Say why you decided so, who decided, and when.", choice.kind, choice.kind, field)
    against = found.median is not None and (
        (choice.decision == "pilot" and found.lower is not None and found.lower < 0)
        or (choice.decision in ("straight", "phased") and found.upper is not None and found.upper > 0)
    )
    if against and not choice.dissent:
        sentence = "A quarter of the people or more lean the other way. Write down what they say, beside the decision."
        yield StageGap("PL-14", sentence, choice.kind, choice.kind, "dissent")
    if choice.starts and choice.ends and choice.ends < choice.starts:
        yield StageGap("PL-14", "The pilot ends before it starts.", choice.kind, choice.kind, "ends")
    for id_, row in items:
        if row.item in DISADVANTAGES and row.applies == "yes" and not row.answer:
            sentence = f"“{row.label()}” applies here. Say what you do about it."
            yield StageGap("PL-14", sentence, row.kind, id_, "answer")
    yield from approval_gaps(choice, rows, today)


def approval_gaps(choice: PilotChoice, rows: Rows[PilotQuestion], today: dt.date) -> Iterator[StageGap]:
    """Where a pilot is decided: each of the seven questions that is not answered in full, and an approval held back."""
    if choice.decision != "pilot":
        return
    state = approval(choice, rows, today)
    for one in state.open:
        sentence = f"“{one.label}”: {one.text} Still missing: {together(one.missing)}."
        yield StageGap("PL-15", sentence, PilotQuestion.kind, one.id, one.field)
    if state.state == "held back":
        yield StageGap("PL-15", state.words, choice.kind, choice.kind, "approved")
