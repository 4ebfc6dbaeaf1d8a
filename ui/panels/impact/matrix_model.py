"""The impact matrix of one function as an item model: types down, time steps across, a grade in each cell."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from continuity.model.impact import Places, cells_of, proposed_mtpd, steps_of
from continuity.model.kinds import Function, ImpactScale
from continuity.model.values import ImpactCell, ImpactType
from continuity.words import _, current

_Index = QModelIndex | QPersistentModelIndex
#: Role of the cell itself, and of whether its column is the proposed MTPD.
CELL, PROPOSED = Qt.ItemDataRole.UserRole + 1, Qt.ItemDataRole.UserRole + 2
_HIGHEST = 4


def grade_name(scale: ImpactScale, grade: int) -> str:
    """Return what a grade is called."""
    return str(getattr(scale, f"grade_{grade}"))


def meaning(kind: ImpactType, grade: int) -> str:
    """Return what a grade means for a type of impact."""
    return str(getattr(kind, f"grade_{grade}"))


class MatrixModel(QAbstractTableModel):
    """``judged`` asks that a cell be given a grade (None: taken away)."""

    judged = Signal(str, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.scale: ImpactScale | None = None
        self.steps: tuple[int, ...] = ()
        self.cells: Places = {}
        self.proposed: int | None = None

    def show(self, function: Function | None, scale: ImpactScale | None) -> None:
        """Show the matrix of ``function``."""
        steps = steps_of(scale) if scale else ()
        same = self.scale is not None and scale == self.scale and steps == self.steps
        if not same:
            self.beginResetModel()
        self.scale, self.steps = scale, steps
        self.cells = cells_of(function) if function else {}
        proposal = proposed_mtpd(function, scale) if function and scale else None
        self.proposed = proposal.minutes if proposal else None
        if not same:
            self.endResetModel()
        elif self.rowCount() and steps:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(steps) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(steps) - 1)

    def place(self, index: _Index) -> tuple[ImpactType, int] | None:
        """Return the type and the time of a cell."""
        if self.scale is None or not index.isValid():
            return None
        return self.scale.types[index.row()], self.steps[index.column()]

    def cell(self, index: _Index) -> ImpactCell | None:
        """Return the judged cell at ``index``."""
        place = self.place(index)
        return self.cells.get((place[0].code, place[1])) if place else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.scale is None else len(self.scale.types)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.steps)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self.scale is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return self.scale.types[section].name
        return current().duration(self.steps[section])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        place = self.place(index)
        if place is None:
            return None
        cell = self.cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(cell.grade) if cell else "–"
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.said(*place)
            case _ if role == CELL:
                return cell
            case _ if role == PROPOSED:
                return place[1] == self.proposed
        return None

    def said(self, kind: ImpactType, after: int) -> str:
        """Return a cell in words."""
        cell = self.cells.get((kind.code, after))
        time = current().duration(after)
        if cell is None or self.scale is None:
            return _("{impact} after {time}: not judged", impact=kind.name, time=time)
        told = cell.words or meaning(kind, cell.grade)
        name = grade_name(self.scale, cell.grade)
        return _(
            "{impact} after {time}: {grade} {name}. {words}",
            impact=kind.name,
            time=time,
            grade=cell.grade,
            name=name,
            words=told,
        ).strip()
