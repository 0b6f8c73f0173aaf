"""What a journey asks of the design: the differences between both versions as requirements. Pure functions.

Link 7 of the cycle: as it is, as it should be, requirements of the scope (PL-1), feedback (RV-3), as it is next time.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pspworkbook.methods.analyse.journey import (
    Pair,
    Steps,
    chosen_steps,
    compare,
    feeling,
    figures,
    long_time,
    steps_of,
)
from pspworkbook.methods.findings import Rows, StageGap, number_of, same_name, together, unanswered
from pspworkbook.methods.offers import Offer, origin_of, read_origin
from pspworkbook.records.identify import NeedStatement
from pspworkbook.records.journey import FEELINGS, Journey, JourneyStep, show_time
from pspworkbook.records.partnership import Stakeholder
from pspworkbook.records.plan import DesignRequirement
from pspworkbook.records.review import Feedback

RULE = (
    "Each difference between today and as it should be is offered once as a design requirement: a step that goes, a new "
    "step, and a step that is shorter, feels better, or comes by other means or from somebody else. A longer wait or a "
    "worse feeling is never offered; it is asked about instead. Hand-overs and waits of the whole journey are offered where they become fewer."
)
LONGEST = 300


@dataclass(frozen=True)
class Difference:
    """What changes at one step: ``what`` is gone, new, changed or kept; the rest says it in words.

    ``better`` is what the design must do, ``worse`` what is asked about, ``other`` what may be either.
    """

    pair: Pair
    what: str
    better: tuple[str, ...] = ()
    worse: tuple[str, ...] = ()
    other: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The difference in a few words, for a table."""
        if self.what in ("gone", "new"):
            return "Goes" if self.what == "gone" else "New"
        worse = [f"{one}: worse" for one in self.worse]
        said = "; ".join([*self.other, *self.better, *worse, *(["moved"] if self.pair.moved else [])])
        return said[:1].upper() + said[1:] if said else "As it is today"


def differences(now: Steps, wanted: Steps) -> list[Difference]:
    """Every step with what changes at it, in order."""
    return [_difference(pair) for pair in compare(now, wanted)]


def _difference(pair: Pair) -> Difference:
    if pair.wanted is None:
        return Difference(pair, "gone")
    if pair.now is None:
        return Difference(pair, "new")
    before, after = pair.now[1], pair.wanted[1]
    better: list[str] = []
    worse: list[str] = []
    other: list[str] = []
    if same_name(before.what) != same_name(after.what):
        other.append("something else happens")
    if same_name(before.organisation) != same_name(after.organisation):
        by = f"with {after.organisation}" if after.organisation else "on their own"
        better.append(f"{by} (today {f'with {before.organisation}' if before.organisation else 'on their own'})")
    if before.touchpoint and after.touchpoint and same_name(before.touchpoint) != same_name(after.touchpoint):
        better.append(f"by “{after.touchpoint}” (today “{before.touchpoint}”)")
    if before.wait is not None and after.wait is not None and before.wait != after.wait:
        said = f"{f'a wait of {show_time(after.wait)}' if after.wait else 'no wait'} (today {show_time(before.wait)})"
        (better if after.wait < before.wait else worse).append(said)
    if before.takes is not None and after.takes is not None and before.takes != after.takes:
        # Longer need not be worse: nobody wants lunch in company to be short.
        said = f"takes {show_time(after.takes)} (today {show_time(before.takes)})"
        (better if after.takes < before.takes else other).append(said)
    felt, feels = feeling(before), feeling(after)
    if felt is not None and feels is not None and felt != feels:
        said = f"feels {_felt(feels)} (today {_felt(felt)})"
        (better if feels > felt else worse).append(said)
    if before.outside and after.outside is False:
        better.append("in our own hands (today outside our control)")
    same = not (better or worse or other or pair.moved)
    return Difference(pair, "kept" if same else "changed", tuple(better), tuple(worse), tuple(other))


def _felt(value: int) -> str:
    return FEELINGS[str(value)].lower() if value else "neither good nor bad"


# Offers --------------------------------------------------------------------------------------------------------------


def requirements(journeys: Rows[Journey], steps: Rows[JourneyStep]) -> Iterator[Offer]:
    """What each journey asks of the design, by :data:`RULE`."""
    for id_, journey in journeys:
        now, wanted = chosen_steps(steps, id_)
        if now and wanted:
            for difference in differences(now, wanted):
                yield from _requirement(id_, journey, difference)
            yield from _whole(id_, journey, now, wanted)


