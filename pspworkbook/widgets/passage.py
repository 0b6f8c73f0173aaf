"""A passage of words. Its markup comes from templates that escape everything, or from ``markupsafe``."""

import traitlets
from markupsafe import Markup

from pspworkbook.widgets.part import Part
from pspworkbook.widgets.scripts import script


class Passage(Part):
    """Shows markup that was made safely: a plain string is escaped, a :class:`markupsafe.Markup` is taken as it is."""

    _esm = script("terms.js", "links.js", "few.js", "table_roles.js", "tables.js", "passage.js")
    html = traitlets.Unicode().tag(sync=True)
    live = traitlets.Bool(False).tag(sync=True)

    def __init__(self, html: str = "", *, live: bool = False) -> None:
        super().__init__(html=str(Markup.escape(html)), live=live)

    def show(self, html: str) -> None:
        """Show something else in its place."""
        self.html = str(Markup.escape(html))
