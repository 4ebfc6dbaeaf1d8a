"""Places on the map: suppliers left of what needs them, few crossings, kept places kept.

The layered method of Sugiyama: layers with short lines (``layering.py``, which also copes with cycles);
sweeps and exchanges that lower the crossings (``ordering.py``); then each layer is set straight against its
neighbours without changing the order. Deterministic: the same input gives the same places. Units are pixels
of the drawing at 100 %; a place is the centre of an element.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

from continuity.model.layering import components, layered
from continuity.model.ordering import Layer, Links, fewer_crossings

Place = tuple[int, int]
Edge = tuple[str, str]

COLUMN, ROW = 288, 64  # room for what a need says between two columns
_SWEEPS = 12
_ASPECT, _STRETCH = 1.4, 1.5
_THROUGH = 6_000  # lines beyond which they are not led through the layers between
_THIN = 6  # room for a line that passes through a layer


def arrange(
    nodes: Sequence[str],
    edges: Iterable[Edge],
    kept: Mapping[str, Place] | None = None,
    *,
    column: int = COLUMN,
    row: int = ROW,
) -> dict[str, Place]:
    """Return a place for each of ``nodes``; those in ``kept`` stay where they are.

    ``edges`` go from supplier to dependent; edges to unknown nodes and to oneself are left out.
    """
    known = set(nodes)
    wanted = sorted({(a, b) for a, b in edges if a in known and b in known and a != b})
    fixed = {node: place for node, place in (kept or {}).items() if node in known}
    if fixed:
        return _fit_in(nodes, wanted, fixed, column, row)
    return _whole(nodes, wanted, column, row)


def _whole(nodes: Sequence[str], edges: list[Edge], column: int, row: int) -> dict[str, Place]:
    order = sorted(nodes)
    number = {node: place for place, node in enumerate(order)}
    places: dict[str, Place] = {}
    top = 0
    for layers, links in _components([(number[a], number[b]) for a, b in edges], len(order)):
        layers = fewer_crossings(layers, links)
        heights = _heights(layers, links, len(order), row)
        low = min(heights.values())
        for level, layer in enumerate(layers):
            for one in layer:
                if one < len(order):
                    places[order[one]] = (level * column, round(heights[one] - low) + top)
        top = max(y for _x, y in places.values()) + 2 * row
    places = _stretched(places)
    return places | _loose([n for n in order if n not in places], places, column, row)


def _stretched(places: dict[str, Place]) -> dict[str, Place]:
    """Return ``places`` with more room between rows where the drawing is much wider than high."""
    wide = max((x for x, _y in places.values()), default=0)
    high = max((y for _x, y in places.values()), default=0)
    factor = min(_STRETCH, wide / _ASPECT / high) if high else 1.0
    return {node: (x, round(y * factor)) for node, (x, y) in places.items()} if factor > 1 else places


def _components(edges: list[tuple[int, int]], count: int) -> Iterator[tuple[list[Layer], Links]]:
    """Yield layers (left to right) and links between neighbours of each connected part, large first."""
    free = count
    for part in components(edges):
        layers, links, free = layered(part, free, through=len(part) <= _THROUGH)
        yield layers, links


def _heights(layers: list[Layer], links: Links, count: int, row: int) -> dict[int, float]:
    """Return the height of each node: near its neighbours, in the order given, far enough apart."""
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    gaps = [
        [
            0.0,
            *(
                (row if a < count and b < count else (row / 2 if a < count or b < count else _THIN))
                for a, b in pairwise(layer)
            ),
        ]
        for layer in layers
    ]
    heights: dict[int, float] = {}
    for layer, gap in zip(layers, gaps, strict=True):
        place = 0.0
        for node, step in zip(layer, gap, strict=True):
            place += step
            heights[node] = place
        for node in layer:
            heights[node] -= place / 2
    for sweep in range(_SWEEPS):
        turn = range(len(layers)) if sweep % 2 == 0 else range(len(layers) - 1, -1, -1)
        for level in turn:
            layer = layers[level]
            wished = [
                sum(heights[n] for n in near[node]) / len(near[node]) if near[node] else heights[node]
                for node in layer
            ]
            heights.update(zip(layer, spread(wished, gaps[level]), strict=True))
    return heights


def spread(wished: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Return the heights nearest to ``wished`` (least squares) that keep order and ``gaps`` between."""
    offset, blocks = 0.0, []
    offsets = []
    for wish, gap in zip(wished, gaps, strict=True):
        offset += gap
        offsets.append(offset)
        blocks.append([wish - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value, size = blocks.pop()
            held, weight = blocks[-1]
            blocks[-1] = [(held * weight + value * size) / (weight + size), weight + size]
    flat = [value for value, size in blocks for _ in range(int(size))]
    return [value + offset for value, offset in zip(flat, offsets, strict=True)]


def _loose(nodes: list[str], places: Mapping[str, Place], column: int, row: int) -> dict[str, Place]:
    """Return places in a block below everything for nodes without edges."""
    top = max((y for _x, y in places.values()), default=-2 * row) + 2 * row
    wide = max(6, round((len(nodes) * row / column) ** 0.5))
    return {node: (n % wide * column, top + n // wide * row) for n, node in enumerate(nodes)}


def _fit_in(
    nodes: Sequence[str], edges: list[Edge], kept: dict[str, Place], column: int, row: int
) -> dict[str, Place]:
    """Return ``kept`` and, for the others, free places beside their neighbours."""
    places = dict(kept)
    taken = {_cell(place, column, row) for place in places.values()}
    corner = min(x for x, _y in places.values()), max(y for _x, y in places.values())
    before, after = defaultdict(list), defaultdict(list)
    for a, b in edges:
        before[b].append(a)
        after[a].append(b)
    waiting = [node for node in nodes if node not in places]
    alone = [node for node in waiting if node not in before and node not in after]
    if len(alone) > 1:  # many at once, as when rows are pasted: a block is read more easily than a column
        waiting = [node for node in waiting if node in before or node in after]
    turn = {node: number for number, node in enumerate(waiting)}
    known = {node: sum(o in places for o in (*before[node], *after[node])) for node in waiting}
    heap = [(-known[node], turn[node], node) for node in waiting]
    heapify(heap)
    while heap:
        # Those with most placed neighbours first, so that chains grow from what is there.
        count, _turn, node = heappop(heap)
        if node in places or -count != known[node]:
            continue
        wish = _wish(
            [places[o] for o in before[node] if o in places],
            [places[o] for o in after[node] if o in places],
            corner,
            (column, row),
        )
        places[node] = _free(wish, taken, column, row)
        corner = min(corner[0], places[node][0]), max(corner[1], places[node][1])
        for other in (*before[node], *after[node]):
            if other not in places:
                known[other] += 1
                heappush(heap, (-known[other], turn[other], other))
    if len(alone) > 1:
        left = min(x for x, _y in places.values())
        block = _loose(alone, places, column, row)
        places |= {node: (left + x, y) for node, (x, y) in block.items()}
    return places


def _wish(left: list[Place], right: list[Place], corner: Place, steps: tuple[int, int]) -> Place:
    column, row = steps
    if left or right:
        x = max(x for x, _y in left) + column if left else min(x for x, _y in right) - column
        beside = left or right
        return x, round(sum(y for _x, y in beside) / len(beside))
    return corner[0], corner[1] + 2 * row


def _free(wish: Place, taken: set[Place], column: int, row: int) -> Place:
    x, y = wish
    for step in range(10_000):
        away = (step + 1) // 2 * (1 if step % 2 else -1)
        place = (x, y + away * row)
        cell = _cell(place, column, row)
        if cell not in taken:
            taken.add(cell)
            return place
    return wish


def _cell(place: Place, column: int, row: int) -> Place:
    return round(place[0] / column), round(place[1] / row)
