"""The guide's own counts: a list that loses a line, or gains one, is noticed here."""

import re
from collections import Counter

import pytest

from pspworkbook import guide

CHECKLIST_LENGTHS = {
    "psp-stages": 3,
    "strategic-asks": 3,
    "pilot-entry": 5,
    "commissioning-contrasts": 5,
    "psp-features": 8,
    "groups-to-involve": 8,
    "psp-principles": 6,
    "benefits": 5,
    "challenges": 8,
    "success-pairs": 8,
    "readiness": 6,
    "market-headings": 8,
    "state-aid-questions": 5,
    "forming-steps": 5,
    "journey-points": 6,
    "pest-headings": 4,
    "planning-issues": 6,
    "planning-elements": 7,
    "pilot-advantages": 4,
    "pilot-disadvantages": 5,
    "pilot-procurement-questions": 7,
}
TOOLS_BY_PREFIX = {
    "INT": 8,
    "ID": 12,
    "TP": 14,
    "FP": 12,
    "AN": 15,
    "PL": 25,
    "DO": 14,
    "RV": 11,
    "LL": 2,
    "CS": 3,
    "TM": 3,
    "GL": 1,
    "QA": 1,
    "LK": 1,
    "LIC": 1,
}


def test_lessons():
    counts = Counter(lesson.stage for lesson in guide.lessons().values())
    assert counts == {"identify": 2, "decide": 5, "form": 10, "analyse": 8, "plan": 9, "do": 11, "review": 5}
    expected = [
        f"{letter}{n}"
        for letter, last in zip("ITFAPDR", (2, 5, 10, 8, 9, 11, 5), strict=True)
        for n in range(1, last + 1)
    ]
    assert list(guide.lessons()) == expected
    lines = [lesson.lines for lesson in guide.lessons().values()]
    assert len(set(lines)) == 50, "each lesson stands on its own line of the guide"


def test_pilots_and_their_ratios():
    cases = guide.cases()
    assert [case.number for case in cases.values()] == list(range(1, 11))
    ratios = {key: case.sroi.ratio for key, case in cases.items() if case.sroi.ratio is not None}
    assert ratios == {"argyll-and-bute": 6.68, "renfrewshire": 5.91, "registers-of-scotland": 9.93}
    for key in ratios:
        assert "indication only" in cases[key].sroi.caution
        assert "Do not rank" in cases[key].sroi.caution
    investments = [case.sroi.investment for case in cases.values() if case.sroi.investment is not None]
    assert investments == [100_000, 132_000, 67_000]


def test_counts_over_all_pilots():
    assert [figure.value for figure in guide.across_cases()] == [3, 2, 3, 6]


def test_outcome_tables():
    tables = {key: len(case.outcomes.rows) for key, case in guide.cases().items() if case.outcomes}
    assert tables == {
        "argyll-and-bute": 8,
        "barlinnie": 13,
        "aberdeenshire-cvs": 10,
        "east-renfrewshire": 10,
        "aberdeen-city": 12,
        "registers-of-scotland": 30,
    }


def test_examples():
    examples = guide.examples()
    assert list(examples) == ["foyer-works", "edinburgh-care-at-home", "greenlink", "six-marys-place"]
    assert examples["greenlink"].ratio == 7.63
    assert examples["six-marys-place"].ratio is None, "the guide gives only words, and they do not fit its own figures"
    assert examples["six-marys-place"].ratio_words == "almost £6.00 for each £1"


def test_glossary():
    terms = guide.glossary().values()
    assert sum(term.origin == "guide" for term in terms) == 21
    needed = {
        "deadweight", "attribution", "displacement", "drop-off", "financial-proxy", "outcome", "output", "indicator",
        "impact", "present-value", "net-present-value", "discount-rate", "payback", "materiality", "duration",
        "quantity", "input", "social-return-ratio",
    }  # fmt: skip
    assert needed <= {term.key for term in terms if term.origin == "ours"}


