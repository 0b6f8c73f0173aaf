"""A term of the glossary explains itself wherever it stands: the filter ``terms`` of the page templates."""

import re

from markupsafe import Markup, escape

from pspworkbook.methods.terms import find_terms, meaning, our_terms

_BUTTON = '<button type="button" class="psp-term" data-term="{}" data-meaning="{}">{}</button>'
_WHOLE = '<span class="psp-whole">{}{}</span>'
_TAIL = re.compile(r"[.,:!?)’”]+")
_TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME = re.compile(r"</?\s*([a-zA-Z][\w-]*)")
_MARKED = re.compile(r'data-term="([\w-]+)"')
_PLAIN_INSIDE = {"h1", "h2", "h3", "h4", "h5", "h6", "a", "button", "summary", "label", "legend", "caption", "th", "dt"}
_PLAIN_INSIDE |= {"code", "pre", "script", "style", "textarea", "select", "option", "title"}


def terms(text: str, *, ours: bool = True) -> Markup:
    """The text with the first place of each glossary term made into a button that carries the term's meaning.

    A plain string is escaped; markup stays as it is, and headings, links, labels and buttons in it are left alone. A
    whole passage can be given at once: ``{% filter terms %}…{% endfilter %}``. A term that is marked in it already
    is not marked again. Without ``ours`` only the guide's own terms are marked: in a note on the law, an outcome is no
    outcome of SROI.
    """
    markup = str(escape(text))
    seen = {*_MARKED.findall(markup), *(() if ours else our_terms())}
    pieces, depth = [], 0
    for piece in _TAG.split(markup):
        if piece.startswith("<") and piece.endswith(">"):
            depth = max(0, depth + _step(piece))
            pieces.append(piece)
        else:
            pieces.append(piece if depth else _marked(piece, seen))
    return Markup("".join(pieces))


def _step(tag: str) -> int:
    """Whether a tag opens (1) or closes (-1) a place in which nothing is marked."""
    name = _NAME.match(tag)
    if name is None or name[1].lower() not in _PLAIN_INSIDE or tag.endswith("/>"):
        return 0
    return -1 if tag.startswith("</") else 1


def _marked(text: str, seen: set[str]) -> str:
    # The text is escaped already, and no term holds a sign that escaping changes, so its places can be used as they are.
    pieces, at = [], 0
    for found in find_terms(text, seen):
        tail = _TAIL.match(text, found.end)
        button = _BUTTON.format(found.key, escape(meaning(found.key)), text[found.start : found.end])
        # A browser may break a line after a button: its comma or full stop is kept with it.
        pieces += [text[at : found.start], _WHOLE.format(button, tail[0]) if tail else button]
        at = tail.end() if tail else found.end
    return "".join([*pieces, text[at:]])
