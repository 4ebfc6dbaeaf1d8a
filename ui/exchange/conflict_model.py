"""Conflicts of a merge as lines: what is here, what is in the other document, which of them is chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont

from continuity.model.kinds import KINDS
from continuity.session import OURS, THEIRS, Conflict, Merge
from continuity.words import _
from ui.shown import shown
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
RECORD, FIELD, HERE, THERE = range(4)


class ConflictModel(QAbstractTableModel):
    """One line for each conflict; the side that is chosen is bold and marked."""

    chosen_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.merge: Merge | None = None
        self.conflicts: list[Conflict] = []
        self.choices: dict[tuple[str, str], str] = {}

    def show_merge(self, merge: Merge) -> None:
        """Show the conflicts of ``merge``, none of them decided."""
        self.beginResetModel()
        self.merge, self.conflicts, self.choices = merge, merge.conflicts, {}
        self.endResetModel()
        self.chosen_changed.emit()

    def choose(self, row: int, side: str) -> None:
        """Decide the conflict of ``row``."""
        self.choices[self.conflicts[row].key] = side
        self.dataChanged.emit(self.index(row, 0), self.index(row, THERE))
        self.chosen_changed.emit()

    def choose_all(self, side: str) -> None:
        """Decide every conflict for one side."""
        self.choices = {conflict.key: side for conflict in self.conflicts}
        if self.conflicts:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.conflicts) - 1, THERE))
        self.chosen_changed.emit()

    @property
    def undecided(self) -> int:
        """How many conflicts wait for a choice."""
        return sum(conflict.key not in self.choices for conflict in self.conflicts)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.conflicts)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        conflict, column = self.conflicts[index.row()], index.column()
        chosen = {OURS: HERE, THEIRS: THERE}.get(self.choices.get(conflict.key, ""))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(conflict, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            mark = _("chosen") if column == chosen else ""
            return " ".join(part for part in (self.text(conflict, column), mark) if part)
        if role == Qt.ItemDataRole.CheckStateRole and column in (HERE, THERE):
            return Qt.CheckState.Checked if column == chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.FontRole and column == chosen:
            font = QFont()
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and chosen and column in (HERE, THERE) and column != chosen:
            return QColor(theme.colour("muted"))
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() in (HERE, THERE) else found

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.choose(index.row(), OURS if index.column() == HERE else THEIRS)
        return True

    def text(self, conflict: Conflict, column: int) -> str:
        """Return what stands in a cell."""
        kind = KINDS[conflict.kind]
        if column == RECORD:
            return f"{_(kind.label)} {conflict.code} · {conflict.name}"
        if column == FIELD:
            return self.field_text(conflict)
        return self.value(conflict, conflict.ours if column == HERE else conflict.theirs, column == HERE)

    def field_text(self, conflict: Conflict) -> str:
        """Return the words for the field in question."""
        if not conflict.field:
            return _("The whole record")
        if conflict.field == "code":
            return _("Code")
        return _(KINDS[conflict.kind].specs[conflict.field].label)

    def value(self, conflict: Conflict, value: Any, here: bool) -> str:
        """Return one side's value in words; a value without words says that it is blank."""
        if not conflict.field:
            return _("deleted") if value is None else _("changed and kept")
        if conflict.field == "code":
            return str(value)
        assert self.merge is not None
        side = self.merge.ours if here else self.merge.theirs
        return shown(KINDS[conflict.kind].specs[conflict.field], value, side) or _("(blank)")

    def before(self, conflict: Conflict) -> str:
        """Return the value from which both sides come, in words."""
        if not conflict.has_base or not conflict.field:
            return ""
        return self.value(conflict, conflict.base, here=True)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (_("Record"), _("Field"), _("Here"), _("In the other document"))[section]
