"""What should be known before a run: no pay days in it, bank days computed, runs late even at rest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from continuity.model.kinds import Stream
from continuity.model.problems import Problem
from continuity.simulation.pay import pay
from continuity.simulation.pay_plan import PayPlan
from continuity.simulation.variant import Variant


def remarks_on(variant: Variant) -> tuple[Problem, ...]:
    """Return the warnings that concern ``variant``; nothing is drawn."""
    if not variant.organisation.all(Stream):
        return ()  # who pays nobody has no use for bank days
    return (*_no_pay_days(variant), *variant.plan.remarks, *late_at_rest(variant.plan))


def _no_pay_days(variant: Variant) -> Iterator[Problem]:
    if not variant.plan.days:
        scenario = variant.scenario
        facts: dict[str, object] = {"days": variant.compiled.horizon // 1440}
        about = ("scenario", scenario.id, scenario.code, "horizon_days")
        yield Problem("no-pay-days-in-run", "warning", *about, facts=facts)


def late_at_rest(plan: PayPlan) -> Iterator[Problem]:
    """Yield, per stream, its first pay day that the ordinary run misses even when nothing happens."""
    count = len(plan.elements)
    full = (np.zeros(count, np.int32), np.full(count, 1000, np.int16))
    offsets = np.array([[n, n + 1] for n in range(count)], np.int64).reshape(count, 2)
    block = pay(plan, (*full, offsets), list(range(count)))
    told = set()
    for number in np.flatnonzero(block.paid[:, 0] > plan.arrays.days["due"]).tolist():
        day = plan.days[number]
        if day.stream.id not in told:
            told.add(day.stream.id)
            facts: dict[str, object] = {"stream": day.stream.name, "date": day.pay.paid.isoformat()}
            yield Problem("late-at-rest", "warning", "stream", day.stream.id, day.stream.code, facts=facts)
