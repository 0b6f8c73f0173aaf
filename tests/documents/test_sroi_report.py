"""The SROI report as a Word file and as a web page: whole, right, readable for everybody, and safe."""

import datetime as dt
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from pspworkbook.documents.report_html import as_html
from pspworkbook.documents.sroi_report import ReportFacts, report_of
from pspworkbook.documents.word_report import as_docx
from pspworkbook.methods.sroi import payback_words, switching
from pspworkbook.methods.words import percent, pounds
from pspworkbook.records import Forecast, Input, Outcome, Partnership, Stakeholder
from pspworkbook.records.scrutiny import CheckerReply, Verification
from pspworkbook.stages.analyse.report import facts_of
from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook import Store, make_example

ON = dt.date(2026, 11, 26)
HOSTILE = '</td></title></style><script>alert("x")</script><img src=http://evil.example/x> مرحبا \x07🙂'


@pytest.fixture(scope="module")
def facts(tmp_path_factory) -> ReportFacts:
    """Those of the example, with fewer draws, and one assumption changed with a reason."""
    with Store(tmp_path_factory.mktemp("report") / "store.db") as store:
        workbook = make_example(store)
        settings = workbook.the("simulation")
        care = workbook.get("outcome", "fewer-falls-geriatric-continuing-care")
        workbook.change("outcome", care.id, {"source": "Ward records"}, care.version, reason="Asked the ward")
        workbook.change("simulation", settings.id, {"draws": "10000"}, settings.version, reason="Quicker")
        return facts_of(workbook, Snapshot(workbook))


class Page(HTMLParser):
    """What a browser would make of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self._quiet, self._in_cell = 0, False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name in ("src", "srcset", "data", "action", "poster") or (name == "href" and tag != "a"):
                self.fetched.append(value)
            if name == "href" and tag == "a":
                self.links.append(value)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self._in_cell = True
        self._quiet += tag == "style"

    def handle_endtag(self, tag):
        self._quiet -= tag == "style"
        if tag in ("th", "td"):
            self._in_cell = False

    def handle_data(self, data):
        if self._quiet:
            return
        self.words.append(data)
        if self._in_cell:
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def page(facts) -> str:
    return as_html(report_of(facts))


@pytest.fixture(scope="module")
def word(facts):
    return Document(io.BytesIO(as_docx(report_of(facts), ON)))


def words(document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


# The figures ---------------------------------------------------------------------------------------------------------


def test_the_ratio_never_stands_without_its_range_and_both_are_those_of_the_methods(facts, page, word) -> None:
    simulation = facts.simulation
    first = "For every £1 put in, this service is forecast to be worth about £1.93"
    second = f"between {pounds(simulation.p05, pence=True)} and {pounds(simulation.p95, pence=True)} for every £1"
    for text in (" ".join(Page(page).words), words(word)):
        at = text.index(first)
        assert second in text[at : at + 400]  # the next sentence
        assert percent(simulation.chance) in text


def test_cover_and_summary_say_how_much_hangs_on_one_outcome_and_what_came_out(facts, page) -> None:
    """With the range, the biggest outcome's share, the ratio without it, and the evaluated ratio beside the forecast."""
    cover, said = dict(report_of(facts).facts), facts.range
    assert facts.evaluation is not None and f"{said.share:.0%} of all value" in said.carried
    assert f"without it the ratio would be £{said.without_biggest:.2f}" in cover["What carries most"]
    assert cover["Social return for each £1"].endswith(
        f"; in 90 of 100 possible worlds between £{said.low:.2f} and £{said.high:.2f}, and in 50 of 100 above £{said.middle:.2f}"
    )
    assert payback_words(facts.result.payback_months) in page, "5.1 months, as on the page"
    assert cover["What happened"].startswith(f"£{facts.evaluation.strict.sroi_ratio:.2f} (")
    for sentence in (said.carried, facts.evaluation.beside):
        assert page.count(sentence) >= 2
    assert "two views of one and the same value" in page


def test_every_row_of_the_map_has_the_figures_of_the_forecast(facts, page, word) -> None:
    result = facts.result
    worth = list(zip(facts.rows, result.impact, result.present_value_by_outcome, strict=True))
    in_word = [[cell.text for cell in row.cells] for table in word.tables for row in table.rows]
    for rows in (Page(page).rows, in_word):
        flat = [tuple(cell.strip() for cell in row) for row in rows]
        for place, ((_, row), impact, present) in enumerate(worth, start=1):
            line = next(one for one in flat if one and one[0] == f"{place}. {row.label()}" and len(one) == 9)
            assert line[1] == switching.figure_words("quantity", row.quantity)
            assert line[3:7] == tuple(switching.figure_words(name, getattr(row, name)) for name in ("deadweight", "displacement", "attribution", "drop_off"))  # fmt: skip
            assert line[7:] == (pounds(float(impact)), pounds(float(present)))
        assert any(one[:1] == ("All outcomes",) and one[-1] == "£81,742" for one in flat)


