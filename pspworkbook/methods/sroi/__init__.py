"""Social Return on Investment. ``sroi.forecast(map, investment)`` works out the ratio; the modules beside it doubt it.

``impact_map`` holds the formulas, ``stress`` a plain range, ``headline`` the range beside the ratio, ``gaps`` what is still missing. ``case`` makes a forecast ready to
be doubted: ``ranges`` (how far each figure could be out), ``simulate`` and ``worlds`` (many possible ratios, and the words for
them), ``sobol`` (what matters most), ``sensitivity``, ``switching`` and ``scenarios``.
"""

from pspworkbook.methods.sroi.impact_map import (
    COUNTED,
    GREEN_BOOK,
    HIGH_RATIO,
    PUBLISHED_RATE,
    TAKEN_OFF,
    Array,
    DiscountRates,
    ForecastResult,
    ImpactMap,
    discount_factors,
    flat_rate,
    forecast,
    horizon,
    impact,
    in_words,
    payback_months,
    payback_words,
    present_value,
    present_value_in_closed_form,
    uncounted,
    value_by_year,
    value_in_closed_form,
)

__all__ = [
    "COUNTED",
    "GREEN_BOOK",
    "HIGH_RATIO",
    "PUBLISHED_RATE",
    "TAKEN_OFF",
    "Array",
    "DiscountRates",
    "ForecastResult",
    "ImpactMap",
    "discount_factors",
    "flat_rate",
    "forecast",
    "horizon",
    "impact",
    "in_words",
    "payback_months",
    "payback_words",
    "present_value",
    "present_value_in_closed_form",
    "uncounted",
    "value_by_year",
    "value_in_closed_form",
]
