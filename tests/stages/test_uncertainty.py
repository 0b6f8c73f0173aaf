"""“How sure are we?” without a browser: from the records to ranges, worlds, tests and scenarios."""

import asyncio
import dataclasses
import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from pspworkbook.documents.report_html import as_html
from pspworkbook.documents.sroi_report import report_of
from pspworkbook.documents.value_map import value_map_xlsx
from pspworkbook.methods.sroi.simulate import simulate
from pspworkbook.methods.sroi.worlds import in_words
from pspworkbook.methods.words import pounds
from pspworkbook.stages import analyse
from pspworkbook.stages.analyse import scrutiny, uncertainty
from pspworkbook.stages.analyse.report import facts_of
from pspworkbook.stages.analyse.spreadsheet import value_map_of
from pspworkbook.stages.page import words
from pspworkbook.widgets import simulate as widget
from pspworkbook.widgets.simulate import Simulate


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> analyse.Analyse:
    """The page on a fresh example."""
    monkeypatch.setenv("PSPWORKBOOK_STORE", str(tmp_path / "w.db"))
    return analyse.open()


def test_the_example_has_ranges_of_its_own_and_rough_edges(stage: analyse.Analyse) -> None:
    """One figure has two ranges, and one range leaves out its figure; the page names both."""
    doubt = uncertainty.doubt_of(stage.session.now)
    assert doubt is not None and doubt.case.ratio == pytest.approx(1.929, abs=1e-3)
    assert len(doubt.ranges.given) == 6
    said = [gap.sentence for gap in uncertainty._range_findings(stage)["findings"]]
    assert len(said) == 2 and "two ranges" in said[0] and "outside its range" in said[1]
    assert uncertainty.settings_of(stage.session.now).rank_correlation == 0.5


def test_the_page_shows_the_published_switching_values(stage: analyse.Analyse) -> None:
    """As computed from the published example."""
    lines = {name: at for name, _, at in uncertainty._switching(stage)["groups"]}
    falls = "Falls a year that do not happen (3 outcomes)"
    assert (lines[f"{falls}: deadweight"], lines[f"{falls}: how many"]) == ("49.9%", "3.51")


def test_a_hard_winter_lies_between_low_and_high(stage: analyse.Analyse) -> None:
    """The example's four scenarios."""
    ratios = {one.name: one.ratio or 0.0 for one in uncertainty._played(stage)}
    assert ratios["Low"] < ratios["A hard winter"] < ratios["Central"] < ratios["High"]


def test_every_part_is_counted(stage: analyse.Analyse, capsys: pytest.CaptureFixture[str]) -> None:
    """The frame waits for as many parts as the cells show."""
    before = stage.frame.parts
    stage.ranges()
    stage.worlds()
    stage.tests()
    stage.scenarios()
    assert stage.frame.parts == before + 3 + 8 + 3 + 5


