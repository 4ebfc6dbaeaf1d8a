"""Pay days, their stages and fallbacks written into arrays.

Minutes count from minute 0 and may be negative (a stage that opened before the run, when every level
was 1000). ``NEVER`` stands for "not at all".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from continuity.model.calendar import BankCalendar, PayDate, days_early, local_minute
from continuity.model.kinds import Fallback, Scenario, Stage, Stream
from continuity.model.kinds.payments import REACHES
from continuity.model.organisation import Organisation
from continuity.model.payments import stop_stage

NEVER: Final = 2**31 - 1
#: States of the file, by number; the last follows from the others.
STATES: Final = ("not_made", "made", "sent", "received", "executed", "usable", "receipt_unknown")
_REACHED: Final = {name: number for number, name in enumerate(r for r in REACHES if r != "stop")}
_RECEIVED: Final = _REACHED["received"]

Ints = NDArray[np.int64]


class PayArrays(NamedTuple):
    """The plan as the kernels read it. Pay days lie stream by stream, in order of payment.

    A *slot* is one stage of one pay day; the same stage of the stream's earlier pay day lies
    ``day_slots`` slots earlier. A stop stage has a slot of its own behind the others of its day.
    """

    stream_first: Ints  # [streams + 1] first pay day of each stream
    stream_allowance: Ints  # [streams] restart allowance
    day_due: Ints
    day_payees: Ints
    day_slot: Ints  # [days] first slot
    day_stages: Ints  # [days] number of ordinary stages
    day_slots: Ints  # [days] number of slots, the stop stage's included
    day_stop: Ints  # [days] slot of the stop stage or -1
    day_fallback: Ints  # [days + 1] first fallback
    slot_opens: Ints
    slot_cutoff: Ints  # NEVER where there is none
    slot_element: Ints
    slot_least: Ints
    slot_work: Ints  # thousandths of a minute
    slot_hours: Ints  # row of working hours, -1: round the clock
    slot_reopens: Ints  # row of ``reopens``
    slot_reaches: Ints  # number of the state of the file
    hours_first: Ints  # [rows + 1]
    hours_from: Ints
    hours_to: Ints
    midnights: Ints  # minute at which each calendar day begins
    reopens: NDArray[np.int64]  # [rows, days] minute of that hour on the next bank day after the day
    fall_decide: Ints  # latest decision minute
    fall_decision: Ints  # minutes that the decision takes
    fall_set_up: Ints
    fall_down_for: Ints  # own rule, -1: none
    fall_allowed: Ints  # 1 or 0
    fall_covered: Ints  # payees covered
    fall_rate: Ints  # interim: thousandths of a case per hour, all staff together; else 0
    fall_interim: Ints  # 1 or 0
    fall_least: Ints
    fall_need: Ints  # [fallbacks + 1]
    need_element: Ints


@dataclass(frozen=True, slots=True)
class FallbackPlan:
    """One fallback of one pay day."""

    fallback: Fallback
    decide_at: int
    refusals: tuple[str, ...]
    covered: int  # payees; for interim decisions the most that they can be

    @property
    def allowed(self) -> bool:
        """Tell whether nothing forbids it before the run."""
        return not self.refusals


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One pay day of one stream."""

    stream: Stream
    pay: PayDate
    due: int
    payees: int
    stages: tuple[Stage, ...]
    fallbacks: tuple[FallbackPlan, ...]
    early: FallbackPlan | None  # the standing early release in force

    @property
    def sek(self) -> int:
        """What falls due, in whole SEK."""
        return self.payees * self.stream.amount


@dataclass(slots=True)
class Setting:
    """What the making of a plan needs at hand."""

    organisation: Organisation
    scenario: Scenario
    start: dt.datetime
    horizon: int
    banks: BankCalendar
    dates: list[dt.date]
    elements: dict[str, int] = field(default_factory=dict)

    def number(self, element: str) -> int:
        """Return the number of ``element`` among those that stages and fallbacks ask for."""
        return self.elements.setdefault(element, len(self.elements))

    def minute(self, date: dt.date, minute_of_day: int) -> int:
        """Return the minute of a local hour."""
        return local_minute(self.start, date, minute_of_day)


