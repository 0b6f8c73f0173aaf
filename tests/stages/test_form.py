"""The page of stage 3 without a browser: every tool is there, and a walk from nothing to a memorandum."""

import io

import pytest
from docx import Document

from pspworkbook import guide
from pspworkbook.methods.form import mou
from pspworkbook.methods.stage_gaps import gaps_form
from pspworkbook.stages import form
from pspworkbook.stages.facts.form import facts, mou_facts
from pspworkbook.stages.form import files as form_files
from pspworkbook.stages.form.mou import preview
from pspworkbook.stages.form.workshop import Agenda, chosen, sheets
from pspworkbook.widgets.passage import Passage
from pspworkbook.workbook import Workbook

STAGE = form
METHODS = (
    *("way", "path", "partners", "time", "memorandum", "lead_funder", "team", "welcome", "health", "workshops"),
    *("expectations", "lessons", "agree"),
)


def passages(parts: list[object]) -> str:
    return "\n".join(part.html for part in parts if isinstance(part, Passage))


def put(workbook: Workbook, kind: str, **values: object) -> str:
    return workbook.add(kind, values).id


def fill(workbook: Workbook, kind: str, **values: object) -> None:
    workbook.change(kind, kind, values, workbook.the(kind).version)


def test_every_tool_of_the_stage_is_on_the_page_in_its_order(shown: list[object]) -> None:
    text = passages(shown)
    tools = [key for key in guide.tools() if key.startswith("FP-")]
    places = [text.index(f'id="tool-{key}"') for key in tools]
    assert len(tools) == 12 and places == sorted(places)


