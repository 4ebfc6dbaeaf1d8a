"""One table: the selection as cells, its keys, the block on the clipboard, the frozen columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from continuity.model.kinds import Record
from ui.grid.frozen import Frozen
from ui.grid.sheet import SheetModel
from ui.grid.small import GridView
from ui.panels.tables.cells import Cell, text_of
from ui.panels.tables.paste import write_block
from ui.picker import Picker
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
#: Keys that ask for a verb of the workspace.
KEYS: dict[tuple[Qt.KeyboardModifier, Qt.Key], str] = {
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Insert): "add",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Delete): "clear",
    (Qt.KeyboardModifier.NoModifier, Qt.Key.Key_Backspace): "clear",
    (_CTRL, Qt.Key.Key_Delete): "delete",
    (_CTRL, Qt.Key.Key_D): "fill_down",
    (_CTRL | _SHIFT, Qt.Key.Key_E): "fill_on",
    (_CTRL | _SHIFT, Qt.Key.Key_D): "duplicate",
    (_CTRL, Qt.Key.Key_H): "replace",
    (_SHIFT, Qt.Key.Key_F2): "change_all",
    (_ALT, Qt.Key.Key_Down): "condition",
    (_CTRL | _SHIFT, Qt.Key.Key_L): "show_all",
}


class RecordTable(GridView):
    """The view; what is asked of it beyond cells is told to the workspace."""

    asked = Signal(str)  # a verb
    typed_for_all = Signal(str)
    chosen = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: SheetModel | None = None
        self.columns_state = QByteArray()  # as they were last remembered
        self._kept: tuple[str, str, int] = ("", "", 0)  # record, column and scroll before arranging
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        self.frozen = Frozen(self)
        for view in (self, self.frozen):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            view.setSortingEnabled(True)  # so that a click on a heading does not select the column
            view.horizontalHeader().setSortIndicatorShown(False)
            view.horizontalHeader().sectionClicked.connect(self._on_heading)
            view.itemDelegate().all_asked.connect(self.typed_for_all)  # type: ignore[attr-defined]
        self.frozen.hide()

    def use(self, model: SheetModel) -> None:
        """Show the rows of ``model``."""
        self.sheet = model
        old = self.selectionModel()
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self.frozen.take_model()
        if old is not None:
            old.deleteLater()
        self.size_columns()

    def leave(self) -> None:
        """Show nothing: the document has gone."""
        self.sheet = None
        for view in (self.frozen, self):
            view.setModel(None)
        self.frozen.hide()

    # --- what is chosen ------------------------------------------------------------------------

    def record(self, row: int) -> Record:
        """Return the record of a row as shown."""
        assert self.sheet is not None
        record: Record = self.sheet.rows[row]
        return record

    def row_count(self) -> int:
        """Return how many rows are shown."""
        return self.sheet.rowCount() if self.sheet is not None else 0

    def chosen_ids(self) -> tuple[str, ...]:
        """Return the ids of the rows with a selected cell."""
        return tuple(self.record(row).id for row in self.chosen_rows())

    def chosen_rows(self) -> list[int]:
        """Return the rows with a selected cell, in order."""
        ranges = self.selectionModel().selection() if self.sheet is not None else ()
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def chosen_columns(self) -> list[str]:
        """Return the names of the columns with a selected cell that are shown, from left to right."""
        ranges = self.selectionModel().selection() if self.sheet is not None else ()
        held = {column for one in ranges for column in range(one.left(), one.right() + 1)}
        return [name for place, name in self.shown_columns() if place in held]

    def shown_columns(self) -> list[tuple[int, str]]:
        """Return the columns that are shown, with their places in the model, from left to right."""
        if self.sheet is None:
            return []
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [(n, self.sheet.names[n]) for n in order if not header.isSectionHidden(n)]

    def blocks(self) -> list[list[Cell]]:
        """Return the selected cells, column by column, from top to bottom."""
        rows = [self.record(row) for row in self.chosen_rows()]
        return [[Cell(record, name) for record in rows] for name in self.chosen_columns()]

    def current(self) -> Cell | None:
        """Return the current cell."""
        index = self.currentIndex()
        if not index.isValid() or self.sheet is None:
            return None
        return Cell(self.record(index.row()), self.sheet.names[index.column()])

    def records_from(self, row: int) -> list[Record]:
        """Return the records from ``row`` down, as shown."""
        return [self.record(place) for place in range(max(0, row), self.row_count())]

    def columns_from(self, name: str) -> list[str]:
        """Return the names of the columns from ``name`` to the right, as shown."""
        names = [one for _place, one in self.shown_columns()]
        return names[names.index(name) :] if name in names else names

    def show_row(self, id_: str, column: int | None = None) -> bool:
        """Make the row of a record the current one."""
        if self.sheet is None or (row := self.sheet.row_of(id_)) < 0:
            return False
        place = self.currentIndex().column() if column is None else column
        index = self.sheet.index(row, max(0, place))
        if row not in self.chosen_rows() or column is not None:
            self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    # --- clipboard -----------------------------------------------------------------------------

    def copy(self) -> None:
        """Copy the selected block as tab-separated text."""
        if self.sheet is None or not self.chosen_rows():
            return
        rows = [self.record(row) for row in self.chosen_rows()]
        names = self.chosen_columns()
        block = [[self._text(Cell(record, name)) for name in names] for record in rows]
        QGuiApplication.clipboard().setText(write_block(block))

    def _text(self, cell: Cell) -> str:
        assert self.sheet is not None
        assert self.sheet.organisation is not None
        return text_of(cell, self.sheet.columns, self.sheet.organisation)

    # --- keys and frozen columns ---------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_editing():
            super().keyPressEvent(event)
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.asked.emit("paste")
        elif verb := KEYS.get((event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.key())):  # type: ignore[call-overload]
            self.asked.emit(verb)
        elif event.key() == Qt.Key.Key_Space and event.modifiers() in (_SHIFT, _CTRL):
            self._widen(rows=event.modifiers() == _SHIFT)
        else:
            super().keyPressEvent(event)
            _hand_on(event.text())

    def event(self, event: QEvent) -> bool:
        # Keys of the table go before the window's own while the table has the focus.
        overrides = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if overrides and (event.modifiers(), event.key()) in KEYS:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    def is_editing(self) -> bool:
        """Tell whether a cell is being edited."""
        return self.state() == QAbstractItemView.State.EditingState or self.frozen.is_editing()

    def edit(self, index: _Index, *how: Any) -> Any:
        view = self.frozen if self.frozen.holds(QModelIndex(index)) else None
        if view is None:
            return super().edit(index, *how)
        return super(Frozen, view).edit(index, *how)

    def freeze(self, names: Sequence[str]) -> None:
        """Keep these columns in place, as the first ones."""
        assert self.sheet is not None
        header = self.horizontalHeader()
        columns = tuple(self.sheet.names.index(name) for name in names if name in self.sheet.names)
        for place, column in enumerate(columns):
            header.moveSection(header.visualIndex(column), place)
        self.frozen.freeze(columns)

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if self.frozen.holds(QModelIndex(index)):
            bar.setValue(before)
            return
        hidden = self.frozen.width_of_columns() if self.frozen.isVisible() else 0
        left = self.visualRect(QModelIndex(index)).left()
        if hidden and left < hidden:
            bar.setValue(bar.value() - (hidden - left))

    def size_columns(self) -> None:
        super().size_columns()
        self.frozen.freeze(self.frozen.columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frozen.place()

    def refit(self) -> None:
        """Rows and columns as large as the text."""
        self.verticalHeader().setDefaultSectionSize(theme.px(26))
        if self.sheet is not None:
            self.size_columns()
        self.frozen.place()

    # --- inside --------------------------------------------------------------------------------

    def _widen(self, *, rows: bool) -> None:
        flag = QItemSelectionModel.SelectionFlag
        kind = flag.Rows if rows else flag.Columns
        self.selectionModel().select(self.selectionModel().selection(), flag.Select | kind)

    def _on_heading(self, column: int) -> None:
        if self.sheet is not None:
            self.sheet.flip(column, further=bool(QGuiApplication.keyboardModifiers() & _SHIFT))

    def _on_selection(self, *_what: object) -> None:
        self.chosen.emit(self.chosen_ids())

    def keep_place(self, model: SheetModel) -> None:
        """Remember the current cell, before ``model`` is arranged anew."""
        if model is not self.sheet:
            return
        cell = self.current()
        at = self.verticalScrollBar().value()
        self._kept = (cell.record.id, cell.name, at) if cell else ("", "", at)

    def take_place(self, model: SheetModel) -> None:
        """Go back to the cell that was the current one."""
        id_, name, _at = self._kept
        if model is not self.sheet:
            return
        if id_ and (row := self.sheet.row_of(id_)) >= 0:
            self.setCurrentIndex(self.sheet.index(row, self.sheet.names.index(name)))


def _hand_on(text: str) -> None:
    """Give what was typed to the search list that it opened."""
    popup = QApplication.activePopupWidget()
    if isinstance(popup, Picker) and text.strip() and text.isprintable():
        popup.field.setText(text)
