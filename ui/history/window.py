"""The window of the history: steps and versions, beside the work."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from continuity.words import _
from ui.desk import Desk
from ui.history.steps import StepsPage
from ui.history.versions import VersionsPage
from ui.theme import theme


class HistoryWindow(QDialog):
    """Open while one goes on working; it follows the document."""

    go_to = Signal(str)
    name_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setWindowTitle(_("History and versions"))
        self.steps, self.versions = StepsPage(desk), VersionsPage(desk)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.steps, _("Changes"))
        self.tabs.addTab(self.versions, _("Versions"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*4 * [theme.grid(1.5)])
        column.addWidget(self.tabs)
        for page in (self.steps, self.versions):
            page.go_to.connect(self.go_to)
        self.versions.name_wanted.connect(self.name_wanted)
        desk.changed.connect(self._on_changes)
        desk.versions_changed.connect(self.versions.load)
        desk.session_changed.connect(self.close)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(920), room.width() - 40), min(theme.px(640), room.height() - 60))

    def open_on(self, record_id: str = "", *, versions: bool = False) -> None:
        """Show the steps of one record (or of all), or the versions."""
        self.steps.about(record_id)
        self.steps.load()
        self.versions.load()
        self.tabs.setCurrentIndex(int(versions))
        self.show()
        self.raise_()
        self.activateWindow()

    def _on_changes(self, _changes: object) -> None:
        if self.isVisible():
            self.steps.load()
            self.versions.compare()
