"""The impact map as a spreadsheet that lives: the field's layout and column order, every result a formula.

It recalculates in LibreOffice and Excel to the figures of :func:`pspworkbook.methods.sroi.forecast`, and carries those
figures as cached values for programs that do not calculate. ``value_map_layout`` holds the columns, ``value_map_sheets``
the sheets beside the map.
"""

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pspworkbook.documents.tables import cell_text
from pspworkbook.documents.value_map_layout import (
    BANDS,
    COLUMNS,
    FIRST_ROW,
    HEAD_ROW,
    HIDDEN,
    INPUTS,
    MAP,
    PERIODS,
    Column,
)
from pspworkbook.documents.value_map_sheets import (
    Book,
    add_inputs,
    add_log,
    add_notes,
    add_ranges,
    add_sensitivity,
    for_print,
    height,
)
from pspworkbook.methods.sroi import ForecastResult, discount_factors, value_by_year
from pspworkbook.records import Forecast, Input, Outcome, Stakeholder, field_of, fields_of
from pspworkbook.records.doubt import FigureRange

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_LIST = 255
"""Spreadsheet programs take no longer list of choices in a cell's rule."""
FOOT = 13
"""Rows below the last outcome that hold the totals and the result."""
SPARE_YEARS = 4
"""Years beyond the longest outcome, so that a duration can be made longer in the sheet."""


@dataclass(frozen=True)
class LogLine:
    """One line of the assumptions log: who changed what, when and why."""

    when: str
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class ValueMap:
    """What the file is made of. ``result`` is the forecast of the outcomes whose identifiers are in ``counted``."""

    title: str
    scope: Forecast
    stakeholders: Mapping[str, Stakeholder]
    inputs: Sequence[tuple[str, Input]]
    outcomes: Sequence[tuple[str, Outcome]]
    result: ForecastResult
    counted: Sequence[str]
    log: Sequence[LogLine] = ()
    provenance: Sequence[tuple[str, str]] = ()
    ranges: Sequence[FigureRange] = ()
    answers: Sequence[tuple[str, str]] = field(default_factory=list)
    """Findings of the checker and what was answered to them."""
    mark: str = ""
    """The place in the workbook's log at which the file is saved: what it says beyond that place is an edit."""
    range: Sequence[str] = ()
    """What is said beside the ratio of its range, line by line: as text, for no formula works it out."""
    undecided: Collection[str] = ()
    """Outcomes whose reason and decider belonged to a decision that was changed since."""

    @property
    def rows(self) -> list[tuple[str, Outcome]]:
        """The rows of the map: the outcomes, then a row for each stakeholder who puts something in and has none."""
        here = {outcome.stakeholder for _, outcome in self.outcomes}
        others = dict.fromkeys(one.stakeholder for _, one in self.inputs if one.stakeholder not in here)
        return [*self.outcomes, *(("", Outcome(stakeholder=who)) for who in others)]

    def name(self, id_: str | None) -> str:
        """A stakeholder's name; its identifier where the list does not know it."""
        known = self.stakeholders.get(id_ or "")
        return known.label() if known else id_ or ""


