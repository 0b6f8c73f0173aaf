"""What can go wrong around a store: two writers at once, a killed writer, a full or locked or damaged disk."""

import os
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy import event

from pspworkbook.workbook import Clash, Store, StoreTrouble, WorkbookError, make_example
from pspworkbook.workbook.replay import check

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def in_a_process_of_its_own(work) -> int:
    """Start ``work`` in a child process; it leaves with status 0 only when the work went well."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


# Writers


@needs_fork
def test_two_writers_at_once_lose_nothing(store, ana) -> None:
    counter = ana.add("outcome", {"outcome": "Counted by both", "quantity": "0"})
    rounds = 40

    def write(name: str) -> None:
        with Store(store.address) as own:
            workbook = own.open(ana.slug, author=name)
            for number in range(rounds):
                workbook.add("stakeholder", {"name": f"{name} {number}"})
                while True:
                    now = workbook.get("outcome", counter.id)
                    try:
                        counted = now.record.model_copy(update={"quantity": now.record.quantity + 1})
                        workbook.save(counted, counter.id, now.version)
                        break
                    except Clash:  # the other was quicker: read again, and count on from there
                        continue

    children = [in_a_process_of_its_own(lambda name=name: write(name)) for name in ("Bo", "Cat")]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    assert ana.get("outcome", counter.id).record.quantity == 2 * rounds
    assert {entry.label for entry in ana.records("stakeholder")} == {
        f"{name} {number}" for name in ("Bo", "Cat") for number in range(rounds)
    }
    assert check(store) == []


@needs_fork
def test_two_processes_make_the_store_and_the_example_at_the_same_time(tmp_path) -> None:
    def begin() -> None:
        with Store(tmp_path / "new" / "store.db") as own:
            make_example(own)

    children = [in_a_process_of_its_own(begin) for _ in range(4)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    with Store(tmp_path / "new" / "store.db") as store:
        assert len(store.workbooks()) == 1
        assert check(store) == []


@needs_fork
def test_a_writer_killed_at_any_moment_leaves_nothing_half_written(store, ana) -> None:
    chance = random.Random(2026)
    entry = ana.add("outcome", {"outcome": "Written by the killed", "quantity": "0"})
    told, tell = os.pipe()

    def write_for_ever() -> None:
        with Store(store.address) as own:
            workbook = own.open(ana.slug, author="Killed", mark=False)
            while True:
                now = workbook.get("outcome", entry.id)
                workbook.save_many(
                    [
                        ("outcome", entry.id, {"quantity": now.record.quantity + 1}),
                        ("stakeholder", None, {"name": "X"}),
                        ("input", None, {"value": 1}),
                    ]
                )
                os.write(tell, b".")  # only what has been reported as saved must be there afterwards

    for _ in range(25):
        child = in_a_process_of_its_own(write_for_ever)
        os.read(told, 1)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        os.set_blocking(told, False)
        try:
            while os.read(told, 4096):
                pass
        except BlockingIOError:
            pass
        os.set_blocking(told, True)
        assert check(store) == []
        batches = len(ana.records("stakeholder"))
        assert len(ana.records("input")) == batches == ana.get("outcome", entry.id).record.quantity
    assert batches >= 25


@needs_fork
@pytest.mark.parametrize("statement", range(1, 9))
def test_a_writer_killed_between_any_two_statements_of_a_save(store, ana, statement) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls"})
    before, survived = ana.history(), ana.get("outcome", entry.id)

    def write() -> None:
        with Store(store.address) as own:
            workbook = own.open(ana.slug, mark=False)
            seen = []

            @event.listens_for(own._connect(), "before_cursor_execute")
            def count(*_arguments: object) -> None:
                seen.append(1)
                if len(seen) == statement:
                    os.kill(os.getpid(), signal.SIGKILL)

            @event.listens_for(own._connect(), "commit")
            def last(_connection: object) -> None:
                os.kill(os.getpid(), signal.SIGKILL)

            workbook.save_many([("outcome", entry.id, {"quantity": "7"}), ("stakeholder", None, {"name": "Residents"})])

    assert os.WTERMSIG(os.waitpid(in_a_process_of_its_own(write), 0)[1]) == signal.SIGKILL
    assert (ana.history(), ana.get("outcome", entry.id)) == (before, survived)
    assert check(store) == []
    ana.add("stakeholder", {"name": "The next save goes through"})


# The place


def test_a_folder_that_cannot_be_made_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreTrouble, match="a part of that path is a file"):
        Store(tmp_path / "file" / "store.db")


def test_a_folder_is_no_store(tmp_path) -> None:
    with pytest.raises(StoreTrouble, match="is a folder"):
        Store(tmp_path)


@pytest.mark.parametrize("address", ["", "   ", ":memory:", "a\x00b", "nonsense://", "mydb://host/x"])
def test_an_address_that_is_none_is_refused(address) -> None:
    with pytest.raises(StoreTrouble):
        Store(address)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_or_folder_that_this_user_may_not_write_is_named(tmp_path) -> None:
    Store(tmp_path / "a.db").close()
    (tmp_path / "a.db").chmod(0o400)
    with pytest.raises(StoreTrouble, match="may not write"):
        Store(tmp_path / "a.db")
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(StoreTrouble, match="may not write"):
        Store(tmp_path / "closed" / "a.db")


def test_a_store_that_must_be_there_is_not_made(tmp_path) -> None:
    with pytest.raises(StoreTrouble, match="no such file"):
        Store(tmp_path / "a.db", make=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [b"stakeholder,outcome\n", b'{"format": "pspworkbook"}', b"SQLite format 3\x00" + b"junk" * 500, os.urandom(9000)],
)
def test_a_file_that_is_no_database_is_left_alone(tmp_path, content) -> None:
    path = tmp_path / "map.csv"
    path.write_bytes(content)
    with pytest.raises(StoreTrouble):
        Store(path)
    assert path.read_bytes() == content


def test_another_program_s_database_is_left_alone(tmp_path) -> None:
    with sqlite3.connect(tmp_path / "bookmarks.db") as raw:
        raw.execute("CREATE TABLE bookmark (url)")
    with pytest.raises(StoreTrouble, match="belongs to another program"):
        Store(tmp_path / "bookmarks.db")
    with sqlite3.connect(tmp_path / "bookmarks.db") as raw:
        assert raw.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmark",)]


def test_a_file_that_is_taken_away_is_missed_not_silently_made_anew(tmp_path, store, ana) -> None:
    ana.add("stakeholder", {"name": "Residents"})
    for path in tmp_path.glob("store.db*"):
        path.unlink()
    for work in (lambda: ana.records("stakeholder"), lambda: ana.add("stakeholder", {}), lambda: ana.position):
        with pytest.raises(StoreTrouble, match="it is gone"):
            work()
    assert not (tmp_path / "store.db").exists()


def test_a_closed_store_says_so(ana) -> None:
    ana.store.close()
    ana.store.close()
    with pytest.raises(StoreTrouble, match="closed"):
        ana.records("outcome")


# The disk


def limited(store: Store, pragma: str) -> None:
    """Let every transaction of a store begin under a limit that SQLite itself enforces."""

    @event.listens_for(store._connect(), "begin", insert=True)
    def limit(connection) -> None:
        connection.connection.dbapi_connection.execute(pragma)


def test_a_full_disk_loses_nothing_that_was_saved(store, ana) -> None:
    saved = ana.add("outcome", {"outcome": "Fewer falls", "description": "x"})
    limited(store, "PRAGMA max_page_count = 1")  # SQLite takes the size that the file has now
    with pytest.raises(StoreTrouble, match=r"is full\. Nothing was saved"):
        for _ in range(20):
            ana.add("outcome", {"description": "words " * 5000})
    with Store(store.address) as again:
        workbook = again.open(ana.slug)
        assert workbook.records("outcome")[0] == saved
        assert check(again) == []
        workbook.add("outcome", {"outcome": "There is room again"})


def test_a_store_that_can_only_be_read_can_still_be_read(store, ana) -> None:
    entry = ana.add("outcome", {"outcome": "Fewer falls"})
    limited(store, "PRAGMA query_only = ON")
    with pytest.raises(StoreTrouble, match=r"can be read but not written\. Nothing was saved"):
        ana.change("outcome", entry.id, {"quantity": "7"}, entry.version)
    assert store.open(ana.slug).records("outcome") == [entry]


def test_a_store_that_another_program_locks_is_waited_for_then_named(tmp_path, store, ana) -> None:
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store(tmp_path / "store.db", patience=0.1) as hasty:
        workbook = hasty.open(ana.slug)
        assert workbook.records("outcome") == [], "reading goes on while somebody writes"
        with pytest.raises(StoreTrouble, match="in use by another program"):
            workbook.add("outcome", {"outcome": "Fewer falls"})
        other.execute("COMMIT")
        workbook.add("outcome", {"outcome": "Fewer falls"})
    other.close()


def test_a_damaged_file_is_told_apart_or_refused_but_never_crashes(tmp_path, store) -> None:
    make_example(store).store.close()
    sound = (tmp_path / "store.db").read_bytes()
    chance = random.Random(7)
    refused = 0
    for number in range(40):
        damaged = bytearray(sound)
        start = chance.randrange(len(damaged))
        damaged[start : start + chance.choice([1, 40, 4096])] = chance.randbytes(40)
        if number % 4 == 0:
            del damaged[start:]
        path = tmp_path / f"damaged-{number}.db"
        path.write_bytes(bytes(damaged))
        try:
            with Store(path) as opened:
                workbook = opened.open("wheels-to-meals", author="Ana")
                for kind in ("outcome", "input", "person"):
                    workbook.records(kind)
                [change.summary for change in workbook.history()]
                workbook.add("outcome", {"outcome": "One more"})
                check(opened)
        except WorkbookError as error:
            assert Path(path).name in str(error) or "cannot be read" in str(error) or "no workbook" in str(error)
            refused += 1
    assert refused > 10, "most damage is noticed"
