"""What the tools beside the SROI forecast put in the way of “Analyse”. Pure functions; only what is begun can stop."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from pspworkbook.methods.analyse import demand, journey_design, route, sharing
from pspworkbook.methods.findings import Rows, StageGap
from pspworkbook.records.analyse import DataShare, Demand, RouteScreen
from pspworkbook.records.journey import Journey, JourneyStep


@dataclass(frozen=True)
class AnalyseFacts:
    """What these tools know."""

    shares: Rows[DataShare] = ()
    demand: Rows[Demand] = ()
    screen: RouteScreen = field(default_factory=RouteScreen)
    journeys: Rows[Journey] = ()
    steps: Rows[JourneyStep] = ()


def tool_gaps(facts: AnalyseFacts, today: dt.date) -> Iterator[StageGap]:
    """What really stops a partnership; niceties stay with their tools.

    Data about persons without all that must be there; an early look at routes that nobody from procurement has seen;
    estimates of demand whose low figure lies above their high one; a journey that is not told both ways.
    """
    for id_, row in facts.shares:
        if row.signed and (missing := sharing.lacking(row)):
            sentence = f"“{row.label()}” is signed, but something is missing: {missing[0][1]}."
            yield StageGap("AN-1", sentence, row.kind, id_, missing[0][0])
    for gap in route.gaps(facts.screen, today):
        if gap.field == "advised_by":
            yield gap
    for gap in demand.gaps(facts.demand):
        if gap.field.endswith("_low"):
            yield gap
    yield from journey_design.stops(facts.journeys, facts.steps)
