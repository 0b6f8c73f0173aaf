"""What the SROI report is made from, gathered by whoever has the workbook open."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pspworkbook.methods.findings import Rows
from pspworkbook.methods.review.evaluative import Evaluation
from pspworkbook.methods.sroi import ForecastResult
from pspworkbook.methods.sroi import replies as replies_
from pspworkbook.methods.sroi.checker import Doubtful
from pspworkbook.methods.sroi.headline import Headline
from pspworkbook.methods.sroi.ranges import Ranges
from pspworkbook.methods.sroi.replies import Asked
from pspworkbook.methods.sroi.scenarios import Played
from pspworkbook.methods.sroi.simulate import Simulation
from pspworkbook.methods.sroi.sobol import Weight
from pspworkbook.records import Forecast, Input, Outcome, Partnership, Stakeholder
from pspworkbook.records.doubt import FigureRange
from pspworkbook.records.review import Actual, ActualInput
from pspworkbook.records.scrutiny import CheckerReply, PrincipleAudit, Verification


@dataclass(frozen=True)
class Logged:
    """A line of the history: when (as shown), who, what was changed, and why.

    ``kind`` is the kind of the record, or of the one that it is about, ``outcome`` the identifier of the outcome that it belongs to; "" where to none.
    """

    when: str
    who: str
    what: str
    why: str
    kind: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class ReportFacts:
    """Everything that the report says, as the workbook holds it on the day ``on``, at line ``line`` of its history.

    ``result`` is None with ``trouble`` where the figures cannot be worked with; ``counted`` are the identifiers of its rows;
    ``uncounted`` holds (identifier, name, what it lacks), ``excluded`` what outcomes that somebody left out would be worth. What rests on a ratio (``range``, ``ranges``, ``simulation``,
    ``weights``, ``scenarios``) is empty while there is none. ``people`` gives names by identifier, ``missing`` what the
    forecast still lacks, ``evaluation`` what happened.
    """

    workbook: str
    on: dt.date
    line: int
    partnership: Partnership = field(default_factory=Partnership)
    scope: Forecast = field(default_factory=Forecast)
    stakeholders: Rows[Stakeholder] = ()
    inputs: Rows[Input] = ()
    outcomes: Rows[Outcome] = ()
    result: ForecastResult | None = None
    counted: Sequence[str] = ()
    uncounted: Sequence[tuple[str, str, str]] = ()
    excluded: Mapping[str, float] = field(default_factory=dict)
    undecided: Collection[str] = ()
    """The outcomes whose reason, decider or day belonged to a decision that was changed since, and is not printed."""
    trouble: str = ""
    missing: Sequence[str] = ()
    range: Headline | None = None
    ranges: Ranges | None = None
    given: Rows[FigureRange] = ()
    simulation: Simulation | None = None
    weights: Sequence[Weight] = ()
    same_change: Mapping[str, Sequence[int]] = field(default_factory=dict)
    scenarios: Sequence[Played] = ()
    findings: Sequence[Doubtful] = ()
    replies: Rows[CheckerReply] = ()
    open: Sequence[tuple[str, Sequence[str]]] = ()
    """What else is open, by what it is about, as the page says it."""
    audit: Rows[PrincipleAudit] = ()
    verification: Rows[Verification] = ()
    overtaken: Collection[str] = ()
    """The verifications after which something that the forecast rests on was changed."""
    people: Mapping[str, str] = field(default_factory=dict)
    evaluation: Evaluation | None = None
    actuals: Rows[Actual] = ()
    actual_inputs: Rows[ActualInput] = ()
    agreed: Sequence[tuple[str, str]] = ()
    """Who has agreed with the stage, and when."""
    log: Sequence[Logged] = ()

    @cached_property
    def groups(self) -> dict[str, Stakeholder]:
        """The stakeholders by identifier."""
        return dict(self.stakeholders)

    @cached_property
    def asked(self) -> list[Asked]:
        """A sceptic's questions with their answers, in the order of the map."""
        lists = (self.outcomes, self.stakeholders, self.inputs)
        return [one for about in replies_.asked(self.findings, self.replies, *lists) for one in about.asked]

    @cached_property
    def rows(self) -> list[tuple[str, Outcome]]:
        """The outcomes that are counted, in the order of the result's rows."""
        known = dict(self.outcomes)
        return [(id_, known[id_]) for id_ in self.counted if id_ in known]

    @property
    def ratio(self) -> float | None:
        """The ratio as forecast; None while there is none."""
        return self.result.sroi_ratio if self.result is not None else None

    def who(self, id_: str | None) -> str:
        """The name of a stakeholder."""
        return self.groups[id_].label() if id_ in self.groups else "Nobody named"

    def person(self, id_: str | None) -> str:
        """The name of a person, or a dash."""
        return (self.people.get(id_, "somebody who is no longer listed") if id_ else "") or "–"
