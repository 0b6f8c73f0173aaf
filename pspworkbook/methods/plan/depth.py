"""How much planning is right (PL-22): which of the seven elements of a plan, and how deep each. Pure functions."""

from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import StageGap
from pspworkbook.records.plan import MethodChoice

RULE = (
    "Size and risk count one point for middling and two for large; little experience adds one, much takes one off. Up to "
    "one point: light. Two or three: standard. Four or more: full. What that means for each of the seven elements of a "
    "plan stands in the table. You may choose otherwise, and say why."
)
POINTS = {"small": 0, "middling": 1, "large": 2}
SKILL = {"small": 1, "middling": 0, "large": -1}
DEPTHS = ("light", "standard", "full")
NOTHING = "Leave it out."


@dataclass(frozen=True)
class Element:
    """One of the seven elements: the tool for it, the records that it fills, and what to do at each depth."""

    name: str
    tool: str
    kinds: tuple[str, ...]
    light: str
    standard: str
    full: str

    def at(self, depth: str) -> str:
        """What to do at ``light``, ``standard`` or ``full``."""
        return {"light": self.light, "standard": self.standard, "full": self.full}[depth]


ELEMENTS = (
    Element(
        "Scope", "PL-1", ("scope",),
        "Three lines: what is in, what is not, for whom.",
        "The whole form, agreed by the partners.",
        "The whole form, and each change of it with its reason (AN-10).",
    ),
    Element(
        "Schedule", "PL-2", ("task",),
        "The milestones with their days.",
        "Tasks with somebody and their days, and what waits for what.",
        "As standard; look at the critical path and at what is late before each meeting.",
    ),
    Element(
        "Progress report", "PL-3", ("progress_report",),
        "Tell it at the meeting. No paper.",
        "One page for each meeting of the steering group.",
        "Each month, drawn from the registers, with colours and the decisions that are needed.",
    ),
    Element(
        "Roles", "PL-4", ("responsibility",),
        "One name for each piece of work.",
        "Who answers for it, and who does it.",
        "Also who is asked before, and who is told after.",
    ),
    Element(
        "Budget", "PL-5", ("budget_line",),
        "One forecast for each partner.",
        "Forecast and actual, quarter by quarter, with what is given in kind.",
        "Forecast and actual, month by month; a reason for each line that is red.",
    ),
    Element(
        "Deliverables", "PL-6", ("deliverable",),
        NOTHING,
        "What is made, by whom, by when.",
        "Also what for, when it is good enough, and who accepted it.",
    ),
    Element(
        "Risks and issues", "PL-7", ("risk",),
        "The three worst, with what you do about each.",
        "The register, with somebody and a day to look again for each.",
        "As standard; rated by everybody, with the matrix at each meeting.",
    ),
)  # fmt: skip
"""The seven elements of a project plan, in the guide's order. What to do at which depth is ours."""


@dataclass(frozen=True)
class Advice:
    """How much planning: the depth by the rule, and the one in use."""

    by_rule: str
    depth: str
    points: int

    @property
    def elements(self) -> tuple[tuple[Element, str], ...]:
        """Each of the seven elements with what to do at the depth in use."""
        return tuple((one, one.at(self.depth)) for one in ELEMENTS)


def how_much(choice: MethodChoice) -> Advice | None:
    """The depth of planning by :data:`RULE`; None while a question is open."""
    if not (choice.size and choice.risk and choice.skills):
        return None
    points = POINTS[choice.size] + POINTS[choice.risk] + SKILL[choice.skills]
    by_rule = "light" if points <= 1 else "standard" if points <= 3 else "full"
    return Advice(by_rule, choice.depth or by_rule, points)


def gaps(choice: MethodChoice) -> Iterator[StageGap]:
    """Another depth than the rule's without a reason."""
    found = how_much(choice)
    if found and found.depth != found.by_rule and not choice.reason:
        sentence = f"The rule says {found.by_rule} planning, and you chose {found.depth}. Say why."
        yield StageGap("PL-22", sentence, choice.kind, choice.kind, "reason")
