"""The view: zoom, pan, select, and the gestures of drawing a line and moving."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QWidget

from ui.panels.map import shapes
from ui.panels.map.far import paint_far_names
from ui.panels.map.gesture import ConnectGesture, node_at
from ui.panels.map.nodes import MapItem
from ui.panels.map.scene import MapScene
from ui.theme import theme

_LEAST, _MOST = 0.05, 3.0
_STEP = 1.2
_NAMES_ROOM = 210  # pixels


class MapView(QGraphicsView):
    """Looks at the scene and turns events into wishes, which the workspace grants."""

    zoomed = Signal(int)  # per cent
    moved = Signal(list)  # ids, when a drag ends
    connect_asked = Signal(str, str)  # supplier, dependent
    connect_tried = Signal(str, str, bool)  # start, other, out: may it end there?
    add_asked = Signal(object, QPoint)  # scene place, global place of the menu
    rename_asked = Signal(str)
    line_pressed = Signal(str)  # id of a supply, "" beside all lines
    menu_asked = Signal(QPoint)
    key_pressed = Signal(QKeyEvent)

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.map = scene
        self.gesture: ConnectGesture | None = None
        self._pan_from: QPoint | None = None
        self._places: dict[str, QPointF] = {}
        self._names: list[tuple[QRectF, MapItem]] = []
        self._shows_all = False  # nobody has zoomed or pushed since everything was shown
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.setRubberBandSelectionMode(Qt.ItemSelectionMode.IntersectsItemShape)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    # --- looking -------------------------------------------------------------------------------

    @property
    def scale_now(self) -> float:
        """The scale in force."""
        return self.transform().m11()

    def zoom_by(self, factor: float) -> None:
        """Zoom around the pointer, or the middle if the keys did it."""
        target = min(_MOST, max(_LEAST, self.scale_now * factor))
        factor = target / self.scale_now
        self._shows_all = False
        self.scale(factor, factor)
        self.zoomed.emit(round(100 * self.scale_now))

    def zoom_step(self, steps: int) -> None:
        """Zoom around the middle of the view."""
        anchor = self.transformationAnchor()
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.zoom_by(_STEP**steps)
        self.setTransformationAnchor(anchor)

    def fit(self, rect: QRectF | None = None) -> None:
        """Show everything, or ``rect``."""
        shown = rect or self.map.itemsBoundingRect().adjusted(-24, -24, 24, 24)
        if shown.isEmpty():
            return
        room = self.viewport().size()
        scale = min(room.width() / shown.width(), room.height() / shown.height(), 1.0)
        # Seen from far off, names stand right of the last column.
        names = min(_NAMES_ROOM, room.width() // 4) if scale < shapes.NAMES_FROM else 0
        scale = max(_LEAST, min((room.width() - names) / shown.width(), room.height() / shown.height(), 1.0))
        self.resetTransform()
        self.scale(scale, scale)
        self.centerOn(shown.center() + QPointF(names / 2 / scale, 0))
        self._shows_all = rect is None
        self.zoomed.emit(round(100 * self.scale_now))

    def bring(self, item: MapItem) -> None:
        """Bring ``item`` into view, near enough to be read."""
        self._shows_all = False
        if self.scale_now < shapes.LABELS_FROM:
            self.resetTransform()
            near = 0.8 * theme.zoom / 100
            self.scale(near, near)
            self.zoomed.emit(round(100 * near))
            self.centerOn(item)
        else:
            self.ensureVisible(item, 60, 60)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shows_all:
            self.fit()

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        painter.fillRect(rect, theme.colour("surface"))
        if self.scale_now < 0.5:
            return
        step = 64
        painter.setPen(QPen(theme.colour("line"), 0))
        left, top = int(rect.left()) // step * step, int(rect.top()) // step * step
        dots = [
            QPointF(x, y)
            for x in range(left, int(rect.right()) + step, step)
            for y in range(top, int(rect.bottom()) + step, step)
        ]
        pen = QPen(theme.colour("line"), 2.0 / self.scale_now)
        painter.setPen(pen)
        painter.drawPoints(dots)

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        far = self.scale_now < shapes.NAMES_FROM
        seen = self.mapToScene(self.viewport().rect()).boundingRect()  # all of it, whatever is repainted
        self._names = paint_far_names(painter, self.map, seen, self.scale_now) if far else []
        if not self.hasFocus():
            return
        chosen = self.map.selectedItems()
        if len(chosen) == 1 and isinstance(chosen[0], MapItem):
            pen = QPen(theme.colour("ink"), 1.5 / self.scale_now, Qt.PenStyle.DotLine)
            painter.setPen(pen)
            painter.setBrush(QBrush(Qt.BrushStyle.NoBrush))
            path = QPainterPath()
            path.addRoundedRect(chosen[0].body().translated(chosen[0].pos()).adjusted(-5, -5, 5, 5), 6, 6)
            painter.drawPath(path)

    # --- mouse ---------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        pixels, turn = event.pixelDelta(), event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (turn.y() or turn.x()))
        elif not pixels.isNull() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._scroll(-pixels)  # two fingers on a touch pad push the paper
        else:
            self.zoom_by(_STEP ** (turn.y() / 120))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        middle = event.button() == Qt.MouseButton.MiddleButton
        if middle or (event.button() == Qt.MouseButton.LeftButton and self._space_held):
            self._pan_from = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = self.mapToScene(event.position().toPoint())
        node = node_at(self.map, point)
        if node is not None and (side := node.port_at(node.mapFromScene(point))):
            self.gesture = ConnectGesture(self.map, node, out=side == "out")
            self.gesture.move(point)
            return
        if node is None and (self._press_name(point) or self._press_line(point, event)):
            return
        super().mousePressEvent(event)
        self._places = {id_: n.pos() for id_, n in self.map.nodes.items() if n.isSelected()}

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._pan_from is not None:
            self._scroll(self._pan_from - place)
            self._pan_from = place
            return
        if self.gesture is not None:
            self.gesture.move(self.mapToScene(place))
            self.connect_tried.emit(self.gesture.start.id, self.gesture.target, self.gesture.out)
            return
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton and self._places:
            self.map.trace(self._places)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pan_from is not None:
            self._pan_from = None
            self.viewport().unsetCursor()
            return
        if self.gesture is not None:
            ends = self.gesture.finish()
            self.gesture = None
            if ends is not None:
                self.connect_asked.emit(*ends)
            return
        super().mouseReleaseEvent(event)
        moved = [id_ for id_, place in self._places.items() if self.map.nodes[id_].pos() != place]
        self._places = {}
        if moved:
            self.moved.emit(moved)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = self.mapToScene(event.position().toPoint())
        node = node_at(self.map, point)
        if node is not None:
            self.rename_asked.emit(node.id)
        elif self.itemAt(event.position().toPoint()) in (None, self.map.lines, self.map.stages):
            self.add_asked.emit(point, event.globalPosition().toPoint())

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
        if self.itemAt(event.position().toPoint()) not in (None, self.map.lines, self.map.stages):
            return False
        link = self.map.lines.at(point)
        self.line_pressed.emit(link.id if link else "")
        return link is not None

    def _scroll(self, by: QPoint) -> None:
        self._shows_all = False
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())

    # --- keys ----------------------------------------------------------------------------------

    _space_held = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.gesture is not None:
            self.gesture.cancel()
            self.gesture = None
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
