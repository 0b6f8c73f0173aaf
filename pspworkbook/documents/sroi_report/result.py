"""The result, who gains, and what happened beside the forecast."""

from collections.abc import Iterator

from pspworkbook.charts import sroi as pictures
from pspworkbook.charts.picture import Picture
from pspworkbook.charts.plotted import drawn
from pspworkbook.charts.review import bridge_picture
from pspworkbook.documents.blocks import Block, Figure, Heading, Points, Say, Table
from pspworkbook.documents.sroi_report.facts import ReportFacts
from pspworkbook.documents.sroi_report.shown import NOT_SAID, ratio
from pspworkbook.methods.review.evaluative import RULE
from pspworkbook.methods.sroi import in_words as result_in_words
from pspworkbook.methods.sroi import purse
from pspworkbook.methods.sroi.stress import Stress
from pspworkbook.methods.sroi.worlds import in_words as worlds_in_words
from pspworkbook.methods.words import percent, pounds, sentences
from pspworkbook.records import field_of

GRADE_WORDS = {
    "green": "measured here",
    "amber": "from comparable research",
    "red": "our own assumption",
    "": "not graded",
}


def figure_of(picture: Picture, share: float = 1.0, title: str = "") -> Iterator[Block]:
    """A picture of the page as a figure of the report, or its sentence where there is nothing to draw.

    ``title`` stands in for the picture's own where a heading above says the same.
    """
    if picture.figure is None:
        yield Say(picture.text, "missing")
    else:
        yield Figure(title or picture.title, picture.text, drawn(picture.figure), share)


def result(f: ReportFacts) -> Iterator[Block]:
    """The ratio with its range, the way from gross to present value, and who gains."""
    if f.result is None or not len(f.result.rows):
        yield Say(f.trouble or "No outcome is counted yet, so there is no result.", "missing")
        rated = [
            (row.label(), f.who(row.stakeholder), f"{row.importance:g}")
            for _, row in f.outcomes
            if row.importance is not None
        ]
        if rated:
            yield Say("What those concerned say matters to them, from 0 to 10. Nothing is added up.")
            yield Table(
                "Importance of each outcome", ("Outcome", "For whom", "Importance"), rated, (8, 5, 3), frozenset({2})
            )
        return
    yield Say(result_in_words(f.result), "lead")
    if f.simulation is not None:
        yield Say(worlds_in_words(f.simulation), "lead")
    if f.range is not None:
        without = f"Without “{f.range.biggest}”, which carries most, it would be {ratio(f.range.without_biggest)}." if f.range.without_biggest is not None else ""  # fmt: skip
        made = f"The range is made {f.range.made_from('the group’s')}." if f.range.own else f.range.sentence
        yield Say(" ".join(filter(None, [made, f.range.leaning, without])))
        if not f.range.own:
            yield Say(f.range.rule, "small")
    yield Heading("From gross value to what can be claimed")
    yield from figure_of(pictures.gross_to_present(f.result), title="Gross value, and what is taken off it")
    yield from _years(f)
    yield Heading("For whom the value is")
    yield Say(purse.TWO_WAYS)
    yield from _shares(pictures.who_gains(f.result))
    yield from _shares(pictures.by_stakeholder(f.result))
    found = purse.public_purse(f.rows, f.result, f.counted)
    if not found.lines:
        return
    yield Heading("The public purse, as a budget holder sees it")
    yield Say(purse.in_words(found))
    rows = [
        (one.name, purse.KINDS.get(one.what, NOT_SAID), one.holder or NOT_SAID, one.when or NOT_SAID, pounds(one.worth))
        for one in found.lines
    ]
    head = ("Outcome", "Cash or capacity", "Whose budget", "When, and what has to happen first", "Present value")
    yield Table("Cash and freed capacity", head, rows, (4.2, 2.8, 3, 4.3, 2.2), frozenset({4}))
    yield Say(purse.RULE, "small")


def _years(f: ReportFacts) -> Iterator[Block]:
    if f.result is not None and len(f.result.rows):
        yield Heading("Year by year")
        result = f.result
        rows: list[tuple[str, ...]] = [
            (f"Year {year}", pounds(float(then)), pounds(float(today)))
            for year, (then, today) in enumerate(
                zip(result.value_by_year, result.present_value_by_year, strict=True), start=1
            )
        ]
        rows.append(("All years", pounds(float(result.value_by_year.sum())), pounds(result.total_present_value)))
        yield Table("Value of each year", ("Year", "Worth in that year", "In today’s value"), rows, (3, 4, 4), frozenset({1, 2}), total=True, share=0.7)  # fmt: skip


