"""What a sceptic would ask, row by row, each question with a link to its field and a place for the answer."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import traitlets

from pspworkbook.methods.sroi.checker import Doubtful
from pspworkbook.methods.sroi.replies import About, Asked, Reply
from pspworkbook.methods.words import day
from pspworkbook.widgets.addresses import place_to_add
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import BadEntry, Clash, WorkbookError

KIND = "checker_reply"


class Questions(Part):
    """One list of all questions, grouped by what they are asked of. Answers are records of the workbook."""

    _esm = script("links.js", "questions.js")
    answers: ClassVar[dict[str, str]] = {"answer": "_answer", "holds": "_holds", "withdraw": "_withdraw"}
    state = traitlets.Dict().tag(sync=True)
    readonly = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        session: Session,
        read: Callable[[], list[About]],
        standing: Callable[[Doubtful], str],
        kinds: Sequence[str],
        *,
        place: Callable[[Doubtful], str],
        gone: Callable[[], list[tuple[str, Any]]],
        rule: str,
    ) -> None:
        """``read`` gives the questions with their answers, ``standing`` how the row of one stands now; ``kinds`` are read.

        ``place`` names the register that shows the field of a question; ``gone`` gives the answers to what nobody asks
        any more.
        """
        self.session, self._read, self._standing = session, read, standing
        self._place, self._gone, self._rule = place, gone, rule
        super().__init__(readonly=not session.workbook.may_edit(KIND))
        self.refresh()
        session.watch([*kinds, KIND, "person"], self.refresh)

    def refresh(self) -> None:
        """Show what is asked and answered now."""
        groups = self._read()
        people = {entry.id: entry.record.label() for entry in self.session.now.records("person")}
        asked = [one for group in groups for one in group.asked]
        state = {
            "groups": [self._group(group, people) for group in groups],
            "open": sum(one.open for one in asked),
            "stale": sum(one.stale for one in asked),
            "answered": sum(not one.open for one in asked),
            "people": [{"value": id_, "text": name} for id_, name in people.items()],
            "add": {} if people else place_to_add(self.session, "person"),
            "gone": [{"id": id_, "finding": reply.finding, "reply": reply.reply} for id_, reply in self._gone()],
            "rule": self._rule,
        }
        if state != self.state:
            self.state = state

    def _group(self, group: About, people: dict[str, str]) -> dict[str, Any]:
        return {
            "key": f"{group.kind}:{group.id}",
            "name": group.name,
            "open": group.open,
            "stale": group.stale,
            "asked": [self._one(one, people) for one in group.asked],
        }

    def _one(self, one: Asked, people: dict[str, str]) -> dict[str, Any]:
        found = one.finding
        register = self._place(found)
        return {
            "key": found.key,
            "question": found.question[:1].upper() + found.question[1:],
            "sentence": found.sentence,
            "register": register,
            "row": found.id,
            "href": f"#{register}-{f'{found.id}-{found.field}' if found.id else 'add'}" if register else "",
            "replies": [self._reply(reply, people) for reply in one.replies],
        }

    def _reply(self, reply: Reply, people: dict[str, str]) -> dict[str, Any]:
        record = reply.record
        who = people.get(record.by or "", "")
        on = day(record.date) if record.date else ""
        return {
            "id": reply.id,
            "version": self._version(reply.id),
            "reply": record.reply,
            "by": record.by or "",
            "said": ", ".join(part for part in (who, on) if part),
            "since": list(reply.since),
        }

    def _version(self, id_: str) -> int:
        return next((entry.version for entry in self.session.now.records(KIND) if entry.id == id_), 0)

    def _asked(self, message: dict[str, Any]) -> Asked:
        """The question that the page means, as it is asked now."""
        self.session.follow()
        key = str(message.get("key", ""))
        for group in self._read():
            for one in group.asked:
                if one.finding.key == key:
                    return one
        raise WorkbookError("Nobody asks this any more: the row has been changed. What you typed was not kept.")

    def _answer(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        one = self._asked(message)
        text, by = str(message.get("reply", "")).strip(), str(message.get("by", "")) or None
        if not text:
            raise BadEntry({"reply": "Write the reason, or change the figure instead."})
        values = {
            "finding": one.finding.sentence[:300],
            "reply": text,
            "by": by,
            "date": dt.date.today(),
            "stood": self._standing(one.finding),
        }
        id_ = str(message.get("id", ""))
        if id_:
            self.session.workbook.change(KIND, id_, values, version=int(message.get("version", 0)))
        elif one.replies:
            theirs = one.replies[0].record.reply
            raise WorkbookError(f"Somebody has just answered this: “{theirs}”. Change that answer, or leave it.")
        else:
            self.session.workbook.add(KIND, {**values, "origin": one.finding.key})
        self.session.follow()
        return {"said": "The answer is kept, and goes into the report."}

    def _holds(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """The answer still holds, though the row says something else by now."""
        one = self._asked(message)
        reply = next((reply for reply in one.replies if reply.id == message.get("id")), None)
        if reply is None:
            raise WorkbookError("This answer has been removed.")
        values = {"stood": self._standing(one.finding), "date": dt.date.today(), "finding": one.finding.sentence[:300]}
        version = int(message.get("version", 0))
        self.session.workbook.change(KIND, reply.id, values, version=version, reason="It still holds")
        self.session.follow()
        return {"said": "Kept: the answer still holds."}

    def _withdraw(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        id_ = str(message.get("id", ""))
        self.session.workbook.delete(KIND, id_, version=int(message.get("version", 0)) or self._version(id_))
        self.session.follow()
        return {"said": "The answer is taken back; the history keeps it, and Undo brings it back."}

    def both(self, clash: Clash) -> dict[str, Any]:
        """The answer that somebody else saved first."""
        theirs = clash.theirs
        return {"version": theirs.version, "who": theirs.author, "reply": theirs.record.reply}
