"""Own levels: what disruptions leave of each element, and for staff who is present."""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FOREVER, FULL, STAFF, STAFF_LOSS, columns
from continuity.simulation.kernels import kernel, leaf
from continuity.simulation.kernels_pieces import emit, keep

#: A disruption that is running: its row, its next recovery point, the minute of that, its level now.
ACTIVE = columns("row point change level")
_HIT, _STAFFED = np.int64(0), np.int64(2)  # rows of the room


@leaf
def point_minute(curves: Any, points: Any, row: Any, point: Any) -> Any:
    """Return the minute of the recovery point ``point`` of a disruption, FOREVER if there is none."""
    if point >= curves[row.curve].end:
        return FOREVER
    return min(FOREVER, row.begin + row.duration * points[point].part // FULL)


@leaf
def recover(curves: Any, points: Any, row: Any, now: Any, minute: Any) -> Any:
    """Move a running disruption to ``minute``; tell whether it still runs."""
    while now.change <= minute:
        now.level = row.depth + (FULL - row.depth) * points[now.point].regained // FULL
        now.point += 1
        if now.point == curves[row.curve].end:
            return False
        now.change = point_minute(curves, points, row, now.point)
    return True


@leaf
def together(losses: Any, count: Any) -> Any:
    """Return what ``count`` losses of different causes leave together: lowest first, each its share."""
    for i in range(1, count):
        j = i
        while j > 0 and losses[j - 1] > losses[j]:
            losses[j - 1], losses[j] = losses[j], losses[j - 1]
            j -= 1
    left = FULL
    for i in range(count):
        left = left * losses[i] // FULL
    return left


@leaf
def combined(rows: Any, active: Any, count: Any, causes: Any, losses: Any) -> Any:
    """Return the level under the active disruptions.

    Outages and failures: the least. Staff losses: the least of each cause, then the causes together.
    """
    outage, known = FULL, np.int64(0)
    for place in range(count):
        row, level = rows[active[place].row], active[place].level
        if row.kind != STAFF_LOSS:
            outage = min(outage, level)
            continue
        cause = 0
        while cause < known and causes[cause] != row.cause:
            cause += 1
        if cause == known:
            causes[known], losses[known] = row.cause, level
            known += 1
        else:
            losses[cause] = min(losses[cause], level)
    return min(outage, together(losses, known))


@leaf
def hit_pieces(
    curves: Any, points: Any, rows: Any, low: Any, high: Any, active: Any, causes: Any, losses: Any, room: Any
) -> Any:
    """Write the level under the disruptions ``low`` … ``high - 1`` (by start); return its pieces."""
    horizon = room.shape[1] - 2
    count = n = minute = np.int64(0)
    while minute < horizon:
        while low < high and rows[low].start <= minute:
            active[count].row, active[count].level = low, rows[low].depth
            active[count].point = curves[rows[low].curve].first
            active[count].change = point_minute(curves, points, rows[low], active[count].point)
            count += 1
            low += 1
        soon = rows[low].start if low < high else horizon
        place = 0
        while place < count:
            if recover(curves, points, rows[active[place].row], active[place], minute):
                soon = min(soon, active[place].change)
                place += 1
            else:
                count -= 1
                active[place] = active[count]
        n = emit(room, _HIT, n, minute, combined(rows, active, count, causes, losses))
        minute = soon
    return n


@leaf
def staffed_pieces(group: Any, before: Any, after: Any, room: Any, n: Any) -> Any:
    """Write the level of a staff group from who has not been lost: minimum crew, then fatigue.

    A run of ``endurance`` minutes with few present makes tired from the next minute on; as long a run
    with more ends it. ``after`` becomes the state at the horizon.
    """
    tired, few, since = before.tired, before.few, before.run_began
    m = np.int64(0)
    for i in range(n):
        start, level = room[_HIT, i], room[_HIT + 1, i]
        end = room[_HIT, i + 1] if i + 1 < n else room.shape[1] - 2
        present = group.headcount * level // FULL
        if present < group.minimum_crew:
            level = 0
        if group.endurance == BLANK:
            m = emit(room, _STAFFED, m, start, level)
            continue
        tired_level = level * group.fatigue // FULL
        if since + group.endurance <= start:
            tired = few
        if few != (present <= group.tired_below):
            few, since = 1 - few, start
        switch = since + group.endurance
        if switch <= start:
            tired = few
        m = emit(room, _STAFFED, m, start, tired_level if tired else level)
        if start < switch < end:
            m = emit(room, _STAFFED, m, switch, tired_level if few else level)
    after.tired, after.few, after.run_began = tired, few, since
    return m


@leaf
def is_enough(group: Any) -> Any:
    """Tell whether an element that nothing hits is full: staff whom nothing tires, with a crew."""
    return group.kind != STAFF or (group.endurance == BLANK and group.headcount >= group.minimum_crew)


@kernel
def own_levels(g: Any, h: Any, s: Any, d: Any, after: Any) -> Any:
    """Return (minutes, levels, offsets) of the own level of all elements over the replications ``d``.

    ``after`` (per element) becomes the state at the horizon in the last of them.
    """
    groups, before, rows, struck = g.elements, s.elements, d.rows, d.offsets
    elements, count = len(groups), d.replications
    room = np.empty((4, h.horizon + 2), np.int32)
    offsets = np.zeros((elements, count + 1), np.int64)
    minutes = np.empty(elements * count + 1024, np.int32)
    levels = np.empty(elements * count + 1024, np.int16)
    most = np.int64(1)  # disruptions at once
    for place in range(len(struck) - 1):
        most = max(most, struck[place + 1] - struck[place])
    active, causes, losses = np.empty(most, ACTIVE), np.empty(most, np.int64), np.empty(most, np.int64)
    used = np.int64(0)
    for element in range(elements):
        offsets[element, 0] = used
        never_falls = is_enough(groups[element])
        for r in range(count):
            low, high = struck[element * count + r], struck[element * count + r + 1]
            if low == high and never_falls and used < len(minutes):
                minutes[used], levels[used] = 0, FULL
                used += 1
                offsets[element, r + 1] = used
                continue
            if low < high:
                n = hit_pieces(h.curves, h.points, rows, low, high, active, causes, losses, room)
            else:
                n = emit(room, _HIT, np.int64(0), np.int64(0), FULL)
            row = _HIT
            if groups[element].kind == STAFF:
                n, row = staffed_pieces(groups[element], before[element], after[element], room, n), _STAFFED
            minutes, levels = keep(minutes, levels, used, room, row, n)
            used += n
            offsets[element, r + 1] = used
    return minutes[:used], levels[:used], offsets
