"""Pay all pay days of a run over a block of replications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.backlog_kernels import standing_at
from continuity.simulation.pay_arrays import NEVER, PayArrays
from continuity.simulation.pay_claims import Undecided, undecided
from continuity.simulation.pay_kernels import pay_block, stand_at
from continuity.simulation.pay_plan import PayPlan
from continuity.simulation.pay_stages import UNKNOWN
from continuity.simulation.pay_state import FallbackState, PayState, StageState
from continuity.simulation.timelines import Levels, Minutes, Offsets

Ints = NDArray[np.int64]
Pieces = tuple[Minutes, Levels, Offsets]


@dataclass(frozen=True, slots=True)
class PayBlock:
    """What happened to the pay days (P), slots (S) and fallbacks (F) of a plan in a block's replications (R).

    Times are instants in minutes; ``NEVER`` is later than the horizon or not at all.
    """

    done: Ints  # [S, R] when each stage was done
    state: Ints  # [P, R] state of the file at the due hour, a number of ``STATES``
    best: Ints  # [P, R] payees that perfect foresight would have paid on time by a fallback
    used: Ints  # [P, R] place of the fallback used in the stream's order, -1: none
    begun: Ints  # [P, R] minute of its activation
    finished: Ints  # [P, R] when it has paid
    covered: Ints  # [P, R] payees that it pays
    exposed: NDArray[np.bool_]  # [P, R] the file was out, and no stop confirmed, when it was activated
    worked: Ints  # [P, R] minutes of set-up done
    blocked: Ints  # [F, R] 0 free, 1 receipt unknown, 2 what it needs was down
    paid: Ints  # [P, R] when the ordinary run was done, as early as it is released
    plain: Ints  # [P, R] when it would have been done without early release
    undecided: Undecided | None = None  # whose claims were not decided in time; None: everybody's were


def pay(plan: PayPlan, pieces: Pieces, rows: list[int]) -> PayBlock:
    """Pay the pay days of ``plan`` under the levels in ``pieces``.

    ``rows`` gives the row in the offsets of each element of ``plan.elements``. Releases the interpreter
    lock; the first call compiles.
    """
    minutes, levels, offsets = pieces
    own = (minutes, levels, np.ascontiguousarray(offsets[rows]))
    block = _pay(plan, plan.arrays, own)
    plain = block["paid"] if plan.plain is None else _pay(plan, plan.plain, own)["paid"]
    waits = None
    if plan.claims is not None:
        payees = np.array([[day.payees] for day in plan.days], np.int64)
        waits = undecided(plan.claims, own, payees, plan.arrays.streams)
    return PayBlock(**block, plain=plain, undecided=waits)


def _pay(plan: PayPlan, arrays: PayArrays, pieces: Pieces) -> dict[str, Any]:
    replications = pieces[2].shape[1] - 1
    days = (len(plan.days), replications)
    made: dict[str, Any] = {
        name: np.zeros(days, np.int64) for name in ("state", "best", "begun", "covered", "worked")
    }
    made["done"] = np.full((len(arrays.slots), replications), NEVER, np.int64)
    made["finished"] = np.full(days, NEVER, np.int64)
    made["used"] = np.full(days, -1, np.int64)
    made["exposed"] = np.zeros(days, np.bool_)
    made["blocked"] = np.zeros((len(arrays.falls), replications), np.int64)
    out = tuple(made[n] for n in ("used", "begun", "finished", "covered", "exposed", "worked", "blocked"))
    pay_block(arrays, pieces, plan.horizon, plan.lag, made["done"], made["state"], made["best"], out)
    made["finished"][made["finished"] > plan.horizon] = NEVER
    made["paid"] = made["done"][arrays.days["slot"] + arrays.days["stages"] - 1]
    return made


def pay_state(
    plan: PayPlan, block: PayBlock, pieces: Pieces, rows: list[int], at: tuple[int, int]
) -> PayState:
    """Return where the pay days of one replication stand at ``at`` = (replication of the block, minute).

    Instants in it count from that minute. It is the state at minute 0 of a run that goes on from there.
    """
    replication, minute = at
    own = (*pieces[:2], np.ascontiguousarray(pieces[2][rows]))
    left, state = stand_at(plan.arrays, own, block.done, replication, minute)
    stages, fallbacks, unknown, late = {}, {}, set(), {}
    waits = block.undecided
    for number, day in enumerate(plan.days):
        key, first = (day.stream.id, day.pay.nominal), int(plan.arrays.days["slot"][number])
        if int(plan.arrays.slots["opens"][first]) < minute:
            done = block.done[first : first + len(day.stages), replication].tolist()
            stages[key] = {
                stage.id: StageState(when - minute if when <= minute else None, int(left[first + place]))
                for place, (stage, when) in enumerate(zip(day.stages, done, strict=True))
            }
            if waits is not None and waits.late[number, replication]:
                since = int(waits.since[number, replication]) - minute
                late[key] = (int(waits.late[number, replication]), since)
        if state[number] == UNKNOWN:
            unknown.add(key)
        used, begun, finished, covered = (
            int(getattr(block, name)[number, replication])
            for name in ("used", "begun", "finished", "covered")
        )
        if used >= 0 and begun < minute:
            ends = None if finished == NEVER else finished - minute
            fallbacks[key] = FallbackState(day.fallbacks[used].fallback.id, begun - minute, ends, covered)
    waiting = _waiting(plan, own, at)
    return PayState(stages, fallbacks, frozenset(unknown), waiting, late, plan.began - minute)


def _waiting(plan: PayPlan, own: Pieces, at: tuple[int, int]) -> dict[str, tuple[int, int]]:
    """Return what waits to be decided at ``at``, by function."""
    if plan.claims is None:
        return {}
    claims = plan.claims
    found = standing_at(*claims.queues, claims.elements, own, at)
    pairs = zip(found[0].tolist(), found[1].tolist(), strict=True)
    return dict(zip(claims.functions, pairs, strict=True))
