"""The matrix to work in: arrows go, a digit judges and goes on, Delete takes away."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.panels.impact.matrix_model import CELL, PROPOSED, MatrixModel
from ui.theme import theme
from ui.theme.tokens import LIGHT, level_colour

_ROW, _LEAST_COLUMN, _HIGHEST = 36, 44, 4
_DARK_FROM = 3  # grades whose colour asks for light text


def grade_colour(grade: int) -> QColor:
    """Return the colour of a grade: that of the level which such a harm leaves."""
    return QColor(level_colour(1000 - 250 * grade))


class _Tile(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        cell, rect = index.data(CELL), QRect(option.rect)
        painter.fillRect(rect, theme.colour("raised"))
        tile = rect.adjusted(theme.px(2), theme.px(2), -theme.px(2), -theme.px(2))
        if cell is not None:
            painter.fillRect(tile, grade_colour(cell.grade))
            painter.setPen(QColor(LIGHT.raised if cell.grade >= _DARK_FROM else LIGHT.ink))
        else:
            painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font(1.1, bold=cell is not None))
        painter.drawText(tile, int(Qt.AlignmentFlag.AlignCenter), str(index.data()))
        if cell is not None and cell.words:
            painter.setFont(theme.font(0.9, bold=True))
            inner = tile.adjusted(0, -theme.px(3), -theme.px(5), 0)
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), "…")
        if index.data(PROPOSED):
            painter.fillRect(
                QRect(rect.left(), rect.top(), theme.px(3), rect.height()), theme.colour("accent")
            )
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.colour("ink"), theme.px(3)))
            painter.drawRect(tile.adjusted(1, 1, -1, -1))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(_LEAST_COLUMN), theme.px(_ROW))


class MatrixView(QTableView):
    """``judged(impact, after, grade)``; ``moved`` when another cell is the current one."""

    judged = Signal(str, int, object)
    moved = Signal()
    words_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = MatrixModel(self)
        self.setModel(self.matrix)
        self.setItemDelegate(_Tile(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.moved.emit())
        self.matrix.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Rows, columns and height for what is shown and the zoom in force."""
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(theme.px(_LEAST_COLUMN))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.matrix.rowCount()
        room = header.sizeHint().height() + rows * theme.px(_ROW) + theme.px(4)
        self.setFixedHeight(room + self.horizontalScrollBar().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self.matrix.place(self.currentIndex())
        digit = event.key() - Qt.Key.Key_0
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if place and not control and 0 <= digit <= _HIGHEST:
            self.judged.emit(place[0].code, place[1], digit)
            self._go_on()
        elif place and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.judged.emit(place[0].code, place[1], None)
        elif place and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.words_asked.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _go_on(self) -> None:
        """Go to the next cell: along the row, then to the beginning of the next."""
        now = self.currentIndex()
        row, column = now.row(), now.column() + 1
        if column >= self.matrix.columnCount():
            row, column = now.row() + 1, 0
        if row < self.matrix.rowCount():
            self.setCurrentIndex(self.matrix.index(row, column))
