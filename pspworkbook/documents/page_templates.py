"""Templates of documents that are web pages: everything is escaped, and a name that is not there is an error."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2

FOLDER = Path(__file__).parent / "templates"


def page_templates(finalize: Callable[[Any], Any] | None = None) -> jinja2.Environment:
    """The templates of this folder; ``finalize`` is applied to each value before it is escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=finalize,
    )
