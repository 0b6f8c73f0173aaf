"""Two people edit one record: both are kept where both can be, and otherwise nothing is overwritten or lost."""

import pytest

from pspworkbook.workbook import Clash, NotFound
from pspworkbook.workbook.replay import check


@pytest.fixture
def falls(ana):
    return ana.add("outcome", {"outcome": "Fewer falls", "deadweight": "0%", "quantity": "7"})


def test_work_on_different_fields_is_kept_from_both(ana, bo, falls) -> None:
    ana.change("outcome", falls.id, {"deadweight": "10%"}, falls.version)
    merged = bo.change("outcome", falls.id, {"quantity": "8"}, falls.version)
    assert (merged.record.deadweight, merged.record.quantity, merged.version) == (0.1, 8.0, 3)


def test_a_form_sent_whole_changes_only_what_was_changed_in_it(ana, bo, falls) -> None:
    ana.change("outcome", falls.id, {"deadweight": "10%"}, falls.version)
    merged = bo.change(
        "outcome", falls.id, {"deadweight": "0%", "quantity": "8", "outcome": "Fewer falls"}, falls.version
    )
    assert (merged.record.deadweight, merged.record.quantity) == (0.1, 8.0)


def test_two_who_write_the_same_do_not_clash(ana, bo, falls) -> None:
    theirs = ana.change("outcome", falls.id, {"deadweight": "10%"}, falls.version)
    assert bo.change("outcome", falls.id, {"deadweight": "0.1"}, falls.version) == theirs


def test_the_same_field_clashes_and_shows_both_versions(ana, bo, falls) -> None:
    ana.change("outcome", falls.id, {"deadweight": "10%"}, falls.version, reason="GPs")
    with pytest.raises(Clash, match="Ana has changed “Deadweight” of “Fewer falls” since you read it") as caught:
        bo.change("outcome", falls.id, {"deadweight": "30%", "quantity": "9"}, falls.version, reason="Nurses")
    clash = caught.value
    assert (clash.kind, clash.id, clash.fields) == ("outcome", falls.id, ("deadweight",))
    assert (clash.base["deadweight"], clash.theirs.record.deadweight, clash.mine["deadweight"]) == (0.0, 0.1, 0.3)
    assert (clash.mine["quantity"], clash.theirs.author, clash.theirs.version) == (9.0, "Ana", 2)

    assert ana.get("outcome", falls.id).record.deadweight == 0.1, "nothing was overwritten"
    refused, kept = ana.history(limit=2)
    assert (refused.action, refused.author, refused.after["deadweight"], refused.reason) == (
        "clash",
        "Bo",
        0.3,
        "Nurses",
    )
    assert (kept.action, kept.author, kept.after["deadweight"]) == ("edit", "Ana", 0.1)
    assert (
        refused.summary
        == "Not kept, somebody else had saved first: How many of “Fewer falls” from 7 to 9; Deadweight from 0% to 30%"
    )

    settled = bo.change("outcome", falls.id, {"deadweight": "30%"}, clash.theirs.version)
    assert settled.record.deadweight == 0.3
    assert check(ana.store) == []


def test_a_whole_record_is_saved_over_no_other_version(ana, bo, falls) -> None:
    mine = falls.record.model_copy(update={"quantity": 9.0})
    ana.change("outcome", falls.id, {"deadweight": "10%"}, falls.version)
    with pytest.raises(Clash) as caught:
        bo.save(mine, falls.id, falls.version)
    assert set(caught.value.fields) == {"deadweight", "quantity"}
    with pytest.raises(Clash):
        bo.save(mine, falls.id)  # without a version: "I believe that there is none yet"
    with pytest.raises(Clash) as same:  # nor over one that says the same: two may have counted on from the same number
        bo.save(ana.get("outcome", falls.id).record, falls.id, falls.version)
    assert same.value.fields == ()
    assert bo.save(mine, falls.id, caught.value.theirs.version).record.deadweight == 0.0


def test_one_form_filled_by_two_for_the_first_time(ana, bo) -> None:
    ana.change("forecast", "forecast", {"activity": "Club"}, 0)
    assert bo.change("forecast", "forecast", {"purpose": "Decide"}, 0).record.activity == "Club"
    with pytest.raises(Clash):
        bo.change("forecast", "forecast", {"activity": "Minibus"}, 0)


def test_removing_what_another_has_just_changed_clashes(ana, bo, falls) -> None:
    ana.change("outcome", falls.id, {"deadweight": "10%"}, falls.version)
    with pytest.raises(Clash) as caught:
        bo.delete("outcome", falls.id, falls.version)
    assert caught.value.mine is None
    assert ana.get("outcome", falls.id).record.deadweight == 0.1


def test_work_on_a_record_that_was_removed_stays_in_the_log(ana, bo, falls) -> None:
    ana.delete("outcome", falls.id, falls.version)
    with pytest.raises(NotFound, match="removed by Ana"):
        bo.change("outcome", falls.id, {"claim_reason": "An hour's work"}, falls.version)
    assert ana.history()[0].after["claim_reason"] == "An hour's work"
    with pytest.raises(NotFound):
        bo.save(falls.record, falls.id, falls.version)
    with pytest.raises(NotFound):
        bo.save_many([("outcome", falls.id, {"quantity": 1})])
    assert ana.records("outcome") == []
    assert check(ana.store) == []


@pytest.mark.parametrize("version", [-1, 2, 99, 10**30])
def test_a_version_that_never_was_is_refused(ana, falls, version) -> None:
    with pytest.raises(NotFound, match="no version"):
        ana.change("outcome", falls.id, {"quantity": "8"}, version)
    assert ana.get("outcome", falls.id) == falls
