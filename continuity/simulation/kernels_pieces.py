"""Piecewise-constant timelines in rows of a room: emit, take the least, let the past lag.

A timeline in row r has its minutes in ``room[r]`` and its levels in ``room[r + 1]``; the number of its
pieces is kept beside it. Callers see to it that the room is wide enough.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import FOREVER
from continuity.simulation.kernels import leaf, part

NEXT = np.uint64(1)


@leaf
def emit(room: Any, row: Any, n: Any, minute: Any, level: Any) -> Any:
    """Let ``level`` hold from ``minute`` on; return the number of pieces.

    Minutes must not fall. On the same minute the later level wins; equal neighbours are one piece.
    """
    if n > 0 and room[row, n - 1] == minute:
        n -= 1
    if n > 0 and room[row + 1, n - 1] == level:
        return n
    room[row, n] = minute
    room[row + 1, n] = level
    return n + 1


def _merging(pick: Any) -> Any:
    """Return a kernel that merges the pieces ``i`` … ``m - 1`` and ``j`` … ``n - 1`` of two by ``pick``.

    It writes to row ``out`` and returns the pieces. Which of two changes comes first is the toss of a coin,
    so there is no branch on it; places are unsigned, so that none is looked at for being negative.
    """

    @leaf
    def merged(
        minutes: Any, levels: Any, i: Any, m: Any,
        other_minutes: Any, other_levels: Any, j: Any, n: Any,
        room: Any, out: Any,
    ) -> Any:  # fmt: skip
        made_minutes, made_levels = room[out], room[out + 1]
        one, m, other, n, pieces = np.uint64(i), np.uint64(m), np.uint64(j), np.uint64(n), np.uint64(0)
        minute, before, never = np.int32(0), np.int32(-1), np.int32(FOREVER)
        while minute < never:
            level = pick(np.int32(levels[one]), np.int32(other_levels[other]))
            made_minutes[pieces], made_levels[pieces] = minute, level
            pieces += np.uint64(level != before)
            before = level
            change = minutes[one + NEXT] if one + NEXT < m else never
            other_change = other_minutes[other + NEXT] if other + NEXT < n else never
            minute = min(change, other_change)
            one += np.uint64(change == minute)
            other += np.uint64(other_change == minute)
        return np.int64(pieces)

    return merged


least, most = _merging(min), _merging(max)


@leaf
def lagged(
    room: Any, felt: Any, n: Any, lag: Any, steps: Any, before: Any, out: Any, queue: Any, horizon: Any
) -> Any:
    """Write to row ``out`` what is felt with a lag: in minute m the least of minutes m - lag … m.

    ``steps`` from ``before.first_step`` to ``before.end_step`` is what stood before minute 0. The queue
    (a row like a timeline's) holds what may still be the least: minutes at which levels are forgotten,
    and the levels, both rising.
    """
    head = tail = pieces = np.int64(0)
    for step in range(before.first_step, before.end_step):
        room[queue, tail], room[queue + 1, tail] = steps[step].until, steps[step].level
        tail += 1
    for i in range(n):
        start, level = room[felt, i], room[felt + 1, i]
        while head < tail and room[queue, head] <= start:
            if head + 1 < tail:
                pieces = emit(room, out, pieces, room[queue, head], room[queue + 1, head + 1])
            head += 1
        while tail > head and room[queue + 1, tail - 1] >= level:
            tail -= 1
        room[queue, tail] = room[felt, i + 1] + lag if i + 1 < n else FOREVER
        room[queue + 1, tail] = level
        tail += 1
        pieces = emit(room, out, pieces, start, room[queue + 1, head])
    while head + 1 < tail and room[queue, head] < horizon:
        pieces = emit(room, out, pieces, room[queue, head], room[queue + 1, head + 1])
        head += 1
    return pieces


@part
def keep(minutes: Any, levels: Any, used: Any, room: Any, row: Any, n: Any) -> Any:
    """Append the ``n`` pieces of a row to (minutes, levels); return them, perhaps grown."""
    if used + n > len(minutes):
        size = 2 * len(minutes) + n
        grown_minutes, grown_levels = np.empty(size, np.int32), np.empty(size, np.int16)
        for i in range(used):
            grown_minutes[i], grown_levels[i] = minutes[i], levels[i]
        minutes, levels = grown_minutes, grown_levels
    for i in range(n):
        minutes[used + i], levels[used + i] = room[row, i], room[row + 1, i]
    return minutes, levels


@leaf
def load(room: Any, row: Any, minutes: Any, levels: Any, low: Any, high: Any) -> Any:
    """Copy the pieces ``low`` … ``high - 1`` into a row; return how many they are."""
    for i in range(high - low):
        room[row, i], room[row + 1, i] = minutes[low + i], levels[low + i]
    return high - low
