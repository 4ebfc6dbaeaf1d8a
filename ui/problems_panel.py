"""What is wrong with the model, kept up to date in the background."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from continuity import messages
from continuity.model.problems import Problem
from continuity.words import N_, _, ngettext
from ui.desk import Desk
from ui.theme import theme
from ui.theme.icons import icon

_Index = QModelIndex | QPersistentModelIndex
_QUIET = 400  # milliseconds without an edit before the model is checked
_COLUMNS = (N_("What"), N_("Where"), N_("How to mend it"))
_ORDER = ("error", "warning", "hint")
_COLOURS = {"error": "warn", "warning": "reduced", "hint": "muted"}  # red is kept for a breach


class ProblemList(QAbstractTableModel):
    """Problems, the worst first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problems: list[Problem] = []
        self._rows: list[tuple[str, str, str]] = []

    def show(self, problems: list[Problem]) -> None:
        """Show ``problems`` in place of the old ones."""
        self.beginResetModel()
        self.problems = sorted(problems, key=lambda p: _ORDER.index(p.severity))
        self._rows = [(messages.sentence(p), messages.place(p), messages.mend(p)) for p in self.problems]
        self.endResetModel()

    def count(self, severity: str) -> int:
        """Return how many problems there are of ``severity``."""
        return sum(p.severity == severity for p in self.problems)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.problems)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_COLUMNS[section])
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        problem = self.problems[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._rows[index.row()][index.column()]
            case Qt.ItemDataRole.DecorationRole if index.column() == 0:
                return icon(problem.severity, _COLOURS[problem.severity])
            case Qt.ItemDataRole.AccessibleTextRole if index.column() == 0:
                severity = _(messages.SEVERITIES[problem.severity])
                return f"{severity}: {self._rows[index.row()][0]}"
        return None


class ProblemsPanel(QFrame):
    """The table at the foot of the window. A row leads to its record."""

    counted = Signal(int, int, int)  # errors, warnings, hints
    go_to = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self.desk = desk
        self.model = ProblemList(self)
        self._heading = QLabel()
        self._heading.setProperty("role", "caption")
        self._heading.setContentsMargins(theme.grid(1.5), theme.grid(0.75), theme.grid(1.5), theme.grid(0.75))
        self.view = QTableView()
        self._set_up_view()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(self.view)
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self.check)
        self._checking = self._again = False
        desk.changed.connect(self._quiet.start)
        desk.session_changed.connect(self._on_session)
        self._say_heading()

    def check(self) -> None:
        """Check the model in the background; what changes meanwhile is checked afterwards."""
        session = self.desk.session
        if session is None:
            return
        if self._checking:
            self._again = True
            return
        self._checking = True

        def done(problems: list[Problem]) -> None:
            self._checking = False
            if session is self.desk.session:
                self._show(problems)
            if self._again:
                self._again = False
                self._quiet.start()

        def failed(_error: Exception) -> None:
            self._again = True  # it was edited while it was read
            done(self.model.problems)

        self.desk.work(session.check, done, failed)

    def retranslate(self) -> None:
        """Say the problems in the language spoken now."""
        self._show(self.model.problems)

    def fit(self) -> None:
        """Rows as high as the text at the zoom in force."""
        self.view.verticalHeader().setDefaultSectionSize(theme.px(24))
        self.view.setIconSize(QSize(theme.px(16), theme.px(16)))

    def _set_up_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setShowGrid(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.verticalHeader().hide()
        view.setTabKeyNavigation(False)
        header = view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.resizeSection(0, theme.px(480))
        header.resizeSection(1, theme.px(240))
        view.activated.connect(self._on_activated)
        view.clicked.connect(self._on_activated)
        self.fit()

    def _on_session(self) -> None:
        self._show([])
        self.check()

    def _show(self, problems: list[Problem]) -> None:
        self.model.show(problems)
        self._say_heading()
        self.counted.emit(*(self.model.count(one) for one in _ORDER))

    def _say_heading(self) -> None:
        count = len(self.model.problems)
        self._heading.setText(
            ngettext("{n} problem", "{n} problems", count) if count else _("No problems found")
        )
        self.view.setAccessibleName(_("Problems"))

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid() and (id_ := self.model.problems[index.row()].id):
            self.go_to.emit(id_)
