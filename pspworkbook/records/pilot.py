"""The pilot: whether to have one, on which terms, the questions it raises, and what can be carried over."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
