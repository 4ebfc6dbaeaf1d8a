"""Everything that is wrong with a block of cells, cell by cell; nothing of it has been done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from continuity import messages
from continuity.model.problems import Problem
from continuity.words import _, ngettext
from ui.panels.tables.paste import write_block
from ui.theme import theme

#: So few are said in a passing note; more are listed.
FEW = 2


def lines_of(problems: Sequence[Problem]) -> list[tuple[str, str, str, str]]:
    """Return row, column, text and reason of each problem, as far as it has them."""
    lines = []
    for problem in problems:
        facts = problem.facts
        reason = str(facts.get("reason") or messages.sentence(problem))
        mend = messages.mend(problem)
        row = str(facts.get("row", "") or problem.record)
        column = str(facts.get("column", "")) or messages.field(problem)
        lines.append((row, column, str(facts.get("value", "")), f"{reason} {mend}".strip()))
    return lines


class Faults(QDialog):
    """A list of cells and what is wrong with each. A double click goes to the record, if there is one."""

    def __init__(self, parent: QWidget, problems: Sequence[Problem], go: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Nothing has been changed"))
        self.lines = lines_of(problems)
        said = QLabel(
            ngettext(
                "{n} cell cannot be taken as it is. Mend it where it comes from, and try again.",
                "{n} cells cannot be taken as they are. Mend them where they come from, and try again.",
                len(problems),
            )
        )
        said.setWordWrap(True)
        self.table = self._filled(problems, go)
        buttons = QDialogButtonBox()
        copy = buttons.addButton(_("Copy the list"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1.5))
        for part in (said, self.table, buttons):
            column.addWidget(part)
        self.resize(theme.px(720), theme.px(420))

    def _filled(self, problems: Sequence[Problem], go: Callable[[str], object]) -> QTableWidget:
        table = QTableWidget(len(self.lines), 4)
        table.setHorizontalHeaderLabels([_("Row"), _("Column"), _("Text"), _("What is wrong")])
        table.setAccessibleName(_("Cells that cannot be taken"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.verticalHeader().hide()
        table.setProperty("role", "boxed")
        for row, line in enumerate(self.lines):
            for place, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(row, place, item)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for place, width in enumerate((72, 160, 160)):
            header.resizeSection(place, theme.px(width))
        table.cellDoubleClicked.connect(lambda row, _column: go(problems[row].id))
        return table

    def _copy(self) -> None:
        head = [_("Row"), _("Column"), _("Text"), _("What is wrong")]
        QGuiApplication.clipboard().setText(write_block([head, *map(list, self.lines)]))
