"""The files of the guide hang together: every reference resolves, every line number lies within the guide."""

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ValidationError

from pspworkbook import guide
from pspworkbook.guide import library
from pspworkbook.guide.lines import read_lines
from pspworkbook.guide.scenarios import scenarios

FILES = sorted(guide.guide_folder().glob("*.yaml"))
EVERYTHING = {
    "lessons": guide.lessons,
    "cases": guide.cases,
    "examples": guide.examples,
    "glossary": guide.glossary,
    "questions": guide.questions,
    "links": guide.links,
    "mou": guide.mou,
    "lead_funder": guide.lead_funder,
    "sroi": guide.sroi,
    "checklists": guide.checklists,
    "then_and_now": guide.then_and_now,
    "tools": guide.tools,
    "scenarios": scenarios,
    "proxies": guide.proxies,
}
NOT_IN_THE_GUIDE = ("Principle", "Term", "ThenAndNow")


def entries(value: object) -> Iterator[BaseModel]:
    """Every model within a loaded file, however deep."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from entries(getattr(value, name))
    elif isinstance(value, str):
        return
    elif hasattr(value, "values"):
        for part in value.values():
            yield from entries(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from entries(part)


def test_every_file_has_a_loader():
    assert [path.stem for path in FILES] == sorted(EVERYTHING)


@pytest.mark.parametrize("name", EVERYTHING)
def test_lines_lie_within_the_guide(name):
    for entry in entries(EVERYTHING[name]()):
        for field in ("lines", "guide_lines"):
            if field not in type(entry).model_fields:
                continue
            lines = getattr(entry, field)
            assert lines or type(entry).__name__ in NOT_IN_THE_GUIDE, entry
            for first, last in lines:
                assert 1 <= first <= last <= guide.LINES_IN_GUIDE == 5685


@pytest.mark.parametrize("name", EVERYTHING)
def test_references_resolve(name):
    targets = {
        "tools": set(guide.tools()),
        "feeds": set(guide.tools()),
        "cases": set(guide.cases()),
        "lessons": set(guide.lessons()),
        "then_and_now": set(guide.then_and_now()),
    }
    for entry in entries(EVERYTHING[name]()):
        for field, known in targets.items():
            if field in type(entry).model_fields:
                named = getattr(entry, field)
                assert set(named) <= known, f"{field} of {entry!r}"
                assert len(set(named)) == len(named), f"{field} of {entry!r}"


def test_checklists_and_traps_point_to_what_is_there():
    assert {checklist.tool for checklist in guide.checklists().values()} <= set(guide.tools())
    sections = {section.key for section in guide.mou().sections}
    assert all(set(trap.sections) <= sections for trap in guide.mou().traps)


def test_lessons_and_tools_name_each_other():
    from_lessons = {(tool, lesson.key) for lesson in guide.lessons().values() for tool in lesson.tools}
    from_tools = {(tool.id, lesson) for tool in guide.tools().values() for lesson in tool.lessons}
    assert from_lessons == from_tools


def test_notes_and_tools_name_each_other():
    from_notes = {(tool, note.id) for note in guide.then_and_now().values() for tool in note.tools}
    from_tools = {(tool.id, note) for tool in guide.tools().values() for note in tool.then_and_now}
    assert from_notes == from_tools
    assert all(note.tools for note in guide.then_and_now().values())


def test_each_lesson_is_on_the_card_of_its_stage():
    card = {
        "identify": "ID-12",
        "decide": "TP-14",
        "form": "FP-12",
        "analyse": "AN-15",
        "plan": "PL-25",
        "do": "DO-14",
        "review": "RV-11",
    }
    for lesson in guide.lessons().values():
        assert card[lesson.stage] in lesson.tools
        assert len(lesson.tools) >= 2, "a lesson belongs to a tool, too"


def test_no_tool_feeds_itself():
    assert not [tool.id for tool in guide.tools().values() if tool.id in tool.feeds]


def test_a_name_leads_to_one_term():
    names: dict[str, str] = {}
    for term in guide.glossary().values():
        for name in {n.lower() for n in (term.term, *term.also)}:
            assert names.setdefault(name, term.key) == term.key, name


def test_what_is_only_remembered_is_never_a_fact():
    for note in guide.then_and_now().values():
        assert note.sure == guide.SURE[note.mark]
        if note.mark == "not checked":
            assert note.now is None and note.as_of is None and not note.key_facts and note.recalled
        else:
            assert note.now and note.as_of and note.source_name
            assert note.as_of <= note.check_again_by or note.volatile
    for entries_of in (guide.glossary, guide.questions, guide.links):
        for entry in entries_of().values():
            assert (entry.now is None) == (entry.now_mark in (None, "not checked"))


def test_a_remembered_now_is_refused():
    content = guide.then_and_now()["C-09"].model_dump() | {"now": "It is so."}
    with pytest.raises(ValidationError, match="nobody has read this in a source"):
        guide.ThenAndNow.model_validate(content)
    with pytest.raises(ValidationError, match="put a recollection under 'recalled'"):
        guide.Question(key="Q0", q="?", a="!", stages=("plan",), now="It is so.", lines="1")


def test_overdue_the_day_after():
    note = guide.then_and_now()["C-03"]
    assert note.check_again_by == dt.date(2027, 2, 28)
    assert not guide.overdue(note, dt.date(2027, 2, 28))
    assert guide.overdue(note, dt.date(2027, 3, 1))


def test_what_was_overdue_when_the_research_ended():
    late = {note.id for note in guide.then_and_now().values() if guide.overdue(note, dt.date(2026, 11, 22))}
    assert late == {"P-19", "O-12", "V-03", "V-05"}


def test_entries_cannot_be_changed():
    with pytest.raises(ValidationError):
        guide.lessons()["I1"].title = "Another"  # type: ignore[misc]
    with pytest.raises(TypeError):
        guide.lessons()["I1"] = guide.lessons()["I2"]  # type: ignore[index]
    assert guide.lessons() is guide.lessons()


def test_lines_are_read_and_cited():
    assert read_lines("386-391, 404") == ((386, 391), (404, 404))
    assert read_lines(404) == ((404, 404),)
    assert guide.cite(read_lines("386-391, 404")) == "L386-391, L404"
    assert guide.covers(read_lines("386-391"), 388) and not guide.covers(read_lines("386-391"), 392)
    for wrong in ("391-386", "5686", "0", "L12", "12;13"):
        with pytest.raises(ValueError):
            read_lines(wrong)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_says_what_it_is(path):
    text = path.read_text(encoding="utf-8")
    head = text[: re.search(r"^[a-z]", text, re.MULTILINE).start()]
    plain = " ".join(head.replace("#", " ").split())
    assert "A Practical Guide to Forming and Operating Public Social Partnerships" in plain
    assert "Crown copyright 2011" in plain
    assert "Open Government Licence" in plain
    assert "our own words" in plain
    assert "How to edit this file safely" in plain
    assert "\t" not in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lessons:\n  - key: X1\n    title: [", "lessons.yaml cannot be read, near line"),
        ("lesson:\n  - key: X1\n", "no list called 'lessons'"),
        ("lessons:\n  - key: X1\n    shade: blue\n", "lessons.yaml, entry 'X1'"),
        ("lessons:\n  - key: X1\n  - X2\n", "a line in it is out of place"),
    ],
)
def test_a_slip_of_the_pen_is_named_plainly(tmp_path, monkeypatch, text, message):
    (tmp_path / "lessons.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(library, "guide_folder", lambda: tmp_path)
    with pytest.raises(guide.GuideDataError, match=re.escape(message)):
        guide.lessons.__wrapped__()


def test_a_missing_file_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(library, "guide_folder", lambda: tmp_path)
    with pytest.raises(guide.GuideDataError, match=r"tools\.yaml is missing"):
        guide.tools.__wrapped__()


def test_two_entries_of_one_key_are_refused(tmp_path, monkeypatch):
    text = (guide.guide_folder() / "lessons.yaml").read_text(encoding="utf-8").replace("key: I2", "key: I1")
    (tmp_path / "lessons.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(library, "guide_folder", lambda: tmp_path)
    with pytest.raises(guide.GuideDataError, match="two entries called 'I1'"):
        guide.lessons.__wrapped__()
