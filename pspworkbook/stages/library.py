"""The library: search over everything, the pilots, training scenarios, our own lessons, and what has changed since 2011."""

import datetime as dt
from typing import Any, ClassVar

from pspworkbook import guide
from pspworkbook.charts.cases import how_far
from pspworkbook.guide.path import stages
from pspworkbook.guide.scenarios import REACHED, endings, scenarios
from pspworkbook.methods.library.stories import note_id
from pspworkbook.stages.facts import lessons
from pspworkbook.stages.page import Page, opened, page_of
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.library import Library
from pspworkbook.widgets.register import Register

HELD = ("LL-1", "CS-2", "GL-1", "QA-1", "TM-1", "TM-2", "TM-3", "LK-1")
"""The tools that the search is, beside the case studies, the scenarios and our own lessons, which have their own places."""


class LibraryPage(Page):
    """The page of the library. It has no status: there is nothing in it to finish."""

    STAGE: ClassVar[str] = "library"

    def search(self) -> None:
        """Search over everything that the library holds, and each entry as a story."""
        names = {stage.key: f"{stage.number} {stage.name}".strip() for stage in stages()}
        held = [guide.tools()[id_] for id_ in HELD]
        self.show(
            Library(self.session, names, {stage.key: page_of(stage) for stage in stages()}),
            self.passage("library_held", lambda: {"held": held}, ["-"]),
        )

    def cases(self) -> None:
        """The ten pilots at a glance: how far each got, and how it stood when the guide was written."""
        known = guide.cases()
        across = guide.across_cases()
        ways = [(case, REACHED[endings()[case.key].reached], endings()[case.key].ending) for case in known.values()]
        self.tool(
            "CS-1",
            Chart(how_far(known, endings())),
            self.passage("library_cases", lambda: {"ways": ways, "across": across}, ["-"]),
        )

    def scenarios(self) -> None:
        """The trainer's pack: what a pilot knew, what it had to decide, and what happened, shown when the group is ready."""
        told = [
            {
                "scenario": scenario,
                "cases": [guide.cases()[key] for key in scenario.cases],
                "lessons": [guide.lessons()[key] for key in scenario.lessons],
                "tools": [guide.tools()[id_] for id_ in scenario.tools],
            }
            for scenario in scenarios().values()
        ]
        self.tool("CS-3", self.passage("library_scenarios", lambda: {"told": told}, ["-"]))

    def own_lessons(self) -> None:
        """Our own lessons, in the four columns of the guide's; they are found by the search too."""
        self.tool(
            "LL-2",
            Register(
                self.session,
                "local_lesson",
                empty="No lesson of our own yet. Write one down while it is fresh: after a meeting, a setback, a success.",
            ),
            self.passage("lessons_made", lambda: lessons.from_reflections(self.session), lessons.KINDS),
        )

    def then_and_now(self) -> None:
        """What has changed since 2011: what is overdue for a check first, with our own notes beside it."""
        register = Register(
            self.session,
            "local_note",
            caption="Our own notes on what has changed",
            empty="No note of our own yet. Open an entry above and choose “Put our own note here”.",
        )
        register.words = {**register.words, "add": "Add a note of our own", "remove": "Remove this note"}
        self.show(self.passage("library_turn", self._then_and_now, ["local_note"]), register)

    def _then_and_now(self) -> dict[str, Any]:
        today = dt.date.today()
        own: dict[str, list[Any]] = {}
        for entry in self.session.now.records("local_note"):
            own.setdefault(note_id(entry.record.note), []).append(entry.record)
        notes = sorted(guide.then_and_now().values(), key=lambda note: note.check_again_by)
        late = [note for note in notes if guide.overdue(note, today)]
        rest = [note for note in guide.then_and_now().values() if note not in late]
        ours = [note for note in rest if note.id in own]
        groups = {
            "Overdue for a check": late,
            "With a note of our own": ours,
            "Not checked by anybody yet": [note for note in rest if note.mark == "not checked" and note not in ours],
            "Checked": [note for note in rest if note.mark != "not checked" and note not in ours],
        }
        return {"groups": groups, "own": own, "late": {note.id for note in late}}

    def credit(self) -> None:
        """Where the knowledge comes from, and what may be done with it."""
        self.show(self.passage("library_credit", lambda: {"tool": guide.tools()["LIC-1"]}, ["-"]))


def open(name: str | None = None) -> LibraryPage:
    """The library on the workbook of this name, or on the one in use."""
    return opened(LibraryPage, name)  # type: ignore[no-any-return]
