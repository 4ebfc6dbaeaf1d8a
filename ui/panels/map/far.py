"""Names on the map seen from far off: in a fixed size, with a halo, never on one another."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from ui.panels.map import shapes
from ui.panels.map.nodes import MapItem, NodeItem, font_of
from ui.panels.map.scene import MapScene
from ui.shown import name_of
from ui.theme import theme

_PIXELS = 12
_HALO = 3.5
_MOST = 60


def paint_far_names(
    painter: QPainter, scene: MapScene, seen: QRectF, scale: float
) -> list[tuple[QRectF, MapItem]]:
    """Paint the names of what matters most in the part ``seen``: chosen, in focus, functions, pay days.

    Return where each name stands, so that a press on it can choose its item.
    """
    font = font_of(_PIXELS, bold=True)
    metrics = QFontMetricsF(font)
    taken: list[tuple[QRectF, MapItem]] = []
    painter.save()
    for item in _by_weight(scene, seen)[:_MOST]:
        name = name_of(item.element if isinstance(item, NodeItem) else item.stream)  # type: ignore[attr-defined]
        at = item.pos() + QPointF(shapes.WIDTH / 2 + 6 / scale, 0)
        width = metrics.horizontalAdvance(name) / scale
        rect = QRectF(at.x(), at.y() - 8 / scale, width, 16 / scale)
        if any(rect.intersects(other) for other, _item in taken):
            continue
        taken.append((rect, item))
        path = QPainterPath()
        path.addText(QPointF(0, 0), font, name)
        painter.save()
        painter.translate(at.x(), at.y() + metrics.ascent() * 0.38 / scale)
        painter.scale(1 / scale, 1 / scale)
        painter.strokePath(path, QPen(theme.colour("surface"), _HALO))
        painter.fillPath(path, theme.colour("ink"))
        painter.restore()
    painter.restore()
    return taken


def _by_weight(scene: MapScene, seen: QRectF) -> list[MapItem]:
    chosen = bool(scene.selectedItems())
    weighed: list[tuple[int, MapItem]] = []
    for item in (*scene.nodes.values(), *scene.tiles.values()):
        function = isinstance(item, NodeItem) and item.kind == "function"
        if item.isSelected():
            weight = 0
        elif item.pale or not item.isVisible():
            continue
        elif chosen:
            weight = 1 if function else 2
        elif isinstance(item, NodeItem) and not function:
            continue
        else:
            weight = 1
        if item.sceneBoundingRect().intersects(seen):
            weighed.append((weight, item))
    return [item for _weight, item in sorted(weighed, key=lambda pair: pair[0])]
