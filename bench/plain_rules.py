"""The cut-down rules as plain objects: on or off, needs of all or k of n, buffers that refill at once."""

from __future__ import annotations

from dataclasses import dataclass

from continuity.simulation.compiled import RULE_ALL, Compiled
from continuity.simulation.timelines import Timelines

Pieces = list[tuple[int, int]]
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class PlainNeed:
    """At least ``k`` of the sources, or as long as the buffer lasts."""

    sources: tuple[int, ...]
    k: int
    autonomy: int


@dataclass(frozen=True, slots=True)
class PlainModel:
    """Elements in topological order with their needs."""

    horizon: int
    needs: list[list[PlainNeed]]


def plain_model(compiled: Compiled) -> PlainModel:
    """Return the cut-down model; the compiled form must hold nothing else."""
    graph = compiled.graph
    needs: list[list[PlainNeed]] = [[] for _ in compiled.element_ids]
    for row in graph.needs:
        sources = tuple(graph.feeds["element"][row["first_feed"] : row["end_primary"]].tolist())
        k = len(sources) if row["rule"] == RULE_ALL else int(row["k"])
        needs[int(row["element"])].append(PlainNeed(sources, k, int(row["autonomy"])))
    return PlainModel(compiled.horizon, needs)


def own_spans(lines: Timelines, replication: int) -> list[Spans]:
    """Return when each element is down by itself in one replication: the disruptions drawn beforehand."""
    minutes, levels, offsets = lines.own
    found = []
    for element in range(len(offsets)):
        low, high = offsets[element, replication], offsets[element, replication + 1]
        ends = [*minutes[low + 1 : high].tolist(), lines.horizon]
        down = zip(minutes[low:high].tolist(), ends, levels[low:high].tolist(), strict=True)
        found.append([(start, end) for start, end, level in down if level == 0])
    return found
