"""What a simulation says, in words that need no statistics."""

from pspworkbook.methods.sroi.ranges import Ranges
from pspworkbook.methods.sroi.simulate import Simulation
from pspworkbook.methods.sroi.switching import goal_words
from pspworkbook.methods.words import pounds

WORLDS = 100
"""How many dots the picture has."""
HOPEFUL = 0.75
"""When the ratio as entered is better than this share of the possible worlds, the page says that it leans to the hopeful side."""


def in_words(simulation: Simulation) -> str:
    """The range that holds nine worlds in ten, the middle, and the chance: two sentences."""
    low, middle, high = (pounds(value, pence=True) for value in (simulation.p05, simulation.p50, simulation.p95))
    if low == high:
        return f"No figure varies, so every possible world comes to {middle} for every £1 put in. {chance_words(simulation)}"
    return (
        f"In 90 of 100 possible worlds the service is worth between {low} and {high} for every £1 put in; "
        f"in 50 of 100 it is worth more than {middle}. {chance_words(simulation)}"
    )


def above(simulation: Simulation) -> int:
    """How many of 100 worlds lie above the threshold; 0 and 100 only when none or all of the draws do."""
    chance = simulation.chance
    if chance in (0.0, 1.0):
        return round(WORLDS * chance)
    return min(max(round(WORLDS * chance), 1), WORLDS - 1)


def chance_words(simulation: Simulation) -> str:
    """How likely it is that the ratio is above the threshold."""
    goal = goal_words(simulation.settings.threshold)
    if simulation.chance == 1:
        return f"It is above {goal} in every one of the {len(simulation.ratios):,} that were tried."
    if simulation.chance == 0:
        return f"It is above {goal} in none of the {len(simulation.ratios):,} that were tried."
    about = (
        "more than 99"
        if simulation.chance > 0.99
        else "fewer than 1"
        if simulation.chance < 0.01
        else f"{above(simulation)}"
    )
    return f"It is above {goal} in {'about ' if about.isdigit() else ''}{about} of 100."


def leaning(simulation: Simulation) -> str:
    """A second look where the ratio as entered sits near the end of the range; "" where it does not."""
    better_than = 1 - simulation.chance_above(simulation.ratio)
    if simulation.p05 == simulation.p95:
        return ""
    entered = f"The ratio as entered, {pounds(simulation.ratio, pence=True)}, is better than about {round(100 * better_than)} of 100"
    if better_than > HOPEFUL:
        return f"{entered}: it leans to the hopeful side. Where 0% is taken off, the truth can only be less; look at those first."
    if better_than < 1 - HOPEFUL:
        return f"{entered}: the figures as entered lean to the careful side."
    return ""


def made_from(simulation: Simulation, ranges: Ranges) -> str:
    """What the range rests on: draws, seed, distribution, and how many figures have a range of their own."""
    settings = simulation.settings
    total = len(list(ranges))
    shape = "a hump (PERT)" if settings.shape == "pert" else "a tent (triangular)"
    own = total - ranges.by_rule
    tied = (
        f" The same figure of one stakeholder’s outcomes moves together (rank correlation {settings.rank_correlation:g})."
        if settings.rank_correlation
        else ""
    )
    return (
        f"{len(simulation.ratios):,} possible worlds, seed {settings.seed}: the same seed gives the same answer again. "
        f"{total} {'figure varies within its range' if total == 1 else 'figures vary within their ranges'}, each as {shape}; {own} of the ranges {'was' if own == 1 else 'were'} given by the group, {total - own} come from the rule."
        f"{tied} It shows how unsure the figures are. What was left out, or is wrong in principle, it cannot show."
    )
