"""The date of a source, kept as it was typed, and a figure with its per cent sign."""

import datetime as dt

import pytest
from pydantic import ValidationError

from pspworkbook.records import messages_of
from pspworkbook.records.identify import Evidence
from pspworkbook.records.sources import first_day, with_unit


@pytest.mark.parametrize(
    ("typed", "kept", "first"),
    [
        ("2022", "2022", dt.date(2022, 1, 1)),
        (" June  2025 ", "June 2025", dt.date(2025, 6, 1)),
        ("2024/25", "2024/25", dt.date(2024, 4, 1)),
        ("2019-2021", "2019-2021", dt.date(2019, 1, 1)),
        ("12/06/2025", "12/06/2025", dt.date(2025, 6, 12)),
        ("2025-06-12", "12 June 2025", dt.date(2025, 6, 12)),
        (dt.date(2025, 6, 12), "12 June 2025", dt.date(2025, 6, 12)),
        (2022.0, "2022", dt.date(2022, 1, 1)),
        (None, "", None),
    ],
)
def test_a_source_is_dated_as_exactly_as_it_is_known(typed: object, kept: str, first: dt.date | None) -> None:
    row = Evidence.model_validate({"date": typed})
    assert (row.date, first_day(row.date)) == (kept, first)
    assert Evidence.model_validate(row.body()) == row


@pytest.mark.parametrize("typed", ["soon", "32/01/2025", "1066", "Juin 2025", "2025/2024"])
def test_what_is_no_date_is_said_at_the_field(typed: str) -> None:
    with pytest.raises(ValidationError) as trouble:
        Evidence.model_validate({"date": typed})
    assert "such as June 2025" in messages_of(trouble.value, Evidence)["date"]


def test_a_per_cent_sign_goes_to_the_unit() -> None:
    row = Evidence.model_validate({"value": "12.5%"})
    assert (row.value, row.unit, with_unit(12.5, row.unit)) == (12.5, "%", "12.5%")
    assert Evidence.model_validate({**row.body(), "value": "13 %"}).value == 13
    assert Evidence.model_validate({"value": "40%", "unit": "per cent"}).unit == "per cent"
    assert with_unit(1250, "people") == "1,250 people"


def test_a_per_cent_sign_beside_another_unit_is_asked_about() -> None:
    with pytest.raises(ValidationError) as trouble:
        Evidence.model_validate({"value": "12%", "unit": "people"})
    assert "its unit says something else" in messages_of(trouble.value, Evidence)["value"]
