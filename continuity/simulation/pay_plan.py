"""All that is fixed about the pay days of a run before any draw: hours, elements, fallbacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from continuity.model.calendar import (
    BankCalendar,
    PayDate,
    decide_by,
    local_time,
    pay_days,
    payees_of,
    stages_in_use,
    uncovered_years,
)
from continuity.model.kinds import Fallback, Scenario, Stage, Stream
from continuity.model.organisation import Organisation
from continuity.model.payments import refusals
from continuity.model.problems import Problem, Refused
from continuity.simulation.pay_arrays import DayPlan, FallbackPlan, PayArrays, Setting, Writer
from continuity.simulation.pay_claims import Claims, claims_of
from continuity.simulation.pay_state import NOTHING_BEGUN, PayState

DAYS_BEFORE: Final = 60  # calendar days before minute 0 for which midnights are kept


@dataclass(frozen=True, slots=True)
class PayPlan:
    """The pay days that fall due in a run, with their arrays."""

    days: tuple[DayPlan, ...]
    arrays: PayArrays
    plain: PayArrays | None  # without early release and fallbacks; None where no early release is in force
    elements: tuple[str, ...]  # ids of the elements that stages and fallbacks ask for, as numbered
    horizon: int
    lag: int  # detection and declaration
    first_day: int  # ordinal of the date of ``midnights[0]``
    remarks: tuple[Problem, ...]  # years whose bank days are computed
    claims: Claims | None = None  # who decides the claims; None where no stream waits for decisions
    began: int = 0  # minute from which cases arrive as the scenario says


def pay_plan(
    organisation: Organisation,
    scenario: Scenario,
    start: dt.datetime,
    horizon: int,
    state: PayState = NOTHING_BEGUN,
) -> PayPlan:
    """Return the plan of all pay days with 0 < due minute <= ``horizon``; ``start`` is minute 0 in UTC.

    Pay days that ``state`` leaves open take part too. Only elements in use count.
    """
    first = local_time(start, 0).date() - dt.timedelta(days=DAYS_BEFORE)
    last = local_time(start, horizon).date() + dt.timedelta(days=2)
    dates = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    setting = Setting(organisation, scenario, start, horizon, BankCalendar.of(organisation), dates, state)
    _refuse_closed_stages(organisation)
    days = [day for stream in _by_id(organisation) for day in _stream_days(setting, stream)]
    arrays = Writer(setting).arrays(days, early=True, fallbacks=True)
    early = any(day.early for day in days)
    plain = Writer(setting).arrays(days, early=False, fallbacks=False) if early else None
    claims = claims_of(setting, days)
    return PayPlan(
        days=tuple(days),
        arrays=arrays,
        plain=plain,
        elements=tuple(setting.elements),
        horizon=horizon,
        lag=scenario.detection + scenario.declaration,
        first_day=first.toordinal(),
        remarks=uncovered_years(setting.banks, local_time(start, 0).date(), last),
        claims=claims,
        began=state.began,
    )


def _refuse_closed_stages(organisation: Organisation) -> None:
    """Raise Refused where the working hours of a stage have no minute: its chain could never run."""
    problems = []
    for stream in _by_id(organisation):
        for stage in stages_in_use(organisation, stream):
            if stage.hours and all(span.opens >= span.closes for span in stage.hours):
                facts: dict[str, object] = {"stream": stream.name, "stage": stage.name}
                about = ("stage", stage.id, stage.code, "hours")
                problems.append(Problem("stage-never-open", "error", *about, facts=facts))
    if problems:
        raise Refused(problems)


def _by_id(organisation: Organisation) -> list[Stream]:
    return sorted(organisation.all(Stream), key=lambda s: s.id)


def _stream_days(setting: Setting, stream: Stream) -> list[DayPlan]:
    stages = stages_in_use(setting.organisation, stream)
    if not stages:
        return []
    found = []
    first, last = setting.dates[0], local_time(setting.start, setting.horizon).date()
    for pay in pay_days(stream, setting.banks, first, last):
        due = setting.minute(pay.paid, stream.due)
        still_open = setting.state.is_open((stream.id, pay.nominal))
        if 0 < due <= setting.horizon or (due <= 0 and still_open):
            found.append(_day(setting, stream, stages, pay, due))
    return found


def _day(setting: Setting, stream: Stream, stages: tuple[Stage, ...], pay: PayDate, due: int) -> DayPlan:
    payees = payees_of(stream, pay)
    plans = []
    for id_ in stream.fallbacks:
        fallback = setting.organisation.of(Fallback, id_)
        if fallback is not None:
            plans.append(_fallback(setting, stream, fallback, stages, pay))
    early = next((p for p in plans if p.fallback.kind == "early" and p.allowed), None)
    return DayPlan(stream, pay, due, payees, stages, tuple(plans), early)


def _fallback(
    setting: Setting, stream: Stream, fallback: Fallback, stages: tuple[Stage, ...], pay: PayDate
) -> FallbackPlan:
    reasons = [p.code for p in refusals(setting.organisation, setting.scenario, stream, fallback)]
    due = setting.start + dt.timedelta(minutes=setting.minute(pay.paid, stream.due))
    decide = decide_by(setting.banks, stages, fallback, pay.paid, due)
    payees = payees_of(stream, pay)
    covered = payees if fallback.kind == "interim" else payees * fallback.coverage // 1000
    if fallback.counter is not None:
        covered = min(covered, fallback.counter.per_day)
    minute = int((decide - setting.start).total_seconds()) // 60
    return FallbackPlan(fallback, minute, tuple(reasons), covered)


def element_rows(plan: PayPlan, rows: Mapping[str, int]) -> list[int]:
    """Return the compiled row of each element of ``plan``, by its own number."""
    return [rows[id_] for id_ in plan.elements]
