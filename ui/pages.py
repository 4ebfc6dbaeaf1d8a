"""The pages of the window: the start page and the workspaces, made when first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from continuity.model.edits import Changes
from ui.desk import Desk
from ui.rail import START
from ui.registry import entry
from ui.workspace import Workspace

if TYPE_CHECKING:
    from continuity.session import Session


class Pages(QStackedWidget):
    """Shows one page and tells all of them what happens."""

    opened = Signal(str)  # code of the page now shown
    go_to = Signal(str)  # a record chosen on a page

    def __init__(self, desk: Desk, start: QWidget) -> None:
        super().__init__()
        self.desk, self.start = desk, start
        self.made: dict[str, Workspace] = {}
        self.current = START.code
        self.addWidget(start)
        self.currentChanged.connect(lambda _place: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of the page shown, not of the greediest one."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def scrolled(self) -> QScrollArea:
        """Return the pages in an area that scrolls where the text is too large for the window."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self)
        return area

    @property
    def needs_room(self) -> bool:
        """Whether the page shown would rather have the inspector's room while nothing is chosen."""
        page = self.made.get(self.current)
        return page is not None and page.spacious

    def open(self, code: str, record_id: str = "") -> None:
        """Show the page ``code`` and a record on it; without a document there is only the start page."""
        if entry(code) is None or self.desk.session is None:
            code = START.code
        page = self.start if code == START.code else self._workspace(code)
        self.current = code
        self.setCurrentWidget(page)
        page.setFocus()
        self.opened.emit(code)
        if record_id and isinstance(page, Workspace):
            page.reveal(record_id)

    def reveal(self, record_id: str) -> None:
        """Choose a record and bring it into view here, if it has a place here."""
        self.desk.select(record_id, origin="window")
        page = self.made.get(self.current)
        if page is None:
            self.open("tables", record_id)
        else:
            page.reveal(record_id)

    def show_session(self, session: Session | None) -> None:
        """Tell every page of another document."""
        for page in self.made.values():
            page.show_session(session)

    def on_changes(self, changes: Changes) -> None:
        """Tell every page of an edit."""
        for page in self.made.values():
            page.on_changes(changes)

    def on_selection(self, ids: tuple[str, ...], origin: str) -> None:
        """Tell every page what is chosen."""
        for page in self.made.values():
            page.on_selection(ids, origin)

    def retranslate(self) -> None:
        """Let every page speak the language spoken now."""
        for page in self.made.values():
            page.retranslate()

    def retheme(self) -> None:
        """Let every page take the theme and zoom in force."""
        for page in self.made.values():
            page.retheme()

    def _workspace(self, code: str) -> Workspace:
        if code not in self.made:
            known = entry(code)
            assert known is not None
            page = known.load()(self.desk)
            page.go_to.connect(self.go_to)
            self.made[code] = page
            self.addWidget(page)
            page.show_session(self.desk.session)
        return self.made[code]
