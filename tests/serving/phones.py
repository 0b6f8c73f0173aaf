"""A phone in a workshop: a cookie jar and forms, no script."""

import re
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar


class Form(HTMLParser):
    """The form of a page that is posted: where it goes, and what it holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.fields, self.scripts = "", dict[str, str](), 0
        self.feed(page)

    def handle_starttag(self, tag: str, found: list[tuple[str, str | None]]) -> None:
        attributes = dict(found)
        self.scripts += tag == "script" or any(name.startswith("on") for name in attributes)
        if tag == "form" and attributes.get("method") == "post":
            self.action = attributes["action"] or ""
        if tag == "input" and (attributes.get("type") != "radio" or "checked" in attributes):
            self.fields[attributes["name"] or ""] = attributes.get("value") or ""


class Phone:
    """A browser without JavaScript. ``page`` and ``status`` are what it was last answered."""

    def __init__(self, address: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.page, self.status, self.url, self.headers = "", 0, "", {}

    def get(self, path: str, **headers: str) -> "Phone":
        return self._open(urllib.request.Request(self.address + path, headers=headers))

    def post(self, path: str, fields: dict[str, str]) -> "Phone":
        data = urllib.parse.urlencode(fields).encode()
        return self._open(urllib.request.Request(self.address + path, data=data, method="POST"))

    def send(self, **fields: str) -> "Phone":
        """Fill in the form of the page, and send it."""
        form = Form(self.page)
        return self.post(form.action, {**form.fields, **fields})

    def _open(self, request: urllib.request.Request) -> "Phone":
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.page, self.status = answer.read().decode(), answer.status
            self.url, self.headers = answer.url, dict(answer.headers)
        return self

    @property
    def heading(self) -> str:
        found = re.search(r"<h1>(.*?)</h1>", self.page, re.DOTALL)
        return re.sub("<.*?>", "", found[1]) if found else ""
