"""Two runs on the same draws: paired differences with their intervals."""

from __future__ import annotations

import numpy as np

from continuity.simulation.figures import interval
from continuity.simulation.pay_outcome import HEADLINE
from continuity.simulation.pay_statistics import PayFigures
from continuity.simulation.result import Comparison, Paired, RunResult

_ROWS = tuple(HEADLINE.index(n) for n in ("in_need_unpaid", "in_need_person_days", "payees", "sek"))


class PairedFigures:
    """Differences of the headline, second minus first, replication by replication."""

    def __init__(self) -> None:
        self._number = 0
        self._totals = [0] * len(_ROWS)
        self._squares = [0.0] * len(_ROWS)

    def add(self, first: PayFigures, second: PayFigures) -> None:
        """Add a block of both, in order."""
        self._number += first.headline.shape[1]
        for place, row in enumerate(_ROWS):
            difference = second.headline[row] - first.headline[row]
            self._totals[place] += int(difference.sum())
            self._squares[place] += float(np.square(difference.astype(np.float64)).sum())

    def comparison(self, without: RunResult, with_: RunResult) -> Comparison:
        """Return the comparison of the two results; shares as shares of what falls due without."""
        both = without.headline.both
        return Comparison(
            without=without,
            with_=with_,
            in_need_unpaid=self._paired(0, 1),
            in_need_person_days=self._paired(1, 1),
            payees_on_time=self._paired(2, both.payees),
            sek_on_time=self._paired(3, both.sek),
        )

    def _paired(self, place: int, whole: int) -> Paired:
        mean, low, high = interval(self._number, self._totals[place], self._squares[place])
        unit = whole or 1
        return Paired(mean / unit, low / unit, high / unit)
