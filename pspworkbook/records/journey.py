"""The customer journey: its steps as they are and as they should be, and what the design must therefore do."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
