"""The sampled disruptions: one list that every engine receives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.compiled import Compiled

Ints = NDArray[np.int64]


class Sample(NamedTuple):
    """Disruptions of ``count`` replications, by element that can be hit (slot), replication and start.

    Those of slot s in the r-th replication are ``offsets[s * count + r] … offsets[s * count + r + 1]``.
    A disruption holds its full depth from ``start``; its shape runs over ``duration`` from ``begin``
    (later than ``start`` while it waits for a crew).
    """

    first: int
    count: int
    offsets: Ints
    start: Ints
    begin: Ints
    duration: Ints
    depth: Ints
    shape: Ints
    kind: Ints  # OUTAGE, FAILURE, STAFF_LOSS
    cause: Ints  # of a staff loss
    event: Ints  # place of the event, BLANK for a background failure


def sample_block(compiled: Compiled, first: int, count: int) -> Sample:
    """Return the disruptions of ``count`` replications from ``first`` on."""
    raise NotImplementedError
