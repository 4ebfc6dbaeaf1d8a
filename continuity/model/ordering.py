"""The order within the layers of a drawing: fewer lines that cross."""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections import defaultdict

Layer = list[int]
Links = list[tuple[int, int]]

_ROUNDS, _PATIENCE = 24, 6
_EFFORT = 100_000  # nodes swept: large drawings are swept less often
#: So many beginnings up to so many nodes and links.
_STARTS = ((4, 4_000), (3, 40_000))


def fewer_crossings(layers: list[Layer], links: Links) -> list[Layer]:
    """Return the layers in an order with fewer crossings, never more than given.

    Where there is time for it, other beginnings are tried too; chance has a fixed seed, so that the same
    drawing comes out every time.
    """
    left, right = _neighbours(layers, links)
    size = sum(map(len, layers))
    starts = next((count for count, most in _STARTS if size + len(links) <= most), 1)
    best = [list(layer) for layer in layers]
    fewest = crossings(best, right)
    for start in range(starts):
        begun = layers if not start else _shuffled(layers, left, right, start)
        found, count = _swept([list(layer) for layer in begun], left, right, rounds=_rounds(size))
        if count < fewest:
            fewest, best = count, found
        if not fewest:
            break
    return best


def _rounds(size: int) -> int:
    return max(4, min(_ROUNDS, _EFFORT // max(1, size)))


def _swept(
    now: list[Layer], left: dict[int, list[int]], right: dict[int, list[int]], *, rounds: int
) -> tuple[list[Layer], int]:
    """Return the best order met on the way, and its crossings.

    Barycentre sweeps left and right in turn, each followed by exchanges of neighbours.
    """
    best, fewest, stale = now, -1, 0
    for turn in range(rounds):
        _sweep(now, left if turn % 2 == 0 else right, forwards=turn % 2 == 0)
        _exchange(now, left, right)
        count = crossings(now, right)
        stale += 1
        if fewest < 0 or count < fewest:
            fewest, best, stale = count, [list(layer) for layer in now], 0
        if not fewest or stale > _PATIENCE:
            break
    return best, fewest


def _shuffled(
    layers: list[Layer], left: dict[int, list[int]], right: dict[int, list[int]], seed: int
) -> list[Layer]:
    """Return the layers in the order of a random walk: what hangs together begins together."""
    chance = random.Random(seed)
    waiting = [node for layer in layers for node in layer]
    chance.shuffle(waiting)
    met: dict[int, int] = {}
    while waiting:
        node = waiting.pop()
        if node not in met:
            met[node] = len(met)
            near = left[node] + right[node]
            chance.shuffle(near)
            waiting += near
    return [sorted(layer, key=met.__getitem__) for layer in layers]


def crossings(layers: list[Layer], right: dict[int, list[int]]) -> int:
    """Return how many links between neighbouring layers cross."""
    place = {node: n for layer in layers for n, node in enumerate(layer)}
    total = 0
    for layer in layers:
        seen: list[int] = []
        for node in layer:
            ends = [place[other] for other in right[node]]
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total


def _neighbours(layers: list[Layer], links: Links) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    level = {node: n for n, layer in enumerate(layers) for node in layer}
    left: dict[int, list[int]] = defaultdict(list)
    right: dict[int, list[int]] = defaultdict(list)
    for a, b in links:
        if level[a] > level[b]:
            a, b = b, a
        right[a].append(b)
        left[b].append(a)
    return left, right


def _sweep(layers: list[Layer], near: dict[int, list[int]], *, forwards: bool) -> None:
    place = {node: float(n) for layer in layers for n, node in enumerate(layer)}
    for layer in layers if forwards else reversed(layers):
        middle = {
            node: sum(place[o] for o in near[node]) / len(near[node]) if near[node] else place[node]
            for node in layer
        }
        layer.sort(key=lambda node: (middle[node], place[node]))
        place.update((node, float(n)) for n, node in enumerate(layer))


def _exchange(layers: list[Layer], left: dict[int, list[int]], right: dict[int, list[int]]) -> None:
    place = {node: n for layer in layers for n, node in enumerate(layer)}
    for layer in layers:
        ends = {
            node: (sorted(place[o] for o in left[node]), sorted(place[o] for o in right[node]))
            for node in layer
        }
        for n in range(len(layer) - 1):
            a, b = layer[n], layer[n + 1]
            gain = sum(
                _crossed(one, two) - _crossed(two, one) for one, two in zip(ends[a], ends[b], strict=True)
            )
            if gain > 0:
                layer[n], layer[n + 1] = b, a
                place[a], place[b] = n + 1, n


def _crossed(upper: list[int], lower: list[int]) -> int:
    """Return how many pairs cross when the node with ends ``upper`` stands above the other."""
    return sum(bisect_right(lower, end - 1) for end in upper)
