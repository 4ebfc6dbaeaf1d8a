"""Places by distance: step by step, what is needed to the left and what needs it to the right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from continuity.model.layout import COLUMN, ROW, Edge, Place
from continuity.model.ordering import fewer_crossings

_TALL = 14  # elements one below the other
_SQUEEZED = 0.75  # of the usual distance between the columns of one step


def by_distance(
    start: Iterable[str], nodes: Collection[str], edges: Iterable[Edge], *, up: bool = True, down: bool = True
) -> dict[str, Place]:
    """Return a place for each of ``nodes``; ``edges`` go from supplier to dependent.

    What cannot be reached stands in a column of its own at the far side.
    """
    known = [(a, b) for a, b in edges if a in nodes and b in nodes and a != b]
    begun = [node for node in sorted(start) if node in nodes]
    steps: dict[str, int] = {}
    if down:
        steps |= _walk(begun, known, 1)
    if up:
        back = _walk(begun, [(b, a) for a, b in known], -1)
        steps |= {node: step for node, step in back.items() if node not in steps or -step < steps[node]}
    beyond = max(steps.values(), default=0) + 1
    level = {node: steps.get(node, beyond) for node in sorted(nodes)}
    return _placed(_ordered(level, known))


def _walk(begun: list[str], edges: list[Edge], by: int) -> dict[str, int]:
    """Return how many steps each node is away, counted ``by`` one."""
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        near[a].append(b)
    steps = dict.fromkeys(begun, 0)
    rim, step = begun, 0
    while rim:
        step += by
        rim = [other for other in dict.fromkeys(o for node in rim for o in near[node]) if other not in steps]
        steps.update(dict.fromkeys(rim, step))
    return steps


def _ordered(level: Mapping[str, int], edges: list[Edge]) -> list[list[str]]:
    names = list(level)
    number = {node: n for n, node in enumerate(names)}
    low = min(level.values(), default=0)
    layers: list[list[int]] = [[] for _ in range(max(level.values(), default=0) - low + 1)]
    for node, at in level.items():
        layers[at - low].append(number[node])
    links = [(number[a], number[b]) for a, b in edges if abs(level[a] - level[b]) == 1]
    return [[names[n] for n in layer] for layer in fewer_crossings(layers, links)]


def _placed(layers: list[list[str]]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    x = 0
    for layer in layers:
        columns = -(-len(layer) // _TALL)
        rows = -(-len(layer) // max(1, columns))
        for number, node in enumerate(layer):
            # Row by row, so that the order from top to bottom is kept.
            row, column = divmod(number, columns)
            places[node] = (x + round(column * COLUMN * _SQUEEZED), row * ROW - (rows - 1) * ROW // 2)
        x += COLUMN + round(max(0, columns - 1) * COLUMN * _SQUEEZED)
    return places
