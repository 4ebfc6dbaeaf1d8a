"""Groups on the map: a folded one is a stack with its name, an unfolded one a frame around its members."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from continuity.words import _, ngettext
from ui.panels.map import boxes, shapes
from ui.panels.map.nodes import MapItem, font_of, lines_of
from ui.theme import theme
from ui.theme.icons import paint_glyph

_SIGN = 22.0


class GroupItem(MapItem):
    """One group; it is no record, and stands where the look at the map puts it."""

    def __init__(self, box: boxes.Box) -> None:
        super().__init__(box.id)
        self.weak = 0  # single points of failure inside
        self.low = 0  # members below full level in the run that is stepped through
        self.show_box(box)

    def show_box(self, box: boxes.Box) -> None:
        """Take over what the look says now."""
        self.prepareGeometryChange()
        self.box = box
        self._lines: list[str] = []
        self._rect = QRectF(-box.width / 2, -box.height / 2, box.width, box.height)
        self._bounds = self._rect.adjusted(-4, -12, 10, 10)
        self.setPos(box.x, box.y)
        self.setZValue(2 if box.folded else 0)
        self.update()

    def body(self) -> QRectF:
        return self._rect

    def boundingRect(self) -> QRectF:
        return self._bounds

    def head(self) -> QRectF:
        """Return where a press takes hold of it: all of a folded group, the head of an unfolded one."""
        if self.box.folded:
            return self._rect
        return QRectF(self._rect.left(), self._rect.top(), self._rect.width(), boxes.HEAD)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.head())
        return path

    def tip(self) -> str:
        """Return the name, how many are inside, and how to open it."""
        count = ngettext("{n} element", "{n} elements", len(self.box.members))
        how = _("Double-click or F unfolds it.") if self.box.folded else _("Double-click or F folds it.")
        return f"{self.box.label}\n{count}\n{how}"

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        self.step_back(painter)
        if self.box.folded:
            self._paint_stack(painter)
        else:
            self._paint_frame(painter)
        if scale >= shapes.SIGNS_FROM:
            self._paint_words(painter)

    def _paint_stack(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("sunken"))
        for step in (6, 3):
            painter.drawRoundedRect(self._rect.translated(step, step), 4, 4)
        painter.setPen(self._rim())
        painter.setBrush(theme.colour("chosen" if self.isSelected() else "raised"))
        painter.drawRoundedRect(self._rect, 4, 4)

    def _paint_frame(self, painter: QPainter) -> None:
        painter.setPen(self._rim() if self.isSelected() or self.hovered else QPen(theme.colour("line"), 1.2))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(self._rect, 8, 8)

    def _paint_words(self, painter: QPainter) -> None:
        head = self.head()
        left = head.left() + 12
        sign = QRectF(left, head.center().y() - _SIGN / 2, _SIGN, _SIGN)
        paint_glyph(painter, sign, self.box.sign, theme.colour("accent"))
        caret = QRectF(head.right() - 26, head.center().y() - 8, 16, 16)
        paint_glyph(painter, caret, "right" if self.box.folded else "down", theme.colour("muted"))
        note = ngettext("{n} element", "{n} elements", len(self.box.members))
        if self.weak:
            weak = ngettext("{n} weak point", "{n} weak points", self.weak)
            note = f"{note} · {weak}"
        if self.low:
            low = ngettext("{n} below full level", "{n} below full level", self.low)
            note = f"{note} · {low}"
        name = font_of(15, bold=True)
        room = head.width() - _SIGN - 58
        painter.setPen(theme.colour("ink"))
        painter.setFont(name)
        start = QPointF(left + _SIGN + 10, head.center().y())
        if self.box.folded:
            if not self._lines:
                self._lines = lines_of(self.box.label, name, room)
            top = start.y() - (17 if len(self._lines) > 1 else 8)
            for place, line in enumerate(self._lines):
                painter.drawText(QPointF(start.x(), top + 5 + 16 * place), line)
            painter.setFont(font_of(12))
            painter.setPen(theme.colour("lost" if self.low else "warn" if self.weak else "muted"))
            painter.drawText(QPointF(start.x(), top + 6 + 16 * len(self._lines)), note)
        else:
            said = f"{self.box.label} · {note}"
            text = QFontMetricsF(name).elidedText(said, Qt.TextElideMode.ElideRight, room)
            painter.drawText(start + QPointF(0, 5), text)
