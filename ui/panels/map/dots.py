"""Elements seen from far off: thousands of them are painted as a few lists of rectangles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from ui.panels.map import shapes
from ui.panels.map.nodes import NodeItem
from ui.theme import theme
from ui.theme.colour import mix

_FULL = 1000
_TINTS = {"function": "function", "staff_group": "staff", "resource": "muted"}


class Dots(QGraphicsItem):
    """Stands in for the elements while the map is seen from far off."""

    def __init__(self, nodes: Callable[[], Iterable[NodeItem]], bounds: Callable[[], QRectF]) -> None:
        super().__init__()
        self._nodes, self._bounds_of = nodes, bounds
        self._rects: dict[tuple[str, bool], list[QRectF]] | None = None
        self._bounds = QRectF()
        self.setZValue(2)
        self.hide()

    def renew(self) -> None:
        """Reckon anew what is painted: something has moved, come, gone, or been chosen."""
        self._rects = None
        bounds = self._bounds_of()
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._rects is None:
            self._rects = self._sorted()
        painter.setPen(Qt.PenStyle.NoPen)
        for (token, pale), rects in self._rects.items():
            painter.setBrush(_colour(token, pale=pale))
            painter.drawRects(rects)

    def _sorted(self) -> dict[tuple[str, bool], list[QRectF]]:
        found: dict[tuple[str, bool], list[QRectF]] = defaultdict(list)
        for node in self._nodes():
            if node.isSelected():
                token = "accent"
            elif node.level is not None and node.level < _FULL:
                token = "lost" if not node.level else "reduced"
            elif node.weak or node.cyclic:
                token = "warn"
            else:
                token = _TINTS[node.kind]
            found[token, node.pale].append(shapes.BODY.translated(node.pos()))
        return found


def _colour(token: str, *, pale: bool) -> QColor:
    part = {"muted": 0.35, "accent": 1.0, "warn": 0.85}.get(token, 0.7)
    colour = mix(theme.tokens.surface, getattr(theme.tokens, token), part * (0.3 if pale else 1.0))
    return QColor(colour)
