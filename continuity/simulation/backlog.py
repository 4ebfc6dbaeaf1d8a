"""Work that waits: the queue of each function whose cases are counted, as tables of numbers.

A queue is a fluid: cases arrive round the clock, work is done in working hours at capacity × level. It
is kept in 1/60,000 case, so that thousandths of a case per hour are whole numbers per minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from continuity.model.calendar import local_time
from continuity.model.kinds import Function, Scenario
from continuity.simulation.compiled import FULL, Table, columns
from continuity.simulation.pay_arrays import open_spans, rows

#: Units in one case.
CASE: Final = 60_000

#: What arrives per minute under the scenario and ordinarily, what is done per minute at full level, the
#: working hours, and what waits at minute 0 (in this run, and where nothing ever happened).
QUEUE: Final = columns("arrivals ordinary capacity spans spans_end waits waits_ordinarily")
SPAN: Final = columns("opens closes")


class Queues(NamedTuple):
    """The queues of some functions, in their order. A queue without hours has one span: the whole run."""

    horizon: int
    queues: Table
    spans: Table


def has_queue(function: Function) -> bool:
    """Tell whether the cases of ``function`` are counted."""
    return function.arrivals > 0


def arriving(function: Function, demand: int) -> int:
    """Return what arrives per minute with a demand of ``demand`` permille."""
    return function.arrivals * demand // FULL


def queues_of(
    functions: Iterable[Function],
    scenario: Scenario,
    start: dt.datetime,
    horizon: int,
    waiting: dict[str, tuple[int, int]] | None = None,
) -> Queues:
    """Return the queues of ``functions``; ``waiting`` is what waits at minute 0 by function id."""
    first, last = local_time(start, 0).date(), local_time(start, horizon).date()
    dates = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    queues: list[tuple[int, ...]] = []
    spans: list[tuple[int, int]] = []
    for function in functions:
        begin = len(spans)
        spans += open_spans(function.hours, dates, start) if function.hours else [(0, horizon)]
        held = (waiting or {}).get(function.id, (0, 0))
        rates = (arriving(function, scenario.demand), function.arrivals, function.capacity)
        queues.append((*rates, begin, len(spans), *held))
    return Queues(horizon, rows(queues, QUEUE), np.array(spans, SPAN).view(np.recarray))
