"""Which lessons were made from which reflections, so that both pages can say so."""

from typing import Any

from pspworkbook.methods.offers import origins, read_origin
from pspworkbook.widgets.addresses import address_of
from pspworkbook.widgets.session import Session

KINDS = ["local_lesson", "reflection"]


def from_reflections(session: Session) -> dict[str, Any]:
    """Each such lesson with its reflection, both with the address of their place; a reflection that is gone is ``None``."""
    said = {entry.id: entry.record.learned or entry.label for entry in session.now.records("reflection")}
    made = []
    for lesson in session.now.records("local_lesson"):
        for kind, id_ in map(read_origin, origins(lesson.record)):
            if kind == "reflection":
                made.append(
                    {
                        "lesson": lesson.label,
                        "lesson_href": address_of(session, "local_lesson", lesson.id),
                        "reflection": said.get(id_),
                        "reflection_href": address_of(session, "reflection", id_),
                    }
                )
    return {"made": made}
