"""Scrutiny, proxies and who gains without a browser: what the parts of the Analyse page do with a workbook."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pspworkbook.documents.report_html import as_html
from pspworkbook.documents.sroi_report import report_of
from pspworkbook.methods.sroi import evidence
from pspworkbook.stages import analyse
from pspworkbook.stages.analyse import gains, proxies, scrutiny
from pspworkbook.stages.analyse.report import facts_of
from pspworkbook.stages.analyse.spreadsheet import value_map_of
from pspworkbook.widgets.proxies import Proxies
from pspworkbook.widgets.questions import Questions
from pspworkbook.widgets.record_facts import used
from pspworkbook.widgets.register import Register
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import Store, open_workbook
from pspworkbook.workbook.errors import WorkbookError

CARE = "fewer-falls-geriatric-continuing-care"
SATISFIED = "more-satisfied-with-life"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> analyse.Analyse:
    """The page on a fresh example."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "w.db"))
    return analyse.open()


@pytest.fixture
def parts(stage: analyse.Analyse) -> list[Any]:
    """Everything that the page shows from here on."""
    shown: list[Any] = []
    stage.show = lambda *more: shown.extend(more)  # type: ignore[method-assign]
    return shown


def change(stage: analyse.Analyse, kind: str, id_: str, **values: object) -> None:
    entry = stage.workbook.the(kind) if kind == "forecast" else stage.workbook.get(kind, id_)
    stage.workbook.change(kind, entry.id, values, entry.version)
    stage.session.follow()


# What a sceptic asks -------------------------------------------------------------------------------------------------


def questions(stage: analyse.Analyse, parts: list[Any]) -> Questions:
    stage.sceptic()
    return next(part for part in parts if isinstance(part, Questions))


def group(part: Questions, name: str) -> dict[str, Any]:
    return next(one for one in part.state["groups"] if one["name"].startswith(name))


def test_who_says_so_tells_where_people_are_added_as_long_as_nobody_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "w.db"))
    with Store(tmp_path / "w.db") as store:
        store.create("Hall")
    ours = open_workbook("hall")
    session = Session(ours)
    session.address = lambda page: f"/{page}"
    part = Questions(session, lambda: [], lambda _: "", ["outcome"], place=lambda _: "", gone=lambda: [], rule="")
    assert part.state["add"] == {
        "tool": "Team and steering group builder",
        "page": "Form a partnership",
        "href": "/form#tool-FP-6",
    }
    ours.add("person", {"name": "Ann"})
    session.follow()
    assert part.state["add"] == {} and part.state["people"][0]["text"] == "Ann"


def test_each_question_stands_once_with_its_row_and_can_be_answered(stage: analyse.Analyse, parts: list[Any]) -> None:
    part = questions(stage, parts)
    keys = [one["key"] for row in part.state["groups"] for one in row["asked"]]
    assert len(keys) == len(set(keys)) == part.state["open"] + part.state["answered"]
    one = group(part, "Fewer falls: visits")["asked"][0]
    assert one["href"] == "#impact-fewer-falls-visits-to-accident-and-emergency-deadweight"

    answer, _ = part.reply({"do": "answer", "key": one["key"], "reply": " "}, [])
    assert "Write the reason" in answer["errors"]["reply"]
    before = part.state["open"]
    answer, _ = part.reply(
        {"do": "answer", "key": one["key"], "reply": "They fell as often before", "by": "calum-reid"}, []
    )
    assert answer["ok"] and part.state["open"] == before - 1
    given = group(part, "Fewer falls: visits")["asked"][0]["replies"][0]
    assert given["said"].startswith("Calum Reid, ") and given["since"] == []
    second, _ = part.reply({"do": "answer", "key": one["key"], "reply": "Another"}, [])
    assert "Somebody has just answered this" in second["refused"]


def test_an_answer_goes_out_of_date_and_can_be_said_to_hold(stage: analyse.Analyse, parts: list[Any]) -> None:
    part = questions(stage, parts)
    assert part.state["stale"] == 1, "the example's own"
    one = next(one for one in group(part, "Fewer falls: stays")["asked"] if one["replies"])
    assert one["replies"][0]["since"] == ["How many: 6, now 7"]
    reply = one["replies"][0]
    holds = {"do": "holds", "key": one["key"], "id": reply["id"], "version": reply["version"]}
    assert part.reply(holds, [])[0]["ok"] and part.state["stale"] == 0
    change(stage, "outcome", "fewer-falls-stays-on-a-geriatric-assessment-ward", quantity="5")
    assert part.state["stale"] == 1
    stage.workbook.undo()
    stage.session.follow()
    assert part.state["stale"] == 0, "the row says again what the answer was given to"


