"""The exchange file: everything comes back, and nothing that was damaged or made up gets in."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pspworkbook.workbook import (
    Clash,
    FileRefused,
    Store,
    Workbook,
    compare,
    exchange,
    export_bytes,
    import_bytes,
    list_keys,
    make_example,
    new_key,
)
from pspworkbook.workbook.replay import check


@pytest.fixture
def lived_in(ana, bo) -> Workbook:
    """A workbook in which everything has happened that can happen."""
    falls, friends = ana.save_many(
        [
            ("outcome", "falls", {"outcome": "Fewer falls", "quantity": "7"}),
            ("outcome", "friends", {"outcome": "Friends"}),
        ]
    )
    ana.change("forecast", "forecast", {"activity": "The club", "first_day": "2026-04-06"}, 0)
    bo.change("outcome", falls.id, {"deadweight": "7.1%"}, falls.version, reason="Asked the GPs “twice”")
    with pytest.raises(Clash):
        ana.change("outcome", falls.id, {"deadweight": "30%"}, falls.version)
    bo.undo()
    bo.redo()
    ana.delete("outcome", friends.id, friends.version)
    ana.explain(1, "Workshop")
    ana.rename("Club – Càirdeas 🍲")
    return ana


@pytest.fixture
def data(lived_in) -> bytes:
    return export_bytes(lived_in)


def told(workbook: Workbook) -> list[tuple[Any, ...]]:
    """All that a workbook holds, as a reader sees it."""
    kinds = ("forecast", "outcome", "stakeholder")
    return [
        (entry.id, entry.version, entry.record, entry.author, entry.at, entry.seq)
        for kind in kinds
        for entry in workbook.records(kind)
    ]


def test_everything_comes_back_with_its_history(lived_in, data, store) -> None:
    copy = import_bytes(store, data, author="Cat")
    assert copy.slug != lived_in.slug, "an import makes a new workbook"
    assert (copy.name, told(copy)) == (lived_in.name, told(lived_in))
    assert copy.history()[1:] == lived_in.history()
    assert (copy.history()[0].action, copy.history()[0].author) == ("import", "Cat")
    assert check(store) == []
    assert compare(copy, data) == []
    bo = store.open(copy.slug, author="Bo")
    bo.undo()
    assert bo.get("outcome", "falls").record.deadweight is None, "undo goes on from where it was"
    ana = store.open(copy.slug, author="Ana")
    ana.undo()
    assert [entry.id for entry in ana.records("outcome")] == ["falls", "friends"], "even what was removed can come back"


def test_the_file_opens_in_another_store_under_another_name(data, tmp_path) -> None:
    with Store(tmp_path / "elsewhere.db") as elsewhere:
        copy = import_bytes(elsewhere, data, name="Ours now")
        assert (copy.name, copy.slug, copy.get("outcome", "falls").record.quantity) == ("Ours now", "ours-now", 7.0)


def test_the_same_workbook_gives_the_same_file_but_for_the_time(lived_in, data) -> None:
    first, second = json.loads(data), json.loads(export_bytes(lived_in))
    first.pop("exported_at"), second.pop("exported_at")
    assert first == second
    assert first["checksum"].startswith("sha256:")
    assert (first["format"], first["schema"]) == ("pspworkbook", 1)


def test_keys_never_travel(lived_in, store) -> None:
    secret = new_key(store, lived_in.slug, "partner", "Secretly Bo")
    data = export_bytes(lived_in)
    for hidden in (secret, "Secretly Bo", "hash"):
        assert hidden.encode() not in data
    assert list_keys(store, import_bytes(store, data).slug) == []


def test_the_example_survives_the_journey(store, tmp_path) -> None:
    example = make_example(store)
    with Store(tmp_path / "elsewhere.db") as elsewhere:
        copy = import_bytes(elsewhere, export_bytes(example))
        assert copy.example
        assert [entry.record for entry in copy.records("outcome")] == [
            entry.record for entry in example.records("outcome")
        ]


def test_compare_says_in_words_what_is_different_and_changes_nothing(lived_in, data, store) -> None:
    falls = lived_in.get("outcome", "falls")
    lived_in.change("outcome", "falls", {"deadweight": "20%"}, falls.version)
    lived_in.add("stakeholder", {"name": "Residents"})
    lived_in.rename("Club")
    before = lived_in.position
    assert compare(lived_in, data) == [
        "The name is “Club” here and “Club – Càirdeas 🍲” in the file.",
        "Deadweight of “Fewer falls” is 20% here and 7.1% in the file.",
        "Only here: stakeholder “Residents”.",
    ]
    lived_in.delete("outcome", "falls", lived_in.get("outcome", "falls").version)
    assert "Only in the file: outcome “Fewer falls”." in compare(lived_in, data)
    assert (lived_in.position, len(store.workbooks())) == (before + 1, 1)


UNICODE = st.text(max_size=40)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(name=UNICODE, text=UNICODE, reason=UNICODE, author=UNICODE, quantity=st.floats(0, 1e300), share=st.floats(0, 1))
def test_any_text_in_any_script_and_any_number_comes_back(store, name, text, reason, author, quantity, share) -> None:
    workbook = store.create(f"W {name}", author=author or None)
    workbook.add("outcome", {"outcome": name, "description": text, "quantity": quantity, "deadweight": share}, reason)
    copy = import_bytes(store, export_bytes(workbook))
    assert (copy.name, told(copy), copy.history()[1:]) == (workbook.name, told(workbook), workbook.history())


# What is refused


def signed(content: dict[str, Any], **other: Any) -> bytes:
    """A file whose checksum is right: what a hostile hand would send."""
    file = {
        "format": "pspworkbook",
        "schema": 1,
        "made_by": "0",
        "exported_at": "",
        "checksum": exchange.checksum(content),
        "workbook": content,
    }
    return json.dumps({**file, **other}).encode()


def refused(store: Store, data: bytes) -> str:
    """The sentence with which a file is refused, once it is certain that nothing has changed."""
    before = store.workbooks()
    with pytest.raises(FileRefused) as caught:
        import_bytes(store, data)
    assert store.workbooks() == before
    sentence = str(caught.value)
    assert sentence[0].isupper() or sentence.startswith("“")
    assert sentence.endswith((".", "."))
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\xff\xfe{}", "not text"),
        (b"PK\x03\x04" + bytes(range(256)), "not text"),
        (b"stakeholder,outcome\n", "not a workbook saved by"),
        (b"[]", "not a workbook saved by"),
        (b'{"format": "other"}', "not a workbook saved by"),
        (b'{"format": "pspworkbook"}', "changed or damaged"),
        (b'{"format": "pspworkbook", "schema": true}', "changed or damaged"),
        (b'{"format": "pspworkbook", "schema": 0}', "changed or damaged"),
        (b'{"format": "pspworkbook", "schema": 2}', "newer version"),
        (b'{"format": "pspworkbook", "schema": 1, "schema": 1}', "changed or damaged"),
        (b'{"format": "pspworkbook", "schema": 1, "checksum": 7, "workbook": {}}', "changed or damaged"),
        (b"[" * 100_000, "nested far deeper"),
        (b'{"a":' * 100_000, "nested far deeper"),
        (b'{"a": NaN}', "“NaN” where a number belongs"),
        (b'{"a": -Infinity}', "“-Infinity” where a number belongs"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"9" * 5000 + b"}", "too large"),
        (b'{"a": 99999999999999999}', "too large"),
        (b" " * (exchange.LARGEST + 1), "larger than 50 MB"),
    ],
    ids=lambda value: repr(value[:30]) if isinstance(value, bytes) else None,
)
def test_what_is_no_workbook_is_refused_with_the_reason(store, data, sentence) -> None:
    assert sentence in refused(store, data)


def edit(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change to the content of a file, such as ``edit("records/0/id", "x")``."""

    def work(content: dict[str, Any]) -> None:
        *parents, last = path.split("/")
        place: Any = content
        for part in parents:
            place = place[int(part) if isinstance(place, list) else part]
        place[int(last) if isinstance(place, list) else last] = value

    return work


