"""What every stage's page shares: the open workbook, its session, the frame, and words from templates that escape."""

import datetime as dt
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jinja2
from IPython.display import display
from jinja2.bccache import Bucket
from markupsafe import Markup

from pspworkbook import guide, places
from pspworkbook.guide.path import Stage, stages
from pspworkbook.methods.progress import MARKS, Status
from pspworkbook.methods.words import about, day, percent, pounds
from pspworkbook.stages.glossary import terms
from pspworkbook.stages.progress import status_of, statuses
from pspworkbook.widgets.frame import Frame
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.passage import Passage
from pspworkbook.widgets.session import LATER, Session
from pspworkbook.workbook import Workbook, open_workbook
from pspworkbook.workbook.errors import WorkbookError


class _Compiled(jinja2.FileSystemBytecodeCache):
    """Templates as compiled by an earlier page: that takes longer than filling them in. A full disk is no reason to fail."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, if it can be kept."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled() -> jinja2.BytecodeCache | None:
    folder = places.cache_folder() / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return _Compiled(str(folder))


@cache
def _templates() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
    env = jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_compiled(),
    )
    env.filters["pounds"], env.filters["percent"], env.filters["day"] = pounds, percent, day
    env.filters["about"] = about
    env.filters["terms"] = terms
    return env


def words(template: str, **facts: Any) -> Markup:
    """The words of a template, with everything in ``facts`` escaped."""
    return Markup(_templates().get_template(f"{template}.html.j2").render(**facts))


def show_in_notebook(part: Part) -> None:
    """Show a part where the cell stands."""
    display(part)  # type: ignore[no-untyped-call]


def in_voila() -> bool:
    """Whether this page is a dashboard."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


class Page:
    """One stage's page on one workbook. ``page.workbook`` is there to go on with in the same notebook."""

    def __init__(self, key: str, workbook: Workbook) -> None:
        self.key = key
        self.workbook = workbook
        self.session = Session(workbook)
        self.session.address = lambda key: next((page_of(stage) for stage in stages() if stage.key == key), "")
        steps = [partial(self._find_status, stage.key) for stage in stages()]
        self.frame = Frame(self.session, self._statuses, self._note, parts=1, steps=steps)
        show_in_notebook(self.frame)
        self.session.start(f"{key}")

    def _find_status(self, key: str) -> None:
        status_of(self.session.now, key)

    def _statuses(self) -> dict[str, Any]:
        known = self.statuses()
        return {
            stage.key: {
                "status": (status := known[stage.key]).name,
                "words": status.words,
                "mark": MARKS[status.name],
                "name": f"{stage.number} {stage.name}".strip(),
                "href": page_of(stage),
                "here": stage.key == self.key,
            }
            for stage in stages()
        }

    def statuses(self) -> dict[str, Status]:
        """How far each stage is, by the rules of ``methods.progress``."""
        return statuses(self.session.now)

    @property
    def status(self) -> Status:
        """How far this stage is."""
        return status_of(self.session.now, self.key)

    def _note(self) -> str:
        partnership = self.session.now.the("partnership").record
        return "Example for training" if partnership.made_up else ""

    def show(self, *parts: Part) -> None:
        """Put these parts on the page, and count them, so that the frame knows when all are there."""
        self.frame.parts += len(parts)
        for part in parts:
            show_in_notebook(part)

    def notes(self, *ids: str) -> Passage:
        """What has changed since 2011 in the matters with these identifiers, how sure we are, and our own notes on it."""
        return self.passage("note", lambda: {"notes": self._notes(ids), "library": page_of_library()}, ["local_note"])

    def _notes(self, ids: Sequence[str]) -> list[tuple[guide.ThenAndNow, bool, list[Any]]]:
        """Each note with whether it is overdue for a check, and what the partnership itself has found out about it."""
        today, known = dt.date.today(), guide.then_and_now()
        own = [entry.record for entry in self.session.now.records("local_note")]
        return [
            (
                known[id_],
                guide.overdue(known[id_], today),
                [one for one in own if one.note.strip().upper() == id_ and one.now],
            )
            for id_ in ids
        ]

    def tool(self, id_: str, *parts: Part, reconstructed: bool = False) -> None:
        """One tool of the guide: what it is for, what it takes, lessons, what has changed since; then its parts."""
        tool = guide.tools()[id_]
        lessons = [guide.lessons()[key] for key in tool.lessons]

        def facts() -> dict[str, Any]:
            return {
                "tool": tool,
                "lessons": lessons,
                "notes": self._notes(tool.then_and_now),
                "library": page_of_library(),
                "reconstructed": reconstructed,
            }

        self.show(self.passage("tool", facts, ["local_note"]), *parts)

    def passage(
        self,
        template: str,
        facts: Callable[[], dict[str, Any]],
        kinds: list[str],
        *,
        live: bool = False,
        when: int = LATER,
    ) -> Passage:
        """A passage that says the facts anew whenever a record of these kinds changes; ``when`` as in ``Session.watch``."""
        part = Passage(words(template, **facts()), live=live)
        self.session.watch(kinds, lambda: part.show(words(template, **facts())), when)
        return part


def _asked_for() -> str | None:
    """The workbook that the address of the page names, where Voila runs inside Jupyter, as on Binder: one person's own."""
    if not in_voila() or "HTTP_X_PSP_BASE" in os.environ:
        return None
    return parse_qs(os.environ.get("QUERY_STRING", "")).get("workbook", [None])[0]


def page_of(stage: Stage) -> str:
    """The address of a stage's page from here; "" when this version has none."""
    if not stage.there:
        return ""
    base = os.environ.get("HTTP_X_PSP_BASE")
    if not base:
        return f"{stage.notebook}.ipynb"
    slug = os.environ.get("HTTP_X_PSP_WORKBOOK", "")
    # Each tab keeps its own workbook; who has a key has only one.
    return f"{base}{stage.address}" + (f"?workbook={slug}" if slug and not os.environ.get("HTTP_X_PSP_KEY") else "")


def page_of_library() -> str:
    """The address of the library from here; "" when this version has none."""
    return next((page_of(stage) for stage in stages() if stage.key == "library"), "")


def page_of_workbook(slug: str) -> str:
    """The address that opens another workbook here; "" in JupyterLab, where no address does."""
    return f"{os.environ.get('HTTP_X_PSP_BASE', '')}?workbook={slug}" if in_voila() else ""


class Closed:
    """Stands in for a page whose workbook cannot be opened: says why once, and lets the other cells pass quietly."""

    workbook = None

    def __init__(self, why: str) -> None:
        show_in_notebook(Passage(words("closed", why=why)))

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda *_args, **_more: None


def opened(kind_of_page: type[Page], name: str | None) -> Any:
    """The page on the workbook of this name (None: the one in use), or a :class:`Closed` one that says why not."""
    try:
        name = name or os.environ.get("HTTP_X_PSP_WORKBOOK") or _asked_for()
        return kind_of_page(kind_of_page.STAGE, open_workbook(name))  # type: ignore[attr-defined]
    except WorkbookError as trouble:
        return Closed(str(trouble))
