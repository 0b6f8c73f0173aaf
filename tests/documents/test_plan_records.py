"""Records of the plan as Word files: the decision on a pilot, the procurement route, the steering group's terms."""

import datetime as dt
import io

from docx import Document

from pspworkbook import guide
from pspworkbook.documents.pilot_docx import pilot_docx
from pspworkbook.documents.plan_pages_docx import terms_docx
from pspworkbook.documents.route_docx import route_docx
from pspworkbook.methods.plan import pilot, procurement, steering, tier
from pspworkbook.records import Person
from pspworkbook.records.form import Member
from pspworkbook.records.pilot import PilotChoice, PilotItem, PilotQuestion
from pspworkbook.records.plan import Meeting, SteeringTerms
from pspworkbook.records.procurement import ProcurementRoute, ProcurementStep, RouteOption

ON = dt.date(2026, 11, 22)
HOSTILE = "<b>bold</b> & مرحبا \x07🙂"
CLEAN = "<b>bold</b> & مرحبا 🙂"


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_decision_on_a_pilot_has_its_dissent_and_what_holds_it_back() -> None:
    choice = PilotChoice.model_validate(
        {"decision": "pilot", "dissent": HOSTILE, "approved": "yes", "date": "2025-10-10"}
    )
    rows = [("q", PilotQuestion.model_validate({"item": "price", "answer": "Open book"}))]
    text = words(
        pilot_docx(
            choice, pilot.approval(choice, rows, ON), pilot.balance([]),
            [("i", PilotItem.model_validate({"item": "cost", "applies": "yes", "answer": "Shared"}))],
            pilot.questions(rows, ON), workbook="W", on=ON,
        )
    )  # fmt: skip
    for said in (
        CLEAN,
        "10 October 2025",
        "held back",
        "Open book",
        "Not answered",
        "Shared",
        "too few to say",
        "[to fill in: why",
    ):
        assert said in text, said


def test_the_route_has_its_thresholds_with_their_day_and_source() -> None:
    route = ProcurementRoute.model_validate({
        "what": HOSTILE, "type": "services", "value_excl": "180000", "value_incl": "216000",
        "chosen": "o", "contract_starts": "2028-04-01",
    })  # fmt: skip
    steps = [("s", ProcurementStep.model_validate({"order": 1, "step": "Notice", "days": 40}))]
    options = [("o", RouteOption.model_validate({"name": "Open lots", "what": "open"}))]
    found = tier.tier(route, ON)
    assert found.key == "higher" and any("change on 1 January 2028" in one for one in found.cautions)
    text = words(
        route_docx(
            route, found, options, procurement.timeline(steps, route.contract_starts, ON), None,
            [guide.then_and_now()["P-03"]], {}, workbook="W", on=ON,
        )
    )  # fmt: skip
    for said in (
        CLEAN,
        "£207,720",
        "1 January 2026",
        "SSI 2025/299",
        "Open lots (chosen)",
        "21 February 2028",
        "Nobody yet",
    ):
        assert said in text, said
    assert "[to fill in: the advice that it rests on]" in text


def test_the_terms_say_who_was_there_and_whether_it_could_decide() -> None:
    people = {"u": Person(name="Una", sector="user", organisation="Residents")}
    members = [("m", Member(person="u", seat="steering", role="Chair"))]
    terms = SteeringTerms(purpose=HOSTILE, quorum=2)
    meetings = [("a", Meeting.model_validate({"date": "2026-11-01", "present": "Una", "apologies": "Tom"}))]
    text = words(
        terms_docx(
            terms, [("Una", "Residents", "Chair", "–")], [("users and carers", 1)],
            steering.attendance(meetings, terms, members, people), [], "Interests?", workbook="W", on=ON,
        )
    )  # fmt: skip
    for said in (
        CLEAN,
        "users and carers 1",
        "Apologies: Tom.",
        "Too few to decide",
        "[to fill in: Decisions: still to be said]",
    ):
        assert said in text, said