def everywhere(field: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """The same value in the body of the first record and in the history behind it, so that both still agree."""

    def work(content: dict[str, Any]) -> None:
        for line in (*content["changes"], *content["records"]):
            for body in (line.get("body"), line.get("before"), line.get("after")):
                if line["id"] == "falls" and body:
                    body[field] = value

    return work


HOSTILE = {
    "a part is missing": (lambda content: content.pop("slug"), "The workbook in this file does not have the parts"),
    "a part too many": (edit("keys", []), "does not have the parts"),
    "records are no list": (edit("records", {}), "“records” that is not of the right sort"),
    "no name": (edit("name", " "), "name of the workbook in this file cannot be used"),
    "name too long": (edit("name", "x" * 999), "name of the workbook in this file cannot be used"),
    "a record is text": (edit("records/0", "x"), "Record 1 in this file does not have the parts"),
    "a version is true": (
        edit("records/0/version", True),
        "Record 1 in this file has a “version” that is not of the right sort",
    ),
    "a version is a fraction": (edit("records/0/version", 1.0), "“version” that is not of the right sort"),
    "a version is huge": (edit("records/0/version", 2**40), "“version” that is out of range"),
    "a version is negative": (edit("records/0/version", -1), "“version” that is out of range"),
    "a body is a list": (edit("records/0/body", []), "“body” that is not of the right sort"),
    "an author is a number": (edit("records/0/author", 7), "“author” that is not of the right sort"),
    "another author": (edit("records/0/author", "Mallory"), "not those that its history leads to"),
    "no time": (edit("records/0/at", "yesterday"), "time that cannot be read"),
    "a time without a zone": (edit("records/0/at", "2026-01-01T00:00:00"), "time that cannot be read"),
    "an unknown kind": (edit("records/0/kind", "secret"), "unknown kind, “secret”"),
    "a kind that is a method": (edit("records/0/kind", "__class__"), "unknown kind"),
    "an identifier with a path": (edit("records/0/id", "../x"), "identifier"),
    "a record twice": (lambda content: content["records"].append(content["records"][0]), "twice"),
    "a record is gone": (lambda content: content["records"].pop(), "not those that its history leads to"),
    "records in another order": (lambda content: content["records"].reverse(), "not in the order"),
    "an invalid value": (
        everywhere("deadweight", "lots"),
        "The outcome “Fewer falls” in this file cannot be read. Deadweight: “lots” is not a percentage",
    ),
    "an unknown field": (everywhere("colour", "red"), "There is no field “colour”"),
    "a list for a text": (
        everywhere("description", ["x"]),
        "“description” that is not written as a workbook writes it",
    ),
    "a number as typed": (everywhere("deadweight", "5%"), "“deadweight” that is not written as a workbook writes it"),
    "yes as a number": (everywhere("quantity", True), "cannot be read"),
    "another body": (edit("records/0/body/quantity", 70.0), "not those that its history leads to"),
    "characters that cannot be kept": (everywhere("description", "a\x00b"), "characters that cannot be kept"),
    "a deep body": (everywhere("description", json.loads("[" * 30 + "]" * 30)), "nested far deeper"),
    "a line is missing": (lambda content: content["changes"].pop(2), "Line 3 of the history is missing"),
    "the last line is missing": (lambda content: content["changes"].clear(), "not those that its history leads to"),
    "lines in another order": (lambda content: content["changes"].reverse(), "is missing"),
    "a line twice": (
        lambda content: content["changes"].insert(1, content["changes"][0]),
        "Line 2 of the history is missing",
    ),
    "another batch": (edit("changes/4/batch", 2), "wrong batch"),
    "an unknown action": (edit("changes/0/action", "drop"), "unknown sort, “drop”"),
    "an action that does another thing": (edit("changes/0/action", "delete"), "says “delete”"),
    "another before": (edit("changes/3/before", {}), "does not follow"),
    "a version skipped": (edit("changes/3/version", 9), "skips a version"),
    "a line of an unknown kind": (edit("changes/0/kind", "x" * 99), "unknown kind of record"),
    "a long role": (edit("changes/0/role", "x" * 99), "role"),
    "a line about nothing": (edit("changes/0/id", ""), "identifier"),
    "a rename of a record": (edit("changes/0/action", "rename"), "names a record where none belongs"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_up_by_hand_is_refused_even_with_the_right_checksum(store, data, name) -> None:
    work, sentence = HOSTILE[name]
    content = json.loads(data)["workbook"]
    work(content)
    assert sentence in refused(store, signed(content))


def test_without_the_right_checksum_no_change_gets_in(store, data) -> None:
    file = json.loads(data)
    file["workbook"]["changes"][0]["reason"] = "Somebody else's reason"
    assert "changed or damaged since it was saved" in refused(store, json.dumps(file).encode())


def test_half_a_character_is_refused(store, data) -> None:
    file = json.loads(data)
    file["workbook"]["name"] = "\ud800"
    assert "changed or damaged" in refused(store, json.dumps(file).encode())


def test_a_file_that_breaks_off_is_refused_wherever_it_breaks(store, data) -> None:
    short = data.rstrip()
    for end in {*range(0, len(short), 97), len(short) - 1, len(short) - 2}:
        sentence = refused(store, short[:end])
        assert any(words in sentence for words in ("breaks off", "empty", "not text", "not copied in full")), (
            end,
            sentence,
        )


def test_a_flipped_byte_never_changes_what_is_read(store, data) -> None:
    sound = exchange.read_bytes(data)
    for place in range(0, len(data), 13):
        for mask in (1, 0x20, 0x80):
            damaged = bytearray(data)
            damaged[place] ^= mask
            try:
                read = exchange.read_bytes(bytes(damaged))
            except FileRefused:
                continue
            assert (read.records, read.changes, read.name) == (sound.records, sound.changes, sound.name), place
    assert len(store.workbooks()) == 1


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["name", "slug", "records", "changes", "example", "id", "kind", "body"])
                | st.text(max_size=5),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_at_all_is_refused_with_a_sentence(store, content) -> None:
    try:
        data = signed(content)
    except ValueError:  # NaN has no checksum
        data = json.dumps({"format": "pspworkbook", "schema": 1, "checksum": "", "workbook": content}).encode()
    refused(store, data)