class Writer:
    """Writes pay days into arrays."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.columns: dict[str, list[int]] = {name: [] for name in PayArrays._fields}
        self.hours: dict[object, int] = {}
        self.reopens: dict[int, int] = {}

    def arrays(self, days: list[DayPlan], *, early: bool, fallbacks: bool) -> PayArrays:
        """Return the arrays of ``days``, with the early releases in force and the fallbacks or without."""
        put = self.columns
        before = None
        for number, day in enumerate(days):
            if before is None or day.stream.id != before.stream.id:
                put["stream_first"].append(number)
                put["stream_allowance"].append(day.stream.restart_allowance)
            self._day(day, early)
            put["day_fallback"].append(len(put["fall_decide"]))
            for plan in day.fallbacks if fallbacks else ():
                self._fallback(plan)
            before = day
        put["stream_first"].append(len(days))
        put["day_fallback"].append(len(put["fall_decide"]))
        put["fall_need"].append(len(put["need_element"]))
        put["hours_first"].append(len(put["hours_from"]))
        put["midnights"] = [self.setting.minute(date, 0) for date in self.setting.dates]
        made = {name: np.array(values, np.int64) for name, values in put.items()}
        made["reopens"] = self._reopens()
        return PayArrays(**made)

    def _day(self, day: DayPlan, early: bool) -> None:
        put, stop = self.columns, stop_stage(self.setting.organisation, day.stream)
        first = len(put["slot_opens"])
        ahead = days_early(day.early.fallback) if early and day.early else 0
        for number, stage in enumerate(day.stages):
            self._slot(stage, day, ahead if number <= last_file_stage(day.stages) else 0)
        if stop is not None:
            self._slot(stop, day, 0)
        put["day_due"].append(day.due)
        put["day_payees"].append(day.payees)
        put["day_slot"].append(first)
        put["day_stages"].append(len(day.stages))
        put["day_slots"].append(len(put["slot_opens"]) - first)
        put["day_stop"].append(first + len(day.stages) if stop is not None else -1)

    def _slot(self, stage: Stage, day: DayPlan, ahead: int) -> None:
        put, setting, paid = self.columns, self.setting, day.pay.paid
        opens = setting.minute(setting.banks.shift(paid, -stage.opens_days - ahead), stage.opens_at)
        cutoff = NEVER
        if stage.cutoff_days is not None:
            cutoff = setting.minute(setting.banks.shift(paid, -stage.cutoff_days), stage.cutoff_at)
        put["slot_opens"].append(opens)
        put["slot_cutoff"].append(cutoff)
        put["slot_element"].append(setting.number(stage.element))
        put["slot_least"].append(stage.least_level)
        put["slot_work"].append(stage.work * 1000)
        put["slot_hours"].append(self._hours(stage))
        put["slot_reopens"].append(self.reopens.setdefault(stage.opens_at, len(self.reopens)))
        put["slot_reaches"].append(_REACHED.get(stage.reaches, 0))

    def _hours(self, stage: Stage) -> int:
        if not stage.hours:
            return -1
        if stage.hours not in self.hours:
            self.hours[stage.hours] = len(self.hours)
            self.columns["hours_first"].append(len(self.columns["hours_from"]))
            for opens, closes in open_spans(stage, self.setting.dates, self.setting.start):
                self.columns["hours_from"].append(opens)
                self.columns["hours_to"].append(closes)
        return self.hours[stage.hours]

    def _reopens(self) -> NDArray[np.int64]:
        setting = self.setting
        step = dt.timedelta(days=1)
        following = [setting.banks.onward(date + step) for date in setting.dates]
        rows = [[setting.minute(date, hour) for date in following] for hour in self.reopens]
        return np.array(rows, np.int64).reshape(len(rows), len(following))

    def _fallback(self, plan: FallbackPlan) -> None:
        put, fallback = self.columns, plan.fallback
        put["fall_decide"].append(plan.decide_at)
        put["fall_decision"].append(fallback.decision_time)
        put["fall_set_up"].append(fallback.set_up)
        put["fall_down_for"].append(-1 if fallback.down_for is None else fallback.down_for)
        decided = plan.allowed and fallback.kind != "early"  # early release stands or does not
        put["fall_allowed"].append(int(decided))
        put["fall_covered"].append(plan.covered)
        put["fall_rate"].append(fallback.cases_per_hour * fallback.staff)
        put["fall_interim"].append(int(fallback.kind == "interim"))
        put["fall_least"].append(fallback.least_level)
        put["fall_need"].append(len(put["need_element"]))
        put["need_element"] += [self.setting.number(e) for e in fallback.elements]


def last_file_stage(stages: tuple[Stage, ...]) -> int:
    """Return the position of the last stage that an early release moves: making to receipt of the file."""
    file_states = [_REACHED.get(s.reaches, 0) for s in stages]
    return max((n for n, state in enumerate(file_states) if 0 < state <= _RECEIVED), default=-1)


def open_spans(stage: Stage, dates: list[dt.date], start: dt.datetime) -> list[tuple[int, int]]:
    """Return the working hours of ``stage`` on ``dates`` as merged spans of minutes after ``start``."""
    spans: list[tuple[int, int]] = []
    for date in dates:
        for span in sorted(stage.hours, key=lambda s: s.opens):
            opens, closes = (local_minute(start, date, m) for m in (span.opens, span.closes))
            if span.weekday != date.weekday() or opens >= closes:
                continue
            if spans and opens <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], closes))
            else:
                spans.append((opens, closes))
    return spans
