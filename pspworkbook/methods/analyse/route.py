"""An early look at procurement routes (AN-12): which might fit, why, and what to ask. Never legal advice. Pure.

What the law says comes from the notes P-02 to P-17, and the figures from ``methods.plan.tier``, which reads them there.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pspworkbook.methods.findings import StageGap
from pspworkbook.methods.offers import Offer, origin_of
from pspworkbook.methods.plan.tier import Tier, tier
from pspworkbook.methods.words import day, pounds
from pspworkbook.records import field_of
from pspworkbook.records.analyse import RouteScreen
from pspworkbook.records.procurement import ProcurementRoute, RouteOption

FEW = 2
FITS = {"might": "● Might fit", "ask": "? Ask first", "unlikely": "○ Unlikely"}
VAT_HIGHEST = 1.2
RULE = (
    "The tier comes from the first guess at the value, as at PL-18. Each way is then held against what you said of the "
    "market: a way that is reserved, or that needs competition, is unlikely with fewer than "
    f"{FEW} who could bid; an innovation partnership needs something that the market does not have. “Might fit” means "
    "no more than that nothing here speaks against it. Ask procurement; this is no legal advice."
)


@dataclass(frozen=True)
class Candidate:
    """One way: its key as at PL-18, its name, whether it might fit, why, and the notes that it rests on."""

    key: str
    name: str
    fits: str
    why: str
    notes: tuple[str, ...]


def tier_of(screen: RouteScreen, today: dt.date) -> Tier:
    """The tier of the rules for the first guess at the value."""
    return tier(_as_route(screen), today)


def _as_route(screen: RouteScreen) -> ProcurementRoute:
    return ProcurementRoute(
        type=screen.type, buyer=screen.buyer or "local", value_excl=screen.value_excl, value_incl=screen.value_incl
    )


def candidates(screen: RouteScreen, today: dt.date) -> list[Candidate]:
    """The ways that may be thought of, by :data:`RULE`; none while the tier cannot be said."""
    known = tier_of(screen, today).key
    return [*_ordinary(screen, known), *_reserved(screen), *_innovation(screen)] if known else []


def _name(key: str) -> str:
    return field_of(RouteOption, "what").options[key]


def _ordinary(screen: RouteScreen, known: str) -> Iterator[Candidate]:
    few = screen.bidders is not None and screen.bidders < FEW
    if known == "none":
        why = "Below the lowest threshold the contract is not regulated. Your own standing orders say how."
        yield Candidate("quotes", _name("quotes"), "might", why, ("P-02",))
        yield Candidate("direct", _name("direct"), "ask", "Ask what your own standing orders allow.", ("P-02",))
        return
    if screen.type == "care" and known == "middle":
        why = "Between the two thresholds a health or social care contract may be awarded so. The award must be published."
        yield Candidate("direct", _name("direct"), "might", why, ("P-04",))
    elif screen.type == "care":
        why = "Above the light-touch threshold a notice comes first. The buyer chooses a procedure that is open and equal."
        yield Candidate("direct", _name("direct"), "unlikely", why, ("P-04",))
    else:
        why = "Only health, social care and similar services have the light touch. Ask whether an exception holds."
        yield Candidate("direct", _name("direct"), "unlikely", why, ("P-02", "P-04"))
    why = "Only one could bid: competition in name only. Can the market be helped to grow first?" if screen.bidders == 1 else (
        "Nobody could bid. Help the market to grow first." if screen.bidders == 0 else
        "Several could bid. Judge quality as well as price, so that small bodies stand a chance (lesson A7)."
    )  # fmt: skip
    note = "P-04" if screen.type == "care" else "P-03" if known == "higher" else "P-02"
    yield Candidate("open", _name("open"), "unlikely" if few else "might", why, (note,))
    why = "A first step that asks for much shuts small bodies out. Worth it only where very many would bid."
    yield Candidate("restricted", _name("restricted"), "unlikely" if few else "ask", why, (note,))


def _reserved(screen: RouteScreen) -> Iterator[Candidate]:
    if screen.reserved not in ("supported", "mission"):
        return
    supported, bodies = screen.reserved == "supported", screen.reserved_bidders
    note = "P-08" if supported else "P-09"
    whom = "supported businesses" if supported else "mission-led bodies"
    if not supported and screen.type != "care":
        fits, why = "unlikely", "It is meant for certain health and social care competitions."
    elif bodies is None:
        fits, why = "ask", f"How many {whom} could bid? Find out before you count on it."
    elif bodies < FEW:
        fits, why = (
            "unlikely",
            f"{bodies:,.0f} of the {whom} could bid. One pilot had to give it up for want of competition (lesson A5).",
        )
    else:
        fits, why = "might", f"{bodies:,.0f} {whom} could bid. Ask whether each of them really is one in law."
    yield Candidate("reserved", _name("reserved"), fits, why, (note,))


def _innovation(screen: RouteScreen) -> Iterator[Candidate]:
    if screen.new == "no":
        fits, why = "unlikely", "The market can meet the need, so this way is not meant for it."
    elif screen.new == "yes":
        fits, why = (
            "might",
            "It joins research, trial and purchase, for a need that nothing on the market can meet. It is heavy work.",
        )
    else:
        fits, why = "ask", "First show that nothing on the market meets the need."
    yield Candidate("innovation", _name("innovation"), fits, why, ("P-07",))


def asks(screen: RouteScreen) -> list[tuple[str, str]]:
    """What to ask procurement or to prepare, whatever the way: (sentence, note)."""
    found = []
    if screen.consortium in ("yes", "perhaps"):
        found.append(
            (
                "Smaller bodies may have to bid together. Give them time to find one another; ask about smaller lots.",
                "P-17",
            )
        )
    if screen.benefits in ("yes", "perhaps"):
        found.append(
            ("Community benefits: write them so that they relate to the subject of the contract (PL-19).", "P-11")
        )
    if screen.shared in ("yes", "perhaps"):
        found.append(
            (
                "Somebody who helped to design may bid. Write down now what is shared, and give it to all (fair competition file, stage 6).",
                "P-06",
            )
        )
    return found


def from_screen(screen: RouteScreen, today: dt.date) -> Iterator[Offer]:
    """A way to procure for PL-18 from each candidate that is not unlikely."""
    for one in candidates(screen, today):
        if one.fits != "unlikely":
            text = f"{one.name}: {FITS[one.fits][2:].lower()}"
            yield Offer(origin_of("route_screen", "route_screen", one.key), text, "early look at routes, stage 4", {
                "name": one.name, "what": one.key, "speaks_for": one.why,
            })  # fmt: skip


def vat_traps(screen: RouteScreen, today: dt.date) -> list[str]:
    """What may go wrong with the two values: the low threshold is held against the one without VAT, the high with it."""
    excl, incl = screen.value_excl, screen.value_incl
    if excl is None or incl is None:
        return []
    if incl < excl:
        return ["The value with VAT is below the one without. Are they the wrong way round?"]
    found = []
    if incl > excl * VAT_HIGHEST + 1:
        found.append("With VAT it is more than a fifth higher. Is the same length of contract counted in both?")
    if incl == excl and excl:
        found.append(
            "No VAT is added. Ask whether the service is exempt; if not, the higher threshold is nearer than it looks."
        )
    known = tier_of(screen, today)
    if len(known.thresholds) > 1 and excl < known.thresholds[1].pounds <= incl:
        found.append(
            f"Without VAT it is below {pounds(known.thresholds[1].pounds)}, with VAT it is not. This threshold counts VAT: the higher rules hold."
        )
    return found


def gaps(screen: RouteScreen, today: dt.date) -> Iterator[StageGap]:
    """What is missing from the early look, once it has begun; and when it is to be made again."""
    if not screen.what and screen.type is None:
        return
    missing = screen.missing()
    if not screen.advised_by:
        sentence = "Nobody from procurement has been asked about the ways. Ask now, while the design is open."
        yield StageGap("AN-12", sentence, screen.kind, screen.kind, "advised_by")
    elif missing:
        sentence = (
            f"The early look at routes still needs: {missing[0].title[:1].lower() + missing[0].title[1:].rstrip('?')}."
        )
        yield StageGap("AN-12", sentence, screen.kind, screen.kind, missing[0].name)
    if screen.again and screen.again < today:
        sentence = f"The routes were to be looked at again on {day(screen.again)}."
        yield StageGap("AN-12", sentence, screen.kind, screen.kind, "again")