def test_the_notebook_shows_what_the_page_has() -> None:
    import json

    from pspworkbook.places import notebooks_folder

    cells = json.loads((notebooks_folder() / "03_form_a_partnership.ipynb").read_text("utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    assert code[1:] == [f"stage.{method}()" for method in METHODS]
    assert all(cell["outputs"] == [] for cell in cells if cell["cell_type"] == "code")


def test_every_part_of_the_page_is_counted(stage: form.Form, shown: list[object]) -> None:
    assert stage.frame.parts == len(shown) + 1


def walk(workbook: Workbook) -> None:
    """Fill in what a memorandum needs, as a partnership would."""
    fill(
        workbook,
        "partnership",
        name="Glen partnership",
        need="People eat alone",
        lead_public="Council",
        lead_third="Club",
    )
    ann = put(workbook, "person", name="Ann", organisation="Council", sector="public", role="Commissioner")
    cat = put(workbook, "person", name="Cat", organisation="Club", sector="third", role="Manager")
    fill(
        workbook,
        "mou",
        services="Lunch\nA lift",
        third_form="scio",
        third_number="SC000000",
        third_mission="Company for all",
        public_community="The glen",
        public_mission="Serves the glen",
        national_outcome="Healthy",
        outcome_list="National Performance Framework, 2026",
        local_plan="Plan",
        local_plan_place="page 3, 2025",
        signed="2026-12-01",
        review="2027-12-01",
        meet="Every six weeks",
        means="A shared folder",
        personal_data="no",
        third_puts_in="Two people",
        public_puts_in="A hall",
        third_contact=cat,
        public_contact=ann,
    )
    put(workbook, "member", person=ann, seat="steering", role="Chair", level="strategic", brings="procurement")
    put(workbook, "signatory", name="Ann", role="Director", organisation="Council", entitled="yes")
    put(workbook, "signatory", name="Cat", role="Manager", organisation="Club", entitled="yes")


def test_a_walk_from_nothing_to_a_memorandum(stage: form.Form, shown: list[object]) -> None:
    assert len(mou.fill(mou_facts(stage.session.now)).blanks) > 20
    assert "[lead third sector partner]" in passages(shown)

    walk(stage.workbook)
    stage.session.follow()

    done = mou.fill(mou_facts(stage.session.now))
    assert done.blanks == ()
    assert "Nothing is blank" in passages(shown)
    assert not [gap for gap in gaps_form(facts(stage.session.now)) if gap.tool == "FP-4"]
    name, media, data = form_files.mou_file(stage.session)
    assert name.startswith("mou-ours-") and name.endswith(".docx") and "wordprocessingml" in media
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    assert "Memorandum of Understanding: Glen partnership" in text and "[to fill in" not in text


def test_each_blank_of_the_preview_leads_to_its_own_field(stage: form.Form) -> None:
    made = mou.fill(mou_facts(stage.session.now))
    pieces = [
        piece
        for section, paragraphs in preview(made)
        for paragraph in paragraphs
        for piece in paragraph.pieces
        if section.key == "organisations" and piece.text == "[its mission]"
    ]
    assert [piece.blank.field for piece in pieces if piece.blank] == ["third_mission", "public_mission"]
    for section, paragraphs in preview(made):
        text = ["".join(piece.text for piece in paragraph.pieces) for paragraph in paragraphs]
        assert text == [paragraph.removeprefix("• ") for paragraph in section.paragraphs]


def test_what_people_type_is_never_markup(stage: form.Form, shown: list[object]) -> None:
    bad = "<script>alert(1)</script> “quoted” & مرحبا 🙂"
    fill(stage.workbook, "partnership", name=bad, need=bad, lead_third=bad)
    put(stage.workbook, "workshop", name=bad, tools=bad, aim=bad)
    put(stage.workbook, "candidate", name=bad, chosen="chosen")
    stage.session.follow()
    assert "<script>alert" not in passages(shown)
    assert "&lt;script&gt;" in passages(shown)


@pytest.mark.parametrize(
    ("text", "ids", "unclear"),
    [
        ("ID-3, TP-6", ["ID-3", "TP-6"], ""),
        ("Are we ready?; need statement", ["TP-6", "ID-3"], ""),
        ("Lead Funder selector", ["FP-5"], ""),
        ("xyzzy", [], "no tool “xyzzy”"),
        ("partner", [], "more than one tool"),
        ("", [], ""),
    ],
)
def test_tools_are_chosen_by_short_name_or_by_name(text: str, ids: list[str], unclear: str) -> None:
    found, sentences = chosen(text)
    assert found == ids
    assert unclear in " ".join(sentences) and bool(unclear) == bool(sentences)


def test_a_run_sheet_is_taken_over_and_changed(stage: form.Form) -> None:
    workbook = stage.workbook
    put(workbook, "workshop", name="Half a day", minutes=240, people=12, starts="09.30", tools="ID-3, Are we ready?")
    stage.session.follow()
    agenda = Agenda(stage.session)
    made = sheets(stage.session.now)[0].sheet
    tasks = [(row.task, row.minutes) for row in made.rows]
    assert agenda.seeds == sum(row.kind == "tool" for row in made.rows) == 3

    answer, _ = agenda.reply({"do": "seed"}, [])
    assert answer["ok"] and agenda.seeds == 0
    assert [(row.task, row.minutes) for row in sheets(stage.session.now)[0].sheet.rows] == tasks

    first = workbook.records("agenda_item")[0]
    workbook.change("agenda_item", first.id, {"minutes": 60, "task": "Our need"}, first.version)
    stage.session.follow()
    assert ("Our need", 60) in [(row.task, row.minutes) for row in sheets(stage.session.now)[0].sheet.rows]

    # A tool that is chosen later can be taken over too, after the others.
    entry = workbook.records("workshop")[0]
    workbook.change("workshop", entry.id, {"tools": "ID-3, TP-6, FP-1"}, entry.version)
    stage.session.follow()
    assert agenda.seeds == 1
    agenda.reply({"do": "seed"}, [])
    assert workbook.records("agenda_item")[-1].record.order == 4


def test_the_files_can_be_made_from_an_empty_workbook(stage: form.Form) -> None:
    for make in (form_files.mou_file, form_files.pack_file, form_files.run_sheet_file):
        assert Document(io.BytesIO(make(stage.session)[2])).paragraphs


def test_the_next_workshop_comes_first_and_a_past_one_is_not_taken_over(stage: form.Form) -> None:
    for name, date in (("Old", "2020-01-01"), ("Older", "2019-01-01"), ("Later", "2100-01-01"), ("Next", "2099-01-01")):
        put(stage.workbook, "workshop", name=name, date=date, minutes=60, starts="10.00", tools="FP-1")
    stage.session.follow()
    assert [one.workshop.name for one in sheets(stage.session.now)] == ["Next", "Later", "Old", "Older"]
    assert Agenda(stage.session).seeds == 2
    text = "\n".join(
        paragraph.text for paragraph in Document(io.BytesIO(form_files.run_sheet_file(stage.session)[2])).paragraphs
    )
    assert "Later" in text and "Old" not in text


def test_a_file_of_an_example_says_that_it_is_one(stage: form.Form) -> None:
    fill(stage.workbook, "partnership", name="Glen", made_up="Everybody here is invented.")
    stage.session.follow()
    for make in (form_files.mou_file, form_files.pack_file):
        text = [paragraph.text for paragraph in Document(io.BytesIO(make(stage.session)[2])).paragraphs]
        assert text[1] == "An example for training, not a real partnership. Everybody here is invented."