def test_two_people_who_change_one_answer_see_both(stage: analyse.Analyse, parts: list[Any]) -> None:
    part = questions(stage, parts)
    one = next(one for one in group(part, "Fewer falls: geriatric")["asked"] if one["replies"])
    reply = one["replies"][0]
    change(stage, "checker_reply", reply["id"], reply="Theirs")
    said = {"do": "answer", "key": one["key"], "id": reply["id"], "version": reply["version"], "reply": "Mine"}
    clash = part.reply(said, [])[0]["clash"]
    assert clash["reply"] == "Theirs"
    assert part.reply({**said, "version": clash["version"]}, [])[0]["ok"]
    withdrawn, _ = part.reply({"do": "withdraw", "key": one["key"], "id": reply["id"]}, [])
    assert withdrawn["ok"] and reply["id"] not in {entry.id for entry in stage.workbook.records("checker_reply")}


def test_an_answer_to_a_figure_that_was_changed_is_kept_apart(stage: analyse.Analyse, parts: list[Any]) -> None:
    part = questions(stage, parts)
    change(stage, "outcome", "fewer-falls-stays-on-a-geriatric-assessment-ward", deadweight="20%")
    assert [one["id"] for one in part.state["gone"]] == ["reply-deadweight"]
    assert part.reply({"do": "answer", "key": "outcome:nowhere#none", "reply": "x"}, [])[0]["refused"]


# Kept or left out ----------------------------------------------------------------------------------------------------


def test_what_is_left_out_does_not_count_until_it_is_called_in(stage: analyse.Analyse) -> None:
    """The published ratio stands with an eighth outcome that is left out, and moves with a decision."""
    assert stage.worked.excluded == ((SATISFIED, pytest.approx(12 * 13000 * 0.49 / 1.035)),)
    assert stage.worked.result is not None and round(stage.worked.result.total_present_value, 2) == 81_741.93
    facts = scrutiny._material(stage)
    assert facts["rows"][-1].kept is False and "A reader will ask why" in facts["findings"][-1].sentence
    change(stage, "outcome", SATISFIED, included="yes")
    assert SATISFIED in stage.worked.ids and stage.worked.excluded == ()
    assert round(stage.worked.result.sroi_ratio or 0, 2) == 3.67
    change(stage, "outcome", CARE, included="no", included_reason="Too unsure")
    assert CARE not in stage.worked.ids and not any(gap.id == CARE for gap in stage.gaps)


def test_a_decision_that_is_changed_does_not_keep_the_reason_the_name_and_the_day_of_the_old_one(
    stage: analyse.Analyse, parts: list[Any]
) -> None:
    """They are flagged at the row, listed as not whole, and printed nowhere as those of the new decision."""
    change(
        stage,
        "outcome",
        CARE,
        included_reason="They told us that it matters",
        decided_by="The cooks",
        decided_on="2026-03-04",
    )
    change(stage, "outcome", CARE, included="yes")

    def listed() -> list[str]:
        return [gap.sentence for gap in scrutiny._material(stage)["findings"] if gap.id == CARE]

    assert listed() == []
    change(stage, "outcome", CARE, included="no")
    stage.material()
    register = next(part for part in parts if isinstance(part, Register))
    remark = next(row["remark"] for row in register.rows if row["id"] == CARE)
    assert remark["text"].count("“Counts in the forecast” was Yes (now No)") == 1
    assert all(title in remark["text"] for title in ("“Why it is kept, or left out”", "“Who decided”", "“Decided on”"))
    assert "decided before it was changed" in listed()[0]
    report = as_html(report_of(facts_of(stage.workbook, stage.session.now)))
    before_trail = report[: report.rindex("Audit trail of the assumptions")]
    assert "They told us that it matters" not in before_trail and "4 March 2026" not in before_trail
    assert "Not said since the decision was changed" in before_trail and "decided before it was changed" in before_trail
    passage = next(chain for chain in scrutiny._chains(stage)["chains"] if chain.id == CARE).passage
    assert passage[-1] == "It was left out."

    change(stage, "outcome", CARE, included_reason="Nobody can say how many")
    assert "Nobody can say how many" in as_html(report_of(facts_of(stage.workbook, stage.session.now)))
    assert "Say by whom and when, or that it still holds" in listed()[0]
    assert register.reply({"do": "mend", "id": CARE, "key": "still"}, [])[0]["ok"]
    assert not any("before it was changed" in sentence for sentence in listed())