def value_map_xlsx(facts: ValueMap) -> bytes:
    """The file's bytes: sheets for the map, how long outcomes last, inputs, sensitivity, ranges, assumptions and provenance."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(out, options)
    workbook.set_calc_mode("auto")
    workbook.set_properties({"title": facts.title, "comments": "Made by the PSP workbook. It has no macros."})
    book = Book(workbook)
    years = facts.result.years + SPARE_YEARS
    sheet = workbook.add_worksheet(MAP)
    periods = workbook.add_worksheet(PERIODS)
    factors_above = add_inputs(book, facts, years)
    last = FIRST_ROW + max(len(facts.rows), 1) - 1
    _write_periods(book, periods, facts, years)
    _write_map(book, sheet, facts, years, last, factors_above)
    add_sensitivity(book, facts, last)
    add_ranges(book, facts)
    add_log(book, facts)
    add_notes(book, facts)
    workbook.close()
    return out.getvalue()


def _write_periods(book: Book, sheet: Any, facts: ValueMap, years: int) -> None:
    """For each outcome the share of its first year's worth that each year still has: how long it lasts, and its drop-off."""
    from xlsxwriter.utility import xl_rowcol_to_cell as at

    duration, drop, starts = (_letter(name) for name in ("duration", "drop_off", "starts"))
    sheet.write(0, 0, "How long each outcome lasts", book.title)
    sheet.write(
        1, 0, "Each cell: how much of that year the outcome lasts, times what drop-off has left of it.", book.soft
    )
    sheet.write_row(HEAD_ROW, 0, ["Outcome", "First year"], book.head)
    sheet.write_row(HEAD_ROW, 2, list(range(1, years + 1)), book.head)
    shares = _shares(facts, years)
    for place in range(max(len(facts.rows), 1)):
        row = FIRST_ROW + place
        line = row + 1
        outcome = facts.rows[place][1] if place < len(facts.rows) else Outcome()
        first = facts.result.first_year
        counted = facts.rows[place][0] in facts.counted if place < len(facts.rows) else False
        begins = float(first[list(facts.counted).index(facts.rows[place][0])]) if counted else 1.0
        sheet.write_formula(row, 0, f"='{MAP}'!{_letter('outcome')}{line}&\"\"", book.text, outcome.outcome)
        sheet.write_formula(
            row,
            1,
            f"=IF('{MAP}'!{starts}{line}=\"After the activity\",ROUNDUP(activity_years,0)+1,1)",
            book.number,
            begins,
        )
        for year in range(1, years + 1):
            head, start = at(HEAD_ROW, year + 1, row_abs=True), f"$B{line}"
            lasts = f"'{MAP}'!${duration}{line}-({head}-{start})"
            kept = f"IF({head}={start},1,(1-'{MAP}'!${drop}{line})^({head}-{start}))"
            formula = f"=IF({head}<{start},0,MAX(0,MIN(1,{lasts}))*{kept})"
            sheet.write_formula(row, year + 1, formula, book.share, shares[place][year - 1])
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, years + 1, 8)
    sheet.set_row(HEAD_ROW, 30)
    sheet.freeze_panes(FIRST_ROW, 2)
    for_print(sheet, HEAD_ROW)


def _shares(facts: ValueMap, years: int) -> list[list[float]]:
    """The cached values of the cells above."""
    rows = []
    first = dict(zip(facts.counted, facts.result.first_year.tolist(), strict=True))
    for id_, outcome in facts.rows or [("", Outcome())]:
        duration, drop = outcome.duration or 0.0, outcome.drop_off or 0.0
        shares = value_by_year(1.0, duration, drop, first_year=first.get(id_, 1.0), years=years)
        rows.append([float(share) for share in shares.ravel()])
    return rows


def _letter(name: str) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name([column.key for column in COLUMNS].index(name)))


