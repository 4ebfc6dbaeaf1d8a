"""Payments over a block of replications: runs, and fallbacks without hindsight; as kernels.

Arrays as in :mod:`continuity.simulation.pay_stages`.
"""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.kernels import kernel, leaf
from continuity.simulation.pay_stages import (
    NEVER,
    RECEIVED,
    SENT,
    UNKNOWN,
    begins,
    file_state,
    level_at,
    makes_it,
    own_rule,
    piece_at,
    work_stage,
)

#: Why a fallback could not be used in one replication.
FREE, BLOCKED_UNKNOWN, BLOCKED_DOWN = 0, 1, 2


@leaf
def _receipt(plan: Any, day: int, done: Any) -> int:
    """When the file is known to be received, or NEVER."""
    first = plan.days[day].slot
    for slot in range(first, first + plan.days[day].stages):
        if plan.slots[slot].reaches >= RECEIVED:
            return done[slot]
    return NEVER


@leaf
def _needs_up(plan: Any, pieces: Any, replication: int, fallback: int, minute: int) -> bool:
    """Whether all that ``fallback`` needs is at its least level at ``minute``."""
    for need in range(plan.falls[fallback].needs, plan.falls[fallback].needs_end):
        if level_at(pieces, plan.needs[need], replication, minute) < plan.falls[fallback].least:
            return False
    return True


@leaf
def _set_up(
    plan: Any, pieces: Any, replication: int, fallback: int, begin: int, until: int, wanted: int
) -> Any:
    """Count minutes from ``begin`` with all needs up: the end of the ``wanted``-th (NEVER), and the count."""
    minutes, _, offsets = pieces
    count, minute = 0, begin
    if wanted == 0:
        return begin, 0
    while minute < until:
        end, up = until, True
        if minute < 0:
            end = min(until, 0)
        else:
            for need in range(plan.falls[fallback].needs, plan.falls[fallback].needs_end):
                element = plan.needs[need]
                piece = piece_at(pieces, element, replication, minute)
                if pieces[1][piece] < plan.falls[fallback].least:
                    up = False
                if piece + 1 < offsets[element, replication + 1]:
                    end = min(end, minutes[piece + 1])
        if up:
            if wanted > 0 and count + end - minute >= wanted:
                return minute + wanted - count, wanted
            count += end - minute
        minute = end
    return NEVER, count


@leaf
def _waits_for_better(
    plan: Any, pieces: Any, replication: int, first: int, fallback: int, minute: int, tried: Any
) -> bool:
    """Whether a fallback earlier in the stated order is yet to be decided and could work as things stand."""
    for other in range(first, fallback):
        if plan.falls[other].allowed == 0 or tried[other - first] or plan.falls[other].decide <= minute:
            continue
        if _needs_up(plan, pieces, replication, other, minute):
            return True
    return False


