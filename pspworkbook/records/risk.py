"""The register of risks and issues, and what stands in the way of public support."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
