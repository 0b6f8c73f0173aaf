"""The same notebook in JupyterLab: opened, run with “Run all cells”, and the figures can be changed there too."""

import os
from pathlib import Path

import pytest
import servers
from hands import CARE, enter, field, see_ratio
from playwright.sync_api import Page, expect

from pspworkbook.cli.lab import copy_notebooks
from pspworkbook.guide.path import stages
from pspworkbook.workbook import Store, make_example

pytestmark = pytest.mark.browser


def run_all_cells(page: Page) -> None:
    """As the notebook says that one should."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def test_the_notebook_runs_in_jupyterlab(visit, tmp_path: Path):
    folder, address = tmp_path / "notebooks", tmp_path / "workbooks.db"
    copy_notebooks(folder)
    with Store(address) as store:
        make_example(store)
    with servers.jupyterlab(folder, address, "--IdentityProvider.token=") as lab:
        page = visit(f"{lab.address}/lab/tree/04_analyse.ipynb?reset", ready=False)
        page.locator(".jp-NotebookPanel .jp-MarkdownOutput h1", has_text="Analyse").wait_for()
        expect(page.locator(".jp-NotebookPanel .jp-CodeCell .jp-InputCollapser").first).to_be_attached()
        collapsed = page.locator(".jp-NotebookPanel .jp-CodeCell .jp-InputPlaceholder")
        expect(collapsed.first).to_be_visible()
        assert page.locator(".jp-NotebookPanel .jp-CodeCell .cm-editor:visible").count() == 0

        run_all_cells(page)
        see_ratio(page, "£1.93")
        page.locator(".psp-drawing:not([hidden])").first.scroll_into_view_if_needed()
        expect(page.locator(".psp-drawing svg").first).to_be_visible()
        enter(field(page, "impact", CARE, "deadweight"), "50%")
        see_ratio(page, "£1.38")
        with Store(address) as store:
            assert store.open(mark=False).get("outcome", CARE).record.deadweight == 0.5

        # The grid's pieces follow the mouse here too, though the notebook scrolls in a box of its own.
        grid = page.locator('[data-psp-part="grid"]')
        grid.get_by_role("button", name="Place them yourself").click()
        square = grid.locator('.psp-grid-cell[data-x="4"][data-y="5"]')
        square.scroll_into_view_if_needed()
        piece = grid.locator('.psp-grid-piece[data-id="residents"]')
        piece.drag_to(square)
        expect(square.locator('[data-id="residents"]')).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(grid.locator("[aria-live=polite]")).to_have_text("Residents: importance 4, support 4")
        expect(grid.locator(".psp-status").first).to_contain_text("Saved")
        if folder := os.environ.get("PSP_SHOTS"):
            page.screenshot(path=f"{folder}/lab-grid.png")


def test_every_stage_runs_in_jupyterlab(visit, tmp_path: Path):
    """Each of the other notebooks is run from top to bottom: nothing fails, and what the frame counts stands there."""
    folder, address = tmp_path / "notebooks", tmp_path / "workbooks.db"
    copy_notebooks(folder)
    with Store(address) as store:
        make_example(store)
    with servers.jupyterlab(folder, address, "--IdentityProvider.token=") as lab:
        for stage in stages():
            if stage.notebook.startswith("04"):
                continue
            page = visit(f"{lab.address}/lab/tree/{stage.notebook}.ipynb?reset", ready=False)
            page.locator(".jp-NotebookPanel .jp-MarkdownOutput h1").wait_for()
            run_all_cells(page)
            page.wait_for_function(RUN_TO_THE_END)
            assert page.evaluate(FAILED) == [], stage.notebook
            assert page.evaluate("document.querySelectorAll('[data-psp-part]').length") > 1, stage.notebook
            page.goto("about:blank")


RUN_TO_THE_END = """() => {
    const cells = [...document.querySelectorAll(".jp-NotebookPanel .jp-CodeCell")];
    return cells.length > 2 && cells.at(-1).querySelector("[data-psp-part], [data-mime-type$='error']") !== null;
}"""
FAILED = """() => [...document.querySelectorAll(
    ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error'], .jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']"
)].map(one => one.textContent.slice(0, 300))"""
