"""Where a record, a tool or a piece of the library is shown, as an address from this page."""

from pspworkbook import guide
from pspworkbook.guide.ballots import ballots
from pspworkbook.guide.path import stages
from pspworkbook.methods.offers import read_origin
from pspworkbook.records import KINDS
from pspworkbook.widgets.session import Session

SHOWN_IN = {"progress_report": "do", "local_note": "library"}
"""Records whose register stands on another page than their tool."""


def page_of_kind(kind: str) -> str:
    """The key of the stage whose page shows the records of a kind; "" where none does."""
    tool = guide.tools().get(KINDS[kind].tool)
    return SHOWN_IN.get(kind) or (tool.stage if tool else "")


def address_of(session: Session, kind: str, id_: str, field: str = "") -> str:
    """The page and the place of a record, or of one field of it; "" where no page shows it."""
    page = session.address(page_of_kind(kind))
    return f"{page}#at:{kind}:{id_}{f':{field}' if field else ''}" if page else ""


def address_of_tool(session: Session, tool: str) -> str:
    """The page and the place of a tool; "" where no page shows it."""
    page = session.address(guide.tools()[tool].stage) if tool in guide.tools() else ""
    return f"{page}#tool-{tool}" if page else ""


def place_to_add(session: Session, kind: str) -> dict[str, str]:
    """Where records of a kind are added: the name of the tool and of its page, and the address, "" where there is none."""
    tool = guide.tools()[KINDS[kind].tool]
    return {
        "tool": tool.name,
        "page": next(one.name for one in stages() if one.key == tool.stage),
        "href": address_of_tool(session, tool.id),
    }


def beyond_the_workbook(session: Session, made_from: str) -> dict[str, str]:
    """An origin that is no record: a pilot of 2011 in the library, or what a ballot showed; {} for anything else."""
    kind, key = read_origin(made_from)
    if kind == "case" and key in guide.cases():
        library = session.address("library")
        return {
            "words": f"Taken from the pilot “{guide.cases()[key].name}” in the library.",
            "href": f"{library}#case-{key}" if library else "",
        }
    if kind == "ballot" and key in ballots():
        asked = ballots()[key]
        return {
            "words": f"Made from what the ballot “{asked.title}” showed.",
            "href": address_of_tool(session, asked.tool),
        }
    return {}
