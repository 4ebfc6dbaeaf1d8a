"""Levels of all elements over a batch of replications, element by element in topological order."""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FULL
from continuity.simulation.kernels import kernel, part
from continuity.simulation.kernels_cycles import BASE, OUTCOME, fill_cycle, member_row
from continuity.simulation.kernels_needs import is_quiet, make_work, need_pieces
from continuity.simulation.kernels_pieces import keep, lagged, least
from continuity.simulation.timelines import Lines


@part
def load(room: Any, row: Any, lines: Any, element: Any, r: Any) -> Any:
    """Copy one timeline into a row; return its pieces."""
    low, high = lines.offsets[element, r], lines.offsets[element, r + 1]
    for i in range(high - low):
        room[row, i], room[row + 1, i] = lines.minutes[low + i], lines.levels[low + i]
    return high - low


@part
def base_pieces(g: Any, s: Any, w: Any, own: Any, element: Any, r: Any, lines: Any) -> Any:
    """Return (row, pieces): least of own level and of every need felt from outside the element's cycle."""
    n = load(w.room, np.int64(0), own, element, r)
    # rows of the least so far, of what is felt, to write to, and of a queue
    a, b, c, queue = np.int64(0), np.int64(2), np.int64(4), np.int64(6)
    for need in range(g.elements[element].first_need, g.elements[element].end_need):
        before = s.needs[need]
        lags_still = before.first_step < before.end_step
        if g.needs[need].inner or (not lags_still and is_quiet(g, w, need, r, lines)):
            continue
        m = need_pieces(g, s, w, need, r, lines, b)
        if g.needs[need].lag > 0 and (m > 1 or lags_still):
            m = lagged(w.room, b, m, g.needs[need].lag, s.steps, before, g.horizon, c, queue)
            b, c = c, b
        if m > 1 or w.room[b + 1, 0] < FULL:
            n = least(w.room, a, n, b, m, c)
            a, c = c, a
    return a, n


@part
def cycle_lines(g: Any, s: Any, w: Any, own: Any, cycle: Any, lines: Any) -> Any:
    """Return the levels of the members of a cycle, by replication and then member."""
    start, size = g.cycles[cycle].start, g.cycles[cycle].end - g.cycles[cycle].start
    count = lines.offsets.shape[1] - 1
    held = (np.empty(4 * size * count, np.int32), np.empty(4 * size * count, np.int16))
    offsets = np.zeros((count, size + 1), np.int64)
    kept = np.int64(0)
    for r in range(count):
        for place in range(size):
            a, n = base_pieces(g, s, w, own, start + place, r, lines)
            for i in range(n):
                w.room[member_row(place) + BASE, i] = w.room[a, i]
                w.room[member_row(place) + BASE + 1, i] = w.room[a + 1, i]
            w.members[place].base = n
        fill_cycle(g, s, w, cycle, r, lines)
        offsets[r, 0] = kept
        for place in range(size):
            held = keep(held, kept, w.room, member_row(place) + OUTCOME, w.members[place].pieces)
            kept += w.members[place].pieces
            offsets[r, place + 1] = kept
    return Lines(held[0], held[1], offsets)


@kernel
def propagate(g: Any, s: Any, own: Any, largest: Any) -> Any:
    """Return (minutes, levels, offsets) of all elements, given the timelines of their own levels.

    ``largest`` is the size of the largest cycle.
    """
    elements, count = own.offsets.shape[0], own.offsets.shape[1] - 1
    w = make_work(g, largest)
    offsets = np.zeros((elements, count + 1), np.int64)
    so_far = (np.empty(3 * elements * count + 64, np.int32), np.empty(3 * elements * count + 64, np.int16))
    lines = Lines(so_far[0], so_far[1], offsets)
    used = element = np.int64(0)
    while element < elements:
        cycle = g.elements[element].cycle
        if cycle == BLANK:
            offsets[element, 0] = used
            for r in range(count):
                a, n = base_pieces(g, s, w, own, element, r, lines)
                so_far = keep(so_far, used, w.room, a, n)
                lines = Lines(so_far[0], so_far[1], offsets)
                used += n
                offsets[element, r + 1] = used
            element += 1
            continue
        held = cycle_lines(g, s, w, own, cycle, lines)
        for place in range(g.cycles[cycle].end - element):
            offsets[element + place, 0] = used
            for r in range(count):
                n = load(w.room, 0, held, r, place)
                so_far = keep(so_far, used, w.room, 0, n)
                used += n
                offsets[element + place, r + 1] = used
        lines = Lines(so_far[0], so_far[1], offsets)
        element = g.cycles[cycle].end
    return so_far[0][:used].copy(), so_far[1][:used].copy(), offsets
