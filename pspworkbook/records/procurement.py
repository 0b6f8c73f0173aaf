"""The procurement route, community benefits and the transfer of assets."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
