"""The Impact workspace: matrix, pre-analysis, needed and achievable, evidence."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from continuity.model.edits import Changes
from continuity.model.kinds import Function, StaffGroup
from continuity.session import Session
from continuity.words import N_, _
from ui.described import DescribePage
from ui.desk import Desk
from ui.panels.impact.evidence_page import EvidencePage
from ui.panels.impact.matrix_page import MatrixPage
from ui.panels.impact.quick_page import QuickPage
from ui.panels.impact.rollup_page import RollUpPage
from ui.runs.fit import fit_icons
from ui.workspace import Verb, Workspace

_PAGES: tuple[type[DescribePage], ...] = (MatrixPage, QuickPage, RollUpPage, EvidencePage)


class ImpactWorkspace(Workspace):
    """How bad, how soon, how well known."""

    code, title, icon, verb = "impact", N_("Impact"), "impact", Verb.DESCRIBE
    hint = N_("How bad an outage is, what is needed and achievable, what it rests on")

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
        fit_icons(self)

    def page(self, of: type[DescribePage]) -> DescribePage:
        """Return one of the pages."""
        return next(page for page in self.pages if isinstance(page, of))

    def show_session(self, session: Session | None) -> None:
        self._refresh()

    def on_changes(self, changes: Changes) -> None:
        self._refresh()

    def retranslate(self) -> None:
        super().retranslate()
        for page in self.pages:
            page.retranslate()

    def retheme(self) -> None:
        fit_icons(self)
        for page in self.pages:
            page.retheme()

    def reveal(self, record_id: str) -> bool:
        record = self.session.organisation.get(record_id) if self.session else None
        if isinstance(record, Function) and not isinstance(self.tabs.currentWidget(), RollUpPage):
            self.tabs.setCurrentWidget(self.page(MatrixPage))
            return self.page(MatrixPage).reveal(record_id)
        if record is None or isinstance(record, StaffGroup):
            return False
        self.tabs.setCurrentWidget(self.page(RollUpPage))
        return self.page(RollUpPage).reveal(record_id)

    def on_selection(self, ids: tuple[str, ...], origin: str) -> None:
        if origin != self.code and len(ids) == 1 and self.session is not None:
            record = self.session.organisation.get(ids[0])
            if isinstance(record, Function):
                self.page(MatrixPage).reveal(ids[0])

    def _say(self) -> None:
        for place, page in enumerate(self.pages):
            self.tabs.setTabText(place, _(page.title))

    def _refresh(self) -> None:
        for page in self.pages:
            page.refresh()
