"""The kinds of record at the left of the tables, with how many there are of each."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from continuity.model.kinds import KINDS
from continuity.model.organisation import Organisation
from continuity.words import _
from ui.theme import theme
from ui.theme.icons import icon

_KIND = Qt.ItemDataRole.UserRole


class KindList(QListWidget):
    """One line per kind; where room is short, icons only."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = False
        self._organisation: Organisation | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._on_current)
        self.fit()

    def fit(self) -> None:
        """Sizes at the zoom in force."""
        self.setFixedWidth(theme.px(52 if self._compact else 196))
        self.setIconSize(QSize(theme.px(16), theme.px(16)))

    def set_compact(self, compact: bool) -> None:
        """Show icons only, or words too."""
        if compact != self._compact:
            self._compact = compact
            self.say_counts(self._organisation)
        self.fit()

    def fill(self, organisation: Organisation | None) -> None:
        """Make the lines anew."""
        self.blockSignals(True)
        self.clear()
        for kind in KINDS.values():
            item = QListWidgetItem(icon(kind.name, "muted"), "")
            item.setData(_KIND, kind.name)
            self.addItem(item)
        self.say_counts(organisation)
        self.blockSignals(False)

    def say_counts(self, organisation: Organisation | None) -> None:
        """Say how many records there are of each kind."""
        self._organisation = organisation
        if organisation is None:
            return
        for place in range(self.count()):
            item = self.item(place)
            kind = KINDS[item.data(_KIND)]
            count = organisation.count(kind.name)
            text = _("{things} ({count})", things=_(kind.plural), count=count) if count else _(kind.plural)
            item.setText("" if self._compact else text)
            item.setToolTip(text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, text)

    def mark(self, name: str) -> None:
        """Make ``name`` the current line, without asking for it."""
        self.blockSignals(True)
        self.setCurrentRow(list(KINDS).index(name))
        self.blockSignals(False)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.wanted.emit(item.data(_KIND))
