"""A register as a table, or one record as a form, made from the record's declaration."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import traitlets

from pspworkbook.methods import terms
from pspworkbook.methods.findings import same_name
from pspworkbook.methods.to_come import still_to_come
from pspworkbook.methods.words import day
from pspworkbook.records import KINDS, FieldSpec, field_of, fields_of
from pspworkbook.records.fits import misfits
from pspworkbook.widgets.files import Pieces
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.record_facts import register_file, used
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import FIRST, Session
from pspworkbook.widgets.taking import take_rows
from pspworkbook.workbook.entries import Entry
from pspworkbook.workbook.errors import Clash, WorkbookError

Remark = tuple[str, Mapping[str, tuple[str, Mapping[str, Any]]]]
"""What a page has to say about one row, and buttons: key to words, and the fields that pressing sets."""

Adjust = Callable[[Any, Mapping[str, Any]], tuple[dict[str, Any], str]]
"""From a record and what was typed into some of its fields to what is meant, and a word on it where that differs."""

STILL = "The reason still holds"

WINDOW = 50
"""How many records a page holds at a time: each is a row of inputs, and a browser slows down over thousands of them."""


@dataclass(frozen=True)
class Derived:
    """A column that is worked out, not entered: record id to shown text, and the text under it."""

    title: str
    values: dict[str, str] = field(default_factory=dict)
    total: str = ""
    words: bool = False
    """The texts are words, not figures: they wrap, and stand to the left."""


class Register(Part):
    """Every record of one kind, each cell an input that saves itself."""

    _esm = script(
        "terms.js",
        "fields.js",
        "sheets.js",
        "ordered.js",
        "links.js",
        "table_roles.js",
        "register_card.js",
        "register_said.js",
        "register_window.js",
        "register.js",
    )
    answers: ClassVar[dict[str, str]] = {
        "change": "_change",
        "mend": "_mend",
        "add": "_add",
        "seed": "_seed_all",
        "delete": "_delete",
        "explain": "_explain",
        "find": "_find",
        "turn": "_turn",
        "locate": "_locate",
        "uses": "_uses",
        "file": "_file",
        "piece": "_piece",
        "paste": "_paste",
    }

    name = traitlets.Unicode().tag(sync=True)
    shape = traitlets.Unicode("table").tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    fields = traitlets.List().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    derived = traitlets.List().tag(sync=True)
    readonly = traitlets.Bool(False).tag(sync=True)
    fixed = traitlets.Bool(False).tag(sync=True)
    seeds = traitlets.Int(0).tag(sync=True)
    seed_words = traitlets.Unicode().tag(sync=True)
    ordered = traitlets.Bool(False).tag(sync=True)
    within = traitlets.List().tag(sync=True)
    window = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        session: Session,
        kind: str,
        *,
        name: str = "",
        caption: str = "",
        empty: str = "",
        total: str = "Total",
        only: Sequence[str] = (),
        shown: Mapping[str, str] | None = None,
        fixed: bool = False,
        added_in: tuple[str, str] = ("", ""),
        seed: Sequence[Mapping[str, Any]] = (),
        remark: Callable[[Any], Remark | None] = lambda _record: None,
        adjust: Adjust | None = None,
        ordered: bool = False,
        which: Callable[[], Sequence[str]] | None = None,
        aliases: Mapping[str, str] | None = None,
        seed_by: Sequence[str] = (),
        seed_buttons: tuple[str, str] = ("Start with the guide's list", "Add what is missing from the guide's list"),
    ) -> None:
        """A page may show one kind in several registers: each has its own ``name``.

        ``only`` keeps it to these fields, ``shown`` says which of them are columns (as in the declaration if not
        given), ``seed`` holds the rows that the guide's list has, offered while one of them is not there (told by the fields in ``seed_by``, otherwise by all that it gives) on a button that says one of ``seed_buttons``, ``fixed`` leaves adding and removing to another register and shows each record's name instead; ``added_in`` is that register's name, if it is on the page, and where it stands, for a link to it. ``remark`` says what stands under a row that something is odd about, ``adjust`` what is meant by what was typed. ``ordered`` is for ``OrderedRegister``. ``which`` picks the records to show, by identifier and in that order: such a list is an extract, and links to a record lead to the register that has all of them. ``aliases`` gives further headings that a file may have for a field: heading to field name.
        Raises KeyError when there is no such kind of record.
        """
        self.session, self.kind, self.model_class = session, kind, KINDS[kind]
        model = self.model_class
        self._seed, self._seed_by = [dict(values) for values in seed], tuple(seed_by)
        self._remark, self._adjust, self._which = remark, adjust, which
        self._pieces, self._aliases = Pieces(), dict(aliases or {})
        self._from, self._query, self._derived = 0, "", list[Derived]()
        columns = dict(shown) if shown is not None else {spec.name: spec.shown for spec in fields_of(model)}
        self.specs = [
            replace(spec, shown=columns.get(spec.name, ""))
            for spec in fields_of(model)
            if (not only or spec.name in only)
            and spec.kind.name != "origin"  # nobody types where a record came from
            and (
                not spec.private or session.workbook.may_edit(kind)
            )  # kept off shared screens: only for who fills it in
        ]
        noun = model.noun[0].lower() + model.noun[1:]
        article = "an" if noun[0] in "aeiou" else "a"
        super().__init__(
            name=name or kind,
            fixed=fixed,
            ordered=ordered,
            shape="form" if model.single else "table",
            readonly=not session.workbook.may_edit(kind),
            fields=[self._field(spec) for spec in self.specs],
            words={
                "caption": caption or model.plural,
                "empty": empty or "Nothing here yet.",
                "head": model.noun,
                "add": f"Add {article} {noun}",
                "remove": f"Remove this {noun}",
                "total": total,
                "seed": seed_buttons[0],
                "seed_rest": seed_buttons[1],
                "kind": "" if which else kind,
                "plural": model.plural[0].lower() + model.plural[1:],
                "noun": noun,
                "added_in": added_in[0],
                "added_where": added_in[1],
                "columns": ", ".join(spec.title for spec in self.specs if not spec.private),
            },
        )
        self.refresh()
        session.watch([kind], self.refresh, FIRST)
        if others := self._points_to():
            session.watch(others, self.refresh)

    def _points_to(self) -> list[str]:
        return sorted({spec.refers_to for spec in self.specs if spec.refers_to})

    def _meaning(self, title: str, field: str = "") -> str:
        """What the heading of a column means, where it is a term of the glossary; "" where it is an everyday word."""
        key = terms.of_heading(title, self.kind, field)
        return terms.meaning(key) if key else ""

    def _field(self, spec: FieldSpec) -> dict[str, Any]:
        return {
            "name": spec.name,
            "title": spec.title,
            "help": spec.help,
            "meaning": self._meaning(spec.title, spec.name),
            "kind": spec.kind.name,
            "number": spec.kind.number,
            "unit_shown": "years" if spec.kind.name == "years" and "year" not in spec.title.lower() else "",
            "example": spec.example,
            "needed": spec.needed,
            "unless": self._unless(spec),
            "private": spec.private,
            "shown": spec.shown,
            "group": spec.group,
            "offered": spec.offered,
            "options": [{"value": sentence, "text": sentence} for sentence in spec.options.values()],
        }

    def _unless(self, spec: FieldSpec) -> dict[str, str] | None:
        """Where the field is not needed: another field, and its value as the page holds it."""
        if not spec.unless:
            return None
        name, value = spec.unless
        return {"field": name, "text": field_of(self.model_class, name).show(value)}

    def refresh(self) -> None:
        """Show what the workbook holds now."""
        options = {}
        for spec in self.specs:
            if spec.refers_to:
                options[spec.name] = self._choices(spec)
            elif spec.offered:
                options[spec.name] = self._said_before(spec)
        if options != self.options:
            self.options = options
        rows = [self._row(entry) for entry in self._in_window()]
        missing = len(self._unseeded())
        if missing != self.seeds:
            self.seeds = missing
        if rows != self.rows:
            self.rows = rows

        self._send_derived()

    def _choices(self, spec: FieldSpec) -> list[dict[str, str]]:
        """What a reference may point to."""
        return [{"value": entry.id, "text": entry.record.label()} for entry in self.session.now.records(spec.refers_to)]

    def _said_before(self, spec: FieldSpec) -> list[dict[str, str]]:
        """What the records say in a field, the most frequent first; differences of case and blanks make no second one."""
        said: dict[str, list[str]] = {}
        for entry in self.session.now.records(self.kind):
            if text := getattr(entry.record, spec.name):
                said.setdefault(same_name(text), []).append(text)
        often = sorted(said.values(), key=lambda texts: (-len(texts), texts[0].casefold()))
        return [{"value": texts[0], "text": texts[0]} for texts in often]

    def _entries(self) -> list[Entry]:
        """The records that this register is about, in their order."""
        entries = self.session.now.records(self.kind)
        if self._which is None:
            return entries
        by_id = {entry.id: entry for entry in entries}
        return [by_id[id_] for id_ in self._which() if id_ in by_id]

    def _in_window(self) -> list[Entry]:
        """The records that are on the page: all of a short register, a window of a long one, or what was looked for."""
        now = self.session.now
        if self.model_class.single:
            return [now.the(self.kind)]
        entries = self._entries()
        found = [entry for entry in entries if self._query in self._words(entry)] if self._query else entries
        if self._from >= len(found):
            self._from = max(0, len(found) - 1) // WINDOW * WINDOW
        window = {"total": len(entries), "found": len(found), "from": self._from, "size": WINDOW, "query": self._query}
        if window != self.window:
            self.window = window
        return found[self._from : self._from + WINDOW]

    def _words(self, entry: Entry) -> str:
        names = {name: {one["value"]: one["text"] for one in self.options.get(name, [])} for name in self.options}
        shown = self._shown(entry)
        return " ".join([entry.record.label(), *(names.get(k, {}).get(v, v) for k, v in shown.items())]).casefold()

    def derive(self, columns: Sequence[Derived]) -> None:
        """Show these worked-out columns beside the entered ones."""
        self._derived = list(columns)
        self._send_derived()

    def _send_derived(self) -> None:
        here = {row["id"] for row in self.rows}
        plain = [
            {
                "title": column.title,
                "meaning": self._meaning(column.title),
                "values": {id_: text for id_, text in column.values.items() if id_ in here},
                "total": column.total,
                "words": column.words,
            }
            for column in self._derived
        ]
        if plain != self.derived:
            self.derived = plain

    def _find(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """Show only the records that hold these words."""
        self._query, self._from = " ".join(str(message.get("words", "")).split()).casefold(), 0
        self.refresh()
        found = self.window["found"]
        return {"said": f"{found:,} found" if self._query else ""}

    def _turn(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        self._from = max(0, int(message["to"])) // WINDOW * WINDOW
        self.refresh()
        return {}

    def _locate(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """Bring a record into the window, so that the page can go to it."""
        ids = [entry.id for entry in self._entries()] if not self.model_class.single else []
        if str(message["id"]) not in ids:
            return {}
        self._query, self._from = "", ids.index(str(message["id"])) // WINDOW * WINDOW
        self.refresh()
        return {"there": True}

    def _uses(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """Where a record came from, and where it is used, each with its address."""
        return used(self.session, self.kind, str(message["id"]))

    def _file(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """The whole register as a file. What is kept off shared screens is in it only for the facilitator."""
        return register_file(self.session, self.kind, xlsx=message.get("as") == "xlsx")

    def _piece(self, message: dict[str, Any], buffers: list[Any]) -> dict[str, Any]:
        data = self._pieces.take(message, buffers)
        return {} if data is None else self._take(str(message.get("name", "")), data)

    def _paste(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        return self._take("what was pasted", str(message.get("text", "")).encode("utf-8", "replace"))

    def _take(self, name: str, data: bytes) -> dict[str, Any]:
        return take_rows(self.session, self.kind, name, data, self._aliases)

    def _shown(self, entry: Entry) -> dict[str, str]:
        return {spec.name: spec.show(getattr(entry.record, spec.name)) for spec in self.specs}

    def _row(self, entry: Entry) -> dict[str, Any]:
        shown = self._shown(entry)
        wrong = {name: said for name, said in misfits(entry.record).items() if name in shown}
        text, mends = self._said_of(entry)
        return {
            "id": entry.id,
            "version": entry.version,
            "label": self._label(entry, shown),
            "values": shown,
            "wrong": wrong,
            "remark": {"text": text, "mends": [{"key": key, "words": words} for key, (words, _) in mends.items()]},
        }

    def _said_of(self, entry: Entry) -> tuple[str, dict[str, tuple[str, Mapping[str, Any]]]]:
        """What a row has to say: the page's own remark, days that have not come yet, and reasons that were given for other figures."""
        text, mends = self._remark(entry.record) or ("", {})
        old = self.session.now.outdated(self.kind).get(entry.id, {})
        here = dict.fromkeys(said for name, said in old.items() if any(spec.name == name for spec in self.specs))
        still: dict[str, tuple[str, Mapping[str, Any]]] = {"still": (STILL, {})} if here else {}
        early = still_to_come(entry.record, dt.date.today())
        return " ".join(filter(None, [text, *early, *here])), {**mends, **still}

    def _label(self, entry: Entry, shown: Mapping[str, str]) -> str:
        """The record's name; where it has none, what its first two columns say, so that no two rows sound alike."""
        record = entry.record
        if getattr(record, record.name_field, None) and field_of(type(record), record.name_field).kind.name != "date":
            return str(record.label())
        said = [
            {one["value"]: one["text"] for one in self.options.get(spec.name, [])}.get(text)
            or (day(getattr(record, spec.name)) if spec.kind.name == "date" else text)
            for spec in self.specs
            if spec.shown and not spec.private and (text := shown.get(spec.name))
        ]
        return ", ".join(said[:2]) or str(record.label())

    def _last(self) -> dict[str, Any]:
        return self.session.done(self.session.workbook.changes_since(self.session.seen))

    def _change(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        known = {spec.name for spec in self.specs}
        values = {str(name): value for name, value in dict(message["values"]).items() if name in known}
        id_, note = str(message["id"]), ""
        if self._adjust is not None:
            values, note = self._adjust(self.session.workbook.get(self.kind, id_).record, values)
        entry = self.session.workbook.change(self.kind, id_, values, version=int(message["version"]))
        answer = {**self._last(), "version": entry.version, "remark": self._said_of(entry)[0]}
        return {**answer, "said": f"{answer['said']}. {note}"} if note and "said" in answer else answer

    def _mend(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        """What the button of a remark does; nothing where the remark no longer holds."""
        entry = self.session.workbook.get(self.kind, str(message["id"]))
        _, mends = self._said_of(entry)
        if str(message["key"]) not in mends:
            raise WorkbookError("This has just been changed. Look at the row again.")
        words, values = mends[str(message["key"])]
        if values:
            self.session.workbook.change(self.kind, entry.id, values, version=entry.version, reason=words)
        else:
            self.session.workbook.look_again(self.kind, entry.id, entry.version, words)
        return self._last()

    def _add(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        entry = self.session.workbook.add(self.kind, dict(message.get("values", {})))
        answer = {**self._last(), "id": entry.id}
        self._locate({"id": entry.id}, [])
        return answer

    def _unseeded(self) -> list[dict[str, Any]]:
        """The rows of the guide's list that are not there yet, told by the fields that the list gives."""
        entries = self.session.now.records(self.kind) if self._seed else []
        return [
            values
            for values in self._seed
            if not any(
                all(getattr(entry.record, name) == values[name] for name in self._seed_by or values)
                for entry in entries
            )
        ]

    def _seed_all(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        self.session.workbook.save_many(
            [(self.kind, None, values) for values in self._unseeded()],
            reason=self.seed_words or (self.words["seed"] if self._seed_by else "From the guide's list"),
        )
        return self._last()

    def _delete(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        self.session.workbook.delete(
            self.kind, str(message["id"]), version=int(message["version"]), unlink=bool(message.get("unlink"))
        )
        return self._last()

    def _explain(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        self.session.workbook.explain(int(message["seq"]), str(message["reason"]))
        self.session.follow()
        return {"said": "The reason is kept in the history."}

    def both(self, clash: Clash) -> dict[str, Any]:
        """Theirs, as the page shows it beside what was typed here."""
        return {"version": clash.theirs.version, "who": clash.theirs.author, "values": self._shown(clash.theirs)}
