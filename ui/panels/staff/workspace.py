"""The Staff workspace: who does what, who stays in war, what remains under strain."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from continuity.model.edits import Changes
from continuity.session import Session
from continuity.words import N_, _
from ui.desk import Desk
from ui.panels.staff.pages import DutiesPage, StaffPage, StrainPage, WarPage
from ui.workspace import Verb, Workspace

_PAGES: tuple[type[StaffPage], ...] = (DutiesPage, WarPage, StrainPage)
_SEEN = ("staff_group", "need", "supply", "function", "resource", "scenario", "event")


class StaffWorkspace(Workspace):
    """Staff in numbers, never names."""

    code, title, icon, verb = "staff", N_("Staff"), "people", Verb.DESCRIBE
    hint = N_("Who is promised to what, who stands in, who stays in war; never a name")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.pages = [page(desk, self.code) for page in _PAGES]
        for page in self.pages:
            self.tabs.addTab(page, "")
            page.go_to.connect(self.go_to)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.setFocusProxy(self.tabs)
        self.texts(self._say)

    def show_session(self, session: Session | None) -> None:
        self._refresh()

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*_SEEN):
            self._refresh()

    def retranslate(self) -> None:
        super().retranslate()
        for page in self.pages:
            page.retranslate()

    def retheme(self) -> None:
        for page in self.pages:
            page.retheme()

    def reveal(self, record_id: str) -> bool:
        found = [page.reveal(record_id) for page in self.pages]
        return any(found)

    def on_selection(self, ids: tuple[str, ...], origin: str) -> None:
        if origin != self.code and len(ids) == 1:
            self.reveal(ids[0])

    def _say(self) -> None:
        for place, page in enumerate(self.pages):
            self.tabs.setTabText(place, _(page.title))

    def _refresh(self) -> None:
        for page in self.pages:
            page.refresh()
