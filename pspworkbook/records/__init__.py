"""What a partnership writes down: one typed model for each register or form. Knows nothing of the rest of the package.

A tool is declared once, here. ``KINDS`` lists the models by the name that the store, the exchange file, the data frame
and the addresses use. To add a register: write its model, put it in its module's ``MODELS``, and give it a place in a
stage.
"""

from pspworkbook.records import (
    agreement,
    analyse,
    budget,
    decide,
    deliver,
    doubt,
    form,
    identify,
    journey,
    library,
    measures,
    pilot,
    plan,
    procurement,
    proxies,
    review,
    risk,
    scrutiny,
    subsidy,
)
from pspworkbook.records.ballot import Answer
from pspworkbook.records.fields import FieldKind, read_number
from pspworkbook.records.joining import Sitting
from pspworkbook.records.partnership import Confirmation, Partnership, Person, Stakeholder
from pspworkbook.records.record import FieldSpec, Record, field_of, fields_of, messages_of
from pspworkbook.records.sroi import Forecast, HeadingMeaning, Input, Outcome

_MODELS: tuple[type[Record], ...] = (
    *(Partnership, Person, Stakeholder, Forecast, Input, Outcome, HeadingMeaning, Confirmation, Answer, Sitting),
    *identify.MODELS,
    *decide.MODELS,
    *subsidy.MODELS,
    *form.MODELS,
    *agreement.MODELS,
    *journey.MODELS,
    *analyse.MODELS,
    *doubt.MODELS,
    *doubt.RESULTS,
    *scrutiny.MODELS,
    *proxies.MODELS,
    *plan.MODELS,
    *budget.MODELS,
    *risk.MODELS,
    *measures.MODELS,
    *pilot.MODELS,
    *procurement.MODELS,
    *deliver.MODELS,
    *review.MODELS,
    *library.MODELS,
)

KINDS: dict[str, type[Record]] = {model.kind: model for model in _MODELS}

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
