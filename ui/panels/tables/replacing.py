"""The window of find and replace: what would change is shown before it is changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from continuity.words import _, ngettext
from ui.grid.sheet import SheetModel
from ui.panels.tables.cells import Cell
from ui.panels.tables.replace import Hit, Search, hits
from ui.theme import theme

_SHOWN = 200
_PAUSE = 200  # milliseconds


class Replacing(QDialog):
    """Asks for two texts; ``done(hits)`` replaces, ``go(cell)`` shows a cell."""

    def __init__(
        self,
        parent: QWidget,
        model: SheetModel,
        column: str,
        done: Callable[[list[Hit]], bool],
        go: Callable[[Cell], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Find and replace"))
        self.model, self._done, self._go = model, done, go
        self.hits: list[Hit] = []
        self.text, self.instead, self.where = QLineEdit(), QLineEdit(), QComboBox()
        self.case, self.whole = QCheckBox(_("Match case")), QCheckBox(_("Whole cell only"))
        self.count, self.table = QLabel(), QTableWidget(0, 3)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.look)
        self._fill(column)
        self._lay_out()
        self._wire()
        self.look()
        self.resize(theme.px(640), theme.px(480))

    def look(self) -> None:
        """Find the cells and show what they would say."""
        name = self.where.currentData()
        names = [name] if name else list(self.model.names)
        cells = (Cell(record, one) for record in self.model.rows for one in names)
        assert self.model.organisation is not None
        search = Search(self.text.text(), self.instead.text(), self.case.isChecked(), self.whole.isChecked())
        self.hits = hits(search, cells, self.model.columns, self.model.organisation)
        self._show()

    def replace(self) -> None:
        """Replace in every cell found, as one step."""
        self._pause.stop()
        self.look()
        if self.hits and self._done(self.hits):
            self.look()

    def _fill(self, column: str) -> None:
        self.where.addItem(_("All columns"), "")
        for name in self.model.names:
            self.where.addItem(_(self.model.columns[name].label), name)
        self.where.setCurrentIndex(max(0, self.where.findData(column)))
        self.table.setHorizontalHeaderLabels([_("Cell"), _("Now"), _("Afterwards")])
        self.table.setAccessibleName(_("Cells found"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setProperty("role", "boxed")
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _lay_out(self) -> None:
        form = QFormLayout()
        for label, widget in (
            (_("Find"), self.text),
            (_("Replace with"), self.instead),
            (_("In"), self.where),
        ):
            form.addRow(label, widget)
            widget.setAccessibleName(label)
        buttons = QDialogButtonBox()
        self.button = buttons.addButton(_("Replace all"), QDialogButtonBox.ButtonRole.ApplyRole)
        self.button.setProperty("role", "primary")
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1))
        column.addLayout(form)
        for part in (self.case, self.whole, self.count):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)

    def _wire(self) -> None:
        for line in (self.text, self.instead):
            line.textChanged.connect(self._pause.start)
        self.where.currentIndexChanged.connect(self.look)
        self.case.toggled.connect(self.look)
        self.whole.toggled.connect(self.look)
        self.button.clicked.connect(self.replace)
        self.table.cellClicked.connect(lambda row, _column: self._go(self.hits[row].cell))

    def _show(self) -> None:
        count = len(self.hits)
        text = ngettext("{n} cell holds it.", "{n} cells hold it.", count) if self.text.text() else ""
        if count > _SHOWN:
            text = _("{count} cells hold it; the first {shown} are shown.", count=count, shown=_SHOWN)
        self.count.setText(text)
        self.button.setEnabled(bool(count))
        self.table.setRowCount(min(count, _SHOWN))
        for row, hit in enumerate(self.hits[:_SHOWN]):
            label = _(self.model.columns[hit.cell.name].label)
            for place, said in enumerate((f"{hit.cell.record.code} · {label}", hit.before, hit.after)):
                item = QTableWidgetItem(said)
                item.setToolTip(said)
                self.table.setItem(row, place, item)
