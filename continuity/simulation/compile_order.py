"""Orders and arrays that the makers of the compiled form share."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterable

import networkx as nx
import numpy as np

from continuity.simulation.compiled import Ints


def ints(values: Iterable[int]) -> Ints:
    """Return ``values`` as an array."""
    return np.array(list(values), np.int64)


def spans(sizes: Iterable[int]) -> tuple[list[int], list[int]]:
    """Return where parts of these sizes begin and end when laid end to end."""
    ends = list(itertools.accumulate(sizes))
    return [0, *ends][: len(ends)], ends


def in_order(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the strongly connected components, each sorted, so that no edge leads backwards.

    Among components that may come next, the one with the least id does. Edges from elsewhere are ignored.
    """
    graph: nx.DiGraph = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((a, b) for a, b in edges if a in graph and b in graph)
    components = [sorted(c) for c in nx.strongly_connected_components(graph)]
    of = {id_: place for place, c in enumerate(components) for id_ in c}
    after: list[set[int]] = [set() for _ in components]
    for source, target in graph.edges:
        if of[source] != of[target]:
            after[of[source]].add(of[target])
    waits = [0] * len(components)
    for targets in after:
        for target in targets:
            waits[target] += 1
    ready = [(c[0], place) for place, c in enumerate(components) if not waits[place]]
    heapq.heapify(ready)
    ordered = []
    while ready:
        _, place = heapq.heappop(ready)
        ordered.append(components[place])
        for other in after[place]:
            waits[other] -= 1
            if not waits[other]:
                heapq.heappush(ready, (components[other][0], other))
    return ordered
