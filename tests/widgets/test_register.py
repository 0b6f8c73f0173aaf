"""A register answers the page: whatever the page says, roles and messages are decided here."""

from pathlib import Path

import pytest

from pspworkbook.methods.sroi.signs import HELD, as_meant
from pspworkbook.records import Outcome
from pspworkbook.widgets.register import WINDOW, Derived, Register, Remark
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import Store, Workbook, make_example, new_key


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with the example."""
    store = Store(tmp_path / "w.db")
    make_example(store)
    return store


@pytest.fixture
def workbook(store: Store) -> Workbook:
    """The example."""
    return store.open()


def say(part: Register, **message: object) -> dict[str, object]:
    """What the part answers to a message from the page."""
    return part.reply(message, [])[0]


def test_rows_and_columns_come_from_the_declaration(workbook: Workbook) -> None:
    """Shown as a person would type them; a reference offers the names of what it points to."""
    register = Register(Session(workbook), "outcome")
    row = next(row for row in register.rows if row["label"].startswith("Better health"))
    assert row["values"]["attribution"] == "10%" and row["values"]["quantity"] == "90"
    assert {option["text"] for option in register.options["stakeholder"]} >= {"Residents", "Volunteers"}
    percent = next(field for field in register.fields if field["name"] == "deadweight")
    assert percent["title"] == "Deadweight" and percent["needed"]


def test_a_change_is_saved_and_said(workbook: Workbook) -> None:
    """With its number in the log, for a reason to be added."""
    register = Register(Session(workbook), "outcome")
    row = register.rows[0]
    answer = say(register, do="change", id=row["id"], version=row["version"], values={"deadweight": "12%"})
    assert answer["ok"] and "Deadweight" in str(answer["said"])
    assert workbook.get("outcome", row["id"]).record.deadweight == 0.12
    assert register.rows[0]["values"]["deadweight"] == "12%"
    assert say(register, do="explain", seq=answer["seq"], reason="Asked the ward")["ok"]
    assert workbook.history(limit=1)[0].reason == "Asked the ward"


def test_a_bad_entry_comes_back_at_its_field(workbook: Workbook) -> None:
    """And nothing is saved."""
    register, before = Register(Session(workbook), "outcome"), workbook.position
    row = register.rows[0]
    answer = say(register, do="change", id=row["id"], version=row["version"], values={"deadweight": "10"})
    assert answer["errors"] == {"deadweight": "Write 10% or 0.1: a number without the % sign must lie between 0 and 1."}
    assert workbook.position == before


def test_a_clash_shows_both(workbook: Workbook) -> None:
    """Theirs comes back to be shown beside what was typed; nothing is overwritten."""
    register = Register(Session(workbook), "outcome")
    row = register.rows[0]
    workbook.change("outcome", row["id"], {"deadweight": "20%"}, row["version"])
    answer = say(register, do="change", id=row["id"], version=row["version"], values={"deadweight": "30%"})
    assert answer["clash"]["values"]["deadweight"] == "20%"  # type: ignore[index]
    assert workbook.get("outcome", row["id"]).record.deadweight == 0.2


@pytest.mark.parametrize(
    "message",
    [
        {"do": "change", "values": {"deadweight": "9%"}},
        {"do": "delete"},
        {"do": "add"},
        {"do": "explain", "seq": 1, "reason": "x"},
    ],
)
def test_a_viewer_who_forges_a_message_changes_nothing(store: Store, message: dict[str, object]) -> None:
    """A browser can send what it likes; the role is checked at the store's door."""
    key = new_key(store, "wheels-to-meals", "viewer")
    workbook = store.open(key=key)
    register, before = Register(Session(workbook), "outcome"), workbook.position
    row = register.rows[0]
    answer = say(register, **{"id": row["id"], "version": row["version"], **message})
    assert not answer["ok"] and "viewer" in str(answer["refused"])
    assert workbook.position == before and register.readonly


def test_a_partner_sees_the_scope_but_cannot_change_it(store: Store) -> None:
    """The shared registers are theirs to edit; the forms stay with the facilitator."""
    workbook = store.open(key=new_key(store, "wheels-to-meals", "partner", "Red Cross"))
    assert Register(Session(workbook), "forecast").readonly
    register = Register(Session(workbook), "outcome")
    assert not register.readonly and say(register, do="add")["ok"]
    assert workbook.history(limit=1)[0].author == "Red Cross"


