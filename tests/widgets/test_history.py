"""The history as the page shows it: one row for each change, and one for a whole slip of answers."""

from pathlib import Path

from pspworkbook.widgets import history
from pspworkbook.widgets.history import History
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import Store


def test_a_slip_that_is_sent_in_one_go_is_one_row(tmp_path: Path, monkeypatch) -> None:
    """A row for each question would push what people did out of sight. The log keeps every line."""
    with Store(tmp_path / "w.db") as store:
        book = store.create("Ours", author="Ana")
        book.add("person", {"name": "Bo"})
        about = {"ballot": "pulse", "sheet": "a", "value": 4}
        items = ("trust", "commitment", "trust", "commitment")
        book.save_many((("answer", None, {**about, "item": item}) for item in items), "Entered from paper")
        book.add("person", {"name": "Cy"})
        shown = History(Session(book))
        assert [row[2:] for row in shown.rows] == [
            ["Person “Cy” added", ""],
            ["4 answers were given", "Entered from paper"],
            ["Person “Bo” added", ""],
        ]
        assert len(book.history()) == 6 and not shown.more
        monkeypatch.setattr(history, "MOST_AT_ONCE", 3)  # the slip reaches over the edge of what is read
        monkeypatch.setattr(history, "PAGE", 1)
        edge = History(Session(book))
        assert [row[2] for row in edge.rows] == ["Person “Cy” added"] and edge.more
