"""Figures over many replications in flat memory: mean, standard error, quantiles from fixed bins.

A figure is a whole number, 0 or more, above its base. Bins are 1 % wide (one unit up to 200), and a
quantile is the mean of the values in its bin: exact where all of them are the same. Sums are whole
numbers, so they do not depend on the order of blocks; squares are added in the order of blocks.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.kernels import kernel, part
from continuity.simulation.result import Estimate, Proportion

Ints = NDArray[np.int64]
#: "This replication has no such figure".
NONE = -(2**62)
_Z95 = 1.959963984540054


@lru_cache(maxsize=16)
def bin_edges(limit: int) -> Ints:
    """Return the lower edges of the bins for values 0 ... ``limit``."""
    edges, edge = [], 0
    while edge <= limit:
        edges.append(edge)
        edge += max(1, edge // 100)
    return np.array(edges, np.int64)


@part
def _bin_of(edges: Any, value: Any) -> Any:
    if value < 200:
        return min(value, len(edges) - 1)
    low, high = 200, len(edges) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if edges[middle] <= value:
            low = middle
        else:
            high = middle - 1
    return low


@kernel
def _add(values: Any, base: Any, edges: Any, counts: Any, sums: Any, squares: Any, ends: Any) -> None:
    """Add ``values`` [figures, replications]: counts and sums above the edge per bin; squares, extremes."""
    for figure in range(values.shape[0]):
        square = 0.0
        for replication in range(values.shape[1]):
            given = values[figure, replication]
            if given == NONE:
                continue
            value = given - base[figure]
            place = _bin_of(edges, value)
            counts[figure, place] += 1
            sums[figure, place] += value - edges[place]
            square += float(value) * float(value)
            ends[0, figure] = min(ends[0, figure], value)
            ends[1, figure] = max(ends[1, figure], value)
        squares[figure] += square


class Figures:
    """``count`` figures of one sort, none above its base by more than ``limit``."""

    def __init__(self, count: int, limit: int, base: Ints | None = None) -> None:
        self._edges = bin_edges(max(1, limit))
        self._base = np.zeros(count, np.int64) if base is None else base
        self._counts = np.zeros((count, len(self._edges)), np.uint32)
        self._sums = np.zeros((count, len(self._edges)), np.int64)
        self._squares = np.zeros(count, np.float64)
        self._ends = np.array([[2**62] * count, [-1] * count], np.int64)

    def add(self, values: Ints) -> None:
        """Add a block's ``values`` [figures, replications]; ``NONE`` where there is none."""
        if values.size:
            _add(values, self._base, self._edges, self._counts, self._sums, self._squares, self._ends)

    def number(self, figure: int) -> int:
        """Return how many values there were."""
        return int(self._counts[figure].sum())

    def numbers(self) -> Ints:
        """Return how many values there were of each figure."""
        found: Ints = self._counts.sum(axis=1, dtype=np.int64)
        return found

    def estimate(self, figure: int, unit: float = 1) -> Estimate:
        """Return mean, error and quantiles of one figure, divided by ``unit``; zeros where there is none."""
        filled = np.flatnonzero(self._counts[figure])
        counts = self._counts[figure, filled].tolist()
        edges, above = self._edges[filled].tolist(), self._sums[figure, filled].tolist()
        sums = [count * edge + more for count, edge, more in zip(counts, edges, above, strict=True)]
        total, number = sum(sums), sum(counts)
        if not number:
            return Estimate(0.0, 0.0, 0.0, 0.0, 0.0)
        base = int(self._base[figure])
        error = 0.0
        if self._ends[0, figure] < self._ends[1, figure]:
            spread = float(self._squares[figure]) - total * total / number
            error = (max(0.0, spread) / (number - 1) / number) ** 0.5
        ranks = np.cumsum(counts, dtype=np.int64)
        quantiles = []
        for percent in (10, 50, 90):
            place = int(np.searchsorted(ranks, -(-number * percent // 100)))
            quantiles.append((base + sums[place] / counts[place]) / unit)
        return Estimate((base + total / number) / unit, error / unit, *quantiles)

    def outlasting(self, figure: int, most: int) -> tuple[tuple[int, float], ...]:
        """Return values and the share of all that are larger, rising, at most so many."""
        filled = np.flatnonzero(self._counts[figure])
        counts = self._counts[figure, filled].astype(np.int64)
        number = int(counts.sum())
        if not number:
            return ()
        values = self._edges[filled] + self._sums[figure, filled] // counts + self._base[figure]
        shares = 1.0 - np.cumsum(counts) / number
        kept = np.unique(np.linspace(0, len(filled) - 1, min(most, len(filled))).round().astype(np.int64))
        return tuple((int(values[n]), round(float(max(0.0, shares[n])), 6)) for n in kept)

    def some(self, figure: int, unit: float = 1) -> Estimate | None:
        """Return the estimate, or None where there were no values."""
        return self.estimate(figure, unit) if self.number(figure) else None


def proportion(hits: int, of: int) -> Proportion:
    """Return ``hits`` of ``of`` with the 95 % interval of Wilson (1927)."""
    if not of:
        return Proportion(0, 0, 0.0, 1.0)
    share, z2 = hits / of, _Z95 * _Z95
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z95 / (1 + z2 / of) * (share * (1 - share) / of + z2 / (4 * of * of)) ** 0.5
    low = 0.0 if hits == 0 else max(0.0, middle - half)
    high = 1.0 if hits == of else min(1.0, middle + half)
    return Proportion(int(hits), int(of), low, high)


def exact(value: float) -> Estimate:
    """Return the estimate of what is the same in every replication."""
    return Estimate(value, 0.0, value, value, value)


def scaled(estimate: Estimate, by: float) -> Estimate:
    """Return the estimate of ``by`` times what ``estimate`` is of."""
    e = estimate
    return Estimate(e.mean * by, e.error * by, e.p10 * by, e.p50 * by, e.p90 * by)


def interval(number: int, total: float, squares: float) -> tuple[float, float, float]:
    """Return mean and 95 % interval of ``number`` values with this sum and sum of squares."""
    mean = total / number
    if number < 2:
        return mean, mean, mean
    error = (max(0.0, squares - total * mean) / (number - 1) / number) ** 0.5
    return mean, mean - _Z95 * error, mean + _Z95 * error