def test_questions_and_the_stages_that_list_them():
    assert list(guide.questions()) == [f"Q{n}" for n in range(1, 12)]
    by_stage: dict[str, set[str]] = {}
    for question in guide.questions().values():
        for stage in question.stages:
            by_stage.setdefault(stage, set()).add(question.key)
    assert by_stage == {
        "identify": {"Q8", "Q1"},
        "decide": {"Q5", "Q6", "Q9", "Q11"},
        "form": {"Q3", "Q2"},
        "analyse": {"Q3"},
        "plan": {"Q7", "Q10", "Q4"},
        "do": {"Q7"},
        "review": {"Q9"},
    }


def test_links():
    counts = Counter(link.group for link in guide.links().values())
    assert counts == {"Partnership working": 4, "Government": 6, "Third sector": 6, "Commissioning": 4}
    assert not any("://" in link.url_2011 for link in guide.links().values()), "history is plain text, not a link"


def test_memorandum_of_understanding():
    mou = guide.mou()
    assert [section.number for section in mou.sections] == list(range(1, 14))
    assert (len(mou.elements), len(mou.values), len(mou.party_a_duties), len(mou.party_b_duties)) == (11, 8, 4, 6)
    assert {"T-5", "T-6"} <= {trap.key for trap in mou.traps}


def test_lead_funder():
    lead_funder = guide.lead_funder()
    assert len(lead_funder.strands) == 3
    assert [variant.key for variant in lead_funder.variants] == [
        "information-provider",
        "reporting-lead",
        "funding-co-ordinator",
        "lead-manager",
    ]
    assert [variant.key for variant in lead_funder.variants if variant.preferred] == ["lead-manager"]


def test_sroi():
    sroi = guide.sroi()
    assert [principle.number for principle in sroi.principles] == list(range(1, 9))
    assert [principle.number for principle in sroi.principles if not principle.in_2011] == [8]
    assert len(sroi.guide_steps) == 6
    assert [step.key for step in sroi.steps] == ["scope", "stakeholders", "outcomes", "evidence", "impact", "result"]
    assert (len(sroi.types), len(sroi.benefits), len(sroi.limitations), len(sroi.methods)) == (2, 5, 5, 5)


def test_each_step_says_why_and_what_goes_wrong():
    for step in guide.sroi().steps:
        assert 50 <= len(step.why.split()) <= 80, step.key
        assert 3 <= len(step.mistakes) <= 4, step.key


def test_checklists_are_the_ones_counted():
    assert list(guide.checklists()) == list(CHECKLIST_LENGTHS)


@pytest.mark.parametrize("key", CHECKLIST_LENGTHS)
def test_checklist_length(key):
    items = guide.checklists()[key].items
    assert sum(not item.added for item in items) == CHECKLIST_LENGTHS[key]
    assert len({item.key for item in items}) == len(items)


def test_checklists_that_are_tables():
    checklists = guide.checklists()
    assert [column.key for column in checklists["benefits"].columns] == ["users", "commissioners", "providers"]
    assert checklists["readiness"].scale == ("Excellent", "High", "Average", "Low")
    assert [item.key for item in checklists["pest-headings"].items if item.added] == ["environmental", "legal"]
    for checklist in checklists.values():
        columns = {column.key for column in checklist.columns}
        for item in checklist.items:
            assert set(item.cells) == columns, f"{checklist.key}, {item.key}"


def test_tools():
    tools = guide.tools()
    assert len(tools) == 123
    assert Counter(key.split("-")[0] for key in tools) == TOOLS_BY_PREFIX
    assert sum(tool.priority == 1 for tool in tools.values()) == 84
    assert sum(tool.several_people for tool in tools.values()) == 21
    assert all(re.fullmatch(r"\d+( to \d+)?", tool.people) for tool in tools.values())


def test_then_and_now():
    counts = Counter(key.split("-")[0] for key in guide.then_and_now())
    assert counts == {"C": 9, "P": 21, "O": 22, "D": 5, "V": 7, "H": 9}
