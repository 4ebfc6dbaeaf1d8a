"""Bars in the cells of a table: a share with its interval, and the part that a fallback paid."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.charts import paint
from ui.charts.numbers import PICTURE
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Bar:
    """A share 0-1 with its interval. ``extra`` is the part of it beyond the ordinary (hatched)."""

    value: float
    low: float | None = None
    high: float | None = None
    extra: float = 0.0
    token: str = "full"
    rest: bool = False  # the rest is drawn as lost rather than left empty


def draw_bar(painter: QPainter, rect: QRectF, bar: Bar) -> None:
    """Draw ``bar``: solid for the ordinary part, hatched for the extra, a whisker for the interval."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = rect.width()
    value, extra = min(1.0, max(0.0, bar.value)), min(1.0, max(0.0, bar.extra))
    painter.fillRect(rect, theme.colour("sunken"))
    solid = QRectF(rect.left(), rect.top(), width * max(0.0, value - extra), rect.height())
    painter.fillRect(solid, theme.colour(bar.token))
    if extra > 0:
        part = QRectF(solid.right(), rect.top(), width * min(extra, value), rect.height())
        painter.fillRect(part, theme.colour("raised"))
        paint.hatch(painter, part, theme.colour(bar.token), 4.5, 2.2)
        painter.setPen(paint.pen(bar.token))
        painter.drawRect(part.adjusted(0.5, 0.5, -0.5, -0.5))
    if bar.rest and value < 1:
        left = rect.left() + width * value
        lost = QRectF(left, rect.top(), rect.right() - left, rect.height())
        painter.fillRect(lost, theme.colour("lost"))
    painter.setPen(paint.pen("line"))
    painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    _whisker(painter, rect, bar)


def _whisker(painter: QPainter, rect: QRectF, bar: Bar) -> None:
    if bar.low is None or bar.high is None or bar.high - bar.low < 0.004:
        return
    low, high = (rect.left() + rect.width() * min(1.0, max(0.0, v)) for v in (bar.low, bar.high))
    y, tick = rect.center().y(), theme.px(3)
    for token, wide in (("raised", 3.5), ("ink", 1.5)):
        painter.setPen(paint.pen(token, wide))
        painter.drawLine(QPointF(low, y), QPointF(high, y))
        for x in (low, high):
            painter.drawLine(QPointF(x, y - tick), QPointF(x, y + tick))


class BarDelegate(QStyledItemDelegate):
    """Paints the :class:`Bar` of a cell at the left and its text at the right."""

    def __init__(self, text_width: int = 64) -> None:
        super().__init__()
        self.text_width = text_width

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self.initStyleOption(option, index)
        text, bar = option.text, index.data(PICTURE)
        option.text = ""
        option.widget.style().drawControl(
            QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget
        )
        rect = QRectF(option.rect).adjusted(theme.px(6), 0, -theme.px(6), 0)
        room = theme.px(self.text_width)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(bar, Bar) and rect.width() > room + theme.px(20):
            height = theme.px(12)
            box = QRectF(
                rect.left(), rect.center().y() - height / 2, rect.width() - room - theme.px(8), height
            )
            draw_bar(painter, box, bar)
            rect = QRectF(rect.right() - room, rect.top(), room, rect.height())
        paint.write(painter, rect, text, side=paint.RIGHT if isinstance(bar, Bar) else paint.LEFT)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(theme.px(160), theme.px(28))
