"""Files between a workbook and the user's own device."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import traitlets

from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script
from pspworkbook.workbook.errors import WorkbookError

log = logging.getLogger("pspworkbook")

PIECE = 1 << 19
LIMIT = 50 << 20


class SaveFile(Part):
    """A button that makes a file when it is pressed and hands it to the browser."""

    _esm = script("sheets.js", "files.js")
    answers: ClassVar[dict[str, str]] = {"make": "_make"}
    out = traitlets.Bool(True).tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    option = traitlets.Unicode().tag(sync=True)
    making = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        words: str,
        make: Callable[..., tuple[str, str, bytes]],
        *,
        option: str = "",
        making: str = "Making the file…",
    ) -> None:
        """``make`` gives the file's name, its media type and its bytes; ``making`` is shown while it does.

        ``option`` is what may be ticked beside the button; ``make`` is then called with whether it is.
        """
        self._maker = make
        super().__init__(words=words, option=option, making=making)

    def _make(self, message: dict[str, Any], _buffers: list[Any]) -> None:
        try:
            name, media, data = self._maker(bool(message.get("option"))) if self.option else self._maker()
        except WorkbookError as trouble:
            self.send({"refused": str(trouble)})
            return
        except Exception:
            log.exception("a file could not be made")
            self.send(
                {"refused": "Something went wrong here, and no file was made. Nothing in the workbook was changed."}
            )
            return
        of = max(1, -(-len(data) // PIECE))
        for piece in range(of):
            self.send(
                {"piece": piece, "of": of, "name": name, "type": media}, [data[piece * PIECE : (piece + 1) * PIECE]]
            )


class Pieces:
    """A file that comes in pieces."""

    def __init__(self) -> None:
        self._held = bytearray()

    def take(self, message: Mapping[str, Any], buffers: Sequence[Any]) -> bytes | None:
        """The whole file when the last piece is there, before that None. Raises WorkbookError when it grows too large."""
        if message.get("piece") == 0:
            self._held = bytearray()
        self._held += b"".join(bytes(buffer) for buffer in buffers)
        if len(self._held) > LIMIT:  # the page checks too, but a page can be made to say anything
            self._held = bytearray()
            raise WorkbookError("This file is too large to be a workbook.")
        if message.get("piece") != message.get("of", 0) - 1:
            return None
        data, self._held = bytes(self._held), bytearray()
        return data


class TakeFile(Part):
    """A field that takes a file. It comes in pieces; ``take(name, data)`` gets the whole and returns the answer."""

    _esm = script("sheets.js", "files.js")
    answers: ClassVar[dict[str, str]] = {"piece": "_piece"}
    out = traitlets.Bool(False).tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    accept = traitlets.Unicode().tag(sync=True)
    limit = traitlets.Int(LIMIT).tag(sync=True)

    def __init__(self, words: str, accept: str, take: Callable[[str, bytes], dict[str, Any]]) -> None:
        self._take, self._pieces = take, Pieces()
        super().__init__(words=words, accept=accept)

    def _piece(self, message: dict[str, Any], buffers: list[Any]) -> dict[str, Any]:
        data = self._pieces.take(message, buffers)
        return {} if data is None else self._take(str(message.get("name", "")), data)
