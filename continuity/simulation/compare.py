"""Two runs on the same draws: paired differences with their intervals."""

from __future__ import annotations

import numpy as np

from continuity.simulation.figures import interval
from continuity.simulation.pay_statistics import PayStatistics
from continuity.simulation.result import Comparison, Paired, RunResult


def compared(without: RunResult, with_: RunResult, first: PayStatistics, second: PayStatistics) -> Comparison:
    """Return the comparison of two results; shares as shares of what falls due without."""
    both = without.headline.both
    return Comparison(
        without=without,
        with_=with_,
        in_need_unpaid=_paired(first, second, "in_need_unpaid", 1),
        in_need_person_days=_paired(first, second, "in_need_person_days", 1),
        payees_on_time=_paired(first, second, "payees", both.payees),
        sek_on_time=_paired(first, second, "sek", both.sek),
    )


def _paired(first: PayStatistics, second: PayStatistics, name: str, whole: int) -> Paired:
    """Return the mean difference of a headline figure, second minus first, replication by replication."""
    number, total, squares = 0, 0, 0.0
    for one, other in zip(first.told(name), second.told(name), strict=True):  # by block
        difference = other - one
        number += len(difference)
        total += int(difference.sum())
        squares += float(np.square(difference.astype(np.float64)).sum())
    mean, low, high = interval(number, total, squares)
    unit = whole or 1
    return Paired(mean / unit, low / unit, high / unit)
