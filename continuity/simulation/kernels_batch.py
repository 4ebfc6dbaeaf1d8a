"""A batch as one long replication: its replications laid end to end, with a pause after each.

In the pause nothing is broken, and it is so long that all recovers: buffers and stocks fill, lags and black
starts pass. So each replication begins with everything full, as it must, and the kernels walk through changes
only, never through replications in which nothing happens.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FULL, IDLE
from continuity.simulation.kernels import kernel, leaf
from continuity.simulation.kernels_needs import end_feed, primary

NEVER = -1


@leaf
def filling(size: Any, refill: Any) -> Any:
    """Return the minutes in which a stock of ``size`` minutes fills; NEVER if it does not."""
    if size <= 0 or refill == BLANK:  # a blank refill is full at once
        return 0
    return NEVER if refill == 0 else 1 + FULL * size // refill


@leaf
def filling_of(need: Any, standbys: Any) -> Any:
    """Return the minutes in which buffer and stocks of a need fill; NEVER if one does not."""
    longest = filling(need.autonomy, need.refill)
    for place in range(need.first_standby, need.end_standby):
        if longest != NEVER:
            one = filling(standbys[place].endurance, standbys[place].refill)
            longest = NEVER if one == NEVER else max(longest, one)
    return longest


@leaf
def is_full(need: Any, standbys: Any) -> Any:
    """Tell whether a need starts with everything full and nothing running."""
    if need.full_at_start != FULL * need.autonomy or need.first_step < need.end_step:
        return False
    for place in range(need.first_standby, need.end_standby):
        one = standbys[place]
        if one.begun_at_start != IDLE or one.stock_at_start != FULL * max(0, one.endurance):
            return False
    return True


@kernel
def pause_after(work: Any) -> Any:
    """Return the minutes in which all recovers once nothing is broken; NEVER if something might not.

    Level by level: an element is full when what feeds it has been so for the restart lag.
    """
    elements, needs, feeds, standbys = work.elements, work.needs, work.feeds, work.standbys
    recovered = np.zeros(len(elements), np.int64)
    longest = np.int64(0)
    first = np.int64(0)
    while first < len(elements):
        end, delay = first + 1, np.int64(0)
        if elements[first].cycle != BLANK:
            cycle = work.cycles[elements[first].cycle]
            end, delay = cycle.end, cycle.delay
            if cycle.steady == 0:
                return NEVER
        latest = np.int64(0)
        for element in range(first, end):
            if work.members[element].first_step < work.members[element].end_step:
                return NEVER
            for place in range(elements[element].first_need, elements[element].end_need):
                need = needs[place]
                fills = filling_of(need, standbys)
                if fills == NEVER or not is_full(need, standbys) or primary(need, feeds)[0] < FULL:
                    return NEVER
                fed = np.int64(0)
                for feed in range(need.first_feed, end_feed(need)):
                    if feeds[feed].element != BLANK:
                        fed = max(fed, recovered[feeds[feed].element])
                latest = max(latest, fed + need.lag)
                longest = max(longest, fed + fills)
        for element in range(first, end):
            recovered[element] = latest + delay
        longest = max(longest, latest + delay)
        first = end
    return longest + 1


@kernel
def end_to_end(minutes: Any, levels: Any, offsets: Any, horizon: Any, pause: Any) -> Any:
    """Return (minutes, levels, offsets) with all replications of an element as one, only changes in it."""
    elements, count = offsets.shape[0], offsets.shape[1] - 1
    most = len(minutes) + elements * (count + 1)  # there may be no element at all
    long_minutes, long_levels = np.empty(most, np.int32), np.empty(most, np.int16)
    long_offsets = np.zeros((elements, 2), np.int64)
    used = np.int64(0)
    for element in range(elements):
        long_offsets[element, 0] = used
        long_minutes[used], long_levels[used] = 0, FULL
        used += 1
        for r in range(count):
            low, high = offsets[element, r], offsets[element, r + 1]
            if high - low == 1 and levels[low] == FULL:
                continue
            start = r * (horizon + pause)
            if start == 0:
                used -= 1
            for piece in range(low, high):
                if piece > low or start == 0 or levels[piece] < FULL:
                    long_minutes[used], long_levels[used] = start + minutes[piece], levels[piece]
                    used += 1
            if levels[high - 1] < FULL:
                long_minutes[used], long_levels[used] = start + horizon, FULL
                used += 1
        long_offsets[element, 1] = used
    return long_minutes[:used], long_levels[:used], long_offsets


@kernel
def taken_apart(minutes: Any, levels: Any, offsets: Any, count: Any, horizon: Any, pause: Any) -> Any:
    """Return (minutes, levels, offsets) of the replications that were laid end to end."""
    elements = offsets.shape[0]
    most = len(minutes) + elements * count
    made_minutes, made_levels = np.empty(most, np.int32), np.empty(most, np.int16)
    made_offsets = np.zeros((elements, count + 1), np.int64)
    used = np.int64(0)
    for element in range(elements):
        made_offsets[element, 0] = used
        piece, high = offsets[element, 0], offsets[element, 1]
        for r in range(count):
            start = r * (horizon + pause)
            while piece + 1 < high and minutes[piece + 1] <= start:
                piece += 1
            made_minutes[used], made_levels[used] = 0, levels[piece]
            used += 1
            while piece + 1 < high and minutes[piece + 1] < start + horizon:
                piece += 1
                made_minutes[used], made_levels[used] = minutes[piece] - start, levels[piece]
                used += 1
            made_offsets[element, r + 1] = used
    return made_minutes[:used].copy(), made_levels[:used].copy(), made_offsets
