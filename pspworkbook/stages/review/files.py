"""The Word files of stage 7, made from what the workbook holds at the moment of asking."""

import datetime as dt
from typing import TYPE_CHECKING

from pspworkbook import guide
from pspworkbook.methods.plan import pilot_terms
from pspworkbook.methods.review import views
from pspworkbook.stages.facts.review import rows
from pspworkbook.widgets.session import Session

if TYPE_CHECKING:
    from pspworkbook.stages.review.page import Review


def you_said_file(session: Session) -> tuple[str, str, bytes]:
    """“You said, we did”: the file's name, its media type and its bytes."""
    from pspworkbook.documents.review_docx import you_said_docx

    said = views.you_said(rows(session.now, "feedback"))
    data = you_said_docx(said, workbook=session.workbook.name, on=dt.date.today(), note=_made_up(session))
    return _named("you-said-we-did", session, data)


def decision_file(page: "Review") -> tuple[str, str, bytes]:
    """The decision on what comes next."""
    from pspworkbook.documents.review_docx import decision_docx

    known = dict(page.rows("outcome"))
    checks = [
        (known[row.outcome].label() if row.outcome in known else row.label(), pilot_terms.expected(row))
        for _, row in page.rows("transfer_check")
    ]
    data = decision_docx(
        page.one("rollout")[1],
        page.evaluation,
        checks,
        [limit.text for limit in guide.sroi().limitations],
        workbook=page.workbook.name,
        on=dt.date.today(),
        note=_made_up(page.session),
    )
    return _named("what-comes-next", page.session, data)


def _made_up(session: Session) -> str:
    said = session.now.the("partnership").record.made_up
    return f"An example for training, not a real partnership. {said}" if said else ""


def _named(what: str, session: Session, data: bytes) -> tuple[str, str, bytes]:
    from pspworkbook.documents.word import MEDIA

    return f"{what}-{session.workbook.slug}-{dt.date.today():%Y-%m-%d}.docx", MEDIA, data
