"""Why functions fell and pay days were missed, told for the first block of replications of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.cause_kernels import stalls, trace
from continuity.simulation.compiled import BLANK, FAILURE, OUTAGE, STAFF_LOSS
from continuity.simulation.figures import NONE
from continuity.simulation.level_figures import FUNCTION_ROWS
from continuity.simulation.result import Cause

if TYPE_CHECKING:
    from continuity.simulation.level_statistics import LevelFigures
    from continuity.simulation.pay import PayBlock
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


def causes_of(variant: Variant, figures: LevelFigures, block: PayBlock) -> Causes:
    """Return the causes in a block: for each fall the way up the graph to what is down by itself."""
    functions = _of_functions(variant, figures)
    return Causes(functions, _of_pay_days(variant, figures, block))


def _of_functions(variant: Variant, figures: LevelFigures) -> dict[str, tuple[Cause, ...]]:
    lag = variant.scenario.detection + variant.scenario.declaration
    asked, names = [], []
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
            asked.append((variant.compiled.index[function.id], replication, int(falls[replication])))
            names.append(function.id)
    return _told(variant, figures, asked, names)


def _of_the_worst(rows: Ints) -> NDArray[np.bool_]:
    """Tell which replications count: those that break MTPD; if none, RTO; if none, those that fall."""
    for row in (_MTPD, _RTO, _FIRST):
        broken: NDArray[np.bool_] = rows[row] != NONE
        if broken.any():
            break
    return broken


def _of_pay_days(variant: Variant, figures: LevelFigures, block: PayBlock) -> dict[int, tuple[Cause, ...]]:
    plan, lines = variant.plan, figures.timelines
    late = block.paid > plan.arrays.days["due"][:, None]
    pieces = (lines.minutes, lines.levels, np.ascontiguousarray(lines.offsets[variant.rows]))
    slots, since = stalls(plan.arrays, pieces, block.done, late, plan.horizon)
    asked, names = [], []
    for day, replication in np.argwhere(slots != BLANK).tolist():
        element = variant.rows[int(plan.arrays.slots["element"][slots[day, replication]])]
        asked.append((element, replication, int(since[day, replication])))
        names.append(day)
    return _told(variant, figures, asked, names)


def _told(
    variant: Variant, figures: LevelFigures, asked: list[tuple[int, int, int]], names: list[K]
) -> dict[K, tuple[Cause, ...]]:
    """Trace the falls ``asked`` (element, replication, minute) and add up by the name of each."""
    if not asked:
        return {}
    lines = figures.timelines
    pieces, own = (lines.minutes, lines.levels, lines.offsets), tuple(lines.own)
    found = trace(variant.compiled.graph, pieces, own, lines.sample, np.array(asked, np.int64))
    minutes: dict[K, dict[tuple[int, str], list[int]]] = {}
    for name, (root, kind, since, bridge, standby, when) in zip(names, found.tolist(), strict=True):
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
