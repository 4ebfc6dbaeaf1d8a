"""Columns that stay where they are while the others are scrolled: the code and the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QTableView, QWidget

from ui.grid.delegate import CellDelegate

if TYPE_CHECKING:
    from continuity.model.organisation import Organisation
    from ui.grid.small import GridView


class Frozen(QTableView):
    """Lies over the left edge of ``table`` and shows its first columns; keys go to the table."""

    def __init__(self, table: GridView) -> None:
        super().__init__(table)
        self.table = table
        self.columns: tuple[int, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(CellDelegate(self))
        self.setEditTriggers(table.editTriggers())
        self.verticalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setWordWrap(False)
        self.setProperty("role", "frozen")
        header = self.horizontalHeader()
        header.setDefaultAlignment(table.horizontalHeader().defaultAlignment())
        header.setHighlightSections(False)
        header.sectionResized.connect(lambda n, _old, new: table.setColumnWidth(n, new))
        table.horizontalHeader().sectionResized.connect(self._on_resized)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        self.setAccessibleName("")

    def take_model(self) -> None:
        """Show the model and the selection of the table."""
        self.setModel(self.table.model())
        self.setSelectionModel(self.table.selectionModel())
        self.setSelectionMode(self.table.selectionMode())
        self.freeze(self.columns)

    def freeze(self, columns: tuple[int, ...]) -> None:
        """Keep ``columns`` in place."""
        self.columns = columns
        model = self.model()
        for column in range(model.columnCount() if model else 0):
            self.setColumnHidden(column, column not in columns or self.table.isColumnHidden(column))
            self.setColumnWidth(column, self.table.columnWidth(column))
        self.place()

    def width_of_columns(self) -> int:
        """Return how much of the table lies under the frozen columns."""
        return sum(self.table.columnWidth(c) for c in self.columns if not self.table.isColumnHidden(c))

    def place(self) -> None:
        """Lie over the left edge, as high as the table; nowhere where there would be no room beside it."""
        table, width = self.table, self.width_of_columns()
        self.setVisible(0 < width < table.viewport().width() * 0.7)
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setFixedHeight(table.horizontalHeader().height())
        height = table.viewport().height() + table.horizontalHeader().height()
        self.setGeometry(table.frameWidth(), table.frameWidth(), width + 1, height)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())

    def holds(self, index: QModelIndex) -> bool:
        """Tell whether a cell is shown here and hidden below."""
        return self.isVisible() and index.column() in self.columns

    def organisation(self) -> Organisation | None:
        """Return the organisation whose records the cells may name."""
        return self.table.organisation()

    def is_editing(self) -> bool:
        """Tell whether a cell is being edited here."""
        return self.state() == QAbstractItemView.State.EditingState

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Go on in the table, whose next cell may lie beyond the frozen columns."""
        hints, moves = QAbstractItemDelegate.EndEditHint, QAbstractItemView.CursorAction
        move = {hints.EditNextItem: moves.MoveNext, hints.EditPreviousItem: moves.MovePrevious}.get(hint)
        super().closeEditor(editor, hints.NoHint if move is not None else hint)
        self.table.setFocus()
        if move is not None:
            index = self.table.moveCursor(move, Qt.KeyboardModifier.NoModifier)
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.table.setFocus(event.reason())

    def _on_resized(self, column: int, _old: int, new: int) -> None:
        if column in self.columns:
            self.setColumnWidth(column, new)
            self.place()
