"""Where things lie: the shipped notebooks and data, and the user's own folder.

In a checkout ``notebooks/`` and ``data/`` stand beside the package; a wheel carries them inside it, as ``_shipped``.
"""

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    inside = PACKAGE / "_shipped" / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def data_folder() -> Path:
    """The root of ``data/``: the guide's knowledge and the example workbooks."""
    return _shipped("data")


def notebooks_folder() -> Path:
    """The root of ``notebooks/`` as shipped: one notebook for each stage."""
    return _shipped("notebooks")


def user_folder() -> Path:
    """The user's own folder for workbooks; made on first use by whoever writes there."""
    return user_data_path("pspworkbook", appauthor=False)


def cache_folder() -> Path:
    """The user's own folder for what can be made again at any time."""
    return user_cache_path("pspworkbook", appauthor=False)


def store_address() -> str:
    """The store to use when none is named: ``PSPWORKBOOK_STORE``, or a file in the user's own folder."""
    return os.environ.get("PSPWORKBOOK_STORE") or str(user_folder() / "workbooks.db")
