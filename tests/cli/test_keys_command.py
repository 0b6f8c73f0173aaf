"""``pspworkbook keys``: a link is shown once, listed without its secret, and withdrawn."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from pspworkbook.cli import main
from pspworkbook.workbook import NotAllowed, Store, check_key


@pytest.fixture
def keys(tmp_path: Path, capsys):
    """Run ``pspworkbook keys`` on a store with the workbook ``club``."""
    with Store(tmp_path / "store.db") as store:
        store.create("Club")

    def keys(*arguments: str) -> tuple[int, str, str]:
        status = main(["keys", *arguments, "--store", str(tmp_path / "store.db")])
        said = capsys.readouterr()
        return status, said.out, said.err

    return keys


def secret_in(said: str) -> str:
    return parse_qs(urlsplit(said.splitlines()[0]).query)["key"][0]


def test_a_new_link_opens_the_workbook_in_its_role(keys, tmp_path) -> None:
    status, said, _ = keys("new", "club", "--role", "partner", "--for", "Ana", "--days", "7")
    assert status == 0
    assert said.startswith("http://127.0.0.1:8866/?key=")
    assert "shown only now" in said
    with Store(tmp_path / "store.db") as store:
        access = check_key(store, secret_in(said))
    assert (access.role, access.author, access.workbook) == ("partner", "Ana", "club")


def test_the_link_leads_to_the_address_that_partners_use(keys) -> None:
    assert keys("new", "club", "--role", "viewer", "--address", "http://192.168.1.20:9000/")[1].startswith(
        "http://192.168.1.20:9000/?key="
    )


def test_the_list_shows_whose_they_are_but_not_the_keys(keys) -> None:
    assert "No key yet" in keys("list", "club")[1]
    secret = secret_in(keys("new", "club", "--role", "partner", "--for", "Ana", "--days", "7")[1])
    keys("new", "club", "--role", "viewer")
    listed = keys("list", "club")[1]
    assert secret not in listed
    first, second = listed.splitlines()
    assert first.split()[:4] == ["1", "partner", "good,", "until"]
    assert first.endswith("Ana")
    assert second.split() == ["2", "viewer", "good", "Viewer"]


def test_a_withdrawn_key_opens_nothing(keys, tmp_path) -> None:
    secret = secret_in(keys("new", "club", "--role", "facilitator", "--for", "Ana")[1])
    assert keys("revoke", "club", "1") == (0, "Key 1 (Ana) no longer opens anything.\n", "")
    assert "revoked" in keys("list", "club")[1]
    with Store(tmp_path / "store.db") as store, pytest.raises(NotAllowed):
        check_key(store, secret)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["new", "nowhere", "--role", "partner"], "There is no workbook called “nowhere”"),
        (["new", "club", "--role", "king"], "king"),
        (["new", "club"], "--role"),
        (["new", "club", "--role", "partner", "--days", "0"], "A key can last"),
        (["new", "club", "--role", "partner", "--days", "soon"], "not a number of days"),
        (["new", "club", "--role", "partner", "--address", "javascript:alert(1)"], "is not an address"),
        (["revoke", "club", "9"], "has no key number 9"),
        (["revoke", "club", "9" * 30], "has no key number"),
        (["list", "nowhere"], "There is no workbook called “nowhere”"),
    ],
)
def test_trouble_is_one_sentence_and_status_2(keys, arguments, sentence) -> None:
    status, said, complaint = keys(*arguments)
    assert (status, said) == (2, "")
    assert sentence in complaint
    assert complaint.count("\n") == 1
