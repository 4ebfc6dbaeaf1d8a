"""Why functions fell and pay days were missed, told for the first block of replications of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.cause_kernels import stalls, trace
from continuity.simulation.chains import Asked, Step, chains_told
from continuity.simulation.compiled import BLANK, FAILURE, FULL, OUTAGE, STAFF_LOSS
from continuity.simulation.figures import NONE
from continuity.simulation.level_figures import FUNCTION_ROWS
from continuity.simulation.result import Cause, Chain

if TYPE_CHECKING:
    from continuity.simulation.level_statistics import LevelFigures
    from continuity.simulation.pay import PayBlock
    from continuity.simulation.timelines import Timelines
    from continuity.simulation.variant import Variant

Ints = NDArray[np.int64]
K = TypeVar("K", str, int)
KINDS = {OUTAGE: "outage", FAILURE: "failure", STAFF_LOSS: "staff", BLANK: "below_threshold"}
#: What should have bridged the fall and ran out; told after what was down by itself.
BRIDGES = ("buffer_empty", "standby_empty")
MOST_CAUSES = 6
_FIRST, _RTO, _MTPD = (FUNCTION_ROWS.index(name) for name in ("first", "rto_at", "mtpd_at"))


@dataclass(frozen=True, slots=True)
class Causes:
    """Causes per function (id) and per pay day (place in the plan).

    What was down by itself comes first, that of the most runs first, then what should have bridged it.
    The share is that of the examined runs in which the function broke (its MTPD, else its RTO, else its
    MBCO) or the pay day was missed by the ordinary run, and this was the cause.
    """

    functions: Mapping[str, tuple[Cause, ...]]
    pay_days: Mapping[int, tuple[Cause, ...]]
    function_chains: Mapping[str, tuple[Chain, ...]] = field(default_factory=dict)
    day_chains: Mapping[int, tuple[Chain, ...]] = field(default_factory=dict)


def causes_of(variant: Variant, figures: LevelFigures, block: PayBlock) -> Causes:
    """Return the causes in a block: for each fall the way up the graph to what is down by itself."""
    functions, days = _of_functions(variant, figures), _of_pay_days(variant, figures, block)
    return Causes(
        _told(variant, figures, *functions),
        _with_backlog(variant, figures, *days),
        chains_told(variant.compiled, figures.timelines, *functions),
        chains_told(variant.compiled, figures.timelines, *days),
    )


def _of_functions(variant: Variant, figures: LevelFigures) -> tuple[Asked, list[str]]:
    lag = variant.scenario.detection + variant.scenario.declaration
    asked, names = Asked(), []
    for place, function in enumerate(variant.levels.functions):
        rows = figures.functions[:, place]
        # Back from the minute at which the limit was passed to the minute of the fall.
        falls = rows[_FIRST]
        if function.rto is not None:
            falls = np.where(rows[_RTO] != NONE, rows[_RTO] - lag - function.rto, falls)
        if function.mtpd is not None:
            falls = np.where(rows[_MTPD] != NONE, rows[_MTPD] - function.mtpd, falls)
        wanted = _of_the_worst(rows)
        for replication in np.flatnonzero(wanted).tolist():
            asked.add(variant.compiled.index[function.id], replication, int(falls[replication]))
            names.append(function.id)
    return asked, names


def _of_the_worst(rows: Ints) -> NDArray[np.bool_]:
    """Tell which replications count: those that break MTPD; if none, RTO; if none, those that fall."""
    for row in (_MTPD, _RTO, _FIRST):
        broken: NDArray[np.bool_] = rows[row] != NONE
        if broken.any():
            break
    return broken


def _of_pay_days(variant: Variant, figures: LevelFigures, block: PayBlock) -> tuple[Asked, list[int]]:
    plan, lines = variant.plan, figures.timelines
    late = block.paid > plan.arrays.days["due"][:, None]
    pieces = (lines.minutes, lines.levels, np.ascontiguousarray(lines.offsets[variant.rows]))
    slots, since = stalls(plan.arrays, pieces, block.done, late, plan.horizon)
    asked, names = Asked(), []
    for day, replication in np.argwhere(slots != BLANK).tolist():
        element = variant.rows[int(plan.arrays.slots["element"][slots[day, replication]])]
        asked.add(element, replication, int(since[day, replication]))
        names.append(day)
    if block.undecided is not None and plan.claims is not None:
        waits, began, queues = block.undecided.waiting[0], block.undecided.since, plan.claims.queue.tolist()
        places = [variant.compiled.index[function] for function in plan.claims.functions]
        low = _low_before(lines, places)
        for day, replication in np.argwhere((waits > 0) & ~late).tolist():
            function, since = plan.claims.functions[queues[day]], int(began[day, replication])
            backlog: Step = (function, "backlog", "")
            # What makes a queue late in a minute is the level of the minute before, or else the demand.
            if low(queues[day], replication, since):
                asked.add(places[queues[day]], replication, max(0, since - 1), (backlog, since))
            else:
                asked.add(BLANK, replication, since, (backlog, since), ((function, "demand", ""), since))
            names.append(day)
    return asked, names


def _low_before(lines: Timelines, places: list[int]) -> Callable[[int, int, int], bool]:
    """Return what tells whether the function of a queue was below full in the minute before another."""

    @cache  # the pay days of a stream ask the same again and again
    def low(queue: int, replication: int, minute: int) -> bool:
        return lines.level(places[queue], replication, max(0, minute - 1)) < FULL

    return low


def _with_backlog(
    variant: Variant, figures: LevelFigures, asked: Asked, names: list[int]
) -> dict[int, tuple[Cause, ...]]:
    """Return the causes of pay days, the queues that were late among them."""
    told = _told(variant, figures, asked, names)
    times: dict[int, dict[str, list[int]]] = {}
    for name, before in zip(names, asked.before, strict=True):
        for (function, code, _), minute in before[:1]:
            assert code == "backlog"
            times.setdefault(name, {}).setdefault(function, []).append(minute)
    for name, queues in times.items():
        late = [
            Cause(f, "backlog", sorted(m)[(len(m) - 1) // 2], len(m) / figures.timelines.count)
            for f, m in queues.items()
        ]
        told[name] = tuple(sorted((*late, *told.get(name, ())), key=_weight)[:MOST_CAUSES])
    return told


def _told(
    variant: Variant, figures: LevelFigures, asked: Asked, names: list[K]
) -> dict[K, tuple[Cause, ...]]:
    """Trace the falls ``asked`` and add up by the name of each."""
    traced = [job for job, fall in enumerate(asked.falls) if fall[0] != BLANK]
    if not traced:
        return {}
    lines = figures.timelines
    pieces, own = (lines.minutes, lines.levels, lines.offsets), tuple(lines.own)
    falls = np.array([asked.falls[job] for job in traced], np.int64)
    found = trace(variant.compiled.graph, pieces, own, lines.sample, falls)
    minutes: dict[K, dict[tuple[int, str], list[int]]] = {}
    for job, (root, kind, since, bridge, standby, when) in zip(traced, found.tolist(), strict=True):
        name = names[job]
        told = minutes.setdefault(name, {})
        told.setdefault((root, KINDS[kind]), []).append(since)
        if bridge != BLANK:
            told.setdefault((bridge, BRIDGES[standby]), []).append(when)
    ids, count = variant.compiled.element_ids, lines.count
    return {name: _most(told, ids, count) for name, told in minutes.items()}


def _most(told: dict[tuple[int, str], list[int]], ids: tuple[str, ...], count: int) -> tuple[Cause, ...]:
    causes = [
        Cause(ids[element], code, sorted(times)[(len(times) - 1) // 2], len(times) / count)
        for (element, code), times in told.items()
    ]
    return tuple(sorted(causes, key=_weight)[:MOST_CAUSES])


def _weight(cause: Cause) -> tuple[bool, float, int, str, str]:
    return cause.code in BRIDGES, -cause.share, cause.minute, cause.element, cause.code
