"""Figures of element levels and of functions against their demands over a block; as kernels."""

# mypy: disable-error-code="no-any-return"

from __future__ import annotations

from typing import Any

import numpy as np

from continuity.simulation.figures import NONE
from continuity.simulation.kernels import kernel

#: Rows that :func:`functions_of` fills per function.
FUNCTION_ROWS = ("down", "longest", "first", "recovered", "rto_at", "mtpd_at")


@kernel
def elements_of(minutes: Any, levels: Any, offsets: Any, horizon: int) -> Any:
    """Return minutes at level 0 and the first of them (NONE): [elements, replications] each."""
    elements, replications = offsets.shape[0], offsets.shape[1] - 1
    down = np.zeros((elements, replications), np.int64)
    first = np.full((elements, replications), NONE, np.int64)
    for element in range(elements):
        for replication in range(replications):
            last = offsets[element, replication + 1]
            for piece in range(offsets[element, replication], last):
                if levels[piece] == 0:
                    end = minutes[piece + 1] if piece + 1 < last else horizon
                    down[element, replication] += end - minutes[piece]
                    if first[element, replication] == NONE:
                        first[element, replication] = minutes[piece]
    return down, first


@kernel
def functions_of(
    minutes: Any, levels: Any, offsets: Any, horizon: int, lag: int, rows: Any, demands: Any
) -> Any:
    """Return, per row of ``FUNCTION_ROWS``, function and replication, how it did; NONE where it did not.

    ``demands`` [3, functions] = MBCO, RTO, MTPD (-1: none). An interval that reaches the horizon counts
    to it. RTO counts from declaration, ``lag`` minutes after the outage; a breach is strictly longer.
    """
    replications = offsets.shape[1] - 1
    out = np.full((6, len(rows), replications), NONE, np.int64)
    out[:2] = 0
    for place in range(len(rows)):
        element, mbco, rto, mtpd = rows[place], demands[0, place], demands[1, place], demands[2, place]
        for replication in range(replications):
            piece, last = offsets[element, replication], offsets[element, replication + 1]
            while piece < last:
                if levels[piece] >= mbco:
                    piece += 1
                    continue
                begin = minutes[piece]
                while piece < last and levels[piece] < mbco:
                    piece += 1
                end = minutes[piece] if piece < last else horizon
                out[0, place, replication] += end - begin
                out[1, place, replication] = max(out[1, place, replication], end - begin)
                if out[2, place, replication] == NONE:
                    out[2, place, replication] = begin
                out[3, place, replication] = end if piece < last else NONE
                if rto >= 0 and end - begin - lag > rto and out[4, place, replication] == NONE:
                    out[4, place, replication] = begin + lag + rto
                if mtpd >= 0 and end - begin > mtpd and out[5, place, replication] == NONE:
                    out[5, place, replication] = begin + mtpd
    return out


@kernel
def add_to_grid(
    minutes: Any, levels: Any, offsets: Any, horizon: int, step: int, counts: Any, sums: Any, lowest: Any
) -> None:
    """Add a block to level statistics on a grid of ``step`` minutes.

    ``counts`` [elements, points + 1, 101] and ``sums`` [elements, points + 1] take differences from one
    point to the next; ``lowest`` [elements, points], 1000 at first,
    takes the least level.
    """
    points, width = np.int64(lowest.shape[1]), np.uint32(step)
    for element in range(offsets.shape[0]):
        always_full = 0
        for replication in range(offsets.shape[1] - 1):
            piece, last = offsets[element, replication], offsets[element, replication + 1]
            if last - piece == 1 and levels[piece] == 1000:
                always_full += 1
                continue
            begin = np.int64(0)
            while piece < last:
                end = points
                if piece + 1 < last:  # the first point that is not before the next piece
                    reached = (np.uint32(minutes[piece + 1]) + width - np.uint32(1)) // width
                    end = min(points, np.int64(reached))
                if begin < end:
                    level = levels[piece]
                    counts[element, begin, level // 10] += 1
                    counts[element, end, level // 10] -= 1
                    sums[element, begin] += level
                    sums[element, end] -= level
                    if level < 1000:
                        for point in range(begin, end):
                            lowest[element, point] = min(lowest[element, point], level)
                    begin = end
                piece += 1
        counts[element, 0, 100] += always_full
        counts[element, points, 100] -= always_full
        sums[element, 0] += 1000 * always_full
        sums[element, points] -= 1000 * always_full


@kernel
def series_of(counts: Any, sums: Any, lowest: Any, replications: int) -> Any:
    """Return, from what :func:`add_to_grid` made, [4, elements, points]: mean, 10 % and 50 % quantile, least.

    A quantile is the lower edge of its bin of ten permille, or the least level where that lies in the bin.
    """
    elements, points = lowest.shape
    out = np.zeros((4, elements, points), np.int64)
    total = max(1, replications)
    parts = (10, 50)
    held = np.zeros(101, np.int64)
    for element in range(elements):
        held[:] = 0
        level_sum = np.int64(0)
        for point in range(points):
            level_sum += sums[element, point]
            for level in range(101):
                held[level] += counts[element, point, level]
            out[0, element, point] = (level_sum + total // 2) // total
            out[3, element, point] = lowest[element, point]
            for row in range(2):
                wanted = -(-replications * parts[row] // 100)
                place, rank = 0, held[0]
                while rank < wanted and place < 100:
                    place += 1
                    rank += held[place]
                least = lowest[element, point]
                out[1 + row, element, point] = least if least // 10 == place else 10 * place
    return out
