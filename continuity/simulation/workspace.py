"""Room for one thread to work in: the graph's tables beside what changes while levels are found.

Kernels pass tables and rows of tables to one another, never the tuples that hold them: each table taken
out of a tuple is counted by an atomic instruction, which would cost more than the rules themselves.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from continuity.simulation.compiled import (
    CYCLE,
    FEED,
    FULL,
    NEED,
    STANDBY,
    Graph,
    Ints,
    State,
    Table,
    columns,
    table,
)


def _names(of: np.dtype[np.void]) -> str:
    return " ".join(of.names or ())


#: Buffer now and at minute 0, steps before minute 0, what is supplied in this step, whether full suppliers
#: make it full, and whether all of it is felt at once as it is supplied.
NEED_WORK: Final = columns(
    f"{_names(NEED)} content full_at_start first_step end_step supplied sound straight"
)
#: The piece at which a feed stands, the end of its pieces, the minute of its next change, its level.
FEED_WORK: Final = columns(f"{_names(FEED)} at stop change level")
STANDBY_WORK: Final = columns(f"{_names(STANDBY)} stock begun before stock_at_start begun_at_start")
#: Per member of a cycle: steps before minute 0; pieces of its base and where it stands there; pieces of
#: the stable level and of the least inner felt level; these two in this step.
MEMBER_WORK: Final = columns("first_step end_step based at stable inner level next felt")
#: Rows of the room before those of the members of a cycle, and rows of each member.
ROWS: Final = 8


class Work(NamedTuple):
    """Tables to work on. A row of ``room`` holds the minutes or the levels of a timeline."""

    horizon: int
    elements: Table
    needs: Table
    feeds: Table
    standbys: Table
    cycles: Table
    cycle_needs: Ints
    members: Table  # by element
    steps: Table
    room: NDArray[np.int32]


def make_work(graph: Graph, state: State, width: int | None = None) -> Work:
    """Return the room in which one thread finds levels from ``state`` on.

    Its rows are wide enough for a change in every minute, or grow as is needed from ``width`` on.
    """
    needs, feeds = _wider(graph.needs, NEED_WORK), _wider(graph.feeds, FEED_WORK)
    needs["full_at_start"] = state.needs["content"]
    needs["first_step"], needs["end_step"] = state.needs["first_step"], state.needs["end_step"]
    feeds["level"] = FULL
    standbys = _wider(graph.standbys, STANDBY_WORK)
    standbys["stock_at_start"], standbys["begun_at_start"] = state.standbys["stock"], state.standbys["begun"]
    members = np.zeros(len(graph.elements), MEMBER_WORK)
    members["first_step"], members["end_step"] = state.elements["first_step"], state.elements["end_step"]
    sizes = graph.cycles["end"] - graph.cycles["start"]
    rows = ROWS * (1 + (int(sizes.max()) if len(sizes) else 0))
    return Work(
        graph.horizon,
        graph.elements,
        needs,
        feeds,
        standbys,
        graph.cycles if len(graph.cycles) else table(CYCLE, 1),  # an element alone looks at the first
        graph.cycle_needs,
        members.view(np.recarray),
        state.steps,
        np.empty((rows, width or graph.horizon + 2), np.int32),
    )


def _wider(narrow: Table, of: np.dtype[np.void]) -> Table:
    made = np.zeros(len(narrow), of)
    for name in narrow.dtype.names or ():
        made[name] = narrow[name]
    return made.view(np.recarray)
