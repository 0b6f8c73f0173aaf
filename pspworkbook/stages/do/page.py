"""Stage 6, Do (DO-1 to DO-14)."""

from typing import ClassVar

from pspworkbook.stages.page import opened
from pspworkbook.stages.tool_page import ToolPage


class Do(ToolPage):
    """The page of stage 6."""

    STAGE: ClassVar[str] = "do"

    def lessons(self) -> None:
        """What the pilots learned, and what people ask."""
        self.cards("DO-14")


def open(name: str | None = None) -> Do:
    """The page of stage 6 on the workbook of this name, or on the one in use."""
    return opened(Do, name)  # type: ignore[no-any-return]