def _requirement(journey_id: str, journey: Journey, difference: Difference) -> Iterator[Offer]:
    before, after = difference.pair.now, difference.pair.wanted
    about = (before or after or ("", JourneyStep()))[1]
    tests: list[str] = []
    if difference.what == "gone" and before:
        origin = origin_of("journey_step", before[0], "gone")
        name = f"Nobody has to go through this any more: “{before[1].what}”"
        tests = ["Asked what they went through, people no longer name it."]
    elif difference.what == "new" and after:
        origin, name = origin_of("journey_step", after[0]), f"Make this possible: “{after[1].what}”"
        tests = ["People say that it happens."]
    elif (difference.better or "something else happens" in difference.other) and after and before:
        origin = origin_of("journey_step", after[0])
        name = f"“{after[1].what}”: {'; '.join(difference.better) or 'in place of what happens today'}"
        if before[1].wait is not None and after[1].wait is not None and after[1].wait < before[1].wait:
            tests.append(f"Nobody waits longer than {show_time(after[1].wait)}." if after[1].wait else "Nobody waits.")
        if before[1].takes is not None and after[1].takes is not None and after[1].takes < before[1].takes:
            tests.append(f"It takes no longer than {show_time(after[1].takes)}.")
        felt, feels = feeling(before[1]), feeling(after[1])
        if felt is not None and feels is not None and feels > felt:
            tests.append(f"Asked how it feels, people say {_felt(feels)}{' or better' if feels < 2 else ''}.")
    else:
        return
    why = [f"{journey.label()}."]
    if before:
        why.append(f"Today: {before[1].what}{f' – {before[1].pain}' if before[1].pain else ''}")
    values = {
        "name": _short(name),
        "why": " ".join(why),
        "test": " ".join(tests),
        "journey": journey_id,
        "depends_on": (about.holder or about.organisation) if about.outside else "",
    }
    yield Offer(origin, values["name"], f"journey of {journey.label()}", values)


def _whole(id_: str, journey: Journey, now: Steps, wanted: Steps) -> Iterator[Offer]:
    today, then = figures(now), figures(wanted)
    source, why = f"journey of {journey.label()}", f"{journey.label()}. The journey as a whole."
    if then.hand_overs < today.hand_overs:
        most = "No hand-over" if not then.hand_overs else f"No more than {number_of(then.hand_overs, 'hand-over')}"
        name = f"{most} between organisations (today {today.hand_overs})"
        test = "Follow three people from the first step to the last, and count."
        yield Offer(origin_of("journey", id_, "hand-overs"), name, source, {"name": name, "why": why, "test": test, "journey": id_})  # fmt: skip
    if then.wait < today.wait and not then.unknown_waits:
        most = f"No longer than {long_time(then.wait)} of waiting" if then.wait else "No waiting"
        name = f"{most} from the first step to the last (today {today.wait_words})"
        test = "Follow three people from the first step to the last, and note the days."
        yield Offer(origin_of("journey", id_, "waits"), name, source, {"name": name, "why": why, "test": test, "journey": id_})  # fmt: skip


def from_people(stakeholders: Rows[Stakeholder], needs: Rows[NeedStatement]) -> Iterator[Offer]:
    """Groups of the need and of the stakeholders, each as the beginning of a journey."""
    for id_, need in needs:
        if need.who:
            values = {"name": need.who, "part": "uses", "situation": " ".join(filter(None, [_sentence(need.difficulty), need.wishes]))}  # fmt: skip
            yield Offer(origin_of("need_statement", id_), f"{need.who}: {need.difficulty}", "need statements, stage 1", values)  # fmt: skip
    for id_, one in stakeholders:
        if one.name and one.sector != "public":
            part = {"carer": "cares", "third": "works"}.get(one.sector or "", "uses")
            yield Offer(origin_of("stakeholder", id_), one.name, "stakeholders", {"name": one.name, "stakeholder": id_, "part": part})  # fmt: skip


def next_rounds(journeys: Rows[Journey], steps: Rows[JourneyStep]) -> Iterator[Offer]:
    """Journeys whose wanted steps could be where the next round begins."""
    for id_, row in journeys:
        if row.name and steps_of(steps, id_, "wanted"):
            values = {**row.body(), "name": _short(f"{row.name}, next round"), "heard": ""}
            yield Offer(origin_of("journey", id_), f"Next round: {row.name}", "journeys as they should be", values)


def pains(feedback: Rows[Feedback], journey: tuple[str, Journey] | None) -> Iterator[Offer]:
    """What people said at the review, each as something hard in this journey; other groups' words are left out."""
    if journey is None:
        return
    for id_, row in feedback:
        if row.words and row.stakeholder in (None, journey[1].stakeholder):
            values = {"what": row.theme or row.words, "pain": f"“{row.words}”", "journey": journey[0], "version": "now"}
            yield Offer(origin_of("feedback", id_), f"{row.theme}: “{row.words}”", "feedback, stage 7", values)


