"""The sheets beside the impact map: inputs and rates with their names, sensitivity, assumptions, and where it comes from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from pspworkbook.documents.value_map_layout import COLUMNS, FIRST_ROW, INPUTS, MAP, rates_shown
from pspworkbook.methods.sroi import discount_factors
from pspworkbook.methods.words import sentences
from pspworkbook.records import Input, field_of
from pspworkbook.records.doubt import FIGURES

if TYPE_CHECKING:
    from pspworkbook.documents.value_map import ValueMap

SENSITIVITY, RANGES, LOG, ABOUT = "Sensitivity", "Ranges", "Assumptions", "About"
LIMITS = (
    "A ratio is not a price, and not a mark: it rests on judgement at every step.",
    "Do not compare ratios of different services: they rest on different choices.",
    "What cannot be valued in money is not in it, and may matter most.",
)


MOST_LINES = 8


def height(texts: Sequence[tuple[str, int]]) -> float:
    """Points that a row needs for wrapped texts in columns of these widths: no program but Excel finds it out itself."""
    lines = max(
        (sum(max(1, -(-len(line) // max(width - 3, 1))) for line in text.split("\n")) for text, width in texts if text),
        default=1,
    )
    return 15.0 * min(lines, MOST_LINES)


def for_print(sheet: Any, head: int | None = None) -> None:
    """On paper a sheet is as wide as one page, lying; every page repeats the row ``head``, counted from 0."""
    if head is not None:
        sheet.repeat_rows(head)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")


class Book:
    """The workbook and its looks. Open cells may be typed in; all others are locked (without a password)."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        wrap = {"text_wrap": True, "valign": "top"}
        edge = {"border": 1, "border_color": "#B3B3B3"}
        self.title = workbook.add_format({"bold": True, "font_size": 16})
        self.soft = workbook.add_format({"font_color": "#5E5E5E", "italic": True})
        self.warning = workbook.add_format({"font_color": "#D32205", "bold": True})
        self.band = workbook.add_format({"bold": True, "bg_color": "#002D54", "font_color": "#FFFFFF", **edge})
        self.head = workbook.add_format({"bold": True, "bg_color": "#D9EFFC", **wrap, **edge})
        self.text = workbook.add_format({**wrap, **edge, "indent": 1})  # a number to the left of it stands apart
        self.open = workbook.add_format({"locked": False, "num_format": "@", **wrap, **edge, "indent": 1})
        self.open_number = workbook.add_format({"locked": False, "num_format": "#,##0.####", "valign": "top", **edge})
        self.open_money = workbook.add_format({"locked": False, "num_format": "#,##0.00", "valign": "top", **edge})
        self.open_percent = workbook.add_format({"locked": False, "num_format": "0.##%", "valign": "top", **edge})
        self.number = workbook.add_format({"num_format": "0", "valign": "top", **edge})
        self.share = workbook.add_format({"num_format": "0.000", "valign": "top", **edge})
        self.percent = workbook.add_format({"num_format": "0.0%", "valign": "top", **edge})
        self.factor = workbook.add_format({"num_format": "0.0000", "font_color": "#5E5E5E", **edge})
        self.money = workbook.add_format({"num_format": "#,##0.00;-#,##0.00", "valign": "top", **edge})
        self.total = workbook.add_format({"bold": True, "top": 2})
        self.total_money = workbook.add_format({"bold": True, "top": 2, "num_format": "#,##0.00;-#,##0.00"})
        self.ratio = workbook.add_format({"bold": True, "top": 2, "num_format": '0.00" : 1"'})


