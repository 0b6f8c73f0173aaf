"""Stage 7, Review (RV-1 to RV-11)."""

from typing import ClassVar

from pspworkbook.stages.page import opened
from pspworkbook.stages.tool_page import ToolPage


class Review(ToolPage):
    """The page of stage 7."""

    STAGE: ClassVar[str] = "review"

    def lessons(self) -> None:
        """What the pilots learned, and what people ask."""
        self.cards("RV-11")


def open(name: str | None = None) -> Review:
    """The page of stage 7 on the workbook of this name, or on the one in use."""
    return opened(Review, name)  # type: ignore[no-any-return]
