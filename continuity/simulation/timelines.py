"""Timelines: levels of all elements over a block of replications, piecewise constant, end to end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.compiled import DISRUPTION, table
from continuity.simulation.sample import Sample

Minutes = NDArray[np.int32]
Levels = NDArray[np.int16]
Offsets = NDArray[np.int64]


class Lines(NamedTuple):
    """Timelines end to end: piece i of row e, replication r for i in offsets[e, r] … offsets[e, r + 1]."""

    minutes: Minutes
    levels: Levels
    offsets: Offsets


@dataclass(frozen=True, slots=True)
class Timelines:
    """Levels of every element in ``count`` replications from ``first`` on.

    Piece i of element e in the r-th replication of the block holds ``levels[i]`` from ``minutes[i]``
    to the next piece (or the horizon), for ``i`` in ``offsets[e, r] … offsets[e, r + 1]``. The first
    piece begins at minute 0; equal neighbours are one piece.
    """

    minutes: Minutes
    levels: Levels
    offsets: Offsets  # E × (count + 1)
    first: int
    count: int
    horizon: int
    sample: Sample
    own: Lines  # the elements' own levels, before any need

    def bare(self) -> Timelines:
        """Return the levels alone: without disruptions and own levels."""
        nothing = Sample(self.first, self.count, np.zeros(0, np.int64), table(DISRUPTION, 0))
        empty = Lines(np.zeros(0, np.int32), np.zeros(0, np.int16), np.zeros((0, 1), np.int64))
        return replace(self, sample=nothing, own=empty)

    def of(self, element: int) -> tuple[Minutes, Levels, Offsets]:
        """Return (minutes, levels, offsets) of one element: views, offsets from 0, ``count + 1`` of them."""
        offsets = self.offsets[element]
        low, high = offsets[0], offsets[-1]
        return self.minutes[low:high], self.levels[low:high], offsets - low

    def pieces(self, element: int, replication: int) -> tuple[Minutes, Levels]:
        """Return minutes and levels of one element in the ``replication``-th of the block."""
        low, high = self.offsets[element, replication], self.offsets[element, replication + 1]
        return self.minutes[low:high], self.levels[low:high]

    def level(self, element: int, replication: int, minute: int) -> int:
        """Return the level of one element in one minute."""
        minutes, levels = self.pieces(element, replication)
        return int(levels[np.searchsorted(minutes, minute, side="right") - 1])