def test_the_share_of_what_was_left_out_is_that_which_it_would_have(stage: analyse.Analyse) -> None:
    """The shares of what counts add up to all; in the report the other one stands in a table of its own."""
    rows = {row.id: row for row in scrutiny._material(stage)["rows"]}
    kept = sum(row.share for row in rows.values() if row.kept is not False)
    assert kept == pytest.approx(1) and rows[SATISFIED].share == pytest.approx(0.4543, abs=0.001)
    report = as_html(report_of(facts_of(stage.workbook, stage.session.now)))
    assert "45.4% if it counted" in report and "Materiality of each outcome that was left out" in report


def test_the_principles_are_eight_and_the_last_is_new(stage: analyse.Analyse) -> None:
    rows = scrutiny._principles(stage)["rows"]
    assert [principle.in_2011 for principle, _, _ in rows] == [True] * 7 + [False]
    assert [bool(met) for _, met, _ in rows] == [True] * 7 + [False]


def test_a_verification_that_is_older_than_the_figures_says_so(stage: analyse.Analyse) -> None:
    """On the page and three times in the report; not as long as the figures stand as they did, or stand so again."""
    today = dt.date.today()
    entry = stage.workbook.add(
        "verification",
        {"what": "All of it", "by": "An assurer", "independent": "yes", "date": today, "verdict": "sound"},
    )
    stage.session.follow()

    def said() -> tuple[bool, int]:
        report = as_html(report_of(facts_of(stage.workbook, stage.session.now)))
        return "All of it" in scrutiny._principles(stage)["old"], report.count(evidence.OVERTAKEN[1:])

    assert said() == (False, 0)
    change(stage, "outcome", CARE, deadweight="20%")
    assert said() == (True, 6), "cover, verification and what is still open, for each of two"
    change(stage, "outcome", CARE, deadweight="0%")
    assert said()[0] is False, "what was put back is what was verified"
    change(stage, "outcome", CARE, deadweight="20%")
    change(stage, "verification", entry.id, date=today - dt.timedelta(days=900))
    assert said()[0] is False, "the log begins after that day: it tells from when the day was entered on"


# Proxies -------------------------------------------------------------------------------------------------------------


def test_a_shipped_proxy_goes_into_an_outcome_in_one_save(stage: analyse.Analyse, parts: list[Any]) -> None:
    """It joins the library, says where it is used, and one undo takes all of it back."""
    part = Proxies(stage.session, lambda: proxies.index(stage))
    part.reply({"do": "find", "words": "single assessment"}, [])
    (one,) = part.state["shown"]
    assert [way["value"] for way in one["ways"]] == ["given", "source", "uprated"] and "check before use" in one[
        "short"
    ]
    refused, _ = part.reply({"do": "put", "id": one["id"], "outcome": "", "way": "given"}, [])
    assert "Choose the outcome" in refused["errors"]["outcome"]
    before = next(row["now"] for row in part.state["outcomes"] if row["value"] == "new-clubs-and-friends")
    assert before.startswith("“How many” is 16, and it stands at £48.25") and before.endswith("which this replaces.")
    done, _ = part.reply({"do": "put", "id": one["id"], "outcome": "new-clubs-and-friends", "way": "uprated"}, [])
    assert "£929.42" in done["said"]
    assert (
        "It stood at £48.25 before." in done["said"]
        and "see that “How many”, which is 16, counts just that" in done["said"]
    )
    outcome = stage.workbook.get("outcome", "new-clubs-and-friends").record
    assert (outcome.financial_proxy, outcome.proxy_year, outcome.proxy_from) == (929.42, 2024, "gmca-ss5")
    assert outcome.proxy_licence.startswith("CC BY 4.0") and "row SS5.1" in outcome.proxy_source
    assert part.state["shown"][0]["used"] == ["New clubs and friends"] and part.state["shown"][0]["own"]
    assert "New clubs and friends" in used(stage.session, "proxy", "gmca-ss5")["uses"][0]["words"]
    history = stage.workbook.history("outcome", "new-clubs-and-friends", limit=1)
    assert "÷ 74.5894" in history[0].reason
    stage.workbook.undo()
    stage.session.follow()
    assert stage.workbook.get("outcome", "new-clubs-and-friends").record.financial_proxy == 48.25
    assert "gmca-ss5" not in {entry.id for entry in stage.workbook.records("proxy")}


