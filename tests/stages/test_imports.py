"""Each stage can be the first that is imported, as it is in its notebook: none leans on another having come before."""

import subprocess
import sys

import pytest

from pspworkbook.guide.path import stages


@pytest.mark.parametrize("key", [stage.key for stage in stages() if stage.there])
def test_a_stage_is_imported_on_its_own(key: str) -> None:
    """In a process of its own, since a stage that another test has imported would hide a circle."""
    subprocess.run([sys.executable, "-c", f"import pspworkbook.stages.{key}"], check=True)