@pytest.mark.parametrize(
    "message",
    [{}, {"do": "nothing"}, {"do": "change"}, {"do": "change", "id": [], "version": "x", "values": 3}, "text", None],
)
def test_nonsense_does_no_harm(workbook: Workbook, message: object) -> None:
    """Whatever a page may send."""
    register, before = Register(Session(workbook), "outcome"), workbook.position
    register._hear(register, message, [])
    assert workbook.position == before


def many(workbook: Workbook, count: int) -> Register:
    """A register of this many people more than one window holds."""
    workbook.save_many([("person", f"p{number:04}", {"name": f"Person {number:04}"}) for number in range(count)])
    return Register(Session(workbook), "person")


def test_a_long_register_shows_a_window(workbook: Workbook) -> None:
    """The page never holds thousands of inputs; it turns, finds, and goes to a record that a link names."""
    register = many(workbook, 2 * WINDOW)
    total = register.window["total"]
    assert len(register.rows) == WINDOW and total > 2 * WINDOW
    say(register, do="turn", to=WINDOW)
    assert register.window["from"] == WINDOW and len(register.rows) == WINDOW
    say(register, do="turn", to=10**6)
    assert register.rows and register.window["from"] < total, "beyond the end is the end"
    assert say(register, do="find", words="person 0007")["said"] == "1 found"
    assert [row["label"] for row in register.rows] == ["Person 0007"]
    assert say(register, do="locate", id="p0099")["there"]
    assert "p0099" in [row["id"] for row in register.rows] and not register.window["query"]
    assert "there" not in say(register, do="locate", id="nobody")


def test_what_is_added_is_in_sight(workbook: Workbook) -> None:
    register = many(workbook, 2 * WINDOW)
    assert say(register, do="add")["id"] in [row["id"] for row in register.rows]


def test_a_record_says_where_it_is_used_and_leaves_no_loose_ends(workbook: Workbook) -> None:
    """Removed everywhere in one save: one undo brings back the record and all that pointed to it."""
    register = Register(Session(workbook), "stakeholder")
    row = next(row for row in register.rows if row["label"] == "Residents")
    found = say(register, do="uses", id=row["id"])
    assert found["points"] >= 5 and any("Fewer falls" in use["words"] for use in found["uses"])
    assert "Outcomes" in found["summary"]
    assert say(register, do="delete", id=row["id"], version=row["version"], unlink=True)["ok"]
    assert not any(entry.record.stakeholder == row["id"] for entry in workbook.records("outcome"))
    workbook.undo()
    assert workbook.get("stakeholder", row["id"])
    assert any(entry.record.stakeholder == row["id"] for entry in workbook.records("outcome"))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_register_as_a_file_comes_back_and_changes_nothing(workbook: Workbook, kind: str) -> None:
    """And an edit made elsewhere changes the record that it came from, and only the fields that the file has."""
    register, before = Register(Session(workbook), "outcome"), workbook.position
    answer, buffers = register.reply({"do": "file", "as": kind}, [])
    data = b"".join(buffers)
    back = register.reply({"do": "piece", "piece": 0, "of": 1, "name": answer["name"]}, [data])[0]
    assert back["said"] == "0 rows taken. 8 rows as before." and workbook.position == before
    row = register.rows[0]
    edited = say(register, do="paste", text=f"id\tHow many\n{row['id']}\t11\n")
    assert edited["said"] == "0 rows taken. 1 row changed."
    after = workbook.get("outcome", row["id"]).record
    assert after.quantity == 11 and after.outcome == row["label"] and after.stakeholder


def test_a_reading_is_named_by_its_measure_and_shows_its_figures(store: Store) -> None:
    """Central figures stand in the row; a row without a name of its own sounds like no other."""
    workbook = store.create("Figures")
    measure = workbook.add("measure", {"indicator": "Falls"}).id
    workbook.add("reading", {"measure": measure, "period_end": "2026-01-31", "value": 17, "n": 24})
    register = Register(Session(workbook), "reading")
    assert [row["label"] for row in register.rows] == ["Falls, 31 January 2026"]
    assert {"value", "n"} <= {field["name"] for field in register.fields if field["shown"]}


