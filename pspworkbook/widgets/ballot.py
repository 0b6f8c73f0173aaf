"""One ballot as its facilitator holds it: let people join, enter paper slips, show the spread, go where it leads."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import traitlets

from pspworkbook.charts.picture import Picture
from pspworkbook.charts.spread import of_item, overview
from pspworkbook.guide.ballots import Ballot
from pspworkbook.methods.ballots import ballot_results
from pspworkbook.methods.ballots.spread import (
    FEW_RULE,
    FOLD_RULE,
    QUARTILE_RULE,
    RULE,
    TALK_RULE,
    TALK_RULE_HIGH,
    not_yet,
)
from pspworkbook.records import KINDS, Answer, field_of
from pspworkbook.records.joining import Sitting
from pspworkbook.widgets.addresses import address_of_tool
from pspworkbook.widgets.ballot_words import enough_to_read, follow_up, leads, question_words, result_words
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.qr import qr_path
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook import BadEntry
from pspworkbook.workbook.joining import close_code, closes_at, hold, open_code, sitting_of, to_ask_about

HIDDEN = "Not shown yet. When everybody has answered, choose “Show answers”."
HIDDEN_HERE = "Shown before, and hidden on this page. Choose “Show answers” to see it here."


class BallotPanel(Part):
    """The page holds back the answers until somebody asks for them: it may stand on a projector.

    The first time that is a decision of the facilitator, which the workbook keeps for each round (``Sitting.opened``):
    lists, charts and files elsewhere draw on no other answers. After that it is only what this page shows.

    ``chart`` is a part of its own, for the page to put below: the whole ballot, or the question that is chosen here.
    """

    _esm = script("ballot_sheet.js", "ballot_join.js", "ballot_item.js", "ballot.js")
    answers: ClassVar[dict[str, str]] = {
        "show": "_show",
        "view": "_view",
        "pick": "_pick",
        "submit": "_submit",
        "expect": "_expect",
        "round": "_round",
        "open": "_open",
        "close": "_close",
        "qr": "_qr",
        "reasons": "_reasons",
        "leave": "_leave",
        "follow_up": "_follow_up",
    }

    name = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    results = traitlets.List().tag(sync=True)
    may = traitlets.Dict().tag(sync=True)

    def __init__(
        self, session: Session, ballot: Ballot, library: str = "", *, review: bool = False, own: bool = True
    ) -> None:
        """``library`` is the address of the library's page, for links to lessons and cases; "" where there is none.

        ``review`` takes the ballot again: its button opens the third round instead of the second. ``own`` is false
        where another part of the page takes people's own answers, so that nobody gives them twice.
        """
        self._review = review
        self.session, self._declared, self._library = session, ballot, library
        self.ballot = self._asked_now()
        self._shown, self._asked_round, self._picked = False, 0, ""
        workbook = session.workbook
        super().__init__(
            name=ballot.key,
            words=self._words(),
            may={
                "lead": workbook.role == "facilitator",
                "answer": workbook.may_edit("answer"),
                "own": own,
                "follow_up": [
                    {"kind": kind, "text": text}
                    for kind, text in (("action", "Make it an action"), ("risk", "Make it a risk"))
                    if kind in KINDS and workbook.may_edit(kind)
                ],
            },
        )
        self.chart = Chart(self._picture({}))
        self.refresh()
        session.watch(["answer", "sitting"], self.refresh)
        if ballot.items_of:
            session.watch([ballot.items_of], self._ask_anew)

    # What there is

    def _asked_now(self) -> Ballot:
        """The ballot about the records that its register has now."""
        of = self._declared.items_of
        return self._declared.with_items(to_ask_about(self.session.now.records(of))) if of else self._declared

    def _ask_anew(self) -> None:
        asked = self._asked_now()
        if asked != self.ballot:
            self.ballot = asked
            self.words = self._words()
            self.refresh()

    def _words(self) -> dict[str, Any]:
        ballot, library = self.ballot, self._library
        return {
            **question_words(ballot),
            "sectors": [{"value": key, "text": text} for key, text in field_of(Answer, "sector").options.items()],
            "rules": [RULE, QUARTILE_RULE, TALK_RULE if ballot.weak_word == "weak" else TALK_RULE_HIGH],
            "few_rule": FEW_RULE,
            "fold_rule": FOLD_RULE,
            "leads": {
                question.key: leads(ballot, question.key, library, lambda tool: address_of_tool(self.session, tool))
                for question in ballot.questions
            },
        }

    @property
    def _sitting(self) -> Sitting:
        entry = sitting_of(self.session.now.records("sitting"), self.ballot.key)
        return entry.record if entry else Sitting(ballot=self.ballot.key)

    def _given(self) -> list[Answer]:
        return [entry.record for entry in self.session.now.records("answer") if entry.record.ballot == self.ballot.key]

    def _rounds(self) -> tuple[list[int], Sequence[int], int]:
        """The rounds there are, those that have answers, and the one in view."""
        used = ballot_results.rounds_used(self.ballot, self._given())
        rounds = sorted({1, *used, self._sitting.round})
        return rounds, used, self._asked_round if self._asked_round in rounds else max(used, default=1)

    def _unopened(self) -> list[int]:
        """The rounds that “Show answers” would show, and that have not been opened yet."""
        _, used, view = self._rounds()
        return [one for one in {*used, view} if one <= view and one not in self._sitting.rounds_opened]

    def _open_rounds(self) -> None:
        """Keep that the answers are shown now. Raises NotAllowed unless this is the facilitator, or nothing is new."""
        new = self._unopened()
        if new:
            rounds = sorted({*self._sitting.rounds_opened, *new})
            hold(self.session.workbook, self.ballot.key, {"opened": " ".join(map(str, rounds))})
            self.session.follow()

    @property
    def hidden_words(self) -> str:
        """What stands where the answers would, while they are hidden."""
        return HIDDEN if self._unopened() or not self._sitting.rounds_opened else HIDDEN_HERE

    def refresh(self) -> None:
        """Show what the workbook holds now."""
        given, sitting = self._given(), self._sitting
        on = self._shown and not self._unopened()
        rounds, _, view = self._rounds()
        answered = ballot_results.answered(self.ballot, given, sitting.round)
        closes = closes_at(self.session.workbook, sitting) if self.may["lead"] else None
        state = {
            "round": sitting.round,
            "review": self._review,
            "view": view,
            "rounds": rounds,
            "shown": on,
            "answered": answered,
            "expected": sitting.expected,
            "missing": not_yet(sitting.expected, answered),
            "code": sitting.code if closes else "",
            "closes": f"{closes.astimezone():%H:%M}" if closes else "",
            "picked": self._picked,
        }
        by_round: dict[int, Sequence[ballot_results.Result]] = {}
        shown: list[dict[str, Any]] = []
        if on and self.ballot.free_text:
            said = ballot_results.texts(self.ballot, given, view)
            here = ballot_results.counted(self.ballot, given, view)
            shown = [
                {
                    "key": one.key,
                    "n": len(said[one.key]),
                    "few": not enough_to_read([answer for answer in here if answer.item == one.key]),
                }
                for one in self.ballot.questions
            ]
        elif on:
            by_round = {
                number: ballot_results.results(self.ballot, given, number) for number in rounds if number <= view
            }
            talk = {one.question.key: why for one, why in ballot_results.to_talk_about(self.ballot, by_round[view])}
            shown = [
                result_words(self.ballot, found, talk.get(found.question.key, ""), given, view)
                for found in by_round[view]
            ]
        with self.hold_sync():  # the page never sees a new state with old answers
            self._put("state", state)
            self._put("results", shown)
        self.chart.show(self._picture(by_round, view))

    def _put(self, name: str, value: Any) -> None:
        if getattr(self, name) != value:
            setattr(self, name, value)

    def _picture(self, by_round: Mapping[int, Sequence[ballot_results.Result]], view: int = 1) -> Picture:
        if self.ballot.free_text:
            return Picture(self.ballot.title, "This is answered in words, so there is no picture of it.")
        if not by_round:
            return Picture(self.ballot.title, self.hidden_words)
        if self._picked:
            return of_item(self.ballot, self._picked, by_round)
        return overview(self.ballot, by_round[view])

    # What the page asks for

    def _show(self, message: dict[str, Any], _buffers: list[Any]) -> None:
        self.reveal(on=bool(message.get("on")))

    def reveal(self, *, on: bool) -> None:
        """Show the answers, or hold them back again."""
        if on:
            self._open_rounds()
        self._shown = on
        self.refresh()

    def _view(self, message: dict[str, Any], _buffers: list[Any]) -> None:
        self._asked_round = int(message["round"])
        if self._shown:
            self._open_rounds()
        self.refresh()

    def _pick(self, message: dict[str, Any], _buffers: list[Any]) -> None:
        self._picked = next((item.key for item in self.ballot.items if item.key == message.get("item")), "")
        self.refresh()

    def _submit(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """One person's sheet, typed here or from paper: all of it in one save, or none of it."""
        sector = str(message.get("sector") or "")
        asked = {question.key for question in self.ballot.questions_for(sector)}
        wrong: dict[str, str] = {}
        sheet, rows = secrets.token_hex(10), []
        about = {"ballot": self.ballot.key, "round": self._sitting.round, "sheet": sheet, "sector": sector or None}
        about |= {name: str(message.get(name) or "") for name in ("organisation",)} | {
            "paper": bool(message.get("paper"))
        }
        for key, answer in dict(message.get("answers", {})).items():
            value = answer.get("value")
            refused = self.ballot.refusal(key, value) if key in asked else "This question is not asked of this group."
            if refused:
                wrong[key] = refused
            rows.append(("answer", None, {**about, "item": key, "value": value, "why": str(answer.get("why") or "")}))
        if wrong:
            raise BadEntry(wrong)
        if not rows:
            raise BadEntry({"": "Nothing is filled in yet."})
        self.session.workbook.save_many(rows, "Entered from paper" if message.get("paper") else "")
        self.session.follow()
        return {"said": f"Saved: {'1 answer' if len(rows) == 1 else f'{len(rows)} answers'} of one person."}

    def _expect(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        hold(self.session.workbook, self.ballot.key, {"expected": message.get("number")})
        self.session.follow()
        return {}

    def _round(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        values = {"round": message.get("round")}
        if str(values["round"]).isdigit() and self._sitting.code and closes_at(self.session.workbook, self._sitting):
            values["opened"] = self._sitting.opened_without(int(message["round"]))  # phones answer it from now on
        hold(self.session.workbook, self.ballot.key, values)
        self._asked_round, self._shown = (
            0,
            False,
        )  # nobody answers again with the first answers still coming in on the wall
        self.session.follow()
        self.refresh()
        return {"said": f"Round {self._sitting.round} is on: answers given from now on belong to it."}

    def _open(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        open_code(self.session.workbook, self.ballot.key, self.ballot.title)
        self.session.follow()
        return {}

    def _close(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        close_code(self.session.workbook, self.ballot.key)
        self.session.follow()
        return {"said": "Phones cannot join any more. What was answered is kept."}

    def _qr(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        path, size = qr_path(str(message.get("address", "")))
        return {"path": path, "size": size}

    def _reasons(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """What people wrote, in an order that tells nothing; those kept off the screen only counted, or asked for."""
        self.session.workbook.access.require_facilitator("show the reasons that people gave")
        out, view = set(self._sitting.left_out.split()), self.state["view"]
        entries = {
            (entry.record.sheet, entry.record.item): entry
            for entry in self.session.now.records("answer")
            if (entry.record.ballot, entry.record.item, entry.record.round) == (self.ballot.key, message["key"], view)
        }
        found = [
            {
                "id": entry.id,
                "text": entry.record.why,
                "value": "" if self.ballot.free_text else self.ballot.words(entry.record.value),
                "out": entry.id in out,
            }
            for entry in sorted(entries.values(), key=lambda entry: hashlib.sha256(entry.id.encode()).digest())
            if entry.record.why
        ]
        if not enough_to_read([entry.record for entry in entries.values()]):
            found = []
        return {"reasons": found if message.get("all") else [one for one in found if not one["out"]], "n": len(found)}

    def _leave(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """Keep one reason off the screen, or let it back. The answer itself counts as before."""
        out = [one for one in self._sitting.left_out.split() if one != str(message["id"])]
        if message.get("out"):
            out.append(str(message["id"]))
        hold(self.session.workbook, self.ballot.key, {"left_out": "\n".join(out)})
        self.session.follow()
        return {}

    def _follow_up(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """A weak or split question becomes an action or a risk."""
        kind = str(message["kind"])
        if kind not in {one["kind"] for one in self.may["follow_up"]}:
            raise BadEntry({"": "That cannot be made from here."})
        self.session.workbook.add(kind, follow_up(kind, self.ballot, str(message["key"])))
        self.session.follow()
        return {"said": f"Added to the list of {KINDS[kind].plural.lower()}. Say there who sees to it, and by when."}