def add_inputs(book: Book, facts: "ValueMap", years: int) -> int:
    """Inputs and rates, each under its name. Returns the row above the discount factors, in column C, counted from 1."""
    sheet = book.workbook.add_worksheet(INPUTS)
    shown, result = rates_shown(facts.scope), facts.result
    sheet.write(0, 0, "What is put in, and how later years count", book.title)
    settings = (
        ("Discount rate a year", "discount_rate", shown["discount_rate"], book.open_percent),
        ("The Green Book's falling rates instead (yes or no)", "falling_rates", "yes" if shown["discounting"] == "green_book" else "no", book.open),
        ("Discount the first year too (yes or no)", "discount_first_year", "yes" if shown["discount_first_year"] else "no", book.open),
        ("How long the activity lasts, in years", "activity_years", shown["activity_years"], book.open_number),
    )  # fmt: skip
    for row, (words, name, value, look) in enumerate(settings, 2):
        sheet.write(row, 0, words, book.text)
        sheet.write(row, 1, value, look)
        book.workbook.define_name(name, f"='{INPUTS}'!$B${row + 1}")
    for row in (3, 4):
        sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": ["yes", "no"]})
    sheet.data_validation(2, 1, 2, 1, {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1, "error_message": "Write a percentage, such as 3.5%."})  # fmt: skip
    head = 8
    sheet.write_row(
        head - 1, 0, ["Who", "What they put in", "Kind", "Value, £", "How it was worked out", "Source"], book.head
    )
    last = head + max(len(facts.inputs), 1) + 9  # room to add some
    for place in range(head, last + 1):
        one = facts.inputs[place - head][1] if place - head < len(facts.inputs) else None
        texts = (
            [facts.name(one.stakeholder), one.description, field_of(Input, "contribution").show(one.contribution)]
            if one
            else [""] * 3
        )
        if one:
            sheet.set_row(
                place, height([(texts[0], 46), (texts[1], 34), (texts[2], 18), (one.working, 44), (one.source, 44)])
            )
        for column, text in enumerate(texts):
            sheet.write_string(place, column, text, book.open)
        if one and one.value is not None:
            sheet.write_number(place, 3, one.value, book.open_money)
        else:
            sheet.write_blank(place, 3, None, book.open_money)
        sheet.write_string(place, 4, one.working if one else "", book.open)
        sheet.write_string(place, 5, one.source if one else "", book.open)
        sheet.write_string(place, 6, facts.inputs[place - head][0] if one else "", book.text)
    for name, letter in (("inputs_who", "A"), ("inputs_value", "D"), ("inputs_id", "G")):
        book.workbook.define_name(name, f"='{INPUTS}'!${letter}${head + 1}:${letter}${last + 1}")
    sheet.write(last + 2, 0, "Investment: all inputs together", book.total)
    sheet.write_formula(last + 2, 3, "=SUM(inputs_value)", book.total_money, result.investment)
    book.workbook.define_name("investment", f"='{INPUTS}'!$D${last + 3}")
    above = _add_factors(book, sheet, facts, years, last + 5)
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 3, 18)
    sheet.set_column(4, 5, 44)
    sheet.set_column(6, 6, 12, None, {"hidden": True})
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    for_print(sheet, head - 1)
    return above


def _add_factors(book: Book, sheet: Any, facts: "ValueMap", years: int, head: int) -> int:
    """What £1 of each year is worth today: the product of 1 / (1 + rate) over the years back to the present."""
    sheet.set_row(head - 1, 30)
    sheet.write_row(head - 1, 0, ["Year", "Rate of the step back from it", "What £1 of it is worth today"], book.head)
    result = facts.result
    factors = discount_factors(years, result.rates, result.discount_first_year)
    rates = result.rates.of_steps(years)
    for year in range(1, years + 1):
        row = head + year - 1
        step = f'(A{row + 1}-IF(discount_first_year="yes",0,1))'
        falling = f"IF({step}<=30,3.5%,IF({step}<=75,3%,IF({step}<=125,2.5%,2%)))"
        back = year if result.discount_first_year else year - 1
        sheet.write_number(row, 0, year, book.number)
        rate = float(rates[back - 1]) if back else 0.0
        sheet.write_formula(
            row, 1, f'=IF({step}=0,0,IF(falling_rates="yes",{falling},discount_rate))', book.percent, rate
        )
        before = "1" if year == 1 else f"C{row}"
        sheet.write_formula(row, 2, f"={before}/(1+B{row + 1})", book.factor, float(factors[year - 1]))
    return head


