"""The library's page without a browser: what it shows, finds, opens and refuses."""

import datetime as dt
import json
from typing import Any

import pytest

from pspworkbook import guide
from pspworkbook.methods.library.stories import stories
from pspworkbook.stages import library
from pspworkbook.widgets.library import Library
from pspworkbook.widgets.passage import Passage

STAGE = library
METHODS = ("search", "cases", "scenarios", "own_lessons", "then_and_now", "credit")


@pytest.fixture
def search(shown: list[Any]) -> Library:
    """The part that searches."""
    return next(part for part in shown if isinstance(part, Library))


def ask(part: Library, do: str, **more: Any) -> dict[str, Any]:
    """A question as the page asks it; the answer must be plain JSON."""
    answer, _ = part.reply({"do": do, **more}, [])
    return json.loads(json.dumps(answer))


def text(shown: list[Any]) -> str:
    return "\n".join(part.html for part in shown if isinstance(part, Passage))


def test_every_tool_of_the_library_is_on_the_page(shown: list[Any]) -> None:
    """Each identifier of the inventory has its place."""
    wanted = [tool.id for tool in guide.tools().values() if tool.stage == "library"]
    assert wanted and not [id_ for id_ in wanted if f'id="tool-{id_}"' not in text(shown)]


def test_every_entry_opens_as_a_story(search: Library) -> None:
    """Lessons, cases, terms, notes and all the rest: whole, in plain JSON, with terms explained."""
    for anchor, story in stories().items():
        answer = ask(search, "open", anchor=anchor)
        assert answer["ok"] and answer["title"] == [story.title] and answer["blocks"], anchor
        used = {
            piece[1]
            for block in answer["blocks"]
            for part in block["text"] + block["items"]
            for piece in part
            if len(piece) == 2 and not isinstance(piece, str)
        }
        assert used <= set(answer["meanings"])
        for block in answer["blocks"]:
            assert all(len(row) == len(block["head"]) for row in block["rows"]), anchor


def test_a_tool_leads_to_the_page_of_its_stage(search: Library) -> None:
    """With the tool's own place on that stage."""
    assert ask(search, "open", anchor="tool-AN-3")["page"]["href"].endswith("#tool-AN-3")
    assert (
        ask(search, "open", anchor="tool-RV-2")["page"] is None
        or "review" in ask(search, "open", anchor="tool-RV-2")["page"]["href"]
    )


def test_an_address_of_2011_is_text_and_no_link(search: Library) -> None:
    """History: nothing in it can be clicked."""
    for anchor, story in stories().items():
        if story.kind == "link":
            blocks = ask(search, "open", anchor=anchor)["blocks"]
            assert not any(
                "." in link["anchor"] or "http" in link["text"] for block in blocks for link in block["links"]
            )


def test_what_is_not_there_is_said_in_a_sentence(search: Library) -> None:
    """A wrong link, and a page made to ask for nonsense."""
    for anchor in ("case-nowhere", "", "<script>", "own-gone"):
        assert "no such entry" in ask(search, "open", anchor=anchor)["refused"]
    assert "no such note" in ask(search, "note", key="X-1")["refused"]
    assert ask(search, "find", query="zzzz")["said"].startswith("Nothing found")
    assert ask(search, "find", query="", kind="nonsense")["hits"] == []
    assert ask(search, "find")["hits"] == []
    assert not ask(search, "find", query="t", limit="many")["ok"]


def test_a_lesson_of_our_own_is_found_as_soon_as_it_is_saved(stage: library.LibraryPage, search: Library) -> None:
    """With whatever a person writes in it, cut into pieces of text."""
    turn = search.turn
    nasty = "👵👵 <script>alert(1)</script> ask first"
    stage.workbook.add("local_lesson", {"title": "Elders", "observation": nasty, "tools": "TP-6", "stage": "plan"})
    stage.session.follow()
    assert search.turn > turn
    assert {"value": "own", "text": "Our own lessons", "count": 1} in search.kinds
    (hit,) = ask(search, "find", query="alert")["hits"]
    assert "".join(piece if isinstance(piece, str) else piece[0] for piece in hit["snippet"]).endswith(nasty)
    assert ["alert"] in hit["snippet"]
    story = ask(search, "open", anchor=hit["anchor"])
    assert story["own"] and story["blocks"][0]["heading"] == "What we saw"


def test_our_own_note_stands_beside_the_shipped_one(
    stage: library.LibraryPage, search: Library, shown: list[Any]
) -> None:
    """It is begun from the entry, shown with it and in the list, and never replaces what is shipped."""
    id_ = ask(search, "note", key="C-03")["id"]
    assert ask(search, "note", key="C-03")["id"] == id_, "one that is begun is gone on with"
    entry = stage.workbook.get("local_note", id_)
    assert entry.record.note == "C-03"
    stage.workbook.change(
        "local_note",
        id_,
        {"now": "It is £<b>1</b> here", "source": "Our solicitor", "date": "2026-11-01"},
        entry.version,
    )
    stage.session.follow()
    headings = [block["heading"] for block in ask(search, "open", anchor="note-C-03")["blocks"]]
    assert {"The guide (2011)", "Our own note", "Now"} <= set(headings)
    assert "It is £&lt;b&gt;1&lt;/b&gt; here" in text(shown)
    assert "With a note of our own (1)" in text(shown)


def test_what_is_overdue_comes_first(stage: library.LibraryPage, shown: list[Any]) -> None:
    """Those that nobody has looked at in time head the list; every note is in it once."""
    today = dt.date.today()
    groups = stage._then_and_now()["groups"]
    late = [note.id for note in groups["Overdue for a check"]]
    assert late == [
        note.id
        for note in sorted(guide.then_and_now().values(), key=lambda one: one.check_again_by)
        if guide.overdue(note, today)
    ]
    listed = [note.id for notes in groups.values() for note in notes]
    assert sorted(listed) == sorted(guide.then_and_now())
    assert all(f'href="#note-{id_}"' in text(shown) for id_ in listed)


def test_a_viewer_reads_and_is_not_offered_to_write(
    stage: library.LibraryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button is not there, and the store would refuse."""
    monkeypatch.setattr(type(stage.workbook), "may_edit", lambda *_: False)
    assert not Library(stage.session, {}, {}).may_note


def test_the_library_has_no_status(stage: library.LibraryPage) -> None:
    """There is nothing in it to finish."""
    status = stage.statuses()["library"]
    assert status.words == "" and status.name == "later"


def test_the_ending_of_a_scenario_is_folded(shown: list[Any]) -> None:
    """A group decides before it sees what happened."""
    told = text(shown)
    assert told.count("Show what happened") == 8
    assert "<details open><summary>Show what happened" not in told


def test_the_credit_names_what_the_licence_asks_for(shown: list[Any]) -> None:
    """Crown copyright, the licence, the ISBN, and what it does not cover."""
    told = text(shown)
    for words in ("Crown copyright 2011", "Open Government Licence", "978-1-78045-287-6", "logos"):
        assert words in told