def test_who_may_only_look_is_never_sent_what_is_private(store: Store) -> None:
    workbook = store.create("Small")
    workbook.add("reading", {"period_end": "2026-01-31", "value": 971377, "n": 3})
    looking = store.open(workbook.slug, key=new_key(store, workbook.slug, "viewer", "Vi"))
    register = Register(Session(looking), "reading")
    assert register.readonly and not any(shown in str(register.rows) for shown in ("971377", "971,377"))
    assert not {"value", "n"} & {field["name"] for field in register.fields}


def test_what_is_kept_and_cannot_be_is_flagged_at_its_field(workbook: Workbook) -> None:
    """It came from a file, or from a time when nobody looked: the row is there, with the sentence."""
    bodies = [("task", "bad", {"name": "Bus", "start": "2026-03-02", "finish": "2026-03-01"})]
    workbook.replace_all(bodies)
    row = Register(Session(workbook), "task").rows[0]
    assert row["wrong"] == {"finish": "This day is before “Starts” (2 March 2026). Change one of the two."}
    assert row["values"]["finish"] == "2026-03-01"


def test_a_remark_stands_at_its_row_and_its_button_mends_it_once(workbook: Workbook) -> None:
    """One save, with the button's words as the reason; pressed again, when the row says otherwise, it does nothing."""

    def remark(record: Outcome) -> Remark | None:
        loss = record.direction == "negative" and (record.financial_proxy or 0) > 0
        return ("Odd.", {"loss": ("Count it as a loss", {"financial_proxy": -5})}) if loss else None

    register = Register(Session(workbook), "outcome", only=["outcome", "financial_proxy"], remark=remark)
    row = register.rows[0]
    assert row["remark"] == {"text": "", "mends": []}
    workbook.change("outcome", row["id"], {"direction": "negative"}, row["version"])
    register.session.follow()
    row = register.rows[0]
    assert row["remark"] == {"text": "Odd.", "mends": [{"key": "loss", "words": "Count it as a loss"}]}
    answer = say(register, do="change", id=row["id"], version=row["version"], values={"financial_proxy": "6"})
    assert answer["remark"] == "Odd."
    assert say(register, do="mend", id=row["id"], key="loss")["ok"]
    assert workbook.get("outcome", row["id"]).record.financial_proxy == -5
    assert workbook.history(limit=1)[0].reason == "Count it as a loss"
    assert not say(register, do="mend", id=row["id"], key="loss")["ok"]
    assert register.rows[0]["remark"]["text"] == ""


def test_a_register_takes_what_was_typed_as_it_is_meant_and_says_so(workbook: Workbook) -> None:
    """Somebody has said that it is a loss; the value comes afterwards, without its minus sign."""
    register = Register(Session(workbook), "outcome", only=["outcome", "financial_proxy"], adjust=as_meant)
    row = register.rows[0]
    workbook.change("outcome", row["id"], {"direction": "negative", "financial_proxy": ""}, row["version"])
    register.session.follow()
    version = register.rows[0]["version"]
    answer = say(register, do="change", id=row["id"], version=version, values={"financial_proxy": "6"})
    assert answer["ok"] and HELD in answer["said"]
    assert workbook.get("outcome", row["id"]).record.financial_proxy == -6


def test_a_heading_that_is_a_term_explains_itself(workbook: Workbook) -> None:
    """By the glossary, where the field is named by a term of SROI; the same word elsewhere is an everyday word."""
    meanings = {field["title"]: field["meaning"] for field in Register(Session(workbook), "outcome").fields}
    for title, term in (
        ("Share due to others", "Attribution"),
        ("Drop-off", "Drop-off"),
        ("Value of one, £", "Financial proxy"),
    ):
        assert meanings[title].startswith(f"{term}: "), title
    assert meanings["Why these four percentages"] == ""
    register = Register(Session(workbook), "outcome")
    register.derive([Derived("Present value, £")])
    assert register.derived[0]["meaning"].startswith("Present value: ")
    assert not any(field["meaning"] for field in Register(Session(workbook), "pestel").fields)
