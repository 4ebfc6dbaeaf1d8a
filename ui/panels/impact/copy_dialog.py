"""Which other functions get the row, or the whole matrix, of this one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds import Function
from continuity.words import _
from ui.theme import theme

_ID = Qt.ItemDataRole.UserRole


class CopyDialog(QDialog):
    """Tick functions with the space bar; Enter copies."""

    def __init__(self, row: str, functions: Sequence[Function], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Copy to other functions"))
        told = QLabel(_("The row “{row}” replaces theirs. Undo brings it back.", row=row))
        told.setWordWrap(True)
        self.whole = QCheckBox(_("The whole matrix, not only this row"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Functions"))
        for function in functions:
            item = QListWidgetItem(f"{function.code}  {function.name}")
            item.setData(_ID, function.id)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        copy = self.buttons.addButton(_("Copy"), QDialogButtonBox.ButtonRole.AcceptRole)
        copy.setDefault(True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.grid(1))
        for part in (told, self.list, self.whole, self.buttons):
            column.addWidget(part)
        self.resize(theme.px(460), theme.px(480))

    def chosen(self) -> list[str]:
        """Return the ids of the functions ticked."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return [item.data(_ID) for item in items if item.checkState() == Qt.CheckState.Checked]
