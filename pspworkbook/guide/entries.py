"""What the data files hold: one frozen model for each kind of entry. An unknown or missing field is refused."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from pspworkbook.guide.lines import Lines

StageKey = Literal["start", "identify", "decide", "form", "analyse", "plan", "do", "review", "library"]
StepKey = Literal["scope", "stakeholders", "outcomes", "evidence", "impact", "result"]
Mark = Literal["read", "secondary", "worked out", "not checked"]
SURE: dict[Mark, str] = {
    "read": "read in the source",
    "secondary": "read in another document that quotes it",
    "worked out": "worked out from what was read",
    "not checked": "remembered, not checked",
}


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("this is empty; write something, or remove the entry")
    return value


Words = Annotated[str, AfterValidator(_not_blank)]


class Entry(BaseModel):
    """The ground of every entry: it cannot be changed, and it accepts no field that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Since2011(Entry):
    """The part of an entry that says what has changed since 2011, and how we know.

    ``now`` is shown as a fact, so it is never filled from memory: what is only remembered stands under ``recalled``.
    """

    now: Words | None = None
    now_mark: Mark | None = None
    recalled: Words | None = None
    then_and_now: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _memory_is_not_fact(self) -> "Since2011":
        if self.now is not None and self.now_mark in (None, "not checked"):
            raise ValueError(
                "'now' needs a 'now_mark' that says where it was read; put a recollection under 'recalled'"
            )
        if self.now is None and self.now_mark not in (None, "not checked"):
            raise ValueError(f"'now_mark' says {self.now_mark!r}, but 'now' is empty")
        if self.now_mark == "not checked" and self.recalled is None:
            raise ValueError("say under 'recalled' what is remembered")
        return self


class Lesson(Entry):
    """One of the fifty lessons of the pilots, in the guide's four columns."""

    key: Words
    stage: StageKey
    title: Words
    observation: Words
    impact: Words
    recommendation: Words
    lines: Lines
    tools: tuple[str, ...]
    cases: tuple[str, ...]
    tags: tuple[str, ...]


class Figure(Entry):
    """A number that the guide reports, as it reports it; ``note`` says what to beware of."""

    label: Words
    value: float
    unit: Words
    note: Words | None = None
    lines: Lines


class CaseReturn(Entry):
    """What a case study says of its SROI. ``ratio`` is pounds of value for each pound, where one was published."""

    ratio: float | None
    kind: Words
    period: Words | None
    investment: float | None
    caution: Words
    lines: Lines


class ExpectedOutcome(Entry):
    """One row of a case study's table of outcomes."""

    stakeholder: Words
    outcome: Words
    indicator: Words | None = None
    lines: Lines


class OutcomeTable(Entry):
    """The outcomes that a pilot measured or forecast."""

    about: Words
    rows: tuple[ExpectedOutcome, ...]
    lines: Lines


class Case(Entry):
    """One of the ten pilots, from the guide alone."""

    key: Words
    number: int
    name: Words
    lead_public: Words
    lead_third: Words
    others: tuple[str, ...]
    market: Words
    area: Words
    nutshell: Words
    background: Words
    approach: Words
    went_well: Words
    was_hard: Words
    sroi: CaseReturn
    way_forward: Words
    figures: tuple[Figure, ...]
    outcomes: OutcomeTable | None
    then_and_now: tuple[str, ...]
    lines: Lines


class Example(Entry):
    """Another example that the guide gives; not one of the pilots."""

    key: Words
    name: Words
    story: Words
    teaching: Words
    ratio: float | None
    ratio_words: Words | None
    figures: tuple[Figure, ...]
    tools: tuple[str, ...]
    lines: Lines


class Term(Since2011):
    """A term of the glossary: one of the guide's 21, or one that this workbook adds (``origin`` is "ours")."""

    key: Words
    term: Words
    origin: Literal["guide", "ours"]
    also: tuple[str, ...]
    then_2011: Words | None = None
    meaning: Words | None = None
    example: Words | None = None
    lines: Lines = ()

    @property
    def definition(self) -> str:
        """What the term means: the guide's sense of 2011, or ours where the guide has none."""
        return self.then_2011 or self.meaning or ""

    @model_validator(mode="after")
    def _has_a_definition(self) -> "Term":
        if self.origin == "guide" and (self.then_2011 is None or not self.lines):
            raise ValueError("a term from the guide needs 'then_2011' and its 'lines'")
        if self.origin == "ours" and (self.meaning is None or self.lines):
            raise ValueError("a term of our own needs a 'meaning' and has no 'lines'")
        return self


class Question(Since2011):
    """A question that people often ask, with the guide's answer."""

    key: Words
    q: Words
    a: Words
    stages: tuple[StageKey, ...]
    lines: Lines


class Link(Since2011):
    """A web address that the guide printed, live as at 1 June 2011. It is history: do not make it clickable."""

    key: Words
    group: Words
    name: Words
    url_2011: Words
    description: Words
    lines: Lines


class Item(Entry):
    """One line of a counted list. ``cells`` holds its columns where the list is a table."""

    key: Words
    label: Words
    text: Words
    cells: dict[str, str] = Field(default_factory=dict)
    added: bool = False
    lines: Lines


class Column(Entry):
    """A column of a list that is a table."""

    key: Words
    label: Words


