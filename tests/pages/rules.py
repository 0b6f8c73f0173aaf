"""What axe-core finds wrong with a page, by the rules of WCAG 2.2 AA that a machine can check."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, within: str | None = None, *, from_top: bool = True) -> list[str]:
    """Each as one line; on the whole page, or within the elements of a selector.

    It is looked at from the top, unless what is looked at would close: what the bar that stays in view happens to half cover would count as too small to touch.
    """
    if from_top:
        page.evaluate("scrollTo(0, 0)")
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [f"{one['id']}: {one['help']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
