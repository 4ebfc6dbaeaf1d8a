"""The gesture of drawing a line from one element to another."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsPathItem

from ui.panels.map import shapes
from ui.panels.map.nodes import MapItem, NodeItem
from ui.panels.map.scene import MapScene
from ui.theme import theme


class ConnectGesture:
    """A line that is being drawn from a port: begin, move, end or cancel."""

    def __init__(self, scene: MapScene, start: NodeItem, *, out: bool) -> None:
        self.scene, self.start, self.out = scene, start, out
        self.target = ""  # an element
        self.over = ""  # whatever the pointer is over
        self._line = QGraphicsPathItem()
        self._line.setPen(QPen(theme.colour("accent"), 2.0))
        self._line.setZValue(3)
        scene.addItem(self._line)

    def move(self, point: QPointF) -> None:
        """Let the line end at ``point``."""
        fixed = self.start.port(out=self.out)
        ends = (fixed, point) if self.out else (point, fixed)
        self._line.setPath(shapes.curve(*ends))
        item = item_at(self.scene, point)
        self.over = item.id if item is not None else ""
        self.target = item.id if isinstance(item, NodeItem) else ""

    def finish(self) -> tuple[str, str] | None:
        """Return supplier and dependent if the line ends at an element, and take the line away."""
        self.cancel()
        if not self.target:
            return None
        return (self.start.id, self.target) if self.out else (self.target, self.start.id)

    def is_long(self, point: QPointF) -> bool:
        """Tell whether the line is long enough to be meant."""
        return (point - self.start.port(out=self.out)).manhattanLength() > shapes.WIDTH / 2

    def cancel(self) -> None:
        """Take the line away."""
        self.scene.mark_end()
        self.scene.removeItem(self._line)


def item_at(scene: MapScene, point: QPointF) -> MapItem | None:
    """Return the element, pay day or group at a place of the scene, the uppermost."""
    return next((item for item in scene.items(point) if isinstance(item, MapItem)), None)


def node_at(scene: MapScene, point: QPointF) -> NodeItem | None:
    """Return the element at a place of the scene."""
    return next((item for item in scene.items(point) if isinstance(item, NodeItem)), None)
