"""Analyse: data sharing, what is good enough, PESTEL, demand, routes, expectations, co-production."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
