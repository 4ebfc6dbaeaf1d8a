"""Which of thousands of rectangles lie in view: one look at an array instead of a walk through all."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF

_ROOM = 1024


class BoxIndex:
    """Rectangles by name; asking is quick however many there are."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._names: list[str] = []
        self._edges = np.empty((_ROOM, 4))  # left, top, right, bottom

    def __contains__(self, name: str) -> bool:
        return name in self._rows

    def put(self, name: str, box: QRectF) -> None:
        """Keep ``box`` as that of ``name``."""
        row = self._rows.get(name)
        if row is None:
            row = self._rows[name] = len(self._names)
            self._names.append(name)
            if row == len(self._edges):
                self._edges = np.concatenate([self._edges, np.empty_like(self._edges)])
        self._edges[row] = box.left(), box.top(), box.right(), box.bottom()

    def drop(self, name: str) -> None:
        """Forget ``name``; the last row takes its place."""
        row = self._rows.pop(name, None)
        if row is None:
            return
        last = self._names.pop()
        if last != name:
            self._names[row] = last
            self._rows[last] = row
            self._edges[row] = self._edges[len(self._names)]

    def clear(self) -> None:
        """Forget all."""
        self._rows.clear()
        self._names.clear()

    def within(self, seen: QRectF) -> list[str]:
        """Return the names whose boxes meet ``seen``."""
        edges = self._edges[: len(self._names)]
        hit = (edges[:, 0] <= seen.right()) & (edges[:, 2] >= seen.left())
        hit &= (edges[:, 1] <= seen.bottom()) & (edges[:, 3] >= seen.top())
        return [self._names[row] for row in np.flatnonzero(hit).tolist()]

    def bounds(self) -> QRectF:
        """Return the rectangle around all."""
        edges = self._edges[: len(self._names)]
        if not len(edges):
            return QRectF()
        left, top = float(edges[:, 0].min()), float(edges[:, 1].min())
        return QRectF(left, top, float(edges[:, 2].max()) - left, float(edges[:, 3].max()) - top)
