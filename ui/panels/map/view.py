"""The view: select, and the gestures of drawing a line and moving."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.panels.map.frames import GroupItem
from ui.panels.map.gesture import ConnectGesture, node_at
from ui.panels.map.hint import Hint
from ui.panels.map.lens import Lens
from ui.panels.map.nodes import NodeItem
from ui.panels.map.scene import MapScene


class MapView(Lens):
    """Looks at the scene and turns events into wishes, which the workspace grants."""

    moved = Signal(list)  # ids, when a drag ends
    connect_asked = Signal(str, str)  # supplier, dependent
    connect_tried = Signal(str, str, bool)  # start, other, out: may it end there?
    refused_at = Signal(str, str, bool)  # as before: the line was let go there
    add_asked = Signal(object, QPoint, object)  # scene place, global place of the menu, what to connect to
    rename_asked = Signal(str)
    line_pressed = Signal(str)  # id of a supply, "" beside all lines
    menu_asked = Signal(QPoint)
    fold_asked = Signal(str)  # id of a group
    pinned = Signal()  # a drag of something whose place follows from the look
    key_pressed = Signal(QKeyEvent)

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.gesture: ConnectGesture | None = None
        self._pan_from: QPoint | None = None
        self._pressed = self._pointer = QPoint()
        self._places: dict[str, QPointF] = {}
        self.hint = Hint(self)

    def pointer(self) -> QPoint:
        """Return where the pointer is."""
        return self._pointer

    # --- mouse ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (event.button() == Qt.MouseButton.LeftButton and self._space_held):
            self._pan_from = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = self.mapToScene(event.position().toPoint())
        self._shows_all = False  # who works on the map does not want it to move
        node = node_at(self.map, point)
        if node is not None and (side := node.port_at(node.mapFromScene(point))):
            self.gesture = ConnectGesture(self.map, node, out=side == "out")
            self.gesture.move(point)
            return
        if node is None and (self._press_name(point) or self._press_line(point, event)):
            return
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()
        self._places = {i.id: i.pos() for i in self.map.selectedItems() if isinstance(i, NodeItem)}
        if node is None:
            self._places = {}

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._pointer = event.position().toPoint()
        if self._pan_from is not None:
            self._scroll(self._pan_from - place)
            self._pan_from = place
            return
        if self.gesture is not None:
            self.gesture.move(self.mapToScene(place))
            self.connect_tried.emit(self.gesture.start.id, self.gesture.over, self.gesture.out)
            return
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton and self._places:
            if self.map.is_derived:
                self._pinned_from(place)
            else:
                self._in_motion()
                self.map.trace(self._places)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            self._pan_from = None
            self.viewport().unsetCursor()
            return
        if self.gesture is not None:
            self._finish_line(event)
            return
        super().mouseReleaseEvent(event)
        held, self._places = self._places, {}
        moved = [id_ for id_, at in held.items() if id_ in self.map.nodes and self.map.nodes[id_].pos() != at]
        if moved:
            self.moved.emit(moved)

    def _finish_line(self, event: QMouseEvent) -> None:
        gesture, self.gesture = self.gesture, None
        assert gesture is not None
        self.hint.hide()
        ends = gesture.finish()
        point = self.mapToScene(event.position().toPoint())
        if ends is not None and ends[0] != ends[1]:
            self.connect_asked.emit(*ends)
        elif gesture.over and not gesture.target:
            self.refused_at.emit(gesture.start.id, gesture.over, gesture.out)
        elif not gesture.over and gesture.is_long(point):
            at = event.globalPosition().toPoint()
            self.add_asked.emit(point, at, (gesture.start.id, gesture.out))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = self.mapToScene(event.position().toPoint())
        node = node_at(self.map, point)
        group = self.map.itemAt(point, self.transform())
        if node is not None:
            self.rename_asked.emit(node.id)
        elif isinstance(group, GroupItem):
            self.fold_asked.emit(group.id)
        elif self.itemAt(event.position().toPoint()) in self._ground():
            self.add_asked.emit(point, event.globalPosition().toPoint(), None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        node = node_at(self.map, self.mapToScene(event.pos()))
        if node is not None and not node.isSelected():
            self.map.clearSelection()
            node.setSelected(True)
        self.menu_asked.emit(event.globalPos())

    def _press_name(self, point: QPointF) -> bool:
        found = next((item for rect, item in self._names if rect.contains(point)), None)
        if found is None or self.map.items(point):
            return False
        self.map.clearSelection()
        found.setSelected(True)
        return True

    def _press_line(self, point: QPointF, event: QMouseEvent) -> bool:
        if self.itemAt(event.position().toPoint()) not in self._ground():
            return False
        link = self.map.lines.at(point)
        self.line_pressed.emit(link.id if link else "")
        return link is not None

    def _ground(self) -> tuple[object, ...]:
        """Return what counts as nothing under the pointer."""
        return (None, self.map.lines, self.map.stages, self.map.dots)

    def _pinned_from(self, place: QPoint) -> None:
        far_enough = QApplication.startDragDistance() * 2
        if (place - self._pressed).manhattanLength() > far_enough:
            self._places = {}
            self.pinned.emit()

    # --- keys ----------------------------------------------------------------------------------

    _space_held = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.gesture is not None:
            self.gesture.cancel()
            self.gesture = None
            self.hint.hide()
            return
        if event.key() == Qt.Key.Key_Space:
            self._space_held = True
        event.ignore()
        self.key_pressed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space_held = False
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._space_held = False
        self.viewport().update()