def _shares(picture: Picture) -> Iterator[Block]:
    yield from figure_of(picture)
    yield Table(f"{picture.title}, in figures", picture.head, picture.rows, (8, 4.5, 4), frozenset({1, 2}))


def happened(f: ReportFacts) -> Iterator[Block]:
    """Forecast beside actual, the bridge between them, and what was not measured. Nothing without actual figures."""
    found = f.evaluation
    if found is None:
        if f.actuals:
            yield Say("What happened is written down in part. It cannot be set beside the forecast until there is a ratio.", "missing")  # fmt: skip
        return
    strict, generous, plan = found.strict, found.generous, found.forecast
    picture = bridge_picture(found)
    yield Say(picture.text, "lead")
    head = ["What", "Forecast", "Actual"]
    rows = [
        ["Put in", pounds(plan.investment), pounds(strict.investment)],
        ["Total present value", pounds(plan.total_present_value), pounds(strict.total_present_value)],
        ["Net present value", pounds(plan.net_present_value), pounds(strict.net_present_value)],
        ["Social return for each £1", ratio(plan.sroi_ratio), ratio(strict.sroi_ratio)],
        ["If all were rather worse, or rather better", _span(found.forecast_range), _span(found.strict_range)],
    ]
    if found.unmeasured:
        head.append("Actual, generous")
        for row, value in zip(
            rows,
            (
                pounds(generous.investment),
                pounds(generous.total_present_value),
                pounds(generous.net_present_value),
                ratio(generous.sroi_ratio),
                _span(found.generous_range),
            ),
            strict=True,
        ):
            row.append(value)
    yield Table("Forecast beside actual", head, rows, (6, *[3.5] * (len(head) - 1)), frozenset(range(1, len(head))))
    yield Say("The last row is a rough test that both can be put to, not the range of the result: that one stands with the result.", "small")  # fmt: skip
    if found.unmeasured:
        yield Say(f"Not measured, and counted as nothing in the actual figures: {'; '.join(found.unmeasured)}. The generous figures count it as it was forecast.")  # fmt: skip
    yield Heading("What made the difference")
    yield from figure_of(picture)
    yield Table("Each step from the forecast ratio to the actual one", picture.head, picture.rows, (4.5, 2.2, 4.8, 5), frozenset({1}))  # fmt: skip
    yield Say(RULE, "small")
    yield from _found(f)
    total = sum(found.by_grade.values())
    if total > 0 and min(found.by_grade.values()) >= 0:
        parts = sorted(found.by_grade.items(), key=lambda pair: -pair[1])
        yield Say("Of the actual value: " + "; ".join(f"{percent(worth / total)} {GRADE_WORDS[key]}" for key, worth in parts) + ".")  # fmt: skip
    yield from _put_in(f)


def _span(range: Stress | None) -> str:
    return "–" if range is None else f"{ratio(range.low)} to {ratio(range.high)}"


def _found(f: ReportFacts) -> Iterator[Block]:
    yield Heading("What was found, outcome by outcome")
    known = dict(f.outcomes)
    rows: list[tuple[str, ...]] = []
    for _, row in f.actuals:
        plan_row = known.get(row.outcome or "")
        spec = field_of(type(row), "quantity")
        before = spec.show(plan_row.quantity) if plan_row else "not forecast"
        rows.append(
            (
                plan_row.label() if plan_row else row.label(),
                before or NOT_SAID,
                spec.show(row.quantity) or "not measured",
                f"{row.source or NOT_SAID} ({GRADE_WORDS[row.grade or '']})",
                row.verified_by or "nobody",
            )
        )
    yield Table("Actual quantities and where they come from", ("Outcome", "Forecast", "Actual", "Source", "Verified by"), rows, (4.8, 1.9, 1.9, 5, 3), frozenset({1, 2}))  # fmt: skip


def _put_in(f: ReportFacts) -> Iterator[Block]:
    inputs = dict(f.inputs)
    moved = [
        (
            f"{inputs[row.input].label() if row.input in inputs else row.label()}:",
            sentences([pounds(row.value), row.why]),
        )
        for _, row in f.actual_inputs
        if row.value is not None
    ]
    if moved:
        yield Heading("What was really put in")
        yield Points(moved)
