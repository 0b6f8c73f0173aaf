"""Plan: scope, schedule, deliverables, roles, resources, the steering group and its terms."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
