"""Guidance and research as a list of references, with what should be looked at again."""

import datetime as dt

from pspworkbook.methods.analyse import reading
from pspworkbook.records.analyse import Guidance

TODAY = dt.date(2026, 11, 22)


def test_a_list_of_references_is_quoted_and_in_order() -> None:
    rows = [
        ("b", Guidance.model_validate({"title": "Zoo", "issuer": "council", "date": "2022", "changes": "All"})),
        ("a", Guidance.model_validate({"title": "Care", "issuer": "Board", "date": "June 2021", "address": "Shelf 2.", "checked": "2026-09-01", "stands": "holds"})),
    ]  # fmt: skip
    first, second = reading.references(rows)
    assert (first.quoted, first.state) == (
        "Board (June 2021): Care. Shelf 2. Looked at on 1 September 2026.",
        "✓ Holds today",
    )
    assert (second.quoted, second.state) == ("council (2022): Zoo.", "○ Not looked at")


def test_what_is_old_or_changes_nothing_is_named() -> None:
    row = Guidance.model_validate({"title": "Old", "stands": "replaced", "again": "2026-01-01"})
    assert [gap.field for gap in reading.gaps([("o", row)], TODAY)] == ["again", "stands", "changes"]
