"""Lines of the history in words, for bodies that need no store."""

import pytest

from pspworkbook.workbook.words import summary


@pytest.mark.parametrize(
    ("kind", "name", "field", "old", "new", "says"),
    [
        ("outcome", {"outcome": "Fewer falls"}, "deadweight", 0, 0.1, "Deadweight of “Fewer falls” from 0% to 10%"),
        (
            "input",
            {"description": "Volunteer hours"},
            "working",
            "",
            "By the hour",
            "“Volunteer hours”: “How it was worked out, or why it is valued at nothing” set to “By the hour”",
        ),
        (
            "outcome",
            {"outcome": "Less shopping"},
            "financial_proxy",
            None,
            -700.5,
            "Value of one, £ of “Less shopping” set to \u2212£700.50",
        ),
        ("scenario_change", {"figure": "quantity"}, "change", "-5%", "-20%", "from \u22125% to \u221220%"),
    ],
)
def test_a_change_reads_as_a_sentence(kind, name, field, old, new, says) -> None:
    """A title with a comma in it does not run into the name; what is below zero has a true minus."""
    assert says in summary("change", kind, {**name, field: old}, {**name, field: new}, {})
