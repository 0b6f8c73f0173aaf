"""The addresses of the dashboards, and how a visitor's key and choice of workbook reach the page's kernel."""

from typing import Any
from urllib.parse import urlencode

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, RequestHandler, StaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from pspworkbook.guide.path import stages
from pspworkbook.serving import join
from pspworkbook.serving.access import KEY_COOKIE, WORKBOOK_COOKIE, access_of, key_of, refusal
from pspworkbook.widgets import scripts
from pspworkbook.workbook import Store, check_key
from pspworkbook.workbook.errors import WorkbookError

KEY_HEADER, WORKBOOK_HEADER = "X-Psp-Key", "X-Psp-Workbook"
"""Set here for every page, whatever the browser sent; Voila hands them to the kernel as ``HTTP_X_PSP_…``."""


def sentence(handler: RequestHandler, status: int, title: str, words: str) -> None:
    """Answer with a small page that says one thing."""
    handler.set_status(status)
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.set_header("Cache-Control", "no-store")
    template = handler.settings["voila_jinja2_env"].get_template("sentence.html.j2")
    handler.finish(template.render(title=title, words=words, base_url=handler.settings["base_url"]))


class StagePage(TornadoVoilaHandler):  # type: ignore[misc]
    """A stage at its plain address. Moves ``?key=`` out of the address, then lets Voila render."""

    def get_template_path(self) -> None:
        """Voila's own templates are found through its settings."""
        return None

    def get_login_url(self) -> str:
        """There is none; the answer is a sentence (see :meth:`get`)."""
        return str(self.base_url)

    @allow_unauthenticated  # Jupyter would send strangers to a login form that there is not; the answer is a sentence
    async def get(self, path: str | None = None) -> None:
        """The page, or one sentence on why not."""
        if self._take_key():
            return
        no = refusal(self)
        if no is not None:
            sentence(self, 403, "A link is needed", no)
            return
        try:
            workbook = self._workbook()
        except WorkbookError as trouble:
            self.clear_cookie(WORKBOOK_COOKIE, path=self.base_url)
            sentence(self, 404, "The workbook cannot be opened", str(trouble))
            return
        if self.get_query_argument("workbook", "") and not key_of(self):
            # The choice stays in the address, so that each tab keeps its own; the cookie serves addresses without one.
            self._remember(WORKBOOK_COOKIE, workbook)
        self.request.headers[KEY_HEADER] = key_of(self)
        self.request.headers[WORKBOOK_HEADER] = workbook
        self.request.headers["X-Psp-Base"] = self.base_url
        await super().get(path)

    def _take_key(self) -> bool:
        """A key goes from the address into a cookie, where no history, log or photo of a screen shows it."""
        secret = self.get_query_argument("key", "")
        if not secret:
            return False
        try:
            check_key(self.settings["psp"]["store"], secret)
        except WorkbookError as no:
            sentence(self, 403, "This link does not open", str(no))
            return True
        self._remember(KEY_COOKIE, secret)
        self.clear_cookie(WORKBOOK_COOKIE, path=self.base_url)
        rest = [
            (name, value)
            for name in self.request.query_arguments
            if name not in ("key", "workbook")
            for value in self.get_query_arguments(name)
        ]
        self.set_header("Cache-Control", "no-store")
        self.redirect(self.request.path + (f"?{urlencode(rest)}" if rest else ""))
        return True

    def _remember(self, name: str, value: str) -> None:
        secure = self.request.protocol == "https"
        self.set_cookie(name, value, expires_days=365, path=self.base_url, httponly=True, samesite="Lax", secure=secure)

    def _workbook(self) -> str:
        """The short name of the workbook to show: the key's own, the one chosen, the one opened last, or the example."""
        access = access_of(self)
        if access is not None:
            return access.workbook
        store: Store = self.settings["psp"]["store"]
        listed = [one.slug for one in store.workbooks()]
        chosen = self.get_query_argument("workbook", "") or self.get_cookie(WORKBOOK_COOKIE) or ""
        if chosen and chosen not in listed:
            raise WorkbookError(f"There is no workbook called “{chosen}” here any more.")
        return chosen or (listed[0] if listed else "")


class Nowhere(JupyterHandler):  # type: ignore[misc]
    """Every address that there is not."""

    @allow_unauthenticated
    def get(self) -> None:
        """Say so."""
        sentence(
            self,
            404,
            "There is no such page",
            "The address is wrong, or the page has moved. The start page leads to everything.",
        )

    head = post = put = delete = get


class PartScript(RequestHandler):
    """The scripts of the parts, kept by the browser as long as it likes: a new text has a new address."""

    def get(self, address: str) -> None:
        """The script, if there is one of this name and this version."""
        found = scripts.served(address)
        if found is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.finish(found)


class Plotly(StaticFileHandler):
    """plotly.js from plotly's own wheel. It changes only with plotly, so a browser may keep it."""

    def set_extra_headers(self, path: str) -> None:
        """Let the browser keep it for a day."""
        self.set_header("Cache-Control", "public, max-age=86400")


def describe(handler: RequestHandler, notebook: Any, cwd: str) -> None:
    """Voila's prelaunch hook: what the template needs to know, and the cookie that Voila's shutdown beacon needs.

    Without reading the token no ``_xsrf`` cookie is set, Voila refuses its own beacon, and every closed tab leaves a kernel.
    """
    handler.xsrf_token  # noqa: B018 - reading it sets the cookie
    base = handler.settings["base_url"]
    store: Store = handler.settings["psp"]["store"]
    slug = handler.request.headers.get(WORKBOOK_HEADER) or ""
    # Without a key there may be several workbooks: every link names the one that this tab shows.
    choice = f"?{urlencode({'workbook': slug})}" if slug and not key_of(handler) else ""
    name = next((one.name for one in store.workbooks() if one.slug == slug), "")
    notebook.metadata["psp"] = {
        "home": base + choice,
        "vendor": url_path_join(base, "vendor/"),
        "parts": url_path_join(base, "parts/"),
        "workbook_name": name,
        "stages": [
            {
                "key": one.key,
                "number": one.number,
                "name": one.name,
                "notebook": one.notebook,
                "href": url_path_join(base, one.address) + choice if one.there else "",
            }
            for one in stages()
        ],
    }


def handlers(base: str, page: dict[str, Any], plotly_folder: str) -> list[Any]:
    """The stages' addresses, those for phones, and plotly's file. ``page`` is what Voila's handler is made with."""
    own: list[Any] = [
        (url_path_join(base, r"/parts/([^/]+)"), PartScript),
        (url_path_join(base, r"/vendor/(plotly\.min\.js)"), Plotly, {"path": plotly_folder}),
        *join.handlers(base),
    ]
    for stage in stages():
        if stage.there:
            own.append(
                (
                    url_path_join(base, stage.address) + ("" if stage.address == "" else "/?"),
                    StagePage,
                    {**page, "notebook_path": f"{stage.notebook}.ipynb"},
                )
            )
    return own
