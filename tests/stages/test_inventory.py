"""Every tool of the guide has its place: each identifier of the stages that this version has is on its page."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from pspworkbook import guide
from pspworkbook.guide.path import stages
from pspworkbook.places import notebooks_folder

NOT_YET: set[str] = set()
"""Tools that no page has yet: the journey map. Take it out when its page has it."""


def page_text(notebook: str, folder: Path) -> str:
    """Everything that the parts of a page hold, as one text."""
    content = nbformat.read(notebooks_folder() / f"{notebook}.ipynb", as_version=4)
    client = NotebookClient(content, timeout=120, store_widget_state=True)
    client.execute(env={**os.environ, "PSPWORKBOOK_STORE": str(folder / "w.db")})
    return str(content.metadata.get("widgets", {}))


@pytest.mark.parametrize(
    "stage",
    [stage for stage in stages() if stage.there and stage.key != "library"],
    ids=lambda stage: stage.key,
)
def test_each_identifier_is_on_its_page(stage: object, tmp_path: Path) -> None:
    """The identifier stands beside the tool's name, and links lead to it."""
    wanted = [tool.id for tool in guide.tools().values() if tool.stage == stage.key and tool.id not in NOT_YET]  # type: ignore[attr-defined]
    text = page_text(stage.notebook, tmp_path)  # type: ignore[attr-defined]
    missing = [id_ for id_ in wanted if f'id="tool-{id_}"' not in text]
    assert wanted and not missing
