"""Local evidence (ID-8): a spreadsheet's columns recognised, and a picture of the indicator that has most figures."""

from collections import Counter
from typing import Any

from pspworkbook.charts.evidence import indicator_picture
from pspworkbook.widgets.chart import Chart
from pspworkbook.widgets.session import Session

HEADINGS = {
    "measure": "indicator", "name": "indicator", "statistic": "indicator", "topic": "indicator", "variable": "indicator",
    "data zone": "area", "datazone": "area", "dz": "area", "intermediate zone": "area", "ward": "area", "council area": "area",
    "local authority": "area", "geography": "area", "locality": "area", "featurename": "area", "featurecode": "area",
    "number": "value", "count": "value", "rate": "value", "percentage": "value", "rank": "value", "simd rank": "value", "figure": "value",
    "measurement": "unit", "units": "unit", "reference date": "date",
    "data source": "source", "publisher": "source",
}  # fmt: skip
"""Headings of the tables that councils and public bodies publish, and the field that each goes to."""


def evidence_chart(session: Session) -> Chart:
    """The chart of the indicator with most figures; it follows the register."""

    def draw() -> Any:
        rows = [entry.record for entry in session.now.records("evidence")]
        count = Counter(row.indicator for row in rows if row.value is not None)
        indicator = count.most_common(1)[0][0] if count else ""
        return indicator_picture(indicator, [row for row in rows if row.indicator == indicator])

    chart = Chart(draw())
    session.watch(["evidence"], lambda: chart.show(draw()))
    return chart
