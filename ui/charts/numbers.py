"""The numbers behind a picture, as a table that can be sorted, copied and read aloud."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from continuity.words import _
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
#: Role of what a delegate paints in a cell.
PICTURE = Qt.ItemDataRole.UserRole + 1
MOST_SAID = 60  # rows that a screen reader is given with the picture
# Width of the wide column below which others are hidden, and below which it never goes.
_WIDE, _NARROW = 200, 130


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, what it is sorted by, what a delegate paints, and a longer tip."""

    text: str
    value: float | str | None = None
    picture: Any = None
    tip: str = ""
    tone: str = ""  # a colour token for the text
    icon: Any = None


@dataclass(frozen=True, slots=True)
class Title:
    """Heading of a column; ``right`` for figures, ``wide`` for the one that takes the room left.

    Columns with the highest ``drop`` are hidden first where there is no room; 0 stays always.
    """

    text: str
    right: bool = False
    width: int = 96  # pixels of the drawing at 100 %
    wide: bool = False
    drop: int = 0
    tip: str = ""  # what the heading stands for, where it may be shortened


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table. ``keys`` names what each row is about (a record id), where it is about one."""

    titles: tuple[Title, ...] = ()
    rows: tuple[tuple[Cell | str, ...], ...] = ()
    keys: tuple[str, ...] = field(default=())

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell."""
        cell = self.rows[row][column]
        return cell.text if isinstance(cell, Cell) else cell

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell."""
        cell = self.rows[row][column]
        return cell if isinstance(cell, Cell) else Cell(cell)

    def key(self, row: int) -> str:
        """Return what the row is about, or an empty text."""
        return self.keys[row] if 0 <= row < len(self.keys) else ""

    def plain(self, rows: list[int] | None = None) -> str:
        """Return the rows with their headings as lines with tabs, as spreadsheets read them."""
        chosen = range(len(self.rows)) if rows is None else rows
        lines = [[title.text for title in self.titles]]
        lines += [[self.text(row, column) for column in range(len(self.titles))] for row in chosen]
        return "\n".join("\t".join(" ".join(part.split()) for part in line) for line in lines)

    def said(self) -> str:
        """Return the table as sentences for those who listen."""
        lines = []
        for row in range(min(len(self.rows), MOST_SAID)):
            parts = [f"{t.text}: {self.text(row, i)}" for i, t in enumerate(self.titles) if self.text(row, i)]
            lines.append(", ".join(parts))
        if len(self.rows) > MOST_SAID:
            lines.append(_("… and {count} more.", count=len(self.rows) - MOST_SAID))
        return ".\n".join(lines)


class NumbersModel(QAbstractTableModel):
    """:class:`Numbers` for a view."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.numbers = Numbers()
        self.order: list[int] = []
        self._sorted: tuple[int, Qt.SortOrder] | None = None

    def show(self, numbers: Numbers) -> None:
        """Show ``numbers`` in place of the old ones, sorted as before."""
        self.beginResetModel()
        self.numbers = numbers
        self.order = self._ordered()
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.numbers.titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical or section >= len(self.numbers.titles):
            return None
        title = self.numbers.titles[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title.text
            case Qt.ItemDataRole.ToolTipRole if title.tip:
                return title.tip
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if title.right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = self.numbers.cell(self.order[index.row()], index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return cell.tip or cell.text
            case Qt.ItemDataRole.DecorationRole:
                return cell.icon
            case Qt.ItemDataRole.ForegroundRole if cell.tone:
                return theme.colour(cell.tone)
            case Qt.ItemDataRole.TextAlignmentRole if self.numbers.titles[index.column()].right:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _ if role == PICTURE:
                return cell.picture
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order) if column >= 0 else None
        self.order = self._ordered()
        self.layoutChanged.emit()

    def key(self, row: int) -> str:
        """Return what the row shown at ``row`` is about."""
        return self.numbers.key(self.order[row]) if 0 <= row < len(self.order) else ""

    def row_of(self, key: str) -> int:
        """Return the row shown that is about ``key``, or -1."""
        return next((row for row in range(len(self.order)) if self.key(row) == key), -1)

    def _ordered(self) -> list[int]:
        rows = list(range(len(self.numbers.rows)))
        if self._sorted is None or self._sorted[0] >= len(self.numbers.titles):
            return rows
        column, order = self._sorted
        rows.sort(key=lambda row: self._rank(row, column), reverse=order == Qt.SortOrder.DescendingOrder)
        return rows

    def _rank(self, row: int, column: int) -> tuple[int, float, str]:
        cell = self.numbers.cell(row, column)
        value = cell.text if cell.value is None else cell.value
        return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, value.casefold())


class NumbersTable(QTableView):
    """A table to look at: sorted by a click on a heading, copied with Ctrl+C, read aloud row by row."""

    chosen = Signal(str)  # key of the current row
    pressed_row = Signal(str)  # key of the row that was clicked, also where it was the current one
    opened = Signal(str)  # key of the row that was double-clicked or entered

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.numbers = NumbersModel(self)
        self.setModel(self.numbers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.clicked.connect(lambda index: self.pressed_row.emit(self.numbers.key(index.row())))
        self.activated.connect(lambda index: self.opened.emit(self.numbers.key(index.row())))
        self.fit()

    def show_numbers(self, numbers: Numbers) -> None:
        """Show ``numbers``; the row that was chosen stays so where it is still there."""
        key = self.numbers.key(self.currentIndex().row())
        widths = self.numbers.numbers.titles != numbers.titles
        self.numbers.show(numbers)
        if widths:
            self._size_columns()
        if key and (row := self.numbers.row_of(key)) >= 0:
            self.setCurrentIndex(self.numbers.index(row, 0))

    def fit(self) -> None:
        """Rows and columns as the zoom in force asks for."""
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._size_columns()

    def paint_column(self, column: int, delegate: QStyledItemDelegate) -> None:
        """Let ``delegate`` paint a column."""
        delegate.setParent(self)
        self.setItemDelegateForColumn(column, delegate)

    def copy(self) -> None:
        """Put the chosen rows, or all, on the clipboard."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        chosen = [self.numbers.order[row] for row in rows] if len(rows) > 1 else list(self.numbers.order)
        QGuiApplication.clipboard().setText(self.numbers.numbers.plain(chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_columns()

    def _size_columns(self) -> None:
        """Hide what may be hidden until the rest has room; give what is left to the wide column."""
        titles, room = self.numbers.numbers.titles, self.viewport().width()
        shown = list(range(len(titles)))
        levels = sorted({title.drop for title in titles} - {0})

        def needed() -> int:
            return sum(theme.px(max(titles[i].width, _WIDE if titles[i].wide else 0)) for i in shown)

        while levels and needed() > room:
            dropped = levels.pop()
            shown = [i for i in shown if titles[i].drop != dropped]
        spare = room - needed()
        header = self.horizontalHeader()
        header.setMinimumSectionSize(theme.px(28))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, title in enumerate(titles):
            self.setColumnHidden(column, column not in shown)
            width = theme.px(max(title.width, _WIDE if title.wide else 0))
            header.resizeSection(column, max(theme.px(_NARROW), width + spare) if title.wide else width)

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.numbers.key(index.row()))
