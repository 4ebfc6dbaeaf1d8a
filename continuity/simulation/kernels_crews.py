"""Queues for repair crews in one replication."""

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK, FAILURE, FOREVER
from continuity.simulation.kernels import leaf, part


@leaf
def before(exposed: Any, one: Any, other: Any) -> Any:
    """Tell whether disruption ``one`` is served before ``other``: priority, arrival, element id, ordinal."""
    a, b = exposed[one.element], exposed[other.element]
    if a.priority != b.priority:
        return a.priority < b.priority
    if one.start != other.start:
        return one.start < other.start
    if one.element != other.element:
        return a.rank < b.rank
    return one.ordinal < other.ordinal


@part
def longer(values: Any) -> Any:
    """Return an array with room for as many again."""
    more = np.empty(2 * len(values) + 16, np.int64)
    for place in range(len(values)):
        more[place] = values[place]
    return more


@part
def put_in_order(rows: Any, coming: Any, heard: Any, n: Any, row: Any) -> Any:
    """Put ``row`` among the requests ``heard`` … ``n - 1`` by its start; return the array, perhaps longer."""
    if n == len(coming):
        coming = longer(coming)
    place = n
    while place > heard and rows[coming[place - 1]].start > rows[row].start:
        coming[place] = coming[place - 1]
        place -= 1
    coming[place] = row
    return coming


@leaf
def is_admitted(rows: Any, row: Any, last_failure: Any) -> Any:
    """Tell whether a request stands: an earlier background failure of its element must be over."""
    if rows[row].kind != FAILURE:
        return True
    last = last_failure[rows[row].element]
    if last != BLANK and rows[last].begin + rows[last].duration > rows[row].start:
        return False
    last_failure[rows[row].element] = row
    return True


@leaf
def best_waiting(exposed: Any, rows: Any, waiting: Any, n: Any, free: Any) -> Any:
    """Return the place of the request that is served next, BLANK where no crew is free for any."""
    best: Any = np.int64(BLANK)
    for place in range(n):
        row = rows[waiting[place]]
        if free[exposed[row.element].crew] > 0 and (
            best == BLANK or before(exposed, row, rows[waiting[best]])
        ):
            best = place
    return best


@leaf
def first_end(rows: Any, busy: Any, n: Any) -> Any:
    """Return the minute in which the next crew comes free."""
    soon = FOREVER
    for place in range(n):
        soon = min(soon, rows[busy[place]].begin + rows[busy[place]].duration)
    return soon


@leaf
def set_free(exposed: Any, rows: Any, busy: Any, n: Any, minute: Any, free: Any) -> Any:
    """Free the crews that have finished by ``minute``; return how many are still busy."""
    place = 0
    while place < n:
        row = rows[busy[place]]
        if row.begin + row.duration <= minute:
            free[exposed[row.element].crew] += 1
            n -= 1
            busy[place] = busy[n]
        else:
            place += 1
    return n
