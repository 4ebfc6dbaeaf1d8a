"""Levels of all elements over a batch of replications, element by element in topological order."""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FULL
from continuity.simulation.kernels import kernel, leaf, part
from continuity.simulation.kernels_cycles import BASE, OUTCOME, member_row, outcome, stable_pieces
from continuity.simulation.kernels_needs import is_quiet, need_pieces, open_need, primary
from continuity.simulation.kernels_pieces import keep, lagged, least, load


@leaf
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


@leaf
def as_base(cycle: Any, element: Any, members: Any, room: Any, row: Any, n: Any) -> Any:
    """Take the ``n`` pieces of a row as the base of a member."""
    base = member_row(cycle, element) + BASE
    for i in range(n):
        room[base, i], room[base + 1, i] = room[row, i], room[row + 1, i]
    members[element].based = n


@part
def unload(
    size: Any, held: Any, ends: Any, room: Any, lines: Any, first: Any, used: Any, offsets: Any
) -> Any:
    """Append timelines held by replication, then member, to ``lines`` by member, then replication."""
    minutes, levels = lines
    for member in range(size):
        offsets[first + member, 0] = used
        for r in range(offsets.shape[1] - 1):
            at = r * size + member
            n = load(room, np.int64(0), held[0], held[1], ends[at], ends[at + 1])
            minutes, levels = keep(minutes, levels, used, room, np.int64(0), n)
            used += n
            offsets[first + member, r + 1] = used
    return minutes, levels, used


@kernel
def propagate(work: Any, own: Any) -> Any:
    """Return (minutes, levels, offsets) of all elements, given the timelines of their own levels.

    Elements, and cycles whole, in topological order; for each all replications.
    """
    elements, count, room = own.offsets.shape[0], own.offsets.shape[1] - 1, work.room
    for place in range(len(work.needs)):
        work.needs[place].sound = primary(work.needs[place], work.feeds)[0] == FULL
    offsets = np.zeros((elements, count + 1), np.int64)
    minutes = np.empty(3 * elements * count + 64, np.int32)
    levels = np.empty(3 * elements * count + 64, np.int16)
    used = first = np.int64(0)
    while first < elements:
        alone = work.elements[first].cycle == BLANK
        cycle = work.cycles[max(0, work.elements[first].cycle)]
        size = 1 if alone else cycle.end - cycle.start
        held_minutes, held_levels = np.empty(4 * size * count, np.int32), np.empty(4 * size * count, np.int16)
        ends = np.zeros(size * count + 1, np.int64)
        at = np.int64(0)
        for r in range(count):
            for element in range(first, first + size):
                row, n = base_pieces(element, work, own, r, minutes, levels, offsets)
                if not alone:
                    as_base(cycle, element, work.members, room, row, n)
            if not alone:
                stable_pieces(cycle, work, r, minutes, levels, offsets)
            for element in range(first, first + size):
                if not alone:
                    row = member_row(cycle, element) + OUTCOME
                    n = outcome(cycle, element, work.members, work.steps, room)
                held_minutes, held_levels = keep(held_minutes, held_levels, ends[at], room, row, n)
                ends[at + 1] = ends[at] + n
                at += 1
        held, lines = (held_minutes, held_levels), (minutes, levels)
        minutes, levels, used = unload(size, held, ends, room, lines, first, used, offsets)
        first += size
    return minutes[:used].copy(), levels[:used].copy(), offsets
