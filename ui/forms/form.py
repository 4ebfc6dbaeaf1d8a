"""The form of one kind of record: groups of rows, built when first looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from continuity.model.edits import amend
from continuity.model.fields import GROUPS, FieldType, Spec
from continuity.model.kinds import Kind, Record
from continuity.model.payload import default_of
from continuity.model.problems import Refused
from continuity.words import N_, _
from ui.desk import Desk
from ui.forms.editors import sentence_of
from ui.forms.row import FieldRow
from ui.theme import theme
from ui.theme.icons import icon

CODE = Spec(type=FieldType.TEXT, label=N_("Code"), required=True)
_OPEN_FROM_THE_START = ("main", "time", "pay", "supply", "targets")


class Group(QFrame):
    """A heading that opens and closes, and the rows below it."""

    edited = Signal(str, object)
    go_to = Signal(str)

    def __init__(self, name: str, fields: dict[str, Spec], kind: Kind, desk: Desk) -> None:
        super().__init__()
        self.fields, self.kind, self.desk = fields, kind, desk
        self.rows: dict[str, FieldRow] = {}
        self._record: Record | None = None
        self.heading = QToolButton()
        self.heading.setProperty("role", "section")
        self.heading.setText(_(GROUPS[name]))
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.heading.setCheckable(True)
        self.heading.setIconSize(QSize(theme.px(12), theme.px(12)))
        self.heading.toggled.connect(self._on_toggled)
        self.body = QWidget()
        self._column = QVBoxLayout(self.body)
        self._column.setContentsMargins(theme.grid(1), theme.grid(0.5), theme.grid(1), theme.grid(1.5))
        self._column.setSpacing(theme.grid(1))
        self.body.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addWidget(self.body)
        self._on_toggled(False)

    def show_record(self, record: Record) -> None:
        """Show the fields of ``record``; the heading says how many are filled in."""
        self._record = record
        filled = sum(getattr(record, n) != default_of(type(record), n) for n in self.fields if n != "code")
        self.heading.setToolTip(_("{count} filled in", count=filled))
        if self.heading.isChecked():
            for name, row in self._built().items():
                row.show_value(getattr(record, name))

    def _on_toggled(self, open_: bool) -> None:
        self.heading.setIcon(icon("down" if open_ else "right", "muted"))
        self.body.setVisible(open_)
        if open_ and self._record is not None:
            self.show_record(self._record)

    def building(self) -> Iterator[None]:
        """Make the rows that are not there yet, one at each step."""
        session = self.desk.session
        for name, spec in self.fields.items():
            if name not in self.rows and session is not None:
                row = FieldRow(name, spec, session.organisation)
                row.edited.connect(self.edited)
                row.go_to.connect(self.go_to)
                self.rows[name] = row
                self._column.addWidget(row)
                yield

    def _built(self) -> dict[str, FieldRow]:
        for _step in self.building():
            pass
        return self.rows


class RecordForm(QWidget):
    """All fields of a kind that people fill in. Edits go to the session as they are made."""

    go_to = Signal(str)

    def __init__(self, kind: Kind, desk: Desk, origin: str) -> None:
        super().__init__()
        self.kind, self.desk, self.origin = kind, desk, origin
        self.record: Record | None = None
        self.groups: dict[str, Group] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for name in GROUPS:
            fields = {n: s for n, s in kind.specs.items() if s.group == name and not s.hidden}
            if name == "main":
                fields = {"code": CODE, **fields}
            if fields:
                group = Group(name, fields, kind, desk)
                group.edited.connect(self._on_edited)
                group.go_to.connect(self.go_to)
                self.groups[name] = group
                column.addWidget(group)
        column.addStretch(1)
        for name in _OPEN_FROM_THE_START:
            if name in self.groups:
                self.groups[name].heading.setChecked(True)

    def show_record(self, record: Record) -> None:
        """Show ``record``."""
        self.record = record
        for group in self.groups.values():
            group.show_record(record)

    def building(self) -> Iterator[None]:
        """Make the rows of the groups that are open from the start, one at each step."""
        for group in self.groups.values():
            if group.heading.isChecked():
                yield from group.building()

    def row(self, name: str) -> FieldRow:
        """Return the row of field ``name``, opening its group."""
        group = next(g for g in self.groups.values() if name in g.fields)
        group.heading.setChecked(True)
        return group.rows[name]

    def _on_edited(self, name: str, value: Any) -> None:
        if self.record is None:
            return
        row = self.row(name)
        try:
            done = self.desk.attempt(
                amend(self.record, **{name: value}), origin=self.origin, merge=f"{self.record.id}.{name}"
            )
        except Refused as refused:
            row.say_problem(sentence_of(refused))
            return
        row.say_problem("")
        if done is None:
            row.show_value(value)
