"""What a hand does on a page, and what an eye looks for."""

from playwright.sync_api import Locator, Page, expect

CARE = "fewer-falls-geriatric-continuing-care"
CLUBS = "new-clubs-and-friends"
"""Two outcomes of the example."""


def field(page: Page, register: str, record: str, name: str) -> Locator:
    """The input of one field of one record, as a register shows it."""
    return page.locator(f'[id="{register}-{record}-{name}"]')


def message(page: Page, register: str, record: str, name: str) -> Locator:
    """What is wrong with that field."""
    return page.locator(f'[id="{register}-{record}-{name}-error"]')


def register(page: Page, name: str) -> Locator:
    """A register or form as a whole; links that lead to it name it too."""
    return page.locator(f'[data-register="{name}"]:not(a)')


def row(page: Page, name: str, record: str) -> Locator:
    """One row of a register."""
    return register(page, name).locator(f'tr[data-id="{record}"]')


def enter(input: Locator, text: str) -> None:
    """Type something in place of what is there, and leave the field."""
    turn_to(input)
    input.fill(text)
    input.blur()


def turn_to(input: Locator) -> None:
    """On a small screen, open the card that the field is in."""
    opener = input.locator("xpath=ancestor::tr[1]").locator(".psp-card-open[aria-expanded=false]:visible")
    if opener.count():
        opener.click()


def press(page: Page, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()


def figure(page: Page, title: str) -> Locator:
    """A chart with its sentence and its table."""
    return page.locator("figure").filter(has=page.locator("figcaption", has_text=title))


def numbers(chart: Locator) -> list[str | None]:
    """The table of a chart, folded or not."""
    return [cell.text_content() for cell in chart.locator("tbody").locator("th, td").all()]


def see_ratio(page: Page, ratio: str) -> None:
    """Wait until this is the ratio."""
    expect(page.locator("#sroi-ratio")).to_have_text(f"{ratio} : £1")
