"""Pay days, their stages and fallbacks written into arrays.

Minutes count from minute 0 and may be negative (a stage that opened before the run, when every level
was 1000). ``NEVER`` stands for "not at all".
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from continuity.model.calendar import BankCalendar, PayDate, days_early, local_minute
from continuity.model.kinds import Fallback, Scenario, Stage, Stream
from continuity.model.kinds.payments import REACHES
from continuity.model.organisation import Organisation
from continuity.model.payments import stop_stage
from continuity.model.values import WorkSpan
from continuity.simulation.compiled import Table, columns
from continuity.simulation.pay_state import PayState

NEVER: Final = 2**31 - 1
#: States of the file, by number; the last follows from the others.
STATES: Final = ("not_made", "made", "sent", "received", "executed", "usable", "receipt_unknown")
_REACHED: Final = {name: number for number, name in enumerate(r for r in REACHES if r != "stop")}
_RECEIVED: Final = _REACHED["received"]

Ints = NDArray[np.int64]


STREAMS: Final = columns("first end allowance")  # its pay days, its restart allowance
#: ``used``: place of a fallback in use at minute 0 (-1: none), with its instants and payees;
#: ``unknown`` 1: the receipt of a sent file is unknown at minute 0.
DAYS: Final = columns("due slot stages slots stop falls falls_end used begun finished covered unknown")
#: ``known``: when it was done before minute 0 (``NEVER``: it was not); ``since``: from when it is walked.
SLOTS: Final = columns("opens cutoff element least work spans spans_end reopens reaches known since left")
FALLS: Final = columns("decide decision set_up down_for allowed covered rate interim least needs needs_end")
SPANS: Final = columns("opens closes")


class PayArrays(NamedTuple):
    """The plan as the kernels read it. Pay days lie stream by stream, in order of payment.

    A *slot* is one stage of one pay day; the same stage of the stream's earlier pay day lies ``slots``
    slots earlier. A stop stage has a slot of its own behind the others of its day (``stop``, -1: none).
    Work is kept in thousandths of a minute; working hours are rows of ``spans`` (none: round the clock);
    ``down_for`` -1 means no own rule; ``rate`` is thousandths of a case per hour, all staff together.
    """

    streams: Table
    days: Table
    slots: Table
    falls: Table
    spans: Table
    needs: Ints  # elements that fallbacks need
    midnights: Ints  # minute at which each calendar day begins
    reopens: Ints  # [rows, days] minute of that hour on the next bank day after the day


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
    state: PayState
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
        self.streams: list[tuple[int, ...]] = []
        self.days: list[tuple[int, ...]] = []
        self.slots: list[tuple[int, ...]] = []
        self.falls: list[tuple[int, ...]] = []
        self.spans: list[tuple[int, int]] = []
        self.needs: list[int] = []
        self.hours: dict[object, tuple[int, int]] = {(): (0, 0)}
        self.reopens: dict[int, int] = {}

    def arrays(self, days: list[DayPlan], *, early: bool, fallbacks: bool) -> PayArrays:
        """Return the arrays of ``days``, with the early releases in force and the fallbacks or without."""
        for day in days:
            self._day(day, early, day.fallbacks if fallbacks else ())
        ends = [n for n, day in enumerate(days) if n + 1 == len(days) or days[n + 1].stream != day.stream]
        begins = [0, *(n + 1 for n in ends)]
        for first, last in zip(begins, ends, strict=False):
            self.streams.append((first, last + 1, days[first].stream.restart_allowance))
        return PayArrays(
            streams=rows(self.streams, STREAMS),
            days=rows(self.days, DAYS),
            slots=rows(self.slots, SLOTS),
            falls=rows(self.falls, FALLS),
            spans=rows(self.spans, SPANS),
            needs=np.array(self.needs, np.int64),
            midnights=np.array([self.setting.minute(date, 0) for date in self.setting.dates], np.int64),
            reopens=self._reopens(),
        )

    def _day(self, day: DayPlan, early: bool, fallbacks: tuple[FallbackPlan, ...]) -> None:
        stop = stop_stage(self.setting.organisation, day.stream)
        first, falls = len(self.slots), len(self.falls)
        ahead = days_early(day.early.fallback) if early and day.early else 0
        for number, stage in enumerate(day.stages):
            self._slot(stage, day, ahead if number <= last_file_stage(day.stages) else 0)
        if stop is not None:
            self._slot(stop, day, 0)
        for plan in fallbacks:
            self._fallback(plan)
        count = len(day.stages)
        stop_slot = -1 if stop is None else first + count
        slots = len(self.slots) - first
        begun = self._in_use(day, fallbacks)
        unknown = int((day.stream.id, day.pay.nominal) in self.setting.state.receipt_unknown)
        self.days.append((day.due, first, count, slots, stop_slot, falls, len(self.falls), *begun, unknown))

    def _in_use(self, day: DayPlan, fallbacks: tuple[FallbackPlan, ...]) -> tuple[int, int, int, int]:
        held = self.setting.state.fallbacks.get((day.stream.id, day.pay.nominal))
        for place, plan in enumerate(fallbacks):
            if held is not None and plan.fallback.id == held.fallback:
                finished = NEVER if held.finished is None else held.finished
                return place, held.begun, finished, held.covered
        return -1, 0, NEVER, 0

    def _slot(self, stage: Stage, day: DayPlan, ahead: int) -> None:
        setting, paid = self.setting, day.pay.paid
        opens = setting.minute(setting.banks.shift(paid, -stage.opens_days - ahead), stage.opens_at)
        cutoff = NEVER
        if stage.cutoff_days is not None:
            cutoff = setting.minute(setting.banks.shift(paid, -stage.cutoff_days), stage.cutoff_at)
        element, spans = setting.number(stage.element), self._hours(stage)
        reopens = self.reopens.setdefault(stage.opens_at, len(self.reopens))
        facts = (opens, cutoff, element, stage.least_level, stage.work * 1000)
        begun = self._begun(stage, day)
        self.slots.append((*facts, *spans, reopens, _REACHED.get(stage.reaches, 0), *begun))

    def _begun(self, stage: Stage, day: DayPlan) -> tuple[int, int, int]:
        held = self.setting.state.stages.get((day.stream.id, day.pay.nominal), {}).get(stage.id)
        if held is None:
            return NEVER, -NEVER, stage.work * 1000
        return NEVER if held.done is None else held.done, 0, held.left

    def _hours(self, stage: Stage) -> tuple[int, int]:
        if stage.hours not in self.hours:
            first = len(self.spans)
            self.spans += open_spans(stage.hours, self.setting.dates, self.setting.start)
            self.hours[stage.hours] = (first, len(self.spans))
        return self.hours[stage.hours]

    def _reopens(self) -> Ints:
        setting = self.setting
        step = dt.timedelta(days=1)
        following = [setting.banks.onward(date + step) for date in setting.dates]
        rows = [[setting.minute(date, hour) for date in following] for hour in self.reopens]
        return np.array(rows, np.int64).reshape(len(rows), len(following))

    def _fallback(self, plan: FallbackPlan) -> None:
        fallback, needs = plan.fallback, len(self.needs)
        self.needs += [self.setting.number(e) for e in fallback.elements]
        decided = plan.allowed and fallback.kind != "early"  # early release stands or does not
        down_for = -1 if fallback.down_for is None else fallback.down_for
        times = (plan.decide_at, fallback.decision_time, fallback.set_up, down_for)
        rate = fallback.cases_per_hour * fallback.staff
        gives = (int(decided), plan.covered, rate, int(fallback.kind == "interim"))
        self.falls.append((*times, *gives, fallback.least_level, needs, len(self.needs)))


def rows(values: list[Any], of: np.dtype[Any]) -> Table:
    """Return ``values`` as a table with columns ``of``."""
    return np.array(values, of).view(np.recarray)


def last_file_stage(stages: tuple[Stage, ...]) -> int:
    """Return the position of the last stage that an early release moves: making to receipt of the file."""
    file_states = [_REACHED.get(s.reaches, 0) for s in stages]
    return max((n for n, state in enumerate(file_states) if 0 < state <= _RECEIVED), default=-1)


def open_spans(
    hours: tuple[WorkSpan, ...], dates: list[dt.date], start: dt.datetime
) -> list[tuple[int, int]]:
    """Return working ``hours`` on ``dates`` as merged spans of minutes after ``start``."""
    spans: list[tuple[int, int]] = []
    in_order = sorted(hours, key=lambda s: s.opens)
    for date in dates:
        for span in in_order:
            if span.weekday != date.weekday():
                continue
            opens, closes = (local_minute(start, date, m) for m in (span.opens, span.closes))
            if opens >= closes:
                continue
            if spans and opens <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(spans[-1][1], closes))
            else:
                spans.append((opens, closes))
    return spans
