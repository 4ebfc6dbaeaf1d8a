"""The parts of a record (stages, events, steps, supplies) as a small table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from continuity.model.edits import Group, amend
from continuity.model.kinds import Kind, Record
from continuity.words import _
from ui.desk import Desk
from ui.grid.model import RecordsModel
from ui.grid.small import SmallGrid
from ui.making import made_part
from ui.theme import theme

ORIGIN = "inspector"
_HIDDEN = ("code",)
_NAME = 172  # pixels: beside it another column is seen


class PartsModel(RecordsModel):
    """The parts of one record; the parent itself is no column."""

    def __init__(self, kind: Kind, desk: Desk, parent: QWidget) -> None:
        super().__init__(kind, desk, ORIGIN, parent)
        self.columns = {
            n: s for n, s in self.columns.items() if n != kind.parent and n not in _HIDDEN and not s.hidden
        }
        self.names = tuple(self.columns)


class PartsPage(QWidget):
    """Rows in their order; each row opens in the inspector for the fields that need more room."""

    go_to = Signal(str)

    def __init__(self, kind: Kind, desk: Desk) -> None:
        super().__init__()
        self.kind, self.desk = kind, desk
        self.record: Record | None = None
        self.model = PartsModel(kind, desk, self)
        self.grid = SmallGrid(self.model, movable=True)
        self.grid.setAccessibleName(_(kind.plural))
        self.grid.wants_row.connect(self._add)
        self.grid.drops_rows.connect(self._drop)
        self.grid.moves_row.connect(self._move)
        hint = QLabel(
            _("Press Enter or double-click to change a cell. The column at the far left opens the row.")
        )
        hint.setWordWrap(True)
        hint.setProperty("role", "small")
        self.grid.view.setColumnWidth(0, theme.px(_NAME))
        self.grid.view.verticalHeader().show()
        self.grid.view.verticalHeader().sectionClicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.grid(1), theme.grid(1), theme.grid(1), theme.grid(1))
        column.setSpacing(theme.grid(1))
        column.addWidget(self.grid)
        column.addWidget(hint)
        column.addStretch(1)

    def show_record(self, record: Record) -> None:
        """Show the parts of ``record``."""
        session = self.desk.session
        if session is None:
            return
        parts = session.organisation.parts(record.id, self.kind.of)
        other = self.record is None or self.record.id != record.id
        self.record = record
        if other or [p.id for p in parts] != [p.id for p in self.model.rows]:
            self.model.show_records(session.organisation, parts)
        else:
            self.model.follow_parts(parts)

    def _add(self) -> None:
        session = self.desk.session
        if session is None or self.record is None:
            return
        edit = made_part(session.organisation, self.kind, self.record)
        if edit is None:
            self.desk.say(_("There is nothing yet that it could refer to."), "warn")
        else:
            self.desk.edit(edit, origin=ORIGIN)

    def _drop(self, rows: list[int]) -> None:
        session = self.desk.session
        if session is not None:
            ids = [self.model.rows[row].id for row in rows]
            self.desk.edit(session.organisation.removal(ids), origin=ORIGIN)

    def _move(self, row: int, step: int) -> None:
        one, other = self.model.rows[row], self.model.rows[row + step]
        edits = (amend(one, position=other.position), amend(other, position=one.position))
        self.desk.edit(Group("order", edits), origin=ORIGIN)

    def _open(self, row: int) -> None:
        self.go_to.emit(self.model.rows[row].id)
