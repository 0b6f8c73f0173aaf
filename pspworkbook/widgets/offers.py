"""What other registers hold and this one could take over, each with a button: nothing is typed twice."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

import traitlets

from pspworkbook.methods.offers import Offer, into_form, keeps_origin, open_offers
from pspworkbook.records import KINDS, fields_of
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import Clash, WorkbookError

MOST_SHOWN = 30


class Offers(Part):
    """Offers records of one kind, made from records of others. What is added remembers where it came from.

    Into a form an offer brings its fields: empty ones are filled, longer texts gain a line, and the form remembers each
    of its sources.
    """

    _esm = script("few.js", "offers.js")
    answers: ClassVar[dict[str, str]] = {"take": "_take"}
    state = traitlets.Dict().tag(sync=True)
    readonly = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        session: Session,
        kind: str,
        propose: Callable[[], Iterable[Offer]],
        kinds: Sequence[str],
        *,
        title: str = "",
        nothing: str = "",
        folded: bool = False,
    ) -> None:
        """``propose`` gives all offers, taken or not; ``kinds`` are the records that it reads. ``kind`` has an ``origin``.

        ``nothing`` is what to say when all is taken over, or there is nothing yet; "" shows nothing then. ``folded``
        is for a list to pick from: it is closed until somebody opens it, and there is no button that adds all.
        Raises KeyError when there is no such kind, or its records have no place for their origin.
        """
        if not keeps_origin(KINDS[kind]):
            raise KeyError(f"{kind} has no field “origin”")
        self.session, self.kind, self._propose = session, kind, propose
        self._title = title or self._usual(KINDS[kind].plural)
        self._nothing, self._folded = nothing, folded
        super().__init__(readonly=not session.workbook.may_edit(kind))
        self.refresh()
        session.watch([*kinds, kind], self.refresh)

    def _usual(self, plural: str) -> str:
        """The title where none is given. A register that is named by a question or a clause is not something to be among."""
        clause = plural.endswith("?") or plural.startswith(("What ", "Who ", "Whose ", "How ", "Where "))
        return f"Not taken over yet: {plural.rstrip('?')}" if clause else f"Not yet among the {self._lower(plural)}"

    def _open(self) -> list[Offer]:
        now = self.session.now
        there = [now.the(self.kind)] if KINDS[self.kind].single else now.records(self.kind)
        return open_offers(self._propose(), (entry.record for entry in there))

    def refresh(self) -> None:
        """Show what is still on offer."""
        offers = self._open()
        state = {
            "title": self._title,
            "nothing": self._nothing,
            "folded": self._folded,
            "form": KINDS[self.kind].single,
            "more": max(0, len(offers) - MOST_SHOWN),
            "offers": [
                {"origin": offer.origin, "text": offer.text, "source": offer.source} for offer in offers[:MOST_SHOWN]
            ],
        }
        if state != self.state:
            self.state = state

    def _take(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """Make the record of one offer, or of all. Only what is on offer now can be made, whatever the page says."""
        wanted = message.get("origin")
        if wanted is None and self._folded:
            raise WorkbookError("Choose one of them.")
        offers = [offer for offer in self._open() if wanted is None or offer.origin == wanted]
        if not offers:
            raise WorkbookError("Somebody has just added this.")
        sources = sorted({offer.source for offer in offers if offer.source})
        reason = f"From {', '.join(sources)}" if sources else ""
        if KINDS[self.kind].single:
            form = self.session.now.the(self.kind)
            values = into_form(form.record, offers)
            try:
                self.session.workbook.change(self.kind, form.id, values, form.version, reason)
            except Clash:
                raise WorkbookError("Somebody has just changed this form. Look at it, and take over again.") from None
            self.session.follow()
            return {"said": f"Taken over into {self._lower(KINDS[self.kind].noun)}: {self._filled(values)}."}
        rows = [(self.kind, None, {**offer.values, "origin": offer.origin}) for offer in offers]
        self.session.workbook.save_many(rows, reason)
        self.session.follow()
        plural = KINDS[self.kind].plural
        where = plural[:1].lower() + plural[1:]
        return {"said": f"{len(rows)} added to {where}. Complete {'it' if len(rows) == 1 else 'them'} there."}

    def _filled(self, values: dict[str, Any]) -> str:
        """The titles of the fields that an offer has filled."""
        titles = [spec.title for spec in fields_of(KINDS[self.kind]) if spec.name in values and spec.name != "origin"]
        return ", ".join(f"“{title}”" for title in titles) or "nothing new; it says all of this already"

    @staticmethod
    def _lower(noun: str) -> str:
        return noun if noun[:2].isupper() else noun[:1].lower() + noun[1:]
