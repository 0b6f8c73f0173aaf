"""Phones join with a code: a whole sheet without JavaScript, and nothing but one's own sheet."""

import sqlite3

import pytest
from phones import Form, Phone

from pspworkbook.guide.ballots import ballots
from pspworkbook.serving.limits import Limit
from pspworkbook.workbook import NotAllowed, Store, Workbook, export_bytes, import_bytes, list_keys
from pspworkbook.workbook.joining import close_code, hold, open_code

HOSTILE = "<script>alert(1)</script> \"quotes\" & 'more' 🙂 مرحبا"


@pytest.fixture
def code(ana: Workbook) -> str:
    return open_code(ana, "readiness", "Organisational readiness")


@pytest.fixture
def phone(serve, code) -> Phone:
    return Phone(serve())


def begin(phone: Phone, code: str, sector: str = "third", **fields: str) -> Phone:
    return phone.get(f"/join/{code}").send(sector=sector, **fields)


def given(workbook: Workbook) -> list:
    return [entry.record for entry in workbook.records("answer")]


def test_a_whole_sheet_is_answered_without_a_script_and_saved_page_by_page(phone, code, ana) -> None:
    phone.get(f"/join?code={code.lower()[:3]}%20{code[3:]}")
    assert phone.heading == "Organisational readiness"
    assert "Not kept: your name" in phone.page
    phone.send(sector="third", organisation="The Club")
    questions = ballots()["readiness"].questions
    for number, question in enumerate(questions, 1):
        assert (phone.status, phone.heading) == (200, question.label)
        assert f"Question {number} of {len(questions)}" in phone.page
        assert phone.url.endswith(f"/join/{code}/{number}")
        assert Form(phone.page).scripts == 0
        phone.send(**({"skip": "1"} if number == 2 else {"value": "3", "why": f"Reason {number}"}))
        assert len(given(ana)) == number, "each page is saved when it is sent"
    assert phone.heading == "Thank you"
    answers = given(ana)
    assert [answer.item for answer in answers] == [question.key for question in questions]
    assert [answer.value for answer in answers] == [3, None, 3, 3, 3, 3]
    assert {(one.sector, one.organisation, one.round, one.paper) for one in answers} == {
        ("third", "The Club", 1, False)
    }
    assert len({answer.sheet for answer in answers}) == 1
    assert ana.records("answer")[0].author == "On phones: Organisational readiness"

    # Somebody else on the same phone has a sheet of their own, and sees nothing of the first.
    phone.send()
    assert phone.heading == "Organisational readiness"
    phone.send(sector="none").send(value="1")
    assert (len({answer.sheet for answer in given(ana)}), given(ana)[-1].sector) == (2, None)


def test_an_answer_can_be_changed_and_the_sheet_gone_on_with(phone, code, ana) -> None:
    begin(phone, code).send(value="4", why="As it was")
    phone.get(f"/join/{code}/1")
    assert "As it was" in phone.page
    assert Form(phone.page).fields["value"] == "4"
    phone.send(value="2")
    assert [answer.value for answer in given(ana)] == [2]
    phone.get(f"/join/{code}").send(sector="carer")
    assert phone.url.endswith("/2"), "on to the first that is not answered"
    assert given(ana)[0].sector == "carer", "what was answered moves with the person"


def test_what_is_missing_is_said_at_its_place_and_nothing_typed_is_lost(phone, code, ana) -> None:
    phone.get(f"/join/{code}").send()
    assert "Choose one" in phone.page
    begin(phone, code)
    phone.send(why=HOSTILE)
    assert (phone.status, phone.heading) == (422, "Senior level commitment")
    assert "Choose one of the answers" in phone.page
    assert "&lt;script&gt;" in phone.page
    for wrong in ("9", "-1", "1e9", "²", "3.5", "9" * 200):
        assert phone.send(value=wrong).status == 422
    assert given(ana) == []


