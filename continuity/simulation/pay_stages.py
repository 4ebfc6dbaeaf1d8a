"""One payment run to the minute: stages, the state of the file, what can still be made; as kernels.

A kernel sees arrays: the plan (:class:`PayArrays`) and the pieces of the elements it asks for. Piece ``j``
of element ``e`` in replication ``r`` holds from ``minutes[j]`` on, for ``j`` in
``[offsets[e, r], offsets[e, r + 1])``; the first begins at minute 0. Before minute 0 every level is 1000,
and the last minute before the horizon holds beyond it.
"""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from typing import Any

from continuity.simulation.kernels import leaf

NEVER = 2**31 - 1
FULL = 1000
SENT, RECEIVED, UNKNOWN = 2, 3, 6


@leaf
def piece_at(pieces: Any, element: int, replication: int, minute: int) -> int:
    """The piece that holds at ``minute`` (0 or later)."""
    minutes, _, offsets = pieces
    low, high = offsets[element, replication], offsets[element, replication + 1] - 1
    while low < high:
        middle = (low + high + 1) // 2
        if minutes[middle] <= minute:
            low = middle
        else:
            high = middle - 1
    return low


@leaf
def level_at(pieces: Any, element: int, replication: int, minute: int) -> int:
    """The level of ``element`` at ``minute``."""
    if minute < 0:
        return FULL
    return pieces[1][piece_at(pieces, element, replication, minute)]


@leaf
def fell(pieces: Any, element: int, replication: int, least: int, first: int, last: int) -> bool:
    """Whether ``element`` was below ``least`` in some minute of first ... last, both included."""
    minutes, levels, offsets = pieces
    if last < 0:
        return False
    high = offsets[element, replication + 1]
    piece = piece_at(pieces, element, replication, max(first, 0))
    while piece < high and minutes[piece] <= last:
        if levels[piece] < least:
            return True
        piece += 1
    return False


@leaf
def held_down(pieces: Any, element: int, replication: int, least: int, first: int, last: int) -> bool:
    """Whether ``element`` was below ``least`` in all minutes of first ... last, both included."""
    minutes, levels, offsets = pieces
    if first < 0:
        return False
    high = offsets[element, replication + 1]
    piece = piece_at(pieces, element, replication, first)
    while piece < high and minutes[piece] <= last:
        if levels[piece] >= least:
            return False
        piece += 1
    return True


