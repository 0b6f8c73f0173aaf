"""The theory of change, the impact map, and what was left out of both."""

from collections.abc import Iterator

from pspworkbook.charts.theory import drawings
from pspworkbook.documents.blocks import Block, Figure, Heading, Points, Say, Table, Tree
from pspworkbook.documents.sroi_report.facts import ReportFacts
from pspworkbook.documents.sroi_report.shown import GRADES, NOT_SAID, choice_of, figure, numbered
from pspworkbook.methods.sroi import material
from pspworkbook.methods.sroi.theory import Theory, in_words, lasts, listed
from pspworkbook.methods.sroi.theory import theory as theory_of
from pspworkbook.methods.words import day, percent, pounds
from pspworkbook.records import Outcome
from pspworkbook.records.fields import financial

NOT_COUNTED = "not counted"
NOT_ANEW = "Not said since the decision was changed."


def theory(f: ReportFacts) -> Iterator[Block]:
    """The theory of change as a picture, and the same as a list."""
    found: Theory = theory_of(f.scope, f.stakeholders, f.inputs, f.outcomes)
    text = in_words(found)
    if not found:
        yield Say(text, "missing")
        return
    yield Say(text)
    parts = drawings(found)
    for place, drawing in enumerate(parts, start=1):
        part = f", part {place} of {len(parts)}" if len(parts) > 1 else ""
        yield Figure(f"Theory of change{part}", f"{text} The list after the picture says the same.", drawing, said=True)
    yield Heading("The same as a list")
    yield Tree(listed(found))


def impact_map(f: ReportFacts) -> Iterator[Block]:
    """The rows of the impact map, in the order of the field's own."""
    yield Heading("What goes in")
    if f.inputs:
        rows: list[tuple[str, ...]] = [
            (
                row.label(),
                f.who(row.stakeholder),
                choice_of(row, "contribution"),
                row.working or NOT_SAID,
                row.source or NOT_SAID,
                pounds(row.value) if row.value is not None else NOT_SAID,
            )
            for _, row in f.inputs
        ]
        total = pounds(sum(row.value or 0.0 for _, row in f.inputs))
        rows.append(("All inputs", "", "", "", "", total))
        head = ("Input", "From whom", "Kind", "How it was worked out", "Source", "Value")
        yield Table("Inputs", head, rows, (5, 3.5, 3, 7.5, 5, 2.2), frozenset({5}), total=True)
    else:
        yield Say("Nothing that is put in is written down yet, so there is no ratio.", "missing")
    if not f.outcomes:
        yield Say("No outcome is written down yet.", "missing")
        return
    yield from _known(f)
    yield from _worth(f)
    yield Heading("What can be claimed")
    yield Say(
        "The impact of a year is the quantity times the value of one, less deadweight, displacement and the share due to "
        "others; the three are multiplied, never added. Drop-off is taken off from the second year on. The present value "
        "adds up the years, each discounted to today."
    )
    yield Table("Impact", _CLAIM_HEAD, list(_claims(f)), (6.2, 1.7, 2.3, 2.4, 2.7, 2.3, 2, 3.2, 3), frozenset(range(1, 9)), total=True)  # fmt: skip


def _known(f: ReportFacts) -> Iterator[Block]:
    yield Heading("What changes, and how it is known")
    rows: list[tuple[str, ...]] = [
        (
            numbered(place, row) + _marks(row),
            f.who(row.stakeholder),
            row.output or NOT_SAID,
            row.indicator or NOT_SAID,
            row.source or NOT_SAID,
            figure(row, "quantity"),
            lasts(row),
            GRADES[row.grade or ""],
        )
        for place, (_, row) in enumerate(f.outcomes, start=1)
    ]
    head = (
        "Outcome",
        "For whom",
        "Output",
        "Indicator",
        "Source of the quantity",
        "How many",
        "How long",
        "How well known",
    )
    yield Table("Outcomes", head, rows, (4.8, 2.6, 3.4, 3.6, 4.2, 1.7, 2.7, 3.2), frozenset({5}), size=8.5)


def _worth(f: ReportFacts) -> Iterator[Block]:
    yield Heading("What one change is worth")
    rows: list[tuple[str, ...]] = [
        (
            numbered(place, row),
            row.proxy or NOT_SAID,
            figure(row, "financial_proxy"),
            financial(row.proxy_year) if row.proxy_year else NOT_SAID,
            row.proxy_source or NOT_SAID,
            row.proxy_licence or NOT_SAID,
        )
        for place, (_, row) in enumerate(f.outcomes, start=1)
    ]
    head = ("Outcome", "Financial proxy", "Value of one", "Prices of", "Source of the value", "Licence")
    yield Table("Financial proxies", head, rows, (5.5, 6, 2.2, 2, 6.5, 4), frozenset({2}))


