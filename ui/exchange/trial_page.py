"""Second page of an import: what would become of each row, and every fault with its cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from continuity import messages
from continuity.model.kinds import KINDS
from continuity.model.problems import Problem
from continuity.session import Prepared, RowOutcome
from continuity.words import N_, _, ngettext
from ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
STATUS = {
    "added": N_("New"),
    "changed": N_("Changed"),
    "same": N_("Unchanged"),
    "faulty": N_("Left out"),
}
_ORDER = ("faulty", "added", "changed", "same")
_TOKENS = {"faulty": "breach", "added": "full", "changed": "accent", "same": "muted"}


class _Lines(QAbstractTableModel):
    """Lines of words, made when they are seen."""

    def __init__(self, heads: list[str], parent: QObject) -> None:
        super().__init__(parent)
        self.heads = heads
        self.lines: list[Any] = []

    def show_lines(self, lines: list[Any]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def words(self, line: Any) -> list[str]:
        raise NotImplementedError

    def token(self, line: Any, column: int) -> str:
        return "ink"

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(line)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.colour(self.token(line, index.column())))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.heads[section]
        return None


class Outcomes(_Lines):
    """What becomes of each row."""

    def words(self, line: RowOutcome) -> list[str]:
        where = f"{line.sheet}!{line.row + 1}" if line.row >= 0 else ""
        return [where, _(STATUS[line.status]), _(KINDS[line.kind].label), line.code, line.name]

    def token(self, line: RowOutcome, column: int) -> str:
        return _TOKENS[line.status] if column == 1 else "ink"


class Faults(_Lines):
    """Every fault and remark, with its place."""

    def words(self, line: Problem) -> list[str]:
        said = " ".join(part for part in (messages.sentence(line), messages.mend(line)) if part)
        field = str(line.facts.get("field", ""))
        return [messages.place(line), field, said]

    def token(self, line: Problem, column: int) -> str:
        return "breach" if line.severity == "error" and column == 0 else "ink"


class TrialPage(QWidget):
    """Counts above, rows in the middle, faults below."""

    fault_chosen = Signal(str)  # a place such as Sheet!C14

    def __init__(self) -> None:
        super().__init__()
        self.prepared: Prepared | None = None
        self.counts = QLabel()
        self.counts.setProperty("role", "heading")
        self.counts.setWordWrap(True)
        self.said = QLabel()
        self.said.setProperty("role", "muted")
        self.said.setWordWrap(True)
        self.outcomes = Outcomes([_("Row"), _("Becomes"), _("Kind"), _("Code"), _("Name")], self)
        self.faults = Faults([_("Cell"), _("Column"), _("What is wrong, and how to mend it")], self)
        self.rows = _table(self.outcomes, _("What becomes of each row"), (210, 120, 150, 110))
        self.list = _table(self.faults, _("Faults"), (170, 190))
        self.list.activated.connect(self._on_fault)
        self.list.doubleClicked.connect(self._on_fault)
        self.copy = QPushButton(_("Copy the list of faults"))
        self.copy.setProperty("role", "link")
        self.copy.clicked.connect(self.copy_faults)
        self._lay_out()

    def _lay_out(self) -> None:
        self.below = QWidget()
        column = QVBoxLayout(self.below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        row = QHBoxLayout()
        self.hint = hint = QLabel(
            _("Double-click a fault to see its cell. Mend the file and import it again: nothing doubles.")
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        row.addWidget(hint, 1)
        row.addWidget(self.copy)
        column.addLayout(row)
        column.addWidget(self.list, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.grid(1))
        splitter.addWidget(self.below)
        splitter.addWidget(self.rows)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(theme.grid(1))
        page.addWidget(self.counts)
        page.addWidget(self.said)
        page.addWidget(splitter, 1)

    def show_trial(self, prepared: Prepared) -> None:
        """Show what an import would do."""
        self.prepared = prepared
        draft = prepared.draft
        counts = {status: draft.count(status) for status in _ORDER}
        self.counts.setText(
            _(
                "{added} new · {changed} changed · {same} unchanged · {faulty} left out",
                added=counts["added"],
                changed=counts["changed"],
                same=counts["same"],
                faulty=counts["faulty"],
            )
        )
        self.said.setText(self._words(prepared))
        self.said.setVisible(bool(self.said.text()))
        order = {status: place for place, status in enumerate(_ORDER)}
        self.outcomes.show_lines(sorted(draft.outcomes, key=lambda one: order[one.status]))
        self.faults.show_lines([*draft.problems, *draft.remarks])
        self.below.setVisible(bool(self.faults.lines))
        self.copy.setVisible(bool(draft.problems))
        self.hint.setVisible(any(problem.path for problem in draft.problems))

    def copy_faults(self) -> None:
        """Put every fault on the clipboard, one a line, for whoever mends the file."""
        lines = ["\t".join(self.faults.words(line)) for line in self.faults.lines]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _words(self, prepared: Prepared) -> str:
        parts = []
        if made := prepared.draft.made:
            parts.append(
                ngettext(
                    "{n} record that the file only names comes into being too.",
                    "{n} records that the file only names come into being too.",
                    made,
                )
            )
        if prepared.draft.count("faulty"):
            parts.append(_("Rows with faults are left out; all others can be imported now."))
        return " ".join(parts)

    def _on_fault(self, index: QModelIndex) -> None:
        problem: Problem = self.faults.lines[index.row()]
        if problem.path:
            self.fault_chosen.emit(problem.path)


def _table(model: QAbstractTableModel, name: str, widths: tuple[int, ...]) -> QTableView:
    view = QTableView()
    view.setProperty("role", "boxed")
    view.setModel(model)
    view.setAccessibleName(name)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setWordWrap(False)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.px(26))
    header = view.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setHighlightSections(False)
    for place, width in enumerate(widths):
        view.setColumnWidth(place, theme.px(width))
    header.setStretchLastSection(True)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    return view
