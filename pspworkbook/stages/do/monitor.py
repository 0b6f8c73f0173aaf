"""Delivery monitoring on the page (DO-3), and contract performance (DO-4): dashboard, sentences, and what goes in."""

import datetime as dt
from typing import TYPE_CHECKING

from pspworkbook.charts.do import periods_picture, satisfaction_picture, series_picture
from pspworkbook.charts.picture import Picture
from pspworkbook.methods.do import conduct, monitoring, periods, small_numbers
from pspworkbook.methods.words import day
from pspworkbook.records.deliver import Reading
from pspworkbook.stages.do import files
from pspworkbook.stages.facts import do as facts
from pspworkbook.stages.facts.steps import tasks as task_rows
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.files import SaveFile
from pspworkbook.widgets.offers import Offers
from pspworkbook.widgets.register import Derived, Remark

if TYPE_CHECKING:
    from pspworkbook.stages.do.page import Do

HEADINGS = {"indicator": "measure", "count": "value", "figure": "value", "people": "n", "date": "period_end"}
MOST_MEASURES, SPARE = 12, 4
"""Places for charts of measures: so many at least, and so many more than there are measures when the page is opened."""
TARGETS = {"kpi": "wide", "target": "narrow", "actual": "narrow", "as_at": "narrow", "where": "mid"}


def delivery(page: "Do") -> None:
    """Milestones, money, satisfaction and each outcome’s measure over time, as charts and as sentences (DO-3)."""
    now = page.session.now
    whole, places = Chart(periods_picture(facts.periods(now))), max(MOST_MEASURES, len(_pictures(page)) + SPARE)
    charts = [Chart(picture) for picture in _placed(page, places)]
    opinions = Chart(satisfaction_picture(facts.opinions(now)))

    def again() -> None:
        now = page.session.now
        whole.show(periods_picture(facts.periods(now)))
        for chart, picture in zip(charts, _placed(page, places), strict=True):
            chart.show(picture)
        opinions.show(satisfaction_picture(facts.opinions(now)))

    page.session.watch(list(facts.MONITOR), again)
    page.tool(
        "DO-3",
        page.lines("How it stands, in plain words", lambda: _summary(page), facts.MONITOR, rule=small_numbers.RULE),
        page.passage(
            "do_periods",
            lambda: {"periods": facts.periods(page.session.now), "rule": periods.RULE},
            list(facts.MONITOR),
        ),
        whole,
        *charts,
        opinions,
        SaveFile("Save these figures as .xlsx, small numbers held back", lambda: files.figures_file(page.session)),
        page.register("reading", empty="No reading yet.", remark=lambda row: _held_back(page, row), aliases=HEADINGS),
        page.register("satisfaction", empty="Nobody has been asked yet."),
        page.register("period_note", empty="No note yet."),
        page.findings(
            lambda: monitoring.gaps(facts.series(page.session.now)), facts.MONITOR, rule=monitoring.SPEND_RULE
        ),
    )


def _held_back(page: "Do", row: Reading) -> Remark | None:
    """Why a reading that was entered is not shown."""
    measure = dict(page.rows("measure")).get(row.measure)
    said = small_numbers.held_back(row.value, row.n, measure.unit if measure else "", row.counts_people)
    return (f"△ {said}", {}) if said else None


def performance(page: "Do") -> None:
    """What the contract or the agreement asks for, and whether it is met (DO-4)."""
    register = page.register("performance", shown=TARGETS, empty="No figure yet.")

    def met() -> None:
        register.derive([Derived("Met?", {id_: conduct.met(row) for id_, row in page.rows("performance")})])

    met()
    page.session.watch(["performance"], met)
    page.tool(
        "DO-4",
        Offers(
            page.session,
            "performance",
            lambda: conduct.performance_offers(page.rows("community_benefit")),
            ["community_benefit"],
        ),
        register,
    )


def _placed(page: "Do", places: int) -> list[Picture]:
    """The pictures in so many places; those that are over wait, unseen, for measures that are planned while the page is open."""
    found = _pictures(page)[:places]
    return [*found, *[Picture("", "")] * (places - len(found))]


def _pictures(page: "Do") -> list[Picture]:
    found = [series_picture(one) for one in facts.series(page.session.now)]
    return found or [Picture("Measures over time", "No measure is planned yet.")]


def _summary(page: "Do") -> list[str]:
    now, today = page.session.now, dt.date.today()
    money = monitoring.spending(facts.rows(now, "budget_line"), today)
    first = periods.milestone_words(task_rows(now), today)
    notes = sorted((row for _, row in facts.rows(now, "period_note") if row.period_end), key=lambda row: row.period_end)
    said = [f"To know, {day(row.period_end)}: {row.note}" for row in notes]
    return [first, *monitoring.summary(facts.series(now), facts.opinions(now), money), *said]