def test_the_published_switching_value_and_all_parts_of_doubt_are_there(page) -> None:
    rows = [tuple(cell.strip() for cell in row) for row in Page(page).rows]
    assert ("Falls a year that do not happen (3 outcomes): deadweight", "0%", "49.9%") in rows
    text = " ".join(Page(page).words)
    for said in (
        "Deadweight at 50% for every outcome",
        "A hard winter",
        "seed 2011",
        "What each figure does to the ratio",
    ):
        assert said in text


def test_forecast_and_actual_stand_side_by_side_where_something_has_happened(facts, page) -> None:
    found = facts.evaluation
    text = " ".join(Page(page).words)
    assert "What happened beside the forecast" in text
    assert pounds(found.strict.sroi_ratio, pence=True) in text and pounds(found.generous.sroi_ratio, pence=True) in text
    without = report_of(replace(facts, evaluation=None, actuals=(), actual_inputs=()))
    assert "What happened beside the forecast" not in [chapter.title for chapter in without.chapters]


def test_questions_have_their_answer_or_are_still_open(facts, page) -> None:
    text = " ".join(" ".join(Page(page).words).split())
    answered = {row.origin: row.reply for _, row in facts.replies}
    asked = [one for one in facts.findings if one.key in answered]
    assert asked and len(asked) < len(facts.findings)
    for one in facts.findings:
        assert " ".join(one.sentence.split()) in text
    assert all(" ".join(answered[one.key].split()) in text for one in asked)
    assert f"{len(facts.findings) - len(asked)} of them are not answered yet" in text


def test_what_is_open_is_said_by_the_rules_of_the_page(facts, page) -> None:
    """Not only questions without an answer: what the forecast lacks, its evidence, odd ranges, principles."""
    text = " ".join(" ".join(Page(page).words).split())
    said = dict(facts.open)
    assert len(said["Ranges and scenarios"]) == 2 and "two ranges" in said["Ranges and scenarios"][0]
    assert any("does not say: " in one for one in said["The evidence of each outcome"])
    for sentences in said.values():
        for one in sentences:
            assert " ".join(one.split()) in text
    nothing = as_html(report_of(replace(facts, findings=(), open=())))
    assert "Nothing that the rules of the workbook look at is open." in nothing


def test_an_answer_that_is_out_of_date_says_so(tmp_path) -> None:
    with Store(tmp_path / "store.db") as store:
        workbook = make_example(store)
        reply = next(one for one in workbook.records("checker_reply") if "continuing-care" in one.record.origin)
        workbook.change("checker_reply", reply.id, {"stood": "How many: 5"}, reply.version)
        text = as_html(report_of(facts_of(workbook, Snapshot(workbook))))
    assert "Out of date, for the row has changed since: How many: 5, now 7." in text
    assert " out of date." in text, re.findall("A sceptical reader[^<]*", text)


def test_a_line_of_the_trail_stands_where_its_record_belongs_and_reads_as_sentences(tmp_path) -> None:
    """Also the line that added a range before anybody chose what it is a range of."""
    with Store(tmp_path / "store.db") as store:
        workbook = store.create("Trail")
        outcome, given = (
            workbook.add("outcome", {"outcome": "Fewer falls"}),
            workbook.add("input", {"description": "Grant"}),
        )
        first = workbook.add("figure_range", {})
        second = workbook.add("figure_range", {})
        workbook.add("figure_range", {})
        first = workbook.change("figure_range", first.id, {"outcome": outcome.id, "figure": "quantity"}, first.version)
        workbook.change("figure_range", first.id, {"reason": "Asked “Ann”"}, first.version)
        workbook.change("figure_range", second.id, {"input": given.id, "figure": "value"}, second.version)
        workbook.add(
            "checker_reply", {"finding": "“Fewer falls”: why?", "reply": "So", "origin": f"outcome:{outcome.id}#x"}
        )
        workbook.add("actual", {"outcome": outcome.id})
        facts = facts_of(workbook, Snapshot(workbook))
    (falls,) = [row[2] for row in trail_of(facts) if row[0] == "1. Fewer falls"]
    steps = ["Range “How many” added. ", "Outcome of “How many” set to “Fewer falls”", "set to “Asked ‘Ann’”. "]
    places = [falls.index(step) for step in steps]
    assert places == sorted(places) and falls.startswith("Added"), (
        "by its figure, and in the order in which it was done"
    )
    assert "without a name" not in falls
    assert "Answer to a sceptic “‘Fewer falls’: why?” added as it stands here." in falls
    assert "Actual figure added as it stands here." in falls
    assert "““" not in falls and "””" not in falls
    abouts = [row[0] for row in trail_of(facts)]
    assert "Ranges that name neither an outcome nor an input" in abouts and "Ranges of inputs" not in abouts
    (put_in,) = [row[2] for row in trail_of(facts) if row[0] == "What is put in"]
    assert "Range “Value of an input” of “Grant” added. Or input of “Value of an input” of “Grant” set to “Grant”; Figure set to Value of an input." in put_in  # fmt: skip


