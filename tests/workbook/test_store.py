"""The store: made on first use, one plain sentence for each trouble, and records that come back as they were saved."""

import os
import re
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

import pspworkbook.workbook as package
from pspworkbook.records import Forecast, Outcome
from pspworkbook.workbook import BadEntry, NotFound, Store, StoreTrouble, WorkbookError, tables
from pspworkbook.workbook.replay import check
from pspworkbook.workbook.store import author_name


def test_the_file_and_its_folder_are_made_on_first_use(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "club.db"
    with Store(path) as store:
        store.create("Luncheon club")
    with Store(path) as again:
        assert [listed.name for listed in again.workbooks()] == ["Luncheon club"]
    assert path.stat().st_mode & 0o077 == 0, "a partnership's workbook is not for every user of the machine"


def test_a_store_has_an_address_like_any_database(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        store.create("One")
    with Store(tmp_path / "a.db") as store:
        assert len(store.workbooks()) == 1


def test_the_file_may_be_called_anything(tmp_path: Path) -> None:
    path = tmp_path / "Ana's 100% #1? & café" / "our workbooks;.db"
    with Store(path) as store:
        store.create("Club").add("stakeholder", {"name": "Residents"})
    with Store(path) as store:
        assert len(store.open("club").records("stakeholder")) == 1
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_is_saved_comes_back_typed_and_in_the_order_it_was_made(ana, bo) -> None:
    first = ana.add("outcome", {"outcome": "Fewer falls", "deadweight": "5%", "quantity": "1,200"}, reason="Workshop")
    ana.add("outcome", {"outcome": "More friends"})
    ana.change("outcome", first.id, {"quantity": "7"}, first.version)

    seen = bo.records("outcome")
    assert [entry.record.outcome for entry in seen] == ["Fewer falls", "More friends"]
    assert (seen[0].record.deadweight, seen[0].record.quantity) == (0.05, 7.0)
    assert (seen[0].version, seen[0].author, seen[0].label) == (2, "Ana", "Fewer falls")
    assert seen[0].at.utcoffset().total_seconds() == 0


def test_a_form_is_there_before_anybody_has_saved_it(ana) -> None:
    scope = ana.the("forecast")
    assert (scope.version, scope.record.discount_rate, scope.at) == (0, 0.035, None)
    saved = ana.change("forecast", scope.id, {"discount_rate": "3%"}, scope.version)
    assert (saved.version, ana.the("forecast").record.discount_rate) == (1, 0.03)
    with pytest.raises(WorkbookError, match="many outcomes"):
        ana.the("outcome")


def test_a_whole_record_can_be_saved_as_one(ana) -> None:
    entry = ana.save(Outcome(outcome="Fewer falls"), reason="First talk")
    again = ana.save(entry.record.model_copy(update={"quantity": 7.0}), entry.id, entry.version)
    assert (again.version, ana.get("outcome", entry.id).record.quantity) == (2, 7.0)
    assert ana.save(Forecast(activity="The club")).id == "forecast"
    assert ana.save(Outcome(outcome="Friends"), "friends").id == "friends"


def test_saving_what_is_there_already_writes_nothing(ana) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls", "deadweight": "5%"})
    before = ana.position
    assert ana.change("outcome", entry.id, {"deadweight": "0.05"}, entry.version) == entry
    assert ana.save(entry.record, entry.id, entry.version) == entry
    assert ana.save_many([("outcome", entry.id, {"deadweight": "5 %"})]) == [entry]
    ana.rename("Luncheon club")
    assert ana.position == before


def test_what_cannot_be_read_is_named_field_by_field_and_nothing_is_saved(ana) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls"})
    before = ana.position
    with pytest.raises(BadEntry) as caught:
        ana.change("outcome", entry.id, {"deadweight": "lots", "duration": "-1", "outcome": "Better"}, entry.version)
    assert set(caught.value.messages) == {"deadweight", "duration"}
    assert "Deadweight: “lots” is not a percentage" in str(caught.value)
    assert (ana.position, ana.get("outcome", entry.id)) == (before, entry)


@pytest.mark.parametrize("values", [{"colour": "red"}, {"quantity": 10**400}, {"quantity": float("inf")}, {3: "three"}])
def test_no_value_gets_past_the_model(ana, values) -> None:
    with pytest.raises(BadEntry):
        ana.add("outcome", values)
    assert ana.position == 0


def test_a_batch_is_saved_whole_or_not_at_all(ana) -> None:
    batch = [
        ("stakeholder", "residents", {"name": "Residents"}),
        ("outcome", None, {"stakeholder": "residents", "outcome": "Falls"}),
    ]
    _residents, falls = ana.save_many(batch, reason="From the flip chart")
    assert falls.record.stakeholder == "residents"
    assert {change.batch for change in ana.history()} == {1}

    with pytest.raises(BadEntry, match=r"Number 2 of 2, outcome “Friends”: How many: ") as caught:
        ana.save_many(
            [("stakeholder", None, {"name": "Volunteers"}), ("outcome", None, {"outcome": "Friends", "quantity": "x"})]
        )
    assert caught.value.place == 1
    assert [entry.label for entry in ana.records("stakeholder")] == ["Residents"]


def test_one_record_may_come_twice_in_a_batch(ana) -> None:
    ana.add("stakeholder", {"name": "Residents"})
    first = ("stakeholder", "volunteers", {"name": "Volunteers"})
    ana.save_many(
        [first, ("stakeholder", None, {"name": "Neighbours"}), ("stakeholder", "volunteers", {"people": "4"})]
    )
    assert [(entry.label, entry.version) for entry in ana.records("stakeholder")] == [
        ("Residents", 1),
        ("Volunteers", 2),
        ("Neighbours", 1),
    ]
    assert check(ana.store) == []
    ana.undo()
    assert [entry.label for entry in ana.records("stakeholder")] == ["Residents"]


def test_every_line_of_the_log_says_who_when_and_why(ana, bo) -> None:
    entry = ana.add("stakeholder", {"name": "Residents"})
    outcome = ana.add("outcome", {"outcome": "Fewer falls", "deadweight": "0%"})
    bo.change(
        "outcome", outcome.id, {"deadweight": "10%", "stakeholder": entry.id}, outcome.version, reason="Asked the GPs"
    )
    change = ana.history()[0]
    assert (change.author, change.role, change.reason, change.action) == ("Bo", "facilitator", "Asked the GPs", "edit")
    assert change.summary == "Who of “Fewer falls” set to “Residents”; Deadweight from 0% to 10%"
    assert (change.before["deadweight"], change.after["deadweight"]) == (0.0, 0.1)
    assert change.fields == ("stakeholder", "deadweight")
    assert [line.seq for line in ana.changes_since(1)] == [2, 3]
    assert [line.summary for line in ana.history("stakeholder")] == ["Stakeholder “Residents” added"]
    assert [line.version for line in ana.history("outcome", outcome.id, limit=1)] == [2]


def test_a_reason_can_be_given_afterwards_without_touching_the_log(ana) -> None:
    ana.add("outcome", {"outcome": "Fewer falls"})
    line = ana.history()[0]
    ana.explain(line.seq, "Three people said so")
    reason, unchanged = ana.history()
    assert unchanged == line
    assert (reason.action, reason.target, reason.reason) == ("reason", line.seq, "Three people said so")
    assert check(ana.store) == []


def test_a_removed_record_is_missed_by_name(ana, bo) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls"})
    bo.delete("outcome", entry.id, entry.version, reason="Twice in the list")
    with pytest.raises(NotFound, match="removed by Bo"):
        ana.get("outcome", entry.id)
    assert ana.records("outcome") == []
    for id in ("nowhere", "", "\ud800", "x" * 500):
        with pytest.raises(NotFound):
            ana.get("outcome", id)
    with pytest.raises(NotFound, match="no kind of record"):
        ana.records("outcomes")


def test_an_identifier_stands_in_addresses_so_it_is_plain(ana) -> None:
    for id in ("two words", "<b>", "a/b", "x" * 81):
        with pytest.raises(BadEntry, match="identifier"):
            ana.save(Outcome(), id)
    with pytest.raises(BadEntry, match="only one"):
        ana.save(Forecast(), "second")


def test_the_frame_has_a_row_for_each_record(ana) -> None:
    assert list(ana.frame("outcome").columns)[-3:] == ["version", "author", "at"]
    entry = ana.add("outcome", {"outcome": "Fewer falls", "quantity": "7", "proxy_year": "2025"})
    ana.add("outcome", {"outcome": "Friends"})
    frame = ana.frame("outcome")
    assert frame.index.name == "id"
    assert frame.loc[entry.id, "quantity"] == 7.0
    assert frame["quantity"].sum() == 7.0, "an empty number is missing, not text"
    assert frame.loc[entry.id, "proxy_year"] == 2025
    assert set(frame["author"]) == {"Ana"}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Càirdeas – the club", "cairdeas-the-club"),
        ("午餐会", "workbook"),
        ("  Many   blanks ", "many-blanks"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_workbook_may_be_called_anything(store, name, slug) -> None:
    assert (store.create(name).slug, store.create(name).slug) == (slug, slug + "-2")
    assert store.open(slug).name == " ".join(name.split())


def test_names_that_cannot_be_used_are_refused(store) -> None:
    for name, slug in (("", None), ("  ", None), ("x" * 400, None), ("Club", "Not A Slug"), ("Club", "x" * 90)):
        with pytest.raises(WorkbookError):
            store.create(name, slug)
    store.create("Club", "club")
    with pytest.raises(WorkbookError, match="already"):
        store.create("Another", "club")
    assert len(store.workbooks()) == 1


def test_the_workbook_opened_last_comes_first(store) -> None:
    store.create("First")
    store.create("Second")
    store.open("first")
    assert [listed.slug for listed in store.workbooks()] == ["first", "second"]
    store.open("second", mark=False)
    assert store.open().slug == "first"


def test_renaming_is_in_the_log(ana) -> None:
    ana.rename("Wheels to meals", reason="Voted")
    assert (ana.name, ana.slug) == ("Wheels to meals", "luncheon-club")
    assert ana.history()[0].summary == "Workbook renamed from “Luncheon club” to “Wheels to meals”"


def test_the_author_is_the_user_of_the_machine_made_readable(monkeypatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "ana.macdonald")
    assert author_name() == "Ana Macdonald"
    assert author_name("  Bo  ") == "Bo"

    def nobody() -> str:
        raise OSError("no user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert author_name() == "Facilitator"


def test_threads_share_a_store(ana) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls", "quantity": "0"})
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            for _ in range(10):
                ana.add("stakeholder", {"name": f"Group {number}"})
                assert ana.get("outcome", entry.id).record.quantity == 0
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert errors == []
    assert len(ana.records("stakeholder")) == 60
    assert check(ana.store) == []


def test_a_body_that_is_no_longer_valid_is_named_never_dropped(tmp_path, store, ana) -> None:
    ana.add("outcome", {"outcome": "Fewer falls"})
    entry = ana.add("outcome", {"outcome": "More friends", "deadweight": "5%"})
    with sqlite3.connect(tmp_path / "store.db") as raw:
        raw.execute("UPDATE record SET body = replace(body, '0.05', '\"lots\"') WHERE id = ?", (entry.id,))
    for read in (
        lambda: ana.records("outcome"),
        lambda: ana.get("outcome", entry.id),
        lambda: ana.change("outcome", entry.id, {"quantity": 1}, 1),
    ):
        with pytest.raises(StoreTrouble, match=r"“More friends”.*Deadweight"):
            read()
    problems = check(store)
    assert any("More friends" in problem for problem in problems)
    assert any("not as the history leaves it" in problem for problem in problems)

    with sqlite3.connect(tmp_path / "store.db") as raw:
        raw.execute("UPDATE record SET body = '{half' WHERE id = ?", (entry.id,))
    with pytest.raises(StoreTrouble, match="cannot be read"):
        ana.records("outcome")
    assert check(store) != []


def test_check_finds_a_log_that_was_tampered_with(tmp_path, store, ana) -> None:
    for name in ("One", "Two", "Three"):
        ana.add("stakeholder", {"name": name})
    assert check(store) == []
    with sqlite3.connect(tmp_path / "store.db") as raw:
        raw.execute("DELETE FROM change WHERE seq = 2")
    assert check(store) == [
        "luncheon-club: The history has 2 lines, and should have 3.",
        "luncheon-club: Line 2 of the history is missing.",
    ]


def test_the_code_offers_no_way_to_alter_the_log() -> None:
    source = "".join(path.read_text("utf-8") for path in Path(package.__file__).parent.glob("*.py"))
    assert "insert(tables.change)" in source
    assert not re.search(r"(update|delete)\(\s*(tables\.)?change\b|(tables\.)?\bchange\.(update|delete)\(", source)
    assert not re.search(r"\b(UPDATE|DELETE FROM|DROP)\b[^\n]*\bchange\b", source)


def test_postgresql_understands_the_tables() -> None:
    dialect = postgresql.dialect()
    for table in tables.metadata.sorted_tables:
        text = str(CreateTable(table).compile(dialect=dialect))
        assert text.lstrip().startswith("CREATE TABLE")
        for index in table.indexes:
            assert "CREATE INDEX" in str(CreateIndex(index).compile(dialect=dialect))
    assert "body JSON NOT NULL" in str(CreateTable(tables.record).compile(dialect=dialect))


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(StoreTrouble) as caught:
        Store("postgresql://ana:hush-hush@127.0.0.1:1/club")
    assert "127.0.0.1" in str(caught.value)
    assert "hush-hush" not in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_fork_uses_connections_of_its_own(ana) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls"})
    child = os.fork()
    if child == 0:
        try:
            ana.change("outcome", entry.id, {"quantity": "7"}, entry.version)
        except BaseException:
            os._exit(1)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert ana.get("outcome", entry.id).record.quantity == 7
    ana.add("outcome", {"outcome": "Friends"})
    assert check(ana.store) == []


def test_what_cannot_go_together_is_refused_at_its_field_by_every_way_of_saving(ana) -> None:
    task = ana.add("task", {"name": "Buy bus", "start": "1/3/2026", "finish": "2/3/2026"})
    at, seen = {"finish": "1/2/2026"}, ana.position
    for save in (
        lambda: ana.change("task", task.id, at, task.version),
        lambda: ana.save_many([("task", task.id, at)]),
        lambda: ana.add("task", {"start": "1/3/2026", **at}),
        lambda: ana.save(task.record.model_copy(update={"finish": task.record.start.replace(year=2020)}), task.id, 1),
        lambda: ana.save(task.record.model_copy(update={"finish": task.record.start.replace(year=2020)})),
    ):
        with pytest.raises(BadEntry, match="Ends: This day is before “Starts”") as refused:
            save()
        assert list(refused.value.messages) == ["finish"]
    with pytest.raises(BadEntry, match="Starts: This day is after “Ends”"):
        ana.change("task", task.id, {"start": "1/4/2026"}, task.version)
    assert ana.position == seen, "nothing was written"
    assert ana.change("task", task.id, {"start": "1/4/2026", "finish": "2/4/2026"}, task.version).version == 2


def test_a_circle_is_refused_also_within_one_batch(ana) -> None:
    rows = [("task", "a", {"name": "A", "after": "b"}), ("task", "b", {"name": "B", "after": "c"})]
    ana.save_many(rows)
    with pytest.raises(BadEntry, match="“A” waits for this task already"):
        ana.save_many([("task", "c", {"name": "C", "after": "a"})])
    with pytest.raises(BadEntry, match="“D” waits for this task already") as refused:
        ana.save_many([("task", "d", {"name": "D", "after": "e"}), ("task", "e", {"name": "E", "after": "d"})])
    assert refused.value.place == 1
    with pytest.raises(BadEntry, match="the task itself"):
        ana.change("task", "a", {"after_too": "a"}, 1)
    ana.change("task", "a", {"after": ""}, 1)
    assert ana.add("task", {"name": "C", "after": "a"}), "the circle is open again"


def test_what_was_kept_before_is_shown_and_holds_no_other_change_up(ana) -> None:
    """A workbook from a time when nobody looked: it opens, it can be mended in any order, and undo takes it back."""
    old = {"name": "Buy bus", "start": "2026-03-01", "finish": "2026-02-01", "after": "old"}
    ana.replace_all([("task", "old", old)])  # as it comes back from a file
    entry = ana.get("task", "old")
    assert str(entry.record.finish) == "2026-02-01"
    renamed = ana.change("task", "old", {"name": "Hire bus"}, entry.version)
    with pytest.raises(BadEntry, match="before “Starts”"):
        ana.change("task", "old", {"finish": "2026-02-02"}, renamed.version)
    mended = ana.change("task", "old", {"finish": "2026-03-02"}, renamed.version)
    assert ana.change("task", "old", {"after": ""}, mended.version).record.after is None
    ana.undo(), ana.undo()
    assert str(ana.get("task", "old").record.finish) == "2026-02-01"
    assert package.import_bytes(ana.store, package.export_bytes(ana)).get("task", "old").label == "Hire bus"


def test_the_log_says_days_and_pounds_as_people_write_them(ana) -> None:
    entry = ana.add("budget_line", {"line": "Vests"})
    ana.change("budget_line", entry.id, {"actual": "231.5"}, entry.version)
    assert ana.history(limit=1)[0].summary.endswith("set to £231.50")
    entry = ana.add("reading", {"period_end": "2026-11-20"})
    ana.change("reading", entry.id, {"period_end": "2026-11-27"}, entry.version)
    assert ana.history(limit=1)[0].summary == (
        "Period ends on of “20 November 2026” from 20 November 2026 to 27 November 2026"
    )
    assert ana.get("reading", entry.id).record.label() == "27 November 2026"
