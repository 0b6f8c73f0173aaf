"""What the forms of later stages take over from earlier ones, so that nobody types it twice. Pure: offers only."""

from collections.abc import Iterator

from pspworkbook.methods.findings import Rows
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import Forecast, Outcome
from pspworkbook.records.agreement import Funder
from pspworkbook.records.analyse import RouteScreen
from pspworkbook.records.decide import Condition
from pspworkbook.records.identify import NeedStatement
from pspworkbook.records.plan import Scope


def need_in_words(need: NeedStatement) -> str:
    """``They eat alone and seldom leave the house: people over 75 who live alone, in three villages.``"""
    whom = ", in ".join(filter(None, [need.who[:1].lower() + need.who[1:], need.where]))
    return f"{need.difficulty.rstrip('.')}{f': {whom}' if whom else ''}." if need.difficulty else ""


def needs_into_partnership(needs: Rows[NeedStatement]) -> Iterator[Offer]:
    """The need as the memorandum prints it, from each stated need."""
    for id_, need in needs:
        if said := need_in_words(need):
            yield Offer(origin_of(need.kind, id_), said, "need statements, stage 1", {"need": said})


def needs_into_forecast(needs: Rows[NeedStatement]) -> Iterator[Offer]:
    """Why the SROI is made, and for whom: it begins with a need."""
    for id_, need in needs:
        if said := need_in_words(need):
            yield Offer(
                origin_of(need.kind, id_), said, "need statements, stage 1", {"purpose": f"The need that it answers: {said}"}
            )  # fmt: skip


def into_scope(needs: Rows[NeedStatement], forecast: Forecast, outcomes: Rows[Outcome]) -> Iterator[Offer]:
    """The scope of the plan: for whom and where from the needs, what from the SROI's scope, the change from its outcomes."""
    for id_, need in needs:
        if need.difficulty:
            values = {"users": need.who, "area": need.where}
            yield Offer(origin_of(need.kind, id_), f"For whom, and where: {need_in_words(need)}", "need statements, stage 1", values)  # fmt: skip
    if forecast.activity:
        left = f" Left out: {forecast.left_out}" if forecast.left_out else ""
        values = {"inside": forecast.activity, "outside": forecast.left_out}
        yield Offer(origin_of(forecast.kind, forecast.kind), f"{forecast.activity}.{left}", "scope of the SROI, stage 4", values)  # fmt: skip
    for id_, outcome in outcomes:
        if outcome.outcome and outcome.direction != "negative" and outcome.intention != "unintended":
            yield Offer(
                origin_of(outcome.kind, id_), f"What should change: {outcome.label()}", "outcomes of the SROI, stage 4",
                {"outcomes": outcome.label()},
            )  # fmt: skip


def into_mou(scope: Scope, conditions: Rows[Condition]) -> Iterator[Offer]:
    """The memorandum: its services from the scope, and what the decision asks of the partners as values of their own."""
    if scope.inside:
        lines = "; ".join(scope.inside.splitlines())
        yield Offer(origin_of(scope.kind, scope.kind), f"Services: {lines}", "scope statement, stage 5", {"services": scope.inside})  # fmt: skip
    for id_, row in conditions:
        if row.what:
            yield Offer(origin_of(row.kind, id_), f"A value that the decision asks for: {row.what}", "decision, stage 2", {"values": row.what})  # fmt: skip


def into_route(screen: RouteScreen) -> Iterator[Offer]:
    """The procurement route begins where the early look left off; the value has to be worked out again."""
    if screen.what:
        yield Offer(origin_of(screen.kind, screen.kind), screen.what, "early look at routes, stage 4", {
            "what": screen.what, "type": screen.type, "buyer": screen.buyer, "value_excl": screen.value_excl,
            "value_incl": screen.value_incl, "value_from": "First guess of the early look; to be worked out again",
        })  # fmt: skip


def indicators_from(funders: Rows[Funder]) -> Iterator[Offer]:
    """Each figure that a funder asks for, so that it is counted once and the burden is seen."""
    for id_, funder in funders:
        for line in dict.fromkeys(" ".join(line.split()) for line in funder.asks_for.splitlines()):
            if line:
                part = "-".join("".join(char if char.isalnum() else " " for char in line.lower()).split())[:40]
                yield Offer(
                    origin_of(funder.kind, id_, part or "line"), f"{line} ({funder.label()})", "funders, stage 3",
                    {"indicator": line[:300], "required_by": funder.name},
                )  # fmt: skip
