"""One table: filter, sort, edit in place, add, duplicate, delete, copy and paste."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QWidget

from continuity.model.fields import FieldType
from continuity.model.kinds import Record
from ui.grid.model import ROW_ROLE, SORT_ROLE, GridModel, RecordsModel
from ui.grid.small import GridView
from ui.panels.tables.paste import write_block
from ui.shown import shown

_Index = QModelIndex | QPersistentModelIndex


#: Kinds of field whose words a filter looks at; figures are found by sorting.
_SEARCHED = {FieldType.TEXT, FieldType.CHOICE, FieldType.REF, FieldType.TAGS, FieldType.LONG_TEXT}


class Sieve(QSortFilterProxyModel):
    """The rows in which every word of the filter stands somewhere, in the order chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._texts: dict[int, tuple[Record, str]] = {}
        self._keys: dict[tuple[int, int], tuple[Record, Any]] = {}
        self.setSortRole(SORT_ROLE)
        self.setDynamicSortFilter(True)

    def narrow(self, text: str) -> None:
        """Keep the rows that hold every word of ``text``."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange()

    def forget(self, *_what: object) -> None:
        """Read words and sort keys anew: another table or language."""
        self._texts.clear()
        self._keys.clear()

    def filterAcceptsRow(self, row: int, parent: _Index) -> bool:
        if not self._words:
            return True
        text = self._text(row)
        return all(word in text for word in self._words)

    def lessThan(self, left: _Index, right: _Index) -> bool:
        return bool(self._key(left) < self._key(right))

    def _text(self, row: int) -> str:
        model = self.sourceModel()
        assert isinstance(model, GridModel)
        record = model.rows[row]
        held = self._texts.get(row)
        if held is None or held[0] is not record:
            cells = (
                shown(spec, getattr(record, name), model.organisation)
                for name, spec in model.columns.items()
                if spec.type in _SEARCHED
            )
            held = self._texts[row] = (record, "\n".join(cells).casefold())
        return held[1]

    def _key(self, index: _Index) -> Any:
        model = self.sourceModel()
        assert isinstance(model, GridModel)
        place = (index.row(), index.column())
        record = model.rows[index.row()]
        held = self._keys.get(place)
        if held is None or held[0] is not record:
            held = self._keys[place] = (record, model.data(index, SORT_ROLE))
        return held[1]


class RecordTable(GridView):
    """The view; what is asked of it beyond cells is told to the workspace."""

    add_asked = Signal()
    duplicate_asked = Signal()
    paste_asked = Signal()
    chosen = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sieve = Sieve(self)
        self.setModel(self.sieve)
        self.setSortingEnabled(True)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.horizontalHeader().setSectionsMovable(True)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit(self.chosen_ids()))

    def use(self, model: RecordsModel) -> None:
        """Show the rows of ``model``, by code."""
        self.sieve.forget()
        model.dataChanged.connect(self.sieve.forget)
        self.sieve.setSourceModel(model)
        self.size_columns()
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)

    def record(self, row: int) -> Record:
        """Return the record of a row as shown."""
        record: Record = self.sieve.index(row, 0).data(ROW_ROLE)
        return record

    def chosen_ids(self) -> tuple[str, ...]:
        """Return the ids of the rows with a selected cell."""
        return tuple(self.record(row).id for row in self.chosen_rows())

    def records_from(self, row: int) -> list[Record]:
        """Return the records from ``row`` down, as shown."""
        return [self.record(place) for place in range(max(0, row), self.sieve.rowCount())]

    def show_row(self, id_: str, column: int | None = None) -> bool:
        """Make the row of a record the current one."""
        model = self.sieve.sourceModel()
        if not isinstance(model, RecordsModel) or (row := model.row_of(id_)) < 0:
            return False
        place = self.currentIndex().column() if column is None else column
        index = self.sieve.mapFromSource(model.index(row, max(0, place)))
        if not index.isValid():
            return False
        if index.row() not in self.chosen_rows() or column is not None:
            self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def copy(self) -> None:
        """Copy the selected block as tab-separated text."""
        chosen = self.selectedIndexes()
        if not chosen:
            return
        header = self.horizontalHeader()
        rows = sorted({i.row() for i in chosen})
        columns = sorted({i.column() for i in chosen}, key=header.visualIndex)
        block = [[self._cell(row, column) for column in columns] for row in rows]
        QGuiApplication.clipboard().setText(write_block(block))

    def _cell(self, row: int, column: int) -> str:
        record = self.record(row)
        model = self.sieve.sourceModel()
        assert isinstance(model, GridModel)
        name = model.names[column]
        return shown(model.columns[name], getattr(record, name), model.organisation)

    def columns_from_current(self) -> list[str]:
        """Return the names of the columns from the current one to the right, as shown."""
        model = self.sieve.sourceModel()
        assert isinstance(model, GridModel)
        header = self.horizontalHeader()
        start = max(0, header.visualIndex(self.currentIndex().column()))
        shown = [header.logicalIndex(place) for place in range(start, header.count())]
        return [model.names[column] for column in shown if not header.isSectionHidden(column)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() != QAbstractItemView.State.EditingState:
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return
            if event.matches(QKeySequence.StandardKey.Paste):
                self.paste_asked.emit()
                return
            if event.key() == Qt.Key.Key_Insert and not event.modifiers():
                self.add_asked.emit()
                return
            if event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
                self.duplicate_asked.emit()
                return
        super().keyPressEvent(event)
