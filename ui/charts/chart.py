"""The chart: a painted picture with marks that keyboard, pointer and screen reader can reach."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolTip, QWidget

from ui.charts import paint
from ui.charts.numbers import Numbers
from ui.theme import theme


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in the picture that can be pointed at: where, what it says, what it is about."""

    rect: QRectF
    text: str
    key: str = ""


class Chart(QFrame):
    """Subclasses paint (``draw``), say where their marks are (``lay_out``) and give their numbers."""

    chosen = Signal(str)  # key of a mark, by a click or Enter
    hovered = Signal(int)  # index of the mark under pointer or keyboard, or -1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks: list[Mark] = []
        self.current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        theme.changed.connect(self.refresh)

    # --- for subclasses ------------------------------------------------------------------------

    def numbers(self) -> Numbers:
        """Return what the picture says, as a table."""
        return Numbers()

    def said(self) -> str:
        """Return what those who listen are told; overridden where the whole table takes long."""
        return self.numbers().said()

    def lay_out(self) -> list[Mark]:
        """Return the marks for the size in force."""
        return []

    def draw(self, painter: QPainter) -> None:
        """Paint the picture."""

    def wanted_height(self) -> float:
        """Return the height that the picture needs, in real pixels."""
        return theme.px(160)

    # --- for those who show it -----------------------------------------------------------------

    def refresh(self) -> None:
        """Lay out and paint anew: other data, words, theme or size."""
        height = round(self.wanted_height())
        if height != self.height():
            self.setFixedHeight(height)
        self.marks = self.lay_out()
        self.current = min(self.current, len(self.marks) - 1)
        self.setAccessibleDescription(self.said())
        self.update()

    def choose(self, index: int) -> None:
        """Put the keyboard on the mark ``index``."""
        if self.marks:
            self.current = max(0, min(index, len(self.marks) - 1))
            self.hovered.emit(self.current)
            self.update()

    def mark_at(self, place: QPointF) -> int:
        """Return the index of the mark at ``place``, or -1; of several the smallest."""
        found = [i for i, mark in enumerate(self.marks) if mark.rect.contains(place)]
        return min(found, key=lambda i: self.marks[i].rect.width() * self.marks[i].rect.height(), default=-1)

    # --- Qt ------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.px(480), round(self.wanted_height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), round(self.wanted_height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.marks = self.lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        if self.hasFocus() and 0 <= self.current < len(self.marks):
            paint.focus_frame(painter, self.marks[self.current].rect)
        elif self.hasFocus():
            paint.focus_frame(painter, QRectF(self.rect()))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1,
        }  # fmt: skip
        if event.key() in steps and self.marks:
            self.choose(self.current + steps[event.key()])
            self._say(self.current)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.current)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self.mark_at(event.position())
        if place >= 0:
            self.choose(place)
            self._open(place)
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.mark_at(QPointF(event.pos()))
            if place >= 0:
                QToolTip.showText(event.globalPos(), self.marks[place].text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _say(self, place: int) -> None:
        if 0 <= place < len(self.marks):
            mark = self.marks[place]
            corner = self.mapToGlobal(mark.rect.bottomLeft().toPoint())
            QToolTip.showText(corner, mark.text, self)
            self.ensure_seen(mark.rect)

    def ensure_seen(self, rect: QRectF) -> None:
        """Scroll the area around it, where there is one, so that ``rect`` is seen."""
        from PySide6.QtWidgets import QScrollArea

        holder = self.parentWidget()
        while holder is not None and not isinstance(holder, QScrollArea):
            holder = holder.parentWidget()
        if isinstance(holder, QScrollArea) and holder.widget() is not None:
            middle = self.mapTo(holder.widget(), rect.center().toPoint())
            holder.ensureVisible(middle.x(), middle.y(), theme.px(40), round(rect.height() / 2) + theme.px(8))

    def _open(self, place: int) -> None:
        if 0 <= place < len(self.marks) and self.marks[place].key:
            self.chosen.emit(self.marks[place].key)
