"""The Analyse page without a browser: what it works out, says and passes on."""

import asyncio
from pathlib import Path

import pytest

from pspworkbook.stages import analyse
from pspworkbook.stages.analyse import page as page_of_analyse
from pspworkbook.stages.page import Closed


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> analyse.Analyse:
    """The page on a fresh example."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "w.db"))
    return analyse.open()


def test_the_published_figures(stage: analyse.Analyse) -> None:
    """From the store through the records to the result, to the penny."""
    result = stage.worked.result
    assert result is not None and result.sroi_ratio is not None
    assert round(result.total_present_value, 2) == 81_741.93
    assert round(result.net_present_value, 2) == 39_366.93
    assert round(result.sroi_ratio, 2) == 1.93
    assert stage.gaps == []


def test_what_cannot_be_counted_is_named_not_guessed(stage: analyse.Analyse) -> None:
    """A missing deadweight is not taken as 0%."""
    entry = stage.workbook.records("outcome")[0]
    stage.workbook.change("outcome", entry.id, {"deadweight": ""}, entry.version)
    stage.session.follow()
    assert [name for _, name, _ in stage.worked.left_out] == [entry.label]
    assert len(stage.worked.ids) == 6
    assert any("deadweight" in gap.sentence and gap.stops for gap in stage.gaps)


def test_the_scope_decides_on_discounting(stage: analyse.Analyse) -> None:
    """The first year in full: 2.00 to 1, as published for that convention."""
    scope = stage.workbook.the("forecast")
    stage.workbook.change("forecast", scope.id, {"discount_first_year": "No"}, scope.version)
    stage.session.follow()
    assert stage.worked.result is not None and round(stage.worked.result.sroi_ratio or 0, 2) == 2.00


def test_every_part_of_the_page_is_counted(stage: analyse.Analyse, capsys: pytest.CaptureFixture[str]) -> None:
    """The frame waits for as many parts as the cells show."""
    before = stage.frame.parts
    stage.way()
    stage.step("impact")
    stage.result()
    assert stage.frame.parts == before + 2 + 3 + 8


def test_a_workbook_that_cannot_be_opened_says_why_and_lets_the_page_pass(
    stage: analyse.Analyse, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other cells of the notebook run quietly."""
    closed = analyse.open("no-such-workbook")
    assert isinstance(closed, Closed)
    assert closed.step("scope") is None and closed.workbook is None


def test_the_range_of_a_long_map_follows_the_ratio(stage: analyse.Analyse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever types sees the ratio first; the range comes when nothing else waits, also when the page has just opened."""
    monkeypatch.setattr(page_of_analyse, "QUICK_ROWS", 3)

    async def visit() -> None:
        stage.session.start("test")
        part = stage._so_far()
        assert "(the range follows)" in part.html
        for _ in range(200):
            await asyncio.sleep(0.01)
            if "the range follows" not in part.html:
                break
        assert "from your own ranges for 6 figures" in part.html
        entry = stage.workbook.records("outcome")[2]
        stage.workbook.change("outcome", entry.id, {"financial_proxy": "3000"}, entry.version)
        seen: list[str] = []
        part.observe(lambda change: seen.append(change["new"]), "html")
        stage.session.follow()
        for _ in range(600):
            await asyncio.sleep(0.01)
            if len(seen) > 1:
                break
        ratio, range_ = seen
        assert "£1.29" in ratio and "(the range follows)" in ratio
        assert "£1.29" in range_ and "from your own ranges for 6 figures" in range_

    asyncio.run(visit())


def test_a_result_does_not_claim_that_people_were_asked(stage: analyse.Analyse) -> None:
    """As soon as nothing is written down of how stakeholders were asked, the passage beside the ratio says so."""
    assert stage._result()["rests"] == "It says what the people you asked expect to change"
    for entry in stage.workbook.records("stakeholder"):
        stage.workbook.change("stakeholder", entry.id, {"involved": ""}, entry.version)
    stage.session.follow()
    assert "you yourselves expect" in stage._result()["rests"]