def _write_map(book: Book, sheet: Any, facts: ValueMap, years: int, last: int, factors_above: int) -> None:
    from xlsxwriter.utility import xl_col_to_name, xl_range

    sheet.write(0, 0, facts.title, book.title)
    sheet.write(
        1,
        0,
        "Change a figure and everything follows. The coloured headings are locked; the cells below are not.",
        book.soft,
    )
    start = len(COLUMNS)
    for band, first, until in BANDS:
        sheet.merge_range(HEAD_ROW - 1, first, HEAD_ROW - 1, until, band, book.band)
    for place, column in enumerate(COLUMNS):
        sheet.write(HEAD_ROW, place, column.heading, book.head)
        if column.question:
            sheet.write_comment(HEAD_ROW, place, column.question)
        sheet.set_column(place, place, column.width, None, {"hidden": column.key in HIDDEN})
    sheet.merge_range(
        HEAD_ROW - 2,
        start,
        HEAD_ROW - 2,
        start + years - 1,
        "Step 6: what £1 of each year is worth today, and each year's value",
        book.band,
    )
    result = facts.result
    factors = discount_factors(years, result.rates, result.discount_first_year)
    for year in range(1, years + 1):
        letter = xl_col_to_name(year + 1)
        sheet.write_formula(
            HEAD_ROW - 1,
            start + year - 1,
            f"='{INPUTS}'!$C${factors_above + year}",
            book.factor,
            float(factors[year - 1]),
        )
        sheet.write_formula(
            HEAD_ROW, start + year - 1, f"=\"Year \"&'{PERIODS}'!{letter}{HEAD_ROW + 1}", book.head, f"Year {year}"
        )
    sheet.write(HEAD_ROW, start + years, "Present value", book.head)
    sheet.set_column(start, start + years, 13)
    present = dict(zip(facts.counted, result.present_value_by_outcome.tolist(), strict=True))
    impact = dict(zip(facts.counted, result.impact.tolist(), strict=True))
    value = dict(zip(facts.counted, result.value.tolist(), strict=True))
    seen: set[str | None] = set()
    for place, (id_, outcome) in enumerate(facts.rows):
        row = FIRST_ROW + place
        _write_row(
            book, sheet, row, facts, id_, outcome, impact.get(id_), first_of_group=outcome.stakeholder not in seen
        )
        seen.add(outcome.stakeholder)
        line, cell = row + 1, f"${_letter('impact')}{row + 1}"
        for year in range(1, years + 1):
            share = f"'{PERIODS}'!{xl_col_to_name(year + 1)}{line}"
            known = value.get(id_, [])
            sheet.write_formula(
                row,
                start + year - 1,
                f"=IF(ISNUMBER({cell}),{cell}*{share},0)",
                book.money,
                known[year - 1] if year <= len(known) else 0,
            )
        worth = xl_range(row, start, row, start + years - 1)
        factor_row = f"${xl_col_to_name(start)}${HEAD_ROW}:${xl_col_to_name(start + years - 1)}${HEAD_ROW}"
        sheet.write_formula(row, start + years, f"=SUMPRODUCT({worth},{factor_row})", book.money, present.get(id_, 0))
    _write_totals(book, sheet, facts, years, last)
    _validate(sheet, last)
    sheet.set_row(HEAD_ROW, 48)
    sheet.freeze_panes(FIRST_ROW, 4)
    _print_map(book, sheet, years, last)
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True, "select_locked_cells": True})


def _write_row(
    book: Book,
    sheet: Any,
    row: int,
    facts: ValueMap,
    id_: str,
    outcome: Outcome,
    impact: float | None,
    *,
    first_of_group: bool,
) -> None:
    """One outcome. What its stakeholder puts in stands in the first of its rows only, so that the column adds up."""
    group = facts.stakeholders.get(outcome.stakeholder or "")
    given = [one for _, one in facts.inputs if one.stakeholder == outcome.stakeholder] if first_of_group else []
    line = row + 1
    sheet.set_row(
        row,
        height(
            [(str(getattr(outcome, one.key, "") or ""), one.width) for one in COLUMNS]
            + [("; ".join(one.description for one in given), _wide("puts_in"))]
        ),
    )
    for place, column in enumerate(COLUMNS):
        if column.key == "id":
            sheet.write_string(row, place, id_, book.text)
        elif column.key == "stakeholder":
            sheet.write_string(row, place, facts.name(outcome.stakeholder), book.open)
        elif column.key == "people":
            _put(sheet, row, place, group.people if group and first_of_group else None, book.open_number)
        elif column.key == "puts_in":
            sheet.write_string(row, place, "; ".join(one.description for one in given), book.text)
        elif column.key == "puts_in_value":
            if first_of_group:
                total = sum(one.value or 0 for one in given)
                formula = f"=SUMIFS(inputs_value,inputs_who,{_letter('stakeholder')}{line})"
                sheet.write_formula(row, place, formula, book.money, total)
        elif column.key == "impact":
            sheet.write_formula(
                row,
                place,
                _impact_formula(line),
                book.money,
                impact if impact is not None else "not counted" if outcome.outcome else "",
            )
        else:
            _write_field(book, sheet, row, place, column, outcome)


