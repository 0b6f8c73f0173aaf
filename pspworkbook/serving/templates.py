"""The page's templates are compiled once for the server; Voila would compile all of them for every page."""

from typing import Any, ClassVar

import jinja2
from jinja2.bccache import Bucket
from voila.exporter import VoilaExporter


class Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates in memory. A template that has changed has another checksum."""

    kept: ClassVar[dict[tuple[str, str], Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template from memory, if it is there."""
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self.kept[bucket.key, bucket.checksum] = bucket.code


class Exporter(VoilaExporter):  # type: ignore[misc]
    """Voila's exporter with templates that are kept."""

    @property
    def environment(self) -> jinja2.Environment:
        """Where the templates come from."""
        environment: jinja2.Environment = super().environment
        environment.bytecode_cache = Compiled()
        return environment
