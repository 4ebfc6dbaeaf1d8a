"""The table of changes, and putting back what is chosen of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from continuity.model.kinds import KINDS
from continuity.model.organisation import Organisation
from continuity.model.problems import Refused
from continuity.session_compare import RecordChange, with_parts
from continuity.words import N_, _, ngettext
from ui.desk import Desk
from ui.history.said import SIGNS, Line, lines_of
from ui.theme import theme
from ui.theme.icons import icon

_Index = QModelIndex | QPersistentModelIndex
_HEADINGS = (N_("Record"), N_("What"), N_("Before"), N_("After"))


class Lines(QAbstractTableModel):
    """Changes line by line; words are made when they are looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.organisation: Organisation | None = None
        self.all: list[Line] = []
        self.rows: list[Line] = []
        self._words: list[str] = []

    def show(self, changes: Sequence[RecordChange], organisation: Organisation | None) -> None:
        """Show ``changes``; references are named as in ``organisation``."""
        self.organisation = organisation
        self.all = lines_of(changes)
        self._choose()

    def narrow(self, text: str) -> None:
        """Show the lines that hold every word of ``text``."""
        self._words = text.casefold().split()
        self._choose()

    def _choose(self) -> None:
        self.beginResetModel()
        self.rows = [line for line in self.all if self._passes(line)]
        self.endResetModel()

    def _passes(self, line: Line) -> bool:
        if not self._words:
            return True
        held = f"{line.record} {line.what} {_(KINDS[line.change.kind].label)}".casefold()
        return all(word in held for word in self._words)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADINGS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(line, index.column())
            case Qt.ItemDataRole.DecorationRole if index.column() == 0:
                return icon(line.change.kind, "muted")
            case Qt.ItemDataRole.DecorationRole if index.column() == 1 and line.field is None:
                return icon(SIGNS[line.change.action], "accent")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{_(_HEADINGS[index.column()])}: {self._text(line, index.column())}"
        return None

    def _text(self, line: Line, column: int) -> str:
        match column:
            case 0:
                return line.record
            case 1:
                return line.what
            case 2:
                return line.old(self.organisation)
            case _:
                return line.new(self.organisation)


class ChangesView(QWidget):
    """The table with what can be done: put back the chosen lines, or all of the chosen records."""

    go_to = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.model, self.view = Lines(self), QTableView()
        self.filter, self.empty = QLineEdit(), QLabel()
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.back, self.back_all = QPushButton(), QPushButton()
        self._set_up_view()
        row = QHBoxLayout()
        row.setSpacing(theme.grid(1))
        for part in (self.filter, self.back, self.back_all):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.75))
        column.addLayout(row)
        column.addWidget(self.empty)
        column.addWidget(self.view, 1)
        self.filter.textChanged.connect(self.model.narrow)
        self.back.clicked.connect(lambda: self.put_back(whole=False))
        self.back_all.clicked.connect(lambda: self.put_back(whole=True))
        self.say()
        self.show_changes((), "")

    def say(self) -> None:
        """Say every word in the language spoken now."""
        self.filter.setPlaceholderText(_("Filter the changes"))
        self.filter.setAccessibleName(_("Filter the changes"))
        self.filter.setClearButtonEnabled(True)
        self.view.setAccessibleName(_("Changes"))
        self.back.setText(_("Put back the chosen values"))
        self.back_all.setText(_("Put back the whole records"))
        self.back_all.setToolTip(_("With their parts. One step that can be undone."))

    def show_changes(self, changes: Sequence[RecordChange], nothing: str) -> None:
        """Show ``changes``; where there are none, the sentence ``nothing``."""
        self.changes = tuple(changes)
        session = self.desk.session
        self.model.show(self.changes, session.organisation if session else None)
        self.empty.setText(nothing)
        self.empty.setVisible(not self.changes and bool(nothing))
        self._allow()

    def put_back(self, *, whole: bool) -> None:
        """Undo what is chosen in the document of today, as one step."""
        session = self.desk.session
        lines = self._chosen()
        if session is None or not lines:
            return
        changes = with_parts({line.change.id for line in lines}, self.changes)
        fields = None if whole else {line.field.name for line in lines if line.field}
        try:
            done, lost = session.put_back(changes, fields or None)
        except Refused as refused:
            self.desk.refuse(refused)
            return
        count = len(done.added) + len(done.removed) + len(done.replaced)
        if not count:
            self.desk.say(_("The document says so already."))
            return
        if fields is not None:  # values, of however many records
            count = len(lines)
            said = ngettext("{n} value put back. Undo takes it away again.",
                            "{n} values put back. Undo takes them away again.", count)  # fmt: skip
        else:
            said = ngettext("{n} record put back. Undo takes it away again.",
                            "{n} records put back. Undo takes them away again.", count)  # fmt: skip
        if lost:
            said += "\n" + _("Personal values are not kept in the history: {codes}.", codes=", ".join(lost))
        self.desk.say(said, "done")

    def _chosen(self) -> list[Line]:
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        return [self.model.rows[row] for row in rows]

    def _allow(self, *_what: object) -> None:
        lines = self._chosen()
        writable = self.desk.session is not None and not self.desk.session.read_only
        self.back.setEnabled(writable and any(line.field is not None for line in lines))
        self.back_all.setEnabled(writable and bool(lines))

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setProperty("role", "boxed")
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.px(26))
        view.setIconSize(QSize(theme.px(16), theme.px(16)))
        view.setTabKeyNavigation(False)
        header = view.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for place, width in enumerate((210, 150, 140)):
            header.resizeSection(place, theme.px(width))
        view.selectionModel().selectionChanged.connect(self._allow)
        self.model.modelReset.connect(self._allow)
        view.doubleClicked.connect(lambda index: self.go_to.emit(self.model.rows[index.row()].change.id))
