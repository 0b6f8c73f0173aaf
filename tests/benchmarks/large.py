"""Does a large workbook stay usable? From leaving an edited field until the page says that it is saved, and until the
figure that rests on it has changed; beside the same on the example, and beside a bare Voila page, in one run.

Run: python tests/benchmarks/large.py [--quick]. Needs Chromium. It prints medians and ratios; it asserts nothing.
"""

import argparse
import datetime as dt
import random
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from side_by_side import READY, SLIDER, side_by_side  # the file beside this one

from pspworkbook.workbook import Store, Workbook, export_bytes, import_bytes, make_example

WATCH = """([field, status, derived]) => {
  // The clock starts at the key that leaves the field; what the page answers is seen as the page changes.
  const text = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent).join("|");
  // What is private is not said in the mark, so two saves within a minute read the same: it begins empty.
  for (const one of document.querySelectorAll(status)) one.replaceChildren();
  const before = { saved: text(status), derived: text(derived) };
  const seen = (window.psp = { left: null, keyed: null, echo: null });
  document.addEventListener("keydown", (event) => { if (event.key === "Tab") seen.left ??= performance.now(); else seen.keyed = performance.now(); }, { capture: true });
  document.querySelector(field).addEventListener("input", () => requestAnimationFrame(() => { seen.echo = Math.max(seen.echo ?? 0, performance.now() - seen.keyed); }));
  const look = () => {
    if (seen.left === null) return;
    for (const [name, selector] of [["saved", status], ["derived", derived]])
      if (seen[name] === undefined && text(selector) !== before[name]) seen[name] = performance.now() - seen.left;
    if (seen.saved !== undefined && seen.derived !== undefined) watcher.disconnect();
  };
  const watcher = new MutationObserver(look);
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


@dataclass(frozen=True)
class Case:
    """One field to be edited: where it stands, what is typed at the nth edit, and what has to change because of it."""

    name: str
    page: str
    register: str
    field: str
    typed: str
    derived: str
    in_details: bool = False


CASES = {
    "outcomes": Case(
        "outcomes: deadweight, then the total",
        "analyse",
        "impact",
        "deadweight",
        "{n}%",
        "[data-register=impact] tfoot",
    ),
    "risks": Case(
        "risks: title, then the list", "plan", "risk", "title", "Risk {n}", ".psp-passage th a[data-register=risk]"
    ),
    "readings": Case("readings: value, then the words", "do", "reading", "value", "{n}", ".psp-passage li"),
}


WORDS = [
    "residents",
    "volunteers",
    "carers",
    "families",
    "feel",
    "less",
    "lonely",
    "healthier",
    "sleep",
    "better",
    "walk",
    "more",
    "often",
    "visits",
    "doctor",
    "falls",
    "hospital",
    "confidence",
    "cooking",
    "skills",
    "jobs",
    "money",
    "debt",
    "friends",
    "neighbours",
    "school",
    "garden",
    "choir",
    "shopping",
    "meals",
    "anxiety",
    "rent",
]


def many_outcomes(workbook: Workbook, count: int) -> None:
    """Add made-up outcomes until there are so many, each a sentence of its own: every two of them are compared."""
    whom = workbook.records("stakeholder")[0].id
    drawn = random.Random(2011)
    rows: list[dict[str, Any]] = [
        {"stakeholder": whom, "outcome": f"{n}: {' '.join(drawn.sample(WORDS, 4 + n % 5))}", "indicator": "Counted", "source": "Made up", "quantity": 1 + n % 90,
         "duration": 1 + n % 5, "proxy": "What one is worth", "financial_proxy": 5 + n % 700, "proxy_source": "Made up",
         "deadweight": n % 50 / 100, "displacement": 0, "attribution": n % 30 / 100, "drop_off": n % 20 / 100, "who_benefits": "person"}
        for n in range(count - len(workbook.records("outcome")))
    ]  # fmt: skip
    workbook.save_many([("outcome", None, row) for row in rows])


def many_risks(workbook: Workbook, count: int) -> None:
    """Add made-up risks until there are so many."""
    who, today = workbook.records("person")[0].id, dt.date.today()
    rows: list[dict[str, Any]] = [
        {"title": f"Made-up risk {n}", "category": "operational", "cause": "Because of something", "effect": "Somebody waits",
         "response": "Somebody sees to it", "owner": who, "review": (today + dt.timedelta(n % 300 - 10)).isoformat()}
        for n in range(count - len(workbook.records("risk")))
    ]  # fmt: skip
    workbook.save_many([("risk", None, row) for row in rows])


def many_readings(workbook: Workbook, count: int) -> None:
    """Add made-up readings until there are so many."""
    measures = [entry.id for entry in workbook.records("measure")]
    rows: list[dict[str, Any]] = [
        {"measure": measures[n % len(measures)], "period_end": (dt.date(2010, 1, 1) + dt.timedelta(n)).isoformat(), "value": n % 40, "n": 40, "note": f"Week {n}"}
        for n in range(count - len(workbook.records("reading")))
    ]  # fmt: skip
    workbook.save_many([("reading", None, row) for row in rows])


def to_edit(workbook: Workbook, key: str) -> str:
    """The record that is edited: the first, or the newest reading, since it is the one that the page speaks of."""
    if key != "readings":
        return workbook.records({"outcomes": "outcome", "risks": "risk"}[key])[0].id
    newest = max(
        (one for one in workbook.records("reading") if one.record.period_end), key=lambda one: one.record.period_end
    )
    workbook.change(
        "reading", newest.id, {"n": 400, "counts_people": False}, newest.version
    )  # else it may be kept back
    return newest.id


MAKE = {"outcomes": many_outcomes, "risks": many_risks, "readings": many_readings}


def open_page(browser: Browser, address: str, ready: str) -> tuple[Page, float]:
    """A page, and the seconds until it is ready."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector(ready, timeout=180_000, state="attached")
    return page, time.perf_counter() - start


