"""Word files of the plan: the risks for all partners, the annex on the pilot, the clauses."""

import datetime as dt
import io

from docx import Document

from pspworkbook.documents.plan_docx import annex_docx, clauses_docx, risks_docx
from pspworkbook.methods.plan import benefits, pilot, pilot_terms, risks
from pspworkbook.records import Answer
from pspworkbook.records.measures import Measure
from pspworkbook.records.pilot import AnnexVersion, PilotChoice, PilotTerm
from pspworkbook.records.procurement import CommunityBenefit
from pspworkbook.records.risk import Risk

ON = dt.date(2026, 11, 22)
HOSTILE = "<b>bold</b> & مرحبا \x07🙂"


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_register_tells_every_partner_what_how_bad_and_who():
    rows = [
        ("a", Risk.model_validate({"title": HOSTILE, "cause": "Old", "owner": "p", "review": "2026-11-01"})),
        ("b", Risk.model_validate({"title": "Ice", "type": "issue"})),
    ]
    answers = [
        Answer(ballot="risk-rating", item=f"a.{part}", sheet=f"s{n}", value=value)
        for part, given in (("likelihood", (1, 1, 5, 5)), ("impact", (4, 4, 4, 4)))
        for n, value in enumerate(given)
    ]
    data = risks_docx(risks.ratings(rows, answers), [Risk(title="Gone")], {"p": "Ann"}, workbook="W", on=ON)
    text = words(data)
    for said in (
        "<b>bold</b> & مرحبا 🙂",
        "Because: Old",
        "Ann",
        "1 November 2026 (overdue)",
        "Nobody yet",
        "Gone",
        "1 (high)",
    ):
        assert said in text
    assert "views on its likelihood are split" in text and risks.SCORE_RULE in text
    assert data == risks_docx(risks.ratings(rows, answers), [Risk(title="Gone")], {"p": "Ann"}, workbook="W", on=ON)


def test_an_empty_register_says_so():
    assert "No risk or issue is open." in words(risks_docx([], [], {}, workbook="W", on=ON))


def test_the_annex_has_its_version_and_what_changed_since():
    choice = PilotChoice.model_validate({"decision": "pilot", "where": "The glen", "approved": "yes"})
    term = PilotTerm.model_validate({"contributor": "Club", "what": "Bus", "value": "1600", "subsidy": "s"})
    version = AnnexVersion.model_validate(
        {"version": "1.1", "date": "2026-02-13", "agreed_by": "All", "changed": "More hours"}
    )
    text = words(
        annex_docx(
            choice, pilot.approval(choice, [], ON), pilot_terms.per_contributor([("t", term)]), [version],
            ["Changed: Bus"], {"s": "Likely not a subsidy."}, partnership="P", workbook="W", on=ON,
        )
    )  # fmt: skip
    for said in (
        "Version 1.1, 13 February 2026, agreed by All",
        "Changed since then",
        "Changed: Bus",
        "More hours",
        "£1,600",
    ):
        assert said in text
    assert "Not valid as approved" in text and "Likely not a subsidy." in text
    assert "to fill in: how the rules are kept" in text and "to fill in: when the pilot starts" in text


def test_clauses_that_are_ready_come_first_and_the_rest_says_what_is_missing():
    full = {
        **{"wanted": "Trainees", "about": "training", "link": "Kitchen", "kpi": "Trainees", "measure": "m"},
        **{"requirement": "It must take two trainees.", "evidence": "Payroll", "proportionate": "yes"},
        **{"proportionate_why": "Two of ten", "target": "2"},
    }
    rows = [("x", CommunityBenefit(wanted="Local food")), ("y", CommunityBenefit.model_validate(full))]
    text = words(
        clauses_docx(benefits.clauses(rows, {"m": Measure(indicator="T", collector="p")}), workbook="W", on=ON)
    )
    assert text.index("1 Trainees") < text.index("Not ready") < text.index("1 Local food")
    assert "It must take two trainees." in text and "Trainees, target 2" in text
    assert "Link to what is bought: Say how it belongs to what is bought." in text
