"""The import wizard: read the file, say what it means, try it, take it in as one step."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from continuity import messages
from continuity.model.problems import Refused
from continuity.session import MODELS, Mapping, Prepared, Session, Watch, Workbook
from continuity.words import _, ngettext
from ui.desk import Desk
from ui.exchange.columns_page import ColumnsPage
from ui.exchange.trial_page import TrialPage
from ui.exchange.watched import Watched
from ui.theme import theme

_CELL = re.compile(r"(?P<sheet>.*)!(?P<column>[A-Z]*)(?P<row>\d+)")


class ImportDialog(QDialog):
    """One file on its way into the document. Nothing is changed before “Import” is pressed."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.path = desk, path
        self.workbook: Workbook | None = None
        self.own = False
        self.prepared: Prepared | None = None
        self.setWindowTitle(_("Import {name}", name=path.name))
        self.title, self.problem = QLabel(), QLabel()
        self.title.setProperty("role", "title")
        self.problem.setProperty("role", "breach")
        self.problem.hide()
        self.problem.setWordWrap(True)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.columns, self.trial = ColumnsPage(), TrialPage()
        self.columns.changed.connect(self._on_changed)
        self.trial.fault_chosen.connect(self._reveal)
        self.watched = Watched(desk)
        self.watched.busy_changed.connect(lambda _busy: self._allow())
        self.stack = QStackedWidget()
        for page in (QWidget(), self.columns, self.trial):
            self.stack.addWidget(page)
        self._lay_out()
        self._read()

    def _lay_out(self) -> None:
        self.back = _button(_("Back"), lambda: self._go(1))
        self.next = _button(_("Try it"), self.try_out, primary=True)
        self.take = _button(_("Import"), self.do_import, primary=True)
        self.leave = _button(_("Cancel"), self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(theme.grid(1))
        foot.addWidget(self.watched, 1)
        foot.addStretch(0)
        for button in (self.back, self.next, self.take, self.leave):
            foot.addWidget(button)
        page = QVBoxLayout(self)
        page.setContentsMargins(*4 * [theme.grid(2)])
        page.setSpacing(theme.grid(1))
        page.addWidget(self.title)
        page.addWidget(self.problem)
        page.addWidget(self.stack, 1)
        page.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(1080), room.width() - 40), min(theme.px(760), room.height() - 60))
        self._go(0)

    # --- reading -------------------------------------------------------------------------------

    def _read(self) -> None:
        session, path = self.desk.session, self.path
        if session is None:
            return
        if path.suffix.lower() in MODELS:
            self.watched.start(_("Reading the file …"), session.reading(path), self._on_trial, self._fail)
        else:
            work = lambda watch: Session.read_sheets(path, watch)  # noqa: E731
            self.watched.start(_("Reading the file …"), work, self._on_read, self._fail)

    def _on_read(self, found: tuple[Workbook, list[Mapping]]) -> None:
        self.workbook, mappings = found
        self.own = all(mapping.exact for mapping in mappings)
        if self.own:
            self._try(mappings)
            return
        self.columns.show_workbook(self.workbook, mappings)
        self._go(1)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, Refused):
            said = "\n".join(messages.full(problem) for problem in error.problems[:8])
            more = len(error.problems) - 8
            if more > 0:
                said += "\n" + _("… and {count} more.", count=more)
        else:
            said = _("This did not work: {error}", error=str(error))
        self.problem.setText(said)
        self.problem.show()
        self._allow()

    # --- trying --------------------------------------------------------------------------------

    def try_out(self) -> None:
        """Find out what the import would do, without doing it."""
        self._try(self.columns.chosen())

    def _try(self, mappings: list[Mapping]) -> None:
        session = self.desk.session
        if session is None or self.workbook is None:
            return
        if not mappings:
            self.problem.show()
            self.problem.setText(_("Choose at least one sheet, and what its columns mean."))
            return
        self.problem.hide()
        work = session.drafting(self.workbook, mappings)
        self.watched.start(_("Trying the import …"), work, self._on_trial, self._fail)

    def _on_trial(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.trial.show_trial(prepared)
        faults: dict[str, dict[tuple[int, int], str]] = {}
        for problem in prepared.draft.problems:
            if (found := _CELL.fullmatch(problem.path)) and found["column"]:
                cell = int(found["row"]) - 1, _column(found["column"])
                faults.setdefault(found["sheet"], {})[cell] = messages.sentence(problem)
        self.columns.show_faults(faults)
        self._go(2)

    def _reveal(self, place: str) -> None:
        found = _CELL.fullmatch(place)
        if found and self.workbook is not None and not self.own:
            self._go(1)
            column = _column(found["column"]) if found["column"] else None
            self.columns.reveal(found["sheet"], int(found["row"]) - 1, column)

    def _on_changed(self) -> None:
        self.prepared = None
        self._allow()

    # --- taking --------------------------------------------------------------------------------

    def do_import(self) -> None:
        """Take the rows without faults into the document, as one step."""
        session, prepared = self.desk.session, self.prepared
        if session is None or prepared is None or self.watched.busy:
            return
        try:
            changes = session.take(prepared)
        except Refused as refused:
            self._fail(refused)
            return
        if self.workbook is not None:
            for mapping in prepared.mappings:
                Session.remember_mapping(self.workbook, mapping)
        count = len(changes.added) + len(changes.replaced)
        said = ngettext(
            "{n} record imported from {name}. Undo takes all of it back.",
            "{n} records imported from {name}. Undo takes all of it back.",
            count,
            name=self.path.name,
        )
        self.desk.say(said, "done")
        self.accept()

    def _go(self, page: int) -> None:
        self.stack.setCurrentIndex(page)
        self._allow()

    def _allow(self) -> None:
        """Offer the buttons that can be pressed now."""
        page, busy = self.stack.currentIndex(), self.watched.busy
        draft = self.prepared.draft if self.prepared else None
        good = draft.count("added") + draft.count("changed") + draft.made if draft else 0
        start = _("Reading …") if busy else _("The file cannot be read")
        self.title.setText(
            (start, _("What do the columns mean?"), _("This is what the import would do"))[page]
        )
        self.back.setVisible(page == 2 and self.workbook is not None and not self.own)
        self.next.setVisible(page == 1)
        self.next.setEnabled(not busy)
        self.take.setVisible(page == 2)
        self.take.setEnabled(not busy and good > 0)
        for button in (self.next, self.take):
            button.setDefault(button.isVisible())
            if button.isVisible() and button.isEnabled():
                button.setFocus()

    def reject(self) -> None:
        self.watched.cancel()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.watched.cancel()
        super().closeEvent(event)


def _button(text: str, handler: object, *, primary: bool = False) -> QPushButton:
    button = QPushButton(text)
    if primary:
        button.setProperty("role", "primary")
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked=False: handler())  # type: ignore[operator]
    return button


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


__all__ = ["ImportDialog", "Watch"]