def trail_of(facts: ReportFacts) -> list[list[str]]:
    page = as_html(report_of(facts))
    return [
        [cell.strip() for cell in row]
        for row in Page(page[page.index("Audit trail of the assumptions</h2>") :]).rows
        if len(row) == 4
    ]


def test_an_answer_to_what_is_no_longer_asked_stays(tmp_path, facts) -> None:
    """The figure has been changed since; the answer says what was thought then."""
    gone = CheckerReply(finding="“Falls”: none?", reply="Not one", origin="outcome:falls#zero-deadweight")
    page = as_html(report_of(replace(facts, replies=[*facts.replies, ("gone", gone)])))
    assert ["“Falls”: none?", "Not one", "–"] in [[cell.strip() for cell in row] for row in Page(page).rows]


def test_a_value_stands_with_its_pence_and_a_scenario_is_told_shortly(page) -> None:
    rows = [[cell.strip() for cell in row] for row in Page(page).rows]
    assert any(row[0] == "6. Healthier volunteers" and "£162.50" in row for row in rows), "4 × £163 is another figure"
    text = " ".join(" ".join(Page(page).words).split())
    assert "Every figure: the worse end of its range." in text and "how many −25%" in text


def test_what_was_left_out_by_a_decision_stands_with_its_reason_who_and_when(facts, page) -> None:
    left = [row for _, row in facts.outcomes if row.included is False]
    assert left
    for row in left:
        found = [cells for cells in Page(page).rows if cells[:2] == [row.label(), row.included_reason]]
        assert found and row.decided_by in found[0][2] and str(row.decided_on.year) in found[0][2]


def test_the_audit_trail_says_who_changed_what_when_and_why(facts, page) -> None:
    newest = facts.log[0]
    assert newest.why == "Quicker" and "10,000" in newest.what
    added = next(one.what for one in facts.log if "geriatric continuing care” added" in one.what)
    assert "How many: 7" in added and "Value of one: £7,220" in added, (
        "it was changed since: its first figures stand here"
    )
    start = page.index("Audit trail of the assumptions</h2>")
    rows = [tuple(cell.strip() for cell in row) for row in Page(page[start:]).rows]
    assert (
        "Scope, and how the range is worked out",
        f"{newest.when}, {newest.who}",
        f"{newest.what}.",
        newest.why,
    ) in rows
    care = [row for row in rows if row[0].startswith("3. ")]
    assert care[0][3] == "Asked the ward" and "Ward records" in care[0][2]
    assert "Added. Who: “Residents”" in care[1][2] and "Range “Deadweight” added as it stands here." in care[1][2]
    (clubs,) = [row for row in rows if row[0].startswith("5. ")]
    assert clubs[2].startswith("Added as it stands here."), "nobody has changed it: its figures stand in the map"


def test_nothing_of_the_trail_or_the_evidence_is_lost_where_it_is_told_shortly(facts, page) -> None:
    """Each line of the history and each field of an outcome is there, once."""
    text = " ".join(" ".join(Page(page).words).split())
    for one in facts.log:
        said = " ".join(one.what.split())
        short = said.split("” added", 1)[-1] if said.startswith("Outcome “") else said.split(" of “", 1)[0]
        assert short in text, said
    for _, row in facts.outcomes:
        for name in ("claim_reason", "source", "proxy_source", "included_reason", "sample_chosen", "description"):
            assert " ".join((getattr(row, name) or "").split()) in text, name


def test_every_source_is_in_the_appendix_once(facts, page) -> None:
    start = page.index("Appendix: sources</h2>")
    appendix = page[start : page.index("Appendix: terms</h2>")]
    heads = re.findall(r'<th scope="row">([^<]*)</th>', appendix)
    assert len(heads) >= 5 and len(heads) == len(set(heads))


# For everybody -------------------------------------------------------------------------------------------------------


