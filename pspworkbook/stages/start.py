"""Start: what a PSP is, where this partnership stands, and the workbooks: open, new, from a file, a copy to keep."""

import datetime as dt
import os
from typing import Any, ClassVar

from pspworkbook import guide
from pspworkbook.guide.path import stages
from pspworkbook.methods.progress import MARKS, RULE
from pspworkbook.stages.ballots import ballot
from pspworkbook.stages.facts.links import links_facts
from pspworkbook.stages.page import opened, page_of, page_of_library, page_of_workbook, words
from pspworkbook.stages.progress import start_gaps
from pspworkbook.stages.tool_page import ToolPage
from pspworkbook.widgets.files import SaveFile, TakeFile
from pspworkbook.widgets.history import History
from pspworkbook.widgets.new_workbook import NewWorkbook
from pspworkbook.widgets.passage import Passage
from pspworkbook.widgets.register import Register
from pspworkbook.workbook import Workbook, export_bytes, import_bytes, make_example, reset_example
from pspworkbook.workbook.errors import WorkbookError


class Start(ToolPage):
    """The home page."""

    STAGE: ClassVar[str] = "start"

    def welcome(self) -> None:
        """What a PSP is, and the stages with how far each is."""
        self.show(self.passage("welcome", self._welcome, []))

    def _welcome(self) -> dict[str, Any]:
        known = self.statuses()
        cards = [
            {"stage": stage, "status": known[stage.key], "mark": MARKS[known[stage.key].name], "href": page_of(stage)}
            for stage in stages()
            if stage.key != "start"
        ]
        return {
            "partnership": self.session.now.the("partnership").record,
            "stages": cards,
            "rule": RULE,
            "gaps": start_gaps(self.session.now),
        }

    def partnership(self) -> None:
        """The partnership: its need, its partners, its area."""
        self.show(
            Register(self.session, "partnership"), Register(self.session, "person", caption="People who take part")
        )

    def cycle(self) -> None:
        """The three stages of a PSP and the commissioning cycle: where each page belongs (INT-1 to INT-3), and the ten pilots (INT-6)."""
        tools = guide.tools()
        facts = {
            "psp_stages": guide.checklists()["psp-stages"],
            "stages": [(stage, page_of(stage)) for stage in stages()],
            "tools": [tools[id_] for id_ in ("INT-1", "INT-2", "INT-3")],
            "directory": tools["INT-6"],
            "pilots": guide.cases().values(),
            "library": page_of_library(),
            "counts": {stage.key: sum(tool.stage == stage.key for tool in tools.values()) for stage in stages()},
        }
        self.show(Passage(words("start_cycle", **facts)))

    def links(self) -> None:
        """How the pieces hang together: the twelve links, with what has gone along each and the way to both ends."""
        self.show(self.passage("start_links", self._links, []))

    def _links(self) -> dict[str, Any]:
        return self.session.now.once(("twelve links",), lambda: links_facts(self.session))  # type: ignore[no-any-return]

    def entry(self) -> None:
        """What the programme of 2009 asked of a pilot (INT-5), and its phases as a pattern for one's own (INT-4)."""
        self.tool("INT-5", self.listed("entry_check"))
        self.tool("INT-4", self.register("project_phase"))

    def pulse(self) -> None:
        """Three things a PSP is for (INT-7), and how much trust and commitment there is (INT-8)."""
        self.tool("INT-7", *ballot(self, "three-asks"))
        self.tool("INT-8", *ballot(self, "pulse"))

    def workbooks(self) -> None:
        """Open another workbook, make a new one, take one from a file. Only for the facilitator."""
        if self.workbook.access.key_id is not None or self.workbook.role != "facilitator":
            return  # a key opens its own workbook and tells nobody of the others
        store = self.workbook.store
        part = self.passage(
            "workbooks",
            lambda: {"workbooks": store.workbooks(), "here": self.workbook.slug, "page_of": page_of_workbook},
            [],
        )
        self.show(
            part,
            NewWorkbook(self._make, self._example, self.workbook.example),
            TakeFile("Open a workbook from a file (.psp.json)", ".json,application/json", self._take),
        )

    def copy(self) -> None:
        """Save the whole workbook, with its history, as one file on your own device."""

        def make() -> tuple[str, str, bytes]:
            return f"{self.workbook.slug}.psp.json", "application/json", export_bytes(self.workbook)

        self.show(
            self.passage("copy", lambda: {"binder": "BINDER_REPO_URL" in os.environ}, ["-"]),
            SaveFile("Save a copy", make),
        )

    def history(self) -> None:
        """Who changed what, when and why."""
        self.show(History(self.session))

    # What the page asks for

    def _go(self, workbook: Workbook) -> dict[str, Any]:
        """Where the page goes to show this workbook; in JupyterLab, where pages cannot go anywhere, what to do instead."""
        workbook.store.mark_opened(workbook.slug)
        go = page_of_workbook(workbook.slug)
        if go:
            return {"said": f"“{workbook.name}” is opened.", "go": go}
        return {"said": f"“{workbook.name}” is ready. Run the notebook again (Run, Run All Cells) to see it."}

    def _require_home(self) -> None:
        # A page can be made to ask for anything: who holds a key may not look beyond their own workbook.
        if self.workbook.access.key_id is not None or self.workbook.role != "facilitator":
            raise WorkbookError("Only the facilitator, at the machine itself, may open other workbooks.")

    def _make(self, name: str) -> dict[str, Any]:
        self._require_home()
        alike = [
            one.name
            for one in self.workbook.store.workbooks()
            if one.name.casefold() == " ".join(name.split()).casefold()
        ]
        if alike:  # two lines of one name in the list would be told apart by nothing
            raise WorkbookError(
                f"There is a workbook “{alike[0]}” already. Give this one another name, or open that one from the list."
            )
        workbook = self.workbook.store.create(name)
        workbook.change("partnership", "partnership", {"name": workbook.name}, 0)
        return self._go(workbook)

    def _example(self) -> dict[str, Any]:
        self._require_home()
        store = self.workbook.store
        if self.workbook.example:
            return self._go(reset_example(store, self.workbook.slug))
        examples = [one.slug for one in store.workbooks() if one.example]
        return self._go(store.open(examples[0]) if examples else make_example(store))

    def _take(self, _name: str, data: bytes) -> dict[str, Any]:
        self._require_home()
        store = self.workbook.store
        names = [one.name for one in store.workbooks()]
        workbook = import_bytes(store, data)
        if workbook.name in names:
            workbook.rename(f"{workbook.name} (copy of {dt.datetime.now():%d %B, %H:%M})")
        return self._go(workbook)


def open(name: str | None = None) -> Start:
    """The home page on the workbook of this name, or on the one in use."""
    return opened(Start, name)  # type: ignore[no-any-return]
