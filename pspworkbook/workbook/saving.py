"""What a save means for the record as it stands: go ahead, merge with what others did, or clash.

A save names the version that it was made from. Each function returns the error to raise once the transaction has been
committed, and not sooner, because a version that is refused is kept in the log.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from pspworkbook.records import KINDS, fields_of
from pspworkbook.records.fits import circles, misfits
from pspworkbook.workbook import tables, words
from pspworkbook.workbook.entries import model_of
from pspworkbook.workbook.errors import BadEntry, Body, Clash, NotFound, WorkbookError
from pspworkbook.workbook.three_way import three_way
from pspworkbook.workbook.writing import State, Writing, entry_of, is_id, require_id, validated

Result = tuple[State, WorkbookError | None]


def new_id(kind: str) -> str:
    """An identifier for a new record; a form has its kind's name.

    It begins with a letter: a spreadsheet program takes ``000123456789`` and ``12e456789012`` for numbers, and a row
    that comes back with another identifier would be a second record.
    """
    drawn = uuid.uuid4().hex
    return kind if model_of(kind).single else "abcdefghijkmnpqr"[int(drawn[0], 16)] + drawn[1:12]


def save_whole(writing: Writing, kind: str, id: str, body: Body, version: int) -> Result:
    """A whole record in place of the version named; with version 0 a new one.

    Raises NotFound when there is no such record or version, BadEntry for an identifier that cannot be kept.
    """
    now = writing.find(kind, require_id(kind, id))
    if now is None:
        if version:
            raise gone(kind, id, None)
        return _put(writing, "create", kind, id, body), None
    if now.body is None:
        if version == now.version or (KINDS[kind].single and not version):
            return _put(writing, "create", kind, id, body), None
        return now, _refuse_gone(writing, kind, id, version, now, body)
    if version == now.version:
        return (now if _same(kind, now.body, body) else _put(writing, "edit", kind, id, body)), None
    # Strictly: two who both count on from 7 to 8 have counted one thing once too few.
    base = writing.body_at(kind, id, version) or {}
    return now, _refuse(writing, kind, id, version, base, now, body, words.altered(now.body, body))


def change_fields(writing: Writing, kind: str, id: str, values: Mapping[str, Any], version: int) -> Result:
    """Some fields of a record that was read in a version, on top of what others did to its other fields since.

    Raises BadEntry when a value cannot be read, NotFound when there is no such record or version.
    """
    now = writing.find(kind, require_id(kind, id))
    single = KINDS[kind].single
    if now is None:
        if not single or version:
            raise gone(kind, id, None)
        return _put(writing, "create", kind, id, validated(kind, values, values).body()), None
    if now.body is None:
        if single and version in (0, now.version):
            return _put(writing, "create", kind, id, validated(kind, values, values).body()), None
        refused = {**(writing.body_at(kind, id, version) or {}), **values}
        return now, _refuse_gone(writing, kind, id, version, now, validated(kind, refused, values).body())
    theirs = normal(kind, now.body)
    mine = validated(kind, {**theirs, **values}, values).body()
    base = theirs if version == now.version else normal(kind, writing.body_at(kind, id, version))
    found = three_way({name: mine[name] for name in values}, base, theirs)
    if found.clashes:
        return now, _refuse(writing, kind, id, version, base, now, {**base, **found.edited}, found.clashes)
    merged = {**theirs, **found.edited}
    return (now if merged == theirs else _put(writing, "edit", kind, id, merged)), None


def _put(writing: Writing, action: str, kind: str, id: str, body: Body) -> State:
    """Give a record a new body. Raises BadEntry when what is new in it cannot go with the rest of it.

    What does not fit, but stood there before, is left to the pages to point out: it must not keep anybody from changing
    something else.
    """
    record = validated(kind, body)
    now = writing.find(kind, id)
    altered = words.altered(normal(kind, now.body) if now and now.body is not None else None, record.body())
    messages = misfits(record, altered)
    if any(spec.refers_to == kind and spec.name in altered for spec in fields_of(KINDS[kind])):
        messages |= circles(id, record, writing.bodies(kind), altered)
    if messages:
        raise BadEntry(messages, words.one_sentence(messages, KINDS[kind]))
    return writing.put(action, kind, id, body)


def look_again(writing: Writing, kind: str, id: str, version: int) -> Result:
    """The same record in a new version. Raises NotFound when there is no such record or version."""
    now = writing.find(kind, require_id(kind, id))
    if now is None or now.body is None:
        raise gone(kind, id, now)
    if version == now.version:
        return writing.put("edit", kind, id, normal(kind, now.body)), None
    base = normal(kind, writing.body_at(kind, id, version))
    return now, _refuse(writing, kind, id, version, base, now, base, words.altered(now.body, base))


def remove(writing: Writing, kind: str, id: str, version: int) -> Result:
    """Remove a record that was read in a version. Raises NotFound when there is no such record or version."""
    now = writing.find(kind, id) if is_id(id) else None
    if now is None or now.body is None:
        raise gone(kind, id, now)
    theirs = normal(kind, now.body)
    base = theirs if version == now.version else normal(kind, writing.body_at(kind, id, version))
    fields = words.altered(base, theirs)
    if fields:
        return now, _refuse(writing, kind, id, version, base, now, None, fields)
    return writing.put("delete", kind, id, None), None


def unlink(writing: Writing, kind: str, id: str) -> list[str]:
    """Take a record out of all fields that point to it; the kinds of record that this changed."""
    pointing = {name: [spec for spec in fields_of(model) if spec.refers_to == kind] for name, model in KINDS.items()}
    c = tables.record.c
    where = (c.workbook == writing.owner.id, c.kind.in_([name for name, specs in pointing.items() if specs]))
    changed = []
    for row in writing.connection.execute(select(tables.record).where(*where, c.deleted.is_(False))).all():
        body = normal(row.kind, row.body)
        for spec in pointing[row.kind]:
            held = body.get(spec.name)
            if held == id:
                body[spec.name] = None
            elif isinstance(held, list) and id in held:
                body[spec.name] = [one for one in held if one != id]
        if body != normal(row.kind, row.body):
            writing.put("edit", row.kind, row.id, body)
            changed.append(row.kind)
    return changed


def put_many(
    writing: Writing, wanted: Sequence[tuple[str, str | None, Mapping[str, Any] | None]], *, revive: bool = False
) -> list[tuple[str, str]]:
    """Put records into a write, as ``Workbook.save_many`` says; ``revive`` brings removed ones back.

    Records that come back as they were, by ``revive``, may hold what would be refused today. Raises BadEntry with the
    place of the entry that cannot be read, NotFound when one has been removed.
    """
    done: list[tuple[str, str]] = []
    for place, (kind, wanted_id, values) in enumerate(wanted):
        id = new_id(kind) if wanted_id is None else wanted_id
        now = writing.find(kind, require_id(kind, id))
        if now is not None and now.body is None and not KINDS[kind].single and not revive:
            raise gone(kind, id, now)
        current = now.body if now else None
        if values is None:
            if current is not None:
                writing.put("delete", kind, id, None)
            continue
        try:
            body = validated(kind, {**(current or {}), **values}, values).body()
            if current is None or not _same(kind, current, body):
                put = Writing.put if revive else _put
                put(writing, "create" if current is None else "edit", kind, id, body)
        except BadEntry as error:
            where = f"Number {place + 1} of {len(wanted)}, {words.named(kind, current or values)}: "
            raise BadEntry(error.messages, (where if len(wanted) > 1 else "") + str(error), place) from error
        done.append((kind, id))
    return done


def gone(kind: str, id: str, state: State | None) -> NotFound:
    """The error for a record that is not there, naming who removed it where somebody did."""
    noun = KINDS[kind].noun.lower() if kind in KINDS else kind
    if state is None:
        return NotFound(f"There is no {noun} “{id}” in this workbook.")
    who = state.author or "somebody"
    return NotFound(f"This {noun} has been removed by {who}. It can be brought back from the history.")


def _refuse_gone(writing: Writing, kind: str, id: str, version: int, now: State, mine: Body) -> NotFound:
    writing.log("clash", kind, id, version, writing.body_at(kind, id, version), mine)
    return gone(kind, id, now)


def _refuse(
    writing: Writing,
    kind: str,
    id: str,
    version: int,
    base: Body,
    now: State,
    mine: Body | None,
    fields: tuple[str, ...],
) -> Clash:
    """Keep the refused version in the log, and make the error that shows both."""
    writing.log("clash", kind, id, version, base or None, mine)
    titles = [f"“{spec.title}”" for spec in fields_of(KINDS[kind]) if spec.name in fields]
    what = " and ".join(filter(None, [", ".join(titles[:-1]), *titles[-1:]]))
    sentence = (
        f"{now.author or 'Somebody'} has changed {f'{what} of ' if what else ''}{words.label(kind, now.body)} since you read it. "
        "Nothing was overwritten, and both versions are in the history."
    )
    theirs = entry_of(kind, id, now)
    return Clash(sentence, kind=kind, id=id, base=base, theirs=theirs, mine=mine, fields=fields)


def normal(kind: str, body: Body | None) -> Body:
    """A body of the log with all the fields that it has today, where it can still be read."""
    try:
        return validated(kind, body or {}).body()
    except BadEntry:
        return body or {}


def _same(kind: str, stored: Body, body: Body) -> bool:
    return stored == body or normal(kind, stored) == body
