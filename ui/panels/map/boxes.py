"""Where groups stand: boxes in columns, suppliers to the left, as wide and high as what is unfolded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from continuity.model.layout import Place
from ui.panels.map.looks import Grouped

FOLDED = (248, 60)
HEAD, PAD = 34, 16
_COLUMN, _ROW = 204, 60
_TALL = 14  # rows of a column inside a box
_GAP_X, _GAP_Y = 88, 28
_ASPECT = 1.5


@dataclass(frozen=True, slots=True)
class Box:
    """One group as it is drawn; ``x`` and ``y`` are its centre."""

    id: str
    key: str
    label: str
    sign: str
    members: tuple[str, ...]
    folded: bool
    x: int = 0
    y: int = 0
    width: int = FOLDED[0]
    height: int = FOLDED[1]


def lay_out(
    grouped: Sequence[Grouped], unfolded: Iterable[str], base: Mapping[str, Place], prefix: str
) -> tuple[tuple[Box, ...], dict[str, Place]]:
    """Return the boxes of ``grouped`` and the places of the members of those in ``unfolded``."""
    wide_open = set(unfolded)
    ordered = sorted(grouped, key=lambda group: _middle(group.members, base))
    sizes = {g.key: _size(len(g.members)) if g.key in wide_open else FOLDED for g in ordered}
    columns = _columns(ordered, sizes)
    boxes: list[Box] = []
    places: dict[str, Place] = {}
    left = 0
    for column in columns:
        column = sorted(column, key=lambda group: _middle(group.members, base)[::-1])
        wide = max(sizes[group.key][0] for group in column)
        top = -_height(column, sizes) // 2
        for group in column:
            width, height = sizes[group.key]
            centre = (left + wide // 2, top + height // 2)
            folded = group.key not in wide_open
            boxes.append(
                Box(f"{prefix}{group.key}", group.key, group.label, group.sign, group.members, folded,
                    *centre, width, height)
            )  # fmt: skip
            if not folded:
                places |= _inside(group.members, base, (left + (wide - width) // 2, top))
            top += height + _GAP_Y
        left += wide + _GAP_X
    return tuple(boxes), places


def _middle(members: Sequence[str], base: Mapping[str, Place]) -> tuple[float, float]:
    xs = sorted(base[m][0] for m in members)
    ys = sorted(base[m][1] for m in members)
    return sum(xs) / len(xs), sum(ys) / len(ys)


def _shape(count: int) -> tuple[int, int]:
    """Return columns and rows for ``count`` members."""
    columns = max(1, -(-count // _TALL), round((count * _ROW / _COLUMN) ** 0.5))
    return columns, -(-count // columns)


def _size(count: int) -> tuple[int, int]:
    columns, rows = _shape(count)
    return columns * _COLUMN + 2 * PAD - 20, rows * _ROW + HEAD + PAD - 4


def _inside(members: Sequence[str], base: Mapping[str, Place], corner: Place) -> dict[str, Place]:
    """Return the places of members in a grid, columns in the order in which they stand on the map."""
    columns, rows = _shape(len(members))
    by_x = sorted(members, key=lambda m: (base[m], m))
    left, top = corner[0] + PAD + 92, corner[1] + HEAD + 28
    places = {}
    for column in range(columns):
        some = sorted(by_x[column * rows : (column + 1) * rows], key=lambda m: (base[m][1], m))
        for row, member in enumerate(some):
            places[member] = (left + column * _COLUMN, top + row * _ROW)
    return places


def _height(column: Sequence[Grouped], sizes: Mapping[str, tuple[int, int]]) -> int:
    return sum(sizes[g.key][1] for g in column) + _GAP_Y * (len(column) - 1)


def _columns(ordered: Sequence[Grouped], sizes: Mapping[str, tuple[int, int]]) -> list[list[Grouped]]:
    """Return ``ordered`` cut into columns so that the whole is about as wide as a screen is."""
    best: list[list[Grouped]] = []
    nearest = float("inf")
    tallest = max((size[1] for size in sizes.values()), default=0)
    for limit in range(1, 13):
        columns = _cut(ordered, sizes, max(tallest, limit * (FOLDED[1] + _GAP_Y)))
        wide = sum(max(sizes[g.key][0] for g in column) for column in columns) + _GAP_X * len(columns)
        high = max((_height(column, sizes) for column in columns), default=1)
        off = abs(wide / high - _ASPECT)
        if off < nearest:
            nearest, best = off, columns
    return best


def _cut(ordered: Sequence[Grouped], sizes: Mapping[str, tuple[int, int]], limit: int) -> list[list[Grouped]]:
    columns: list[list[Grouped]] = []
    for group in ordered:
        if columns and _height([*columns[-1], group], sizes) <= limit:
            columns[-1].append(group)
        else:
            columns.append([group])
    return columns
