"""Stage 5, Plan (PL-1 to PL-25)."""

from typing import ClassVar

from pspworkbook.stages.page import opened
from pspworkbook.stages.tool_page import ToolPage


class Plan(ToolPage):
    """The page of stage 5."""

    STAGE: ClassVar[str] = "plan"

    def lessons(self) -> None:
        """What the pilots learned, and what people ask."""
        self.cards("PL-25")


def open(name: str | None = None) -> Plan:
    """The page of stage 5 on the workbook of this name, or on the one in use."""
    return opened(Plan, name)  # type: ignore[no-any-return]
