"""Imports run downwards only, and the core runs without a widget, a store or a server."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pspworkbook"

FLOORS = [
    {"places"},
    {"records", "guide"},
    {"methods", "workbook"},
    {"charts", "documents"},
    {"widgets"},
    {"stages"},
    {"serving", "cli"},
]
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
NEVER = {
    ("methods", "workbook"),  # whoever writes a script needs no database
    ("serving", "stages"),  # the notebooks bring the stages in
    ("guide", "records"),
    ("records", "guide"),
}


def imports_of(path: Path) -> set[str]:
    """The rooms that a file imports, anywhere in it."""
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports inside the package are written in full"
            names = (
                [f"{node.module}.{alias.name}" for alias in node.names]
                if node.module == "pspworkbook"
                else [node.module or ""]
            )
        rooms |= {name.split(".")[1] for name in names if name.startswith("pspworkbook.")}
    return rooms & set(LEVEL)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downwards(path: Path) -> None:
    """A room may import its own floor and those below, but for the pairs that must never meet."""
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room not in LEVEL:
        return  # the front door
    for other in imports_of(path) - {room}:
        assert LEVEL[other] <= LEVEL[room], f"{room} imports {other}, which stands above it"
        assert (room, other) not in NEVER, f"{room} imports {other}"


def test_every_room_has_a_floor() -> None:
    """A new folder has to say where it stands."""
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert rooms <= set(LEVEL), f"give these a floor: {rooms - set(LEVEL)}"


@pytest.mark.parametrize(
    "module", ["records", "methods.sroi", "methods.sroi.stress", "methods.sroi.simulate", "methods.sroi.sobol", "guide"]
)
def test_core_needs_no_widget_store_or_server(module: str) -> None:
    """``from pspworkbook.methods import sroi`` works in a plain script, and stays light."""
    heavy = {"scipy", "anywidget", "ipywidgets", "sqlalchemy", "tornado", "voila", "pandas", "plotly", "IPython"}
    code = f"import sys, pspworkbook.{module}; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