def edits(page: Page, case: Case, id_: str, times: int) -> dict[str, list[float]]:
    """Milliseconds until saved, until the derived figure has changed, and of the slowest echo of a key, for each edit."""
    field = f"#{case.register}-{id_}-{case.field}" + ("-full" if case.in_details else "")
    if case.in_details:
        page.locator(f'[data-register={case.register}] tr[data-id="{id_}"] .psp-more').click()
    page.locator(field).scroll_into_view_if_needed()
    found: dict[str, list[float]] = {"echo": [], "saved": [], "derived": []}
    for n in range(times):
        page.wait_for_timeout(400)
        page.evaluate(WATCH, [field, f"[data-register={case.register}] .psp-status", case.derived])
        page.locator(field).focus()
        page.keyboard.press("Control+a")
        page.keyboard.type(case.typed.format(n=11 + n), delay=40)
        page.keyboard.press("Tab")
        page.wait_for_function("psp.saved !== undefined && psp.derived !== undefined", timeout=60_000)
        seen = page.evaluate("psp")
        for name in found:
            found[name].append(seen[name] or 0)
    return found


def row(name: str, size: int, load: float, bare: float, found: dict[str, list[float]]) -> str:
    """One line of the table."""

    def both(times: list[float]) -> str:
        return f"{statistics.median(times):7.0f} {sorted(times)[int(len(times) * 0.95) - 1]:6.0f}"

    parts = "  ".join(both(found[name]) for name in ("echo", "saved", "derived"))
    return f"{name:36} {size:6,} {load:7.1f} {load / bare:6.1f}  {parts}"


def main() -> None:
    """Make the workbooks, start both servers, edit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rows and edits")
    parser.add_argument("--edits", type=int, default=0)
    parser.add_argument("--only", choices=CASES, help="one of the cases")
    asked = parser.parse_args()
    sizes = (
        {"outcomes": 60, "risks": 200, "readings": 200}
        if asked.quick
        else {"outcomes": 500, "risks": 2000, "readings": 2000}
    )
    times = asked.edits or (4 if asked.quick else 20)
    with tempfile.TemporaryDirectory() as folder:
        chosen = [asked.only] if asked.only else list(CASES)
        slugs, first, small = {}, {}, {}
        with Store(Path(folder) / "w.db") as store:
            shipped = export_bytes(make_example(store))
            for key in chosen:
                for size in ("few", "many"):
                    workbook = store.open(import_bytes(store, shipped).slug)
                    kind = {"outcomes": "outcome", "risks": "risk", "readings": "reading"}[key]
                    small[key] = len(workbook.records(kind))
                    if size == "many":
                        MAKE[key](workbook, sizes[key])
                    slugs[key, size], first[key, size] = workbook.slug, to_edit(workbook, key)
        with side_by_side(Path(folder)) as both:
            loads = []
            for _ in range(3):
                page, seconds = open_page(both.browser, both.bare, SLIDER)
                page.context.close()
                loads.append(seconds)
            base = statistics.median(loads)
            print(
                f"a bare Voila page with one slider is ready after {base:.1f} s; below: milliseconds, median and 95th of {times} edits"
            )
            print(
                f"{'case':36} {'rows':>6} {'ready s':>7} {'/ bare':>6}  {'echo':>7} {'95th':>6}  {'saved':>7} {'95th':>6}  {'derived':>7} {'95th':>6}"
            )
            for key in chosen:
                case = CASES[key]
                for size in ("few", "many"):
                    address = f"{both.ours}/{case.page}?workbook={slugs[key, size]}"
                    page, seconds = open_page(both.browser, address, READY)
                    found = edits(page, case, first[key, size], times)
                    print(
                        row(case.name, sizes[key] if size == "many" else small[key], seconds, base, found), flush=True
                    )
                    page.context.close()


if __name__ == "__main__":
    main()
