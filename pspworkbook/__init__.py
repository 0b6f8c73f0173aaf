"""The PSP workbook: notebooks and dashboards that carry a Public Social Partnership from need to review.

The rooms, from the ground floor up (imports run downwards only; ``tests/test_layers.py`` holds them to it)::

    places                 where things lie on this machine
    records, guide         what a partnership writes down; what the 2011 guide knows
    methods, workbook      the calculations; the store
    charts, documents      results as pictures and files
    widgets                the parts that pages are made of
    stages                 one module for each notebook
    serving, cli           the dashboards' server; the command ``pspworkbook``

A curious user can go on in any notebook::

    from pspworkbook import open_workbook
    workbook = open_workbook()
    workbook.frame("outcome")
"""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "open_workbook"]

if TYPE_CHECKING:
    from pspworkbook.workbook import open_workbook


def __getattr__(name: str) -> Any:
    # The store is imported when it is first asked for: `pspworkbook.methods` alone needs no database.
    if name == "open_workbook":
        from pspworkbook.workbook import open_workbook

        return open_workbook
    raise AttributeError(f"module 'pspworkbook' has no attribute {name!r}")
