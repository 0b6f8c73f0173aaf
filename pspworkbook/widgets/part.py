"""What every part of a page has in common: its script, its look, and questions from the page answered safely."""

import logging
import os
from collections.abc import Callable
from typing import Any, ClassVar

import anywidget

from pspworkbook.widgets.scripts import Script
from pspworkbook.workbook.errors import BadEntry, Clash, WorkbookError

log = logging.getLogger("pspworkbook")


class Part(anywidget.AnyWidget):  # type: ignore[misc]
    """A piece of a page. ``answers`` maps what the page asks for to the method that answers it.

    A question is ``{"do": name, "ask": number, …}``; the answer goes back with that number. What goes wrong comes back
    as one plain sentence, whatever it was: an exception in a widget's callback would otherwise vanish (Voila shows none).
    """

    _esm: Script
    answers: ClassVar[dict[str, str]] = {}

    def __init__(self, **traits: Any) -> None:
        if "HTTP_X_PSP_BASE" in os.environ:  # a page of the dashboards, which serve the scripts themselves
            self._esm = self._esm.pointer  # type: ignore[assignment]
        super().__init__(**traits)
        self.on_msg(self._hear)

    def _hear(self, _widget: Any, message: Any, buffers: list[Any]) -> None:
        if not isinstance(message, dict) or message.get("do") not in self.answers:
            return
        answer, out = self.reply(message, buffers)
        if "ask" in message:
            self.send({**answer, "answer": message["ask"]}, out)

    def reply(self, message: dict[str, Any], buffers: list[Any]) -> tuple[dict[str, Any], list[bytes]]:
        """The answer to one question, and its buffers."""
        method: Callable[..., Any] = getattr(self, self.answers[message["do"]])
        try:
            answer = method(message, buffers) or {}
            data = answer.pop("buffers", [])
            return {"ok": True, **answer}, data
        except BadEntry as wrong:
            return {"ok": False, "errors": wrong.messages}, []
        except Clash as clash:
            return {"ok": False, "clash": self.both(clash)}, []
        except WorkbookError as trouble:
            return {"ok": False, "refused": str(trouble)}, []
        except Exception:
            log.exception("a part could not answer %r", message.get("do"))
            return {
                "ok": False,
                "refused": "Something went wrong here, and nothing was changed. Load the page again; if it happens twice, tell whoever runs the workbook.",
            }, []

    def both(self, clash: Clash) -> dict[str, Any]:
        """The other version of a clash, for the page. Parts that save records say how theirs looks."""
        raise NotImplementedError
