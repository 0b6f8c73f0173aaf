"""``pspworkbook sroi``: what it prints, where, and with which exit status."""

import json
import os
import subprocess
import sys

import pytest

from pspworkbook import __version__, cli
from pspworkbook.documents.value_map import value_map_xlsx
from pspworkbook.places import data_folder
from pspworkbook.stages.analyse.spreadsheet import value_map_of
from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.workbook import Store, make_example

EXAMPLE = str(data_folder() / "examples" / "wheels-to-meals.csv")
HEADINGS = "stakeholder,outcome,quantity,duration,financial_proxy,deadweight,displacement,attribution,drop_off"


@pytest.fixture
def run(capsys):
    """Runs the command in this process: exit status, stdout, stderr."""

    def command(*arguments):
        status = cli.main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


@pytest.fixture
def a_map(tmp_path):
    """A file with the headings and these rows."""

    def written(*rows, headings=HEADINGS):
        path = tmp_path / "map.csv"
        path.write_text("\n".join([headings, *rows]), encoding="utf-8")
        return str(path)

    return written


def result(run, *arguments):
    status, out, err = run("sroi", *arguments, "--json")
    assert (status, err) == (0, "")
    return json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))


# Results -------------------------------------------------------------------------------------------------------------


def test_as_a_program_with_json():
    command = [sys.executable, "-m", "pspworkbook", "sroi", EXAMPLE, "--investment", "42375", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    answer = json.loads(done.stdout)
    assert set(answer) == {
        "total_present_value",
        "net_present_value",
        "sroi_ratio",
        "net_sroi_ratio",
        "payback_months",
        "value_by_year",
        "present_value_by_year",
        "outcomes",
    }
    assert round(answer["total_present_value"], 2) == 81_741.93
    assert answer["total_present_value"] != 81_741.93  # unrounded
    assert round(answer["sroi_ratio"], 2) == 1.93
    assert len(answer["outcomes"]) == 7
    first = answer["outcomes"][0]
    assert set(first) == {"outcome", "stakeholder", "impact", "present_value"}
    assert (first["stakeholder"], round(first["impact"], 2)) == ("Residents", 625.10)


def test_a_map_that_was_saved_here_says_itself_what_is_put_in_and_at_what_rate(run, tmp_path):
    """The spreadsheet that lives, out of the example and through the command; an option still has the last word."""
    store, path = str(tmp_path / "w.db"), tmp_path / "map.xlsx"
    assert run("example", "--store", store)[0] == 0
    slug = run("list", "--store", store)[1].split()[0]
    assert run("export", slug, "--as", "value-map", "--to", str(path), "--store", store)[0] == 0
    found = result(run, str(path), "--simulate", "2,000", "--seed", "3", "--sensitivity")
    assert round(found["total_present_value"], 2) == 81_741.93 and round(found["sroi_ratio"], 2) == 1.93
    assert found["range"]["p05"] < found["range"]["p50"] < found["range"]["p95"] and found["sensitivity"]
    assert round(result(run, str(path), "--investment", "81741.93")["sroi_ratio"], 2) == 1
    assert result(run, str(path), "--discount-rate", "0")["total_present_value"] > 84_000


def test_the_table_shows_the_published_figures(run):
    status, out, err = run("sroi", EXAMPLE, "--investment", "42,375")
    assert (status, err) == (0, "")
    for figure in ("£33,010.60", "−£1,306.25", "£82,508.57", "£81,741.93", "£39,366.93", "1.93 : 1", "6.16 months"):
        assert figure in out
    assert "For every £1 put in, this service is forecast to be worth about £1.93" in out
    assert "one ratio without a range" in out


def test_the_columns_of_the_table_are_aligned(run):
    _, out, _ = run("sroi", EXAMPLE, "--investment", "42375")
    money = [line for line in out.split("\n\n")[0].splitlines() if "£" in line]
    assert len(money) == 7
    assert len({len(line) for line in money}) == 1  # the figures end in one column


@pytest.mark.parametrize("amount", ["42375", "42,375", "£42,375", "42375.00"])
def test_the_investment_may_be_written_as_people_write_it(run, amount):
    assert round(result(run, EXAMPLE, "--investment", amount)["sroi_ratio"], 2) == 1.93


def test_discount_rate_and_conventions(run):
    def total(*options):
        return round(result(run, EXAMPLE, "--investment", "42375", *options)["total_present_value"], 2)

    assert total("--first-year-undiscounted") == 84_602.90
    assert total("--discount-rate", "5%") == total("--discount-rate", "0.05") < 81_741.93
    assert total("--discount-rate", "0%") == 84_852.10  # the five years added up
    assert total("--green-book") == 81_741.93  # its rate falls after 30 years only


def test_outcomes_after_the_activity_start_when_it_is_over(run, a_map):
    path = a_map("Carers,Rest,1,1,100,0%,0%,0%,0%,after", headings=HEADINGS + ",starts")
    assert result(run, path, "--investment", "50", "--activity-years", "2")["value_by_year"] == [0, 0, 100]


def test_a_payback_that_never_comes_is_null(run, a_map):
    path = a_map("Carers,Rest,1,1,100,0%,0%,0%,0%")
    assert result(run, path, "--investment", "1000")["payback_months"] is None
    assert "never" in run("sroi", path, "--investment", "1000")[1]


def test_ranges_of_the_file_stand_beside_the_ratio(run, a_map):
    """Columns such as quantity_low: in the text and in the JSON, with the rule that made them; refused upside down."""
    path = a_map("R,Rest,10,1,100,10%,0%,0%,0%,5,12", headings=HEADINGS + ",quantity_low,quantity_high")
    found = result(run, path, "--investment", "500")["headline"]
    assert 0.7 < found["low"] < found["high"] < 2.4 and found["own_ranges"] == 1
    assert (
        found["made"]
        == "from the file’s own ranges for 1 figure, and for all others from the band of their evidence grade"
    )
    out = " ".join(run("sroi", path, "--investment", "500")[1].split())
    assert "from the file’s own ranges for 1 figure" in out and "without a range" not in out
    plain = a_map("R,Rest,10,1,100,10%,0%,0%,0%")
    assert "headline" not in result(run, plain, "--investment", "500")
    odd = a_map("R,Rest,10,1,100,10%,0%,0%,0%,15,12", headings=HEADINGS + ",quantity_low,quantity_high")
    status, _, err = run("sroi", odd, "--investment", "500")
    assert status == 2 and "above quantity_high" in err


def test_the_ranges_travel_with_the_spreadsheet_and_stand_beside_the_ratio(run, tmp_path):
    """As on the page: the same figures, and the same figures in doubt, but for what is put in."""
    with Store(tmp_path / "w.db") as store:
        workbook = make_example(store)
        path = tmp_path / "map.xlsx"
        path.write_bytes(value_map_xlsx(value_map_of(workbook, Snapshot(workbook))))
    found = result(run, str(path))
    assert round(found["sroi_ratio"], 2) == 1.93 and found["headline"]["own_ranges"] == 6
    assert found["headline"]["low"] < found["sroi_ratio"] < found["headline"]["high"]


# How sure -------------------------------------------------------------------------------------------------------------


def test_simulate_adds_the_range(run):
    asked = (EXAMPLE, "--investment", "42375", "--simulate", "20000", "--seed", "7")
    answer = result(run, *asked)
    found = answer["range"]
    assert {"p05", "p50", "p95", "chance_above_1"} <= set(found)
    assert 1 < found["p05"] < found["p50"] < found["p95"] < 3
    assert 0.9 < found["chance_above_1"] <= 1
    assert (found["draws"], found["seed"]) == (20_000, 7)
    assert result(run, *asked)["range"] == found, "the same seed, the same range"
    assert "sensitivity" not in answer
    assert result(run, *asked[:-1], "8")["range"]["p50"] != found["p50"]


def test_sensitivity_adds_the_tests_and_the_switching_values(run):
    found = result(run, EXAMPLE, "--investment", "42375", "--sensitivity")["sensitivity"]
    tests = {test["key"]: test["ratio"] for test in found["tests"]}
    assert round(tests["deadweight_50"], 2) == 0.97
    switches = {(switch["figure"], tuple(switch["rows"])): switch for switch in found["switching_values"]}
    assert round(switches["quantity", (1, 2, 3)]["at"], 2) == 3.51
    assert round(switches["deadweight", (1, 2, 3)]["at"], 3) == 0.499
    assert all((switch["at"] is None) == bool(switch["note"]) for switch in found["switching_values"])


def test_the_range_and_the_tests_can_be_read(run):
    status, out, err = run("sroi", EXAMPLE, "--investment", "42375", "--simulate", "10,000", "--sensitivity")
    assert (status, err) == (0, "")
    assert "In 90 of 100 possible worlds" in out and "seed 2011" in out
    assert "Deadweight at 50% for every outcome" in out and "3.51" in out
    assert "one ratio without a range" not in out
    assert "What is put in is taken as known exactly" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--simulate", "10"], "from 1,000"),
        (["--simulate", "many"], "whole number"),
        (["--seed", "-1"], "whole number"),
    ],
)
def test_a_simulation_that_cannot_be_is_refused(run, arguments, says):
    status, out, err = run("sroi", EXAMPLE, "--investment", "42375", *arguments)
    assert (status, out) == (2, "")
    assert says in err


