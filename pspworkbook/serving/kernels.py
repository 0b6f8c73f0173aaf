"""How the server waits for a new kernel and watches it: as Jupyter does, with less work for each page."""

from queue import Empty
from time import monotonic
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager


class PromptClient(AsyncKernelClient):
    """Takes a kernel as ready when it has answered. Its parent would go on listening for a fifth of a second after that."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # type: ignore[override]
        """Wait until the kernel answers on both channels. Raises RuntimeError if it has died, or after ``timeout`` seconds.

        What it says about these questions is left lying: whoever runs a cell passes over the answers to others.
        """
        began = monotonic()
        while not await self._answers():
            if not await self.is_alive():
                raise RuntimeError("The kernel died before it could answer.")
            if timeout is not None and monotonic() > began + timeout:
                raise RuntimeError(f"The kernel did not answer in {timeout:.0f} seconds.")

    async def _answers(self) -> bool:
        self.kernel_info()
        try:
            answer: dict[str, Any] = await self.get_shell_msg(timeout=1)
            if answer["msg_type"] != "kernel_info_reply":
                return False
            await self.get_iopub_msg(timeout=0.2)  # the other channel may be connected later
        except Empty:
            return False
        self._handle_kernel_info_reply(answer)
        return True


class Kernels(AsyncMappingKernelManager):  # type: ignore[misc]
    """Watches whether each kernel is busy, and reads no more of what it says: a page's parts come in hundreds of messages."""

    def start_watching_activity(self, kernel_id: str) -> None:
        """Watch a kernel, so that one that nobody uses any more is ended. Every question to it begins with “busy”."""
        super().start_watching_activity(kernel_id)  # type: ignore[no-untyped-call]
        heard = self._kernels[kernel_id]._activity_stream.socket
        heard.subscribe("kernel.")  # how a kernel's messages about itself begin
        heard.unsubscribe("")
