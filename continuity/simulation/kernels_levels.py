"""Levels of all elements over a batch of replications, element by element in topological order."""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FULL, RULE_ALL
from continuity.simulation.kernels import kernel, leaf, part
from continuity.simulation.kernels_cycles import BASE, OUTCOME, member_row, outcome, stable_pieces
from continuity.simulation.kernels_felt import is_quiet, is_whole, need_pieces
from continuity.simulation.kernels_needs import end_feed, primary
from continuity.simulation.kernels_pieces import keep, lagged, least, load


@leaf
def least_of_whole(
    room: Any, a: Any, n: Any, minutes: Any, levels: Any, low: Any, high: Any, out: Any
) -> Any:
    """Write the least of a row and a timeline; return (its row: ``out``, ``a`` if that was full; pieces)."""
    if n == 1 and room[a + 1, 0] == FULL:
        return a, load(room, a, minutes, levels, low, high)
    return out, least(room[a], room[a + 1], 0, n, minutes, levels, low, high, room, out)


@leaf
def base_pieces(
    element: Any, work: Any, room: Any, own: Any, r: Any, minutes: Any, levels: Any, offsets: Any
) -> Any:
    """Return (row, pieces): least of own level and of every need felt from outside the element's cycle."""
    needs, feeds, standbys, steps, horizon = work.needs, work.feeds, work.standbys, work.steps, work.horizon
    # rows of the least so far, of what is felt, to write to, and of a queue
    a, b, c, queue = np.int64(0), np.int64(2), np.int64(4), np.int64(6)
    n = load(room, a, own.minutes, own.levels, own.offsets[element, r], own.offsets[element, r + 1])
    for place in range(work.elements[element].first_need, work.elements[element].end_need):
        need = needs[place]
        if need.straight:
            for feed in range(need.first_feed, need.end_primary):
                source = feeds[feed].element
                if not is_whole(source, r, levels, offsets):
                    low, high = offsets[source, r], offsets[source, r + 1]
                    row, n = least_of_whole(room, a, n, minutes, levels, low, high, c)
                    a, c = row, a + c - row
            continue
        lags_still = need.first_step < need.end_step
        if need.inner or (not lags_still and is_quiet(need, feeds, r, levels, offsets)):
            continue
        b, c, m = need_pieces(need, feeds, standbys, r, minutes, levels, offsets, room, b, c, horizon)
        if need.lag > 0 and (m > 1 or lags_still):
            m = lagged(room, b, m, need.lag, steps, need, c, queue, horizon)
            b, c = c, b
        if m > 1 or room[b + 1, 0] < FULL:
            n = least(room[a], room[a + 1], 0, n, room[b], room[b + 1], 0, m, room, c)
            a, c = c, a
    return a, n


@leaf
def is_straight(need: Any) -> Any:
    """Tell whether a need is felt at once as the least of its suppliers: no buffer, lag, floor or standby."""
    plain = need.rule == RULE_ALL and need.inner == 0 and need.first_standby == need.end_standby
    return plain and need.autonomy + need.lag + need.floor == 0 and need.first_step == need.end_step


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


@leaf
def most_changes(first: Any, end: Any, work: Any, own: Any, offsets: Any) -> Any:
    """Return a bound on the pieces that a row holds while the elements ``first`` … ``end - 1`` are worked at.

    Between two changes from outside every buffer may run dry and every standby begin and run dry.
    """
    needs, feeds = work.needs, work.feeds
    changes, turns = np.int64(end - first), np.int64(2 + end - first)
    for element in range(first, end):
        changes += own.offsets[element, -1] - own.offsets[element, 0]
        for place in range(work.elements[element].first_need, work.elements[element].end_need):
            need = needs[place]
            turns += 1 + 3 * (need.end_standby - need.first_standby)
            for feed in range(need.first_feed, end_feed(need)):
                source = feeds[feed].element
                if source != BLANK and not first <= source < end:
                    changes += offsets[source, -1] - offsets[source, 0]
    return 2 * changes * turns


@part
def wide_enough(room: Any, first: Any, end: Any, work: Any, own: Any, offsets: Any) -> Any:
    """Return the room, or a wider one if the elements ``first`` … ``end - 1`` might need it."""
    if room.shape[1] >= work.horizon + 2:  # a piece in every minute
        return room
    wanted = min(work.horizon, most_changes(first, end, work, own, offsets)) + 2
    return room if room.shape[1] >= wanted else np.empty((room.shape[0], 2 * wanted), np.int32)


@part
def of_element(element: Any, work: Any, room: Any, own: Any, lines: Any, used: Any, offsets: Any) -> Any:
    """Append the timelines of an element outside cycles; return (minutes, levels, pieces used)."""
    minutes, levels = lines
    offsets[element, 0] = used
    for r in range(offsets.shape[1] - 1):
        row, n = base_pieces(element, work, room, own, r, minutes, levels, offsets)
        minutes, levels = keep(minutes, levels, used, room, row, n)
        used += n
        offsets[element, r + 1] = used
    return minutes, levels, used


@part
def of_cycle(cycle: Any, work: Any, room: Any, own: Any, lines: Any, used: Any, offsets: Any) -> Any:
    """Append the timelines of the members of a cycle; return (minutes, levels, pieces used)."""
    first, size, count = cycle.start, cycle.end - cycle.start, offsets.shape[1] - 1
    held_minutes, held_levels = np.empty(4 * size * count, np.int32), np.empty(4 * size * count, np.int16)
    ends = np.zeros(size * count + 1, np.int64)
    minutes, levels = lines
    at = np.int64(0)
    for r in range(count):
        for element in range(first, first + size):
            row, n = base_pieces(element, work, room, own, r, minutes, levels, offsets)
            as_base(cycle, element, work.members, room, row, n)
        stable_pieces(cycle, work, room, r, minutes, levels, offsets)
        for element in range(first, first + size):
            n = outcome(cycle, element, work.members, work.steps, room, work.horizon)
            row = member_row(cycle, element) + OUTCOME
            held_minutes, held_levels = keep(held_minutes, held_levels, ends[at], room, row, n)
            ends[at + 1] = ends[at] + n
            at += 1
    return unload(size, (held_minutes, held_levels), ends, room, lines, first, used, offsets)


@kernel
def propagate(work: Any, own: Any) -> Any:
    """Return (minutes, levels, offsets) of all elements, given the timelines of their own levels.

    Elements, and cycles whole, in topological order; for each all replications.
    """
    elements, count = own.offsets.shape[0], own.offsets.shape[1] - 1
    for place in range(len(work.needs)):
        work.needs[place].sound = primary(work.needs[place], work.feeds)[0] == FULL
        work.needs[place].straight = is_straight(work.needs[place])
    offsets = np.zeros((elements, count + 1), np.int64)
    minutes = np.empty(3 * elements * count + 64, np.int32)
    levels = np.empty(3 * elements * count + 64, np.int16)
    used = element = np.int64(0)
    room = work.room
    while element < elements:
        lines = (minutes, levels)
        if work.elements[element].cycle == BLANK:
            room = wide_enough(room, element, element + 1, work, own, offsets)
            minutes, levels, used = of_element(element, work, room, own, lines, used, offsets)
            element += 1
        else:
            cycle = work.cycles[work.elements[element].cycle]
            room = wide_enough(room, element, cycle.end, work, own, offsets)
            minutes, levels, used = of_cycle(cycle, work, room, own, lines, used, offsets)
            element = cycle.end
    return minutes[:used].copy(), levels[:used].copy(), offsets
