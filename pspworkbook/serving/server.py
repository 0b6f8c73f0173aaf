"""The server itself: Voila, subclassed where its settings do not reach. The traps that are closed here are named."""

import logging
import os
import signal
import socket
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.ioloop import IOLoop
from tornado.web import HTTPError, authenticated
from traitlets.config import Config
from voila import notebook_renderer
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import AllowListFileHandler, MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from pspworkbook import places
from pspworkbook.serving.access import Door
from pspworkbook.serving.forked import use_forks
from pspworkbook.serving.kernels import Kernels
from pspworkbook.serving.pages import KEY_HEADER, WORKBOOK_HEADER, Nowhere, describe, handlers
from pspworkbook.serving.templates import Exporter
from pspworkbook.workbook import Store

TEMPLATES = Path(__file__).parent / "jupyter"

CONTENT = {
    "default-src": "'self'",
    # Voila and the widgets' own loader need inline scripts, eval and modules made in the page.
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in CONTENT.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
EXTENSIONS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]
KEPT = (
    KernelHandler,
    VoilaKernelWebsocketHandler,
    VoilaShutdownKernelHandler,
    TemplateStaticFileHandler,
    MultiStaticFileHandler,
)
"""Voila's own handlers that stay. Its tree, contents, files and render addresses go: they know nothing of keys."""


LAST_WORDS = 1.5
"""Seconds that a closed page's kernel goes on, to write down what was typed just before the page was closed."""


class LateShutdown(VoilaShutdownKernelHandler):  # type: ignore[misc]
    """Ends the kernel of a closed page, but not before the page's last words have been saved."""

    @authenticated
    async def post(self, kernel_id: str) -> None:
        """Answer at once, end the kernel a moment later."""
        if kernel_id not in self.kernel_manager:
            raise HTTPError(404)
        IOLoop.current().call_later(LAST_WORDS, self._end, kernel_id)
        self.set_status(204)
        self.finish()

    async def _end(self, kernel_id: str) -> None:
        if kernel_id in self.kernel_manager:
            await ensure_async(self.kernel_manager.shutdown_kernel(kernel_id))


class Dashboards(Voila):  # type: ignore[misc]
    """Voila with our addresses and our door."""

    name = "pspworkbook"
    psp: dict[str, Any]

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings, and ours. Compression has to be set before the application is built."""
        settings: dict[str, Any] = super().init_settings()
        settings |= {"compress_response": True, "psp": self.psp, "default_handler_class": Nowhere}
        return settings

    def init_handlers(self) -> list[Any]:
        """Our pages first; of Voila's handlers only those that a page needs, and its static files."""
        page = {
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }
        spec = find_spec("plotly")
        folder = (
            Path(spec.submodule_search_locations[0]) / "package_data"
            if spec and spec.submodule_search_locations
            else Path()
        )
        kept = [
            entry
            for entry in super().init_handlers()
            if entry[1] in KEPT or "labextensions" in entry[0] or "themes" in entry[0]
        ]
        return [
            *handlers(self.server_url, page, str(folder)),
            *(
                (entry[0], LateShutdown, *entry[2:]) if entry[1] is VoilaShutdownKernelHandler else entry
                for entry in kept
                if entry[1] is not AllowListFileHandler
            ),
        ]

    def listen(self) -> None:
        """Listen, then say where, open the browser if wanted, and run until stopped."""
        IOLoop.current().call_later(0, self.psp["started"])
        super().listen()


def configuration() -> Config:
    """How Voila is set up for the dashboards."""
    c = Config()
    v = c.VoilaConfiguration
    v.template = "psp"
    v.allow_template_override = v.allow_theme_override = "NO"  # else ?template= and ?theme= are obeyed
    v.extension_allowlist = EXTENSIONS  # else every page loads plotly's 4.8 MB extension
    v.prelaunch_hook = describe
    v.http_header_envs = [KEY_HEADER, WORKBOOK_HEADER, "X-Psp-Base"]
    v.file_allowlist = []
    v.show_tracebacks = False
    v.multi_kernel_manager_class = Kernels
    c.Voila.identity_provider_class = Door
    c.Voila.tornado_settings = {"headers": HEADERS, "websocket_max_message_size": 16 << 20}
    # A closed tab's kernel is ended by the page's beacon; one whose browser just vanished, a minute later.
    c.MappingKernelManager.cull_idle_timeout, c.MappingKernelManager.cull_interval = 60, 15
    c.MappingKernelManager.cull_connected = False
    c.VoilaExecutor.timeout = 120
    c.KernelManager.client_class = "pspworkbook.serving.kernels.PromptClient"
    if os.name == "posix":
        c.KernelManager.transport = (
            "ipc"  # sockets in a folder of the server's own: other users of the machine cannot listen
        )
    return c


def serve(store: Store, address: str, *, host: str, port: int, keys_required: bool, started: Any) -> None:
    """Serve until Ctrl-C or a signal to stop. ``started()`` is called once the server answers.

    ``address`` is the store's, as the kernels are to open it.
    The kernels find the store, and that keys are required, in their environment.
    """
    # A script that starts this in the background leaves interrupts ignored; here they always mean "stop".
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["PSPWORKBOOK_STORE"] = address
    os.environ["PSPWORKBOOK_KEY_REQUIRED"] = "1" if keys_required else ""
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(TEMPLATES), os.environ.get("JUPYTER_PATH", "")]))
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    for noisy in ("tornado.access", "tornado.general"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    notebook_renderer.VoilaExporter = Exporter  # Voila has no setting for it
    settings = configuration()
    warmed = use_forks(settings)
    try:
        app = Dashboards(config=settings, log_level=logging.ERROR)
        app.psp = {"store": store, "keys_required": keys_required, "started": started}
        app.initialize(
            [
                str(places.notebooks_folder()),
                "--no-browser",
                f"--port={port}",
                f"--Voila.ip={host}",
                "--Voila.port_retries=0",
            ]
        )
        app.start()
    finally:
        if warmed is not None:
            warmed.stop()


def port_is_free(host: str, port: int) -> bool:
    """Whether nothing listens there yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def open_browser(address: str) -> None:
    """Open the user's browser, if there is one; the address is printed anyway."""
    try:
        webbrowser.open(address)
    except webbrowser.Error:
        return
