"""The shelf of financial proxies: search, see where each comes from, put one into an outcome, uprated or not."""

from collections.abc import Callable
from typing import Any, ClassVar

import traitlets

from pspworkbook import guide
from pspworkbook.methods.sroi.prices import PriceIndex
from pspworkbook.methods.sroi.shelf import (
    SHIPPED,
    Found,
    as_record,
    into_outcome,
    look_elsewhere,
    prices,
    search,
    stock,
    used_in,
)
from pspworkbook.methods.words import pounds
from pspworkbook.records import Outcome, fields_of
from pspworkbook.records.fields import financial, plain_number, read_calendar_year
from pspworkbook.records.proxies import Proxy
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import BadEntry, WorkbookError

MOST_SHOWN = 8
MOST_ELSEWHERE = 2
SHOWN = ("unit", "geography", "source", "licence", "sure", "checked_on", "note")


class Proxies(Part):
    """Chooses a shipped proxy or one of the workbook's own. A shipped one joins the workbook's library when it is used."""

    _esm = script("proxies.js")
    answers: ClassVar[dict[str, str]] = {"find": "_find", "put": "_put", "keep": "_keep"}
    state = traitlets.Dict().tag(sync=True)
    readonly = traitlets.Bool(False).tag(sync=True)

    def __init__(self, session: Session, index: Callable[[], PriceIndex]) -> None:
        """``index`` gives the price index that holds now: the workbook's own, or the shipped one."""
        self.session, self._index = session, index
        self._words = ""
        self._year: int | None = None
        self._year_said = False
        may = session.workbook.may_edit
        super().__init__(readonly=not (may("outcome") and may("proxy")))
        self.refresh()
        session.watch(["proxy", "price_index", "outcome", "forecast"], self.refresh)

    def _rows(self, kind: str) -> list[tuple[str, Any]]:
        return [(entry.id, entry.record) for entry in self.session.now.records(kind)]

    @property
    def year(self) -> int | None:
        """The year whose prices are wanted: as said here, or in the scope, or the last that the index has."""
        if self._year_said:
            return self._year
        return self.session.now.the("forecast").record.price_year or self._index().latest

    def refresh(self) -> None:
        """Show what is on the shelf now."""
        own = self._rows("proxy")
        found = search(stock(own, guide.proxies()), self._words)
        state = {
            "words": self._words,
            "year": financial(self.year) if self.year else "",
            "span": self._index().span,
            "total": len(found),
            "shown": [self._one(one) for one in found[:MOST_SHOWN]],
            "elsewhere": [
                {"name": place.name, "text": place.text}
                for place in look_elsewhere(guide.elsewhere().values(), self._words)[:MOST_ELSEWHERE]
            ]
            if self._words
            else [],
            "outcomes": [{"value": id_, "text": row.label(), "now": _now(row)} for id_, row in self._rows("outcome")],
        }
        if state != self.state:
            self.state = state

    def _one(self, one: Found) -> dict[str, Any]:
        ways, trouble = prices(one.proxy, self.year, self._index())
        specs = {spec.name: spec for spec in fields_of(Proxy)}
        facts = [(specs[name].title, specs[name].show(getattr(one.proxy, name))) for name in SHOWN]
        if one.proxy.price_year:
            facts.insert(1, (specs["price_year"].title, financial(one.proxy.price_year)))
        best = ways[-1] if ways else None
        short = f"{pounds(best.value, pence=True)} for {one.proxy.unit or 'one'}" if best else trouble
        short += f", in prices of {financial(best.year)}" if best and best.year else ""
        link = one.proxy.link if one.proxy.link.startswith(("https://", "http://")) else ""
        return {
            "id": one.id,
            "own": one.own,
            "name": one.proxy.label(),
            "each": f"This is for {one.proxy.unit}: “How many” of the outcome has to count just that."
            if one.proxy.unit
            else "",
            "short": f"{short}. {'In our own library' if one.own else 'Comes with the program: check before use'}.",
            "ways": [{"value": way.key, "text": way.sentence} for way in ways],
            "trouble": trouble,
            "facts": [{"title": title, "text": text} for title, text in facts if text],
            "link": link,
            "used": used_in(one.id, self._rows("outcome")) if one.own else [],
        }

    def _find(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """Other words, or another year to bring values to."""
        if "year" in message:
            try:
                self._year = read_calendar_year(str(message["year"]))
            except ValueError as error:
                raise BadEntry({"year": str(error)}) from None
            self._year_said = True
        self._words = " ".join(str(message.get("words", self._words)).split())
        self.refresh()
        return {"said": f"{self.state['total']} found" if self._words else ""}

    def _chosen(self, message: dict[str, Any]) -> tuple[str, Proxy, list[tuple[str, str | None, dict[str, Any]]]]:
        """The proxy that the page means: its identifier, the record, and what has to be saved to have it in the library."""
        self.session.follow()
        wanted, own = str(message.get("id", "")), dict(self._rows("proxy"))
        if wanted in own:
            return wanted, own[wanted], []
        shipped = guide.proxies().get(wanted)
        if shipped is None:
            raise WorkbookError("This proxy is not on the shelf any more.")
        known = next((id_ for id_, row in own.items() if row.origin == f"{SHIPPED}:{wanted}"), None)
        if known:
            return known, own[known], []
        record = as_record(shipped)
        return wanted, record, [("proxy", wanted, record.body())]

    def _keep(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """A shipped proxy into the workbook's library, to be changed there."""
        _, record, rows = self._chosen(message)
        if rows:
            self.session.workbook.save_many(
                rows, reason=f"From the proxies that come with the program: {record.source}"
            )
            self.session.follow()
        return {"said": f"“{record.label()}” is in your library."}

    def _put(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """A proxy into an outcome: value, words, source, year, licence, and where it was taken from. One save, one undo."""
        id_, proxy, rows = self._chosen(message)
        wanted = str(message.get("outcome", ""))
        outcome = dict(self._rows("outcome")).get(wanted)
        if outcome is None:
            raise BadEntry({"outcome": "Choose the outcome that it stands for."})
        ways, trouble = prices(proxy, self.year, self._index())
        price = next((way for way in ways if way.key == message.get("way")), None)
        if price is None:
            raise BadEntry({"way": trouble or "Choose at which prices."})
        values = into_outcome(id_, proxy, price, outcome)
        self.session.workbook.save_many([*rows, ("outcome", wanted, values)], reason=price.sentence[:300])
        self.session.follow()
        said = [f"“{outcome.label()}” now stands at {price.sentence}"]
        if outcome.financial_proxy is not None:
            said.append(f"It stood at {pounds(outcome.financial_proxy, pence=True)} before.")
        if proxy.unit:
            counts = "" if outcome.quantity is None else f", which is {plain_number(outcome.quantity)},"
            said.append(f"It is for {proxy.unit}: see that “How many”{counts} counts just that.")
        return {"said": f"{' '.join(said)} Undo takes it back."}


def _now(outcome: Outcome) -> str:
    """What an outcome stands at, for whoever is about to put another value in its place."""
    many = (
        "“How many” is not known yet" if outcome.quantity is None else f"“How many” is {plain_number(outcome.quantity)}"
    )
    if outcome.financial_proxy is None:
        return f"{many}, and it has no value yet."
    source = f" ({outcome.proxy_source})" if outcome.proxy_source else ""
    return f"{many}, and it stands at {pounds(outcome.financial_proxy, pence=True)}{source}, which this replaces."