class Checklist(Entry):
    """A counted list of the guide. ``scale`` is the guide's own rating words, where it gives them."""

    key: Words
    title: Words
    tool: Words
    about: Words
    columns: tuple[Column, ...] = ()
    scale: tuple[str, ...] = ()
    items: tuple[Item, ...]
    lines: Lines


class MouSection(Entry):
    """A section of the guide's Memorandum of Understanding template; ``blanks`` are what the partners fill in."""

    number: int
    key: Words
    title: Words
    text: Words
    blanks: tuple[str, ...]
    lines: Lines


class Trap(Entry):
    """A place where copying the guide's wording would do harm."""

    key: Words
    title: Words
    text: Words
    sections: tuple[str, ...]
    lines: Lines


class Mou(Entry):
    """The Memorandum of Understanding: the guide's template and its list of what one should hold."""

    about: Words
    elements: tuple[Item, ...]
    sections: tuple[MouSection, ...]
    values: tuple[Item, ...]
    party_a_duties: tuple[Item, ...]
    party_b_duties: tuple[Item, ...]
    traps: tuple[Trap, ...]
    then_and_now: tuple[str, ...]
    lines: Lines


class LeadFunderVariant(Entry):
    """One of the four ways of being a Lead Funder, from the lightest to the fullest."""

    key: Words
    name: Words
    text: Words
    one_report: bool
    manages_provider: bool
    preferred: bool
    lines: Lines


class LeadFunder(Entry):
    """The guidance on Lead Funders: strands, variants and what to weigh."""

    about: Words
    strands: tuple[Item, ...]
    variants: tuple[LeadFunderVariant, ...]
    factors: tuple[Item, ...]
    advice: tuple[Item, ...]
    note: Words
    then_and_now: tuple[str, ...]
    lines: Lines


class Principle(Entry):
    """A principle of SROI. The 2011 guide has the first seven."""

    number: int
    name: Words
    meaning: Words
    since: Words
    in_2011: bool
    lines: Lines


class GuideStep(Entry):
    """One of the six steps as the guide names them."""

    number: int
    name: Words
    meaning: Words
    lines: Lines


class Step(Entry):
    """One of the six steps that this workbook walks through, with why it matters and what often goes wrong."""

    number: int
    key: StepKey
    name: Words
    guide_name: Words
    why: Words
    mistakes: tuple[Words, ...]
    lines: Lines


class SroiType(Entry):
    """A forecast or an evaluation."""

    key: Words
    name: Words
    meaning: Words
    lines: Lines


class Point(Entry):
    """A benefit or a limitation of SROI. The limitations are printed with every ratio."""

    key: Words
    name: Words
    text: Words
    lines: Lines


class Method(Entry):
    """Another way of accounting for social value."""

    key: Words
    name: Words
    meaning: Words
    good_for: Words
    lines: Lines


class SroiSummary(Entry):
    """SROI in a paragraph."""

    text: Words
    effort: Words
    ratio_example: Words
    lines: Lines


class Sroi(Entry):
    """What the guide says of Social Return on Investment."""

    summary: SroiSummary
    principles: tuple[Principle, ...]
    guide_steps: tuple[GuideStep, ...]
    steps: tuple[Step, ...]
    types: tuple[SroiType, ...]
    benefits: tuple[Point, ...]
    limitations: tuple[Point, ...]
    methods: tuple[Method, ...]


class ThenAndNow(Entry):
    """What the guide said of a matter in 2011 and what is known of it now. It is not legal advice."""

    id: Words
    topic: Words
    guide_lines: Lines
    then_2011: Words
    now: Words | None
    recalled: Words | None = None
    as_of: dt.date | None
    in_force_from: dt.date | None = None
    applies_to: Words
    key_facts: tuple[Words, ...] = ()
    still_open: Words | None = None
    source_name: Words | None
    source_url: Words | None = None
    mark: Mark
    sure: Words
    volatile: bool
    check_again_by: dt.date
    ask_whom: Words
    tools: tuple[str, ...]
    not_legal_advice: Literal[True] = True

    @model_validator(mode="after")
    def _memory_is_not_fact(self) -> "ThenAndNow":
        if self.sure != SURE[self.mark]:
            raise ValueError(f"with the mark '{self.mark}', 'sure' must say: {SURE[self.mark]}")
        if self.mark == "not checked":
            if self.now is not None or self.key_facts or self.as_of is not None:
                raise ValueError(
                    "nobody has read this in a source: leave 'now', 'key_facts' and 'as_of' empty and use 'recalled'"
                )
            if self.recalled is None:
                raise ValueError("say under 'recalled' what is remembered")
        elif self.now is None or self.as_of is None or self.source_name is None:
            raise ValueError("a record that was read needs 'now', 'as_of' and 'source_name'")
        return self


class Tool(Entry):
    """One of the guide's tools. ``minutes``, ``people`` and ``materials`` are our suggestions."""

    id: Words
    name: Words
    stage: StageKey
    priority: Literal[1, 2, 3]
    kind: Words
    explicit: bool
    several_people: bool
    minutes: int = Field(gt=0)
    people: Words
    materials: Words
    purpose: Words
    lines: Lines
    feeds: tuple[str, ...]
    lessons: tuple[str, ...]
    then_and_now: tuple[str, ...]
