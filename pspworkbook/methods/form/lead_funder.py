"""Which kind of Lead Funder fits, with the reasons, and how many reports it spares the provider."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pspworkbook import guide
from pspworkbook.guide import LeadFunderVariant
from pspworkbook.methods.findings import Rows, StageGap, number_of, same_name
from pspworkbook.records.agreement import Funder, LeadFunderChoice

RULE = (
    "With fewer than two funders there is nothing to lead. One common report and one funder who deals with the "
    "provider make a Lead Manager; only the common report a Reporting Lead; only the dealing a Funding Co-ordinator; "
    "neither, but information passed on, an Information Provider. A common report needs all to agree fully, and aims "
    "that are not far apart; dealing with the provider for others needs a funder who is ready and has the means. Where "
    "that is missing, the next lighter variant is suggested, and the reason is given."
)
COUNT_RULE = (
    "Before: every funder’s reports, added up. After: with a common report, those who share it receive one set, as "
    "many a year as the one among them who asks most often; the others keep theirs. Without one, nothing changes."
)


@dataclass(frozen=True)
class Suggestion:
    """The variant that the answers point to (None: none fits), with reasons, and what was wanted but does not hold."""

    variant: LeadFunderVariant | None
    words: str
    reasons: tuple[str, ...]
    held_back: tuple[str, ...]


def suggest(choice: LeadFunderChoice, funders: Rows[Funder]) -> Suggestion:
    """The variant that fits, by :data:`RULE`."""
    if len(funders) < 2:
        return Suggestion(None, "With fewer than two funders there is nothing to lead.", (), ())
    reasons: list[str] = []
    held: list[str] = []
    common = _common_report(choice, reasons, held)
    managed = _managed(choice, reasons, held)
    if not (common or managed or choice.share_information or choice.joined_monitoring):
        words = "From these answers no Lead Funder is called for. It does not suit every case."
        return Suggestion(None, words, tuple(reasons), tuple(held))
    if not (common or managed):
        reasons.append("You want what one funder holds to reach the others.")
    variants = guide.lead_funder().variants
    variant = next(one for one in variants if (one.one_report, one.manages_provider) == (common, managed))
    return Suggestion(variant, f"Suggested: {variant.name}. {variant.text}", tuple(reasons), tuple(held))


def _common_report(choice: LeadFunderChoice, reasons: list[str], held: list[str]) -> bool:
    if choice.common_report == "yes" and choice.common_aims in ("strong", "fair"):
        reasons.append("All can agree on one report, and measure alike.")
        return True
    if choice.common_report == "yes":
        held.append("All would take one report, but their aims and measures lie far apart. Settle those first.")
    if choice.common_report == "partly":
        held.append("Only some would take one report. Let those begin, and leave the door open.")
    return False


def _managed(choice: LeadFunderChoice, reasons: list[str], held: list[str]) -> bool:
    if not choice.provider_relations:
        return False
    weak = [
        words
        for strength, words in (
            (choice.maturity, "no funder is ready to do this for others"),
            (choice.resources, "nobody has the people and the money for it"),
            (choice.relationships, "funders and provider hardly know one another"),
        )
        if strength == "weak"
    ]
    if weak:
        held.append(f"You want one funder to deal with the provider, but {' and '.join(weak)}.")
        return False
    reasons.append("You want one funder to deal with the provider, and one could.")
    return True


@dataclass(frozen=True)
class ReportCount:
    """Reports a year before and after; ``words`` says it in a sentence."""

    before: float
    after: float
    words: str

    @property
    def spared(self) -> float:
        """How many reports a year it spares the provider."""
        return self.before - self.after


def count_reports(funders: Sequence[Funder], variant: str | None) -> ReportCount:
    """The reports that a provider writes in a year, before and with a variant, by :data:`COUNT_RULE`."""
    before = sum(funder.reports or 0 for funder in funders)
    one = guide.lead_funder()
    common = any(known.key == variant and known.one_report for known in one.variants)
    sharing = [funder.reports or 0 for funder in funders if common and funder.would_share == "yes"]
    after = before - sum(sharing) + max(sharing, default=0)
    words = f"{number_of(round(before), 'report')} a year before, {round(after):,} after."
    return ReportCount(before, after, words)


def gaps(choice: tuple[str, LeadFunderChoice], funders: Rows[Funder]) -> Iterator[StageGap]:
    """What is missing when there are several funders: the lead, the term, the handing on, the common report."""
    id_, row = choice
    names = [same_name(funder.name) for _, funder in funders]
    for key, funder in funders:
        if funder.name and names.count(same_name(funder.name)) > 1:
            yield StageGap(
                "FP-5", f"“{funder.name}” is there twice. Put its reports into one line.", "funder", key, "name"
            )
    if len(funders) < 2:
        return
    if row.variant is None:
        yield StageGap("FP-5", "There are several funders. Decide whether one of them leads.", row.kind, id_, "variant")
    if row.variant in (None, "none"):
        return
    if row.lead is None:
        yield StageGap("FP-5", "Say which funder leads.", row.kind, id_, "lead")
    if not (row.term and row.rotates):
        yield StageGap("FP-5", "Say for how long, and when the lead is handed on.", row.kind, id_, "rotates")
    one_report = any(known.key == row.variant and known.one_report for known in guide.lead_funder().variants)
    if one_report and not row.core_report:
        yield StageGap("FP-5", "Write down what stands in the common report.", row.kind, id_, "core_report")
    lead = dict(funders).get(row.lead or "")
    if lead is not None and lead.could_lead == "no":
        yield StageGap("FP-5", f"“{lead.name}” is to lead, but said that it could not.", row.kind, id_, "lead")
