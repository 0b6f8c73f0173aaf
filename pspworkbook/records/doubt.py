"""What makes an SROI stand up to scrutiny: ranges, scenarios, answers to a sceptic, verification."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
