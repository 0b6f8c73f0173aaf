"""What cannot work is said in one sentence, with exit status 2 and nothing that only a programmer understands."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest
import servers

from pspworkbook.workbook import Store, make_example


def refused(folder: Path, *arguments: str, command: str = "dashboards") -> str:
    """Run the command, which must refuse; returns the sentence."""
    done = subprocess.run(
        [sys.executable, "-m", "pspworkbook", command, "--no-browser", *arguments],
        env=servers.environment(folder),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=servers.PATIENCE,
    )
    assert done.returncode == 2, done
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_port_in_use(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(tmp_path, "--port", str(port), "--store", str(tmp_path / "w.db"))
    assert f"Port {port}" in said
    assert "Choose another one" in said


def test_a_port_that_is_none(tmp_path: Path):
    assert "is not a port" in refused(tmp_path, "--port", "http")
    assert "is not a port" in refused(tmp_path, "--port", "70000")


@pytest.mark.parametrize("command", ["dashboards", "lab"])
def test_a_store_in_a_folder_that_cannot_be_made(tmp_path: Path, command: str):
    (tmp_path / "file").write_text("a file, not a folder")
    store = tmp_path / "file" / "w.db"
    assert str(store.parent) in refused(tmp_path, "--store", str(store), command=command)


def test_a_store_that_is_a_folder(tmp_path: Path):
    assert str(tmp_path) in refused(tmp_path, "--store", str(tmp_path))


def test_a_database_that_is_damaged(tmp_path: Path):
    store = tmp_path / "w.db"
    with Store(store) as good:
        make_example(good)
    data = bytearray(store.read_bytes())
    data[100 : len(data) // 2] = b"\xff" * (len(data) // 2 - 100)
    store.write_bytes(data)
    assert str(store) in refused(tmp_path, "--store", str(store))
    assert store.read_bytes() == data, "what can still be rescued is left as it is"


def test_a_file_that_is_no_database(tmp_path: Path):
    store = tmp_path / "letter.docx"
    store.write_bytes(b"PK\x03\x04" * 500)
    assert str(store) in refused(tmp_path, "--store", str(store))
    assert store.read_bytes() == b"PK\x03\x04" * 500


def test_a_database_of_another_program(tmp_path: Path):
    import sqlite3

    store = tmp_path / "other.db"
    with sqlite3.connect(store) as other:
        other.execute("create table contacts (name text)")
    assert "another program" in refused(tmp_path, "--store", str(store))


def test_an_address_that_is_not_this_machines(tmp_path: Path):
    with Store(tmp_path / "w.db") as store:
        make_example(store)
    said = refused(tmp_path, "--host", "no.such.host.invalid", "--store", str(tmp_path / "w.db"))
    assert "no.such.host.invalid" in said