# Refusals ------------------------------------------------------------------------------------------------------------


def test_as_a_program_problems_go_to_stderr_with_status_2(a_map):
    path = a_map("Carers,Rest,1,1,100,5,0%,0%,0%", "Carers,Sleep,one,-1,100,0%,0%,0%,0%")
    command = [sys.executable, "-m", "pspworkbook", "sroi", path, "--investment", "1000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    first, second, third = done.stderr.splitlines()
    assert first.startswith("Row 2, column deadweight: Write 5% or 0.05")
    assert second.startswith("Row 3, column quantity:")
    assert third.startswith("Row 3, column duration:")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--investment", "0"], "more than 0"),
        (["--investment", "-5"], "more than 0"),
        (["--investment", "lots"], "not an amount"),
        (["--investment", "nan"], "not an amount"),
        (["--investment", ""], "value is needed"),
        ([], "What is put in?"),
        (["--investment", "5", "--discount-rate", "5"], "Write 5% or 0.05"),
        (["--investment", "5", "--discount-rate", "5%", "--green-book"], "not allowed with"),
        (["--investment", "5", "--activity-years", "-1"], "cannot be negative"),
        (["--investment", "5", "--colour"], "unrecognized arguments"),
    ],
)
def test_wrong_arguments_get_one_line(run, arguments, says):
    status, out, err = run("sroi", EXAMPLE, *arguments)
    assert (status, out) == (2, "")
    assert says in err
    assert len(err.splitlines()) == 1


