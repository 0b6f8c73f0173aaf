"""The theory of change that an impact map holds: what goes in, what is done, what changes for whom, and what lasts.

The columns are those of the map itself, so that the picture cannot say anything that the figures do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pspworkbook.methods.findings import Rows, number_of, people, together
from pspworkbook.methods.sroi.impact_map import uncounted
from pspworkbook.methods.sroi.material import counts
from pspworkbook.methods.words import percent, pounds
from pspworkbook.records import Forecast, Input, Outcome, Stakeholder

NO_OUTPUT = "What is done for them is not written down yet."
NOBODY = "Nobody named yet"
NOTHING = "There is no theory of change yet: list who is affected, what goes in, and what changes."


@dataclass(frozen=True)
class Given:
    """What somebody puts in; ``worth`` is its value in words, or why it has none."""

    who: str
    what: str
    worth: str


@dataclass(frozen=True)
class Change:
    """What changes for a group. ``lasts`` is in words; ``counted`` is whether it is part of the ratio."""

    id: str
    what: str
    loss: bool
    unintended: bool
    lasts: str
    counted: bool
    left_out: bool = False
    """Somebody has decided that it does not count."""

    @property
    def marks(self) -> str:
        """What sets it apart, as words: ``Loss, not intended``; "" for an intended gain."""
        said = (
            ["Loss"] * self.loss
            + ["not intended"] * self.unintended
            + ["left out of the ratio" if self.left_out else "not counted yet"] * (not self.counted)
        )
        text = ", ".join(said)
        return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Strand:
    """What is done for a group, and what changes because of it; ``output`` is "" where nobody has written it down."""

    output: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Group:
    """A stakeholder with what is done for them and what changes."""

    name: str
    size: str
    strands: tuple[Strand, ...]

    @property
    def changes(self) -> list[Change]:
        """All that changes for them."""
        return [change for strand in self.strands for change in strand.changes]


@dataclass(frozen=True)
class Theory:
    """A theory of change: what goes into the activity, and what comes of it for whom."""

    activity: str
    given: tuple[Given, ...]
    groups: tuple[Group, ...]

    def __bool__(self) -> bool:
        return bool(self.given or self.groups)

    @property
    def changes(self) -> list[Change]:
        """Everything that changes, for anybody."""
        return [change for group in self.groups for change in group.changes]


def theory(scope: Forecast, stakeholders: Rows[Stakeholder], inputs: Rows[Input], outcomes: Rows[Outcome]) -> Theory:
    """The theory of change of these rows, its groups in the order of the stakeholders; those without a stakeholder last."""
    known = dict(stakeholders)
    lacking = {outcomes[place][0] for place, _ in uncounted([row for _, row in outcomes])}
    given = tuple(
        Given(known[row.stakeholder].label() if row.stakeholder in known else NOBODY, row.label(), _worth(row))
        for _, row in inputs
    )
    groups = []
    for key in [*known, ""]:
        mine = [(id_, row) for id_, row in outcomes if (row.stakeholder if row.stakeholder in known else "") == key]
        if not mine:
            continue
        strands: dict[str, list[Change]] = {}
        for id_, row in mine:
            strands.setdefault(row.output.strip(), []).append(_change(id_, row, id_ not in lacking and counts(row)))
        one = known.get(key)
        groups.append(
            Group(
                one.label() if one else NOBODY,
                people(int(one.people)) if one and one.people else "",
                tuple(Strand(output, tuple(changes)) for output, changes in strands.items()),
            )
        )
    return Theory(scope.activity or "The activity", given, tuple(groups))


def _worth(row: Input) -> str:
    if row.value is None:
        return "not valued yet"
    return pounds(row.value) if row.value else "valued at nothing"


def _change(id_: str, row: Outcome, counted: bool) -> Change:
    loss = row.direction == "negative" or (row.financial_proxy or 0) < 0
    return Change(id_, row.label(), loss, row.intention == "unintended", lasts(row), counted, not counts(row))


def lasts(row: Outcome) -> str:
    """How long the change lasts and how it fades, such as ``5 years, fading by 10% a year``."""
    if row.duration is None:
        return "Not said yet"
    text = number_of(int(row.duration), "year") if row.duration == int(row.duration) else f"{row.duration:g} years"
    if row.duration < 1:
        text = f"{row.duration:g} of a year"
    if row.duration > 1:
        text += f", fading by {percent(row.drop_off)} a year" if row.drop_off else ", without fading"
    return text + (", from after the activity" if row.starts == "after" else "")


def in_words(found: Theory) -> str:
    """One or two sentences that say what the picture shows."""
    if not found:
        return NOTHING
    changes = found.changes
    text = (
        f"{number_of(len(found.given), 'input')} {'goes' if len(found.given) == 1 else 'go'} into “{found.activity}”. "
    )
    text += f"It leads to {number_of(len(changes), 'change')} for {number_of(len(found.groups), 'group')}"
    odd = [
        (sum(change.loss for change in changes), "is a loss", "are losses"),
        (sum(change.unintended for change in changes), "was not intended", "were not intended"),
        (sum(change.left_out for change in changes), "is left out of the ratio", "are left out of the ratio"),
        (
            sum(not change.counted and not change.left_out for change in changes),
            "is not counted yet",
            "are not counted yet",
        ),
    ]
    said = together([f"{count} {one if count == 1 else many}" for count, one, many in odd if count])
    return f"{text}{f', of which {said}' if said else ''}."


Nested = tuple[str, Sequence["Nested"]]
"""A line of a list, and the lines under it."""


def listed(found: Theory) -> list[Nested]:
    """The same as the picture, as a list in a list in a list."""
    if not found:
        return []
    inputs: list[Nested] = [(f"{one.who}: {one.what} ({one.worth})", ()) for one in found.given]
    lines: list[Nested] = [("What goes in", inputs or [("Nothing is written down yet.", ())])]
    lines.append(("The activity", [(found.activity, ())]))
    done = dict.fromkeys(strand.output for group in found.groups for strand in group.strands if strand.output)
    lines.append(("What is done", [(output, ()) for output in done or ["Nothing is written down yet."]]))
    lines.append(
        ("What changes, for whom, and for how long", [(_named(group), list(_strands(group))) for group in found.groups])
    )
    return lines


def _named(group: Group) -> str:
    return f"{group.name} ({group.size})" if group.size else group.name


def _strands(group: Group) -> Iterator[Nested]:
    for strand in group.strands:
        changes: list[Nested] = [
            (
                f"{change.what}{f' [{change.marks.lower()}]' if change.marks else ''}. It lasts: {_lower(change.lasts)}.",
                (),
            )
            for change in strand.changes
        ]
        if strand.output:
            yield f"Through: {strand.output}", changes
        else:
            yield from changes


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
