"""The list of measures with a box to tick: which are on in the next comparison."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from continuity.model.kinds import Measure, Role
from continuity.model.kinds.actions import FAMILIES
from continuity.model.organisation import Organisation
from continuity.words import N_, _, current
from ui.runs.choosers import can_be_on
from ui.shown import name_of
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
#: Heading, width in pixels of the drawing, and how early it is hidden where there is no room.
_COLUMNS: tuple[tuple[str, int, int], ...] = (
    (N_("On"), 44, 0), (N_("Measure"), 240, 0), (N_("Kind"), 150, 3), (N_("Cost once"), 132, 0),
    (N_("Cost per year"), 120, 1), (N_("Owner"), 150, 4), (N_("Due"), 96, 2), (N_("Status"), 84, 0),
)  # fmt: skip
_FIGURES = (3, 4)
_STATUS = {"existing": N_("Existing"), "decided": N_("Decided"), "idea": N_("Idea")}


class MeasureModel(QAbstractTableModel):
    """Measures as rows; the first column can be ticked where the measure is not in place already."""

    ticked = Signal(tuple)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.measures: list[Measure] = []
        self.on: set[str] = set()
        self.organisation: Organisation | None = None

    def show(self, organisation: Organisation | None) -> None:
        """Show the measures of ``organisation``: decided ones first, then ideas, then what is in place."""
        self.beginResetModel()
        self.organisation = organisation
        order = ["decided", "idea", "existing"]
        found = list(organisation.all(Measure)) if organisation else []
        self.measures = sorted(found, key=lambda m: order.index(m.status))
        self.on &= {m.id for m in self.measures}
        self.endResetModel()

    def tick(self, on: tuple[str, ...]) -> None:
        """Tick ``on`` and nothing else."""
        self.on = {m.id for m in self.measures if m.id in on}
        self._told()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The measures ticked, in the order shown."""
        return tuple(m.id for m in self.measures if m.id in self.on)

    def row_of(self, id_: str) -> int:
        """Return the row of a measure, or -1."""
        return next((row for row, m in enumerate(self.measures) if m.id == id_), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.measures)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and can_be_on(self.measures[index.row()]):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(_COLUMNS[section][0])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        measure, column = self.measures[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole if column > 0:
                return self.text(measure, column)
            case Qt.ItemDataRole.CheckStateRole if column == 0 and can_be_on(measure):
                return Qt.CheckState.Checked if measure.id in self.on else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._aloud(measure) if column == 0 else self.text(measure, column)
            case Qt.ItemDataRole.ToolTipRole:
                return measure.description or measure.name
            case Qt.ItemDataRole.TextAlignmentRole:
                return _side(column)
            case Qt.ItemDataRole.ForegroundRole if not can_be_on(measure):
                return theme.colour("muted")
        return None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        measure = self.measures[index.row()]
        if not can_be_on(measure):
            return False
        on = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        (self.on.add if on else self.on.discard)(measure.id)
        self._told()
        return True

    def text(self, measure: Measure, column: int) -> str:
        """Return the text of a cell."""
        words = current()
        match column:
            case 1:
                return measure.name
            case 2:
                return _(FAMILIES[measure.family])
            case 3:
                return words.sek(measure.cost_once) if measure.cost_once else "–"
            case 4:
                return words.sek(measure.cost_yearly) if measure.cost_yearly else "–"
            case 5:
                owner = self.organisation.of(Role, measure.owner) if self.organisation else None
                return name_of(owner)
            case 6:
                return words.date(measure.due, "iso") if measure.due else "–"
            case 7:
                return _(_STATUS[measure.status])
        return ""

    def _aloud(self, measure: Measure) -> str:
        if not can_be_on(measure):
            return _("{name}: in place already", name=measure.name)
        if measure.id in self.on:
            return _("{name}: on", name=measure.name)
        return _("{name}: off", name=measure.name)

    def _told(self) -> None:
        if self.measures:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.measures) - 1, 0))
        self.ticked.emit(self.chosen)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class MeasureTable(QTableView):
    """Space ticks the measure chosen, Enter opens it, Ctrl+C copies the list."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measures = MeasureModel(self)
        self.setModel(self.measures)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentRowChanged.connect(self._on_row)
        self.fit()

    def fit(self) -> None:
        """Rows and columns for the zoom in force."""
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        self._size_columns()

    def choose(self, id_: str) -> bool:
        """Make a measure the current row; False where it is not here."""
        row = self.measures.row_of(id_)
        if row >= 0:
            self.setCurrentIndex(self.measures.index(row, 1))
        return row >= 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._size_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and row >= 0:
            first = self.measures.index(row, 0)
            on = self.measures.data(first, Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            turned = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            self.measures.setData(first, turned, Qt.ItemDataRole.CheckStateRole)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        model = self.measures
        lines = ["\t".join(_(title) for title, _width, _drop in _COLUMNS)]
        for measure in model.measures:
            on = _("Yes") if measure.id in model.on else ""
            lines.append("\t".join([on, *(model.text(measure, c) for c in range(1, len(_COLUMNS)))]))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _size_columns(self) -> None:
        shown, room = list(range(len(_COLUMNS))), self.viewport().width()
        droppable = sorted((i for i in shown if _COLUMNS[i][2]), key=lambda i: -_COLUMNS[i][2])
        while droppable and sum(theme.px(_COLUMNS[i][1]) for i in shown) > room:
            shown.remove(droppable.pop(0))
        spare = room - sum(theme.px(_COLUMNS[i][1]) for i in shown)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(theme.px(28))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, (_title, width, _drop) in enumerate(_COLUMNS):
            self.setColumnHidden(column, column not in shown)
            wanted = theme.px(width) + (spare if column == 1 else 0)
            header.resizeSection(column, max(theme.px(40), wanted))

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.measures.measures[index.row()].id)
