"""A page of the description: brought up to date when it is looked at, not before."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QTableView, QWidget

from continuity.model.edits import Edit
from continuity.model.organisation import Organisation
from continuity.session import Session
from continuity.words import _
from ui.desk import Desk
from ui.runs.fit import yielding
from ui.texts import Texts


class DescribePage(QWidget):
    """Subclasses fill themselves in ``fill``; ``title`` is the English source word of the tab."""

    title = ""
    go_to = Signal(str)

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__()
        self.desk, self.code, self.texts = desk, code, Texts()
        self._dirty, self._seen = True, False

    @property
    def session(self) -> Session | None:
        """The open document."""
        return self.desk.session

    @property
    def organisation(self) -> Organisation | None:
        """The model as it is now."""
        return self.session.organisation if self.session else None

    def fill(self) -> None:
        """Show the document as it is now."""

    def wait(self, label: QLabel, table: QTableView) -> None:
        """Say in ``label`` that ``table`` is being worked out, while it is empty."""
        if not table.model().rowCount():
            label.setText(_("Working it out …"))
            label.show()

    def edit(self, edit: Edit) -> bool:
        """Carry out a judgement; a document without a scale gets the usual one in the same step."""
        if self.session is None:
            return False
        return self.desk.edit(self.session.with_scale(edit), origin=self.code) is not None

    def refresh(self) -> None:
        """Be brought up to date, now or when next seen."""
        self._dirty = True
        if self.isVisible():
            self._fill()

    def retranslate(self) -> None:
        """Say everything in the language spoken now, also what stands on a page that is not looked at."""
        self.texts.refresh()
        self._dirty = True
        if self._seen or self.isVisible():
            self._fill()

    def retheme(self) -> None:
        """Sizes for the zoom in force."""

    def reveal(self, record_id: str) -> bool:
        """Show a record; False where it has no place here."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def _fill(self) -> None:
        if self._dirty and self.organisation is not None:
            self._dirty, self._seen = False, True
            self.fill()


def plain_label(role: str = "") -> QLabel:
    """Return a label that wraps and whose text can be marked."""
    label = yielding(QLabel())
    if role:
        label.setProperty("role", role)
    return label
