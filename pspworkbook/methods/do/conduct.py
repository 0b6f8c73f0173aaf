"""Interests, learning, back-ups, senior people, strain, and what comes after the award (DO-6 to DO-12)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pspworkbook.methods.findings import Rows, StageGap, number_of, same_name
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.words import about, day, pounds
from pspworkbook.records import Person
from pspworkbook.records.conduct import (
    ConflictOfInterest,
    Contingency,
    Continuation,
    Opportunity,
    Reflection,
    Sponsor,
    Workstream,
)
from pspworkbook.records.decide import Legacy
from pspworkbook.records.deliver import Performance, ServiceChange
from pspworkbook.records.fields import plain_number
from pspworkbook.records.form import Candidate
from pspworkbook.records.plan import ResourceGap, Responsibility
from pspworkbook.records.procurement import CommunityBenefit

AGENDA = "Interests: does anybody have one in what we talk about today? What was declared before?"
"""The standing item of every agenda."""

CONFLICT_RULE = (
    "The item on interests stands on every agenda. A person who has nothing to declare says so, and that is written "
    "down too. An interest is open until it is closed; while nothing is settled, the person takes no part in the "
    "matter. What the interest is stays private."
)
TRIGGER_RULE = "The trigger is reached when the number now is the trigger or lower. Then the fallback begins."


def settled(row: ConflictOfInterest) -> bool:
    """Whether somebody has said what the person does at these matters, or there is nothing to say."""
    return row.kind_of == "none" or row.does not in (None, "open")


def open_interests(rows: Rows[ConflictOfInterest]) -> list[tuple[str, ConflictOfInterest]]:
    """Interests that are declared and not closed."""
    return [(id_, row) for id_, row in rows if row.kind_of != "none" and not row.closed]


def leaves(rows: Rows[ConflictOfInterest], people: Mapping[str, Person]) -> list[str]:
    """Who must leave, and at which matters. While nothing is settled, this is the safe side; it is no decision."""
    found = []
    for _, row in open_interests(rows):
        if row.does in (None, "open", "leaves"):
            name = people[row.person].name if row.person in people else "somebody not in the list of people"
            who = f"{name[:1].upper()}{name[1:]}" if row.does == "leaves" else f"Until it is settled, {name}"
            found.append(f"{who} takes no part in: {row.about or 'not said'}.")
    return found


def conflict_gaps(rows: Rows[ConflictOfInterest], people: Mapping[str, Person]) -> Iterator[StageGap]:
    """What is not settled, who has said nothing at all, and whether any meeting has asked."""
    for id_, row in open_interests(rows):
        if not settled(row):
            yield StageGap(
                "DO-6",
                "What a person does who declared an interest is not settled yet.",
                "conflict_interest",
                id_,
                "does",
            )
    said = {row.person for _, row in rows}
    quiet = [id_ for id_ in people if id_ not in said]
    silent = [people[id_].name for id_ in quiet]
    if silent:
        yield StageGap(
            "DO-6",
            f"{number_of(len(silent), 'person has', 'people have')} neither declared an interest nor said that there is "
            f"none: {', '.join(silent[:6])}{' and others' if len(silent) > 6 else ''}.",
            "conflict_interest",
            begin=(("person", quiet[0]),) if len(quiet) == 1 else (),
        )
    if not any(row.meeting for _, row in rows):
        yield StageGap(
            "DO-6", "No meeting has recorded the item on interests. Put it on the next agenda.", "conflict_interest"
        )


def candidate_offers(candidates: Rows[Candidate]) -> Iterator[Offer]:
    """Conflicts that were declared when partners were sought. What they are stays where it was said."""
    for id_, row in candidates:
        if row.conflict == "declared":
            values = {"about": f"Choice of a provider: {row.name}"[:290], "kind_of": "organisation"}
            yield Offer(origin_of("candidate", id_), f"An interest of {row.label()}", "partner finder, stage 3", values)


def lesson_offers(rows: Rows[Reflection]) -> Iterator[Offer]:
    """Each reflection as a lesson in the four columns."""
    for id_, row in rows:
        if row.learned:
            values: dict[str, Any] = {
                "title": row.learned,
                "observation": row.learned,
                "impact": row.impact,
                "stage": "do",
            }
            values |= {"recommendation": row.recommendation, "date": row.date, "source": "Learning log"}
            yield Offer(origin_of("reflection", id_), row.learned, "learning log", values)


def performance_offers(rows: Rows[CommunityBenefit]) -> Iterator[Offer]:
    """The figures that the contract asks for."""
    for id_, row in rows:
        if row.kpi:
            values = {"kpi": row.kpi, "target": row.target, "where": "Community benefits, stage 5"}
            yield Offer(origin_of("community_benefit", id_), f"Watch: {row.kpi}", "community benefits, stage 5", values)


def continuation_offers(rows: Rows[Legacy], people: Mapping[str, Person]) -> Iterator[Offer]:
    """What should last, as a role after the award."""
    for id_, row in rows:
        owner = people.get(row.owner or "")
        values = {"role": row.what, "review": row.review, "who": owner.organisation if owner else ""}
        yield Offer(origin_of("legacy", id_), f"Keep going: {row.label()}", "what will last, stage 2", values)


def workstream_offers(rows: Rows[Responsibility]) -> Iterator[Offer]:
    """Pieces of work of the plan that somebody answers for, as strands to lead; each piece once."""
    named = set()
    for id_, row in rows:
        if row.part == "accountable" and row.what and same_name(row.what) not in named:
            named.add(same_name(row.what))
            values = {"name": row.what, "lead": row.person}
            yield Offer(origin_of("responsibility", id_), row.what, "who does what, stage 5", values)


def contingency_offers(rows: Rows[ResourceGap]) -> Iterator[Offer]:
    """Gaps in people that the plan found, as something to have a back-up for."""
    for id_, row in rows:
        if row.what and row.need is not None and (row.have is None or row.have < row.need):
            values = {"need": row.what, "needed": row.need, "actual": row.have, "fallback": row.option}
            yield Offer(origin_of("resource_gap", id_), row.what, "gaps in resources, stage 5", values)


def met(row: Performance) -> str:
    """Whether a figure of the contract is met, with a mark; the target itself counts as met."""
    if row.target is None or row.actual is None:
        return "not known"
    fine = row.actual <= row.target if row.better == "less" else row.actual >= row.target
    return "✓ met" if fine else "△ not met"


def change_words(rows: Rows[ServiceChange]) -> list[str]:
    """How many changes, how many of them are agreed, and what they cost."""
    if not rows:
        return []
    agreed = sum(bool(row.agreed_by) for _, row in rows)
    costs = [row.money for _, row in rows if row.money is not None]
    said = f"{number_of(len(rows), 'change')}, {agreed} agreed."
    total = f" Together they cost {pounds(sum(costs))}" if costs else ""
    unknown = len(rows) - len(costs)
    return [
        said
        + (
            f"{total}, without {unknown} whose cost nobody has said."
            if costs and unknown
            else f"{total}."
            if costs
            else ""
        )
    ]


def change_gaps(rows: Rows[ServiceChange]) -> Iterator[StageGap]:
    """Changes that nobody has agreed to, and changes to what people get out of it."""
    for id_, row in rows:
        if not row.agreed_by:
            yield StageGap("DO-5", f"“{row.label()}”: nobody has agreed to a change yet.", row.kind, id_, "agreed_by")
        if row.outcomes_change:
            sentence = (
                f"“{row.label()}” changes what people get out of it: look at the measures and the forecast again."
            )
            yield StageGap("DO-5", sentence, row.kind, id_, "outcomes_change")


def opportunity_gaps(rows: Rows[Opportunity]) -> Iterator[StageGap]:
    """Questions about strain that are open, and decisions without a reason."""
    for id_, row in rows:
        asked = [
            name
            for name in ("same_people", "same_time", "paid_cover", "fits", "service_safe")
            if getattr(row, name) is None
        ]
        if asked:
            yield StageGap("DO-11", f"“{row.label()}”: not every question is answered.", row.kind, id_, asked[0])
        if row.accept not in (None, "open") and not row.reason:
            yield StageGap("DO-11", f"“{row.label()}” is decided without a reason.", row.kind, id_, "reason")


def reached(row: Contingency) -> bool:
    """Whether the fallback is to begin, by :data:`TRIGGER_RULE`."""
    return row.actual is not None and row.trigger is not None and row.actual <= row.trigger


def contingency_words(row: Contingency) -> str:
    """Where one back-up plan stands."""
    unit = {"people": "people", "hours": "hours a week", "days": "days a month", "shifts": "shifts a week"}
    if row.actual is None or row.trigger is None:
        return f"{row.label()}: not known whether the trigger is reached. Enter the trigger and the number now."
    said = f"{row.label()}: {plain_number(row.actual)} {unit[row.unit or 'people']} now, trigger {plain_number(row.trigger)}."
    if not reached(row):
        return f"{said} Not reached."
    return f"{said} Reached: " + (f"fallback begun on {day(row.started)}." if row.started else "do the fallback.")


def contingency_gaps(rows: Rows[Contingency]) -> Iterator[StageGap]:
    """Triggers reached without a fallback, and numbers that contradict each other."""
    for id_, row in rows:
        if reached(row) and not row.started:
            yield StageGap("DO-10", contingency_words(row), "contingency", id_, "started")
        if row.worst is not None and row.expected is not None and row.worst > row.expected:
            yield StageGap(
                "DO-10", f"{row.label()}: the worst case is better than what is expected.", "contingency", id_, "worst"
            )


def workstream_gaps(rows: Rows[Workstream], people: Mapping[str, Person]) -> Iterator[StageGap]:
    """Strands that nobody leads, and people who lead more than half of three or more."""
    for id_, row in rows:
        if not row.lead:
            yield StageGap("DO-8", f"Nobody leads “{row.label()}”.", "workstream", id_, "lead")
        elif row.lead == row.deputy:
            yield StageGap("DO-8", f"In “{row.label()}” the lead stands in for itself.", "workstream", id_, "deputy")
    for lead in sorted({row.lead for _, row in rows if row.lead}):
        led = sum(row.lead == lead for _, row in rows)
        if len(rows) >= 3 and led * 2 > len(rows):
            name = people[lead].name if lead in people else "One person"
            yield StageGap("DO-8", f"{name} leads {led} of {len(rows)} workstreams.", "workstream")


def sponsor_gaps(rows: Rows[Sponsor], today: dt.date) -> Iterator[StageGap]:
    """Talks that are overdue, and senior people without a stand-in."""
    for id_, row in rows:
        if not row.next or row.next < today:
            yield StageGap("DO-9", f"No talk lies ahead with {row.label()}.", "sponsor", id_, "next")
        if not row.deputy:
            yield StageGap("DO-9", f"Nobody stands in for {row.label()}.", "sponsor", id_, "deputy")


STRAIN_RULE = (
    "One point each for: the same people, the same time, no pay for more people, other aims, the service here would "
    "not stay as it is. “Partly” is half a point. Up to 1: little strain. Up to 2.5: some. More: much. The points "
    "decide nothing; they say what to talk about."
)


def strain(row: Opportunity) -> float | None:
    """The points by :data:`STRAIN_RULE`, 0 to 5; None while a question is open."""
    asked = [row.same_people, row.same_time]
    turned = [row.paid_cover, row.fits, row.service_safe]
    if None in (*asked, *turned):
        return None
    weight = {"yes": 1.0, "partly": 0.5, "no": 0.0}
    return sum(weight[str(one)] for one in asked) + sum(1 - weight[str(one)] for one in turned)


def strain_words(row: Opportunity) -> str:
    """The strain in words, with its points."""
    points = strain(row)
    if points is None:
        return f"{row.label()}: not every question is answered."
    much = "little strain" if points <= 1 else "some strain" if points <= 2.5 else "much strain"
    return f"{row.label()}: {about(points)} of 5 points, {much}."


def after_gaps(rows: Rows[Continuation]) -> Iterator[StageGap]:
    """Roles that would end if the partner lost."""
    if not rows:
        yield StageGap("DO-12", "Nobody has said how the partnership goes on after the award.", "continuation")
    elif not any(row.if_lost == "yes" for _, row in rows):
        yield StageGap("DO-12", "Nothing here holds if another provider wins.", "continuation", rows[0][0], "if_lost")
