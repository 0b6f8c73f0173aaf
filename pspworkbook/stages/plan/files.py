"""The Word files of the second half of stage 5, made from what the workbook holds at the moment of asking."""

import datetime as dt

from pspworkbook import guide
from pspworkbook.methods.decide import subsidy
from pspworkbook.methods.plan import benefits, pilot, pilot_terms, procurement, risks, tier
from pspworkbook.stages.facts.answers import unseen, waiting
from pspworkbook.stages.facts.plan_more import answers, approval
from pspworkbook.stages.tool_page import ToolPage

# The library for Word files is imported where it is used: most visitors of the page save none.
MOST_CHANGES = 30


def risks_file(page: ToolPage) -> tuple[str, str, bytes]:
    """The register of risks for all partners: the file's name, its media type and its bytes."""
    from pspworkbook.documents.plan_docx import risks_docx

    rows = page.rows("risk")
    data = risks_docx(
        risks.ratings(rows, answers(page.session.now), unseen(page.session.now)),
        [row for _, row in rows if row.status == "closed"],
        {id_: row.label() for id_, row in page.rows("person")},
        waiting=waiting(page.session.now, risks.BALLOT),
        workbook=page.workbook.name,
        on=dt.date.today(),
        note=_made_up(page),
    )
    return _named("risks", page, data)


def annex_file(page: ToolPage) -> tuple[str, str, bytes]:
    """The annex to the Memorandum of Understanding on the pilot."""
    from pspworkbook.documents.plan_docx import annex_docx

    choice = page.one("pilot_choice")[1]
    versions = sorted(page.rows("annex_version"), key=lambda pair: (pair[1].date or dt.date.min, pair[1].version))
    data = annex_docx(
        choice,
        approval(page.session.now),
        pilot_terms.per_contributor(page.rows("pilot_term")),
        [row for _, row in versions],
        changed_since(page),
        {id_: subsidy.assess(row).words for id_, row in page.rows("subsidy")},
        partnership=page.one("partnership")[1].name,
        workbook=page.workbook.name,
        on=dt.date.today(),
        note=_made_up(page),
    )
    return _named("pilot-annex", page, data)


def decision_file(page: ToolPage) -> tuple[str, str, bytes]:
    """Pilot or not, as a record of the decision with its seven questions."""
    from pspworkbook.documents.pilot_docx import pilot_docx

    choice, asked, today = page.one("pilot_choice")[1], page.rows("pilot_question"), dt.date.today()
    data = pilot_docx(
        choice,
        approval(page.session.now),
        pilot.balance(answers(page.session.now)),
        page.rows("pilot_item"),
        pilot.questions(asked, today),
        waiting=waiting(page.session.now, pilot.BALLOT),
        workbook=page.workbook.name,
        on=today,
        note=_made_up(page),
    )
    return _named("pilot-or-not", page, data)


def route_file(page: ToolPage) -> tuple[str, str, bytes]:
    """The procurement route with its figures, ways and steps."""
    from pspworkbook.documents.route_docx import route_docx

    route, today, notes = page.one("route")[1], dt.date.today(), guide.then_and_now()
    data = route_docx(
        route,
        tier.tier(route, today),
        page.rows("route_option"),
        procurement.timeline(page.rows("procurement_step"), route.contract_starts, today),
        dict(page.rows("procurement_advice")).get(route.advice or ""),
        [notes[id_] for id_ in guide.tools()["PL-18"].then_and_now],
        {id_: row.label() for id_, row in page.rows("person")},
        workbook=page.workbook.name,
        on=today,
        note=_made_up(page),
    )
    return _named("procurement-route", page, data)


def changed_since(page: ToolPage) -> list[str]:
    """What was changed in the pilot's terms after the last version of the annex was written down, from the log."""
    entries = page.session.now.records("annex_version")
    if not entries:
        return []
    last = max(entry.seq for entry in entries)
    changes = [
        change for kind in ("pilot_term", "pilot_choice") for change in page.workbook.history(kind) if change.seq > last
    ]
    words = [change.summary for change in sorted(changes, key=lambda change: change.seq)]
    return list(dict.fromkeys(words))[-MOST_CHANGES:]


def clauses_file(page: ToolPage) -> tuple[str, str, bytes]:
    """The clauses on community benefits."""
    from pspworkbook.documents.plan_docx import clauses_docx

    found = benefits.clauses(page.rows("community_benefit"), dict(page.rows("measure")))
    data = clauses_docx(found, workbook=page.workbook.name, on=dt.date.today(), note=_made_up(page))
    return _named("community-benefits", page, data)


def _made_up(page: ToolPage) -> str:
    """That this is an example, for a document that leaves the workbook."""
    said = page.one("partnership")[1].made_up
    return f"An example for training, not a real partnership. {said}" if said else ""


def _named(what: str, page: ToolPage, data: bytes) -> tuple[str, str, bytes]:
    from pspworkbook.documents.word import MEDIA

    return f"{what}-{page.workbook.slug}-{dt.date.today():%Y-%m-%d}.docx", MEDIA, data
