"""The gesture of drawing a line from one element to another."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsPathItem

from ui.panels.map import shapes
from ui.panels.map.nodes import NodeItem
from ui.panels.map.scene import MapScene
from ui.theme import theme


class ConnectGesture:
    """A line that is being drawn from a port: begin, move, end or cancel."""

    def __init__(self, scene: MapScene, start: NodeItem, *, out: bool) -> None:
        self.scene, self.start, self.out = scene, start, out
        self.target = ""
        self._line = QGraphicsPathItem()
        self._line.setPen(QPen(theme.colour("accent"), 2.0))
        self._line.setZValue(3)
        scene.addItem(self._line)

    def move(self, point: QPointF) -> None:
        """Let the line end at ``point``."""
        fixed = self.start.port(out=self.out)
        ends = (fixed, point) if self.out else (point, fixed)
        self._line.setPath(shapes.curve(*ends))
        node = node_at(self.scene, point)
        self.target = node.id if node is not None else ""

    def finish(self) -> tuple[str, str] | None:
        """Return supplier and dependent if the line ends at an element, and take the line away."""
        self.cancel()
        if not self.target:
            return None
        return (self.start.id, self.target) if self.out else (self.target, self.start.id)

    def cancel(self) -> None:
        """Take the line away."""
        self.scene.mark_end()
        self.scene.removeItem(self._line)


def node_at(scene: MapScene, point: QPointF) -> NodeItem | None:
    """Return the element at a place of the scene."""
    for item in scene.items(point):
        if isinstance(item, NodeItem):
            return item
    return None
