"""An event list from another program's file: what each column means, what it would become, what is wrong."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from continuity import messages
from continuity.model.problems import Refused
from continuity.words import _, ngettext
from ui.charts.numbers import Cell, Numbers, NumbersTable, Title
from ui.desk import Desk
from ui.panels.exercise.fields import modest
from ui.runs.fit import scrolled, yielding
from ui.runs.flow import FlowLayout
from ui.theme import theme

_MOST_SHOWN, _MOST_PROBLEMS = 200, 100


class ListDialog(QDialog):
    """Nothing changes until *Take over* is pressed; then it is one step that undo takes back."""

    def __init__(self, desk: Desk, exercise: str, path: Path, proposal: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk, self.exercise, self.path, self.proposal = desk, exercise, path, proposal
        self.setWindowTitle(_("Event list from {file}", file=path.name))
        self.sheet = modest(QComboBox())
        self.sheet.setAccessibleName(_("Sheet"))
        self.sheet.addItems(list(proposal.sheets))
        self.sheet.setCurrentText(proposal.sheet.name)
        self.sheet.setVisible(len(proposal.sheets) > 1)
        self.columns = QWidget()
        self.flow = FlowLayout(self.columns, theme.grid(1))
        self.boxes: list[QComboBox] = []
        self.table, self.sum, self.problems = NumbersTable(), yielding(QLabel()), QListWidget()
        self.table.setSortingEnabled(False)
        self.table.setAccessibleName(_("The rows of the list"))
        self.problems.setAccessibleName(_("What is wrong in the list"))
        self.problems.setProperty("role", "boxed")
        self.problems.setWordWrap(True)
        self.only = QCheckBox(_("Injects that the list does not name go away"))
        self.buttons = QDialogButtonBox()
        self.take = self.buttons.addButton(_("Take over"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self.buttons.accepted.connect(self.accept_list)
        self.buttons.rejected.connect(self.reject)
        self.sheet.activated.connect(lambda _place: self._on_sheet())
        self._fill_columns()
        self._show()

    def _lay_out(self) -> None:
        head = QLabel(_("What each column means"))
        head.setProperty("role", "caption")
        rows = QLabel(_("The rows of the list"))
        rows.setProperty("role", "caption")
        area = scrolled(self.columns)
        area.setMinimumHeight(theme.px(120))
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(2)])
        column.setSpacing(theme.grid(1))
        line = QHBoxLayout()
        line.addWidget(head, 1)
        line.addWidget(self.sheet)
        column.addLayout(line)
        column.addWidget(area, 1)
        column.addWidget(rows)
        column.addWidget(self.table, 2)
        column.addWidget(self.sum)
        column.addWidget(self.problems, 1)
        for part in (self.only, self.buttons):
            column.addWidget(part)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(880), room.width() - 40), min(theme.px(680), room.height() - 40))

    # --- showing -------------------------------------------------------------------------------

    def _fill_columns(self) -> None:
        while (item := self.flow.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.boxes = []
        session = self.desk.session
        meanings = session.event_list_columns() if session else {}
        for place, heading in enumerate(self.proposal.headings):
            box = modest(QComboBox(), 14)
            box.addItem(_("(leave out)"), "")
            for code, label in meanings.items():
                box.addItem(_(label), code)
            box.addItem(_("Column of its own"), "own")
            box.setCurrentIndex(max(0, box.findData(self.proposal.mapping.columns.get(place, ""))))
            box.activated.connect(lambda _index, place=place: self._on_meaning(place))
            caption = QLabel(heading or _("Column {n}", n=place + 1))
            caption.setBuddy(box)
            box.setAccessibleName(caption.text())
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.grid(0.25))
            column.addWidget(caption)
            column.addWidget(box)
            self.boxes.append(box)
            self.flow.addWidget(part)

    def _show(self) -> None:
        found = self.proposal
        self.table.show_numbers(self._rows())
        parts = [ngettext("{n} row", "{n} rows", len(found.rows))]
        parts += [
            ngettext("{n} new", "{n} new", found.count("added")),
            ngettext("{n} changed", "{n} changed", found.count("changed")),
            ngettext("{n} error", "{n} errors", len(found.problems)),
        ]
        self.sum.setText("  ·  ".join(parts))
        self.problems.clear()
        told = [*found.problems, *found.remarks]
        self.problems.addItems([messages.full(p) for p in told[:_MOST_PROBLEMS]])
        if len(told) > _MOST_PROBLEMS:
            self.problems.addItem(_("… and {count} more.", count=len(told) - _MOST_PROBLEMS))
        self.problems.setVisible(bool(told))
        self.take.setEnabled(bool(found.rows) and not found.problems)

    def _rows(self) -> Numbers:
        sheet, header = self.proposal.sheet, self.proposal.mapping.header
        titles = tuple(Title(text or "–", width=150) for text in self.proposal.headings)
        numbers = range(header + 1, min(len(sheet.rows), header + 1 + _MOST_SHOWN))
        rows = tuple(
            tuple(Cell(sheet.text(number, place)) for place in range(len(titles))) for number in numbers
        )
        return Numbers(titles, rows, tuple(str(number) for number in numbers))

    # --- doing ---------------------------------------------------------------------------------

    def _on_sheet(self) -> None:
        self._read(
            lambda session: session.read_event_list(self.exercise, self.path, self.sheet.currentText())
        )
        self._fill_columns()

    def _on_meaning(self, place: int) -> None:
        mapping = self.proposal.mapping.with_column(place, str(self.boxes[place].currentData()))
        sheets = self.proposal.sheets
        self._read(lambda session: session.map_event_list(self.exercise, self.proposal.sheet, mapping))
        self.proposal = dataclasses.replace(self.proposal, sheets=sheets)
        for number, box in enumerate(self.boxes):
            box.setCurrentIndex(max(0, box.findData(self.proposal.mapping.columns.get(number, ""))))

    def _read(self, reading: Any) -> None:
        session = self.desk.session
        if session is None:
            return
        self.setCursor(Qt.CursorShape.WaitCursor)
        try:
            self.proposal = reading(session)
            self._show()
        except Refused as refused:
            self.desk.refuse(refused)
        finally:
            self.unsetCursor()

    def accept_list(self) -> None:
        """Take the list over, as one step."""
        session = self.desk.session
        if session is None:
            return
        try:
            edit = session.event_list_edit(self.proposal, only=self.only.isChecked())
        except Refused as refused:
            self.desk.refuse(refused)
            return
        if self.desk.edit(edit, origin="exercise") is not None:
            self.desk.say(_("The event list is taken over. Undo takes it back."), "done")
        self.accept()