def test_wrong_files_get_one_line(run, tmp_path, a_map):
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "headings.csv").write_text(HEADINGS)
    for path, says in [
        (str(tmp_path / "none.csv"), "There is no file"),
        (str(tmp_path), "is a folder"),
        (str(tmp_path / "empty.csv"), "empty"),
        (str(tmp_path / "headings.csv"), "no rows below"),
        (a_map("Carers,Rest,1e300,1,1e300,0%,0%,0%,0%"), "too large"),
    ]:
        status, out, err = run("sroi", path, "--investment", "5")
        assert (status, out) == (2, "")
        assert says in err
        assert len(err.splitlines()) == 1


def test_an_investment_next_to_nothing_gives_no_infinity(run):
    assert run("sroi", EXAMPLE, "--investment", "1e-320", "--json")[0] == 2


# The command itself --------------------------------------------------------------------------------------------------


def test_version_help_and_nothing(run):
    assert run("--version") == (0, f"pspworkbook {__version__}\n", "")
    assert "sroi" in run("--help")[1]
    status, out, err = run()
    assert (status, out) == (2, "")
    assert "Which command?" in err


def test_help_answers_without_the_heavy_parts():
    program = "import sys; from pspworkbook import cli; cli.main(['sroi', '--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"numpy", "pandas", "openpyxl", "voila", "sqlalchemy"} & set(done.stdout.splitlines()[-1].split())


@pytest.mark.skipif(sys.platform == "win32", reason="pipes differ")
def test_a_reader_that_stops_early_is_no_error():
    command = [sys.executable, "-m", "pspworkbook", "sroi", EXAMPLE, "--investment", "42375"]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert done.stderr == ""
    assert done.returncode == 1


def test_ctrl_c_leaves_quietly(run, monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pspworkbook.cli.sroi.run", interrupted)
    assert run("sroi", EXAMPLE, "--investment", "5") == (130, "", "")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_console_without_the_signs_still_shows_the_figures(encoding):
    command = [sys.executable, "-m", "pspworkbook", "sroi", EXAMPLE, "--investment", "42375"]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    shown = done.stdout.decode(encoding)
    assert "1.93 : 1" in shown
    assert "?" not in shown


def test_text_from_a_file_cannot_steer_the_terminal(run, a_map):
    path = a_map("Carers,Rest \x9b31m and \u202e sleep,1,1,100,0%,0%,0%,0%")
    _, out, _ = run("sroi", path, "--investment", "1000")
    assert "Rest" in out
    assert "\x9b" not in out
    assert "\u202e" not in out