def test_the_word_file_has_headings_in_order_header_rows_and_pictures_in_words(word) -> None:
    levels = [int(one.style.name[-1]) for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        if table.rows[0].cells[0].text != "About":  # of the tables in the chapters no row stands alone on a page
            for row in {0: table.rows[0], len(table.rows) - 2: table.rows[-2]}.values():
                assert all(one.paragraph_format.keep_with_next for cell in row.cells for one in cell.paragraphs)
    pictures = [shape._inline.docPr for shape in word.inline_shapes]
    assert len(pictures) >= 8 and all(len(one.get("descr")) > 20 and one.get("title") for one in pictures)
    assert word.core_properties.title.startswith("Social return on investment: The luncheon club")
    assert word.core_properties.language == "en-GB"
    assert {one.orientation for one in word.sections} == {WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE}
    for shape in word.inline_shapes:
        assert shape.width < word.sections[0].page_height and shape.height < word.sections[0].page_height


def test_the_contents_lead_to_every_chapter(word, page) -> None:
    body = word.element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert anchors and anchors == marks
    read = Page(page)
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)
    assert sum(link.startswith("#chapter") for link in read.links) == len(anchors)


def test_the_same_report_is_the_same_file(facts) -> None:
    report = report_of(replace(facts, simulation=None, weights=(), ranges=None, evaluation=None, actuals=()))
    assert as_docx(report, ON) == as_docx(report, ON)


# Safe, and never a crash ---------------------------------------------------------------------------------------------


def hostile() -> ReportFacts:
    figures = {"quantity": 7, "duration": 1, "financial_proxy": 94, "deadweight": 0.1, "displacement": 0.0, "attribution": 0.1, "drop_off": 0.0}  # fmt: skip
    row = Outcome.model_validate({"stakeholder": "s", "outcome": HOSTILE, "output": HOSTILE, "source": HOSTILE, "proxy_source": HOSTILE, **figures})  # fmt: skip
    return ReportFacts(
        workbook=HOSTILE,
        on=ON,
        line=1,
        partnership=Partnership(name=HOSTILE, made_up=HOSTILE, others=HOSTILE),
        scope=Forecast(activity=HOSTILE, left_out=HOSTILE),
        stakeholders=[
            ("s", Stakeholder(name=HOSTILE, involved=HOSTILE)),
            ("t", Stakeholder(name=HOSTILE, included=False)),
        ],
        inputs=[("i", Input(stakeholder="s", description=HOSTILE, working=HOSTILE))],
        outcomes=[("o", row), ("p", Outcome(outcome=HOSTILE))],
        uncounted=[("p", HOSTILE, HOSTILE)],
        missing=[HOSTILE] * 20,
        replies=[("r", CheckerReply(finding=HOSTILE, reply=HOSTILE))],
        verification=[("v", Verification(what=HOSTILE, by=HOSTILE))],
    )


def test_what_people_typed_is_never_markup_and_nothing_is_fetched(page) -> None:
    for text in (page, as_html(report_of(hostile()))):
        read = Page(text)
        assert not {"script", "img", "link", "iframe", "object", "form"} & set(read.tags)
        assert read.fetched == [] and all(link.startswith("#") for link in read.links)
        assert "url(http" not in text and "@import" not in text and "default-src 'none'" in text
        assert "\x07" not in text
    assert "مرحبا" in as_html(report_of(hostile()))
    assert HOSTILE.replace("\x07", "") in words(Document(io.BytesIO(as_docx(report_of(hostile()), ON))))


def test_an_empty_workbook_gives_a_report_that_says_what_is_missing(tmp_path) -> None:
    with Store(tmp_path / "store.db") as store:
        workbook = store.create("Nothing yet")
        report = report_of(facts_of(workbook, Snapshot(workbook)))
    text = words(Document(io.BytesIO(as_docx(report, ON)))) + as_html(report)
    for said in ("No outcome is counted yet", "There is no range yet", "No stakeholder is listed yet", "There is no ratio yet", "Nobody has verified the figures yet", "No source is written down yet"):  # fmt: skip
        assert text.count(said) >= 2, said


def test_outcomes_without_inputs_have_worth_and_no_ratio(tmp_path) -> None:
    """Half filled in: the value is told, no ratio is made up."""
    with Store(tmp_path / "store.db") as store:
        workbook = store.create("Half")
        workbook.add("outcome", {"outcome": "Calm", "quantity": "1", "duration": "1", "financial_proxy": "10", "deadweight": "0%", "displacement": "0%", "attribution": "0%", "drop_off": "0%"})  # fmt: skip
        workbook.add("outcome", {"outcome": "Not yet known"})
        report = report_of(facts_of(workbook, Snapshot(workbook)))
    text = as_html(report)
    assert "so there is no ratio" in text and "Not yet known" in text and "not counted" in text
    assert as_docx(report, ON)[:2] == b"PK"
