"""The report's first chapters: the title block, the summary, what was looked at, who was involved."""

from collections.abc import Iterator

from pspworkbook import __version__
from pspworkbook.documents.blocks import Block, Points, Say, Table
from pspworkbook.documents.sroi_report.facts import ReportFacts
from pspworkbook.documents.sroi_report.shown import NOT_SAID, choice_of, ratio
from pspworkbook.methods.findings import number_of
from pspworkbook.methods.sroi import in_words as result_in_words
from pspworkbook.methods.sroi import payback_words
from pspworkbook.methods.sroi.evidence import OVERTAKEN
from pspworkbook.methods.sroi.sobol import in_words as weights_in_words
from pspworkbook.methods.sroi.switching import goal_words
from pspworkbook.methods.sroi.worlds import in_words as worlds_in_words
from pspworkbook.methods.sroi.worlds import leaning
from pspworkbook.methods.words import day, percent, pounds
from pspworkbook.records import field_of

MOST_MISSING = 12
NOT_TO_COMPARE = (
    "The ratio rests on every figure and every judgement in this report. Do not compare it with the ratios of other "
    "services, and do not quote it without its range."
)


def title_block(f: ReportFacts) -> Iterator[tuple[str, str]]:
    """What stands under the title: which workbook, in which state, on which day."""
    yield "Workbook", f.workbook
    yield "Partnership", f.partnership.name or NOT_SAID
    yield "What is valued", f.scope.activity or NOT_SAID
    yield "Kind of study", choice_of(f.scope, "type")
    yield "Date of this report", day(f.on)
    if f.range is not None:
        yield "Social return for each £1", f"{ratio(f.ratio)}; {f.range.span}"
        yield "What carries most", f"{f.range.carried}."
    if f.evaluation is not None:
        yield "What happened", f"{f.evaluation.beside}."
    yield (
        "State of the workbook",
        f"Line {f.line:,} of its history. Made with version {__version__} of the PSP workbook.",
    )
    yield "Agreed by the partnership", "; ".join(f"{who} (entered on {when})" for who, when in f.agreed) or "Not yet"
    checked = [
        f"{row.by}{f', {day(row.date)}' if row.date else ''}{f' ({OVERTAKEN})' if id_ in f.overtaken else ''}"
        for id_, row in f.verification
        if row.by
    ]
    yield "Verified by", "; ".join(checked) or "Nobody yet"


def summary(f: ReportFacts) -> Iterator[Block]:
    """The ratio as a sentence, never without its range; what it hangs on; what is missing."""
    if f.result is None:
        yield Say(f.trouble or "The figures cannot be worked with yet.", "missing")
    else:
        yield Say(result_in_words(f.result), "lead")
    if f.simulation is not None:
        yield Say(worlds_in_words(f.simulation), "lead")
        if f.range is not None and f.range.own:
            yield Say(f"This range is made {f.range.made_from('the group’s')}.")
        if lean := leaning(f.simulation):
            yield Say(lean)
        if f.range is not None:
            yield Say(f"{f.range.carried}.")
        if f.evaluation is not None:
            yield Say(f"What happened beside the forecast: {f.evaluation.beside}.")
        yield Say(NOT_TO_COMPARE)
    elif f.result is not None:
        yield Say("There is no range yet, because there is no ratio.", "missing")
    if f.result is not None and (f.ratio is not None or len(f.result.rows)):
        yield Table("The result in figures", ("What", "Figure"), list(_figures(f)), (9, 7.5), frozenset({1}))
    if f.weights:
        yield Say(weights_in_words(list(f.weights)))
    if f.findings:
        open_, stale = sum(one.open for one in f.asked), sum(one.stale for one in f.asked)
        answered = (
            f"{open_} of them {'is' if open_ == 1 else 'are'} not answered yet"
            if open_
            else "each of them has an answer"
        )
        if stale:
            answered += f", and {number_of(stale, 'answer')} {'is' if stale == 1 else 'are'} out of date"
        yield Say(f"A sceptical reader would ask {number_of(len(f.findings), 'question')} of this map; {answered}.")
    if f.findings or f.open:
        yield Say("What is still open stands under “What a sceptic would ask”.")
    if f.missing:
        yield Say(f"{number_of(len(f.missing), 'thing')} {'is' if len(f.missing) == 1 else 'are'} still missing from the forecast:", "missing")  # fmt: skip
        yield Points([("", sentence) for sentence in f.missing[:MOST_MISSING]])
        if (more := len(f.missing) - MOST_MISSING) > 0:
            yield Say(f"And {more:,} more, which the page “Analyse” lists.")


