"""What a partnership adds to the library: its own lessons, and its own word on what has changed since 2011."""

from typing import ClassVar

from pspworkbook.records.fields import Date, Line, Origin, Text, ask
from pspworkbook.records.identify import CycleStage
from pspworkbook.records.record import Record


class LocalLesson(Record):
    """A lesson of this partnership, in the same four columns as those of the pilots."""

    kind: ClassVar[str] = "local_lesson"
    noun: ClassVar[str] = "Lesson"
    plural: ClassVar[str] = "Our own lessons"
    tool: ClassVar[str] = "LL-2"
    name_field: ClassVar[str] = "title"

    title: Line = ask("In a few words", needed=True, shown="mid")
    observation: Text = ask("What we saw", needed=True, shown="wide")
    impact: Text = ask("What came of it", needed=True, shown="wide")
    recommendation: Text = ask("What we would do next time", needed=True, shown="wide")
    stage: CycleStage = ask("Stage", shown="narrow")
    tools: Line = ask("Tools it belongs to", "Their short names, with commas.", example="TP-6, FP-3")
    tags: Line = ask("Tags", "With commas.", example="trust, time")
    source: Line = ask("Where it comes from", example="Review meeting of the steering group")
    date: Date = ask("On", needed=True, shown="narrow")
    origin: Origin = ask("Made from", default="")


class LocalNote(Record):
    """What this partnership has found out about law or policy. Shown beside the shipped note, never over it."""

    kind: ClassVar[str] = "local_note"
    noun: ClassVar[str] = "Our own note"
    plural: ClassVar[str] = "Our own notes on what has changed"
    tool: ClassVar[str] = "TP-9"
    name_field: ClassVar[str] = "note"

    note: Line = ask("Which note", "Its short name.", example="C-03", needed=True, shown="narrow")
    now: Text = ask("How it is now", needed=True, shown="wide")
    source: Line = ask("Source", "A document, or who said so.", needed=True, shown="wide")
    date: Date = ask("As at", needed=True, shown="narrow")
    by: Line = ask("Who looked", "A role.", shown="mid")


MODELS = (LocalLesson, LocalNote)
