"""Who needs whom, in layers from left to right; kinds differ by shape, not by colour alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from continuity.planning.charts import svg
from continuity.planning.typeface import fitted, text_width
from continuity.words import Words

_GAP_X, _GAP_Y, _MARGIN, _LEGEND = 26.0, 4.5, 3.0, 16.0
_SWEEPS: Final = 12
_SMALLER, _LEAST_TYPE = 6, 4.6
_ROUND = 14.0  # room for lines that go round the right side of the last layer


@dataclass(frozen=True, slots=True)
class Node:
    """One element: ``kind`` is function, resource or staff_group; ``mark`` a word above its name."""

    id: str
    label: str
    kind: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """Where a node stands."""

    x: float
    y: float
    width: float
    height: float


def layer_picture(
    layers: list[list[Node]],
    edges: list[tuple[str, str]],
    title: str,
    words: Words,
    *,
    width: float = 762.0,
    most_height: float = 405.0,
) -> str:
    """Return the picture as SVG, ``width`` points wide and about as high as its fullest layer asks for."""
    ordered = _ordered(layers, edges)
    longest = max(len(layer) for layer in ordered)
    row = min(30.0, (most_height - _LEGEND) / longest)
    height = row * longest + _LEGEND + _MARGIN
    last = {node.id for node in ordered[-1]}
    room = width - 2 * _MARGIN - (_ROUND if any(a in last and b in last for a, b in edges) else 0)
    column = (room + _GAP_X) / len(ordered)
    boxes = _boxes(ordered, column - _GAP_X, row, height - _LEGEND)
    size = min(7.5, max(4.2, (row - _GAP_Y) / 2.5))
    parts = [
        *(_edge(boxes[a], boxes[b]) for a, b in edges),
        *(part for layer in ordered for node in layer for part in _node(node, boxes[node.id], size)),
        *_legend(height - 4, words),
    ]
    return svg.picture(width, height, title, parts)


def _ordered(layers: list[list[Node]], edges: Iterable[tuple[str, str]]) -> list[list[Node]]:
    """Nodes of each layer in an order with few crossings: sweeps by the mean place of neighbours."""
    near: dict[str, list[str]] = defaultdict(list)
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    ordered = [list(layer) for layer in layers]
    place = {n.id: i / max(len(layer), 1) for layer in ordered for i, n in enumerate(layer)}
    for sweep in range(_SWEEPS):
        for layer in ordered if sweep % 2 == 0 else reversed(ordered):
            layer.sort(key=lambda n: _mean([place[o] for o in near[n.id]], place[n.id]))
            place.update({n.id: (i + 0.5) / len(layer) for i, n in enumerate(layer)})
    return ordered


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _boxes(layers: list[list[Node]], width: float, row: float, height: float) -> dict[str, Box]:
    found = {}
    for number, layer in enumerate(layers):
        step = min(height / len(layer), row * 2.2)
        top = (height - step * len(layer)) / 2
        for place, node in enumerate(layer):
            y = top + step * place + (step - row + _GAP_Y) / 2
            found[node.id] = Box(_MARGIN + number * (width + _GAP_X), y, width, row - _GAP_Y)
    return found


def _edge(a: Box, b: Box) -> str:
    n = svg.number
    if abs(a.x - b.x) < 1:  # within one layer: round the right side
        x, y1, y2 = a.x + a.width, a.y + a.height / 2, b.y + b.height / 2
        d = f"M{n(x)} {n(y1)}C{n(x + 16)} {n(y1)} {n(x + 16)} {n(y2)} {n(x)} {n(y2)}"
        return svg.path(d, svg.paint(stroke="ink", width=0.9), dash="2 1.5")
    x1, y1, x2, y2 = a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2
    bend = min(max((x2 - x1) / 2, 8), 40)
    d = f"M{n(x1)} {n(y1)}C{n(x1 + bend)} {n(y1)} {n(x2 - bend)} {n(y2)} {n(x2)} {n(y2)}"
    far = x2 - x1 > _GAP_X + 2
    return svg.path(d, svg.paint(stroke="edge", width=0.35 if far else 0.8))


def _node(node: Node, box: Box, size: float) -> list[str]:
    edge = {"function": "function", "staff_group": "staff"}.get(node.kind, "edge")
    radius = box.height / 2 if node.kind == "staff_group" else 2.5 if node.kind == "function" else 0
    parts = [svg.rect(box.x, box.y, box.width, box.height, svg.paint("paper", edge, 0.9), radius=radius)]
    if node.kind == "function":
        parts.append(svg.rect(box.x, box.y, 3, box.height, svg.paint("function")))
    inset = 6.0 if node.kind != "staff_group" else box.height / 2
    room = box.width - inset - 3
    lines, size = _label(node, room, box.height, size)
    first = box.y + box.height / 2 + size * 0.34 - (len(lines) - 1) * size * 0.54
    for number, line in enumerate(lines):
        parts.append(
            svg.text(box.x + inset, first + number * size * 1.08, line, size, bold=node.kind == "function")
        )
    return parts


def _label(node: Node, room: float, height: float, size: float) -> tuple[list[str], float]:
    """The lines of a name and their size: as large as lets it stand whole, no smaller than can be read."""
    bold, name = node.kind == "function", " ".join(node.label.split())
    whole: tuple[list[str], float] | None = None
    for step in range(_SMALLER):
        smaller = size * (1 - 0.07 * step)
        if smaller < _LEAST_TYPE and step:
            break
        lines = fitted(name, room, smaller, lines=max(int(height / (1.1 * smaller)), 1), bold=bold)
        if " ".join(lines) == name:
            return lines, smaller
        if whole is None and not lines[-1].endswith("…"):
            whole = lines, smaller
    return whole or (lines, smaller)


def _legend(y: float, words: Words) -> list[str]:
    _ = words._
    parts: list[str] = []
    x = _MARGIN
    for kind, label in (
        ("function", _("function")),
        ("resource", _("resource")),
        ("staff_group", _("staff group")),
    ):
        parts += _node(Node("", "", kind), Box(x, y - 8, 18, 9), 6)
        parts.append(svg.text(x + 22, y, label, 7.5))
        x += 32 + text_width(label, 7.5)
    label = _("The one to the left needs the one to the right. Dashed: each needs the other.")
    parts.append(svg.text(x + 6, y, label, 7.5, colour="muted"))
    return parts