def add_sensitivity(book: Book, facts: "ValueMap", last: int) -> None:
    """The customary tests that a spreadsheet can follow live, each a formula beside its words."""
    from xlsxwriter.utility import xl_col_to_name

    sheet = book.workbook.add_worksheet(SENSITIVITY)
    rows, result = facts.result.rows, facts.result
    sheet.write(0, 0, "What would the ratio be if …", book.title)
    sheet.write(
        1,
        0,
        "Change the level in column B. The workbook tests more: ranges, drop-off, discount rates, switching values.",
        book.soft,
    )
    sheet.write_row(3, 0, ["Test", "Level", "Ratio", "Change from the ratio"], book.head)

    def column(name: str) -> str:
        letter = xl_col_to_name([one.key for one in COLUMNS].index(name))
        return f"'{MAP}'!${letter}${FIRST_ROW + 1}:${letter}${last + 1}"

    worth = result.present_value_by_outcome
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.where(result.impact != 0, worth / np.where(result.impact == 0, 1, result.impact), 0.0)
    before = rows.quantity * rows.financial_proxy * unit
    investment = result.investment

    def ratio(total: float) -> float | str:
        return total / investment if investment > 0 else "none"

    names = ("deadweight", "displacement", "attribution")
    tests: list[tuple[str, float | None, str, float]] = []
    for name in names:
        others = [other for other in names if other != name]
        cells = "*".join(f"(1-{column(other)})" for other in others)
        formula = f"SUMPRODUCT(gross_present_values*{cells})*(1-B{{row}})"
        alternative = float((before * np.prod([1 - getattr(rows, other) for other in others], axis=0)).sum() * 0.5)
        tests.append((f"{name.capitalize()} of all outcomes at this level", 0.5, formula, alternative))
    tests.append(
        ("All three at this level together", 0.5, "SUM(gross_present_values)*(1-B{row})^3", float(before.sum()) * 0.125)
    )
    tests.append(("All proxies times this", 0.5, "total_present_value*B{row}", result.total_present_value * 0.5))
    tests.append(("All quantities times this", 0.9, "total_present_value*B{row}", result.total_present_value * 0.9))
    biggest = float(worth.max()) if len(worth) else 0.0
    tests.append(
        (
            "The biggest outcome left out",
            None,
            "total_present_value-MAX(present_values)",
            result.total_present_value - biggest,
        )
    )
    base = result.sroi_ratio
    for place, (words, level, formula, total) in enumerate(tests, 4):
        sheet.write(place, 0, words, book.text)
        if level is None:
            sheet.write_blank(place, 1, None, book.text)
        else:
            sheet.write_number(place, 1, level, book.open_percent)
        filled = formula.format(row=place + 1)
        found = ratio(total)
        sheet.write_formula(place, 2, f'=IF(investment>0,({filled})/investment,"none")', book.ratio, found)
        change = found - base if base is not None and not isinstance(found, str) else 0
        sheet.write_formula(place, 3, f"=IF(investment>0,C{place + 1}-sroi_ratio,0)", book.money, change)
    place = 4 + len(tests) + 1
    sheet.write(place, 0, "All inputs times this", book.text)
    sheet.write_number(place, 1, 1.1, book.open_percent)
    sheet.write_formula(place, 2, f'=IF(investment>0,total_present_value/(investment*B{place + 1}),"none")', book.ratio, ratio(result.total_present_value / 1.1))  # fmt: skip
    sheet.write(place + 1, 0, "The ratio is 1 when all value is multiplied by", book.text)
    switch = investment / result.total_present_value if result.total_present_value > 0 else "never"
    sheet.write_formula(
        place + 1, 2, '=IF(total_present_value>0,investment/total_present_value,"never")', book.share, switch
    )
    _gross(book, sheet, facts, last, place + 4, before.tolist())
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 3, 20)
    for_print(sheet, 3)
    sheet.protect("", {"format_cells": True, "format_columns": True})


def _gross(book: Book, sheet: Any, facts: "ValueMap", last: int, head: int, before: list[float]) -> None:
    """Each outcome's present value before deadweight, displacement and attribution: what the tests above scale."""
    from xlsxwriter.utility import xl_col_to_name

    letters = {column.key: xl_col_to_name(place) for place, column in enumerate(COLUMNS)}
    years = facts.result.years + 4
    start = len(COLUMNS)
    factor_row = f"'{MAP}'!${xl_col_to_name(start)}$4:${xl_col_to_name(start + years - 1)}$4"
    known = dict(zip(facts.counted, before, strict=True))
    sheet.set_row(head, 45)
    sheet.write_row(head, 0, ["Outcome", "", "Present value before these are taken off"], book.head)
    for place in range(max(len(facts.rows), 1)):
        line, row = FIRST_ROW + place + 1, head + 1 + place
        id_ = facts.rows[place][0] if place < len(facts.rows) else ""
        name = facts.rows[place][1].outcome if place < len(facts.rows) else ""
        lasts = f"'How long it lasts'!$C{line}:{xl_col_to_name(years + 1)}{line}"
        cells = f"'{MAP}'!{letters['quantity']}{line}*'{MAP}'!{letters['financial_proxy']}{line}"
        counted = f"ISNUMBER('{MAP}'!{letters['impact']}{line})"
        sheet.write_formula(row, 0, f"='{MAP}'!{letters['outcome']}{line}&\"\"", book.text, name)
        sheet.write_formula(
            row, 2, f"=IF({counted},{cells}*SUMPRODUCT({lasts},{factor_row}),0)", book.money, known.get(id_, 0)
        )
    book.workbook.define_name(
        "gross_present_values", f"='{SENSITIVITY}'!$C${head + 2}:$C${head + 1 + max(len(facts.rows), 1)}"
    )


