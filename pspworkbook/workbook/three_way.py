"""Two people's work on one record: what was changed from the version that both began with, and where the two disagree."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pspworkbook.workbook.errors import Body


class ThreeWay(NamedTuple):
    """What one of them says, compared.

    ``edited`` is what they changed; ``clashes`` names those of its fields that now hold something else again; ``newer``
    names the fields that they left alone, and that have changed since.
    """

    edited: Body
    clashes: tuple[str, ...]
    newer: tuple[str, ...]

    @property
    def agreed(self) -> Body:
        """What can be taken over without loss: the edits that clash with nothing."""
        return {name: value for name, value in self.edited.items() if name not in self.clashes}


def three_way(said: Mapping[str, Any], base: Mapping[str, Any], here: Mapping[str, Any]) -> ThreeWay:
    """Compare what somebody says with the version that they had read, ``base``, and with what stands ``here`` now.

    What was only passed on as it was read is nobody's edit: without that, whoever saves last takes back what others did.
    """
    edited = {name: value for name, value in said.items() if value != base.get(name)}
    return ThreeWay(
        edited,
        tuple(name for name, value in edited.items() if here.get(name) not in (base.get(name), value)),
        tuple(name for name in said if name not in edited and here.get(name) != base.get(name)),
    )
