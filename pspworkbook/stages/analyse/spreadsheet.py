"""The impact map as a spreadsheet that lives: out of the workbook, and an edited one back into it."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from pspworkbook.methods.sroi import replies
from pspworkbook.methods.words import day, sentences
from pspworkbook.stages.analyse.scrutiny import found_now
from pspworkbook.stages.analyse.uncertainty import headline_now
from pspworkbook.stages.facts.worked import work_out
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.part import Part
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.snapshot import Snapshot
from pspworkbook.widgets.take_map import TakeMap
from pspworkbook.workbook import Workbook
from pspworkbook.workbook.errors import WorkbookError

if TYPE_CHECKING:
    from pspworkbook.documents.value_map import LogLine, ValueMap

LOGGED = ("forecast", "stakeholder", "input", "outcome", "figure_range")
LONGEST_LOG = 1000


def value_map_of(workbook: Workbook, now: Snapshot, position: int | None = None) -> "ValueMap":
    """What the file is made of. Raises WorkbookError when the figures cannot be worked with.

    ``position`` is the line of the log up to which ``now`` has read; without it ``now`` is one that has read nothing yet.
    A figure that is newer than that line does no harm; one that is older would come back as an edit.
    """
    from pspworkbook.documents.value_map import ValueMap

    position = workbook.position if position is None else position
    worked = work_out(now)
    if worked.result is None:
        raise WorkbookError(worked.trouble)

    def rows(kind: str) -> list[tuple[str, Any]]:
        return [(entry.id, entry.record) for entry in now.records(kind)]

    partnership = now.the("partnership").record
    lists = (rows("outcome"), rows("stakeholder"), rows("input"))
    asked = [
        (one.finding.sentence, " ".join(map(_answer, one.replies)))
        for about in replies.asked(found_now(now), rows("checker_reply"), *lists)
        for one in about.asked
    ]
    provenance = [
        ("Workbook", workbook.name),
        ("Partnership", partnership.name),
        ("Made on", f"{day(dt.date.today())}"),
        ("Line of the history", str(position)),
    ]
    if partnership.made_up:
        provenance.append(("An example for training", partnership.made_up))
    range_ = headline_now(now)
    return ValueMap(
        title=f"Impact map: {workbook.name}",
        scope=now.the("forecast").record,
        stakeholders=dict(lists[1]),
        inputs=lists[2],
        outcomes=lists[0],
        result=worked.result,
        counted=worked.ids,
        log=_log(workbook),
        provenance=provenance,
        ranges=[row for _, row in rows("figure_range")],
        answers=asked,
        mark=workbook.mark(position),
        range=range_.on_paper(day(dt.date.today())) if range_ else (),
        undecided=frozenset(now.outdated("outcome")),
    )


def _answer(reply: replies.Reply) -> str:
    return sentences([reply.record.reply, reply.out_of_date])


def _log(workbook: Workbook) -> list["LogLine"]:
    from pspworkbook.documents.value_map import LogLine

    # Kind by kind: the newest lines of a whole log may all be about something else.
    of_kinds = [change for kind in LOGGED for change in workbook.history(kind, limit=LONGEST_LOG)]
    found = sorted((one for one in of_kinds if one.action != "clash"), key=lambda one: -one.seq)
    return [
        LogLine(f"{change.at.astimezone():%Y-%m-%d %H:%M}", change.author, change.summary, change.reason)
        for change in found[:LONGEST_LOG]
    ]


def value_map_file(session: Session) -> tuple[str, str, bytes]:
    """The file: its name, its media type and its bytes."""
    from pspworkbook.documents.value_map import XLSX, value_map_xlsx  # most visitors of the page save none

    data = value_map_xlsx(value_map_of(session.workbook, session.now, session.seen))
    return f"impact-map-{session.workbook.slug}-{dt.date.today():%Y-%m-%d}.xlsx", XLSX, data


def spreadsheet(session: Session) -> list[Part]:
    """The button that saves the map, and the part that takes one."""
    return [
        SaveFile("Save the impact map as a spreadsheet with live formulas", lambda: value_map_file(session)),
        TakeMap(session),
    ]
