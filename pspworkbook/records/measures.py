"""The outcome measures plan: what is counted, by whom, when, against which baseline and target."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