def _figures(f: ReportFacts) -> Iterator[tuple[str, str]]:
    result = f.result
    assert result is not None
    yield "What is put in", pounds(result.investment)
    yield "Total present value of what changes", pounds(result.total_present_value)
    yield "Net present value", pounds(result.net_present_value)
    if f.ratio is None:
        return
    yield "Social return for each £1, as entered", ratio(f.ratio)
    if f.simulation is not None:
        low, middle, high = (ratio(value) for value in (f.simulation.p05, f.simulation.p50, f.simulation.p95))
        yield "Range that holds 90 of 100 possible worlds", f"{low} to {high}"
        yield "Middle: half of all possible worlds lie above it", middle
        yield f"Chance that it is above {goal_words(f.simulation.settings.threshold)}", percent(f.simulation.chance)
    if f.range is not None and not f.range.own:
        yield "If everything were rather worse, or rather better", f"{ratio(f.range.low)} to {ratio(f.range.high)}"
    months = result.payback_months
    yield "Payback", payback_words(months) if months is not None else "the value never reaches what is put in"  # fmt: skip


def scope(f: ReportFacts) -> Iterator[Block]:
    """What was looked at, for whom, over what time, at which discount rate."""
    one, home = f.scope, f.partnership
    period = f"{day(one.first_day)}, " if one.first_day else ""
    period += f"for {number_of(int(one.activity_years), 'year')}" if one.activity_years and one.activity_years == int(one.activity_years) else f"for {one.activity_years:g} years" if one.activity_years is not None else NOT_SAID  # fmt: skip
    first = "counts in full" if one.discount_first_year is False else "is discounted too"
    rate = f.result.rates.name if f.result is not None else choice_of(one, "discounting")
    partners = [home.lead_public, home.lead_third, *home.others.splitlines()]
    lines = [
        ("What is valued", one.activity),
        ("Why, and for whom this was written", one.purpose),
        ("The need that it answers", home.need),
        ("Area", home.area),
        ("Partners", "; ".join(filter(None, partners))),
        ("Kind of study", choice_of(one, "type")),
        ("Period", period),
        ("How later years are discounted", f"{rate[:1].upper() + rate[1:]}. The first year {first}."),
        ("What is left out, and why", one.left_out),
    ]
    rows = [(what, text or NOT_SAID) for what, text in lines]
    yield Table("What this study covers", ("Question", "Answer"), rows, (5, 11.5))
    meaning = {"forecast": "A forecast says what should happen; no forecast is ever a fact.", "evaluative": "An evaluative study looks back at what did happen."}  # fmt: skip
    if one.type in meaning:
        yield Say(meaning[one.type])


def involved(f: ReportFacts) -> Iterator[Block]:
    """The stakeholders, how they were asked, and why they are in."""
    inside = [row for _, row in f.stakeholders if row.included is not False]
    if not inside:
        yield Say(
            "No stakeholder is listed yet. Without asking those whom it touches, nobody knows what changes.", "missing"
        )
        return
    yield Say(
        "These groups are part of the study. Each is there because it changes, or because it makes the change happen."
    )
    rows = [
        (
            row.label(),
            field_of(type(row), "people").show(row.people) or NOT_SAID,
            row.involved or "Nothing is written down on how they were asked.",
            row.reason or NOT_SAID,
        )
        for row in inside
    ]
    head = ("Stakeholder", "People", "How they were asked what changes", "Why they are included")
    yield Table("Stakeholders and how they were involved", head, rows, (3.2, 1.6, 6, 5.7), frozenset({1}))
    silent = [row.label() for row in inside if not row.involved]
    if silent:
        yield Say(f"Not asked, or not written down: {', '.join(silent)}.", "missing")
