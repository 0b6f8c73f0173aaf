"""The stakeholder grid: everybody places each stakeholder for themselves; the spread is shown when somebody asks for it.

What is placed here are answers of the ballot ``stakeholder-map``, as phones and paper give them. A browser holds the
secret of its own sheet, so that a page that is loaded again finds what was placed in it, and nobody else does.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets

from pspworkbook.guide.ballots import Ballot, ballots
from pspworkbook.methods.analyse.stakeholders import BALLOT, PARTS, RULE, Placed, in_words, placed, rounds_rated
from pspworkbook.methods.ballots.spread import ENOUGH_TO_SAY, QUARTILE_RULE
from pspworkbook.records import Answer, field_of
from pspworkbook.widgets.ballot import BallotPanel
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import BadEntry, Entry
from pspworkbook.workbook.joining import sheet_id, sitting_of

SHORTEST_SECRET = 20


class StakeholderGrid(Part):
    """``panel`` is the ballot's own panel, where the page has one: both show the answers, or neither.

    Nothing of what was answered is in the part's state while the answers are hidden.
    """

    _esm = script("grid_board.js", "grid_table.js", "grid_spread.js", "grid.js")
    answers: ClassVar[dict[str, str]] = {"mine": "_mine", "place": "_place", "sector": "_sector", "show": "_show"}

    words = traitlets.Dict().tag(sync=True)
    items = traitlets.List().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    results = traitlets.List().tag(sync=True)

    def __init__(self, session: Session, panel: BallotPanel | None = None) -> None:
        self.session, self._panel, self._shown = session, panel, False
        asked = ballots()[BALLOT]
        super().__init__(
            words={
                "key": f"{BALLOT}:{session.workbook.slug}",
                "scale": [{"value": step.value, "text": step.words} for step in asked.scale],
                "parts": {part.key: part.question for part in asked.parts},
                "sectors": [{"value": key, "text": text} for key, text in field_of(Answer, "sector").options.items()],
                "rules": [RULE, QUARTILE_RULE],
                "few": ENOUGH_TO_SAY,
                "may": session.workbook.may_edit("answer"),
            }
        )
        self.refresh()
        session.watch(["stakeholder", "answer", "sitting"], self.refresh)
        if panel is not None:
            panel.observe(lambda _change: self.refresh(), "state")

    # What there is

    @property
    def shown(self) -> bool:
        """Whether somebody has asked for the answers."""
        return bool(self._panel.state["shown"]) if self._panel is not None else self._shown

    def _ballot(self) -> Ballot:
        """The ballot about the stakeholders that are listed now."""
        entries = self.session.now.records("stakeholder")
        return ballots()[BALLOT].with_items((entry.id, entry.record.label()) for entry in entries)

    @property
    def round(self) -> int:
        """The round that answers given now belong to."""
        entry = sitting_of(self.session.now.records("sitting"), BALLOT)
        return entry.record.round if entry else 1

    @property
    def view(self) -> int:
        """The round whose answers are shown."""
        if self._panel is not None:
            return int(self._panel.state["view"])
        return max(rounds_rated(entry.record for entry in self.session.now.records("answer")), default=1)

    def found(self) -> list[Placed]:
        """Every stakeholder as the ratings of the round in view place it, those to act on first."""
        now = self.session.now
        rows = [(entry.id, entry.record) for entry in now.records("stakeholder")]
        return placed(rows, [entry.record for entry in now.records("answer")], self.view)

    def refresh(self) -> None:
        """Show what the workbook holds now; of the answers only what was asked for."""
        entries = self.session.now.records("stakeholder")
        items = [{"id": entry.id, "n": place, "name": entry.label} for place, entry in enumerate(entries, 1)]
        state = {
            "shown": self.shown,
            "round": self.round,
            "view": self.view,
            "seq": self.session.now.last_change("answer"),
        }
        results = [_result(one) for one in self.found()] if self.shown else []
        with self.hold_sync():  # the page never sees answers that have just been hidden
            for name, value in (("items", items), ("state", state), ("results", results)):
                if getattr(self, name) != value:
                    setattr(self, name, value)

    # What the page asks for

    def _show(self, message: dict[str, Any], _buffers: list[Any]) -> None:
        if self._panel is not None:
            self._panel.reveal(on=bool(message.get("on")))
        else:
            self._shown = bool(message.get("on"))
        self.refresh()

    def _given(self, message: Mapping[str, Any]) -> tuple[str, dict[str, Entry]]:
        """The sheet of the browser that asks, and what stands on it in this round, by question."""
        secret = message.get("secret")
        if not isinstance(secret, str) or len(secret) < SHORTEST_SECRET:
            raise BadEntry({"": "This page does not know whose rating it is. Load it again."})
        sheet, number = sheet_id(secret), self.round
        given = {
            entry.record.item: entry
            for entry in self.session.now.records("answer")
            if (entry.record.ballot, entry.record.sheet, entry.record.round) == (BALLOT, sheet, number)
        }
        return sheet, given

    def _mine(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """What stands on the sheet of the browser that asks; nothing of anybody else's."""
        _sheet, given = self._given(message)
        mine: dict[str, dict[str, Any]] = {}
        for question, entry in given.items():
            id_, _, part = question.rpartition(".")
            mine.setdefault(id_, {})[part] = entry.record.value
            if part == "support":
                mine[id_]["why"] = entry.record.why
        sector = next((entry.record.sector for entry in given.values() if entry.record.sector), "")
        return {"mine": mine, "sector": sector, "round": self.round}

    def _place(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """Some ratings of one person in one save: ``values`` is stakeholder to importance, support (None: would rather
        not say; "": taken back, as if never given) and why. What was given before is changed, not counted twice.
        """
        self._same_round(message)
        sheet, given = self._given(message)
        ballot = self._ballot()
        rows: list[tuple[str, str | None, dict[str, Any] | None]] = []
        about = {
            "ballot": BALLOT,
            "round": self.round,
            "sheet": sheet,
            "sector": str(message.get("sector") or "") or None,
        }
        wrong: dict[str, str] = {}
        for id_, values in dict(message.get("values", {})).items():
            for part in PARTS:
                why = str(values.get("why") or "") if part == "support" and "why" in values else None
                if part not in values and why is None:
                    continue
                question = f"{id_}.{part}"
                entry = given.get(question)
                if values.get(part) == "":
                    if entry:
                        rows.append(("answer", entry.id, None))
                    continue
                value = values.get(part, entry.record.value if entry else None)
                if refused := ballot.refusal(question, value):
                    wrong[str(id_)] = refused if question in {one.key for one in ballot.questions} else GONE
                row = {**about, "item": question, "value": value, **({} if why is None else {"why": why})}
                rows.append(("answer", entry.id if entry else None, row))
        if wrong:
            raise BadEntry(wrong)
        if rows:
            self.session.workbook.save_many(rows)
            self.session.follow()
        return {"said": f"Saved {self._at()}.", **self._mine(message, [])}

    def _sector(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """What this sheet has answered already follows the person to another group."""
        self._same_round(message)
        _sheet, given = self._given(message)
        sector = str(message.get("sector") or "") or None
        rows = [("answer", entry.id, {"sector": sector}) for entry in given.values()]
        if rows:
            self.session.workbook.save_many(rows)
            self.session.follow()
        return {"said": f"Saved {self._at()}." if rows else ""}

    def _same_round(self, message: Mapping[str, Any]) -> None:
        if message.get("round") != self.round:
            raise BadEntry({"": "Another round has begun meanwhile. Look again, and place them anew."})

    def _at(self) -> str:
        at = self.session.saved_at
        return f"{at.astimezone():%H:%M}" if at else ""


GONE = "This stakeholder is not in the list any more."


def _result(one: Placed) -> dict[str, Any]:
    """One stakeholder for the page; of one that too few have rated, only that."""
    few = {"id": one.id, "known": one.known, "n": min(one.importance.n, one.support.n), "words": one.words}
    if not one.known:
        return few
    sides = {
        part: {"middle": side.median, "low": side.lower, "high": side.upper, "words": in_words(side)}
        for part, side in (("importance", one.importance), ("support", one.support))
    }
    return {**few, **sides, "dots": [list(pair) for pair in one.pairs], "wanted": one.wanted, "act": one.act}