@leaf
def _cases(plan: Any, fallback: int, minutes_up: int) -> int:
    """How many payees ``fallback`` covers when its needs are up for ``minutes_up`` before due."""
    if plan.falls[fallback].interim == 1:
        return min(plan.falls[fallback].covered, plan.falls[fallback].rate * minutes_up // 60_000)
    return plan.falls[fallback].covered


@leaf
def _foresight(plan: Any, pieces: Any, replication: int, day: int) -> int:
    """The most payees that any allowed fallback pays on time when decided at the best minute."""
    best, due = 0, plan.days[day].due
    opens = plan.slots[plan.days[day].slot].opens
    for fallback in range(plan.days[day].falls, plan.days[day].falls_end):
        if plan.falls[fallback].allowed == 0:
            continue
        begin = max(0, min(plan.falls[fallback].decide, opens)) + plan.falls[fallback].decision
        if plan.falls[fallback].interim == 1:
            _, up = _set_up(plan, pieces, replication, fallback, begin, due, -1)
            best = max(best, _cases(plan, fallback, up))
        else:
            ready, _ = _set_up(plan, pieces, replication, fallback, begin, due, plan.falls[fallback].set_up)
            if ready <= due:
                best = max(best, plan.falls[fallback].covered)
    return best


@leaf
def _candidates(
    plan: Any, pieces: Any, replication: int, days: Any, rule: Any, done: Any, guess: Any, when: Any
) -> None:
    """Write into ``when`` the minute at which the rule of each fallback of the day fires, or NEVER."""
    day = days[1]
    first = plan.days[day].falls
    asked, made = -1, True  # fallbacks often share their decision minute
    for fallback in range(first, plan.days[day].falls_end):
        when[fallback - first] = NEVER
        if plan.falls[fallback].allowed == 0:
            continue
        decide = plan.falls[fallback].decide
        if plan.falls[fallback].down_for >= 0:
            wait = plan.falls[fallback].down_for + rule[1]
            when[fallback - first] = own_rule(plan, pieces, replication, day, done, wait)
        elif decide >= 0:
            if decide != asked:
                asked = decide
                made = makes_it(plan, pieces, replication, days, decide, rule, done, guess)
            if not made:
                when[fallback - first] = decide


@leaf
def _decide(
    plan: Any,
    pieces: Any,
    replication: int,
    day: int,
    horizon: int,
    done: Any,
    when: Any,
    tried: Any,
    out: Any,
) -> None:
    """Use at most one fallback of ``day``: by minute, then by stated order, never with hindsight."""
    used, begun, finished, covered, exposed, worked, blocked = out
    first, count = plan.days[day].falls, plan.days[day].falls_end - plan.days[day].falls
    tried[:count] = False
    while True:
        index = -1
        for one in range(count):
            if not tried[one] and when[one] != NEVER and (index < 0 or when[one] < when[index]):
                index = one
        if index < 0:
            return
        tried[index] = True
        fallback, minute = first + index, when[index]
        if _waits_for_better(plan, pieces, replication, first, fallback, minute, tried):
            continue
        if not _needs_up(plan, pieces, replication, fallback, minute):
            blocked[fallback, replication] = BLOCKED_DOWN
            continue
        state = file_state(plan, pieces, replication, day, done, minute)
        ready = minute + plan.falls[fallback].decision
        if state == UNKNOWN:
            stopped = _stopped(plan, pieces, replication, day, horizon, done, minute)
            if stopped > ready:
                blocked[fallback, replication] = BLOCKED_UNKNOWN
            if stopped == NEVER:
                continue
            ready = max(ready, stopped)
        used[day, replication] = index
        begun[day, replication] = minute
        exposed[day, replication] = SENT <= state < UNKNOWN
        due = plan.days[day].due
        if plan.falls[fallback].interim == 1:
            _, up = _set_up(plan, pieces, replication, fallback, ready, due, -1)
            finished[day, replication] = due if ready < due else NEVER
        else:
            finished[day, replication], up = _set_up(
                plan, pieces, replication, fallback, ready, horizon, plan.falls[fallback].set_up
            )
        worked[day, replication] = up
        covered[day, replication] = _cases(plan, fallback, up)
        return


@leaf
def _stopped(plan: Any, pieces: Any, replication: int, day: int, horizon: int, done: Any, minute: int) -> int:
    """When the bank confirms the stop asked for at ``minute``; NEVER without stop stage, after the recall
    deadline, or where the receipt comes first."""
    slot = plan.days[day].stop
    if slot < 0:
        return NEVER
    begin = max(minute, plan.slots[slot].opens)
    until = min(horizon, plan.slots[slot].cutoff)
    confirmed, _ = work_stage(plan, slot, pieces, replication, begin, plan.slots[slot].work, until)
    return NEVER if _receipt(plan, day, done) <= confirmed else confirmed


@leaf
def _go_on(plan: Any, day: int, replication: int, out: Any) -> None:
    """Go on with the fallback that was in use at minute 0."""
    used, begun, finished, covered, _, _, _ = out
    used[day, replication] = plan.days[day].used
    begun[day, replication] = plan.days[day].begun
    finished[day, replication] = plan.days[day].finished
    covered[day, replication] = plan.days[day].covered


@kernel
def pay_block(
    plan: Any, pieces: Any, horizon: int, lag: int, done: Any, state: Any, best: Any, out: Any
) -> None:
    """Pay all pay days in all replications of a block.

    Filled, per pay day and replication unless said: ``done`` [slot, replication] instants; ``state`` of the
    file at due; ``best`` payees of perfect foresight; ``out`` = fallback used (-1), minute of its activation,
    instant at which it has paid, payees covered, whether exposed to double payment, minutes of set-up, and
    [fallback, replication] why it was blocked.
    """
    replications = done.shape[1]
    guess = np.empty(len(plan.slots), np.int64)
    own = np.full(len(plan.slots), NEVER, np.int64)
    most = len(plan.falls) + 1
    when = np.empty(most, np.int64)
    tried = np.zeros(most, np.bool_)
    for stream in range(len(plan.streams)):
        first, last = plan.streams[stream].first, plan.streams[stream].end
        rule = (plan.streams[stream].allowance, lag)
        for replication in range(replications):
            for day in range(first, last):
                for stage in range(plan.days[day].stages):
                    slot = plan.days[day].slot + stage
                    earlier = slot - plan.days[day].slots if day > first else -1
                    own[slot] = plan.slots[slot].known
                    if own[slot] == NEVER:
                        begin = begins(plan, slot, stage, earlier, own)
                        left = plan.slots[slot].left
                        own[slot], _ = work_stage(plan, slot, pieces, replication, begin, left, horizon)
                    done[slot, replication] = own[slot]
                due = plan.days[day].due
                state[day, replication] = file_state(plan, pieces, replication, day, own, due)
                if plan.days[day].used >= 0:
                    _go_on(plan, day, replication, out)
                    continue
                if plan.days[day].falls == plan.days[day].falls_end:
                    continue
                _candidates(plan, pieces, replication, (first, day), rule, own, guess, when)
                _decide(plan, pieces, replication, day, horizon, own, when, tried, out)
                if own[plan.days[day].slot + plan.days[day].stages - 1] > due:
                    best[day, replication] = _foresight(plan, pieces, replication, day)


@kernel
def stand_at(plan: Any, pieces: Any, done: Any, replication: int, minute: int) -> Any:
    """Return, per slot, the work left at ``minute`` (0: done by then), and per day the state of the file."""
    left = plan.slots["left"].copy()
    state = np.zeros(len(plan.days), np.int64)
    own = done[:, replication].copy()
    for stream in range(len(plan.streams)):
        first = plan.streams[stream].first
        for day in range(first, plan.streams[stream].end):
            state[day] = file_state(plan, pieces, replication, day, own, minute)
            for stage in range(plan.days[day].stages):
                slot = plan.days[day].slot + stage
                earlier = slot - plan.days[day].slots if day > first else -1
                begin = begins(plan, slot, stage, earlier, own)
                if own[slot] <= minute:
                    left[slot] = 0
                elif begin < minute:
                    _, left[slot] = work_stage(plan, slot, pieces, replication, begin, left[slot], minute)
    return left, state
