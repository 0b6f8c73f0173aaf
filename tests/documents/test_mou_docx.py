"""The memorandum as a Word file, read back: its sections, blanks, changes, look, and whatever people typed."""

import datetime as dt
import io
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn

from pspworkbook import guide
from pspworkbook.documents.mou_docx import mou_docx
from pspworkbook.documents.word import clean
from pspworkbook.methods.form.mou import MouDocument, MouFacts, fill
from pspworkbook.records import Partnership
from pspworkbook.records.agreement import Mou, Signatory

ON = dt.date(2026, 11, 22)
HOSTILE = "<b>&amp;</b> ]]> “quoted” {{ 1 }} مرحبا 🙂"


def written(
    mou: MouDocument, signatories: list[Signatory] | None = None, *, changes: bool = False
) -> tuple[bytes, Document]:
    data = mou_docx(mou, signatories or [], workbook="Glen <workbook>", on=ON, changes=changes)
    return data, Document(io.BytesIO(data))


def headings(document: Document, style: str = "Heading 1") -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style]


def tables(document: Document) -> dict[str, list[list[str]]]:
    """Each table by its caption, its rows as text."""
    return {
        table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")): [
            [cell.text for cell in row.cells] for row in table.rows
        ]
        for table in document.tables
    }


@pytest.fixture(scope="module")
def draft() -> MouDocument:
    """A memorandum with some things filled in."""
    facts = MouFacts(
        Partnership(name="Glen partnership", need="People eat alone", lead_public="Council"),
        Mou(services="Lunch\nA lift", personal_data=True, meet="Every six weeks"),
    )
    return fill(facts)


def test_every_section_is_there_under_a_real_heading(draft: MouDocument):
    _, document = written(draft)
    found = headings(document)
    assert found[:13] == [f"{section.number}. {section.title}" for section in guide.mou().sections]
    assert found[13:] == ["Still to fill in", "About this document"], "what is signed says nothing of 2011"
    assert document.paragraphs[0].style.name == "Title"
    text = [paragraph.text for paragraph in document.paragraphs]
    for section in draft.sections[:12]:
        for paragraph in section.paragraphs:
            if "[" not in paragraph:
                assert paragraph.removeprefix("• ") in text, paragraph


def test_blanks_are_highlighted_said_in_words_and_listed(draft: MouDocument):
    _, document = written(draft)
    lit = [run for one in document.paragraphs for run in one.runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    assert all(run.text.startswith("[to fill in: ") for run in lit)
    said = {run.text for run in lit}
    listed = tables(document)["What is still to be filled in"]
    assert listed[0] == ["Section", "What is missing"]
    assert len(listed) - 1 == len(draft.blanks) > 10
    for blank in draft.blanks:
        if blank.section != "acceptance" and blank.field != "personal_data":
            assert f"[to fill in: {blank.what[:1].lower()}{blank.what[1:]}]" in said, blank
    assert f"{len(draft.blanks)} things are left to fill in" in document.paragraphs[1].text


def test_changes_from_2011_stand_in_a_table_with_their_reasons(draft: MouDocument):
    _, document = written(draft, changes=True)
    rows = tables(document)["Changes from the template of 2011"]
    assert rows[0] == ["What", "Sections", "Why", "What is known today"]
    assert [row[2] for row in rows[1:]] == [change.why for change in draft.changes]
    assert rows[1][1] == "2, 5, 9"
    assert all("(" in row[3] and row[3] != "–" for row in rows[1:])


def test_signatories_have_a_row_each_and_both_partners_a_place():
    signing = [Signatory(name="Ann", role="Director", organisation="Council", signed=dt.date(2026, 12, 1))]
    _, document = written(fill(MouFacts()), signing)
    rows = tables(document)["Signatures"]
    assert rows[1] == ["Ann", "Director", "Council", "", "1 December 2026"]
    assert rows[2][0] == "[to fill in: name]"
    assert len(tables(written(fill(MouFacts()), signing * 3)[1])["Signatures"]) == 4


def test_it_says_what_it_is_and_is_written_in_british_english(draft: MouDocument):
    data, document = written(draft)
    core = document.core_properties
    assert core.title == "Memorandum of Understanding: Glen partnership"
    assert core.language == "en-GB" and core.author == "PSP workbook"
    assert core.created.date() == ON
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Glen <workbook> · 22 November 2026"
    assert round(section.page_width.cm, 1) == 21.0 and round(section.page_height.cm, 1) == 29.7
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        styles, foot = packed.read("word/styles.xml").decode(), packed.read("word/footer1.xml").decode()
    assert 'w:val="en-GB"' in styles and "en-US" not in styles.split("<w:latentStyles")[0].split("eastAsia")[0]
    assert "PAGE" in foot and "NUMPAGES" in foot
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for words in ("This is not legal advice.", "Crown copyright", "Open Government Licence", "is not a contract"):
        assert words in text, words


def test_the_same_day_gives_the_same_bytes(draft: MouDocument):
    assert written(draft)[0] == written(draft)[0]


def test_what_people_typed_is_text_and_nothing_else():
    long = "long " * 4_000
    facts = MouFacts(
        Partnership(name=HOSTILE, need=f"a\x07b\x0bc\u202ed {long}", lead_third="[legal form] is our name"),
        Mou(third_mission="مرحبا بالعالم"),
    )
    _, document = written(fill(facts))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert document.paragraphs[0].text == f"Memorandum of Understanding: {HOSTILE}"
    assert f"The need: abcd {long.strip()}" in text
    assert "مرحبا بالعالم" in text


def test_text_in_a_script_from_right_to_left_is_set_so():
    _, document = written(fill(MouFacts(Partnership(name="مجموعة", need="x"), Mou(services="مرحبا"))))
    turned = next(one for one in document.paragraphs if one.text == "مرحبا")
    assert turned._p.pPr.find(qn("w:bidi")) is not None and turned.runs[0].font.rtl


def test_characters_that_no_document_may_hold_are_left_out():
    assert clean("a\x00b\x1bc\ud800d\ufffe\te\nf") == "abcd\te\nf"
