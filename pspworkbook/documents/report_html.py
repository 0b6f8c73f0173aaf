"""A report as one web page that stands alone: no script, nothing fetched, its pictures inside; it prints on A4."""

from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from pspworkbook.charts.drawing_svg import svg
from pspworkbook.documents.blocks import Figure, Report
from pspworkbook.documents.page_templates import page_templates
from pspworkbook.documents.word import clean


def _clean(value: Any) -> Any:
    """Text without the characters that no document may hold; it is escaped after this."""
    return clean(value) if type(value) is str else value


@cache
def _templates() -> jinja2.Environment:
    env = page_templates(finalize=_clean)
    env.tests["kind"] = lambda block, name: type(block).__name__ == name
    return env


def as_html(report: Report) -> str:
    """The report as a page; everything that somebody typed is escaped."""
    figures = [block for chapter in report.chapters for block in chapter.blocks if isinstance(block, Figure)]
    # Each picture has ids of its own, since a page may hold an id only once.
    pictures = {id(one): _picture(one, f"picture{number}") for number, one in enumerate(figures, start=1)}
    page = _templates().get_template("report_page.html.j2")
    return page.render(report=report, picture=lambda block: pictures[id(block)])


def _picture(figure: Figure, key: str) -> Markup:
    return Markup(svg(figure.drawing, figure.title, figure.text, key))
