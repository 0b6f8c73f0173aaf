"""The induction pack as a Word file, read back."""

import datetime as dt
import io

from docx import Document

from pspworkbook.documents.induction_docx import induction_docx
from pspworkbook.methods.form.induction import PackFacts, pack
from pspworkbook.methods.form.mou import MouFacts, fill
from pspworkbook.records import Partnership, Person
from pspworkbook.records.form import Member

ON = dt.date(2026, 11, 22)


def written(facts: PackFacts, name: str = "Glen <partnership>") -> tuple[bytes, Document]:
    data = induction_docx(pack(facts), fill(MouFacts()), [], partnership=name, workbook="Glen", on=ON)
    return data, Document(io.BytesIO(data))


FACTS = PackFacts(
    partnership=Partnership(name="Glen", need="People eat alone & <b>say so</b>"),
    members=[("m", Member(person="p", seat="team", role="Chair"))],
    people=[("p", Person(name="Ann", organisation="Council")), ("q", Person(name="Not in the team"))],
)


def test_the_parts_come_in_the_order_of_reading_with_the_memorandum_behind_them():
    _, document = written(FACTS)
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings == [*(part.title for part in pack(FACTS)), "The Memorandum of Understanding"]
    assert sum(one.style.name == "Heading 2" for one in document.paragraphs) == 13
    text = "\n".join(one.text for one in document.paragraphs)
    assert "People eat alone & <b>say so</b>" in text
    assert "Ann, Council, Chair" in text and "Not in the team" not in text
    assert "It is not finished" in text and "This is not legal advice." in text


def test_what_is_missing_is_said():
    text = "\n".join(one.text for one in written(PackFacts())[1].paragraphs)
    for part in pack(PackFacts()):
        if part.missing:
            assert f"[to fill in: {part.missing[:1].lower()}{part.missing[1:-1]}]" in text


def test_words_are_explained_in_a_list():
    _, document = written(FACTS)
    line = next(one for one in document.paragraphs if one.text.startswith("Lead Funder: "))
    assert line.style.name == "List Bullet" and line.runs[0].bold and line.runs[0].text == "Lead Funder"


def test_it_is_named_and_the_same_on_the_same_day():
    data, document = written(FACTS)
    assert document.core_properties.title == "Welcome to Glen <partnership>"
    assert data == written(FACTS)[0]
    assert written(FACTS, "")[1].core_properties.title == "Welcome to the partnership"
