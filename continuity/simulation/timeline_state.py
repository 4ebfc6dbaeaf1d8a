"""Where everything stands at a minute of one replication, and what is still to come.

A run that goes on from there gives the same levels as the run that was not stopped.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from continuity.simulation.compiled import FOREVER, IDLE, STEP, Compiled, State, Table, table
from continuity.simulation.sample import Sample
from continuity.simulation.timelines import Lines, Timelines
from continuity.simulation.workspace import make_work


def state_at(
    compiled: Compiled, lines: Timelines, replication: int, minute: int, state: State | None = None
) -> State:
    """Return the state of the ``replication``-th of a block at ``minute`` (1 … horizon).

    ``state`` is the one at minute 0 of that run, if it was not the compiled form's.
    """
    from continuity.simulation.kernels_own import own_levels
    from continuity.simulation.kernels_state import felt_until

    given = state if state is not None else compiled.state
    graph, hazards = compiled.graph._replace(horizon=minute), compiled.hazards._replace(horizon=minute)
    elements = given.elements.copy()
    own = Lines(*own_levels(graph, hazards, given, _only(lines.sample, replication), elements))
    one = lines.offsets[:, replication : replication + 2].copy()
    for ends in one:  # what comes later is no part of the state
        ends[1] = ends[0] + np.searchsorted(lines.minutes[ends[0] : ends[1]], minute)
    work = make_work(graph, given)
    felt = felt_until(work, own, Lines(lines.minutes, lines.levels, one))
    elements["run_began"] = np.maximum(elements["run_began"] - minute, -FOREVER)
    needs, standbys = given.needs.copy(), given.standbys.copy()
    needs["content"] = work.needs["content"]
    standbys["stock"] = work.standbys["stock"]
    begun = work.standbys["begun"]
    standbys["begun"] = np.where(begun == IDLE, IDLE, begun - minute)
    steps = _steps(compiled, given, felt, minute, needs, elements)
    return State(needs, standbys, elements, steps, _running(lines.sample, replication, minute))


def still_to_come(
    compiled: Compiled, lines: Timelines, replication: int, minute: int
) -> tuple[Compiled, Sample]:
    """Return the rest of one replication from ``minute`` on: the compiled form and what will still begin.

    To go on: ``propagate(*still_to_come(…), state_at(…))``.
    """
    rest = compiled.horizon - minute
    shorter = replace(
        compiled,
        graph=compiled.graph._replace(horizon=rest),
        hazards=compiled.hazards._replace(horizon=rest),
    )
    one = _only(lines.sample, replication)
    later = one.rows["start"] >= minute
    rows = _moved(one.rows[later], minute)
    before = np.append(0, np.cumsum(later))  # how many of the rows up to each still come
    return shorter, one._replace(offsets=before[one.offsets], rows=rows)


def _only(sample: Sample, replication: int) -> Sample:
    """Return the one replication of a sample."""
    n = sample.replications
    keys = np.arange(replication, len(sample.offsets) - 1, n)
    low, high = sample.offsets[keys], sample.offsets[keys + 1]
    places = np.concatenate([np.arange(a, b) for a, b in zip(low, high, strict=True)] or [np.arange(0)])
    offsets = np.append(0, np.cumsum(high - low))
    return Sample(sample.first + replication, 1, offsets, sample.rows[places].view(np.recarray))


def _moved(rows: Table, minute: int) -> Table:
    moved = rows.copy()
    moved["start"] -= minute
    moved["begin"] = np.where(rows["begin"] == FOREVER, FOREVER, rows["begin"] - minute)
    return moved.view(np.recarray)


def _running(sample: Sample, replication: int, minute: int) -> Table:
    rows = _only(sample, replication).rows
    running = (rows["start"] < minute) & (rows["begin"] + rows["duration"] > minute)
    return _moved(rows[running], minute)


def _steps(
    compiled: Compiled,
    given: State,
    felt: tuple[np.ndarray, np.ndarray, np.ndarray],
    minute: int,
    needs: Table,
    elements: Table,
) -> Table:
    """Return the steps of restart lags and black starts still running; note in the tables whose they are."""
    graph, (minutes, levels, ends) = compiled.graph, felt
    found: list[tuple[int, int]] = []
    delays = [int(graph.cycles["delay"][c]) if c >= 0 else 0 for c in graph.elements["cycle"]]
    limits = [*graph.needs["lag"].tolist(), *delays]
    for place, limit in enumerate(limits):
        row = needs[place] if place < len(needs) else elements[place - len(needs)]
        old = given.steps[row["first_step"] : row["end_step"]]
        held = [(int(s["until"]) - minute, int(s["level"])) for s in old]
        low, high = ends[place], ends[place + 1]
        stops = [*minutes[low + 1 : high].tolist(), minute]
        held += [(stop + limit - minute, int(v)) for stop, v in zip(stops, levels[low:high], strict=False)]
        row["first_step"] = len(found)
        found += _rising(held)
        row["end_step"] = len(found)
    return table(STEP, len(found), until=[until for until, _ in found], level=[level for _, level in found])


def _rising(held: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what of (until, level) still counts, rising in both."""
    kept: list[tuple[int, int]] = []
    for until, level in sorted(held, reverse=True):
        if until > 0 and level < (kept[-1][1] if kept else 1000):
            kept.append((until, level))
    return kept[::-1]
