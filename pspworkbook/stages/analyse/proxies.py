"""The library of financial proxies and the price index, on the page: shelf, registers, and what is odd in them."""

from typing import TYPE_CHECKING, Any

from pspworkbook import guide
from pspworkbook.methods.findings import StageGap
from pspworkbook.methods.sroi import prices
from pspworkbook.methods.sroi import shelf as rules
from pspworkbook.records.fields import financial
from pspworkbook.stages.analyse.scrutiny import place
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.proxies import Proxies
from pspworkbook.widgets.register import Register
from pspworkbook.widgets.snapshot import Snapshot

if TYPE_CHECKING:
    from pspworkbook.stages.analyse.page import Analyse

READ = ["proxy", "price_index", "outcome"]


def index(page: "Analyse") -> prices.PriceIndex:
    """The price index that holds on a page."""
    return index_now(page.session.now)


def index_now(now: Snapshot) -> prices.PriceIndex:
    """The price index that holds: the workbook's own as soon as it has a year, until then the shipped one."""
    own, _ = prices.index_of(entry.record for entry in now.records("price_index"))
    shipped = guide.price_index()
    return own or prices.PriceIndex(shipped.source, shipped.years)


def shelf(page: "Analyse") -> list[Part]:
    """The shelf, the workbook's own library, and the index with its years."""
    shipped = guide.price_index()
    seed: list[dict[str, Any]] = [
        {"year": year, "index": figure, "source": shipped.source} for year, figure in shipped.years.items()
    ]
    return [
        Proxies(page.session, lambda: index(page)),
        page.passage("proxies_index", lambda: _facts(page), READ),
        Register(
            page.session,
            "proxy",
            caption="Our own library of proxies",
            empty="Nothing here yet: what you use from the shelf comes here, and you can add your own.",
        ),
        Register(
            page.session,
            "price_index",
            caption="Our own price index",
            empty="Nothing here yet: the index that comes with the program holds. Copy it to change it or to add a year.",
            seed=seed,
            seed_by=("year",),
            seed_buttons=("Copy the index that comes with the program", "Copy the years that are missing here"),
        ),
    ]


def _facts(page: "Analyse") -> dict[str, Any]:
    own, troubles = prices.index_of(row for _, row in page.rows("price_index"))
    now = index(page)
    findings = [
        *rules.moved(page.rows("outcome"), dict(page.rows("proxy")), now),
        *rules.not_to_be_passed_on(page.rows("proxy")),
        *[StageGap("AN-3", trouble, "price_index") for trouble in troubles],
    ]
    return {
        "findings": findings,
        "own": own is not None,
        "index": now,
        "years": [(financial(year), figure) for year, figure in sorted(now.years.items())],
        "shipped": guide.price_index(),
        "rule": prices.RULE,
        "place": place,
    }
