"""Sampling the disruptions of a block: events, background failures, staff losses, queues for crews.

Each replication is worked through in the order of time: an event starts when the one it waits for has
begun or ended; an outage that needs a crew waits for one. The rows found are then sorted by element,
replication and start.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, DISRUPTION, FAILURE, FOREVER, OUTAGE, STAFF_LOSS
from continuity.simulation.kernels import kernel, leaf, part
from continuity.simulation.kernels_crews import (
    best_waiting,
    first_end,
    is_admitted,
    longer,
    put_in_order,
    set_free,
)
from continuity.simulation.kernels_laws import draw_minutes, whole_minutes
from continuity.simulation.kernels_random import two_uniforms, uniform

_TIMES = 65536  # more than an event can repeat, so that ordinals of different events never meet
_UNKNOWN, _NEVER = -1, -2  # start of an event: not known yet; it does not happen


@part
def grown(rows: Any) -> Any:
    """Return the rows with room for as many again."""
    more = np.empty(2 * len(rows), DISRUPTION)
    for row in range(len(rows)):
        more[row] = rows[row]
    return more


@leaf
def put(rows: Any, n: Any, start: Any, duration: Any, element: Any, event: Any, ordinal: Any) -> Any:
    """Write the common part of row ``n``."""
    rows[n].start = start
    rows[n].begin = start
    rows[n].duration = duration
    rows[n].element = element
    rows[n].event = event
    rows[n].ordinal = ordinal


@leaf
def is_hit(h: Any, event: Any, target: Any, replication: Any) -> Any:
    """Tell whether ``target`` of ``event`` is hit: one draw per event and element."""
    chance = h.events[event].hit_probability
    return chance >= 1.0 or uniform(h.targets[target].hit_key, replication, np.int64(0)) < chance


@leaf
def target_minutes(h: Any, event: Any, target: Any, replication: Any, time: Any) -> Any:
    """Return the duration for ``target`` the ``time``-th time that ``event`` strikes."""
    law = h.events[event].law if h.events[event].law != BLANK else h.targets[target].law
    key = h.targets[target].duration_key if h.events[event].each else h.events[event].duration_key
    return draw_minutes(h, law, uniform(key, replication, time))


@leaf
def happens(h: Any, event: Any, replication: Any) -> Any:
    """Tell whether ``event`` happens by its own probability: one draw."""
    chance = h.events[event].probability
    return chance >= 1.0 or uniform(h.events[event].happens_key, replication, np.int64(0)) < chance


@leaf
def needs_crew(h: Any, element: Any) -> Any:
    """Tell whether an outage of ``element`` must wait for a crew."""
    return h.exposed[element].crew != BLANK


@part
def strike(
    h: Any, event: Any, replication: Any, begins: Any, ends: Any, open_: Any, rows: Any, n: Any
) -> Any:
    """Write the rows of ``event``, which begins at ``begins[event]``.

    ``ends[event]`` becomes the latest end known, ``open_[event]`` the number of targets whose end is not.
    """
    ends[event] = begins[event]
    for time in range(h.events[event].times):
        start = begins[event] + time * h.events[event].every
        if start >= h.horizon:
            ends[event] = FOREVER
            break
        if not h.events[event].each and h.events[event].law != BLANK:
            # one duration for all: it runs whether or not anything is hit
            u = uniform(h.events[event].duration_key, replication, time)
            ends[event] = max(ends[event], start + draw_minutes(h, h.events[event].law, u))
        for target in range(h.events[event].first_target, h.events[event].end_target):
            if not is_hit(h, event, target, replication):
                continue
            if n == len(rows):
                rows = grown(rows)
            minutes = target_minutes(h, event, target, replication, time)
            put(rows, n, start, minutes, h.targets[target].element, event, event * _TIMES + time)
            rows[n].depth = h.events[event].depth
            rows[n].curve = h.events[event].curve
            rows[n].kind = OUTAGE if h.events[event].type == OUTAGE else STAFF_LOSS
            rows[n].cause = h.events[event].cause
            if rows[n].kind == OUTAGE and needs_crew(h, rows[n].element):
                rows[n].begin = FOREVER
                open_[event] += 1
            else:
                ends[event] = max(ends[event], start + minutes)
            n += 1
    return rows, n


@part
def release(h: Any, replication: Any, begins: Any, ends: Any, open_: Any, rows: Any, n: Any) -> Any:
    """Let every event strike whose start has become known; causes stand before their consequences."""
    for event in range(len(begins)):
        if begins[event] != _UNKNOWN:
            continue
        after = h.events[event].after
        start = h.events[event].offset
        if after != BLANK:
            if begins[after] == _UNKNOWN or (h.events[event].after_end and open_[after] > 0):
                continue
            start += ends[after] if h.events[event].after_end else begins[after]
        if (after != BLANK and begins[after] == _NEVER) or not happens(h, event, replication):
            begins[event] = _NEVER
            continue
        begins[event] = min(start, FOREVER)
        rows, n = strike(h, event, replication, begins, ends, open_, rows, n)
    return rows, n


@leaf
def draw_first(keys: Any, replication: Any, drawn: Any) -> Any:
    """Draw the uniforms of all first times to failure: a loop that is compiled to do several at a time."""
    for failure in range(len(keys)):
        drawn[failure] = uniform(keys[failure], replication, np.int64(0))


@part
def fail(h: Any, replication: Any, keys: Any, drawn: Any, likely: Any, rows: Any, n: Any) -> Any:
    """Write the background failures of one replication; their clock does not wait for crews.

    A first uniform above ``likely`` means a time beyond the horizon, whatever its logarithm.
    """
    draw_first(keys, replication, drawn)
    for failure in range(len(h.failures)):
        if drawn[failure] > likely[failure]:
            continue
        element = h.failures[failure].element
        minute = ordinal = np.int64(0)
        while True:
            up, repair = two_uniforms(h.failures[failure].key, replication, ordinal)
            minute += whole_minutes(-h.failures[failure].mttf * math.log1p(-up))
            if minute >= h.horizon:
                break
            if n == len(rows):
                rows = grown(rows)
            minutes = draw_minutes(h, h.failures[failure].law, repair)
            put(rows, n, minute, minutes, element, np.int64(BLANK), len(h.events) * _TIMES + ordinal)
            rows[n].depth, rows[n].curve, rows[n].kind, rows[n].cause = 0, 0, FAILURE, BLANK
            if needs_crew(h, element):
                rows[n].begin = FOREVER
            n += 1
            minute += minutes
            ordinal += 1
    return rows, n


@part
def queue_for_crews(
    h: Any, replication: Any, begins: Any, ends: Any, open_: Any, rows: Any, first: Any, n: Any
) -> Any:
    """Let the outages of one replication (rows ``first`` … ``n - 1``) wait for their crews.

    In each minute in which something happens: free crews that have finished, hear requests, serve.
    """
    exposed, free = h.exposed, h.crews.copy()
    last_failure = np.full(len(exposed), BLANK, np.int64)
    coming, waiting = np.empty(n - first + 16, np.int64), np.empty(16, np.int64)
    busy = np.empty(max(1, free.sum()), np.int64)
    heard = all_ = waits = works = np.int64(0)  # sizes: requests heard, requests, waiting, busy
    known = first
    while True:
        for row in range(known, n):
            if rows[row].begin == FOREVER:
                coming = put_in_order(rows, coming, heard, all_, row)
                all_ += 1
        known = n
        minute = rows[coming[heard]].start if heard < all_ else FOREVER
        if waits > 0:
            minute = min(minute, first_end(rows, busy, works))
        if minute >= h.horizon:
            return rows, n
        works = set_free(exposed, rows, busy, works, minute, free)
        while heard < all_ and rows[coming[heard]].start <= minute:
            if is_admitted(rows, coming[heard], last_failure):
                waiting = longer(waiting) if waits == len(waiting) else waiting
                waiting[waits] = coming[heard]
                waits += 1
            else:
                rows[coming[heard]].element = BLANK  # dropped
            heard += 1
        place = best_waiting(exposed, rows, waiting, waits, free)
        while place != BLANK:
            row, waits = waiting[place], waits - 1
            waiting[place] = waiting[waits]
            event = rows[row].event
            rows[row].begin = minute
            busy[works] = row
            works += 1
            free[exposed[rows[row].element].crew] -= 1
            if event != BLANK:
                ends[event] = max(ends[event], minute + rows[row].duration)
                open_[event] -= 1
            place = best_waiting(exposed, rows, waiting, waits, free)
        rows, n = release(h, replication, begins, ends, open_, rows, n)


@leaf
def later(placed: Any, row: Any) -> Any:
    """Tell whether the placed row stands after ``row`` of the same element and replication."""
    if placed.start != row.start:
        return placed.start > row.start
    return placed.ordinal > row.ordinal


@part
def sorted_rows(h: Any, rows: Any, ends: Any) -> Any:
    """Return (offsets, rows): by element, replication, start and ordinal, dropped ones left out.

    The rows of replication r end at ``ends[r]``.
    """
    count = len(ends)
    offsets = np.zeros(len(h.exposed) * count + 1, np.int64)
    replication = np.int64(0)
    for row in range(len(rows)):
        while row >= ends[replication]:
            replication += 1
        if rows[row].element != BLANK:
            offsets[rows[row].element * count + replication + 1] += 1
    for key in range(len(offsets) - 1):
        offsets[key + 1] += offsets[key]
    placed = np.empty(offsets[-1], DISRUPTION)
    filled = offsets[:-1].copy()
    replication = np.int64(0)
    for row in range(len(rows)):
        while row >= ends[replication]:
            replication += 1
        if rows[row].element == BLANK:
            continue
        key = rows[row].element * count + replication
        place = filled[key]
        while place > offsets[key] and later(placed[place - 1], rows[row]):
            placed[place] = placed[place - 1]
            place -= 1
        placed[place] = rows[row]
        filled[key] += 1
    return offsets, placed


@kernel
def sample_rows(h: Any, first: Any, count: Any) -> Any:
    """Return (offsets, rows) of ``count`` replications from ``first`` on."""
    events = len(h.events)
    keys, drawn = np.empty(len(h.failures), np.uint64), np.empty(len(h.failures), np.float64)
    likely = np.empty(len(h.failures), np.float64)
    for failure in range(len(h.failures)):
        keys[failure] = h.failures[failure].key
        likely[failure] = -math.expm1(-h.horizon / h.failures[failure].mttf)
    rows = np.empty(1024, DISRUPTION)
    row_ends = np.zeros(count, np.int64)
    n = np.int64(0)
    for replication in range(count):
        before = n
        begins, ends = np.full(events, _UNKNOWN, np.int64), np.zeros(events, np.int64)
        open_ = np.zeros(events, np.int64)
        rows, n = release(h, first + replication, begins, ends, open_, rows, n)
        rows, n = fail(h, first + replication, keys, drawn, likely, rows, n)
        if len(h.crews) > 0:
            rows, n = queue_for_crews(h, first + replication, begins, ends, open_, rows, before, n)
        row_ends[replication] = n
    return sorted_rows(h, rows[:n], row_ends)
