"""Where a workbook stood at a place in its log, for what comes back from outside and has not seen the rest."""

from pspworkbook.workbook import Store, Workbook
from pspworkbook.workbook.three_way import three_way


def test_what_was_touched_since_is_as_it_stood_there(ana: Workbook) -> None:
    """An edit, a removal, a new record, and one that was taken back; what nobody touched is not named."""
    one, two, still = (ana.add("person", {"name": name}) for name in ("Ann", "Bo", "Cy"))
    mark = ana.mark(ana.position)
    ana.change("person", one.id, {"name": "Anna"}, one.version)
    ana.change("person", one.id, {"name": "Annie"}, one.version + 1)
    ana.delete("person", two.id, two.version)
    new = ana.add("person", {"name": "Dee"})
    ana.undo()
    found = ana.stood_at(mark, ["person"])
    assert found is not None and still.id not in {id_ for _, id_ in found}
    names = {id_: body and body["name"] for (_, id_), body in found.items()}
    assert names == {one.id: "Ann", two.id: "Bo", new.id: None}
    assert ana.stood_at(mark, ["task"]) == {} and ana.stood_at(ana.mark(0), ["task"]) == {}


def test_a_mark_of_another_log_says_nothing(store: Store, ana: Workbook) -> None:
    other = store.create("Another")
    other.add("person", {"name": "Zed"})
    ana.add("person", {"name": "Ann"})
    assert ana.stood_at(other.mark(1), ["person"]) is None
    for nonsense in ("", "x", "99999", "-1 now", "9" * 5000, "１ 2026"):
        assert ana.stood_at(nonsense, ["person"]) is None


def test_all_of_one_save_is_found_by_any_of_its_lines(ana: Workbook) -> None:
    ana.add("person", {"name": "Ann"})
    made = ana.save_many([("person", None, {"name": "Bo"}), ("person", None, {"name": "Cy"})])
    assert [change.id for change in ana.batch_of(made[1].seq)] == [entry.id for entry in made]


def test_three_way() -> None:
    """Passed on as read; edited; edited to what it already is; edited on both sides; changed here alone."""
    base = {"read": 1, "edit": 1, "alike": 1, "both": 1, "here": 1}
    found = three_way({"read": 1, "edit": 2, "alike": 2, "both": 2, "here": 1}, base, {**base, "alike": 2, "both": 3, "here": 4})  # fmt: skip
    assert found == ({"edit": 2, "alike": 2, "both": 2}, ("both",), ("here",))
    assert found.agreed == {"edit": 2, "alike": 2}
