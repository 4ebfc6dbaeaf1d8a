"""Which columns are shown, in which order and how wide; remembered for each kind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from continuity.words import _
from ui.panels.tables.table import RecordTable
from ui.settings import Settings
from ui.theme import theme

#: Columns that stay in place while the others are scrolled.
FROZEN = ("code", "name")
_NAME = Qt.ItemDataRole.UserRole


class Chooser(QFrame):
    """A list of all columns to tick; the code is always shown."""

    def __init__(self, table: RecordTable, done: Callable[[], object]) -> None:
        super().__init__(table, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.table, self._done = table, done
        self.list = QListWidget()
        self.list.setAccessibleName(_("Columns"))
        self._fill()
        self.list.itemChanged.connect(self._on_ticked)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1)])
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        for text, wanted in ((_("All"), lambda _n: True), (_("Only filled in"), self._is_used)):
            button = QPushButton(text)
            button.clicked.connect(lambda _on=False, wanted=wanted: self._tick(wanted))
            row.addWidget(button)
        column.addLayout(row)
        self.resize(theme.px(320), theme.px(420))

    def open_at(self, place: QPoint) -> None:
        """Open with the upper right corner at ``place`` (global), kept on the screen."""
        area = self.screen().availableGeometry()
        x = max(area.left(), place.x() - self.width())
        y = min(max(area.top(), place.y()), area.bottom() - self.height())
        self.move(x, y)
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self) -> None:
        sheet = self.table.sheet
        assert sheet is not None
        for place, name in enumerate(sheet.names):
            if name == "code":
                continue
            item = QListWidgetItem(_(sheet.columns[name].label))
            item.setData(_NAME, name)
            hidden = self.table.isColumnHidden(place)
            item.setCheckState(Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked)
            self.list.addItem(item)

    def _is_used(self, name: str) -> bool:
        """Tell whether any record says something in a column that is not its default."""
        from continuity.model.payload import default_of

        sheet = self.table.sheet
        assert sheet is not None
        usual = default_of(sheet.kind.of, name)
        return any(getattr(record, name) != usual for record in sheet.rows)

    def _tick(self, wanted: Callable[[str], bool]) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            on = wanted(item.data(_NAME))
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _on_ticked(self, item: QListWidgetItem) -> None:
        sheet = self.table.sheet
        assert sheet is not None
        place = sheet.names.index(item.data(_NAME))
        self.table.setColumnHidden(place, item.checkState() != Qt.CheckState.Checked)
        self.table.frozen.freeze(self.table.frozen.columns)
        self._done()


def keep(table: RecordTable) -> None:
    """Remember the columns of the kind shown."""
    state = table.horizontalHeader().saveState()
    if table.sheet is not None and state != table.columns_state:
        Settings().keep_layout(_key(table), state)
        table.columns_state = state


def take(table: RecordTable) -> None:
    """Show the columns as they were left; all of them where they have never been chosen."""
    assert table.sheet is not None
    header = table.horizontalHeader()
    for place in range(header.count()):
        header.setSectionHidden(place, False)
    kept = Settings().layout(_key(table))
    if kept is None or not header.restoreState(kept):
        table.size_columns()
    header.setSectionsMovable(True)
    header.setSortIndicatorShown(False)
    table.freeze([name for name in FROZEN if name in table.sheet.names])
    table.columns_state = header.saveState()


def _key(table: RecordTable) -> str:
    assert table.sheet is not None
    return f"columns/{table.sheet.kind.name}/{len(table.sheet.names)}"
