"""Levels of all elements over a batch of replications, element by element in topological order."""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FULL
from continuity.simulation.kernels import kernel, part
from continuity.simulation.kernels_cycles import BASE, OUTCOME, fill_cycle, member_row
from continuity.simulation.kernels_needs import is_quiet, need_pieces, open_need, primary
from continuity.simulation.kernels_pieces import keep, lagged, least, load


@part
def base_pieces(element: Any, work: Any, own: Any, r: Any, minutes: Any, levels: Any, offsets: Any) -> Any:
    """Return (row, pieces): least of own level and of every need felt from outside the element's cycle."""
    needs, feeds, standbys, steps, room = work.needs, work.feeds, work.standbys, work.steps, work.room
    # rows of the least so far, of what is felt, to write to, and of a queue
    a, b, c, queue = np.int64(0), np.int64(2), np.int64(4), np.int64(6)
    n = load(room, a, own.minutes, own.levels, own.offsets[element, r], own.offsets[element, r + 1])
    for place in range(work.elements[element].first_need, work.elements[element].end_need):
        need = needs[place]
        lags_still = need.first_step < need.end_step
        if need.inner or (not lags_still and is_quiet(need, feeds, r, levels, offsets)):
            continue
        open_need(need, feeds, standbys, r, minutes, levels, offsets)
        m = need_pieces(need, feeds, standbys, minutes, levels, room, b)
        if need.lag > 0 and (m > 1 or lags_still):
            m = lagged(room, b, m, need.lag, steps, need, c, queue)
            b, c = c, b
        if m > 1 or room[b + 1, 0] < FULL:
            n = least(room, a, n, b, m, c)
            a, c = c, a
    return a, n


@part
def cycle_pieces(cycle: Any, work: Any, own: Any, r: Any, minutes: Any, levels: Any, offsets: Any) -> Any:
    """Write the members' levels of one replication to their rows ``OUTCOME``."""
    room, members = work.room, work.members
    for element in range(cycle.start, cycle.end):
        a, n = base_pieces(element, work, own, r, minutes, levels, offsets)
        row = member_row(cycle, element) + BASE
        for i in range(n):
            room[row, i], room[row + 1, i] = room[a, i], room[a + 1, i]
        members[element].based = n
    fill_cycle(cycle, work, r, minutes, levels, offsets)


@part
def keep_cycle(cycle: Any, work: Any, own: Any, minutes: Any, levels: Any, offsets: Any, used: Any) -> Any:
    """Append the levels of the members of a cycle; return the arrays and how much of them is used."""
    members, room = work.members, work.room
    size, count = cycle.end - cycle.start, offsets.shape[1] - 1
    held_minutes, held_levels = np.empty(4 * size * count, np.int32), np.empty(4 * size * count, np.int16)
    ends = np.zeros(size * count + 1, np.int64)  # by replication, then member
    place = np.int64(0)
    for r in range(count):
        cycle_pieces(cycle, work, own, r, minutes, levels, offsets)
        for element in range(cycle.start, cycle.end):
            row, n = member_row(cycle, element) + OUTCOME, members[element].pieces
            held_minutes, held_levels = keep(held_minutes, held_levels, ends[place], room, row, n)
            ends[place + 1] = ends[place] + n
            place += 1
    for element in range(cycle.start, cycle.end):
        offsets[element, 0] = used
        for r in range(count):
            place = r * size + element - cycle.start
            n = load(room, np.int64(0), held_minutes, held_levels, ends[place], ends[place + 1])
            minutes, levels = keep(minutes, levels, used, room, np.int64(0), n)
            used += n
            offsets[element, r + 1] = used
    return minutes, levels, used


@kernel
def propagate(work: Any, own: Any) -> Any:
    """Return (minutes, levels, offsets) of all elements, given the timelines of their own levels."""
    elements, count = own.offsets.shape[0], own.offsets.shape[1] - 1
    for place in range(len(work.needs)):
        work.needs[place].sound = primary(work.needs[place], work.feeds)[0] == FULL
    offsets = np.zeros((elements, count + 1), np.int64)
    minutes = np.empty(3 * elements * count + 64, np.int32)
    levels = np.empty(3 * elements * count + 64, np.int16)
    used = element = np.int64(0)
    while element < elements:
        if work.elements[element].cycle != BLANK:
            cycle = work.cycles[work.elements[element].cycle]
            minutes, levels, used = keep_cycle(cycle, work, own, minutes, levels, offsets, used)
            element = cycle.end
            continue
        offsets[element, 0] = used
        for r in range(count):
            a, n = base_pieces(element, work, own, r, minutes, levels, offsets)
            minutes, levels = keep(minutes, levels, used, work.room, a, n)
            used += n
            offsets[element, r + 1] = used
        element += 1
    return minutes[:used].copy(), levels[:used].copy(), offsets
