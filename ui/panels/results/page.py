"""A page of the results: brought up to date when it is looked at, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.runs.board import RunBoard
from ui.runs.fit import scrolled
from ui.texts import Texts

if TYPE_CHECKING:
    from continuity.model.organisation import Organisation
    from continuity.simulation.result import RunResult


class Page(QWidget):
    """Subclasses fill themselves in ``fill``; ``title`` is the English source word of the tab."""

    title = ""
    go_to = Signal(str)

    def __init__(self, board: RunBoard) -> None:
        super().__init__()
        self.board, self.texts = board, Texts()
        self._dirty = True

    @property
    def organisation(self) -> Organisation | None:
        """The model as it is now."""
        session = self.board.desk.session
        return session.organisation if session else None

    def fill(self, organisation: Organisation, result: RunResult) -> None:
        """Show ``result``."""

    def lay_in(self, content: QWidget) -> None:
        """Let ``content`` fill the page, and scroll where it has not its height."""
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolled(content))

    def refresh(self) -> None:
        """Be brought up to date, now or when next seen."""
        self._dirty = True
        if self.isVisible():
            self._fill()

    def retranslate(self) -> None:
        """Say everything in the language spoken now."""
        self.texts.refresh()
        self.refresh()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        organisation, result = self.organisation, self.board.result
        if self._dirty and organisation is not None and result is not None:
            self._dirty = False
            self.fill(organisation, result)
