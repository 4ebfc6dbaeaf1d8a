"""The layers of a drawing: suppliers left of what needs them, lines as short as can be, cycles or not.

Pure Python on purpose: it runs in a thread beside the window, and gives way to it all the time.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence

from continuity.model.ordering import Layer, Links

Edge = tuple[int, int]
_SETTLINGS = 8


def components(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Return the edges of each connected part, the largest part first."""
    leader: dict[int, int] = {}

    def find(node: int) -> int:
        root = node
        while leader.setdefault(root, root) != root:
            root = leader[root]
        while leader[node] != root:
            leader[node], node = root, leader[node]
        return root

    for a, b in edges:
        one, other = find(a), find(b)
        if one != other:
            leader[max(one, other)] = min(one, other)
    parts: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        parts[find(edge[0])].append(edge)
    return sorted(parts.values(), key=lambda part: (-len(part), part[0]))


def without_cycles(edges: Sequence[Edge]) -> list[Edge]:
    """Return ``edges`` with those turned that close a cycle, each pair of nodes once."""
    after: dict[int, list[int]] = defaultdict(list)
    incoming: dict[int, int] = defaultdict(int)
    for a, b in edges:
        after[a].append(b)
        incoming[b] += 1
    state: dict[int, int] = {}  # 1: on the way, 2: done
    turned: set[Edge] = set()
    starts = sorted(after, key=lambda node: (incoming[node] > 0, node))
    for start in starts:
        if start in state:
            continue
        state[start] = 1
        way = [(start, iter(after[start]))]
        while way:
            node, rest = way[-1]
            other = next(rest, None)
            if other is None:
                state[node] = 2
                way.pop()
            elif state.get(other) == 1:
                turned.add((node, other))
            elif other not in state:
                state[other] = 1
                way.append((other, iter(after.get(other, ()))))
    return sorted({(b, a) if (a, b) in turned else (a, b) for a, b in edges})


def ranks(edges: Sequence[Edge]) -> dict[int, int]:
    """Return the layer of each node: from the left as early as may be, then moved to shorten its lines."""
    before: dict[int, list[int]] = defaultdict(list)
    after: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        after[a].append(b)
        before[b].append(a)
    order = _in_order(after, before)
    rank: dict[int, int] = {}
    for node in order:
        rank[node] = max((rank[a] + 1 for a in before[node]), default=0)
    for _settling in range(_SETTLINGS):
        moved = False
        for node in (*reversed(order), *order):
            best = _best(node, rank, before[node], after[node])
            moved |= best != rank[node]
            rank[node] = best
        if not moved:
            break
    low = min(rank.values(), default=0)
    return {node: level - low for node, level in rank.items()}


def _best(node: int, rank: dict[int, int], before: list[int], after: list[int]) -> int:
    """Return the layer between its neighbours in which the lines of ``node`` are shortest together."""
    if not before:
        return min(rank[b] for b in after) - 1
    if not after:
        return max(rank[a] for a in before) + 1
    low, high = max(rank[a] for a in before) + 1, min(rank[b] for b in after) - 1
    if len(before) == len(after):
        return max(low, min(high, rank[node]))
    return low if len(before) > len(after) else high


def _in_order(after: dict[int, list[int]], before: dict[int, list[int]]) -> list[int]:
    nodes = sorted(after.keys() | before.keys())
    left = {node: len(before[node]) for node in nodes}
    ready = deque(node for node in nodes if not left[node])
    order = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for other in after[node]:
            left[other] -= 1
            if not left[other]:
                ready.append(other)
    return order


def layered(edges: Sequence[Edge], free: int, *, through: bool = True) -> tuple[list[Layer], Links, int]:
    """Return the layers of one part and the links between neighbours, and the next free number.

    Long lines pass through the layers between as nodes numbered from ``free`` on; not so with
    ``through=False``, where links may span several layers.
    """
    straight = without_cycles(edges)
    rank = ranks(straight)
    layers: list[Layer] = [[] for _ in range(max(rank.values()) + 1)]
    for node in _first_order(straight, rank):
        layers[rank[node]].append(node)
    links: Links = []
    for a, b in straight:
        last = a
        for level in range(rank[a] + 1, rank[b] if through else rank[a]):
            layers[level].append(free)
            links.append((last, free))
            last, free = free, free + 1
        links.append((last, b))
    return layers, links, free


def _first_order(edges: Sequence[Edge], rank: dict[int, int]) -> list[int]:
    """Return the nodes as a walk meets them, so that what hangs together begins together."""
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    seen: set[int] = set()
    order = []
    for start in sorted(rank, key=lambda node: (rank[node], node)):
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            order.append(node)
            waiting += sorted((o for o in near[node] if o not in seen), reverse=True)
    return order