# What is missing -----------------------------------------------------------------------------------------------------


def stops(journeys: Rows[Journey], steps: Rows[JourneyStep]) -> Iterator[StageGap]:
    """What stands in the way of the stage: a journey that was begun and is not told to the end, both ways."""
    for id_, row in journeys:
        yield from unanswered(id_, row)
        now, wanted = chosen_steps(steps, id_)
        if not now:
            yield StageGap("AN-5", f"{row.label()}: no step is written down yet.", JourneyStep.kind, f"{id_}~now")
        elif not wanted:
            yield StageGap("AN-5", f"{row.label()}: how should it be?", JourneyStep.kind, f"{id_}~wanted")
    for id_, step in steps:
        yield from unanswered(id_, step)


def gaps(journeys: Rows[Journey], steps: Rows[JourneyStep]) -> Iterator[StageGap]:
    """All that is missing or odd, with the field to go to."""
    yield from stops(journeys, steps)
    for journey, _ in journeys:
        now, wanted = chosen_steps(steps, journey)
        for id_, step in [*now, *wanted]:
            if step.outside and not step.holder:
                yield _gap(id_, step, "is outside our control. Who could change it?", "holder")
        for id_, step in now:
            if (feeling(step) or 0) < 0 and not step.pain:
                yield _gap(id_, step, "feels bad. What is hard about it?", "pain")
        for one in differences(now, wanted) if wanted else ():
            yield from _odd(one)
        lowest = {now[place][0] for place in figures(now).lowest}
        for one in differences(now, wanted) if wanted else ():
            if one.what == "kept" and one.pair.now and one.pair.wanted and one.pair.now[0] in lowest:
                yield _gap(*one.pair.wanted, "is the lowest point of today, and stays as it is.", "feeling")


def _odd(one: Difference) -> Iterator[StageGap]:
    if one.pair.wanted is None or one.pair.now is None:
        return
    id_, step = one.pair.wanted
    before = one.pair.now[1]
    if before.wait and step.wait is None:
        yield _gap(id_, step, f"waits {show_time(before.wait)} today. How long should it be? Write “none” for none.", "wait")  # fmt: skip
    if one.worse:
        yield _gap(id_, step, f"would be worse than today: {together(one.worse)}. Is that meant?", "feeling" if one.worse[-1].startswith("feels") else "wait")  # fmt: skip


def _gap(id_: str, step: JourneyStep, words: str, field: str) -> StageGap:
    return StageGap("AN-5", f"“{step.what or step.label()}” {words}", JourneyStep.kind, id_, field)


def requirement_gaps(
    rows: Rows[DesignRequirement], journeys: Rows[Journey], steps: Rows[JourneyStep]
) -> Iterator[StageGap]:
    """Requirements that lack something, and those whose difference is no longer there."""
    known = {offer.origin for offer in requirements(journeys, steps)}
    for id_, row in rows:
        yield from unanswered(id_, row)
        if read_origin(row.origin)[0] in ("journey", "journey_step") and row.origin not in known:
            sentence = f"“{row.label()}”: the journey has changed since. Does it still ask for this?"
            yield StageGap("PL-1", sentence, row.kind, id_, "name")


@dataclass(frozen=True)
class Heard:
    """A requirement at the review: how often people spoke of it, in which words, and whether it came about."""

    id: str
    row: DesignRequirement
    count: int
    quotes: tuple[str, ...]


def heard(rows: Rows[DesignRequirement], feedback: Rows[Feedback]) -> list[Heard]:
    """Each requirement that is not put off, with what people said about it. Only words that may be quoted are shown."""
    count = Counter(said.requirement for _, said in feedback if said.requirement)
    return [
        Heard(
            id_, row, count[id_], tuple(said.words for _, said in feedback if said.requirement == id_ and said.consent)
        )
        for id_, row in rows
        if row.priority != "later"
    ]


def heard_gaps(found: Sequence[Heard]) -> Iterator[StageGap]:
    """Requirements that must be met and that nobody has spoken of, or of which nobody says whether they came about."""
    for one in found:
        if one.row.priority == "must" and not one.count:
            yield StageGap(
                "RV-3", f"“{one.row.label()}” must be met, and nobody has been asked whether it is.", "feedback"
            )
        if one.count and one.row.met is None:
            words = f"People spoke of “{one.row.label()}”. Did it come about?"
            yield StageGap("RV-3", words, one.row.kind, one.id, "met")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _sentence(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!", "”")) else f"{text}."
