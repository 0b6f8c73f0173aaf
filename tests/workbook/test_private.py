"""What is private stays out of the history: it says that something changed, never what it says."""

from pathlib import Path

from pspworkbook.workbook import Store


def test_an_answer_and_its_reason_are_not_told(tmp_path: Path) -> None:
    """Whoever reads the history sees that answers came in, and nothing of them."""
    workbook = Store(tmp_path / "w.db").create("Club")
    values = {
        "ballot": "pulse",
        "item": "trust",
        "round": 1,
        "sheet": "s1",
        "sector": "user",
        "value": 2,
        "why": "My secret reason",
    }
    entry = workbook.add("answer", values)
    changed = workbook.change("answer", entry.id, {"why": "Another secret"}, entry.version)
    workbook.delete("answer", entry.id, changed.version)
    said = [change.summary for change in workbook.history()]
    assert said == ["An answer was taken back", "An answer was changed", "An answer was given"]


def test_a_private_field_is_named_and_not_quoted(tmp_path: Path) -> None:
    """What helps a person to take part is theirs to tell."""
    workbook = Store(tmp_path / "w.db").create("Club")
    entry = workbook.add("person", {"name": "Morag"})
    workbook.change("person", entry.id, {"access_needs": "A hearing loop"}, entry.version)
    said = workbook.history(limit=1)[0].summary
    assert said == "What helps them to take part of “Morag” set to something that is kept private"
