"""The fast levels engine: sample a block of replications and propagate it element by element."""

from __future__ import annotations

from continuity.simulation.compiled import FOREVER, Compiled, Graph, State
from continuity.simulation.sample import Sample, sample_block, with_running
from continuity.simulation.timelines import Lines, Timelines
from continuity.simulation.workspace import make_work

_WIDTH = 1024  # of the rows that kernels begin with


def levels_of_block(compiled: Compiled, first: int, count: int, state: State | None = None) -> Timelines:
    """Return the levels of ``count`` replications, numbered from ``first`` over the whole run.

    Results depend on the numbers of the replications alone, never on how they are cut into blocks.
    ``state`` replaces the state at minute 0. Releases the interpreter lock; the first call compiles.
    """
    return propagate(compiled, sample_block(compiled, first, count), state)


def propagate(compiled: Compiled, sample: Sample, state: State | None = None) -> Timelines:
    """Return the levels of every element under the sampled disruptions."""
    given = state if state is not None else compiled.state
    drawn, own = _own(compiled, sample, given)
    made = levels_from(compiled.graph, given, own)
    return Timelines(*made, sample.first, sample.replications, compiled.horizon, drawn, own)


def own_of_block(compiled: Compiled, first: int, count: int) -> tuple[Sample, Lines]:
    """Return the disruptions of a block and the own level of every element under them."""
    return _own(compiled, sample_block(compiled, first, count), compiled.state)


def levels_from(graph: Graph, state: State, own: Lines) -> Lines:
    """Return the levels that follow from own levels by the needs of ``graph``.

    Where all recovers in a pause, the whole block is one long replication: the same levels, sooner.
    """
    from continuity.simulation.kernels_batch import end_to_end, pause_after, taken_apart
    from continuity.simulation.kernels_levels import propagate as run

    count, horizon = own.offsets.shape[1] - 1, graph.horizon
    work = make_work(graph, state, _WIDTH)
    pause = pause_after(work)
    whole = count * (horizon + pause)
    if pause < 0 or whole >= FOREVER:
        return Lines(*run(make_work(graph, state), own))
    made = run(work._replace(horizon=whole), Lines(*end_to_end(*own, horizon, pause)))
    return Lines(*taken_apart(*made, count, horizon, pause))


def _own(compiled: Compiled, sample: Sample, state: State) -> tuple[Sample, Lines]:
    from continuity.simulation.kernels_own import own_levels

    drawn = with_running(compiled, sample, state)
    own = own_levels(compiled.graph, compiled.hazards, state, drawn, state.elements.copy())
    return drawn, Lines(*own)
