"""One set of measures in the list of those that are compared."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from continuity.words import _
from ui.charts.box import quiet_button
from ui.desk import Desk
from ui.panels.measures.words import set_name
from ui.runs.choosers import MeasuresButton
from ui.texts import Texts
from ui.theme import theme


class SetRow(QWidget):
    """One set: its letter, what it holds, a button to take it away."""

    def __init__(self, desk: Desk, remove: Callable[[SetRow], None]) -> None:
        super().__init__()
        self.desk, self.letter, self.texts = desk, "", Texts()
        self.name, self.names = QLabel(), QLabel()
        self.button, self.away = MeasuresButton(desk), quiet_button("remove")
        self.names.setProperty("role", "muted")
        self.names.setSizePolicy(
            self.names.sizePolicy().Policy.Ignored, self.names.sizePolicy().Policy.Preferred
        )
        self.button.ticked.connect(lambda _chosen: self.number(self.letter))
        self.away.clicked.connect(lambda: remove(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.grid(1))
        for widget in (self.name, self.button):
            row.addWidget(widget)
        row.addWidget(self.names, 1)
        row.addWidget(self.away)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def number(self, letter: str) -> None:
        """Be called by ``letter``."""
        self.letter = letter
        organisation = self.desk.session.organisation if self.desk.session else None
        names = set_name(organisation, self.button.chosen) if organisation else ""
        self.name.setText(_("Set {letter}", letter=letter))
        self.names.setText(names)
        self.names.setToolTip(names)
        self.button.setAccessibleName(_("Measures of set {letter}", letter=letter))
        self.away.setToolTip(_("Take set {letter} away", letter=letter))
        self.away.setAccessibleName(_("Take set {letter} away", letter=letter))
