"""The stages of the workbook: their order, notebooks and addresses. Light on purpose: the server reads it at its start."""

from dataclasses import dataclass
from functools import cache

from pspworkbook.guide.yaml_file import read_yaml
from pspworkbook.places import data_folder, notebooks_folder


@dataclass(frozen=True)
class Stage:
    """One stage: ``notebook`` is its file's name without the ending, ``address`` its page on the dashboards."""

    key: str
    number: str
    name: str
    notebook: str
    address: str

    @property
    def there(self) -> bool:
        """Whether this version has its notebook."""
        return (notebooks_folder() / f"{self.notebook}.ipynb").is_file()


@cache
def stages() -> tuple[Stage, ...]:
    """All stages in their order, read from ``data/stages.yaml``."""
    return tuple(Stage(**entry) for entry in read_yaml(data_folder() / "stages.yaml")["stages"])
