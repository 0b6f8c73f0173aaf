"""``pspworkbook lab``: the same notebooks in JupyterLab, for the facilitator."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pspworkbook.cli.dashboards import absolute, prepare
from pspworkbook.cli.out import complain, say


def add(subparsers: Any) -> None:
    """Declare the subcommand."""
    command = subparsers.add_parser(
        "lab",
        help="open the notebooks in JupyterLab",
        description="Open the notebooks in JupyterLab. They are copied into your own folder first, so that you may write in them.",
    )
    command.add_argument(
        "--store", help="file or database of the workbooks (default: PSPWORKBOOK_STORE, or your own folder)"
    )
    command.add_argument("--folder", help="folder for your copies of the notebooks (default: in your own folder)")
    command.add_argument("--port", type=int, default=8888, help="port to listen on (default 8888)")
    command.add_argument("--no-browser", action="store_true", help="do not open a browser")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Copy what is new, then hand over to JupyterLab."""
    from pspworkbook.places import store_address, user_folder
    from pspworkbook.workbook import Store
    from pspworkbook.workbook.errors import WorkbookError

    folder = Path(arguments.folder).expanduser() if arguments.folder else user_folder() / "notebooks"
    address = absolute(arguments.store or store_address())
    try:
        with Store(address) as store:
            prepare(store, example=False)
        for words in copy_notebooks(folder):
            say(words)
    except WorkbookError as trouble:
        complain(str(trouble))
        return 2
    except OSError as trouble:
        complain(f"The notebooks cannot be copied to {folder}: {trouble.strerror or trouble}.")
        return 2
    say(f"Your notebooks are in {folder}. Choose “Run all cells” in the Run menu of each. Press Ctrl-C to stop.")
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.port={arguments.port}",
        "--LabApp.default_url=/lab/tree/00_start.ipynb",
    ]
    if arguments.no_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # a container, where there is no other user
    # JupyterLab asks other hosts for nothing and shows no news: a hall may have no network.
    settings = os.pathsep.join(
        filter(None, [str(Path(__file__).parent / "lab_settings"), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    environment = {**os.environ, "PSPWORKBOOK_STORE": address, "JUPYTER_CONFIG_PATH": settings}
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 0


def copy_notebooks(folder: Path) -> list[str]:
    """Copy the shipped notebooks into a folder, and say what was done. A copy that somebody wrote in is left alone.

    Whether somebody wrote in it is seen by its cells' text: results and the notebook's own bookkeeping do not count.
    """
    from pspworkbook.places import notebooks_folder

    folder.mkdir(parents=True, exist_ok=True)
    said = []
    record = folder / ".shipped.json"
    shipped: dict[str, list[str]] = json.loads(record.read_text("utf-8")) if record.is_file() else {}
    for source in sorted(notebooks_folder().glob("*.ipynb")):
        target, new = folder / source.name, _cells(source)
        if target.is_file() and (old := _cells(target)) != new:
            if old != shipped.get(source.name):
                said.append(f"{source.name} has a newer version; yours is left as it is, because you wrote in it.")
                continue
            said.append(f"{source.name} is now the newer version.")
        if not target.is_file() or _cells(target) != new:
            target.write_bytes(source.read_bytes())
        shipped[source.name] = new
    record.write_text(json.dumps(shipped), "utf-8")
    return said


def _cells(path: Path) -> list[str]:
    try:
        return ["".join(cell.get("source", [])) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ["not a notebook"]
