"""What one register already has is not offered again, and what stands in another is in the calendar."""

from pspworkbook.stages import plan
from pspworkbook.stages.plan.procurement import _ways_not_listed
from pspworkbook.stages.plan.work import calendar_of
from pspworkbook.workbook import Workbook


def test_a_way_that_is_listed_is_not_offered(book: Workbook) -> None:
    book.save_many(
        [
            (
                "route_screen",
                "route_screen",
                {"type": "care", "value_excl": "10000", "value_incl": "10000", "buyer": "local"},
            )
        ]
    )
    page = plan.open("ours")
    offered = _ways_not_listed(page)
    assert offered
    book.add("route_option", {"name": "By hand", "what": offered[0].values["what"]})
    page.session.follow()
    assert [one.origin for one in _ways_not_listed(page)] == [one.origin for one in offered[1:]]


def test_steps_to_the_contract_are_in_the_calendar_once(book: Workbook) -> None:
    step = book.add("procurement_step", {"step": "Award", "order": 1, "days": 10}).id
    book.save_many([("route", "route", {"contract_starts": "2027-06-01"})])
    page = plan.open("ours")
    said = calendar_of(page)[2].decode()
    assert "Procurement: Award" in said and "DTSTART;VALUE=DATE:20270522" in said
    book.add("task", {"name": "Award", "start": "2027-05-22", "origin": f"procurement_step:{step}"})
    page.session.follow()
    assert calendar_of(page)[2].decode().count("SUMMARY") == 1
