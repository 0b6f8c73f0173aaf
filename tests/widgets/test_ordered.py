"""A register in an order: what is chosen is the page's own, a move is one save, and nobody's steps are out of reach."""

from pathlib import Path

import pytest

from pspworkbook.documents.register_sheet import as_csv
from pspworkbook.records.journey import JourneyStep
from pspworkbook.widgets.ordered import Copy, OrderedRegister
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.taking import take_rows
from pspworkbook.workbook import Store, Workbook


@pytest.fixture
def workbook(tmp_path: Path) -> Workbook:
    """Two journeys; the first has three steps of today, written down in another order."""
    with Store(tmp_path / "w.db") as store:
        ours = store.create("Ours")
        jean, kirsty = (ours.add("journey", {"name": name}).id for name in ("Jean", "Kirsty"))
        for what, order in (("third", 3), ("first", 1), ("second", 2)):
            ours.add("journey_step", {"what": what, "order": order, "journey": jean, "version": "now"})
        ours.add("journey_step", {"what": "hers", "order": 1, "journey": kirsty, "version": "now"})
        yield ours


def register_of(workbook: Workbook, **more: object) -> OrderedRegister:
    return OrderedRegister(Session(workbook), "journey_step", within=("journey", "version"), **more)


def say(part: OrderedRegister, **message: object) -> dict[str, object]:
    """What the part answers to a message from the page."""
    return part.reply(message, [])[0]


def shown(part: OrderedRegister) -> list[str]:
    return [row["values"]["what"] for row in part.rows]


def id_of(part: OrderedRegister, what: str) -> str:
    return next(row["id"] for row in part.rows if row["values"]["what"] == what)


def test_the_steps_of_the_first_journey_stand_in_order(workbook: Workbook) -> None:
    part = register_of(workbook)
    assert shown(part) == ["first", "second", "third"]
    assert [one["chosen"] for one in part.within] == [workbook.records("journey")[0].id, "now"]


def test_a_move_is_one_save_that_one_undo_takes_back(workbook: Workbook) -> None:
    part = register_of(workbook)
    answer = say(part, do="move", id=id_of(part, "third"), by=-1)
    assert answer["said"] == "“third” is number 2 of 3."
    assert shown(part) == ["first", "third", "second"]
    say(part, do="move", id=id_of(part, "first"), by=-1)  # it is the first already
    assert shown(part) == ["first", "third", "second"]
    workbook.undo()
    part.session.follow()
    assert shown(part) == ["first", "second", "third"]


def test_another_number_is_a_move_and_what_is_no_number_is_refused_at_the_field(workbook: Workbook) -> None:
    part = register_of(workbook)
    row = part.rows[2]
    answer = say(part, do="change", id=row["id"], version=row["version"], values={"order": "1"})
    assert answer["ok"] and shown(part) == ["third", "first", "second"]
    assert [row["values"]["order"] for row in part.rows] == ["1", "2", "3"]
    say(part, do="change", id=row["id"], version=answer["version"], values={"order": "99"})
    assert shown(part) == ["first", "second", "third"] and part.rows[2]["values"]["order"] == "3"
    answer = say(part, do="change", id=row["id"], version=part.rows[2]["version"], values={"order": "soon"})
    assert "whole number" in answer["errors"]["order"]  # type: ignore[index]


def test_two_people_who_move_at_once_lose_nothing(workbook: Workbook) -> None:
    mine, theirs = register_of(workbook), register_of(workbook)
    step = id_of(mine, "first")
    say(theirs, do="change", id=step, version=1, values={"pain": "Long"})
    say(theirs, do="move", id=id_of(theirs, "third"), by=-1)
    say(mine, do="move", id=step, by=1)  # this page had not yet seen either
    assert shown(mine) == ["third", "first", "second"]
    assert workbook.get("journey_step", step).record.pain == "Long"


def test_a_new_step_stands_last_in_what_is_chosen(workbook: Workbook) -> None:
    part = register_of(workbook)
    kirsty = workbook.records("journey")[1].id
    say(part, do="choose", name="journey", value=kirsty)
    assert shown(part) == ["hers"]
    made = workbook.get("journey_step", str(say(part, do="add")["id"])).record
    assert (made.journey, made.version, made.order) == (kirsty, "now", 2)
    assert say(part, do="choose", name="journey", value="nobody")["refused"] == "This is no longer there to choose."


def test_a_link_to_a_step_chooses_its_journey_and_one_to_a_gap_goes_to_where_it_is_filled(workbook: Workbook) -> None:
    part, told = register_of(workbook), []
    part.on_choice(lambda: told.append(dict(part.chosen)))
    hers = next(entry for entry in workbook.records("journey_step") if entry.record.what == "hers")
    assert say(part, do="locate", id=hers.id)["there"]
    assert shown(part) == ["hers"]
    jean = workbook.records("journey")[0].id
    assert say(part, do="locate", id=f"{jean}~wanted")["add"]
    assert told[-1] == {"journey": jean, "version": "wanted"}
    assert "there" not in say(part, do="locate", id="nothing")


def test_steps_of_a_journey_that_is_removed_can_still_be_reached(workbook: Workbook) -> None:
    part = register_of(workbook)
    jean = workbook.records("journey")[0]
    workbook.delete("journey", jean.id, jean.version, unlink=True)
    part.session.follow()
    assert shown(part) == ["hers"]
    assert part.within[0]["options"][-1] == {"value": "", "text": "Not said yet"}
    say(part, do="choose", name="journey", value="")
    assert shown(part) == ["first", "second", "third"]


def test_without_anything_to_stand_in_nothing_is_added(tmp_path: Path) -> None:
    with Store(tmp_path / "e.db") as store:
        part = register_of(store.create("Empty"), needs="First say whose it is.")
        assert say(part, do="add")["refused"] == "First say whose it is."


def test_copies_are_offered_for_what_is_chosen(workbook: Workbook) -> None:
    copy = Copy(lambda chosen: [{"what": "copy", **chosen}] if chosen["version"] == "wanted" else [], lambda _: "Copy")
    part = register_of(workbook, copy=copy)
    assert part.seeds == 0
    say(part, do="choose", name="version", value="wanted")
    assert (part.seeds, part.seed_words) == (1, "Copy")
    say(part, do="seed")
    assert shown(part) == ["copy"]


def test_a_spreadsheet_holds_the_order_and_takes_it_back(workbook: Workbook) -> None:
    part = register_of(workbook)
    names = {"journey": {entry.id: entry.label for entry in workbook.records("journey")}}
    rows = [(entry.id, entry.record) for entry in workbook.records("journey_step")]
    sheet = as_csv(JourneyStep, rows, names).decode("utf-8-sig")
    assert take_rows(part.session, "journey_step", "a.csv", sheet.encode())["said"].startswith(
        "0 rows taken. 4 rows as"
    )
    turned = sheet.replace(",3,third", ",0,third")
    take_rows(part.session, "journey_step", "a.csv", turned.encode())
    assert shown(part) == ["third", "first", "second"]
