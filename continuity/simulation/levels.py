"""The fast levels engine: sample a block of replications and propagate it element by element."""

from __future__ import annotations

from continuity.simulation.compiled import Compiled, State
from continuity.simulation.sample import Sample, sample_block, with_running
from continuity.simulation.timelines import Lines, Timelines
from continuity.simulation.workspace import make_work


def levels_of_block(compiled: Compiled, first: int, count: int, state: State | None = None) -> Timelines:
    """Return the levels of ``count`` replications, numbered from ``first`` over the whole run.

    Results depend on the numbers of the replications alone, never on how they are cut into blocks.
    ``state`` replaces the state at minute 0. Releases the interpreter lock; the first call compiles.
    """
    return propagate(compiled, sample_block(compiled, first, count), state)


def propagate(compiled: Compiled, sample: Sample, state: State | None = None) -> Timelines:
    """Return the levels of every element under the sampled disruptions."""
    from continuity.simulation.kernels_levels import propagate as run
    from continuity.simulation.kernels_own import own_levels

    given = state if state is not None else compiled.state
    drawn = with_running(compiled, sample, given)
    own = Lines(*own_levels(compiled.graph, compiled.hazards, given, drawn, given.elements.copy()))
    made = Lines(*run(make_work(compiled.graph, given), own))
    return Timelines(*made, sample.first, sample.replications, compiled.horizon, drawn, own)