def test_a_year_without_an_index_is_refused_until_the_workbook_has_it(stage: analyse.Analyse, parts: list[Any]) -> None:
    stage.show(*proxies.shelf(stage))
    part = next(one for one in parts if isinstance(one, Proxies))
    register = parts[-1]
    part.reply({"do": "find", "words": "assessment", "year": "2025/26"}, [])
    assert "no figure for 2025/26" in part.state["shown"][0]["trouble"]
    wrong, _ = part.reply({"do": "find", "year": "soon"}, [])
    assert "is not a year" in wrong["errors"]["year"] and part.state["year"] == "2025/26"
    register.reply({"do": "seed"}, [])
    assert register.seeds == 0 and len(stage.workbook.records("price_index")) == 10
    stage.workbook.add("price_index", {"year": "2025/26", "index": "103", "source": "Our look-up"})
    stage.session.follow()
    assert "£957.30" in part.state["shown"][0]["ways"][-1]["text"]
    assert proxies._facts(stage)["own"] and "Our look-up" in proxies.index(stage).source
    change(stage, "price_index", stage.workbook.records("price_index")[0].id, index="80")
    assert register.seeds == 0, "a figure that was changed is not offered again"


def test_rows_of_a_file_come_in_and_what_is_wrong_is_named(stage: analyse.Analyse) -> None:
    from pspworkbook.widgets.taking import take_rows

    table = "What it stands for,Value £,For what,Price year,Source,Licence\nA bus fare,2.10,a trip,2025/26,The operator,Ours\nA taxi,lots,a trip,2025/26,The operator,Ours\n"  # fmt: skip
    answer = take_rows(stage.session, "proxy", "proxies.csv", table.encode())
    assert answer["said"].startswith("1 row taken") and "Row 3" in answer["problems"][0]
    assert stage.workbook.records("proxy")[-1].record.price_year == 2025


def test_a_value_that_left_its_proxy_is_found(stage: analyse.Analyse) -> None:
    assert proxies._facts(stage)["findings"] == []
    change(stage, "proxy", "club-membership", value="60")
    (gap,) = proxies._facts(stage)["findings"]
    assert gap.id == "new-clubs-and-friends" and "£60.00" in gap.sentence


# Who gains -----------------------------------------------------------------------------------------------------------


def test_the_purse_is_split_as_its_holders_see_it(stage: analyse.Analyse) -> None:
    purse = gains.split(stage)
    assert purse is not None and stage.worked.result is not None
    assert purse.total == pytest.approx(stage.worked.result.by_beneficiary()["public_purse"])
    assert purse.by_kind()["cash"] == pytest.approx(48_013 / 1.035)
    facts = gains._purse(stage)
    assert "is not cash" in facts["sentence"] and facts["heads"][0].startswith("Year 1 (20")


def test_with_importance_instead_of_money_there_is_no_ratio_anywhere(stage: analyse.Analyse, parts: list[Any]) -> None:
    """The scope's switch: no ratio in the words, the pictures, the doubts or the file; the ranking stands."""
    change(stage, "forecast", "forecast", valuing="weights")
    assert stage.worked.by_weights and stage.worked.result is None
    assert {gap.field for gap in stage.gaps} == {"importance"}, "what is missing is importance, not money"
    for show in (stage.result, stage.ranges, stage.worlds, stage.tests, stage.scenarios, stage.material, stage.gains):
        show()
    stage.show(stage._so_far())
    said = io.StringIO()
    for part in parts:
        said.write(f"{getattr(part, 'html', '')} {getattr(part, 'state', '')} {getattr(part, 'picture', '')}")
    text = said.getvalue()
    assert "there is no ratio" in text and "sroi-ratio" not in text and "for every £1" not in text
    assert gains._weighed(stage)[0].name == "New clubs and friends"
    with pytest.raises(WorkbookError, match="no ratio"):
        value_map_of(stage.workbook, stage.session.now)
