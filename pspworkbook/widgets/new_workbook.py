"""A new workbook by its name, or the example."""

from collections.abc import Callable
from typing import Any, ClassVar

import traitlets

from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script


class NewWorkbook(Part):
    """``make(name)`` and ``example()`` do it and return the answer for the page."""

    _esm = script("new_workbook.js")
    answers: ClassVar[dict[str, str]] = {"make": "_make", "example": "_example"}
    in_example = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self, make: Callable[[str], dict[str, Any]], example: Callable[[], dict[str, Any]], in_example: bool
    ) -> None:
        self._maker, self._exampler = make, example
        super().__init__(in_example=in_example)

    def _make(self, message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        return self._maker(str(message.get("name", "")))

    def _example(self, _message: dict[str, Any], _buffers: list[Any]) -> dict[str, Any]:
        return self._exampler()
