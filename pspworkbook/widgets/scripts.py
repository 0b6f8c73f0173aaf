"""The scripts of the parts: one text for a notebook, an address for a dashboard. Imports no widget: the server serves it."""

import re
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
SERVED = re.compile(r"([a-z_]+(?:\.[a-z_]+)*)-([0-9a-f]{12})\.js")
"""What an address of a script ends with: the names of its files, without their endings, and the mark of what they say."""


class Script(str):
    """The ES module of a part: the shared helpers and the part's own files, one after the other, as one text."""

    names: tuple[str, ...]

    @cached_property
    def address(self) -> str:
        """Its file name on the dashboards. It changes with the text, so a browser may keep what it has got."""
        stems = ".".join(name.removesuffix(".js") for name in self.names)
        return f"{stems}-{sha256(self.encode()).hexdigest()[:12]}.js"

    @property
    def pointer(self) -> str:
        """A module of one line that fetches this one. A page has a hundred parts and some twenty scripts: each script
        comes once, and is kept for the next visit, instead of travelling with every part.
        """
        page = "new URL(document.body.dataset.pspParts, location.href)"
        return f'export default (await import(new URL("{self.address}", {page}).href)).default;'


@cache
def script(*names: str) -> Script:
    """The script of these files of this folder.

    Raises:
        FileNotFoundError: There is no such file.
    """
    made = Script("\n".join((HERE / name).read_text("utf-8") for name in ("dom.js", *names)))
    made.names = names
    return made


def served(address: str) -> Script | None:
    """The script at an address that a page asks for; nothing if it is no address of ours, or of another version."""
    asked = SERVED.fullmatch(address)
    there = {path.stem for path in HERE.glob("*.js")}
    if not asked or not there.issuperset(stems := asked[1].split(".")):
        return None
    found = script(*(f"{stem}.js" for stem in stems))
    return found if found.address == address else None
