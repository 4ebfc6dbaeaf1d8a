"""Shapes and measures of the map's drawing, in pixels at 100 %."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

WIDTH, HEIGHT = 184.0, 48.0
TILE_WIDTH, TILE_HEIGHT = 216.0, 56.0
PORT = 5.0  # radius
EDGE = 6.0  # heavy left edge of a function
GRID = 8

#: Below these scales, in order: labels of needs go, names go, figures and icons go.
LABELS_FROM, NAMES_FROM, SIGNS_FROM = 0.6, 0.38, 0.2

BODY = QRectF(-WIDTH / 2, -HEIGHT / 2, WIDTH, HEIGHT)
CORE = BODY.adjusted(8, 2, -8, -2)  # what labels keep clear of
TILE = QRectF(-TILE_WIDTH / 2, -TILE_HEIGHT / 2, TILE_WIDTH, TILE_HEIGHT)


def outline(kind: str) -> QPainterPath:
    """Return the outline of an element of ``kind``, around its centre."""
    path = QPainterPath()
    radius = {"function": 10.0, "staff_group": HEIGHT / 2}.get(kind, 2.0)
    path.addRoundedRect(BODY, radius, radius)
    return path


def heavy_edge() -> QPainterPath:
    """Return the heavy left edge of a function."""
    strip = QPainterPath()
    strip.addRect(QRectF(BODY.left(), BODY.top(), EDGE, HEIGHT))
    return outline("function").intersected(strip)


def curve(start: QPointF, end: QPointF) -> QPainterPath:
    """Return the line from a supplier's right side to a dependent's left side."""
    path = QPainterPath(start)
    bend = _bend(start, end)
    path.cubicTo(QPointF(start.x() + bend, start.y()), QPointF(end.x() - bend, end.y()), end)
    return path


def _bend(start: QPointF, end: QPointF) -> float:
    dx = end.x() - start.x()
    return max(32.0, min(120.0, abs(dx) / 2)) if dx > 0 else min(220.0, 80.0 + abs(dx) / 4)


def around(start: QPointF, end: QPointF) -> QRectF:
    """Return a rectangle in which the line from ``start`` to ``end`` lies with its labels."""
    beyond = 40.0 if end.x() > start.x() else 40.0 + _bend(start, end)
    return QRectF(start, end).normalized().adjusted(-beyond, -12, beyond, 12)


def bow(start: QPointF, end: QPointF) -> QPainterPath:
    """Return the line between two right sides, one above the other."""
    path = QPainterPath(start)
    out = max(start.x(), end.x()) + 28.0 + min(60.0, abs(end.y() - start.y()) / 6)
    path.cubicTo(QPointF(out, start.y()), QPointF(out, end.y()), end)
    return path


def snapped(point: QPointF) -> tuple[int, int]:
    """Return the nearest crossing of the grid."""
    return round(point.x() / GRID) * GRID, round(point.y() / GRID) * GRID