def _wide(name: str) -> int:
    return next(column.width for column in COLUMNS if column.key == name)


def _impact_formula(line: int) -> str:
    cells = {
        name: f"{_letter(name)}{line}"
        for name in ("quantity", "duration", "financial_proxy", "deadweight", "displacement", "attribution", "drop_off")
    }
    needed = ",".join(cells.values())
    kept = "*".join(f"(1-{cells[name]})" for name in ("deadweight", "displacement", "attribution"))
    out = f'OR({_letter("included")}{line}="No",COUNT({needed})<{len(cells)})'
    blank = f'IF({_letter("outcome")}{line}="","","not counted")'
    return f"=IF({out},{blank},{cells['quantity']}*{cells['financial_proxy']}*{kept})"


def _write_field(book: Book, sheet: Any, row: int, place: int, column: Column, outcome: Outcome) -> None:
    spec, value = field_of(Outcome, column.key), getattr(outcome, column.key)
    look = {"percentage": book.open_percent, "pounds": book.open_money}.get(spec.kind.name, book.open_number)
    if spec.kind.number:
        _put(sheet, row, place, value, look)
    else:
        # An apostrophe of somebody's own before what looks like a formula gets a second one, which reading takes off.
        own = str(value).startswith("'")
        sheet.write_string(row, place, cell_text(spec, value) if own else spec.show(value), book.open)


def _put(sheet: Any, row: int, place: int, value: float | None, look: Any) -> None:
    if value is None:
        sheet.write_blank(row, place, None, look)
    else:
        sheet.write_number(row, place, value, look)


def _print_map(book: Book, sheet: Any, years: int, last: int) -> None:
    """On paper: the steps of the map on pages of their own, then more about each row, then the years; each one page wide.

    Every page repeats the headings and the name of the outcome. All of it on one page, or cut where the page ends, nobody
    could read.
    """
    from xlsxwriter.utility import xl_range_abs

    for_print(sheet)
    sheet.repeat_rows(HEAD_ROW - 2, HEAD_ROW)
    sheet.repeat_columns(_place("outcome"))
    breaks = [*map(_place, ("proxy", "starts", "sample", "included")), len(COLUMNS), len(COLUMNS) + years + 1]
    areas = [xl_range_abs(0, 0, last + FOOT, breaks[0] - 1)]
    areas += [xl_range_abs(FIRST_ROW, first, last + 3, until - 1) for first, until in pairwise(breaks)]
    book.workbook.define_name(f"'{MAP}'!_xlnm.Print_Area", "=" + ",".join(f"'{MAP}'!{area}" for area in areas))


