"""The lens: zoom, pan, and what is painted under and over the map."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QPainter, QPainterPath, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsView, QWidget

from ui.panels.map import shapes
from ui.panels.map.far import paint_far_names
from ui.panels.map.nodes import MapItem
from ui.panels.map.scene import MapScene
from ui.theme import theme

_LEAST, _MOST = 0.05, 3.0
_STEP = 1.2
_NAMES_ROOM = 270  # pixels
_EDGE = 20  # pixels left free around everything
_PUSH = 96  # pixels
_REST = 160  # milliseconds after which a motion is over and everything is painted in full


class Lens(QGraphicsView):
    """Looks at the scene, from near and from far off."""

    zoomed = Signal(int)  # per cent
    looked_elsewhere = Signal()  # another part is in view, or another scale

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.map = scene
        self._names: list[tuple[QRectF, MapItem]] = []
        self._shows_all = False  # nobody has zoomed or pushed since everything was shown
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.setRubberBandSelectionMode(Qt.ItemSelectionMode.IntersectsItemShape)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._at_rest)
        self.horizontalScrollBar().valueChanged.connect(self._on_pushed)
        self.verticalScrollBar().valueChanged.connect(self._on_pushed)

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
        self._say_scale()
        self._in_motion()

    def zoom_step(self, steps: int) -> None:
        """Zoom around the middle of the view."""
        anchor = self.transformationAnchor()
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.zoom_by(_STEP**steps)
        self.setTransformationAnchor(anchor)

    def fit(self, rect: QRectF | None = None) -> None:
        """Show everything, or ``rect``."""
        shown = rect or self.map.extent
        if shown.isEmpty():
            return
        room = self.viewport().size() - 2 * QSize(_EDGE, _EDGE)
        most = theme.zoom / 100  # no larger than text is elsewhere
        scale = min(room.width() / shown.width(), room.height() / shown.height(), most)
        # Seen from far off, names stand right of the last column.
        names = min(_NAMES_ROOM, room.width() // 4) if scale < shapes.NAMES_FROM else 0
        scale = max(_LEAST, min((room.width() - names) / shown.width(), room.height() / shown.height(), most))
        self.show_at(scale, shown.center() + QPointF(names / 2 / scale, 0))
        self._shows_all = rect is None

    def show_at(self, scale: float, middle: QPointF) -> None:
        """Look at ``middle`` at ``scale``."""
        self._shows_all = False
        self.resetTransform()
        self.scale(scale, scale)
        self.centerOn(middle)
        self._say_scale()

    def middle(self) -> QPointF:
        """Return the scene place in the middle of the view."""
        return self.mapToScene(self.viewport().rect().center())

    def seen(self) -> QRectF:
        """Return the part of the scene that is in view."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def bring(self, item: MapItem) -> None:
        """Bring ``item`` into view, near enough to be read."""
        self._shows_all = False
        if self.scale_now < shapes.LABELS_FROM:
            self.show_at(0.8 * theme.zoom / 100, item.pos())
        else:
            self.ensureVisible(item, 60, 60)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shows_all:
            self.fit()
        self.looked_elsewhere.emit()

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
        # All that is in view is weighed, whatever part is repainted.
        self._names = paint_far_names(painter, self.map, self.seen(), self.scale_now) if far else []
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

    def push(self, direction: tuple[int, int]) -> None:
        """Look a little further in a direction."""
        step = theme.px(_PUSH)
        self._scroll(QPoint(direction[0] * step, direction[1] * step))

    def _scroll(self, by: QPoint) -> None:
        self._shows_all = False
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())

    def _say_scale(self) -> None:
        self.map.seen_from(self.scale_now)
        self.zoomed.emit(round(100 * self.scale_now))
        self.looked_elsewhere.emit()

    def _in_motion(self) -> None:
        self.map.lines.rough = self.map.stages.rough = True
        self._rest.start()

    def _at_rest(self) -> None:
        self.map.lines.rough = self.map.stages.rough = False
        self.viewport().update()

    def _on_pushed(self) -> None:
        if self.scale_now < shapes.NAMES_FROM:
            self.viewport().update()  # names give way to one another: strips alone would not fit together
        self.looked_elsewhere.emit()
