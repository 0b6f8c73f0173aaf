"""``pspworkbook sroi``: the SROI forecast of an impact map in a CSV or XLSX file."""

import argparse
import json
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pspworkbook.cli.out import complain, plain, say

if TYPE_CHECKING:
    from pspworkbook.methods.sroi import ForecastResult

COLUMNS = "stakeholder, outcome, quantity, duration, financial_proxy, deadweight, displacement, attribution, drop_off"


def add(subparsers: Any) -> None:
    """Declare the subcommand."""
    command = subparsers.add_parser(
        "sroi",
        help="the SROI forecast of an impact map in a CSV or Excel file",
        description=f"The SROI forecast of an impact map. The file needs the columns {COLUMNS}; others are optional.",
    )
    command.add_argument("file", metavar="FILE", help="the impact map: .csv or .xlsx")
    command.add_argument(
        "--investment",
        metavar="N",
        type=investment,
        help="what is put in, in pounds, such as 42,375; a map that was saved here says it itself",
    )
    rate = command.add_mutually_exclusive_group()
    rate.add_argument(
        "--discount-rate",
        metavar="R",
        type=share,
        help="a year, such as 5%% or 0.05; if not given, what a map that was saved here says, or 3.5%%",
    )
    rate.add_argument(
        "--green-book", action="store_true", help="the Green Book's rates, which fall after 30 and 75 years"
    )
    command.add_argument(
        "--first-year-undiscounted",
        action="store_true",
        help="count the first year in full; without this it is discounted, as in the published SROI guide",
    )
    command.add_argument(
        "--activity-years",
        metavar="Y",
        type=years,
        help="how long the activity lasts; 1 if neither this nor the map says",
    )
    command.add_argument(
        "--simulate",
        metavar="N",
        type=draws,
        help="add the range that holds 90%% of N possible worlds, such as 100000; a column grade (green, amber, red) says "
        "how far each outcome's figures may be out, and columns such as quantity_low and quantity_high say it for one figure",
    )
    command.add_argument(
        "--seed",
        metavar="S",
        type=seed,
        default=2011,
        help="fixes the throw of the dice: the same seed, the same range",
    )
    command.add_argument(
        "--sensitivity", action="store_true", help="add the customary tests and the switching values to a ratio of 1"
    )
    command.add_argument("--json", action="store_true", help="print JSON, unrounded, instead of a table")
    command.set_defaults(run=run)


# Arguments are read by the same rules as a form's fields.


def _read(reader: Callable[[str], float | None], text: str) -> float:
    try:
        value = reader(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if value is None:
        raise argparse.ArgumentTypeError("A value is needed.")
    return value


def investment(text: str) -> float:
    """Pounds, more than 0."""
    from pspworkbook.records.fields import read_pounds

    value = _read(read_pounds, text)
    if value <= 0:
        raise argparse.ArgumentTypeError("The investment must be more than 0.")
    return value


def share(text: str) -> float:
    """A percentage."""
    from pspworkbook.records.fields import read_percentage

    return _read(read_percentage, text)


def years(text: str) -> float:
    """A length of time in years."""
    from pspworkbook.records.fields import read_years

    return _read(read_years, text)


MOST_DRAWS = 10_000_000


def draws(text: str) -> int:
    """How many possible worlds: a whole number from 1,000."""
    return _whole(text, 1_000, MOST_DRAWS)


def seed(text: str) -> int:
    """A whole number from 0."""
    return _whole(text, 0, 2**63 - 1)


def _whole(text: str, least: int, most: int) -> int:
    clean = text.replace(",", "").strip()
    if not clean.isascii() or not clean.isdigit() or not least <= int(clean) <= most:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least:,} to {most:,}.")
    return int(clean)


def run(arguments: argparse.Namespace) -> int:
    """Read, calculate, print."""
    from pspworkbook.documents.impact_map import read_any_map
    from pspworkbook.methods import sroi

    try:
        found = read_any_map(Path(arguments.file))
        put_in = arguments.investment if arguments.investment is not None else found.investment
        if put_in is None:
            complain("What is put in? Say --investment N, in pounds, such as --investment 42,375.")
            return 2
        kept = [place for place, outcome in enumerate(found.outcomes) if outcome.included is not False]
        outcomes = [found.outcomes[place] for place in kept]
        own = [found.ranges[place] for place in kept] if found.ranges else []
        if found.settings:  # our own file may hold outcomes that are not complete yet; it says so itself
            lacking = {place for place, _ in sroi.uncounted(outcomes)}
            for place in sorted(lacking):
                complain(plain(f"Not counted, because a figure is missing: {outcomes[place].label()}"))
            outcomes = [outcome for place, outcome in enumerate(outcomes) if place not in lacking]
            own = [some for place, some in enumerate(own) if place not in lacking]
        result = sroi.forecast(sroi.ImpactMap.of(outcomes), put_in, **conventions(arguments, found.settings))
    except ValueError as error:  # TableRefused is one
        for line in str(error).splitlines():
            complain(plain(line))
        return 2
    doubt = None
    if arguments.simulate or arguments.sensitivity or any(own):
        from pspworkbook.cli.sroi_doubt import Doubted

        doubt = Doubted(result, outcomes, arguments.simulate, arguments.seed, arguments.sensitivity, own)
    if arguments.json:
        say(json.dumps(as_data(result) | (doubt.as_data() if doubt else {}), indent=2, allow_nan=False))
    else:
        say(
            "\n".join(
                [
                    as_table(result, range_follows=bool(arguments.simulate or any(own))),
                    *(doubt.as_lines() if doubt else []),
                ]
            )
        )
    return 0


