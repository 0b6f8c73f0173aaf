"""Do: communications, monitoring, changes, conflicts of interest, reflection, contingency, life after award."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