def test_what_people_write_stays_text_also_when_it_is_long(phone, code, ana) -> None:
    begin(phone, code, organisation=HOSTILE)
    long = (HOSTILE + "\n") * 400
    assert len(long) > 20_000
    phone.send(value="1", why="\n" + long)
    assert phone.status == 200
    assert given(ana)[0].why == long.strip()
    assert given(ana)[0].organisation == HOSTILE
    phone.get(f"/join/{code}/1")
    assert "<script" not in phone.page
    assert phone.page.count("&lt;script&gt;alert(1)") == 400
    phone.send(value="1", why="x" * 60_000)
    assert (phone.status, "there is room for" in phone.page) == (422, True)
    assert phone.send(value="1", why="x" * 500_000).status == 413
    assert given(ana)[0].why == long.strip()


def test_no_script_is_allowed_and_nothing_is_kept_by_the_browser_but_one_cookie(phone, code) -> None:
    phone.get(f"/join/{code}")
    policy = phone.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert phone.headers["Cache-Control"] == "no-store"
    (cookie,) = phone.jar
    assert (cookie.path, cookie.has_nonstandard_attr("HttpOnly")) == (f"/join/{code}", True)


@pytest.mark.parametrize("wrong", ["BBBBBB", "bbb", "BBBBBBBBBBBB", "%00", "12345", "%F0%9F%99%82"])
def test_a_wrong_code_opens_nothing(phone, wrong) -> None:
    phone.get(f"/join/{wrong}")
    assert (phone.status, "No questions are open" in phone.page, len(phone.jar)) == (404, True, 0)


def test_a_closed_code_lets_nobody_go_on(phone, code, ana) -> None:
    begin(phone, code)
    close_code(ana, "readiness")
    assert phone.send(value="3").status == 404
    assert phone.get(f"/join/{code}/1").status == 404
    assert given(ana) == []
    assert list_keys(ana.store, ana.slug)[0].state == "revoked"


def test_a_code_closes_by_itself_and_a_new_one_replaces_it(phone, code, ana, tmp_path) -> None:
    begin(phone, code)
    with sqlite3.connect(tmp_path / "store.db") as raw:
        raw.execute("UPDATE access_key SET expires_at = '2026-01-01T00:00:00.000000+00:00'")
    assert phone.send(value="3").status == 404
    newer = open_code(ana, "readiness", "Organisational readiness")
    assert newer != code
    assert phone.get(f"/join/{code}").status == 404
    assert phone.get(f"/join/{newer}").status == 200


def test_a_copy_of_the_workbook_opens_nothing(phone, code, ana, store: Store) -> None:
    copy = store.open(import_bytes(store, export_bytes(ana)).slug)
    assert copy.records("sitting")[0].record.code == code
    close_code(ana, "readiness")
    assert phone.get(f"/join/{code}").status == 404


def test_a_form_of_another_site_or_sheet_is_refused(phone, code, ana) -> None:
    begin(phone, code)
    mine = Form(phone.page)
    other = begin(Phone(phone.address), code)
    for token in ("", "made up", Form(other.page).fields["token"]):
        refused = phone.post(mine.action, {**mine.fields, "token": token, "value": "1"})
        assert (refused.status, "no longer good" in refused.page) == (403, True)
    assert Phone(phone.address).post(mine.action, {**mine.fields, "value": "1"}).status == 403, "no cookie"
    assert given(ana) == []


