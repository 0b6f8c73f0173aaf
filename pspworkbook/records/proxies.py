"""The workbook's own library of financial proxies, and the price index that brings them to one year."""

from pspworkbook.records.record import Record

MODELS: tuple[type[Record], ...] = ()
