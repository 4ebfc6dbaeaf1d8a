"""The mini-map: all of the map in a corner, and the part that is in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ui.panels.map.nodes import NodeItem, TileItem
from ui.theme import theme
from ui.theme.colour import mix

if TYPE_CHECKING:
    from ui.panels.map.view import MapView

_WIDTH, _HEIGHT = 200, 132
_LATER = 120  # milliseconds
_LEAST = 2.0  # pixels of an element
_TOKENS = {"function": "function", "staff_group": "staff", "resource": "muted"}


class Overview(QWidget):
    """Press or drag in it to look elsewhere. Its picture is made anew only when the map has changed."""

    def __init__(self, view: MapView) -> None:
        super().__init__(view)
        self.view = view
        self.wanted = True
        self._pixmap: QPixmap | None = None
        self._shown = QRectF()  # of the scene
        self._later = QTimer(self, singleShot=True, interval=_LATER)
        self._later.timeout.connect(self.renew)
        view.map.shown_anew.connect(self._later.start)
        view.map.refocused.connect(self._later.start)
        view.looked_elsewhere.connect(self._on_look)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys of the map do the same
        self.fit()

    def fit(self) -> None:
        """Take the size and colours in force."""
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        self.renew()

    def renew(self) -> None:
        """Make the picture anew."""
        self._pixmap = None
        self.update()

    def has_use(self) -> bool:
        """Tell whether some of the map lies outside the view."""
        extent = self.view.map.extent
        return not extent.isEmpty() and not self.view.seen().adjusted(-8, -8, 8, 8).contains(extent)

    def _on_look(self) -> None:
        self.setVisible(self.wanted and self.has_use())
        self.update()

    # --- Qt ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._pixmap is None:
            self._pixmap = self._made()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        seen = self.view.seen()
        here = QRectF(self._to(seen.topLeft()), self._to(seen.bottomRight()))
        painter.setPen(QPen(theme.colour("accent"), 2))
        tint = theme.colour("accent")
        tint.setAlphaF(0.12)
        painter.setBrush(QBrush(tint))
        painter.drawRect(here.intersected(QRectF(self.rect()).adjusted(1, 1, -2, -2)))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.view.fit()

    # --- inside --------------------------------------------------------------------------------

    def _go(self, at: QPointF) -> None:
        scale, corner = self._scale()
        self.view.show_at(self.view.scale_now, QPointF(at.x() / scale, at.y() / scale) + corner)

    def _scale(self) -> tuple[float, QPointF]:
        """Return pixels per scene unit, and the scene place of the upper left corner."""
        shown = self._shown
        if shown.isEmpty():
            return 1.0, QPointF()
        scale = min(self.width() / shown.width(), self.height() / shown.height())
        spare = QPointF(self.width() / scale - shown.width(), self.height() / scale - shown.height())
        return scale, shown.topLeft() - spare / 2

    def _to(self, point: QPointF) -> QPointF:
        scale, corner = self._scale()
        return (point - corner) * scale

    def _made(self) -> QPixmap:
        self._shown = self.view.map.extent.adjusted(-60, -60, 60, 60)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(theme.colour("raised"))
        painter = QPainter(pixmap)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, rects in self._rects().items():
            painter.setBrush(QColor(colour))
            painter.drawRects(rects)
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
        return pixmap

    def _rects(self) -> dict[str, list[QRectF]]:
        scale, corner = self._scale()
        left, top = corner.x(), corner.y()
        found: dict[tuple[str, bool], list[QRectF]] = {}
        for item in self.view.map.shapes().values():
            if item.isSelected():
                token = "accent"
            elif isinstance(item, NodeItem):
                token = _TOKENS[item.kind]
            else:
                token = "pay" if isinstance(item, TileItem) else "line"
            at, body = item.pos(), item.body()
            wide, high = max(_LEAST, body.width() * scale), max(_LEAST, body.height() * scale)
            x, y = (at.x() + body.left() - left) * scale, (at.y() + body.top() - top) * scale
            found.setdefault((token, item.pale), []).append(QRectF(x, y, wide, high))
        return {_colour(*key): rects for key, rects in found.items()}


def _colour(token: str, pale: bool) -> str:
    tokens = theme.tokens
    return mix(tokens.raised, getattr(tokens, token), 0.3 if pale else 1.0)
