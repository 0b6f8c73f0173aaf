"""The example workbook: the published figures, and a clear word on what is made up."""

import pytest

from pspworkbook.records import KINDS
from pspworkbook.workbook import WorkbookError, make_example, reset_example
from pspworkbook.workbook.replay import check


def test_the_outcomes_add_up_to_the_published_first_year(store) -> None:
    frame = make_example(store).frame("outcome")
    kept = (1 - frame["deadweight"]) * (1 - frame["displacement"]) * (1 - frame["attribution"])
    impact = frame["quantity"] * frame["financial_proxy"] * kept
    assert round(impact.sum(), 2) == 82_508.57
    assert len(frame) == 7
    assert set(frame["stakeholder"]) == {"residents", "volunteers", "neighbours"}


def test_the_inputs_add_up_to_the_published_total_and_say_why_time_is_free(store) -> None:
    inputs = [entry.record for entry in make_example(store).records("input")]
    assert sum(record.value for record in inputs) == 42_375
    assert all(record.working for record in inputs if record.value == 0)


def test_the_scope_follows_the_published_convention(store) -> None:
    scope = make_example(store).the("forecast").record
    assert (scope.discount_rate, scope.discount_first_year, scope.discounting) == (0.035, True, "flat")


def test_nothing_that_is_needed_is_missing_and_every_reference_leads_somewhere(store) -> None:
    workbook = make_example(store)
    stakeholders = {entry.id for entry in workbook.records("stakeholder")}
    for kind in KINDS:
        for entry in workbook.records(kind):
            lacking = [spec.name for spec in entry.record.missing()]
            assert lacking == [], f"{kind} {entry.id}"
            assert getattr(entry.record, "stakeholder", None) in {None, *stakeholders}


def test_it_says_what_is_made_up(store) -> None:
    workbook = make_example(store)
    made_up = workbook.the("partnership").record.made_up
    assert workbook.example
    for part in ("every person", "its area", "every organisation marked", "the seven outcomes"):
        assert part in made_up


def test_it_is_made_once(store) -> None:
    first = make_example(store)
    assert make_example(store).position == first.position
    assert len(store.workbooks()) == 1


def test_a_real_workbook_is_never_taken_for_the_example(store) -> None:
    store.create("Ours", "wheels-to-meals")
    for work in (make_example, reset_example):
        with pytest.raises(WorkbookError, match="not the example"):
            work(store)


def test_reset_puts_everything_back_and_loses_nothing(store) -> None:
    make_example(store)
    workbook = store.open("wheels-to-meals", author="Ana")
    shipped = {kind: [(entry.id, entry.record) for entry in workbook.records(kind)] for kind in KINDS}
    falls = workbook.records("outcome")[0]
    workbook.change("outcome", falls.id, {"deadweight": "50%", "proxy_licence": "Mine"}, falls.version)
    person = workbook.records("person")[0]
    workbook.delete("person", person.id, person.version)
    workbook.add("outcome", {"outcome": "Invented"})
    workbook.rename("Played with")

    again = reset_example(store, author="Ana")
    assert {kind: [(entry.id, entry.record) for entry in again.records(kind)] for kind in KINDS} == shipped
    assert again.name != "Played with"
    again.undo()
    assert again.get("outcome", falls.id).record.deadweight == 0.5, "even the reset can be undone"
    assert check(store) == []