def _write_totals(book: Book, sheet: Any, facts: ValueMap, years: int, last: int) -> None:
    """The foot: totals of each year, and the result. The names of the cells are those that formulas elsewhere use."""
    from xlsxwriter.utility import xl_col_to_name

    result, start, foot = facts.result, len(COLUMNS), last + 2
    sheet.write(foot, 0, "Total", book.total)

    def add_up(place: int, value: float) -> None:
        letter = xl_col_to_name(place)
        sheet.write_formula(foot, place, f"=SUM({letter}{FIRST_ROW + 1}:{letter}{last + 1})", book.total_money, value)

    add_up(_place("puts_in_value"), sum(one.value or 0 for _, one in facts.inputs))
    add_up(_place("impact"), float(result.impact.sum()))
    for year in range(1, years + 1):
        add_up(start + year - 1, float(result.value_by_year[year - 1]) if year <= result.years else 0.0)
    add_up(start + years, result.total_present_value)
    sheet.write(foot + 1, 0, "Present value of each year", book.total)
    today = result.present_value_by_year
    for year in range(1, years + 1):
        letter = xl_col_to_name(start + year - 1)
        known = float(today[year - 1]) if year <= result.years else 0.0
        sheet.write_formula(
            foot + 1, start + year - 1, f"={letter}{foot + 1}*{letter}${HEAD_ROW}", book.total_money, known
        )
    ratio, net = result.sroi_ratio, result.net_sroi_ratio
    letter = xl_col_to_name(start + years)
    rows = (
        (
            "Total present value",
            "total_present_value",
            f"={letter}{foot + 1}",
            result.total_present_value,
            book.total_money,
        ),
        ("Investment", "", "=investment", result.investment, book.total_money),
        (
            "Net present value",
            "net_present_value",
            "=total_present_value-investment",
            result.net_present_value,
            book.total_money,
        ),
        (
            "SROI ratio: value for each £1",
            "sroi_ratio",
            '=IF(investment>0,total_present_value/investment,"none")',
            ratio,
            book.ratio,
        ),
        (
            "Net value for each £1",
            "net_sroi_ratio",
            '=IF(investment>0,net_present_value/investment,"none")',
            net,
            book.ratio,
        ),
    )
    for place, (words, name, formula, value, look) in enumerate(rows, foot + 3):
        sheet.merge_range(place, 0, place, 2, words, book.total)
        sheet.write_formula(place, 3, formula, look, "none" if value is None else value)
        if name:
            book.workbook.define_name(name, f"='{MAP}'!$D${place + 1}")
        if name == "sroi_ratio":
            for below, line in enumerate(facts.range):
                sheet.write_string(place + below, 4, line, book.soft)
    book.workbook.define_name("present_values", f"='{MAP}'!${letter}${FIRST_ROW + 1}:${letter}${last + 1}")
    book.workbook.define_name(
        "impacts", f"='{MAP}'!${_letter('impact')}${FIRST_ROW + 1}:${_letter('impact')}${last + 1}"
    )
    beyond = f'=IF(SUMPRODUCT((\'{PERIODS}\'!$B${FIRST_ROW + 1}:$B${last + 1}+{_letter("duration")}{FIRST_ROW + 1}:{_letter("duration")}{last + 1}-1>{years})*1)>0,"An outcome lasts beyond the last year of this sheet: its later years are not counted.","")'
    sheet.write_formula(foot + 9, 0, beyond, book.warning, "")
    sheet.write(
        foot + 10,
        0,
        "A ratio never stands alone: see the sheets Sensitivity, Assumptions and About. Do not compare it with other services' ratios.",
        book.soft,
    )


def _place(name: str) -> int:
    return [column.key for column in COLUMNS].index(name)


def _validate(sheet: Any, last: int) -> None:
    """What a cell takes, with a message in plain words."""

    def rule(name: str, **more: Any) -> None:
        place = _place(name)
        sheet.data_validation(FIRST_ROW, place, max(last, FIRST_ROW), place, {"ignore_blank": True, **more})

    for name in ("deadweight", "displacement", "attribution", "drop_off"):
        rule(
            name,
            validate="decimal",
            criteria="between",
            minimum=0,
            maximum=1,
            error_title="A percentage",
            error_message="Write a percentage from 0% to 100%.",
        )
    for name, most in (
        ("quantity", 1e15),
        ("sample", 1e15),
        ("sample_of", 1e15),
        ("duration", 125),
        ("evidence_years", 125),
    ):
        rule(
            name,
            validate="decimal",
            criteria="between",
            minimum=0,
            maximum=most,
            error_title="Nothing below zero",
            error_message="If the change is a loss, give it a value in pounds below zero instead.",
        )
    for column in COLUMNS:
        spec = next((spec for spec in fields_of(Outcome) if spec.name == column.key), None)
        words = ["Yes", "No"] if spec and spec.kind.name == "yes or no" else list(spec.options.values()) if spec else []
        if words and len(",".join(words)) <= LONGEST_LIST:
            rule(column.key, validate="list", source=words)
