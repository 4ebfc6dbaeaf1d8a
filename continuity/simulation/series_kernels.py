"""Adding the values of many points to bins, as a kernel."""

from __future__ import annotations

from typing import Any

from continuity.simulation.kernels import kernel, leaf


@leaf
def _bin_of(edges: Any, value: Any) -> Any:
    low, high = 0, len(edges) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if edges[middle] <= value:
            low = middle
        else:
            high = middle - 1
    return low


@kernel
def add_to_series(values: Any, edges: Any, counts: Any, sums: Any, highest: Any) -> None:
    """Add ``values`` [points, replications]: per point how many and their sum by bin, and the highest.

    What waits at a point differs little from one replication to the next, so the last bin is tried first.
    """
    last = len(edges) - 1
    for point in range(values.shape[0]):
        place = 0
        for replication in range(values.shape[1]):
            value = values[point, replication]
            if value < edges[place] or (place < last and value >= edges[place + 1]):
                place = _bin_of(edges, value)
            counts[point, place] += 1
            sums[point, place] += value
            highest[point] = max(highest[point], value)
