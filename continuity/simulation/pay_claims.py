"""Claims that are not decided when the file is made: who must wait for the stream's next pay day.

What waits at a function beyond what waits there also when nothing happens is late. Seen at the opening of
a pay day's first stage, against the cases that arrived since the opening of the same payees' pay day
before, it tells which share of them is not decided. First in, first out: theirs come before newer cases.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from continuity.model.calendar import PayDate, days_early, pay_days
from continuity.model.kinds import Function, Stream
from continuity.model.values import PayDay
from continuity.simulation.backlog import Queues, arriving, has_queue, queues_of
from continuity.simulation.compiled import FULL
from continuity.simulation.pay_arrays import NEVER, DayPlan, Setting, last_file_stage

Ints = NDArray[np.int64]
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Claims:
    """Queues that decide claims; and per pay day its queue (-1: none) and the opening of its first stage."""

    functions: tuple[str, ...]
    elements: Ints  # numbers of the functions among the plan's elements
    queues: Queues
    queue: Ints
    opens: Ints
    arrived: Ints  # units that arrived since the opening of the pay day before
    so_far: Ints  # units that arrived until the opening, from a day long before minute 0
    held: Ints  # [2, pay days] units late at an opening before minute 0, and since when


@dataclass(frozen=True, slots=True)
class Undecided:
    """Payees not decided, per pay day and replication; since when the queue was late.

    ``waiting[k]``: still not decided at the opening of the k-th later pay day of the stream.
    """

    waiting: tuple[Ints, ...]
    late: Ints  # units late at the opening
    since: Ints


def claims_of(setting: Setting, days: list[DayPlan]) -> Claims | None:
    """Return the claims among ``days``, or None where there are none."""
    deciders = {day.stream.id: _decider(setting, day.stream) for day in days}
    functions = sorted({f.id: f for f in deciders.values() if f}.values(), key=lambda f: f.id)
    if not functions:
        return None
    place = {function.id: number for number, function in enumerate(functions)}
    waiting, scenario = dict(setting.state.waiting), setting.scenario
    queues = queues_of(functions, scenario, setting.start, setting.horizon, waiting)
    first = setting.minute(setting.dates[0], 0)
    numbers, opens, arrived, so_far = [], [], [], []
    for day in days:
        function = deciders[day.stream.id]
        begins, before = _openings(setting, day) if function else (0, 0)
        numbers.append(place[function.id] if function else -1)
        opens.append(begins)
        arrived.append(_arrived(setting, function, before, begins) if function else 0)
        so_far.append(_arrived(setting, function, first, begins) if function else 0)
    return Claims(
        functions=tuple(place),
        elements=np.array([setting.number(id_) for id_ in place], np.int64),
        queues=queues,
        queue=np.array(numbers, np.int64),
        opens=np.array(opens, np.int64),
        arrived=np.array(arrived, np.int64),
        so_far=np.array(so_far, np.int64),
        held=_held(setting, days),
    )


def _held(setting: Setting, days: list[DayPlan]) -> Ints:
    """Return what the state at minute 0 says of pay days whose first stage has opened."""
    found = [setting.state.late.get((day.stream.id, day.pay.nominal), (0, 0)) for day in days]
    return np.array(found, np.int64).reshape(-1, 2).T


def _decider(setting: Setting, stream: Stream) -> Function | None:
    """Return the function whose queue decides the claims of ``stream``."""
    if stream.entitlement != "CLAIM" or stream.function is None:
        return None
    function = setting.organisation.of(Function, stream.function)
    return function if function and function.in_use and has_queue(function) else None


def _openings(setting: Setting, day: DayPlan) -> tuple[int, int]:
    """Return the openings of the first stage of ``day`` and of the pay day before it of the same payees."""
    stage = day.stages[0]
    moved = day.early is not None and last_file_stage(day.stages) >= 0
    ahead = days_early(day.early.fallback) if day.early and moved else 0
    theirs = tuple(one for one in day.stream.pay_days if _is_of(one, day.pay.nominal))[:1]
    earlier = pay_days(
        replace(day.stream, pay_days=theirs), setting.banks, setting.dates[0], day.pay.paid - _A_DAY
    )

    def opening(pay: PayDate) -> int:
        return setting.minute(setting.banks.shift(pay.paid, -stage.opens_days - ahead), stage.opens_at)

    before = [pay for pay in earlier if pay.nominal < day.pay.nominal]
    return opening(day.pay), opening(before[-1]) if before else setting.minute(setting.dates[0], 0)


def _is_of(one: PayDay, nominal: dt.date) -> bool:
    """Tell whether ``nominal`` is the day of the month that ``one`` names."""
    last = calendar.monthrange(nominal.year, nominal.month)[1]
    return min(one.day, last) == nominal.day


def _arrived(setting: Setting, function: Function, first: int, last: int) -> int:
    """Return what arrives from ``first`` to ``last``: ordinarily until the scenario begins."""
    turn = min(max(setting.state.began, first), last)
    return (turn - first) * function.arrivals + (last - turn) * arriving(function, setting.scenario.demand)


def undecided(claims: Claims, pieces: Any, payees: Ints, streams: Any) -> Undecided | None:
    """Return who waits, None where nobody does.

    ``payees`` [P, 1], ``streams`` the plan's (first and end of their pay days).
    """
    from continuity.simulation.backlog_kernels import late_at

    days = np.flatnonzero(claims.queue >= 0)
    order = days[np.argsort(claims.queue[days], kind="stable")]
    asked = np.stack([claims.queue[order], claims.opens[order]], axis=1)
    found = late_at(*claims.queues, claims.elements, pieces, asked)
    if not found[0].any() and not claims.held.any():
        return None
    late, since = np.zeros((2, len(claims.queue), pieces[2].shape[1] - 1), np.int64)
    late[order], since[order] = found
    before = claims.opens < 0
    late[before], since[before] = claims.held[:, before, None]
    waiting = [_waiting(claims, late, payees, streams, 0)]
    while waiting[-1].any():
        waiting.append(np.minimum(_waiting(claims, late, payees, streams, len(waiting)), waiting[-1]))
    return Undecided(tuple(waiting), late, since)


def _waiting(claims: Claims, late: Ints, payees: Ints, streams: Any, later: int) -> Ints:
    """Return the payees of each pay day who are not decided at the opening of the ``later``-th one after."""
    made = np.zeros_like(late)
    for stream in streams:
        for day in range(int(stream["first"]), int(stream["end"]) - later):
            arrived = int(claims.arrived[day])
            if arrived <= 0:
                continue
            newer = claims.so_far[day + later] - claims.so_far[day]
            theirs = np.clip(late[day + later] - newer, 0, arrived)
            made[day] = payees[day] * (FULL * theirs // arrived) // FULL
    return made


def joined(waiting: tuple[Ints, ...], paid: Ints, streams: Any) -> list[tuple[Ints, Ints]]:
    """Return the payees who are paid with a later pay day: (people, instant) [P, R]; NEVER after the last."""
    groups = []
    ends = np.zeros(len(paid), np.int64)
    for stream in streams:
        ends[int(stream["first"]) : int(stream["end"])] = int(stream["end"])
    for later in range(1, len(waiting) + 1):
        still = waiting[later] if later < len(waiting) else np.zeros_like(paid)
        place = np.arange(len(paid)) + later
        inside = place < ends
        instant = np.where(inside[:, None], paid[np.minimum(place, len(paid) - 1)], NEVER)
        # Past the stream's last pay day of the run nobody is decided any more.
        groups.append((np.where(inside[:, None], waiting[later - 1] - still, waiting[later - 1]), instant))
    return groups
