"""Review: what happened, what people said, which method, and what comes next."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
