"""A wheel carries everything and works outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel built from this checkout installs."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_it_carries_notebooks_data_and_the_page_template(unpacked: Path) -> None:
    """Every file of these folders, and the template where Jupyter looks for it."""
    for name in ("notebooks", "data"):
        shipped = {
            path.relative_to(ROOT / name)
            for path in (ROOT / name).rglob("*")
            if path.is_file() and ".ipynb_checkpoints" not in path.parts
        }
        carried = unpacked / "pspworkbook" / "_shipped" / name
        assert {path.relative_to(carried) for path in carried.rglob("*") if path.is_file()} == shipped
    assert list(unpacked.glob("pspworkbook-*.data/data/share/jupyter/voila/templates/psp/index.html.j2"))
    assert (unpacked / "pspworkbook/widgets/register.js").is_file()
    assert (unpacked / "pspworkbook/stages/templates/result.html.j2").is_file()


def test_it_works_elsewhere(unpacked: Path, tmp_path: Path) -> None:
    """From another folder, with its own data: the example opens, and the command answers."""
    env = {
        **os.environ,
        "PYTHONPATH": str(unpacked),
        "PSPWORKBOOK_STORE": str(tmp_path / "w.db"),
        "PYTHONSAFEPATH": "1",
    }
    code = "import pspworkbook, pspworkbook.places as p; print(pspworkbook.__file__, p.data_folder(), p.notebooks_folder()); print(len(pspworkbook.open_workbook().frame('outcome')))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    places, outcomes = done.stdout.splitlines()
    assert all(place.startswith(str(unpacked)) for place in places.split())
    assert outcomes == "8"
    version = subprocess.run(
        [sys.executable, "-m", "pspworkbook", "--version"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert version.stdout.startswith("pspworkbook ")
