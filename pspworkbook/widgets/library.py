"""The library: one search over everything, and each entry opened as a story. What is found is decided in the kernel."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets

from pspworkbook import guide
from pspworkbook.methods.library.search import Filters, Found, Hit, Index, Spans, guide_index, search
from pspworkbook.methods.library.stories import note_id, own_lesson, own_note, stories
from pspworkbook.methods.library.story import KINDS, Block, Story
from pspworkbook.methods.terms import find_terms, meaning, our_terms
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.widgets.session import Session
from pspworkbook.workbook.errors import WorkbookError

OWN = ("local_lesson", "local_note")
MOST = 400
"""More entries than this are never sent at once."""

Pieces = list[str | list[str]]


class Library(Part):
    """Searches and shows. ``pages`` maps a stage's key to the address of its page, for the links from tools."""

    _esm = script("terms.js", "few.js", "table_roles.js", "tables.js", "library.js")
    answers: ClassVar[dict[str, str]] = {"find": "_find", "open": "_open", "note": "_note"}

    kinds = traitlets.List().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)
    may_note = traitlets.Bool(False).tag(sync=True)
    turn = traitlets.Int(0).tag(sync=True)
    """Counts the changes of the partnership's own entries, so that the page asks again."""

    def __init__(self, session: Session, stages: Mapping[str, str], pages: Mapping[str, str]) -> None:
        self.session, self.stages, self.pages = session, stages, pages
        cases = guide.cases().values()
        super().__init__(
            kinds=self._kinds(),
            choices={
                "stage": [{"value": key, "text": name} for key, name in stages.items()],
                "tool": [{"value": tool.id, "text": f"{tool.id} {tool.name}"} for tool in guide.tools().values()],
                "market": _choices(case.market for case in cases),
                "area": _choices(case.area for case in cases),
            },
            may_note=session.workbook.may_edit("local_note"),
        )
        session.watch(OWN, self.refresh)
        guide_index()  # built before anybody types

    def _kinds(self) -> list[dict[str, Any]]:
        count = {kind: sum(story.kind == kind for story in stories().values()) for kind in KINDS}
        count["own"] = len(self._own())
        return [{"value": key, "text": kind.many, "count": count[key]} for key, kind in KINDS.items() if count[key]]

    def refresh(self) -> None:
        """Let the page ask again: a lesson or a note of our own has changed."""
        self.kinds = self._kinds()
        self.turn += 1

    def _own(self) -> dict[str, Story]:
        now = self.session.now
        found = now.once(("library",), lambda: [own_lesson(one.id, one.record) for one in now.records("local_lesson")])
        return {story.anchor: story for story in found}

    def _own_index(self) -> Index:
        index: Index = self.session.now.once(("library", "index"), lambda: Index(self._own().values()))
        return index

    def _find(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        query = str(message.get("query", ""))
        asked = Filters(**{name: str(message.get(name, "")) for name in ("kind", "stage", "tool", "market", "area")})
        if not query.strip() and asked == Filters():
            return {"hits": [], "total": 0, "said": ""}
        limit = min(int(message.get("limit", 20)), MOST)
        found = search(query, asked, own=self._own_index(), limit=limit)
        return {"hits": [self._card(hit) for hit in found.hits], "total": found.total, "said": _said(found)}

    def _card(self, hit: Hit) -> dict[str, Any]:
        return {
            **self._head(hit.story),
            "title": _pieces(hit.story.title, hit.title_spans),
            "snippet": _pieces(hit.snippet, hit.snippet_spans),
        }

    def _head(self, story: Story) -> dict[str, Any]:
        late = story.check_again_by is not None and dt.date.today() > story.check_again_by
        where = [self.stages[key] for key in story.stages if key in self.stages]
        return {
            "anchor": story.anchor,
            "kind": KINDS[story.kind].one,
            "where": ", ".join(where[:3]) if story.kind != "case" else ", ".join((*story.markets, *story.areas)),
            "late": "Overdue for a check" if late else "",
        }

    def _open(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        anchor = str(message.get("anchor", ""))
        story = stories().get(anchor) or self._own().get(anchor)
        if story is None:
            raise WorkbookError(
                "There is no such entry in the library. It may have been removed, or the link is wrong."
            )
        blocks = list(story.blocks)
        if story.kind == "note":
            blocks[1:1] = self._own_notes(story.key)
        passed = {story.key} if story.kind == "term" else our_terms() if story.kind == "note" else frozenset()
        seen = set(passed)
        shown = [self._block(block, seen) for block in blocks]
        return {
            **self._head(story),
            "title": [story.title],
            "blocks": shown,
            "meanings": {key: meaning(key) for key in seen - passed},
            "cites": story.cites,
            "page": self._page(story.key) if story.kind == "tool" else None,
            "own": story.key if story.kind == "own" else "",
            "note": story.key if story.kind == "note" else "",
        }

    def _own_notes(self, key: str) -> list[Block]:
        records = [entry.record for entry in self.session.now.records("local_note")]
        return [own_note(record) for record in records if note_id(record.note) == key]

    def _block(self, block: Block, seen: set[str]) -> dict[str, Any]:
        return {
            "heading": block.heading,
            "text": [_with_terms(part, seen) for part in block.text.split("\n") if part.strip()],
            "items": [_with_terms(item, seen) for item in block.items],
            "pairs": [[term, _with_terms(words, seen)] for term, words in block.pairs],
            "head": list(block.head),
            "rows": [list(row) for row in block.rows],
            "links": [self._link(anchor, words) for anchor, words in block.links],
            "folded": block.folded,
            "tone": block.tone,
        }

    def _link(self, anchor: str, words: str) -> dict[str, Any]:
        kind, _, key = anchor.partition("-")
        return {"anchor": anchor, "text": words, "page": self._page(key) if kind == "tool" else None}

    def _page(self, tool: str) -> dict[str, str] | None:
        """Where a tool is used: the page of its stage, when this version has one."""
        stage = guide.tools()[tool].stage
        address = self.pages.get(stage, "")
        if not address or stage == "library":
            return None
        return {"href": f"{address}#tool-{tool}", "text": f"Open it on the page “{self.stages[stage]}”"}

    def _note(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        key = note_id(str(message.get("key", "")))
        if not key:
            raise WorkbookError("There is no such note.")
        for begun in self.session.now.records("local_note"):
            if note_id(begun.record.note) == key and not begun.record.now:
                return {"id": begun.id}
        entry = self.session.workbook.add("local_note", {"note": key})
        self.session.follow()
        return {"id": entry.id}


def _choices(values: Any) -> list[dict[str, str]]:
    return [{"value": value, "text": value} for value in sorted(set(values))]


def _pieces(text: str, spans: Spans) -> Pieces:
    """The text in pieces: a plain string, or a list of one string for what is marked.

    No places are sent: the page counts letters otherwise than Python does.
    """
    pieces: Pieces = []
    at = 0
    for start, end in spans:
        pieces += [text[at:start], [text[start:end]]]
        at = end
    return [piece for piece in (*pieces, text[at:]) if piece]


def _with_terms(text: str, seen: set[str]) -> Pieces:
    """The text in pieces: a plain string, or ``[words, key]`` for the first place of a glossary term."""
    pieces: Pieces = []
    at = 0
    for found in find_terms(text, seen):
        pieces += [text[at : found.start], [text[found.start : found.end], found.key]]
        at = found.end
    return [piece for piece in (*pieces, text[at:]) if piece]


def _said(found: Found) -> str:
    if not found.total:
        return "Nothing found. Try fewer or shorter words, or take a filter off."
    kinds = [KINDS[kind].counted(number) for kind, number in found.by_kind.items()]
    return f"{kinds[0]} found." if len(kinds) == 1 else f"{found.total} found: {', '.join(kinds)}."
