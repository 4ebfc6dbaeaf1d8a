"""What a run takes of memory: refused where it is absurd, played in smaller pieces where it is much.

All follows from the compiled input alone, never from the machine, so that blocks are the same everywhere.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from continuity.model.kinds import Element, Supply
from continuity.model.organisation import Organisation
from continuity.model.problems import Problem, Refused
from continuity.simulation.compiled import BLOCK, DISRUPTION, Compiled
from continuity.simulation.levels import levels_of_block
from continuity.simulation.workspace import ROWS

MOST_ELEMENTS: Final = 20_000
MOST_SUPPLIES: Final = 100_000
#: Disruptions of one replication, on the average.
MOST_DISRUPTIONS: Final = 200_000
#: Bytes of the statistics of a run, of the timelines of a cycle, of a block, of all blocks under way.
MOST_FIGURES: Final = 2 * 2**30
MOST_CYCLE: Final = 2**30
_BLOCK_BYTES: Final = 2**30
_ALL_BYTES: Final = 3 * 2**30
#: Bytes per piece of a timeline while a block is played, with what is copied on the way, and a reserve.
_PIECE: Final = 24
_RESERVE: Final = 3


def too_many(organisation: Organisation) -> list[Problem]:
    """Return what there is too much of, before anything is compiled."""
    problems = []
    elements, supplies = len(organisation.elements), len(organisation.all(Supply))
    if elements > MOST_ELEMENTS:
        facts: dict[str, object] = {"number": elements, "most": MOST_ELEMENTS}
        problems.append(Problem("too-many-elements", facts=facts))
    if supplies > MOST_SUPPLIES:
        problems.append(Problem("too-many-supplies", facts={"number": supplies, "most": MOST_SUPPLIES}))
    return problems


def too_large(compiled: Compiled, organisation: Organisation) -> list[Problem]:
    """Return why a run would take more memory than there may be."""
    problems = []
    if expected_disruptions(compiled) > MOST_DISRUPTIONS:
        problems.append(_restless(compiled, organisation))
    graph = compiled.graph
    sizes = graph.cycles["end"] - graph.cycles["start"]
    members = int(sizes.max(initial=0))
    if 4 * ROWS * members * graph.horizon > MOST_CYCLE:
        most = MOST_CYCLE // (4 * ROWS * graph.horizon)
        facts: dict[str, object] = {"members": members, "most": most, "days": graph.horizon // 1440}
        where = compiled.cycle_ids[int(sizes.argmax())]
        problems.append(Problem("cycle-too-large", kind="cycle", id=where, facts=facts))
    return problems


def refuse_large_figures(size: int) -> None:
    """Raise Refused where the statistics of a run would take so many bytes."""
    if size > MOST_FIGURES:
        raise Refused([Problem("run-too-large", facts={"gigabytes": round(size / 2**30)})])


def expected_disruptions(compiled: Compiled) -> float:
    """Return how many disruptions a replication has on the average, at most."""
    hazards = compiled.hazards
    failures = (hazards.horizon / (hazards.failures["mttf"] + 1.0)).sum()
    events = hazards.events
    hits = ((events["end_target"] - events["first_target"]) * events["times"]).sum()
    return float(failures + hits)


def block_size(compiled: Compiled) -> int:
    """Return how many replications a block of this model holds: 256, or so few that memory suffices."""
    size = BLOCK
    taken = _bytes_of_one(compiled)
    while size > 1 and size * taken > _BLOCK_BYTES:
        size //= 2
    return size


def fitting_workers(wanted: int, compiled: Compiled) -> int:
    """Return how many of the workers may play blocks at the same time."""
    room = 4 * ROWS * (1 + _longest_cycle(compiled)) * compiled.horizon
    block = block_size(compiled) * _bytes_of_one(compiled) + room
    return max(1, min(wanted, int(_ALL_BYTES // max(1, block))))


def _longest_cycle(compiled: Compiled) -> int:
    cycles = compiled.graph.cycles
    return int((cycles["end"] - cycles["start"]).max(initial=0))


def _bytes_of_one(compiled: Compiled) -> int:
    """Return what a replication takes, judged by the first."""
    lines = levels_of_block(compiled, 0, 1)
    pieces = len(lines.minutes) + len(lines.own.minutes)
    rows = max(len(lines.sample.rows), expected_disruptions(compiled))
    return int(_RESERVE * (pieces * _PIECE + rows * 2 * DISRUPTION.itemsize) + 64 * compiled.elements)


def _restless(compiled: Compiled, organisation: Organisation) -> Problem:
    failures = compiled.hazards.failures
    facts: dict[str, object] = {"number": round(expected_disruptions(compiled)), "most": MOST_DISRUPTIONS}
    if not len(failures):
        return Problem("too-many-disruptions", kind="scenario", id=compiled.scenario, facts=facts)
    worst = compiled.element_ids[int(failures["element"][np.argmin(failures["mttf"])])]
    element = organisation.of(Element, worst)
    shown = f"{element.code} {element.name}" if element else ""
    return Problem("too-many-disruptions", "error", "resource", worst, shown, "mttf", facts=facts)
