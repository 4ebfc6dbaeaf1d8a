"""Statistics of whole streams: how late, at what cost, and who is missed and why."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.figures import Figures, exact, scaled
from continuity.simulation.pay_outcome import REASONS, DayFacts, PayOutcome
from continuity.simulation.pay_plan import PayPlan
from continuity.simulation.result import Missed, StreamResult

Ints = NDArray[np.int64]
_FIGURES: Final = ("on_time", "person_days", "wrong_sek", "reconciliation_minutes")
_HOUR = 60


class StreamStatistics:
    """Sums over the pay days of each stream, and payees by days late."""

    def __init__(self, plan: PayPlan, facts: DayFacts) -> None:
        self.plan, self._payees = plan, facts.payees[:, 0]
        self._first = plan.arrays.streams["first"].astype(np.int64)
        count, days = len(self._first), plan.horizon // 1440 + 2
        people = int(max(self._of_streams(self._payees), default=0))
        sek = int(max(self._of_streams(self._payees * facts.amount[:, 0]), default=0))
        limits = {"on_time": people, "person_days": people * days, "wrong_sek": sek}
        self._of = {name: Figures(count, limits.get(name, people * 60)) for name in _FIGURES}
        self._missed = {reason: Figures(count, people) for reason in REASONS}
        self._spread = np.zeros((len(plan.days), plan.horizon // 1440 + 3), np.int64)

    def _of_streams(self, values: Ints) -> Ints:
        """Return sums over the pay days of each stream."""
        if not len(self._first):
            return values[:0]
        return np.add.reduceat(values, self._first, axis=0)

    def add(self, out: PayOutcome) -> None:
        """Add the next block, in order."""
        for name, figures in self._of.items():
            figures.add(self._of_streams(getattr(out, name)))
        for reason, figures in enumerate(self._missed.values()):
            figures.add(self._of_streams(out.missed[reason]))
        self._spread += out.spread

    def lateness(self, day: int) -> tuple[tuple[int, float], ...]:
        """Return (days late, share of the payees) of one pay day; -1 for what is not paid in the run."""
        return _shares(self._spread[day])

    def results(self) -> tuple[StreamResult, ...]:
        """Return the result of each stream with pay days in the run, sorted by id."""
        return tuple(self._stream(n) for n in range(len(self._first)))

    def _stream(self, number: int) -> StreamResult:
        first, end = (int(self.plan.arrays.streams[name][number]) for name in ("first", "end"))
        days, stream, of = self.plan.days[first:end], self.plan.days[first].stream, self._of
        payees, person_days = sum(d.payees for d in days), of["person_days"].estimate(number)
        return StreamResult(
            stream=stream.id,
            livelihood=stream.livelihood,
            pay_days=len(days),
            payees=payees,
            sek=sum(d.sek for d in days),
            on_time=of["on_time"].estimate(number, payees) if payees else exact(1.0),
            person_days=person_days,
            sek_late_days=scaled(person_days, stream.amount),
            wrong_sek=of["wrong_sek"].estimate(number),
            reconciliation_hours=of["reconciliation_minutes"].estimate(number, _HOUR),
            lateness=_shares(self._spread[first:end].sum(axis=0)),
            missed=self._reasons(number),
        )

    def _reasons(self, number: int) -> tuple[Missed, ...]:
        found = [Missed(name, of.estimate(number)) for name, of in self._missed.items()]
        return tuple(sorted((m for m in found if m.payees.mean > 0), key=lambda m: -m.payees.mean))


def _shares(spread: Ints) -> tuple[tuple[int, float], ...]:
    whole = int(spread.sum())
    last = len(spread) - 1
    return tuple(
        (-1 if place == last else place, count / whole)
        for place, count in enumerate(spread.tolist())
        if count
    )