@leaf
def work_stage(plan: Any, slot: int, pieces: Any, replication: int, begin: int, left: int, until: int) -> Any:
    """Walk the stage of ``slot`` from ``begin``: the instant at which it is done (NEVER) and what is left.

    Only minutes before ``until`` count. ``replication`` -1 walks with full levels.
    """
    minutes, levels, offsets = pieces
    element, least = plan.slots[slot].element, plan.slots[slot].least
    span, last_span = plan.slots[slot].spans, plan.slots[slot].spans_end
    hours = span < last_span
    piece = -1
    minute = begin
    while minute < until:
        end = until
        if hours:
            while span < last_span and plan.spans[span].closes <= minute:
                span += 1
            if span == last_span:
                return NEVER, left
            minute = max(minute, plan.spans[span].opens)
            end = min(end, plan.spans[span].closes)
            if minute >= until:
                break
        level = FULL
        if replication >= 0 and minute < 0:
            end = min(end, 0)
        elif replication >= 0:
            if piece < 0:
                piece = piece_at(pieces, element, replication, minute)
            last = offsets[element, replication + 1] - 1
            while piece < last and minutes[piece + 1] <= minute:
                piece += 1
            level = levels[piece]
            if piece < last:
                end = min(end, minutes[piece + 1])
        if level >= least and (level > 0 or left <= 0):
            needed = max(1, (left + level - 1) // level) if left > 0 else 1
            if minute + needed <= end:
                return minute + needed, 0
            left -= level * (end - minute)
        minute = end
    return NEVER, left


@leaf
def reopened(plan: Any, slot: int, done: int) -> int:
    """When the stage of ``slot`` opens whose predecessor was done late, in the minute before ``done``."""
    low, high = 0, len(plan.midnights) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if plan.midnights[middle] <= done - 1:
            low = middle
        else:
            high = middle - 1
    return plan.reopens[plan.slots[slot].reopens, low]


@leaf
def begins(plan: Any, slot: int, stage: int, earlier: int, done: Any) -> int:
    """The minute from which the stage of ``slot`` may work, by ``done`` of the stages it waits for."""
    begin = max(plan.slots[slot].opens, plan.slots[slot].since)
    if stage > 0:
        before = done[slot - 1]
        if before == NEVER:
            return NEVER
        begin = max(begin, before)
        if before > plan.slots[slot - 1].cutoff:
            begin = max(begin, reopened(plan, slot, before))
    if earlier >= 0:
        begin = max(begin, done[earlier])
    return begin


@leaf
def makes_it(
    plan: Any, pieces: Any, replication: int, days: Any, minute: int, rule: Any, done: Any, guess: Any
) -> Any:
    """Whether the ordinary run of day ``days[1]`` can be done by its due hour, as known at ``minute``.

    Stages not done by ``minute`` are walked with full levels: from ``minute``, or, where their element is
    known to be below its least level, from ``minute`` plus the restart allowance. Earlier pay days of the
    stream (from ``days[0]``) come first. ``rule`` = (restart allowance, lag); ``guess`` is scratch space.
    """
    first, day = days
    allowance, lag = rule
    due = plan.days[day].due
    # Days whose last stage is done hold nobody up: nor do the days before them.
    begun = day
    while begun > first and done[plan.days[begun - 1].slot + plan.days[begun - 1].stages - 1] > minute:
        begun -= 1
    for one in range(begun, day + 1):
        for stage in range(plan.days[one].stages):
            slot = plan.days[one].slot + stage
            earlier = slot - plan.days[one].slots if one > begun else -1
            if done[slot] <= minute:
                guess[slot] = done[slot]
                continue
            left = plan.slots[slot].left
            held = slot - plan.days[one].slots if one > first else -1
            began = begins(plan, slot, stage, held, done)
            if began < minute:
                _, left = work_stage(plan, slot, pieces, replication, began, left, minute)
            element, least = plan.slots[slot].element, plan.slots[slot].least
            down = held_down(pieces, element, replication, least, minute - lag, minute)
            resume = minute + allowance if down else minute
            begin = max(begins(plan, slot, stage, earlier, guess), resume)
            guess[slot], _ = work_stage(plan, slot, pieces, -1, begin, left, due)
    return guess[plan.days[day].slot + plan.days[day].stages - 1] <= due


@leaf
def down_until(plan: Any, pieces: Any, replication: int, day: int, done: Any, minute: int, limit: int) -> int:
    """The end of the spell from ``minute`` on in which an unfinished stage's element is below its level."""
    minutes, levels, offsets = pieces
    end = minute
    moved = True
    while moved and end < limit:
        moved = False
        for stage in range(plan.days[day].stages):
            slot = plan.days[day].slot + stage
            element, least = plan.slots[slot].element, plan.slots[slot].least
            if end >= done[slot] or level_at(pieces, element, replication, end) >= least:
                continue
            piece = piece_at(pieces, element, replication, end) + 1
            last = offsets[element, replication + 1]
            while piece < last and levels[piece] < least:
                piece += 1
            end = min(done[slot], minutes[piece] if piece < last else limit)
            moved = True
    return min(end, limit)


@leaf
def next_down(plan: Any, pieces: Any, replication: int, day: int, done: Any, minute: int, limit: int) -> int:
    """The first minute from ``minute`` on in which an unfinished stage's element is below its level."""
    minutes, levels, offsets = pieces
    found = limit
    for stage in range(plan.days[day].stages):
        slot = plan.days[day].slot + stage
        element, least = plan.slots[slot].element, plan.slots[slot].least
        last = offsets[element, replication + 1]
        piece = piece_at(pieces, element, replication, minute)
        while piece < last and max(minutes[piece], minute) < min(found, done[slot]):
            if levels[piece] < least:
                found = max(minutes[piece], minute)
                break
            piece += 1
    return found


@leaf
def own_rule(plan: Any, pieces: Any, replication: int, day: int, done: Any, wait: int) -> int:
    """The first minute before due at which the chain has been down for ``wait`` minutes on end, or NEVER."""
    limit = plan.days[day].due
    minute = max(0, plan.slots[plan.days[day].slot].opens)
    while minute < limit:
        begin = next_down(plan, pieces, replication, day, done, minute, limit)
        if begin + wait >= limit:
            return NEVER
        minute = down_until(plan, pieces, replication, day, done, begin, limit)
        if minute >= begin + wait:
            return begin + wait
    return NEVER


@leaf
def file_state(plan: Any, pieces: Any, replication: int, day: int, done: Any, minute: int) -> int:
    """The state of the file at ``minute``."""
    state, sender = 0, -1
    first, stages = plan.days[day].slot, plan.days[day].stages
    for slot in range(first, first + stages):
        if done[slot] <= minute and plan.slots[slot].reaches > state:
            state = plan.slots[slot].reaches
            sender = slot
    if state != SENT:
        return state
    if plan.days[day].unknown == 1:
        return UNKNOWN
    since = done[sender]
    if fell(pieces, plan.slots[sender].element, replication, plan.slots[sender].least, since, minute):
        return UNKNOWN
    for slot in range(sender + 1, first + stages):
        if plan.slots[slot].reaches >= RECEIVED:
            element, least = plan.slots[slot].element, plan.slots[slot].least
            return UNKNOWN if fell(pieces, element, replication, least, since, minute) else SENT
    return SENT
