"""Bank days, pay days and the payment calendar of thirteen months; dates and hours are local."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from continuity.model.kinds import ClosedDay, Fallback, Stage, Stream
from continuity.model.local_time import (
    DAY,
    DAY_MINUTES,
    ZONE,
    local_instant,
    local_minute,
    local_time,
    next_month,
    resolve_start,
)
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.model.values import PayDay

__all__ = [
    "BankCalendar", "PayDate", "PlannedFallback", "PlannedPayDay", "PlannedStage", "calendar_13_months",
    "days_early", "decide_by", "local_instant", "local_minute", "local_time", "pay_days", "payees_of",
    "payment_calendar", "resolve_start", "stage_cutoff", "stage_opens", "stages_in_use", "uncovered_years",
]  # fmt: skip

_SATURDAY, _SUNDAY = 5, 6


# --- bank days ----------------------------------------------------------------------------------


class BankCalendar:
    """Which days are bank days: not Saturday, Sunday or a closed day.

    A year in which no closed day is stated is computed from Swedish law and custom (public holidays,
    Midsummer's, Christmas and New Year's Eve); :meth:`is_computed` tells so.
    """

    def __init__(self, closed: Iterable[dt.date]) -> None:
        self._closed = frozenset(closed)
        self.years = frozenset(day.year for day in self._closed)

    @classmethod
    def of(cls, organisation: Organisation) -> BankCalendar:
        """Return the calendar of the closed days that ``organisation`` states."""
        return cls(day.date for day in organisation.all(ClosedDay) if day.date is not None)

    def is_computed(self, date: dt.date) -> bool:
        """Tell whether the closed days of the year of ``date`` are computed, not stated."""
        return date.year not in self.years

    def is_bank_day(self, date: dt.date) -> bool:
        """Tell whether banks settle on ``date``."""
        if date.weekday() >= _SATURDAY:
            return False
        return date not in (_computed(date.year) if self.is_computed(date) else self._closed)

    def shift(self, date: dt.date, days: int) -> dt.date:
        """Return the date ``days`` bank days after (negative: before) ``date``; 0 is ``date`` itself."""
        step = DAY if days > 0 else -DAY
        for _ in range(abs(days)):
            date = self.onward(date + step, step)
        return date

    def onward(self, date: dt.date, step: dt.timedelta = DAY) -> dt.date:
        """Return ``date`` or the first bank day after it, going by ``step`` (a day back or forth)."""
        while not self.is_bank_day(date):
            date += step
        return date

    def moved(self, nominal: dt.date, weekend_rule: str, holiday_rule: str) -> dt.date:
        """Return the bank day on which ``nominal`` is paid by the rules ``previous``, ``next``, ``nearest``.

        ``nearest`` on a weekend: Saturday back, Sunday on; on another holiday: the closer bank day,
        the earlier of two as close.
        """
        if self.is_bank_day(nominal):
            return nominal
        weekend = nominal.weekday() >= _SATURDAY
        rule = weekend_rule if weekend else holiday_rule
        if rule == "nearest":
            rule = self._nearest(nominal)
        return self.onward(nominal, DAY if rule == "next" else -DAY)

    def _nearest(self, nominal: dt.date) -> str:
        if nominal.weekday() >= _SATURDAY:
            return "next" if nominal.weekday() == _SUNDAY else "previous"
        back, forth = self.onward(nominal, -DAY), self.onward(nominal, DAY)
        return "previous" if nominal - back <= forth - nominal else "next"


@lru_cache(maxsize=64)
def _computed(year: int) -> frozenset[dt.date]:
    import holidays

    return frozenset(holidays.country_holidays("SE", years=year, categories=("public", "de_facto")))


def uncovered_years(calendar_: BankCalendar, first: dt.date, last: dt.date) -> tuple[Problem, ...]:
    """Return a warning for each year from ``first`` to ``last`` whose closed days are computed."""
    years = [year for year in range(first.year, last.year + 1) if year not in calendar_.years]
    return tuple(
        Problem("bank-days-computed", "warning", kind="closed_day", facts={"year": y}) for y in years
    )


# --- pay days -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PayDate:
    """One pay day of a stream. ``computed``: no published table or exception covers it."""

    nominal: dt.date
    paid: dt.date
    share: int  # permille of the payees
    who: str
    computed: bool


def pay_days(stream: Stream, calendar_: BankCalendar, first: dt.date, last: dt.date) -> list[PayDate]:
    """Return the pay days of ``stream`` that are paid from ``first`` to ``last``, by date then nominal day.

    A nominal day that a month lacks (the 31st) is the month's last. A published date overrides the rule.
    """
    published = {p.nominal: p.paid for p in stream.published if p.nominal and p.paid}
    tables = {table.year for table in stream.published_years}
    found = []
    for nominal, day in _nominal_days(stream, first - 45 * DAY, last + 45 * DAY):
        paid = published.get(nominal)
        computed = paid is None and nominal.year not in tables
        paid = paid or calendar_.moved(nominal, stream.weekend_rule, stream.holiday_rule)
        if first <= paid <= last:
            found.append(PayDate(nominal, paid, day.share, day.who, computed))
    return sorted(found, key=lambda p: (p.paid, p.nominal))


def _nominal_days(stream: Stream, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, PayDay]]:
    month = first.replace(day=1)
    while month <= last:
        length = calendar.monthrange(month.year, month.month)[1]
        for day in stream.pay_days:
            yield month.replace(day=min(day.day, length)), day
        month = next_month(month)


# --- the payment calendar of a plan -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """When one stage of a pay day opens and must be done, local time."""

    stage: str  # id
    opens: dt.datetime
    cutoff: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PlannedFallback:
    """The latest local time at which one fallback can be decided."""

    fallback: str  # id
    decide_by: dt.datetime


@dataclass(frozen=True, slots=True)
class PlannedPayDay:
    """One pay day of one stream with every hour that matters, local time."""

    stream: str  # id
    nominal: dt.date
    date: dt.date
    share: int
    who: str
    payees: int
    sek: int
    computed: bool
    due: dt.datetime
    stages: tuple[PlannedStage, ...]
    fallbacks: tuple[PlannedFallback, ...]


def calendar_13_months(organisation: Organisation, first_month: dt.date) -> tuple[PlannedPayDay, ...]:
    """Return all pay days of the thirteen months from ``first_month``, sorted by date, then stream code."""
    first = first_month.replace(day=1)
    last = first
    for _ in range(13):
        last = next_month(last)
    return payment_calendar(organisation, first, last - DAY)


def payment_calendar(organisation: Organisation, first: dt.date, last: dt.date) -> tuple[PlannedPayDay, ...]:
    """Return all pay days paid from ``first`` to ``last``, sorted by date, then stream code."""
    banks = BankCalendar.of(organisation)
    found = [
        _planned(organisation, banks, stream, day)
        for stream in organisation.all(Stream)
        for day in pay_days(stream, banks, first, last)
    ]
    return tuple(sorted(found, key=lambda p: p.date))


def _planned(organisation: Organisation, banks: BankCalendar, stream: Stream, day: PayDate) -> PlannedPayDay:
    stages = stages_in_use(organisation, stream)
    fallbacks = [f for id_ in stream.fallbacks if (f := organisation.of(Fallback, id_))]
    payees = payees_of(stream, day)
    due = local_instant(day.paid, stream.due)
    return PlannedPayDay(
        stream=stream.id,
        nominal=day.nominal,
        date=day.paid,
        share=day.share,
        who=day.who,
        payees=payees,
        sek=payees * stream.amount,
        computed=day.computed,
        due=due.astimezone(ZONE),
        stages=tuple(_planned_stage(banks, stage, day.paid) for stage in stages),
        fallbacks=tuple(
            PlannedFallback(f.id, decide_by(banks, stages, f, day.paid, due).astimezone(ZONE))
            for f in fallbacks
        ),
    )


def payees_of(stream: Stream, day: PayDate) -> int:
    """Return how many payees of ``stream`` are paid on ``day``."""
    return stream.payees * day.share // 1000


def stages_in_use(organisation: Organisation, stream: Stream) -> tuple[Stage, ...]:
    """Return the stages of the ordinary run, in order, without those whose element is out of use."""
    return tuple(
        stage
        for stage in organisation.parts(stream.id, Stage)
        if stage.reaches != "stop" and getattr(organisation.get(stage.element), "in_use", False)
    )


def stage_opens(banks: BankCalendar, stage: Stage, paid: dt.date, days_early: int = 0) -> dt.datetime:
    """Return the UTC instant at which ``stage`` opens for the pay day ``paid``."""
    return local_instant(banks.shift(paid, -stage.opens_days - days_early), stage.opens_at)


def stage_cutoff(banks: BankCalendar, stage: Stage, paid: dt.date) -> dt.datetime | None:
    """Return the UTC instant of the cut-off of ``stage`` for the pay day ``paid``, if it has one."""
    if stage.cutoff_days is None:
        return None
    return local_instant(banks.shift(paid, -stage.cutoff_days), stage.cutoff_at)


def _planned_stage(banks: BankCalendar, stage: Stage, paid: dt.date) -> PlannedStage:
    cutoff = stage_cutoff(banks, stage, paid)
    opens = stage_opens(banks, stage, paid).astimezone(ZONE)
    return PlannedStage(stage.id, opens, cutoff.astimezone(ZONE) if cutoff else None)


def days_early(fallback: Fallback) -> int:
    """Return by how many bank days an early release moves the file: its set-up time, up to whole days."""
    return -(-fallback.set_up // DAY_MINUTES)


def decide_by(
    banks: BankCalendar, stages: tuple[Stage, ...], fallback: Fallback, paid: dt.date, due: dt.datetime
) -> dt.datetime:
    """Return the latest UTC instant at which ``fallback`` can be decided for the pay day ``paid``.

    Due hour minus set-up minus decision time; for an early release: the earlier opening of the first
    stage minus decision time.
    """
    decision = dt.timedelta(minutes=fallback.decision_time)
    if fallback.kind == "early" and stages:
        return stage_opens(banks, stages[0], paid, days_early(fallback)) - decision
    return due - dt.timedelta(minutes=fallback.set_up) - decision