def test_a_sheet_reaches_no_other_sheet_nor_anything_else(phone, code, ana) -> None:
    begin(phone, code).send(value="4", why="Mine")
    mine = ana.records("answer")[0]
    other = begin(Phone(phone.address), code)
    other.send(
        value="1", sheet=mine.record.sheet, id=mine.id, item="willingness", ballot="pulse", round="1", sector="public"
    )
    assert ana.get("answer", mine.id).version == 1
    theirs = ana.records("answer")[1].record
    assert (theirs.ballot, theirs.item, theirs.sector) == ("readiness", "senior-commitment", "third")
    assert theirs.sheet != mine.record.sheet
    # The sheet's identifier, which is in every copy of the workbook, makes no cookie.
    (cookie,) = other.jar
    body, _, signature = cookie.value.partition(".")
    for forged in (
        mine.record.sheet,
        f"{mine.record.sheet}.{signature}",
        f"{body}.{'0' * 32}",
        f"{body}é.{signature}",
        ".",
    ):
        thief = Phone(phone.address)
        thief.opener.addheaders = [("Cookie", f"psp_sheet={forged}".encode().decode("latin-1"))]
        thief.get(f"/join/{code}/1")
        assert thief.heading == "Organisational readiness", "a new, empty sheet"
    assert len({entry.record.sheet for entry in ana.records("answer")}) == 2


def test_the_second_round_is_another_answer_of_the_same_sheet(phone, code, ana) -> None:
    begin(phone, code).send(value="1")
    hold(ana, "readiness", {"round": 2})
    phone.send(value="2")
    assert "The second round" in phone.page
    assert len(given(ana)) == 1, "an answer meant for the first round is not taken for the second"
    phone.send(sector="third").send(value="4")
    assert [(answer.round, answer.value) for answer in given(ana)] == [(1, 1), (2, 4)]


def test_each_group_is_asked_its_own_questions(serve, ana) -> None:
    phone, code = Phone(serve()), open_code(ana, "benefits", "Benefits")
    begin(phone, code, "public").send(value="3")
    assert given(ana)[0].item == "choice.commissioners"
    phone.get(f"/join/{code}").send(sector="user")
    assert [(one.item, one.value, one.sector) for one in given(ana)] == [("choice.commissioners", None, "user")]


def test_a_question_answered_in_words(serve, ana) -> None:
    phone, code = Phone(serve()), open_code(ana, "definitions", "Definitions")
    begin(phone, code)
    assert phone.send(why="  ").status == 422
    phone.send(why="Buying things")
    assert (given(ana)[0].value, given(ana)[0].why) == (None, "Buying things")


def test_guessing_is_stopped_but_not_for_those_who_are_in(phone, code) -> None:
    begin(phone, code)
    guesser = Phone(phone.address)
    codes = [guesser.get(f"/join/{'BCDFGH'[i % 6] * 5}{'BCDFGH'[i // 6 % 6]}").status for i in range(32)]
    assert codes[:30] == [404] * 30
    assert codes[30:] == [429] * 2
    assert guesser.get(f"/join/{code}").status == 429, "a right guess tells nothing either"
    assert phone.send(value="2").status == 200


def test_a_limit_forgets_after_a_while(monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr("pspworkbook.serving.limits.time.monotonic", lambda: now[0])
    limit = Limit(2, 60)
    assert [limit.take("a"), limit.take("a"), limit.take("a"), limit.take("b")] == [True, True, False, True]
    now[0] += 61
    assert limit.take("a")


def test_without_keys_only_this_machine_may_come_in(serve, code) -> None:
    phone = Phone(serve(keys_required=False))
    assert phone.get(f"/join/{code}").status == 200
    assert phone.get(f"/join/{code}", Host="workbook.example.org").status == 403
    assert phone.get("/join", **{"X-Forwarded-For": "192.0.2.1"}).status == 403


def test_only_the_facilitator_opens_a_code(ana, store) -> None:
    from pspworkbook.workbook import new_key

    partner = store.open(key=new_key(store, ana.slug, "partner"))
    for attempt in (lambda: open_code(partner, "pulse", "Pulse"), lambda: close_code(partner, "pulse")):
        with pytest.raises(NotAllowed):
            attempt()
    with pytest.raises(NotAllowed):
        partner.add("sitting", {"ballot": "pulse", "code": "BBBBBB"})
