"""Draws per second of the simulation, against the same simulation as a plain loop over rows and against LibreOffice
working out the spreadsheet, in one run; and how it grows.

Run: python tests/benchmarks/uncertainty.py [--quick]. It prints ratios; it asserts nothing.
"""

import io
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from openpyxl import load_workbook

from pspworkbook.documents.value_map import ValueMap, value_map_xlsx
from pspworkbook.methods.sroi import ImpactMap, forecast
from pspworkbook.methods.sroi.case import Case
from pspworkbook.methods.sroi.ranges import Ranges, ranges
from pspworkbook.methods.sroi.simulate import Settings, simulate
from pspworkbook.records import Forecast, Outcome


def made_up(count: int) -> Ranges:
    """Ranges of made-up rows, the same at every run."""
    dice = np.random.default_rng(2011)
    share = {name: dice.uniform(0, 0.6, count) for name in ("deadweight", "displacement", "attribution", "drop_off")}
    rows = ImpactMap(
        outcomes=tuple(f"Outcome {row}" for row in range(count)),
        stakeholders=tuple(f"Stakeholder {row % 5}" for row in range(count)),
        beneficiaries=("person",) * count,
        quantity=dice.uniform(1, 300, count),
        duration=dice.choice([1.0, 1.0, 1.0, 2.0, 3.0, 5.0], count),
        financial_proxy=dice.uniform(5, 5000, count),
        after=np.zeros(count, dtype=bool),
        **share,
    )
    return ranges(Case.of(forecast(rows, 100_000.0 * count)), ["amber"] * count)


def plain_loop(found: Ranges, draws: int) -> list[float]:
    """The same simulation as somebody would write it first: a draw, a row, a figure at a time, by Python's own dice."""
    dice, case = random.Random(2011), found.case
    ratios = []
    for _ in range(draws):
        total = 0.0
        for row in range(len(case.rows)):
            figure = {}
            for name in (
                "quantity",
                "financial_proxy",
                "duration",
                "deadweight",
                "displacement",
                "attribution",
                "drop_off",
            ):
                low, high = found.low[name][row], found.high[name][row]
                mode = case.figure(name)[row]
                if low == high:
                    figure[name] = mode
                    continue
                peak = (mode - low) / (high - low)
                figure[name] = low + (high - low) * dice.betavariate(1 + 4 * peak, 5 - 4 * peak)
            value = figure["quantity"] * figure["financial_proxy"]
            value *= (1 - figure["deadweight"]) * (1 - figure["displacement"]) * (1 - figure["attribution"])
            left, year = figure["duration"], 1
            while left > 0:
                total += value * min(left, 1) / 1.035**year
                value, left, year = value * (1 - figure["drop_off"]), left - 1, year + 1
        ratios.append(total / case.investment)
    return ratios


def spreadsheets(count: int, files: int, folder: Path) -> float:
    """Draws a second when LibreOffice works out the map as a spreadsheet, one draw of its figures after another.

    What it takes to start is left out: it is asked for one file, then for many in one go. NaN where it is not installed.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return float("nan")
    dice = random.Random(2011)
    rows = [
        Outcome(outcome=f"Outcome {row}", quantity=dice.uniform(1, 300), financial_proxy=dice.uniform(5, 5000), duration=dice.choice([1.0, 2.0, 3.0]),
                deadweight=dice.uniform(0, 0.6), displacement=0.0, attribution=dice.uniform(0, 0.6), drop_off=0.1)
        for row in range(count)
    ]  # fmt: skip
    ids = [f"o{row}" for row in range(count)]
    result = forecast(ImpactMap.of(rows), 1000.0)
    made = ValueMap("Map", Forecast(), {}, [], list(zip(ids, rows, strict=True)), result, ids)
    book = load_workbook(io.BytesIO(value_map_xlsx(made)))
    names = []
    for number in range(files):
        book["Impact map"]["I6"] = number
        names.append(folder / f"{number}.xlsx")
        book.save(names[-1])

    def seconds(some: list[Path]) -> float:
        start = time.perf_counter()
        command = [office, f"-env:UserInstallation=file://{folder / 'home'}", "--headless", "--convert-to", "csv", "--outdir", str(folder / "out")]  # fmt: skip
        subprocess.run([*command, *map(str, some)], check=True, capture_output=True)
        return time.perf_counter() - start

    seconds(names[:1])  # makes its own settings
    alone = seconds(names[:1])
    return (files - 1) / max(seconds(names) - alone, 1e-9)


def timed(found: Ranges, draws: int, **more: float) -> float:
    """Seconds for one run."""
    start = time.perf_counter()
    simulate(found, Settings(draws=draws, **more))  # type: ignore[arg-type]
    return time.perf_counter() - start


def main() -> None:
    """Print the tables."""
    quick = "--quick" in sys.argv
    timed(made_up(2), 1000)  # SciPy's own import is not what is measured
    print("against a plain loop: draws a second")
    print("outcomes      arrays   plain loop    ratio   medians apart   LibreOffice    ratio")
    for count in (10, 50):
        found, few = made_up(count), 50 if quick else 400
        draws = 20_000 if quick else 100_000
        start = time.perf_counter()
        drawn = simulate(found, Settings(draws=draws))
        arrays = draws / (time.perf_counter() - start)
        start = time.perf_counter()
        loop = plain_loop(found, few)
        plain = few / (time.perf_counter() - start)
        apart = abs(float(np.median(loop)) / drawn.p50 - 1)
        with tempfile.TemporaryDirectory() as folder:
            office = spreadsheets(count, 4 if quick else 12, Path(folder))
        print(
            f"{count:8} {arrays:11,.0f} {plain:12,.0f} {arrays / plain:8,.0f} {apart:14.1%} {office:13,.1f} {arrays / office:8,.0f}"
        )

    print("\ngrowth with outcomes, 25,000 draws\noutcomes   seconds   for each outcome, as a share of that with 10")
    base = 0.0
    for count in (10, 100) if quick else (10, 100, 1000):
        taken = timed(made_up(count), 25_000)
        base = base or taken / count
        print(f"{count:8} {taken:9.2f} {taken / count / base:9.2f}")

    print("\ngrowth with draws, 50 outcomes\n    draws   seconds   tied together   memory at most, MB")
    for draws in (1_000, 10_000, 100_000) if quick else (1_000, 10_000, 100_000, 1_000_000):
        found = made_up(50)
        taken, tied = timed(found, draws), timed(found, draws, rank_correlation=0.5)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{draws:9,} {taken:9.2f} {tied:15.2f} {memory:20.0f}")


if __name__ == "__main__":
    main()
