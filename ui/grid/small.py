"""A small table inside a form: its rows, and below them what can be done with them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from continuity.model.fields import FieldType
from continuity.model.organisation import Organisation
from continuity.words import _
from ui.grid.delegate import CellDelegate
from ui.grid.model import ROW_ROLE, GridModel
from ui.shown import FIGURES
from ui.theme import theme
from ui.theme.icons import icon

_MOST_ROWS = 8
_WIDEST_HEADING = 220
_FEW = 3  # columns that share the width


class GridView(QTableView):
    """A table whose cells are edited in place."""

    delete_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(CellDelegate(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(26))
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)

    def organisation(self) -> Organisation | None:
        """Return the organisation whose records the cells may name."""
        model = self.model()
        while hasattr(model, "sourceModel"):
            model = model.sourceModel()
        return model.organisation if isinstance(model, GridModel) else None

    def chosen_rows(self) -> list[int]:
        """Return the rows with a selected cell, in order."""
        return sorted({index.row() for index in self.selectedIndexes()})

    def size_columns(self) -> None:
        """Give each column a width by what it holds."""
        model = self.model()
        grid = model
        while hasattr(grid, "sourceModel"):
            grid = grid.sourceModel()
        assert isinstance(grid, GridModel)
        metrics = self.horizontalHeader().fontMetrics()
        for place, name in enumerate(grid.names):
            heading = metrics.horizontalAdvance(_(grid.columns[name].label)) + theme.px(32)
            width = theme.px(_width(grid, name))
            self.setColumnWidth(place, max(width, min(heading, theme.px(_WIDEST_HEADING))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not editing:
            self.delete_pressed.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)


def _width(grid: GridModel, name: str) -> int:
    spec = grid.columns[name]
    if name == "code":
        return 104
    if name in ("name", "what"):
        return 260
    if spec.type in FIGURES or spec.type in (FieldType.DATE, FieldType.FLAG):
        return 108
    if spec.type is FieldType.CHOICE:
        return 140
    return 180


class SmallGrid(QWidget):
    """Rows, and buttons to add and take away."""

    wants_row = Signal()
    drops_rows = Signal(list)
    moves_row = Signal(int, int)
    opens_row = Signal(object)

    def __init__(self, model: GridModel, *, empty: str = "", movable: bool = False) -> None:
        super().__init__()
        self.model = model
        self.view = GridView()
        self.view.setModel(model)
        self.view.setProperty("role", "boxed")
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.view.delete_pressed.connect(self._drop)
        self.problem = QLabel()
        self.problem.setProperty("role", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        model.refused.connect(self._say)
        self.empty = QLabel(empty or _("No rows yet"))
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.add = self._button(_("Add"), "add", self.wants_row.emit)
        self.take_away = self._button(_("Take away"), "", self._drop)
        self._up = self._button("", "up", lambda: self._move(-1))
        self._down = self._button("", "down", lambda: self._move(1))
        self._up.setAccessibleName(_("Move up"))
        self._down.setAccessibleName(_("Move down"))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.grid(0.5))
        for button in (self.add, self.take_away, self._up, self._down):
            buttons.addWidget(button)
        self._up.setVisible(movable)
        self._down.setVisible(movable)
        self._movable = movable
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.25))
        for part in (self.empty, self.view, self.problem):
            column.addWidget(part)
        column.addLayout(buttons)
        model.modelReset.connect(self.fit)
        model.rowsInserted.connect(self.fit)
        model.rowsRemoved.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as high as the rows there are; show only columns that say something here."""
        count = self.model.rowCount()
        self.empty.setVisible(count == 0)
        self.view.setVisible(count > 0)
        self.take_away.setVisible(count > 0)
        for button in (self._up, self._down):
            button.setVisible(self._movable and count > 1)
        bar = theme.px(14)
        height = self.view.horizontalHeader().sizeHint().height() + bar
        self.view.setFixedHeight(height + theme.px(26) * min(_MOST_ROWS, count))
        if len(self.model.names) <= _FEW:
            self._share_width()
        elif not self.property("sized"):
            self.setProperty("sized", True)
            self.view.size_columns()

    def _share_width(self) -> None:
        """Let the first column take what the others leave."""
        header = self.view.horizontalHeader()
        header.setMinimumSectionSize(theme.px(64))
        for place in range(len(self.model.names)):
            stretch = (
                QHeaderView.ResizeMode.Stretch if place == 0 else QHeaderView.ResizeMode.ResizeToContents
            )
            header.setSectionResizeMode(place, stretch)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.view.setAccessibleName(name)

    def _button(self, text: str, sign: str, handler: Callable[..., object]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "link")
        if sign:
            button.setIcon(icon(sign, "accent"))
        button.clicked.connect(lambda _checked=False: handler())
        return button

    def _drop(self) -> None:
        if rows := self.view.chosen_rows():
            self.drops_rows.emit(rows)

    def _move(self, step: int) -> None:
        row = self.view.currentIndex().row()
        if row >= 0 and 0 <= row + step < self.model.rowCount():
            self.moves_row.emit(row, step)
            self.view.setCurrentIndex(self.model.index(row + step, self.view.currentIndex().column()))

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def row_object(self, row: int) -> object:
        """Return the record or value of a row."""
        return self.model.index(row, 0).data(ROW_ROLE)
