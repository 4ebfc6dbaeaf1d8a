"""What should be known before a run: no pay days in it, bank days computed, runs late even at rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from continuity.model.kinds import Stream
from continuity.model.problems import Problem
from continuity.model.rules.scenarios import events_too_late, events_without_effect
from continuity.simulation.pay import PayBlock
from continuity.simulation.pay_arrays import NEVER
from continuity.simulation.pay_plan import PayPlan
from continuity.simulation.remarks_at_rest import (
    at_rest,
    chains_that_never_run,
    crews_without_work,
    queues_that_grow,
    streams_without_chain,
)
from continuity.simulation.variant import Variant


def remarks_on(variant: Variant) -> tuple[Problem, ...]:
    """Return the warnings that concern ``variant``; nothing is drawn."""
    organisation, plan, scenario = variant.organisation, variant.plan, variant.scenario
    late = replace(scenario, horizon_days=variant.compiled.horizon // 1440)  # the run's own horizon
    events = (*events_too_late(organisation, late), *events_without_effect(organisation, scenario))
    work = (*events, *queues_that_grow(organisation), *crews_without_work(organisation, scenario))
    if not organisation.all(Stream):
        return work  # who pays nobody has no use for bank days
    block = at_rest(plan)
    chains = (*streams_without_chain(organisation), *chains_that_never_run(plan, block))
    return (*_no_pay_days(variant), *plan.remarks, *chains, *late_at_rest(plan, block), *work)


def _no_pay_days(variant: Variant) -> Iterator[Problem]:
    if not variant.plan.days:
        scenario = variant.scenario
        facts: dict[str, object] = {"days": variant.compiled.horizon // 1440}
        about = ("scenario", scenario.id, scenario.code, "horizon_days")
        yield Problem("no-pay-days-in-run", "warning", *about, facts=facts)


def late_at_rest(plan: PayPlan, block: PayBlock) -> Iterator[Problem]:
    """Yield, per stream, its first pay day that the ordinary run misses even when nothing happens."""
    told = set()
    late = (block.paid[:, 0] > plan.arrays.days["due"]) & (block.paid[:, 0] != NEVER)
    for number in np.flatnonzero(late).tolist():
        day = plan.days[number]
        if day.stream.id not in told:
            told.add(day.stream.id)
            facts: dict[str, object] = {"stream": day.stream.name, "date": day.pay.paid.isoformat()}
            yield Problem("late-at-rest", "warning", "stream", day.stream.id, day.stream.code, facts=facts)
