"""What other registers say that could become a risk, or something that stands in the way. Pure functions: offers only."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pspworkbook.methods.analyse import pestel
from pspworkbook.methods.decide import subsidy as subsidy_method
from pspworkbook.methods.findings import Rows
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.records import KINDS, Stakeholder
from pspworkbook.records.analyse import Pestel
from pspworkbook.records.decide import ChallengeAnswer
from pspworkbook.records.form import HardConversation
from pspworkbook.records.identify import GrantConversation
from pspworkbook.records.procurement import AssetTransfer
from pspworkbook.records.risk import Blocker
from pspworkbook.records.subsidy import Subsidy

CATEGORY_OF = {
    "provider-risk": "economic",
    "resistance": "people",
    "engagement": "people",
    "time": "operational",
    "strength": "people",
    "strategic-commitment": "political",
    "boundaries": "political",
    "law": "legal",
}
"""A challenge of the guide's list to the category of the risk that it begins."""
PESTEL_CATEGORY = {
    "political": "political",
    "economic": "economic",
    "social": "people",
    "technological": "operational",
    "environmental": "operational",
    "legal": "legal",
}
LOW_SUPPORT, MATTERS = 2, 4
BLOCKER_RULE = (
    f"A stakeholder is offered when the median of its support is {LOW_SUPPORT} or less: with it, or without it, it may "
    "stand in the way. Where it also matters much for success, that is said."
)


def from_challenges(rows: Rows[ChallengeAnswer]) -> Iterator[Offer]:
    """Challenges of stage 2 that are marked for the register."""
    for id_, row in rows:
        if row.risk:
            yield Offer(origin_of("challenge", id_), row.here or row.label(), "challenges, stage 2", {
                "title": row.here or row.label(), "category": CATEGORY_OF.get(row.item or "", "other"),
                "cause": row.label(), "response": row.response, "owner": row.owner,
            })  # fmt: skip


def from_pestel(rows: Rows[Pestel]) -> Iterator[Offer]:
    """Outside factors that are among the few that matter and do not simply help, by ``pestel.RULE``."""
    for id_, row in rows:
        if row.direction == "helps" or not pestel.is_top(row):
            continue
        category = PESTEL_CATEGORY.get(row.category or "", "other")
        yield Offer(origin_of("pestel", id_), row.label(), "PESTEL, stage 4", {
            "title": row.label(), "category": category, "cause": row.label(), "effect": row.effect,
            "response": row.action, "owner": row.owner, "type": "risk",
        })  # fmt: skip


def from_grants(rows: Rows[GrantConversation]) -> Iterator[Offer]:
    """Providers whose grant may give way to a contract. What worries them is private and is not taken over."""
    for id_, row in rows:
        share = f" ({row.dependency:.0%} of its income)" if row.dependency else ""
        title = f"{row.label()} loses its grant{share} before a contract comes"
        yield Offer(origin_of("grant_conversation", id_), title, "conversations about grants, stage 1", {
            "title": title[:300], "category": "economic", "bears": row.provider[:300], "response": row.mitigation,
            "cause": "A grant gives way to a contract that is open to others.", "owner": row.owner,
        })  # fmt: skip


def from_subsidies(rows: Rows[Subsidy]) -> Iterator[Offer]:
    """Pieces of help that may be a subsidy, or of which nobody knows."""
    for id_, row in rows:
        if row.origin == "elsewhere" or row.state == "dropped" or row.route not in (None, "undecided"):
            continue
        found = subsidy_method.assess(row)
        if found.outcome == "likely not":
            continue
        title = f"{row.label()}: not settled whether it is a subsidy"
        yield Offer(origin_of("subsidy", id_), f"{row.label()}: {found.words}", "subsidy checks, stage 2", {
            "title": title[:300], "category": "legal", "cause": found.words,
            "effect": "It might have to be paid back, or be challenged.",
            "response": f"Advice from {row.advice}" if row.advice else "",
        })  # fmt: skip


def from_hard_conversations(rows: Rows[HardConversation]) -> Iterator[Offer]:
    """Hard conversations of stage 3 whose step is not done."""
    for id_, row in rows:
        if row.done is None:
            yield Offer(origin_of("hard_conversation", id_), row.label(), "hard conversations, stage 3", {
                "title": row.label(), "category": "people", "response": row.step,
            })  # fmt: skip


def from_blockers(rows: Rows[Blocker]) -> Iterator[Offer]:
    """Blockers and expectations that are not settled."""
    for id_, row in rows:
        if row.settled is None and not row.origin.startswith("risk:"):
            yield Offer(origin_of("blocker", id_), row.label(), "blockers and expectations", {
                "title": row.label(), "category": "reputation", "cause": row.concern, "response": row.approach,
                "owner": row.owner,
            })  # fmt: skip


def from_assets(rows: Rows[AssetTransfer]) -> Iterator[Offer]:
    """Assets whose use could not change, or with something to be clawed back."""
    for id_, row in rows:
        if row.claw_back or row.flexible in ("no", "partly"):
            title = f"{row.label()}: it, or money for it, could be claimed back"
            yield Offer(origin_of("asset_transfer", id_), title, "asset transfer", {
                "title": title[:300], "category": "legal", "cause": row.claw_back, "effect": "The service loses its place.",
            })  # fmt: skip


def low_support(
    stakeholders: Rows[Stakeholder], median: Callable[[str, str], float | None]
) -> list[tuple[str, Stakeholder, float, float | None]]:
    """Stakeholders whose support is low by :data:`BLOCKER_RULE`: (id, stakeholder, support, importance), lowest first.

    ``median(id, part)`` gives the median of a part (``support``, ``importance``), None where too few people answered.
    """
    found = []
    for id_, row in stakeholders:
        support = median(id_, "support")
        if support is not None and support <= LOW_SUPPORT:
            found.append((id_, row, support, median(id_, "importance")))
    return sorted(found, key=lambda one: (one[2], -(one[3] or 0)))


def blockers_from(stakeholders: Rows[Stakeholder], median: Callable[[str, str], float | None]) -> Iterator[Offer]:
    """Something to meet with words and deeds, from each stakeholder whose support is low."""
    for id_, row, _, importance in low_support(stakeholders, median):
        much = ", and it matters much" if (importance or 0) >= MATTERS else ""
        # Support is not put into words here: scores stay off the projector until somebody asks for them.
        yield Offer(origin_of("stakeholder", id_), f"{row.label()}: support is low{much}", "stakeholder map, stage 4", {
            "blocker": f"{row.label()}: not won over yet"[:300], "stakeholder": id_, "type": "blocker",
        })  # fmt: skip


def kinds() -> tuple[str, ...]:
    """The kinds of record that the offers for the register of risks read, those that this version knows."""
    wanted = ("challenge", "pestel", "grant_conversation", "subsidy", "hard_conversation", "blocker", "asset_transfer")
    return tuple(kind for kind in wanted if kind in KINDS)


def all_risks(read: Callable[[str], Iterable[tuple[str, Any]]]) -> Iterator[Offer]:
    """Every offer for the register of risks; ``read(kind)`` gives (id, record).

    A stakeholder whose support is low comes as a blocker first: nothing here says unasked who does not back the service.
    """
    for kind, make in (
        ("challenge", from_challenges),
        ("pestel", from_pestel),
        ("grant_conversation", from_grants),
        ("subsidy", from_subsidies),
        ("hard_conversation", from_hard_conversations),
        ("blocker", from_blockers),
        ("asset_transfer", from_assets),
    ):
        if kind in KINDS:
            yield from make(list(read(kind)))  # type: ignore[operator]
