"""The workshop planner (FP-10): tools chosen by short name or by name, their run-sheet, and its lines to change."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from pspworkbook import guide
from pspworkbook.guide.path import stages
from pspworkbook.methods.findings import together
from pspworkbook.methods.form.run_sheet import RunSheet, read_tools, run_sheet
from pspworkbook.records.form import AgendaItem, Workshop
from pspworkbook.stages.facts.form import rows
from pspworkbook.widgets.register import Register
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.snapshot import Snapshot


@dataclass(frozen=True)
class Sheet:
    """A workshop with its run-sheet. ``unclear`` says which of the chosen tools could not be told."""

    id: str
    workshop: Workshop
    sheet: RunSheet
    unclear: tuple[str, ...]
    past: bool


def chosen(text: str) -> tuple[list[str], list[str]]:
    """The tools in a line such as ``ID-3, Are we ready?``: their identifiers, and a sentence for each that is unclear."""
    found: list[str] = []
    unclear: list[str] = []
    for piece in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        if ids := read_tools(piece):
            found += ids
            continue
        fits = _by_name(piece)
        if len(fits) == 1:
            found.append(fits[0])
        elif fits:
            unclear.append(f"“{piece}” fits more than one tool. Write the short name: {together(sorted(fits)[:6])}.")
        else:
            unclear.append(f"There is no tool “{piece}”. The list of tools above has all the names.")
    return list(dict.fromkeys(found)), unclear


def _by_name(piece: str) -> list[str]:
    wanted = piece.casefold()
    names = {key: tool.name.casefold() for key, tool in guide.tools().items()}
    return [key for key, name in names.items() if name == wanted] or [
        key for key, name in names.items() if wanted in name
    ]


def sheets(now: Snapshot) -> list[Sheet]:
    """The run-sheet of every workshop: the next one first; behind those to come, what is past, the newest first."""
    today = dt.date.today()
    found = [_sheet(id_, workshop, now, today) for id_, workshop in rows(now, "workshop")]

    def place(one: Sheet) -> tuple[bool, int]:
        day = (one.workshop.date or dt.date.max).toordinal()
        return one.past, -day if one.past else day

    return sorted(found, key=place)


def _sheet(id_: str, workshop: Workshop, now: Snapshot, today: dt.date) -> Sheet:
    own = own_lines(now, id_)
    taken = {row.tool_id.upper() for _, row in own}
    tools, unclear = chosen(workshop.tools)
    # What was taken over stands in the agenda, in as many lines as somebody likes; the rest is still made anew.
    sheet = run_sheet(workshop, [key for key in tools if key not in taken], own)
    return Sheet(id_, workshop, sheet, tuple(unclear), bool(workshop.date and workshop.date < today))


def own_lines(now: Snapshot, workshop: str) -> list[tuple[str, AgendaItem]]:
    """The lines of a workshop's agenda that stand in the register."""
    return [(id_, row) for id_, row in rows(now, "agenda_item") if row.workshop == workshop]


def tools_by_stage() -> list[tuple[str, list[guide.Tool]]]:
    """Every tool under the name of its stage, to choose from."""
    known = list(guide.tools().values())
    return [(stage.name, mine) for stage in stages() if (mine := [tool for tool in known if tool.stage == stage.key])]


class Agenda(Register):
    """The lines of run-sheets, to change. What a run-sheet has and the register has not can be taken over."""

    def __init__(self, session: Session) -> None:
        shown = {
            "workshop": "mid",
            "order": "narrow",
            "task": "wide",
            "minutes": "narrow",
            "lead": "mid",
            "say": "wide",
        }
        super().__init__(
            session,
            "agenda_item",
            caption="Agenda: the lines of the run-sheet, to change",
            empty="Nothing is taken over yet: the run-sheet above is made anew each time.",
            shown=shown,
        )
        take = "Take the run-sheet over, to change it"
        self.words = {**self.words, "seed": take, "seed_rest": "Take over what is new in the run-sheet"}

    def _unseeded(self) -> list[dict[str, Any]]:
        now, lines = self.session.now, []
        for one in sheets(now):
            if one.past:
                continue
            last = max((int(row.order or 0) for _, row in own_lines(now, one.id)), default=0)
            made = [row for row in one.sheet.rows if row.kind == "tool"]
            lines += [
                {
                    "workshop": one.id,
                    "order": last + place,
                    "task": row.task,
                    "minutes": row.minutes,
                    "tool_id": row.tool,
                    "say": row.say,
                    "screen": row.screen,
                    "bring": row.bring,
                    "record": row.record,
                }
                for place, row in enumerate(made, 1)
            ]
        return lines

    def _seed_all(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        lines = [("agenda_item", None, values) for values in self._unseeded()]
        self.session.workbook.save_many(lines, reason="Taken over from the run-sheet")
        return self._last()
