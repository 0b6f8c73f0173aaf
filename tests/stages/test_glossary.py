"""A term of the glossary explains itself: marked once, longest first, with its meaning, and never inside a heading."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from pspworkbook import guide
from pspworkbook.methods.terms import meaning
from pspworkbook.stages.glossary import terms

MADE = r'<button type="button" class="psp-term" data-term="([\w-]+)" data-meaning="([^"]*)">(.*?)</button>'
BUTTON = re.compile(MADE, re.DOTALL)


def marked(text: str) -> list[tuple[str, str]]:
    return [(words, key) for key, _, words in BUTTON.findall(str(terms(text)))]


def bare(markup: str) -> str:
    """The markup without what marking adds."""
    return re.sub(r'<span class="psp-whole">((?s:.*?))</span>', r"\1", BUTTON.sub(r"\3", markup))


def test_the_first_place_of_a_term_is_a_button_with_its_meaning() -> None:
    """The meaning travels with the passage."""
    shown = str(terms("Take off the deadweight. Deadweight is counted once."))
    assert marked("Take off the deadweight. Deadweight is counted once.") == [("deadweight", "deadweight")]
    assert shown.startswith("Take off the <span")
    (found,) = BUTTON.findall(shown)
    assert html.unescape(found[1]) == meaning("deadweight")
    assert guide.glossary()["deadweight"].definition in html.unescape(found[1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("an SROI ratio and a ratio", [("SROI ratio", "social-return-ratio")]),
        ("Social Return on\n Investment", [("Social Return on\n Investment", "social-return-on-investment")]),
        ("Stakeholders' views", [("Stakeholders", "stakeholder")]),
        ("social enterprises", [("social enterprises", "social-enterprise")]),
        ("two MoUs, one MoU", [("MoUs", "memorandum-of-understanding")]),
        ("he has sla in mind", []),
        ("re-commissioning, commission-free", []),
        ("an undeadweighted thing", []),
    ],
)
def test_forms_of_a_term(text: str, expected: list[tuple[str, str]]) -> None:
    """Plurals, other names and short forms; the longest match wins, and a part of a word is no term."""
    assert marked(text) == expected


@pytest.mark.parametrize("tag", ["h2", "h4", "a", "button", "summary", "dt", "th", "label"])
def test_headings_links_and_labels_are_left_alone(tag: str) -> None:
    """The first place outside of them is marked instead."""
    shown = str(terms(Markup(f"<{tag} id='x'>The <em>deadweight</em></{tag}><p>Less deadweight</p>")))
    assert shown.startswith(f"<{tag} id='x'>The <em>deadweight</em></{tag}><p>Less <button")
    assert shown.count("psp-term") == 1


def test_in_notes_on_the_law_everyday_words_are_left_alone() -> None:
    """The outcome of a review is no outcome of SROI; the guide's own terms are marked there too."""
    shown = str(terms("The outcome of the review of procurement", ours=False))
    assert re.findall(r'data-term="([\w-]+)"', shown) == ["procurement"]


def test_what_is_marked_already_is_not_marked_again() -> None:
    """A passage may be made of passages."""
    once = terms("The deadweight and the attribution.")
    assert terms(once) == once
    assert str(terms(once + Markup(" <p>deadweight</p>"))).count("psp-term") == 2


@given(st.text())
def test_text_stays_text(text: str) -> None:
    """Whatever a person wrote is escaped, and nothing but buttons is added."""
    assert bare(str(terms(text))) == str(escape(text))


@given(st.lists(st.sampled_from(["deadweight", "<script>alert(1)</script>", 'MoU & "PSP"', "'", "tender", "👵"])))
def test_hostile_text_between_terms(pieces: list[str]) -> None:
    """A term beside markup that somebody typed does not let it through."""
    shown = str(terms(" ".join(pieces)))
    assert "<script" not in shown
    assert bare(shown) == str(escape(" ".join(pieces)))
