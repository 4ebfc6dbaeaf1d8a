"""The legend: what the shapes, lines and marks of the map mean, drawn with the same brushes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from continuity.words import N_, _
from ui.theme import theme
from ui.theme.icons import paint_glyph

if TYPE_CHECKING:
    from ui.panels.map.workspace import MapWorkspace

_SWATCH = QSize(46, 20)
_Draw = Callable[[QPainter, QRectF], None]


class Swatch(QWidget):
    """One sample."""

    def __init__(self, draw: _Draw) -> None:
        super().__init__()
        self._draw = draw
        self.fit()

    def fit(self) -> None:
        """Take the size in force."""
        self.setFixedSize(theme.px(_SWATCH.width()), theme.px(_SWATCH.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QRectF(self.rect()).adjusted(2, 3, -2, -3))
        painter.end()


class Legend(QFrame):
    """Stands in the lower left corner of the map; K shows and hides it."""

    def __init__(self, workspace: MapWorkspace) -> None:
        super().__init__(workspace.view)
        self.work = workspace
        self.setProperty("role", "card")
        self._grid = QGridLayout(self)

    def refresh(self) -> None:
        """Say everything anew, in the language and size in force, for what the map shows now."""
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._grid.setContentsMargins(*4 * [theme.grid(1)])
        self._grid.setHorizontalSpacing(theme.grid(1))
        self._grid.setVerticalSpacing(theme.grid(0.25))
        for line, (draw, text) in enumerate(self._entries()):
            label = QLabel(_(text))
            label.setProperty("role", "small")
            for column, part in enumerate((Swatch(draw), label)):
                self._grid.addWidget(part, line, column)
                part.show()
        self.setAccessibleName(_("Legend"))
        self.resize(self.sizeHint())
        self.work.place_corners()

    def _entries(self) -> list[tuple[_Draw, str]]:
        look = self.work.map.look
        found: list[tuple[_Draw, str]] = [
            (_function, N_("Function")),
            (_resource, N_("Resource")),
            (_staff, N_("Staff group, with headcount")),
            (_tile, N_("Pay day")),
        ]
        if look.grouping != "none":
            found += [(_bundle, N_("Needs between groups: the thicker, the more"))]
        found += [
            (_line, N_("Supplies what it points to, from the left")),
            (_standby, N_("Stands by")),
            (_some, N_("Some of them are enough")),
            (_share, N_("A share of their capacity")),
            (_buffer, N_("Manages so long without")),
        ]
        if "weak" in look.marks:
            found.append((_weak, N_("Single point of failure: how much falls with it")))
        if "cycles" in look.marks:
            found.append((_cycle, N_("Part of a cycle")))
        return found


def _outline(painter: QPainter, token: str = "border") -> None:
    painter.setPen(QPen(theme.colour(token), 1.3))
    painter.setBrush(theme.colour("raised"))


def _function(painter: QPainter, rect: QRectF) -> None:
    _outline(painter)
    painter.drawRoundedRect(rect, 4, 4)
    painter.fillRect(QRectF(rect.left(), rect.top(), 4, rect.height()), theme.colour("function"))


def _resource(painter: QPainter, rect: QRectF) -> None:
    _outline(painter)
    painter.drawRect(rect)


def _staff(painter: QPainter, rect: QRectF) -> None:
    _outline(painter)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def _tile(painter: QPainter, rect: QRectF) -> None:
    _outline(painter)
    painter.drawRoundedRect(rect, 2, 2)
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width() / 3, 4), theme.colour("pay"))


def _stroke(painter: QPainter, rect: QRectF, width: float = 1.3, *, dashed: bool = False) -> None:
    pen = QPen(theme.colour("edge"), width)
    if dashed:
        pen.setDashPattern([5.0, 4.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y()))


def _line(painter: QPainter, rect: QRectF) -> None:
    _stroke(painter, rect)


def _bundle(painter: QPainter, rect: QRectF) -> None:
    _stroke(painter, rect, 4.0)


def _standby(painter: QPainter, rect: QRectF) -> None:
    _stroke(painter, rect, dashed=True)


def _joint(painter: QPainter, rect: QRectF) -> QRectF:
    _stroke(painter, rect)
    at = rect.center()
    spot = QRectF(at.x() - 4, at.y() - 4, 8, 8)
    painter.setPen(QPen(theme.colour("edge"), 1.4))
    painter.setBrush(theme.colour("raised"))
    painter.drawEllipse(spot)
    return spot


def _some(painter: QPainter, rect: QRectF) -> None:
    _joint(painter, rect)


def _share(painter: QPainter, rect: QRectF) -> None:
    spot = _joint(painter, rect)
    painter.setBrush(theme.colour("edge"))
    painter.drawPie(spot, 90 * 16, 180 * 16)


def _buffer(painter: QPainter, rect: QRectF) -> None:
    _stroke(painter, rect)
    side = rect.height()
    spot = QRectF(rect.center().x() - side / 2 - 2, rect.top(), side + 4, side)
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(spot, 3, 3)
    paint_glyph(painter, spot.adjusted(2, 0, -2, 0), "buffer", theme.colour("muted"))


def _weak(painter: QPainter, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("warn"))
    painter.drawRoundedRect(QRectF(rect.center().x() - 12, rect.top(), 24, rect.height()), 3, 3)


def _cycle(painter: QPainter, rect: QRectF) -> None:
    side = rect.height()
    spot = QRectF(rect.center().x() - side / 2, rect.top(), side, side)
    _outline(painter, "warn")
    painter.drawEllipse(spot)
    paint_glyph(painter, spot.adjusted(3, 3, -3, -3), "cycle", theme.colour("warn"))
