"""The sampled disruptions: one list that every engine receives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from continuity.simulation.compiled import DISRUPTION, Compiled, Ints, State, Table, table


class Sample(NamedTuple):
    """Disruptions of some replications, by element, replication and start.

    Those of element e in the r-th of n replications are ``rows[offsets[k] : offsets[k + 1]]`` with
    k = e × n + r; their columns are those of ``DISRUPTION``.
    """

    first: int
    replications: int
    offsets: Ints
    rows: Table


def sample_block(compiled: Compiled, first: int, count: int) -> Sample:
    """Return the disruptions of ``count`` replications from ``first`` on."""
    from continuity.simulation.kernels_sample import sample_rows

    offsets, rows = sample_rows(compiled.hazards, first, count)
    return Sample(first, count, offsets, rows.view(np.recarray))


def no_disruptions(compiled: Compiled) -> Sample:
    """Return one replication in which nothing happens."""
    return Sample(0, 1, np.zeros(compiled.elements + 1, np.int64), table(DISRUPTION, 0))


def with_running(compiled: Compiled, sample: Sample, state: State) -> Sample:
    """Return the sample with the disruptions that were running at minute 0, in every replication."""
    if not len(state.running):
        return sample
    n = sample.replications
    keys = (state.running["element"][:, None] * n + np.arange(n)).ravel()
    rows = np.insert(sample.rows, sample.offsets[keys], np.repeat(state.running, n))
    more = np.bincount(keys + 1, minlength=len(sample.offsets))
    return Sample(sample.first, n, sample.offsets + np.cumsum(more), rows.view(np.recarray))


class Disruption(NamedTuple):
    """One sampled disruption, for engines that read them one by one."""

    element: int
    start: int
    begin: int
    duration: int
    depth: int
    curve: int
    kind: int
    cause: int
    event: int
    ordinal: int


def disruptions(compiled: Compiled, sample: Sample, replication: int) -> list[Disruption]:
    """Return the disruptions of the ``replication``-th of the sample, by element and start."""
    n = sample.replications
    keys = range(replication, compiled.elements * n, n)
    rows = (row for key in keys for row in sample.rows[sample.offsets[key] : sample.offsets[key + 1]])
    return [Disruption(*(int(value) for value in row)) for row in rows]
