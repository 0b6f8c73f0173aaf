"""How the pieces of a workbook hang together: the twelve links, counted in what the workbook holds now."""

from typing import Any

from pspworkbook import guide
from pspworkbook.guide.ballots import ballots
from pspworkbook.methods.ballots.ballot_results import results, to_talk_about
from pspworkbook.methods.links.twelve import LINKS, RULE, gone_along, in_words
from pspworkbook.methods.since import RULE as SINCE_RULE
from pspworkbook.records import KINDS
from pspworkbook.stages.facts.answers import shown
from pspworkbook.widgets.addresses import address_of, address_of_tool
from pspworkbook.widgets.session import Session
from pspworkbook.widgets.since import changed, entries_of
from pspworkbook.widgets.snapshot import Snapshot


def links_facts(session: Session) -> dict[str, Any]:
    """Each link with its arrows: both ends with their addresses, what it says, and how many have gone along."""
    now, tools = session.now, guide.tools()
    low, notes = weak_answers(now), sum(len(tool.then_and_now) for tool in tools.values())

    def end(tool: str) -> dict[str, str]:
        return {"id": tool, "name": tools[tool].name, "href": address_of_tool(session, tool)}

    found = []
    for link in LINKS:
        counted = [
            (arrow, *gone_along(arrow, lambda kind: [one.record for one in entries_of(now, kind)], low, notes))
            for arrow in link.arrows
        ]
        steps = [
            {"from": end(arrow.from_tool), "to": end(arrow.to_tool), "says": arrow.says, "count": count, "words": words}
            for arrow, count, words in counted
        ]
        found.append({"link": link, "steps": steps, "words": in_words([count for _, count, _ in counted])})
    since = [(one.sentence, address_of(session, one.kind, one.id)) for one in changed(now)]
    return {"links": found, "rule": RULE, "since": since, "since_rule": SINCE_RULE}


def weak_answers(now: Snapshot) -> int:
    """How many questions of the ballots have a weak or a split answer, each with its lessons."""
    answers = shown(now)
    given = {answer.ballot for answer in answers}
    asked = [
        ballot for key, ballot in ballots().items() if key in given and not ballot.free_text and not ballot.items_of
    ]
    return sum(len(to_talk_about(ballot, results(ballot, answers))) for ballot in asked)


def kinds_shown() -> set[str]:
    """The kinds of record that some arrow counts."""
    return {kind for link in LINKS for arrow in link.arrows for kind in (arrow.start, arrow.end)} & set(KINDS)
