"""The budget: what each partner puts in and spends, period by period."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
