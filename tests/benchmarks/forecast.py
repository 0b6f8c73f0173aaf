"""How long a forecast takes for 5, 50 and 500 outcomes, against the same sums written as a plain loop over rows.

Run: python tests/benchmarks/forecast.py [--quick]. It prints ratios; it asserts nothing.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from pspworkbook.methods.sroi import ImpactMap, flat_rate, forecast


def rows(count: int) -> ImpactMap:
    """An impact map of made-up rows, the same at every run."""
    random = np.random.default_rng(2011)
    share = {name: random.uniform(0, 0.6, count) for name in ("deadweight", "displacement", "attribution", "drop_off")}
    return ImpactMap(
        outcomes=tuple(f"Outcome {row}" for row in range(count)),
        stakeholders=("Residents",) * count,
        beneficiaries=("person",) * count,
        quantity=random.uniform(1, 300, count),
        duration=random.uniform(0.5, 10, count),
        financial_proxy=random.uniform(5, 5000, count),
        after=np.zeros(count, dtype=bool),
        **share,
    )


def plain_loop(map_: ImpactMap) -> float:
    """The same total, as somebody would write it without arrays."""
    total = 0.0
    for row in range(len(map_)):
        value = (
            map_.quantity[row]
            * map_.financial_proxy[row]
            * (1 - map_.deadweight[row])
            * (1 - map_.displacement[row])
            * (1 - map_.attribution[row])
        )
        left, year = map_.duration[row], 1
        while left > 0:
            total += value * min(left, 1) / 1.035**year
            value, left, year = value * (1 - map_.drop_off[row]), left - 1, year + 1
    return float(total)


def seconds(work: Callable[[], object], times: int) -> float:
    """The best of several runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print one line for each size."""
    times = 3 if "--quick" in sys.argv else 20
    print("outcomes   forecast     plain loop   ratio   same total")
    for count in (5, 50, 500):
        map_ = rows(count)
        arrays = seconds(lambda map_=map_: forecast(map_, 1000, rates=flat_rate(0.035)), times)
        loop = seconds(lambda map_=map_: plain_loop(map_), times)
        same = abs(forecast(map_, 1000).total_present_value - plain_loop(map_)) < 0.01
        print(f"{count:8}   {1000 * arrays:6.2f} ms    {1000 * loop:6.2f} ms   {loop / arrays:5.2f}   {same}")


if __name__ == "__main__":
    main()
