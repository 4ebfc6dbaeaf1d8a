"""What stands on each day of the calendar: pay days, closed bank days, and what a run says of them."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field

from continuity.model.calendar import PlannedPayDay, payment_calendar
from continuity.model.kinds import ClosedDay
from continuity.model.local_time import DAY, next_month
from continuity.model.organisation import Organisation
from continuity.simulation.result import PayDayResult, RunResult
from ui.runs.outcome import share_on_time, state_of_share, unpaid

_SUNDAY = 6
MONTHS = 13


@dataclass(frozen=True, slots=True)
class Day:
    """One date. ``results`` are those of the run shown, for the pay days it covers."""

    date: dt.date
    pay: tuple[PlannedPayDay, ...] = ()
    closed: str = ""
    results: dict[tuple[str, dt.date], PayDayResult] = field(default_factory=dict)

    @property
    def payees(self) -> int:
        """Payees of all streams on this date."""
        return sum(day.payees for day in self.pay)

    @property
    def sek(self) -> int:
        """Kronor of all streams on this date."""
        return sum(day.sek for day in self.pay)

    @property
    def computed(self) -> bool:
        """Whether a pay day here is covered by no published table."""
        return any(day.computed for day in self.pay)

    @property
    def share(self) -> float | None:
        """Share of the payees paid on time in the run, or None without a run."""
        return share_on_time(self.results.values())

    @property
    def state(self) -> str:
        """full, reduced or lost by the run; empty without."""
        return "" if self.share is None else state_of_share(self.share)

    @property
    def unpaid(self) -> float:
        """Payees not paid on time in the run, in the mean."""
        return sum(map(unpaid, self.results.values()))

    def result(self, planned: PlannedPayDay) -> PayDayResult | None:
        """Return what the run says of ``planned``."""
        return self.results.get((planned.stream, planned.nominal))


class PayCalendar:
    """Months of days, worked out when first asked for."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
        self._planned: dict[dt.date, dict[dt.date, list[PlannedPayDay]]] = {}
        self._results: dict[tuple[str, dt.date], PayDayResult] = {}
        self._closed = {c.date: c.name for c in organisation.all(ClosedDay) if c.date is not None}

    def lay(self, result: RunResult | None) -> None:
        """Lay the results of a run upon the days; None takes them away."""
        found = result.pay_days if result is not None else ()
        self._results = {(day.stream, day.nominal): day for day in found}

    def weeks(self, month: dt.date) -> list[list[Day]]:
        """Return the weeks (Monday to Sunday) that hold the days of ``month``."""
        first = month.replace(day=1)
        length = calendar.monthrange(month.year, month.month)[1]
        begin = first - first.weekday() * DAY
        last = first + (length - 1) * DAY
        end = last + (_SUNDAY - last.weekday()) * DAY
        days = [self.day(begin + n * DAY) for n in range((end - begin).days + 1)]
        return [days[n : n + 7] for n in range(0, len(days), 7)]

    def day(self, date: dt.date) -> Day:
        """Return what stands on ``date``."""
        pay = tuple(self._month(date.replace(day=1)).get(date, ()))
        keys = [(p.stream, p.nominal) for p in pay]
        results = {k: self._results[k] for k in keys if k in self._results and self._results[k].date == date}
        return Day(date, pay, self._closed.get(date, ""), results)

    def month_share(self, month: dt.date) -> float | None:
        """Return the share of the payees of ``month`` paid on time in the run, or None."""
        days = [d for d in self._results.values() if d.date.replace(day=1) == month.replace(day=1)]
        return share_on_time(days)

    def worst_day(self) -> dt.date | None:
        """Return the first date of the run on which many are not paid: a quarter of the worst at least."""
        dates = sorted({d.date for d in self._results.values() if state_of_share(d.on_time.mean) != "full"})
        late = {date: self.day(date).unpaid for date in dates}
        most = max(late.values(), default=0.0)
        return next((date for date in dates if late[date] >= most / 4), None)

    def _month(self, month: dt.date) -> dict[dt.date, list[PlannedPayDay]]:
        if month not in self._planned:
            found: dict[dt.date, list[PlannedPayDay]] = {}
            for planned in payment_calendar(self.organisation, month, next_month(month) - DAY):
                found.setdefault(planned.date, []).append(planned)
            self._planned[month] = found
        return self._planned[month]


def months_from(first: dt.date, count: int = MONTHS) -> list[dt.date]:
    """Return the first days of ``count`` months from that of ``first``."""
    months = [first.replace(day=1)]
    while len(months) < count:
        months.append(next_month(months[-1]))
    return months


def months_between(one: dt.date, other: dt.date) -> int:
    """Return how many months ``other`` is after ``one``."""
    return (other.year - one.year) * 12 + other.month - one.month


def shifted(month: dt.date, months: int) -> dt.date:
    """Return the first day of the month ``months`` after (negative: before) ``month``."""
    number = month.year * 12 + month.month - 1 + months
    return dt.date(number // 12, number % 12 + 1, 1)
