"""Which timelines of an earlier run still hold, and how they are put among the new ones; as kernels."""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.compiled import BLANK
from continuity.simulation.kernels import kernel, leaf


@leaf
def _differs(element: Any, row: Any, own: Any, old: Any) -> Any:
    """Tell whether an element's own timelines are others than those of ``row`` before."""
    minutes, levels, offsets = own
    old_minutes, old_levels, old_offsets = old
    shift = old_offsets[row, 0] - offsets[element, 0]
    for replication in range(offsets.shape[1]):
        if offsets[element, replication] + shift != old_offsets[row, replication]:
            return True
    for piece in range(offsets[element, 0], offsets[element, -1]):
        if minutes[piece] != old_minutes[piece + shift] or levels[piece] != old_levels[piece + shift]:
            return True
    return False


@kernel
def touched(changed: Any, rows: Any, feeders: Any, cycle: Any, own: Any, old: Any) -> Any:
    """Tell, per element, whether its timelines may be others than before.

    ``changed``: what describes it is; ``rows``: its row before (BLANK: none); elements in topological
    order, the members of a cycle together.
    """
    starts, suppliers = feeders
    hit = changed.copy()
    first = 0
    while first < len(hit):
        end = first + 1
        while end < len(hit) and cycle[first] != BLANK and cycle[end] == cycle[first]:
            end += 1
        any_hit = False
        for element in range(first, end):
            if not any_hit:
                any_hit = hit[element] or _differs(element, rows[element], own, old)
            for place in range(starts[element], starts[element + 1]):
                supplier = suppliers[place]
                any_hit = any_hit or (supplier != BLANK and supplier < first and hit[supplier])
        for element in range(first, end):
            hit[element] = any_hit
        first = end
    return hit


@kernel
def spliced(new_rows: Any, old_rows: Any, new: Any, old: Any) -> Any:
    """Return timelines, one row for each of ``old_rows``: that row of ``old``, or where that is BLANK the
    row ``new_rows`` of ``new``."""
    count, replications = len(old_rows), old[2].shape[1] - 1
    offsets = np.zeros((count, replications + 1), np.int64)
    total = np.int64(0)
    for place in range(count):
        source = new[2][new_rows[place]] if old_rows[place] == BLANK else old[2][old_rows[place]]
        shift = total - source[0]
        for replication in range(replications + 1):
            offsets[place, replication] = source[replication] + shift
        total = offsets[place, replications]
    minutes, levels = np.empty(total, np.int32), np.empty(total, np.int16)
    for place in range(count):
        at, end = offsets[place, 0], offsets[place, replications]
        if old_rows[place] == BLANK:
            begin = new[2][new_rows[place], 0]
            minutes[at:end] = new[0][begin : begin + end - at]
            levels[at:end] = new[1][begin : begin + end - at]
        else:
            begin = old[2][old_rows[place], 0]
            minutes[at:end] = old[0][begin : begin + end - at]
            levels[at:end] = old[1][begin : begin + end - at]
    return minutes, levels, offsets
