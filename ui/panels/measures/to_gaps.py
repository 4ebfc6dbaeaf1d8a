"""What was chosen goes to the list of gaps and actions, with owner and due date, as one step."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from continuity.model.kinds import Role
from continuity.session_choices import to_gaps
from continuity.words import N_, _, current
from ui.described import plain_label
from ui.desk import Desk
from ui.picker import Item
from ui.runs.choosers import DateButton, PickButton
from ui.runs.flow import FlowLayout
from ui.shown import name_of
from ui.texts import Texts
from ui.theme import theme
from ui.theme.icons import icon


class ToGaps(QWidget):
    """Measures have owner and date of their own; what is chosen here holds where they have none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.texts = desk, Texts()
        self._measures: tuple[str, ...] = ()
        self._notes: Mapping[str, str] = {}
        self.go, self.told = QPushButton(), plain_label("muted")
        self.go.setIcon(icon("gap"))
        self.go.clicked.connect(self.send)
        self.owner = PickButton(self._roles, N_("Owner"))
        self.owner.picked.connect(self._show_owner)
        self.due, self.due_label = DateButton(), QLabel()
        line = QWidget()
        flow = FlowLayout(line, theme.grid(1))
        for widget in (self.go, self.owner, self.due_label, self.due):
            flow.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.5))
        column.addWidget(line)
        column.addWidget(self.told)
        self.texts(self._say)

    def show_measures(self, measures: tuple[str, ...], notes: Mapping[str, str]) -> None:
        """Offer ``measures``; ``notes`` say why each was chosen."""
        if measures != self._measures:
            self.told.setText("")
        self._measures, self._notes = measures, notes
        self.go.setEnabled(bool(measures))

    def send(self) -> None:
        """Add what is not on the list yet."""
        session = self.desk.session
        if session is None:
            return
        if self.due.text().strip() and self.due.date is None:
            self.told.setText(
                _("“{text}” is not a date; write it as 2027-01-23.", text=self.due.text().strip())
            )
            return
        edit = to_gaps(
            session.organisation, self._measures, self.due.date, self.owner.key or None, self._notes
        )
        if edit is None:
            self.told.setText(_("All of them are on the list of gaps and actions already."))
        elif self.desk.edit(edit, origin="measures"):
            self.told.setText(
                _("They are on the list of gaps and actions now (Tables). One step takes it back.")
            )

    def _roles(self) -> list[Item]:
        session = self.desk.session
        roles = session.organisation.all(Role) if session else ()
        found = sorted(roles, key=lambda role: current().sort_key(role.name))
        return [Item(role.id, role.name, role.code, "role") for role in found]

    def _show_owner(self, role_id: str) -> None:
        session = self.desk.session
        role = session.organisation.of(Role, role_id) if session else None
        text = name_of(role) if role else _("Owner, where the measure has none")
        self.owner.show_key(role.id if role else "", text, "role")

    def _say(self) -> None:
        self.go.setText(_("Send to gaps and actions"))
        self.due_label.setText(_("due, where the measure has no date"))
        self.due.say()
        self.due.setAccessibleName(_("Due, where the measure has no date"))
        self._show_owner(self.owner.key)