_CLAIM_HEAD = (
    *("Outcome", "How many", "Value of one", "Deadweight", "Displacement", "Due to others", "Drop-off"),
    *("Impact, £ a year", "Present value"),
)


def _claims(f: ReportFacts) -> Iterator[tuple[str, ...]]:
    worth: dict[str, tuple[str, str]] = {}
    if f.result is not None:
        both = zip(f.counted, f.result.impact, f.result.present_value_by_outcome, strict=True)
        worth = {id_: (pounds(float(impact)), pounds(float(present))) for id_, impact, present in both}
    for place, (id_, row) in enumerate(f.outcomes, start=1):
        figures = (figure(row, name) for name in ("quantity", "financial_proxy", "deadweight", "displacement", "attribution", "drop_off"))  # fmt: skip
        yield numbered(place, row), *figures, *worth.get(id_, (NOT_COUNTED, NOT_COUNTED))
    total = f.result
    sums = ("–", "–") if total is None else (pounds(float(total.impact.sum())), pounds(total.total_present_value))
    yield "All outcomes", *[""] * 6, *sums


def _marks(row: Outcome) -> str:
    said = ["a loss"] * (row.direction == "negative") + ["not intended"] * (row.intention == "unintended")
    return f" ({', '.join(said)})" if said else ""


def left_out(f: ReportFacts) -> Iterator[Block]:
    """What the study leaves out: by its scope, stakeholders, outcomes that cannot be counted, and what is not material."""
    yield Heading("By the scope")
    yield Say(f.scope.left_out or "Nobody has said what was left out, and why.", "" if f.scope.left_out else "missing")
    yield Heading("Stakeholders")
    outside = [(row.label(), row.reason or "No reason is given.") for _, row in f.stakeholders if row.included is False]
    if outside:
        yield Table("Stakeholders who were left out", ("Stakeholder", "Why"), outside, (5, 11.5))
    else:
        yield Say("No stakeholder that was thought of was left out.")
    decided = [
        (
            row.label(),
            row.included_reason or (NOT_ANEW if id_ in f.undecided else "No reason is given."),
            ", ".join(filter(None, (row.decided_by, day(row.decided_on) if row.decided_on else ""))) or NOT_SAID,
        )
        for id_, row in f.outcomes
        if row.included is False
    ]
    if decided:
        yield Heading("Outcomes")
        yield Table("Outcomes that were left out", ("Outcome", "Why", "Who decided, and when"), decided, (5, 7.5, 4))  # fmt: skip
    if f.uncounted:
        yield Heading("Outcomes without all their figures")
        yield Say("These outcomes are in the map, but not in the ratio:")
        yield Points([(f"{name}:", f"it lacks {lacks}.") for _, name, lacks in f.uncounted])
    if f.result is None or not len(f.result.rows):
        return
    yield Heading("What is material")
    yield Say(material.RULE)
    tested = material.materiality(f.outcomes, f.groups, f.result, f.counted, f.excluded, f.undecided)
    # The shares of what counts add up to 100%; that of an outcome which is left out is one that it would have.
    for kept, title, share in (
        (True, "Materiality of each outcome that is kept", "Share of all value"),
        (False, "Materiality of each outcome that was left out", "Share of all value, if it counted"),
    ):
        rows = [_tested(one) for one in tested if (one.kept is not False) is kept]
        head = ("Outcome", "For whom", share, "The test says", "Decision", "Why", "Who decided, and when")
        if rows:
            yield Table(title, head, rows, (3.6, 2, 1.6, 2, 1.8, 3.2, 2.3), frozenset({2}), size=8.5)


def _tested(one: material.Material) -> tuple[str, ...]:
    share = percent(one.share, places=1) if one.known else "–"
    return (
        one.name,
        one.who,
        f"{share} if it counted" if one.kept is False and one.known else share,
        one.verdict,
        {True: "Kept", False: "Left out", None: "Not decided; it counts"}[one.kept],
        one.reason or (NOT_ANEW if one.before else NOT_SAID),
        ", ".join(filter(None, (one.by, one.on))) or NOT_SAID,
    )
