"""In which order everything starts again after a total stop, and how long that takes at best and worst."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from continuity.model.calendar import stages_in_use
from continuity.model.graph import graph
from continuity.model.kinds import Cycle, Element, Function, Need, Resource, Stream
from continuity.model.organisation import Organisation
from continuity.model.values import Law


@dataclass(frozen=True, slots=True)
class RestartStep:
    """One element in the order of restart; all of a wave can start at the same time."""

    element: str
    wave: int  # 1 is first
    after: tuple[str, ...]  # ids of the ordinary suppliers that must run before
    takes_best: int  # minutes
    takes_worst: int
    ready_best: int  # minutes after the first start
    ready_worst: int
    stated_order: int | None  # the planner's own restart order, where there is one
    cycle: bool  # started together with others that need it


def restart_order(organisation: Organisation, among: set[str] | None = None) -> tuple[RestartStep, ...]:
    """Return the elements in use by wave, stated order and code; standby suppliers are not waited for.

    ``among`` holds the ids that are looked at: others are taken to run already.
    """
    made = graph(organisation, standby=False)
    if among is not None:
        made = made.subgraph([id_ for id_ in made if id_ in among])
    condensed = nx.condensation(made)
    lags, black_start = _lags(organisation), _black_starts(organisation)
    wave: dict[int, int] = {}
    ready: dict[int, tuple[int, int]] = {}
    steps = []
    for node in nx.topological_sort(condensed):
        before = list(condensed.predecessors(node))
        members = sorted(condensed.nodes[node]["members"])
        wave[node] = 1 + max((wave[b] for b in before), default=0)
        begin = [max((ready[b][side] for b in before), default=0) for side in (0, 1)]
        takes = {id_: _takes(organisation, id_, lags.get(id_, 0)) for id_ in members}
        delay = max((black_start.get(id_, 0) for id_ in members), default=0) if len(members) > 1 else 0
        ends = [begin[side] + delay + max(t[side] for t in takes.values()) for side in (0, 1)]
        ready[node] = (ends[0], ends[1])
        for id_ in members:
            after = tuple(sorted(set(made.predecessors(id_)) - set(members)))
            best, worst = takes[id_]
            done = (begin[0] + delay + best, begin[1] + delay + worst)
            order = getattr(organisation.get(id_), "restart_order", None)
            steps.append(RestartStep(id_, wave[node], after, best, worst, *done, order, len(members) > 1))
    codes = {id_: n for n, id_ in enumerate(e.id for e in organisation.elements)}
    last = max((s.stated_order or 0 for s in steps), default=0) + 1
    return tuple(sorted(steps, key=lambda s: (s.wave, s.stated_order or last, codes[s.element])))


def payment_chain(organisation: Organisation) -> set[str]:
    """Return the systems that payments go through and the systems, power and links these need.

    Functions and premises that are not started (no restart order) do not belong to it: crews work from
    wherever there is a place.
    """
    made = graph(organisation, standby=False)
    kept = [id_ for id_ in made if _is_system(organisation, id_)]
    made = made.subgraph(kept)
    found: set[str] = set()
    for stream in organisation.all(Stream):
        for stage in stages_in_use(organisation, stream):
            if stage.element in made:
                found |= {stage.element, *nx.ancestors(made, stage.element)}
    return found


def _is_system(organisation: Organisation, id_: str) -> bool:
    resource = organisation.of(Resource, id_)
    return resource is not None and (resource.category != "premises" or resource.restart_order is not None)


def slowest_chain(steps: Sequence[RestartStep]) -> tuple[RestartStep, ...]:
    """Return the steps that decide when the last of ``steps`` is back at worst, the first to start first."""
    by_id = {step.element: step for step in steps}
    found: list[RestartStep] = []
    step = max(steps, key=lambda s: (s.ready_worst, s.element), default=None)
    while step is not None:
        found.append(step)
        wave = step.wave
        # Those of a cycle wait for what any of them needs.
        near = [s for s in steps if s.cycle and s.wave == wave] if step.cycle else [step]
        before = [by_id[id_] for s in near for id_ in s.after if id_ in by_id]
        step = max(before, key=lambda s: (s.ready_worst, s.element), default=None)
    return tuple(reversed(found))


def _lags(organisation: Organisation) -> dict[str, int]:
    found: dict[str, int] = {}
    for need in organisation.all(Need):
        found[need.dependent] = max(found.get(need.dependent, 0), need.restart_lag)
    return found


def _black_starts(organisation: Organisation) -> dict[str, int]:
    return {id_: cycle.delay for cycle in organisation.all(Cycle) for id_ in cycle.members}


def _takes(organisation: Organisation, id_: str, lag: int) -> tuple[int, int]:
    element = organisation.of(Element, id_)
    if isinstance(element, Resource) and element.repair is not None:
        best, worst = bounds(element.repair)
    elif isinstance(element, Resource | Function) and element.achievable_rto is not None:
        best = worst = element.achievable_rto
    else:
        best = worst = 0
    return max(best, lag), max(worst, lag)


def bounds(law: Law) -> tuple[int, int]:
    """Return the shortest and longest minutes of a law; of one without end, one in ten and nine in ten."""
    match law.law:
        case "fixed":
            found = (law.likely, law.likely)
        case "exponential":
            found = _of_weibull(law.mean, 1.0)
        case "weibull":
            found = _of_weibull(law.scale, law.shape or 1.0)
        case "lognormal":
            median, p90 = law.median or 1, law.p90 or law.median or 1
            found = (round(median * median / max(1, p90)), p90)
        case "empirical":
            times = [o.minutes for o in law.outcomes if o.weight > 0] or [0]
            found = (min(times), max(times))
        case _:
            found = (law.low, law.high)
    return found[0] or 0, found[1] or 0


def _of_weibull(scale: int | None, shape: float) -> tuple[int, int]:
    low, high = ((-math.log(1 - part)) ** (1 / shape) * (scale or 0) for part in (0.1, 0.9))
    return round(low), round(high)
