"""The record of the decision as a page to print: whole, safe, and honest about its sources."""

import datetime as dt
from html.parser import HTMLParser

import pytest

from pspworkbook.documents.decision_record import Agreed, DecisionRecord, as_page, body, legal_notes
from pspworkbook.methods.decide.decision import DecisionFacts
from pspworkbook.records import Partnership
from pspworkbook.records.decide import Condition, Decision, Dissent, Option
from pspworkbook.records.subsidy import Subsidy

ON = dt.date(2026, 11, 22)
FACTS = DecisionFacts(
    partnership=Partnership.model_validate({"name": "Ours", "lead_public": "The council", "lead_third": "The club"}),
    options=[
        ("o", Option.model_validate({"name": "A partnership", "what": "psp", "speaks_for": "Wanted"})),
        ("p", Option.model_validate({"name": "A tender", "what": "tender", "speaks_against": "Nobody bids"})),
    ],
    decision=Decision.model_validate(
        {"option": "o", "reasons": "It fits.", "decided_by": "The board", "date": "2026-11-20", "next": "Find partners"}
    ),
    conditions=[("c", Condition.model_validate({"what": "Two of each", "owner": "gone", "by": "2026-12-01"}))],
    dissents=[("d", Dissent.model_validate({"view": "Too soon", "sector": "user", "answer": "We wait a month"}))],
    subsidies=[("s", Subsidy.model_validate({"item": "Hall", "value": "6,000", "advantage": "no", "route": "none"}))],
)


class Tags(HTMLParser):
    """The tags of a page; those that are open are counted, so that none is left open."""

    VOID = {"meta", "br"}

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.links += [str(value) for name, value in attrs if name in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    return tags


@pytest.mark.parametrize("facts", [DecisionFacts(), FACTS], ids=["empty", "filled"])
def test_it_is_a_whole_page_that_fetches_and_runs_nothing(facts: DecisionFacts) -> None:
    tags = read(as_page(DecisionRecord(facts, "Ours", on=ON)))
    assert tags.seen.count("h1") == 1 and tags.seen[0] == "html"
    assert "script" not in tags.seen and tags.links == []


def test_who_what_when_and_who_differed_are_on_it() -> None:
    page = as_page(DecisionRecord(FACTS, "The workbook", {"x": "Ann"}, ON))
    for words in ("A partnership", "✓ chosen", "A tender", "Nobody bids", "It fits.", "The board", "20 November 2026",
                  "Find partners", "Two of each", "1 December 2026", "no longer listed", "Too soon", "We wait a month",
                  "People who use the service", "£6,000", "Likely not a subsidy", "As of 22 November 2026"):  # fmt: skip
        assert words in page, words
    assert page.count("✓ chosen") == 1
    assert "size: A4" in page and "The workbook" in page


def test_the_law_is_dated_and_not_advice_and_the_guide_is_named() -> None:
    page = as_page(DecisionRecord(FACTS, "Ours", on=ON))
    assert "This is not legal advice" in page and "Crown copyright 2011" in page
    assert all(note.topic.replace("'", "&#39;") in page for note in legal_notes())
    assert "Read in the source, as of" in page and "Remembered, not checked" in page
    late = as_page(DecisionRecord(FACTS, "Ours", on=dt.date(2040, 1, 1)))
    assert "overdue for a check" in late and "overdue for a check" not in page


def test_signatures_until_it_is_agreed() -> None:
    assert "Signature" in as_page(DecisionRecord(FACTS, "Ours", on=ON))
    agreed = as_page(DecisionRecord(FACTS, "Ours", on=ON, agreed=Agreed("The board", ON)))
    assert "Signature" not in agreed and "The board</span> (entered on 22 November 2026)" in agreed
    assert "changed since" in as_page(DecisionRecord(FACTS, "Ours", on=ON, agreed=Agreed("x", ON, stale=True)))


def test_text_of_people_is_never_markup() -> None:
    nasty = '</style><script>alert("x")</script>' + "é" * 20_000
    facts = DecisionFacts(
        partnership=Partnership.model_validate({"name": "<b>"}),
        options=[("o", Option.model_validate({"name": "</title>", "speaks_for": nasty}))],
        decision=Decision.model_validate({"option": "o", "reasons": nasty, "decided_by": nasty}),
    )
    for text in (as_page(DecisionRecord(facts, nasty[:60], on=ON)), body(DecisionRecord(facts, "<i>", on=ON))):
        tags = read(text)
        assert "script" not in tags.seen and "b" not in tags.seen and "i" not in tags.seen
        assert "é" * 20_000 in text
