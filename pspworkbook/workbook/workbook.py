"""A workbook: everything that one partnership has written down, and how it came to be so."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Row, Select, func, select, update

from pspworkbook.records import KINDS, Record, fields_of
from pspworkbook.workbook import looking_back, saving, tables, undo, words
from pspworkbook.workbook.access import Access
from pspworkbook.workbook.entries import Change, Entry, NextStep, model_of, moment
from pspworkbook.workbook.errors import BadEntry, Body, NotFound, WorkbookError
from pspworkbook.workbook.saving import new_id, put_many
from pspworkbook.workbook.writing import State, Writing, entry_of, is_id, state_of, validated

if TYPE_CHECKING:
    import pandas as pd

    from pspworkbook.workbook.store import Store


LONGEST_LOG = 2**31 - 1
AT_ONCE = 500
"""Databases take only so many values in one question."""


class Workbook:
    """One partnership's workbook, as one person sees and edits it.

    Nothing is kept here: every question is answered from the store, so two pages that show the same workbook show the
    same thing. ``slug`` is its short name, ``author`` and ``role`` say who is here. A curious user might type::

        workbook = open_workbook()
        workbook.frame("outcome")                        # a pandas DataFrame
        falls = workbook.records("outcome")[0]
        workbook.change("outcome", falls.id, {"deadweight": "10%"}, falls.version, reason="Asked the GPs")
        workbook.history()[0].summary                    # 'Deadweight of “Fewer falls” from 0% to 10%'
        workbook.undo()

    Everything may raise StoreTrouble (the store cannot be used) and, when it was opened with a key, NotAllowed (the key
    has been withdrawn or has expired). What writes raises NotAllowed when the role does not allow it.
    """

    def __init__(self, store: "Store", slug: str, access: Access) -> None:
        self.store = store
        self.slug = slug
        self.access = access
        self.made: set[int] = set()
        """The batches of the log that were made through this object."""

    def __repr__(self) -> str:
        return f"<Workbook {self.slug!r} as {self.author}, {self.role}>"

    @property
    def author(self) -> str:
        """The name that changes made here carry in the log."""
        return self.access.author

    @property
    def role(self) -> str:
        """``facilitator``, ``partner``, ``participant`` or ``viewer``."""
        return self.access.role

    @property
    def name(self) -> str:
        """The workbook's name. Change it with :meth:`rename`."""
        return str(self._row().name)

    @property
    def example(self) -> bool:
        """Whether this is an example, not a real partnership."""
        return bool(self._row().example)

    @property
    def position(self) -> int:
        """The number of lines in the log: it rises with every change, so a page asks it whether anything is new."""
        return int(self._row().seq)

    def may_edit(self, kind: str) -> bool:
        """Whether whoever opened this workbook may change records of a kind: a page's fields follow it."""
        return self.access.may_edit(kind)

    # Reading

    def records(self, kind: str, known: Sequence[Entry] = ()) -> list[Entry]:
        """All records of a kind, in the order in which they were made. Raises NotFound for an unknown kind.

        ``known`` is what an earlier call gave: of those, only what has changed since is read again.
        """
        model_of(kind)
        c = tables.record.c
        # The line of the log that made a version says which version it is: the log is never altered.
        have = {(entry.id, entry.seq): entry for entry in known}
        since = max((entry.seq for entry in known), default=0)
        with self._reading() as (connection, owner):
            where = (c.workbook == owner.id, c.kind == kind, c.deleted.is_(False))
            there: list[Any] = []
            if have:
                there = connection.execute(select(c.id, c.seq).where(*where).order_by(c.created_seq)).tuples().all()
                have = have if all(key in have or key[1] > since for key in there) else {}
            newer = (c.seq > since,) if have else ()
            rows = connection.execute(select(tables.record).where(*where, *newer).order_by(c.created_seq)).all()
        read = {(row.id, row.seq): entry_of(kind, row.id, state_of(row)) for row in rows}
        return [read.get(key) or have[key] for key in there] if have else list(read.values())

    def get(self, kind: str, id: str) -> Entry:
        """One record. Raises NotFound when it is not there, saying who removed it where somebody did."""
        model_of(kind)
        state = self._state(kind, id)
        if state is None or state.body is None:
            raise saving.gone(kind, id, state)
        return entry_of(kind, id, state)

    def the(self, kind: str) -> Entry:
        """The one record of a form, such as ``workbook.the("forecast")``; empty, in version 0, if not saved yet.

        Raises WorkbookError for a kind that is a register.
        """
        model = model_of(kind)
        if not model.single:
            raise WorkbookError(f"There can be many {model.plural.lower()}. Read them with records(“{kind}”).")
        state = self._state(kind, kind)
        if state is not None and state.body is not None:
            return entry_of(kind, kind, state)
        return Entry(kind, state.version if state else 0, model(), "", None, state.seq if state else 0)

    def frame(self, kind: str) -> "pd.DataFrame":
        """All records of a kind as a pandas DataFrame: one row for each, its identifier as the index.

        The columns are the fields of the register, then ``version``, ``author`` and ``at``. It is a copy: altering it
        alters nothing in the workbook. Raises NotFound for an unknown kind.
        """
        import pandas as pd  # here, because it takes a second to import and most pages draw no frame

        specs, entries = fields_of(model_of(kind)), self.records(kind)
        columns: dict[str, Any] = {}
        for spec in specs:
            values = [getattr(entry.record, spec.name) for entry in entries]
            columns[spec.name] = pd.Series(
                values,
                dtype="float64" if spec.kind.number else "Int64" if spec.kind.name == "calendar year" else "object",
            )
        columns["version"] = pd.Series([entry.version for entry in entries], dtype="int64")
        columns["author"] = pd.Series([entry.author for entry in entries], dtype="object")
        columns["at"] = pd.to_datetime(pd.Series([entry.at for entry in entries], dtype="object"), utc=True)
        frame = pd.DataFrame(columns)
        frame.index = pd.Index([entry.id for entry in entries], name="id", dtype="object")
        return frame

    # Writing

    def add(self, kind: str, values: Mapping[str, Any], reason: str = "") -> Entry:
        """Add a record; values may be as typed, ``{"deadweight": "5%"}``. Raises BadEntry."""
        return self.save_many([(kind, None, values)], reason)[0]

    def save(self, record: Record, id: str | None = None, version: int | None = None, reason: str = "") -> Entry:
        """Save a whole record: a new one without ``id``, otherwise in place of the version named.

        An ``id`` without a version (or with version 0) makes a record with that identifier. Nothing is written when
        nothing has changed. Raises Clash when the record is no longer in that version, even if it now says the same,
        NotFound when it has been removed, BadEntry when it is not valid.
        """
        kind = record.kind
        body = validated(kind, record.body()).body()
        chosen = new_id(kind) if id is None else id
        with self._writing(kind, reason) as writing:
            state, refused = saving.save_whole(writing, kind, chosen, body, version or 0)
        if refused:
            raise refused
        return entry_of(kind, chosen, state)

    def keep(self, record: Record) -> Entry:
        """Keep what a page has worked out, in place of what it worked out before: the one record of a form.

        Undo passes it over, for nobody has typed it. Nothing is written when nothing has changed. Raises BadEntry.
        """
        kind = record.kind
        body = validated(kind, record.body()).body()
        with self._writing(kind, "") as writing:
            now = writing.find(kind, kind)
            state = now if now is not None and now.body == body else writing.put("keep", kind, kind, body)
        return entry_of(kind, kind, state)

    def change(self, kind: str, id: str, values: Mapping[str, Any], version: int, reason: str = "") -> Entry:
        """Change some fields of a record that was read in ``version``; values may be as typed, ``{"deadweight": "5%"}``.

        Where others have changed other fields since, both people's work is kept. Nothing is written when nothing has
        changed. Raises BadEntry with a message for each field that cannot be read (then nothing is saved), Clash when
        somebody has changed the same field since, NotFound when the record has been removed.
        """
        model_of(kind)
        with self._writing(kind, reason) as writing:
            state, refused = saving.change_fields(writing, kind, id, values, version)
        if refused:
            raise refused
        return entry_of(kind, id, state)

    def delete(self, kind: str, id: str, version: int, reason: str = "", *, unlink: bool = False) -> None:
        """Remove a record that was read in ``version``; undo brings it back.

        ``unlink`` takes it out of every record that points to it, in the same save. Raises Clash when somebody has
        changed it since, NotFound when it is not there, NotAllowed when the role may not edit what points to it.
        """
        model_of(kind)
        with self._writing(kind, reason) as writing:
            _state, refused = saving.remove(writing, kind, id, version)
            if unlink and not refused:
                for other in saving.unlink(writing, kind, id):
                    self.access.require_edit(other)
        if refused:
            raise refused

    def save_many(
        self, entries: Iterable[tuple[str, str | None, Mapping[str, Any] | None]], reason: str = ""
    ) -> list[Entry]:
        """Save several records at once, all or none, as one batch that one undo takes back.

        Each is (kind, id, values): without an id, or with one that is not there yet, a new record; otherwise the values
        are put on top of the record as it stands; None instead of values removes it. Raises BadEntry, whose ``place`` is the number of the entry counted
        from 0, and NotFound when a record with that id has been removed.
        """
        wanted = list(entries)
        with self._writing(None, reason) as writing:
            done = put_many(writing, wanted)
        found = [(kind, id, writing.find(kind, id)) for kind, id in done]
        return [entry_of(kind, id, state) for kind, id, state in found if state and state.body is not None]

    def replace_all(self, entries: Iterable[tuple[str, str, Mapping[str, Any]]], reason: str = "") -> None:
        """Make these the records of the workbook: what is not among them is removed. One batch, which undo takes back.

        Raises BadEntry, and NotAllowed for anybody but the facilitator.
        """
        self.access.require_facilitator("replace everything")
        wanted = list(entries)
        with self._writing(None, reason) as writing:
            kept = set(put_many(writing, wanted, revive=True))
            c = tables.record.c
            there = (
                select(c.kind, c.id)
                .where(c.workbook == writing.owner.id, c.deleted.is_(False))
                .order_by(c.created_seq.desc())
            )
            for kind, id in writing.connection.execute(there).tuples().all():
                if (kind, id) not in kept:
                    writing.put("delete", kind, id, None)

    def rename(self, name: str, reason: str = "") -> None:
        """Give the workbook another name; its short name stays. Raises WorkbookError for a name that cannot be used."""
        from pspworkbook.workbook.store import clean_name

        self.access.require_facilitator("rename the workbook")
        name = clean_name(name)
        with self._writing(None, reason) as writing:
            if name != writing.owner.name:
                writing.log("rename", "", "", 0, {"name": writing.owner.name}, {"name": name})
                writing.connection.execute(
                    update(tables.workbook).where(tables.workbook.c.id == writing.owner.id).values(name=name)
                )

    def explain(self, seq: int, reason: str) -> None:
        """Say afterwards why a change was made. The log is never altered: the reason is a line of its own.

        Raises NotFound when the log has no such line, and BadEntry when the reason is empty or too long.
        """
        if not reason.strip():
            raise BadEntry({"": "Write the reason, or leave it."})
        with self._writing(None, reason) as writing:
            c = tables.change.c
            row = writing.connection.execute(
                select(tables.change).where(c.workbook == writing.owner.id, c.seq == min(seq, LONGEST_LOG))
            ).first()
            if row is None:
                raise NotFound("There is no such change in the history.")
            self.access.require_edit(row.kind)
            writing.log("reason", row.kind, row.id, 0, None, None, target=seq)

    def last_change(self, kind: str) -> int:
        """The last line of the log that altered a record of a kind; 0 when there is none."""
        c = tables.change.c
        with self._reading() as (connection, owner):
            where = (c.workbook == owner.id, c.kind == kind, c.action.not_in(("clash", "reason")))
            return int(connection.execute(select(func.max(c.seq)).where(*where)).scalar() or 0)

    def altered_since(self, position: int, kinds: Iterable[str]) -> int:
        """The last line of the log that altered one of these kinds, of those that do not stand as they did at ``position``.

        0 when all of them do: nothing was touched since, or all of it was taken back.
        """
        with self._reading() as (connection, owner):
            return looking_back.altered_since(connection, owner.id, position, list(kinds))

    def position_at(self, then: dt.datetime) -> int:
        """The last line of the log that was written before this moment (with its time zone); 0 when there is none."""
        with self._reading() as (connection, owner):
            return looking_back.position_at(connection, owner.id, then)

    def saved_with(self, seq: int) -> int:
        """The last line of the log that was saved at once with a line; the line itself where nothing else was."""
        with self._reading() as (connection, owner):
            return looking_back.saved_with(connection, owner.id, seq)

    def mark(self, position: int) -> str:
        """A place in the log as a file can keep it: its number, and when that line was written, for other logs have that number too."""
        with self._reading() as (connection, owner):
            return f"{position} {self._written_at(connection, owner.id, position)}".strip()

    def stood_at(self, mark: str, kinds: Iterable[str]) -> dict[tuple[str, str], Body | None] | None:
        """Records of these kinds that were altered after the place of a :meth:`mark`, each as it stood there.

        None as a body: it was not there. None altogether when the mark is not of this workbook's log.
        """
        number, _, at = mark.partition(" ")
        if not number.isdecimal() or len(number) > len(str(LONGEST_LOG)):
            return None
        with self._reading() as (connection, owner):
            if int(number) > owner.seq or self._written_at(connection, owner.id, int(number)) != at:
                return None
            found = looking_back.stood_at(connection, owner.id, int(number), list(kinds))
        return {key: body and saving.normal(key[0], body) for key, body in found.items()}

    def _written_at(self, connection: Any, workbook: int, position: int) -> str:
        c = tables.change.c
        return str(connection.execute(select(c.at).where(c.workbook == workbook, c.seq == position)).scalar() or "")

    def batch_of(self, seq: int) -> list[Change]:
        """All that was saved at once with a line of the log, that line with it, in the order of the log."""
        c = tables.change.c
        with self._reading() as (connection, owner):
            batch = connection.execute(select(c.batch).where(c.workbook == owner.id, c.seq == seq)).scalar()
        return self._changes(select(tables.change).where(c.batch == batch).order_by(c.seq))

    def lines_of(self, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[looking_back.Line]]:
        """For each (kind, identifier) the lines of the log that made it what it is, the oldest first."""
        with self._reading() as (connection, owner):
            return looking_back.lines_of(connection, owner.id, keys)

    def look_again(self, kind: str, id: str, version: int, reason: str) -> Entry:
        """Say that a record still holds as it stands: a new version that says the same, with the reason in the log.

        Raises NotFound when the record is not there, Clash when somebody has changed it since, NotAllowed for a role
        that may not edit it.
        """
        model_of(kind)
        with self._writing(kind, reason) as writing:
            state, refused = saving.look_again(writing, kind, id, version)
        if refused:
            raise refused
        return entry_of(kind, id, state)

    def last_changes(self) -> dict[str, int]:
        """The last line of the log that altered a record of each kind; 0 for those of which there is none."""
        c = tables.change.c
        with self._reading() as (connection, owner):
            where = (c.workbook == owner.id, c.action.not_in(("clash", "reason")))
            found = connection.execute(select(c.kind, func.max(c.seq)).where(*where).group_by(c.kind)).tuples().all()
        return {**dict.fromkeys(KINDS, 0), **{kind: int(seq) for kind, seq in found if kind in KINDS}}

    # Undo and the log

    @property
    def can_undo(self) -> bool:
        """Whether this author has something to undo."""
        return self._has(undo.to_undo)

    @property
    def can_redo(self) -> bool:
        """Whether this author has something to redo."""
        return self._has(undo.to_redo)

    def next_step(self, action: Literal["undo", "redo"]) -> NextStep:
        """What :meth:`undo` would take back, or :meth:`redo` do again; empty and false if nothing."""
        find = undo.to_undo if action == "undo" else undo.to_redo
        if self.role == "viewer":
            return NextStep()
        with self._reading() as (connection, owner):
            batch = find(connection, owner.id, self.author)
        if batch is None:
            return NextStep()
        c = tables.change.c
        lines = select(tables.change).where(c.batch == batch).order_by(c.seq)
        if action == "redo":  # an undo points to what it took back, and that is what comes again
            lines = (
                select(tables.change).where(c.seq.in_([line.target for line in self._changes(lines)])).order_by(c.seq)
            )
        first, *more = self._changes(lines)
        text = first.summary.removeprefix("Undo: ").removeprefix("Redo: ")
        words = f"{text}, and {len(more)} more" if more else text
        return NextStep(words, batch in self.made, first.author, first.at)

    def _has(self, find: Any) -> bool:
        if self.role == "viewer":
            return False
        with self._reading() as (connection, owner):
            return find(connection, owner.id, self.author) is not None

    def undo(self) -> list[Change]:
        """Take back this author's latest save, however many records it touched; returns the lines that did it.

        Nothing is deleted: the log gains new lines. Raises NothingToUndo, and UndoBlocked, naming who changed what,
        when a record has moved on since.
        """
        return self._take_back("undo")

    def redo(self) -> list[Change]:
        """Do again what this author has just undone. Raises NothingToUndo and UndoBlocked, as :meth:`undo` does."""
        return self._take_back("redo")

    def _take_back(self, action: str) -> list[Change]:
        with self._writing(None, "") as writing:
            undo.take_back(writing, action)
            names = self._names(writing.connection, writing.owner.id, writing.lines())
        return [_change(row, names) for row in writing.lines()]

    def changes_since(self, position: int) -> list[Change]:
        """The lines of the log after a position, oldest first: what a page that shows that position has to follow."""
        c = tables.change.c
        return self._changes(select(tables.change).where(c.seq > min(position, LONGEST_LOG)).order_by(c.seq))

    def history(self, kind: str | None = None, id: str | None = None, limit: int | None = None) -> list[Change]:
        """The log, newest first: all of it, or of one kind, or of one record. Raises NotFound for an unknown kind."""
        c = tables.change.c
        query = select(tables.change).order_by(c.seq.desc())
        if kind is not None:
            model_of(kind)
            query = query.where(c.kind == kind)
        if id is not None:
            query = query.where(c.id == (id if is_id(id) else ""), c.kind != "")
        return self._changes(query if limit is None else query.limit(min(max(0, limit), LONGEST_LOG)))

    def _changes(self, query: "Select[Any]") -> list[Change]:
        with self._reading() as (connection, owner):
            rows = connection.execute(query.where(tables.change.c.workbook == owner.id)).mappings().all()
            names = self._names(connection, owner.id, rows)
        return [_change(row, names) for row in rows]

    def _names(self, connection: Any, workbook: int, changes: Sequence[Mapping[str, Any]]) -> dict[str, str]:
        """The names of the records that these lines of the log point to, removed ones too, for sentences about them."""
        c = tables.record.c
        wanted = sorted({id for line in changes for body in (line["before"], line["after"]) for id in _points_to(line["kind"], body)})  # fmt: skip
        names: dict[str, str] = {}
        for at in range(0, len(wanted), AT_ONCE):
            where = (c.workbook == workbook, c.id.in_(wanted[at : at + AT_ONCE]))
            for row in connection.execute(select(c.kind, c.id, c.body).where(*where)):
                if isinstance(row.body, dict) and row.kind in KINDS:
                    names[row.id] = words.name_of(row.kind, row.body) or row.id
        return names

    # The store's door

    def _row(self) -> Row[Any]:
        with self._reading() as (_connection, owner):
            return owner

    def _state(self, kind: str, id: str) -> State | None:
        c = tables.record.c
        with self._reading() as (connection, owner):
            where = (c.workbook == owner.id, c.kind == kind, c.id == id)
            row = connection.execute(select(tables.record).where(*where)).first() if is_id(id) else None
        return state_of(row) if row else None

    @contextmanager
    def _reading(self) -> Iterator[tuple[Any, Row[Any]]]:
        with self.store.reading() as connection:
            self.access.require_good(connection)
            yield connection, self.store.row(connection, self.slug)

    @contextmanager
    def _writing(self, kind: str | None, reason: str) -> Iterator[Writing]:
        if kind is not None:
            self.access.require_edit(kind)
        with self.store.writing() as connection:
            writing = Writing(connection, self.store.row(connection, self.slug, lock=True), self.access, reason)
            yield writing
            writing.flush()
        self.made.update(line["batch"] for line in writing.lines())


def _change(row: Mapping[str, Any] | Any, names: Mapping[str, str]) -> Change:
    parts = ("seq", "batch", "action", "kind", "id", "version", "author", "role", "reason", "target")
    before, after = (row[part] if isinstance(row[part], dict) else None for part in ("before", "after"))
    return Change(before=before, after=after, at=moment(row["at"]), names=names, **{part: row[part] for part in parts})


def _points_to(kind: str, body: Any) -> Iterator[str]:
    """The identifiers that a body of the log names."""
    if kind not in KINDS or not isinstance(body, dict):
        return
    for spec in fields_of(KINDS[kind]):
        if spec.refers_to:
            held = body.get(spec.name)
            yield from (one for one in (held if isinstance(held, list) else [held]) if isinstance(one, str))