def add_ranges(book: Book, facts: "ValueMap") -> None:
    """How low and how high figures could be, as the group says; ``pspworkbook sroi`` reads them by the names of the cells."""
    sheet = book.workbook.add_worksheet(RANGES)
    sheet.write(0, 0, "How far each figure could be out, as the group says", book.title)
    sheet.write(1, 0, "Ranges are changed in the workbook; where a figure has none, the grade of its evidence sets one.", book.soft)  # fmt: skip
    sheet.write_row(
        2, 0, ["Outcome or input", "Figure", "At the lowest", "At the highest", "Why this range"], book.head
    )
    names = {id_: row.label() for id_, row in (*facts.outcomes, *facts.inputs)}
    for row, one in enumerate(facts.ranges, 3):
        of, figure = one.outcome or one.input or "", one.figure or ""
        texts = (names.get(of, ""), FIGURES.get(figure, ""), one.low, one.high, one.reason, of, figure)
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text, book.text)
        sheet.set_row(row, height([(texts[0], 40), (one.reason, 60)]))
    last = 3 + max(len(facts.ranges), 1)
    for name, letter in (("ranges_low", "C"), ("ranges_high", "D"), ("ranges_of", "F"), ("ranges_figure", "G")):
        book.workbook.define_name(name, f"='{RANGES}'!${letter}$4:${letter}${last}")
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 3, 18)
    sheet.set_column(4, 4, 60)
    sheet.set_column(5, 6, 12, None, {"hidden": True})
    sheet.freeze_panes(3, 0)
    for_print(sheet, 2)
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


def add_log(book: Book, facts: "ValueMap") -> None:
    """Who decided what, when and why, newest first; and what was answered to the checker's findings."""
    sheet = book.workbook.add_worksheet(LOG)
    sheet.write(0, 0, "Assumptions: who, when and why", book.title)
    sheet.write_row(2, 0, ["When", "Who", "What", "Why"], book.head)
    for row, line in enumerate(facts.log, 3):
        sheet.set_row(row, height([(line.who, 20), (line.what, 70), (line.why, 70)]))
        for place, text in enumerate((line.when, line.who, line.what, line.why)):
            sheet.write_string(row, place, text, book.text)
    at = 4 + len(facts.log)
    if facts.answers:
        sheet.write_row(at, 0, ["", "", "What a sceptic would ask", "What we answer"], book.head)
        for row, (finding, answer) in enumerate(facts.answers, at + 1):
            sheet.set_row(row, height([(finding, 70), (answer, 70)]))
            sheet.write_string(row, 2, finding, book.text)
            sheet.write_string(row, 3, answer or "Not answered yet.", book.text)
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 3, 70)
    sheet.freeze_panes(3, 0)
    for_print(sheet, 2)


def add_notes(book: Book, facts: "ValueMap") -> None:
    """Where the file comes from, what is left out, and the limits of any ratio."""
    sheet = book.workbook.add_worksheet(ABOUT)
    sheet.write(0, 0, "About this file", book.title)
    lines = [*facts.provenance, ("What is valued", facts.scope.activity), ("Why, and for whom", facts.scope.purpose), ("What is left out", facts.scope.left_out)]  # fmt: skip
    lines += [(f"Left out: {outcome.label()}", "Its reason has not been given again since the decision was changed." if id_ in facts.undecided else sentences([outcome.included_reason, outcome.decided_by and f"Decided by {outcome.decided_by}"])) for id_, outcome in facts.outcomes if outcome.included is False]  # fmt: skip
    row = 2
    for words, text in lines:
        sheet.write_string(row, 0, words, book.head)
        sheet.write_string(row, 1, text, book.text)
        sheet.set_row(row, height([(words, 30), (text, 100)]))
        row += 1
    for limit in LIMITS:
        sheet.write_string(row + 1, 0, "Limit", book.head)
        sheet.write_string(row + 1, 1, limit, book.text)
        row += 1
    sheet.write_string(2, 2, facts.mark, book.text)
    book.workbook.define_name("saved_at", f"='{ABOUT}'!$C$3")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)
    sheet.set_column(2, 2, 12, None, {"hidden": True})
    for_print(sheet)
