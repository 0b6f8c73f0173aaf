"""What stands in the way of a forecast, said in sentences that lead to a field."""

from pspworkbook.methods.sroi.gaps import Gap, gaps
from pspworkbook.records import Forecast, Input, Outcome, Stakeholder

SCOPE = ("forecast", Forecast(activity="The club", purpose="To decide on it"))
WHO = ("s1", Stakeholder(name="Residents", included=True, reason="They come"))
PUTS_IN = ("i1", Input(stakeholder="s1", description="Time", contribution="time", value=100, working="10 hours"))
CHANGE = Outcome(
    stakeholder="s1", outcome="Fewer falls", indicator="Falls", source="Diary", quantity=7, duration=1, proxy="A stay", financial_proxy=94,
    proxy_source="NHS", deadweight=0, displacement=0, attribution=0.05, drop_off=0, who_benefits="person",
)  # fmt: skip


def found(outcome: Outcome = CHANGE, **changes: object) -> list[Gap]:
    """The gaps of a whole forecast in which one outcome is changed."""
    changed = outcome.model_copy(update=changes)
    return list(gaps(SCOPE, [WHO], [PUTS_IN], [("o1", changed)]))


def test_a_whole_forecast_has_no_gap() -> None:
    """Zero is an answer: a deadweight of 0% is not missing."""
    assert found() == []


def test_an_empty_workbook_says_what_comes_first() -> None:
    """Each of the first three steps has something that stops the ratio."""
    stops = [gap for gap in gaps(("forecast", Forecast()), [], [], []) if gap.stops]
    assert [gap.step for gap in stops] == ["stakeholders", "stakeholders", "outcomes"]


def test_a_missing_figure_stops_the_count_and_names_its_field() -> None:
    """The link goes to the field, in the step where it is asked for."""
    (gap,) = found(deadweight=None)
    assert (gap.step, gap.kind, gap.id, gap.field, gap.stops) == ("impact", "outcome", "o1", "deadweight", True)
    assert gap.sentence == "“Fewer falls” still needs: deadweight."
    (gap,) = found(indicator="")
    assert (gap.step, gap.stops) == ("evidence", False)


def test_what_is_odd_is_asked_about() -> None:
    """A loss above zero, a gain below it, everything taken off, a stakeholder who is gone."""
    assert "Count it as a loss" in found(direction="negative")[0].sentence
    assert "take the minus sign away" in found(financial_proxy=-5)[0].sentence
    assert "counts for nothing" in found(deadweight=1.0)[0].sentence
    assert any("stakeholder who was removed" in gap.sentence for gap in found(stakeholder="gone"))


def test_an_outcome_that_is_left_out_needs_its_reason_and_nothing_else() -> None:
    """Leaving a loss out raises the ratio: the stage is not ready until somebody says why."""
    (gap,) = found(included=False, deadweight=None)
    assert (gap.sentence, gap.field) == (
        "“Fewer falls” is left out of the ratio, and nobody has said why.",
        "included_reason",
    )
    assert found(included=False, included_reason="Counted with the stays", deadweight=None) == []
