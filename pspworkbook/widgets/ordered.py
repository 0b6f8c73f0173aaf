"""A register whose records stand in an order, each order within something: the steps of one journey, for instance."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import ValidationError

from pspworkbook.methods.findings import number_of
from pspworkbook.records import field_of
from pspworkbook.widgets.register import Register
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.entries import Entry
from pspworkbook.workbook.errors import WorkbookError

BOTH = "~"
"""Between two things to choose, in a link to where a record is missing. No identifier has it."""


@dataclass(frozen=True)
class Copy:
    """Records to begin with: ``make`` gives them for what is chosen now, ``words`` names the button for it."""

    make: Callable[[dict[str, str]], Iterable[Mapping[str, Any]]]
    words: Callable[[dict[str, str]], str]


class OrderedRegister(Register):
    """Shows the records that have the chosen values in the fields ``within``, in the order of the field ``order``.

    The order is a number in the record, so that a spreadsheet can hold it. Whoever moves a record by its buttons, or
    writes another number, gives all records of that order new numbers in one save, which one undo takes back. What is
    chosen belongs to the page, like the words of a search: nobody else's page turns over because of it.
    """

    answers: ClassVar[dict[str, str]] = {**Register.answers, "move": "_move", "choose": "_choose"}

    def __init__(
        self,
        session: Session,
        kind: str,
        *,
        within: Sequence[str],
        order: str = "order",
        copy: Copy | None = None,
        needs: str = "",
        **more: Any,
    ) -> None:
        """``within`` are references or choices; ``needs`` is what to say while the first of them has nothing to choose."""
        self._within, self._order, self._copy, self._needs = tuple(within), order, copy, needs
        self.chosen: dict[str, str] = {}
        self._told: list[Callable[[], None]] = []
        super().__init__(session, kind, ordered=True, **more)

    def on_choice(self, work: Callable[[], None]) -> None:
        """Call ``work`` whenever something else is chosen."""
        self._told.append(work)

    # What is shown

    def _entries(self) -> list[Entry]:
        """The records of what is chosen, in order; those without a number last, as they were made."""
        return self._in_order(self.chosen)

    def _in_order(self, chosen: Mapping[str, str]) -> list[Entry]:
        found = [
            entry
            for entry in self.session.now.records(self.kind)
            if all((getattr(entry.record, name) or "") == value for name, value in chosen.items())
        ]
        return sorted(found, key=lambda entry: (self._place(entry) is None, self._place(entry) or 0))

    def _place(self, entry: Entry) -> int | None:
        place: int | None = getattr(entry.record, self._order)
        return place

    def refresh(self) -> None:
        """Show what the workbook holds now; where what was chosen has gone, the first that is there is chosen."""
        before = dict(self.chosen)
        choices = []
        for name in self._within:
            options = self._to_choose(name)
            values = [option["value"] for option in options]
            if self.chosen.get(name) not in values:
                self.chosen[name] = values[0] if values else ""
            spec = field_of(self.model_class, name)
            choices.append({"name": name, "title": spec.title, "options": options, "chosen": self.chosen[name]})
        words = self._copy.words(self.chosen) if self._copy else ""
        if choices != self.within or words != self.seed_words:
            self.within, self.seed_words = choices, words
        super().refresh()
        if before != self.chosen:
            for work in self._told:
                work()

    def _to_choose(self, name: str) -> list[dict[str, str]]:
        """The choices of one field; records that have none in it can be chosen too, so that none is out of reach."""
        spec, now = field_of(self.model_class, name), self.session.now
        if spec.refers_to:
            options = [{"value": entry.id, "text": entry.record.label()} for entry in now.records(spec.refers_to)]
        else:
            options = [{"value": value, "text": text} for value, text in spec.options.items()]
        if any(not getattr(entry.record, name) for entry in now.records(self.kind)):
            options.append({"value": "", "text": "Not said yet"})
        return options

    def _unseeded(self) -> list[dict[str, Any]]:
        """Copies that could be made, numbered so that they stand behind what is there."""
        if self._copy is None or not self._ready():
            return []
        return [dict(values) for values in self._copy.make(self.chosen)]

    def _ready(self) -> bool:
        return bool(self.chosen.get(self._within[0]))

    # What the page asks for

    def _choose(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """Show the records of something else."""
        name, value = str(message["name"]), str(message["value"])
        if name not in self._within or value not in {option["value"] for option in self._to_choose(name)}:
            raise WorkbookError("This is no longer there to choose.")
        self._turn_to({**self.chosen, name: value})
        return {"said": number_of(len(self._entries()), self.words["noun"])}

    def _turn_to(self, chosen: dict[str, str]) -> None:
        changed = chosen != self.chosen
        self.chosen, self._query, self._from = chosen, "", 0
        self.refresh()
        if changed:
            for work in self._told:
                work()

    def _locate(self, message: dict[str, Any], buffers: list[Any]) -> dict[str, Any]:
        """Choose what a record stands in, so that the page can go to it. What records could stand in can be chosen too:
        ``jean`` or ``jean~wanted``, and the page goes to where one is added.
        """
        wanted = str(message["id"])
        entry = next((one for one in self.session.now.records(self.kind) if one.id == wanted), None)
        if entry is not None:
            self._turn_to({name: getattr(entry.record, name) or "" for name in self._within})
            return super()._locate(message, buffers)
        parts = {
            name: part
            for part in wanted.split(BOTH)
            for name in self._within
            if part in {option["value"] for option in self._to_choose(name)}
        }
        if parts:
            self._turn_to({**self.chosen, **parts})
            return {"add": True}
        return {}

    def _add(self, message: dict[str, Any], buffers: list[Any]) -> dict[str, Any]:
        if not self._ready() and self._needs:
            raise WorkbookError(self._needs)
        self.session.follow()
        places = [place for entry in self._entries() if (place := self._place(entry)) is not None]
        values = {name: value or None for name, value in self.chosen.items()}
        values |= {self._order: str(max(places, default=0) + 1)} | dict(message.get("values", {}))
        return super()._add({**message, "values": values}, buffers)

    def _change(self, message: dict[str, Any], buffers: list[Any]) -> dict[str, Any]:
        """A new number is a move; anything else is saved as in every register."""
        if set(message["values"]) == {self._order}:
            try:
                place = getattr(self.model_class.model_validate(dict(message["values"])), self._order)
            except ValidationError:
                place = None  # the register says what is wrong with it
            if place is not None:
                return self._put(str(message["id"]), lambda _at: place - 1)
        return super()._change(message, buffers)

    def _move(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """One place up or down."""
        by = 1 if int(message["by"]) > 0 else -1
        return self._put(str(message["id"]), lambda at: at + by)

    def _put(self, id_: str, where: Callable[[int], int]) -> dict[str, Any]:
        self.session.follow()  # others may have moved something a moment ago
        moved = self.session.workbook.get(self.kind, id_)
        group = self._in_order({name: getattr(moved.record, name) or "" for name in self._within})
        at = next(place for place, entry in enumerate(group) if entry.id == id_)
        target = min(max(where(at), 0), len(group) - 1)
        group.insert(target, group.pop(at))
        new = [
            (self.kind, entry.id, {self._order: place})
            for place, entry in enumerate(group, 1)
            if self._place(entry) != place
        ]
        if new:
            self.session.workbook.save_many(new, reason="Put in order")
        answer = self._last() if new else {}
        said = f"“{moved.record.label()}” is number {target + 1} of {len(group)}."
        return {**answer, "said": said, "version": self.session.workbook.get(self.kind, id_).version}
