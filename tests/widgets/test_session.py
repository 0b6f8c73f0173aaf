"""A page follows its workbook: whoever types is answered first, and only what rests on a change is worked out anew."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from pspworkbook.widgets.frame import Frame
from pspworkbook.widgets.session import FIRST, LATER, SOON, Session
from pspworkbook.workbook import Store


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Store(tmp_path / "w.db") as store:
        yield Session(store.create("Lunch", author="Bo"))


def need(session: Session, words: str = "Lonely at noon") -> None:
    session.workbook.add("need_statement", {"difficulty": words})


def test_in_a_plain_script_every_part_has_shown_a_change_when_it_is_done(session: Session) -> None:
    seen: list[str] = []
    session.watch(["need_statement"], lambda: seen.append("later"), LATER)
    session.watch(["need_statement"], lambda: seen.append("soon"), SOON)
    session.watch(["need_statement"], lambda: seen.append("first"), FIRST)
    session.watch(["stakeholder"], lambda: seen.append("others"))
    need(session)
    session.follow()
    assert seen == ["first", "soon", "later"]


def test_on_a_page_the_answer_goes_out_before_the_slow_parts_follow(session: Session) -> None:
    seen: list[str] = []
    session.watch([], lambda: seen.append("slow"), LATER)
    session.watch([], lambda: seen.append("ratio"), SOON)
    session.watch([], lambda: seen.append("row"), FIRST)

    async def page() -> None:
        session.start("a page")
        need(session)
        session.follow()
        seen.append("answered")
        await asyncio.sleep(0.1)

    asyncio.run(page())
    assert seen == ["row", "answered", "ratio", "slow"]


def test_what_several_changes_concern_is_shown_once_and_the_page_is_heard_in_between(session: Session) -> None:
    seen: list[str] = []
    for name in ("one", "two", "three"):
        session.watch([], lambda name=name: seen.append(name), LATER)

    async def page() -> None:
        session.start("a page")
        for words in ("Lonely", "Lonelier"):
            need(session, words)
            session.follow()
        asyncio.get_running_loop().call_later(0.003, seen.append, "a question of the page")
        await asyncio.sleep(0.2)

    asyncio.run(page())
    assert sorted(seen) == ["a question of the page", "one", "three", "two"]
    assert seen[-1] != "a question of the page"


def test_somebody_who_types_on_and_on_holds_nothing_up(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pspworkbook.widgets.session.PATIENCE", 0.02)
    seen: list[str] = []
    session.watch([], lambda: seen.append("ratio"), SOON)
    session.watch([], lambda: seen.append("slow"), LATER)

    async def page() -> None:
        session.start("a page")
        for turn in range(60):
            need(session, f"Lonely {turn}")
            session.follow()
            await asyncio.sleep(0.003)

    asyncio.run(page())
    assert "slow" in seen


def test_a_part_that_fails_does_not_stop_the_others(session: Session) -> None:
    seen: list[str] = []

    def fails() -> None:
        raise ZeroDivisionError

    session.watch([], fails, FIRST)
    session.watch([], fails)
    session.watch([], lambda: seen.append("shown"))
    need(session)
    session.follow()
    assert seen == ["shown"]


def test_only_what_rests_on_a_change_is_worked_out_again(session: Session) -> None:
    worked: list[str] = []

    def count(kind: str) -> int:
        def work() -> int:
            worked.append(kind)
            return len(session.now.records(kind))

        return session.now.once(("count", kind), work)

    def both() -> int:
        return session.now.once(("both",), lambda: count("need_statement") + count("stakeholder"))

    assert both() == 0
    need(session)
    session.follow()
    assert (both(), count("stakeholder")) == (1, 0)
    assert worked == ["need_statement", "stakeholder", "need_statement"], "stakeholders have not changed"


def test_records_that_have_not_changed_are_not_read_again(session: Session) -> None:
    need(session, "One")
    need(session, "Two")
    session.follow()
    one, two = session.now.records("need_statement")
    session.workbook.change("need_statement", two.id, {"difficulty": "Two and a half"}, two.version)
    need(session, "Three")
    session.follow()
    again = session.now.records("need_statement")
    assert again[0] is one
    assert [entry.record.difficulty for entry in again] == ["One", "Two and a half", "Three"]
    session.workbook.delete("need_statement", one.id, one.version)
    session.follow()
    assert [entry.record.difficulty for entry in session.now.records("need_statement")] == ["Two and a half", "Three"]
    session.workbook.undo()
    session.follow()
    assert session.now.records("need_statement") == session.workbook.records("need_statement")
    assert [entry.record.difficulty for entry in session.now.records("need_statement")] == [
        "One",
        "Two and a half",
        "Three",
    ]


def test_the_statuses_of_all_stages_are_found_once_the_page_stands(session: Session) -> None:
    """Finding them reads the whole workbook: a page does not wait for it, a plain script does not notice."""
    asked: list[str] = []

    def statuses() -> dict[str, object]:
        asked.append("statuses")
        return {"start": {"status": "open"}}

    assert Frame(session, statuses, lambda: "", parts=1).state["stages"] == {"start": {"status": "open"}}
    asked.clear()

    async def page() -> Frame:
        frame = Frame(session, statuses, lambda: "", parts=1, steps=[lambda: asked.append("a step")])
        session.start("a page")
        assert (asked, frame.state["stages"]) == ([], {})
        frame.reply({"do": "pulse"}, [])
        frame.reply({"do": "pulse"}, [])
        await asyncio.sleep(0.1)
        return frame

    assert asyncio.run(page()).state["stages"] == {"start": {"status": "open"}}
    assert asked == ["a step", "statuses"]