def test_without_a_ratio_the_page_still_stands(stage: analyse.Analyse, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is put in: no ratio, no trouble."""
    for entry in stage.workbook.records("input"):
        stage.workbook.delete("input", entry.id, version=entry.version)
    stage.session.follow()
    stage.ranges()
    stage.worlds()
    stage.tests()
    stage.scenarios()
    assert uncertainty.doubt_of(stage.session.now) is None
    assert uncertainty._played(stage) == []


def test_the_button_draws_while_the_page_stays_awake(stage: analyse.Analyse, monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells its progress, gives a result, and works it out anew when a figure changes; the page ticks on meanwhile."""
    monkeypatch.setattr(widget, "CALM", 0.0)
    shown: list[widget.Drawn | None] = []

    def prepare() -> tuple[object, object]:
        doubt = uncertainty.doubt_of(stage.session.now)
        return (doubt.ranges if doubt else None), uncertainty.settings_of(stage.session.now)

    async def visit() -> None:
        button = Simulate(stage.session, prepare, shown.append, uncertainty.KINDS)  # type: ignore[arg-type]
        told: list[float | None] = []
        button.observe(lambda change: told.append(change["new"]["share"]), "state")
        button.reply({"do": "start"}, [])
        ticks = 0
        while button._task is not None:
            await asyncio.sleep(0)
            ticks += 1
        assert told[0] == 0.0 and 1.0 in told and told[-1] is None
        assert ticks > len(told)
        entry = stage.workbook.records("outcome")[2]
        stage.workbook.change("outcome", entry.id, {"financial_proxy": "3000"}, entry.version)
        stage.session.follow()
        assert shown[-1] is None, "what no longer holds goes at once"
        while button._task is not None:
            await asyncio.sleep(0)

    asyncio.run(visit())
    before, none, after = shown
    assert before is not None and none is None and after is not None
    assert after.simulation.p50 < before.simulation.p50
    assert before.weights[0].total >= before.weights[-1].total


def test_what_was_asked_for_stands_there_after_a_reload(
    stage: analyse.Analyse, capsys: pytest.CaptureFixture[str]
) -> None:
    """Draws, seed, correlation and result are in the workbook; a figure that changes since is named."""
    doubt = uncertainty.doubt_of(stage.session.now)
    assert doubt is not None
    beside = uncertainty.headline_of(stage)
    stage.workbook.change("simulation", "simulation", {"draws": "10000"}, stage.workbook.the("simulation").version)
    stage.session.follow()
    settings = uncertainty.settings_of(stage.session.now)
    drawn = widget.Drawn(simulate(doubt.ranges, settings), doubt.ranges, [])
    stage.workbook.keep(uncertainty.run_of(drawn))
    again = analyse.open()
    said = uncertainty._said(again, None)
    assert (
        in_words(drawn.simulation) in said
        and "nothing that it rests on has changed since" in said
        and "seed 2011" in said
    )
    stored = again.workbook.the("simulation_run").record
    assert (stored.draws, stored.seed, stored.rank_correlation) == (10_000, 2011, 0.5)
    found = uncertainty.headline_of(again)
    assert found is not None and beside is not None
    assert (found.low, found.high) == (drawn.simulation.p05, drawn.simulation.p95), "the page says one range, not two"
    assert again.status.name == stage.status.name, "what a page works out makes no agreement stale"
    entry = again.workbook.records("figure_range")[0]
    again.workbook.change("figure_range", entry.id, {"low": "1"}, entry.version)
    again.session.follow()
    said, now = uncertainty._said(again, None), uncertainty.headline_of(again)
    assert now is not None and now != found
    assert "Figures or settings have changed since" in said
    result, then = said.split("What it came to then (out of date)")
    assert now.said(what="the ratio") in result and in_words(drawn.simulation) not in result, (
        "what is out of date is never the result"
    )
    assert in_words(drawn.simulation) in then


def test_what_the_page_has_drawn_is_the_range_beside_the_ratio(
    stage: analyse.Analyse, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nobody has asked to keep it: the same figures, one range, in every place."""
    monkeypatch.setattr(widget, "CALM", 0.0)
    buttons: list[Simulate] = []

    class Watched(Simulate):
        def __init__(self, *given: object, **more: object) -> None:
            super().__init__(*given, **more)  # type: ignore[arg-type]
            buttons.append(self)

    monkeypatch.setattr(uncertainty, "Simulate", Watched)
    stage.worlds()
    beside, quick = stage._so_far(), uncertainty.headline_of(stage)
    doubt = uncertainty.doubt_of(stage.session.now)
    assert doubt is not None and quick is not None
    drawn = widget.Drawn(simulate(doubt.ranges, uncertainty.settings_of(stage.session.now)), doubt.ranges, [])
    buttons[0]._show(drawn)
    found = uncertainty.headline_of(stage)
    assert found is not None and found.whole and not quick.whole
    assert (found.low, found.high) == (drawn.simulation.p05, drawn.simulation.p95)
    assert f"({pounds(found.low, pence=True)} to {pounds(found.high, pence=True)} in 90" in beside.html


def test_only_who_may_set_it_keeps_it(stage: analyse.Analyse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The button keeps what was asked for at a press, and not what follows a changed figure."""
    monkeypatch.setattr(widget, "CALM", 0.0)
    kept: list[widget.Drawn] = []
    doubt = uncertainty.doubt_of(stage.session.now)
    assert doubt is not None
    settings = dataclasses.replace(uncertainty.settings_of(stage.session.now), draws=1000)

    async def visit() -> None:
        button = Simulate(stage.session, lambda: (doubt.ranges, settings), lambda _: None, ["-"], kept.append)
        button.reply({"do": "start"}, [])
        while button._task is not None:
            await asyncio.sleep(0)
        button._changed()
        while button._task is not None:
            await asyncio.sleep(0)
        button.recall()
        assert button._task is not None
        while button._task is not None:
            await asyncio.sleep(0)

    asyncio.run(visit())
    assert len(kept) == 1 and kept[0].simulation.settings.draws == 1000


def test_the_button_says_why_it_cannot(stage: analyse.Analyse) -> None:
    """Without a ratio there is nothing to draw."""
    button = Simulate(stage.session, lambda: (None, uncertainty.settings_of(stage.session.now)), lambda _: None, ["-"])
    answer, _ = button.reply({"do": "start"}, [])
    assert not answer["ok"] and "no ratio yet" in answer["refused"]


def test_a_page_that_does_not_simulate_imports_no_scipy(tmp_path: Path) -> None:
    """It would take memory and time from every visitor."""
    code = (
        "from pspworkbook.stages import analyse; import sys; s = analyse.open(); s.ranges(); s.worlds(); s.tests(); "
        "s.scenarios(); print('scipy' in sys.modules)"
    )
    environment = {**os.environ, "PSPWORKBOOK_STORE": str(tmp_path / "w.db")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip().endswith("False")


def test_a_ratio_that_the_group_wants_to_reach_reads_as_money_and_marks_the_tests(stage: analyse.Analyse) -> None:
    """£1.50, not £1.5; tests that stay below it say so; and no seed names the settings in the history."""
    entry = stage.workbook.the("simulation")
    stage.workbook.change("simulation", entry.id, {"threshold": 1.5}, entry.version)
    stage.session.follow()
    assert "2011" not in stage.workbook.history()[0].summary
    notes = {test.key: (test.ratio, note) for test, note in uncertainty._tests(stage)["tests"]}
    for ratio, note in notes.values():
        if ratio is not None:
            assert note == ("below 1.5, even below 1" if ratio < 1 else "below 1.5" if ratio < 1.5 else "")
    assert "below 1.5" in {note for _, note in notes.values()}
    report = as_html(report_of(facts_of(stage.workbook, stage.session.now)))
    assert "Chance that it is above £1.50" in report and "£1.5<" not in report and "below 1.5" in report


def test_a_range_that_clashes_with_its_figure_is_printed_as_it_was_given(stage: analyse.Analyse) -> None:
    """The figure, 7, below the lowest that the group gave: the report prints 9 to 12 and says what was drawn."""
    id_, row = next(
        (entry.id, entry.record)
        for entry in stage.workbook.records("figure_range")
        if entry.record.figure == "quantity"
    )
    now = stage.workbook.get("outcome", row.outcome).record.quantity
    entry = stage.workbook.get("figure_range", id_)
    stage.workbook.change("figure_range", id_, {"low": str(now + 2), "high": str(now + 5)}, entry.version)
    stage.session.follow()
    report = as_html(report_of(facts_of(stage.workbook, stage.session.now)))
    told = f"{now:g} to {now + 5:g}"
    assert f"lies outside this range; it was drawn from {told}" in report
    table = report[report.index("Ranges that the group has given") :]
    assert f">{now + 2:g}</td>" in table[: table.index("</table>")]


def test_the_saved_spreadsheet_has_the_range_beside_its_ratio_as_text(stage: analyse.Analyse) -> None:
    """No ratio without its range; a range in a sheet that recalculates says that it does not."""
    found = value_map_of(stage.workbook, stage.session.now)
    beside = uncertainty.headline_of(stage)
    assert beside is not None and beside.span in found.range[0] and "does not follow changes" in found.range[1]
    assert f"{beside.draws:,} draws, seed {beside.seed}" in found.range[1]
    sheet = openpyxl.load_workbook(io.BytesIO(value_map_xlsx(found))).worksheets[0]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).startswith("SROI ratio")]
    assert row[4] == found.range[0]


def test_a_range_stands_beside_the_figure_as_entered(stage: analyse.Analyse) -> None:
    rows = {entry.id: entry.record for entry in stage.workbook.records("figure_range")}
    (derived,) = uncertainty._entered(stage)
    id_, row = next((id_, row) for id_, row in rows.items() if row.figure == "quantity" and row.outcome)
    assert derived.values[id_] == f"{stage.workbook.get('outcome', row.outcome).record.quantity:g}"


def test_what_does_not_block_the_stage_is_counted_all_the_same(stage: analyse.Analyse) -> None:
    facts = stage._way()
    asked, decisions = facts["unsettled"]
    assert decisions == len({gap.id for gap in scrutiny._material(stage)["findings"]}) > 0
    said = words("way", **{**facts, "gaps": []})
    assert f"{decisions} decision" in said and 'href="#material"' in said and (not asked or "of a sceptic" in said)
