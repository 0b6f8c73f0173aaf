"""Who may come in. At the machine itself nobody needs a key; from anywhere else, a link with a key opens the door.

The role that a key gives is enforced by the workbook's store, in every kernel; here it is only decided who gets a page.
"""

import ipaddress
from typing import Any

from jupyter_server.auth import User
from tornado.web import RequestHandler
from voila.voila_identity_provider import VoilaIdentityProvider

from pspworkbook.workbook import Access, Store, check_key
from pspworkbook.workbook.errors import NotAllowed, WorkbookError

KEY_COOKIE = "psp_key"
WORKBOOK_COOKIE = "psp_workbook"
FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded")


def is_loopback(host: str) -> bool:
    """Whether a name or address can only be reached from this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Door(VoilaIdentityProvider):  # type: ignore[misc]
    """Decides for every request whether it may go on. ``settings["psp"]`` of the application holds what it needs."""

    @property
    def auth_enabled(self) -> bool:
        """A key is always asked for, unless the visitor sits at this machine: see :func:`refusal`."""
        return True

    async def get_user(self, handler: RequestHandler) -> User | None:
        """The visitor, or None when they may not come in."""
        if refusal(handler) is not None:
            return None
        access = access_of(handler)
        return User(username=f"key-{access.key_id}" if access else "local", name=access.author if access else "")

    def is_token_authenticated(self, handler: RequestHandler) -> bool:
        """Never: Voila would skip its check against forged requests."""
        return False

    def get_handlers(self) -> list[Any]:
        """No login form: keys come with a link."""
        return []


def key_of(handler: RequestHandler) -> str:
    """The key that the visitor's browser carries; "" for none."""
    return handler.get_cookie(KEY_COOKIE) or ""


def access_of(handler: RequestHandler) -> Access | None:
    """What the visitor's key opens; None without a good one."""
    store: Store = handler.settings["psp"]["store"]
    key = key_of(handler)
    try:
        return check_key(store, key) if key else None
    except WorkbookError:
        return None


def refusal(handler: RequestHandler) -> str | None:
    """Why this request may not go on, as one sentence; None when it may."""
    key = key_of(handler)
    if key:
        try:
            check_key(handler.settings["psp"]["store"], key)
        except NotAllowed as no:
            return str(no)
        except WorkbookError as trouble:
            return str(trouble)
        return None
    if handler.settings["psp"]["keys_required"]:
        return "This workbook opens with a link that its facilitator gives you. Ask for one, or open it again if you have it."
    # Without keys only this machine may come in. A page elsewhere could point a name of its own at this address, and a
    # proxy in front would make everybody look like this machine: both show in the request's headers.
    host = handler.request.host.rsplit(":", 1)[0] if not handler.request.host.endswith("]") else handler.request.host
    if not is_loopback(host) or not is_loopback(handler.request.remote_ip or ""):
        return "Without a key this workbook can be opened only on the machine that it runs on."
    if any(name in handler.request.headers for name in FORWARDED):
        return "This workbook stands behind another server, so it must ask for keys: start it with --require-key."
    return None
