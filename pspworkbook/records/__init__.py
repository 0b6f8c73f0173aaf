"""What a partnership writes down: one typed model for each register or form. Knows nothing of the rest of the package.

A tool is declared once, here. ``KINDS`` lists the models by the name that the store, the exchange file, the data frame
and the addresses use. To add a register: write its model, put it in its module's ``MODELS``, and give it a place in a
stage.
"""

from pspworkbook.records import agreement, decide, form, identify, library, subsidy
from pspworkbook.records.ballot import Answer
from pspworkbook.records.fields import FieldKind, read_number
from pspworkbook.records.joining import Sitting
from pspworkbook.records.partnership import Confirmation, Partnership, Person, Stakeholder
from pspworkbook.records.record import FieldSpec, Record, field_of, fields_of, messages_of
from pspworkbook.records.sroi import Forecast, Input, Outcome

KINDS: dict[str, type[Record]] = {
    model.kind: model
    for model in (
        *(Partnership, Person, Stakeholder, Forecast, Input, Outcome, Confirmation, Answer, Sitting),
        *identify.MODELS,
        *decide.MODELS,
        *subsidy.MODELS,
        *form.MODELS,
        *agreement.MODELS,
        *library.MODELS,
    )
}

__all__ = [
    "KINDS",
    "Answer",
    "Confirmation",
    "FieldKind",
    "FieldSpec",
    "Forecast",
    "Input",
    "Outcome",
    "Partnership",
    "Person",
    "Record",
    "Stakeholder",
    "field_of",
    "fields_of",
    "messages_of",
    "read_number",
]
