"""What never works even when nothing happens: chains that cannot run, queues that only grow, idle crews."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from continuity.model.calendar import stages_in_use
from continuity.model.kinds import Function, Record, Resource, Scenario, Stream, kind_of
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem
from continuity.simulation.backlog import has_queue
from continuity.simulation.pay import PayBlock, pay
from continuity.simulation.pay_arrays import NEVER
from continuity.simulation.pay_plan import PayPlan

_WEEK = 7 * 1440


def at_rest(plan: PayPlan) -> PayBlock:
    """Return what happens to the pay days when every level is full throughout."""
    count = len(plan.elements)
    full = (np.zeros(count, np.int32), np.full(count, 1000, np.int16))
    offsets = np.array([[n, n + 1] for n in range(count)], np.int64).reshape(count, 2)
    return pay(plan, (*full, offsets), list(range(count)))


def chains_that_never_run(plan: PayPlan, block: PayBlock) -> Iterator[Problem]:
    """Yield, per stream, the first stage that is never done when nothing happens."""
    told = set()
    for number, day in enumerate(plan.days):
        first = int(plan.arrays.days["slot"][number])
        done = block.done[first : first + len(day.stages), 0]
        stuck = next((n for n, when in enumerate(done.tolist()) if when == NEVER), None)
        if stuck is None or day.stream.id in told:
            continue
        told.add(day.stream.id)
        stage = day.stages[stuck]
        yield _about(stage, "stage-never-done", "work", stream=day.stream.name, stage=stage.name)


def streams_without_chain(organisation: Organisation) -> Iterator[Problem]:
    """Yield the streams that take no part: no stage of theirs is done by something in use."""
    for stream in organisation.all(Stream):
        if stream.pay_days and not stages_in_use(organisation, stream):
            yield _about(stream, "stream-without-chain", "", stream=stream.name)


def queues_that_grow(organisation: Organisation) -> Iterator[Problem]:
    """Yield the functions that cannot do what arrives, even at full level and ordinary demand."""
    for function in organisation.all(Function):
        if not function.in_use or not has_queue(function):
            continue
        at_work = sum(max(0, s.closes - s.opens) for s in function.hours) if function.hours else _WEEK
        if function.arrivals * _WEEK > function.capacity * at_work:
            percent = 100 * function.capacity * at_work // (function.arrivals * _WEEK)
            yield _about(function, "queue-grows-at-rest", "capacity", percent=percent)


def crews_without_work(organisation: Organisation, scenario: Scenario) -> Iterator[Problem]:
    """Yield the kinds of crew that no resource asks for: a kind that is spelt otherwise repairs nothing."""
    asked = {r.crew_kind.strip().casefold() for r in organisation.all(Resource) if r.in_use}
    for crew in scenario.crews:
        if crew.kind.strip().casefold() not in asked:
            yield _about(scenario, "crew-without-work", "crews", crew=crew.kind)


def _about(record: Record, code: str, field: str, **facts: object) -> Problem:
    return Problem(code, "warning", kind_of(record).name, record.id, record.code, field, facts=facts)
