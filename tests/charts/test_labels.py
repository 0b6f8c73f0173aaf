"""Labels beside the marks of a chart: whole where they can be, and never two that look alike."""

import datetime as dt

from pspworkbook.charts.labels import LINE, MOST_LINES, WIDEST, days_axis, label, tallness, told_apart


def test_a_label_is_whole_in_lines_that_a_phone_has_room_for():
    name = "Fewer falls: stays on a geriatric assessment ward"
    lines = label(f"2. {name}", "years it lasts").split("<br>")
    assert " ".join(lines[:-1]) == f"2. {name}"
    assert lines[-1] == "years it lasts"
    assert all(len(line) <= WIDEST for line in lines)
    assert label("") == ""


def test_an_axis_of_days_names_no_month_twice():
    first = dt.date(2026, 10, 1)
    wide, narrow = days_axis(first, dt.date(2026, 11, 30))
    assert "%-d" in wide["tickformat"] and "dtick" not in wide, "some weeks: each mark has its day"
    for months, apart, fewer in ((6, "M1", "M3"), (12, "M1", "M3"), (24, "M3", "M6"), (72, "M6", "M24")):
        wide, narrow = days_axis(first, first + dt.timedelta(days=months * 30.4))
        assert (wide["tickformat"], wide["dtick"], narrow["dtick"]) == ("%b<br>%Y", apart, fewer)


def test_a_label_is_escaped_line_by_line_and_cut_only_at_its_last_line():
    assert label("<b>bold</b> & more") == "&lt;b&gt;bold&lt;/b&gt; &amp; more"
    lines = label("many words " * 40).split("<br>")
    assert len(lines) == MOST_LINES
    assert lines[-1].endswith("…")
    assert "…" not in "".join(lines[:-1])


def test_two_labels_of_one_text_are_told_apart():
    assert told_apart(["Lunch", "Lift", "Lunch", "Lunch"]) == ["Lunch", "Lift", "Lunch (2)", "Lunch (3)"]


def test_a_chart_is_as_tall_as_its_labels_need():
    assert tallness(["one", "one<br>two"], 44) == 88
    assert tallness(["one", "1<br>2<br>3"], 34) == 2 * (3 * LINE + 10)
    assert tallness([], 34) == 0
