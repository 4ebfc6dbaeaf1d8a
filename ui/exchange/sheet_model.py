"""A sheet as it stands in the file, with what its columns mean and which cells are faulty."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from continuity.session import Mapping, Sheet
from continuity.words import _
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
_LONGEST = 200


class SheetModel(QAbstractTableModel):
    """The rows of one sheet. Cells become words when they are seen: its size does not matter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.mapping: Mapping | None = None
        self.labels: dict[int, str] = {}
        self.faults: dict[tuple[int, int], str] = {}

    def show_sheet(self, sheet: Sheet, mapping: Mapping, labels: dict[int, str]) -> None:
        """Show ``sheet``; ``labels`` are the words for what its columns mean."""
        self.beginResetModel()
        self.sheet, self.mapping, self.labels = sheet, mapping, labels
        self._width = sheet.width
        self.faults = {}
        self.endResetModel()

    def show_labels(self, mapping: Mapping, labels: dict[int, str]) -> None:
        """Show another meaning of the same columns."""
        self.mapping, self.labels = mapping, labels
        if self._width:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._width - 1)
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self._width - 1))

    _width = 0

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._width

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.sheet is None or self.mapping is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        fault = self.faults.get((row, column))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return fault
        if role == Qt.ItemDataRole.ForegroundRole:
            unused = row <= self.mapping.header or column not in self.mapping.columns
            return QColor(theme.colour("breach" if fault else "muted" if unused else "ink"))
        if role == Qt.ItemDataRole.FontRole and (row == self.mapping.header or fault):
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _text(self, row: int, column: int) -> str:
        assert self.sheet is not None
        held = self.sheet.rows[row]
        cell = held[column] if column < len(held) else None
        if cell is None:
            return ""
        if hasattr(cell, "text"):
            return str(cell.text)
        if isinstance(cell, bool):
            return _("Yes") if cell else _("No")
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        return " ".join(str(cell)[:_LONGEST].split())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return f"{letters(section)}\n{self.labels.get(section, '–')}"


def letters(column: int) -> str:
    """Return the letters of a column counted from 0: A, B … Z, AA."""
    found, rest = "", column + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        found = chr(65 + place) + found
    return found
