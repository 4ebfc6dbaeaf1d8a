"""The same scenario begun on each day of a month: what each beginning does, as plain facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from continuity.model.local_time import DAY, next_month
from continuity.simulation.result import Estimate

SWEEP_FORMAT = 1


@dataclass(frozen=True, slots=True)
class StartDay:
    """What the scenario does when it begins on one day."""

    date: dt.date  # local
    start: dt.datetime  # UTC instant of minute 0
    fingerprint: str
    in_need_payees: int  # payments to people in need that fall due in the run
    in_need_unpaid: Estimate
    in_need_person_days: Estimate
    longest_wait_days: Estimate
    payees: int  # all payments that fall due in the run
    payees_on_time: Estimate  # share
    sek_on_time: Estimate  # share

    @property
    def harm(self) -> tuple[float, float, float, float]:
        """How bad the day is, people in need first, then payees, then SEK; the larger the worse."""
        return (
            self.in_need_unpaid.mean,
            self.in_need_person_days.mean,
            -self.payees_on_time.mean,
            -self.sek_on_time.mean,
        )


@dataclass(frozen=True, slots=True)
class Sweep:
    """A scenario begun on each day of a month, on the same draws."""

    program_version: str
    engine_version: int
    seed: int
    replications: int
    scenario: str  # id
    scenario_code: str
    measures: tuple[str, ...]  # ids, sorted
    horizon_days: int
    hardship_days: int
    month: dt.date  # its first day
    days: tuple[StartDay, ...]

    @property
    def worst(self) -> StartDay:
        """The day on which it does most harm; of equal ones the first."""
        return max(self.days, key=lambda day: day.harm)

    @property
    def mildest(self) -> StartDay:
        """The day on which it does least harm; of equal ones the first."""
        return min(self.days, key=lambda day: day.harm)


def days_of(month: dt.date) -> Iterator[dt.date]:
    """Yield the days of the month in which ``month`` lies."""
    day, end = month.replace(day=1), next_month(month.replace(day=1))
    while day < end:
        yield day
        day += DAY
