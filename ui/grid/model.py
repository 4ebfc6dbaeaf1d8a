"""Item models over rows of fields: the records of a kind, the parts of a record, nested values."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from continuity.model.edits import Changes, amend
from continuity.model.fields import FieldType, Spec, specs
from continuity.model.kinds import Kind, Record
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.words import _
from ui.desk import Desk
from ui.forms.editors import sentence_of
from ui.forms.form import CODE
from ui.grid.keys import sort_key
from ui.shown import FIGURES, shown, typed

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
#: The value itself; setData takes it too. Text given to EditRole is read as typed.
VALUE_ROLE = Role.UserRole + 1
SPEC_ROLE = Role.UserRole + 2
SORT_ROLE = Role.UserRole + 3
ROW_ROLE = Role.UserRole + 4  # the record or nested value of the row

_NAMES = ("name", "what")


class GridModel(QAbstractTableModel):
    """Rows of objects with declared fields. Subclasses say where a changed value goes."""

    refused = Signal(str)  # why a value was not taken

    def __init__(
        self, columns: dict[str, Spec], organisation: Organisation | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = columns
        self.names = tuple(columns)
        self.organisation = organisation
        self.rows: list[Any] = []

    def store(self, row: int, name: str, value: Any) -> bool:
        """Give field ``name`` of a row another value; raise :class:`Refused` if that cannot be."""
        raise NotImplementedError

    def show(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    # --- Qt ------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.names)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if orientation is Qt.Orientation.Vertical:
            return section + 1 if role == Role.DisplayRole else None
        if not 0 <= section < len(self.names):
            return None
        spec = self.columns[self.names[section]]
        match role:
            case Role.DisplayRole:
                return _(spec.label)
            case Role.ToolTipRole:
                return _(spec.help) if spec.help else _(spec.label)
            case Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if spec.type in FIGURES else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        spec = self.spec(index)
        if spec.type is FieldType.FLAG:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        spec, value = self.spec(index), self.value(index)
        match role:
            case Role.DisplayRole | Role.EditRole:
                return None if spec.type is FieldType.FLAG else shown(spec, value, self.organisation)
            case Role.CheckStateRole if spec.type is FieldType.FLAG:
                return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
            case Role.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if spec.type in FIGURES else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case Role.ToolTipRole:
                text = shown(spec, value, self.organisation)
                return text if len(text) > 20 else None
            case Role.AccessibleTextRole:
                return f"{_(spec.label)}: {shown(spec, value, self.organisation) or _('empty')}"
        return self._own_role(index, role, spec, value)

    def _own_role(self, index: Index, role: int, spec: Spec, value: Any) -> object:
        if role == VALUE_ROLE:
            return value
        if role == SPEC_ROLE:
            return spec
        if role == ROW_ROLE:
            return self.rows[index.row()]
        if role == SORT_ROLE:
            return sort_key(spec, value, self.organisation)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if not index.isValid() or role not in (Role.EditRole, Role.CheckStateRole, VALUE_ROLE):
            return False
        spec = self.spec(index)
        try:
            if role == Role.CheckStateRole:
                value = Qt.CheckState(value) == Qt.CheckState.Checked
            elif role == Role.EditRole and (isinstance(value, str) or value is None):
                value = typed(spec, value or "", self.organisation)
            elif role == Role.EditRole:
                return False
            return self.store(index.row(), self.names[index.column()], value)
        except Refused as refused:
            self.refused.emit(sentence_of(refused))
            return False

    # --- reading -------------------------------------------------------------------------------

    def spec(self, index: Index) -> Spec:
        """Return the spec of the column."""
        return self.columns[self.names[index.column()]]

    def value(self, index: Index) -> Any:
        """Return the value of the cell."""
        return getattr(self.rows[index.row()], self.names[index.column()])


class ValuesModel(GridModel):
    """Nested values of one kind; a change gives the whole new tuple."""

    edited = Signal(object)

    def __init__(self, of: type, organisation: Organisation | None, parent: QObject | None = None) -> None:
        super().__init__(dict(specs(of)), organisation, parent)

    def store(self, row: int, name: str, value: Any) -> bool:
        """Announce the tuple with one value changed."""
        if getattr(self.rows[row], name) == value:
            return False
        rows = list(self.rows)
        rows[row] = dataclasses.replace(rows[row], **{name: value})
        self.edited.emit(tuple(rows))
        return True


class RecordsModel(GridModel):
    """Records of one kind, all of them or the parts of one parent; changes go to the session."""

    def __init__(self, kind: Kind, desk: Desk, origin: str, parent: QObject | None = None) -> None:
        self.kind, self.desk, self.origin = kind, desk, origin
        super().__init__(record_columns(kind), None, parent)

    def store(self, row: int, name: str, value: Any) -> bool:
        """Carry out the change."""
        record = self.rows[row]
        return self.desk.attempt(amend(record, **{name: value}), origin=self.origin) is not None

    def show_records(self, organisation: Organisation | None, records: Sequence[Record]) -> None:
        """Show ``records`` of ``organisation``."""
        self.organisation = organisation
        self.show(records)

    def follow_parts(self, wanted: Sequence[Record]) -> None:
        """Show ``wanted``, the same records in the same order with perhaps other values."""
        for place, record in enumerate(wanted):
            if self.rows[place] is not record:
                self.rows[place] = record
                self._announce(place, place)

    def row_of(self, id_: str) -> int:
        """Return the row of the record ``id_``, or -1."""
        return next((place for place, record in enumerate(self.rows) if record.id == id_), -1)

    def _names_changed(self, changes: Changes) -> bool:
        mine = {kind for spec in self.columns.values() for kind in spec.kinds}
        return bool(changes.fields & {"name", "code"}) and changes.touches(*mine)

    def _announce(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.names) - 1))


def record_columns(kind: Kind) -> dict[str, Spec]:
    """Return the columns of a table of ``kind``: code and name first, then the fields in order."""
    own = {name: spec for name, spec in kind.specs.items() if not spec.hidden or name == kind.parent}
    first = [name for name in (*_NAMES, kind.parent) if name in own]
    last = {name: spec for name, spec in own.items() if spec.group in ("evidence", "marking")}
    middle = {name: spec for name, spec in own.items() if name not in last}
    return {"code": CODE} | {name: own[name] for name in first} | middle | last