def conventions(arguments: argparse.Namespace, said: Mapping[str, Any]) -> dict[str, Any]:
    """How later years count: as the command says, else as the file does, else as in the published guide."""
    from pspworkbook.methods import sroi

    def yes(name: str) -> bool:
        return str(said.get(name, "")).strip().casefold() == "yes"

    falling = arguments.green_book or (arguments.discount_rate is None and yes("falling_rates"))
    rate = arguments.discount_rate if arguments.discount_rate is not None else said.get("discount_rate")
    years_ = arguments.activity_years if arguments.activity_years is not None else said.get("activity_years")
    first = yes("discount_first_year") if "discount_first_year" in said else True
    return {
        "rates": sroi.GREEN_BOOK if falling else sroi.flat_rate(0.035 if rate is None else float(rate)),
        "discount_first_year": first and not arguments.first_year_undiscounted,
        "activity_years": 1.0 if years_ is None else float(years_),
    }


def as_data(result: "ForecastResult") -> dict[str, Any]:
    """The result as plain values for JSON, unrounded."""
    present = result.present_value_by_outcome
    rows = zip(result.outcomes, result.stakeholders, result.impact.tolist(), present.tolist(), strict=True)
    keys = ("outcome", "stakeholder", "impact", "present_value")
    return {
        "total_present_value": result.total_present_value,
        "net_present_value": result.net_present_value,
        "sroi_ratio": result.sroi_ratio,
        "net_sroi_ratio": result.net_sroi_ratio,
        "payback_months": result.payback_months,
        "value_by_year": result.value_by_year.tolist(),
        "present_value_by_year": result.present_value_by_year.tolist(),
        "outcomes": [dict(zip(keys, row, strict=True)) for row in rows],
    }


def as_table(result: "ForecastResult", range_follows: bool = False) -> str:
    """The result to read on a terminal; the last words depend on whether its range is printed below."""
    from pspworkbook.methods.sroi import in_words
    from pspworkbook.methods.words import pounds

    def money(amount: float) -> str:
        return pounds(amount, pence=True)

    present = result.present_value_by_outcome
    outcomes = [
        (who, what, money(first), money(today))
        for who, what, first, today in zip(result.stakeholders, result.outcomes, result.impact, present, strict=True)
    ]
    yearly = zip(result.value_by_year, result.present_value_by_year, strict=True)
    years = [(str(year), money(value), money(today)) for year, (value, today) in enumerate(yearly, 1)]
    months = result.payback_months
    convention = "discounted too" if result.discount_first_year else "not discounted"
    ratio, net = result.sroi_ratio, result.net_sroi_ratio
    totals = [
        ("Total present value", money(result.total_present_value)),
        ("Investment", money(result.investment)),
        ("Net present value", money(result.net_present_value)),
        ("SROI ratio", "none" if ratio is None else f"{money(ratio).replace('£', '')} : 1"),
        ("Net ratio", "none" if net is None else f"{money(net).replace('£', '')} : 1"),
        ("Payback", "never" if months is None else f"{months:.2f} months"),
    ]
    return "\n".join(
        [
            *aligned([("Stakeholder", "Outcome", "Impact, a year", "Present value"), *outcomes], left=2),
            "",
            *aligned([("Year", "Value", "Present value"), *years], left=1),
            "",
            *aligned(totals, left=1, ruled=False),
            "",
            f"Discounted at {result.rates.name}, first year {convention}.",
            "",
            *textwrap.wrap(in_words(result), 88),
            *textwrap.wrap(
                f"This is one ratio{'' if range_follows else ' without a range'}. It rests on every figure in the file; do "
                "not compare it with other services' ratios, and do not show it without its assumptions"
                f"{' and its range' if range_follows else ''}.",
                88,
            ),
        ]
    )


WIDEST = 44


def aligned(rows: Sequence[tuple[str, ...]], left: int, ruled: bool = True) -> list[str]:
    """Rows as aligned lines: the first ``left`` columns set left and wrapped, the others to the right."""
    cells = [[(textwrap.wrap(plain(cell), WIDEST) or [""]) for cell in row] for row in rows]
    widths = [max(len(line) for row in cells for line in row[place]) for place in range(len(rows[0]))]
    lines = []
    for count, row in enumerate(cells):
        for number in range(max(map(len, row))):
            parts = [cell[number] if number < len(cell) else "" for cell in row]
            shown = [
                part.ljust(width) if place < left else part.rjust(width)
                for place, (part, width) in enumerate(zip(parts, widths, strict=True))
            ]
            lines.append("  ".join(shown).rstrip())
        if count == 0 and ruled:
            lines.append("  ".join("-" * width for width in widths))
    return lines
