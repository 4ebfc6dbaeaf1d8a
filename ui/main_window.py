"""The frame of the window: rail, document bar, page, inspector, problems, status bar."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSplitter,
    QToolButton,
    QVBoxLayout,
)

from continuity import words
from continuity.model.edits import Changes
from continuity.model.problems import Refused
from continuity.words import _, ngettext
from ui import dialogs
from ui.app import speak_qt
from ui.commands import Commands, next_zoom
from ui.desk import Desk
from ui.document import Documents
from ui.document_bar import DocumentBar
from ui.exchange.verbs import Exchange
from ui.inspector.inspector import Inspector
from ui.pages import Pages
from ui.picker import items_of, pick
from ui.problems_panel import ProblemsPanel
from ui.rail import START, Rail
from ui.registry import ENTRIES, entry
from ui.room import Room
from ui.settings import Settings
from ui.start_page import StartPage
from ui.theme import theme
from ui.toasts import Toast
from ui.wizard import Wizard

if TYPE_CHECKING:
    from ui.history.window import HistoryWindow


class MainWindow(QMainWindow):
    """One window, one document."""

    def __init__(self, settings: Settings | None = None) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.desk = Desk(self)
        self.documents = Documents(self.desk, self.settings, self)
        self.exchange = Exchange(self.desk, self.documents, self.settings, self)
        self.commands = Commands(self)
        self.room = Room(self)
        self.history: HistoryWindow | None = None
        self.log_wanted: Path | None = None  # of the Situation desk
        self._build()
        self._wire()
        self.retranslate()
        self._on_session()
        self.refit()

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.commands.fill(self.menuBar())
        self.bar = DocumentBar(self.desk, self.commands)
        self.rail = Rail()
        self.start = StartPage(self.settings)
        self.pages = Pages(self.desk, self.start)
        self.problems = ProblemsPanel(self.desk)
        self.inspector = Inspector(self.desk)
        self.upright = QSplitter(Qt.Orientation.Vertical)
        self.level = QSplitter(Qt.Orientation.Horizontal)
        for splitter, parts in (
            (self.upright, (self.pages.scrolled(), self.problems)),
            (self.level, (self.upright, self.inspector)),
        ):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
            for part in parts:
                splitter.addWidget(part)
            splitter.setStretchFactor(0, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.level, 1)
        page = QFrame()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(middle, 1)
        self.setCentralWidget(page)
        self.toast = Toast(page, over=self.upright.widget(0))  # what is wrong stays in sight
        self.hint, self.counts = QLabel(), QToolButton()
        self.counts.setProperty("role", "quiet")
        self.counts.clicked.connect(self.commands["problems"].trigger)
        self.statusBar().addWidget(self.hint, 1)
        self.statusBar().addPermanentWidget(self.counts)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().setContentsMargins(theme.grid(1), 0, theme.grid(1), 0)

    def _wire(self) -> None:
        desk, commands, documents, exchange = self.desk, self.commands, self.documents, self.exchange
        for code, handler in {
            "new": documents.new, "open": documents.ask_and_open, "reference": documents.reference,
            "save": documents.save_version, "save_as": documents.save_as,
            "save_encrypted": documents.save_encrypted, "import": exchange.ask_import,
            "export": exchange.ask_export, "form": exchange.ask_form, "merge": exchange.ask_merge,
            "close": documents.close, "quit": self.close,
            "history": self.show_history, "undo": desk.undo, "redo": desk.redo, "find": self.find,
            "delete": lambda: desk.remove(desk.selection, origin="window"),
            "zoom_in": lambda: self.zoom_to(next_zoom(theme.zoom, 1)),
            "zoom_out": lambda: self.zoom_to(next_zoom(theme.zoom, -1)),
            "zoom_100": lambda: self.zoom_to(100),
            "keyboard": lambda: dialogs.keyboard(self), "about": lambda: dialogs.about(self),
        }.items():  # fmt: skip
            commands.on(code, handler)
        for code in ("problems", "inspector"):
            commands[code].setChecked(self.settings.flag(code, default=code == "inspector"))
            commands[code].toggled.connect(self.room.show_parts)
        commands["inspector"].triggered.connect(self.room.on_inspector)
        for name, action in commands.themes.items():
            action.triggered.connect(lambda _on=False, name=name: self.theme_to(name))
            action.setChecked(name == self.settings.theme)
        for name, action in commands.languages.items():
            action.triggered.connect(lambda _on=False, name=name: self.language_to(name))
            action.setChecked(name == words.current().language)
        commands.recent.aboutToShow.connect(self._fill_recent)
        desk.session_changed.connect(self._on_session)
        desk.changed.connect(self._on_changes)
        desk.selected.connect(self._on_selected)
        desk.wanted.connect(self.open_workspace)
        desk.said.connect(self.toast.say)
        desk.history_wanted.connect(self.show_history)
        desk.versions_changed.connect(self.bar.refresh)
        documents.opened.connect(self._on_opened)
        documents.busy_changed.connect(self.bar.set_busy)
        documents.saved_changed.connect(self._on_saved)
        self.rail.chosen.connect(self.open_workspace)
        self.pages.opened.connect(self._on_page)
        self.pages.go_to.connect(self.pages.reveal)
        self.problems.go_to.connect(self.pages.reveal)
        self.problems.counted.connect(self._on_counted)
        self.inspector.go_to.connect(self.pages.reveal)
        self.start.wanted.connect(self._on_door)
        self.start.file_wanted.connect(documents.open)
        theme.changing.connect(self.inspector.let_go)
        theme.changed.connect(self.refit)
        for place, code in enumerate(self.rail.buttons):
            if 0 < place < 10:
                QShortcut(f"Ctrl+{place}", self, lambda code=code: self.open_workspace(code))
        QShortcut("F6", self, lambda: self.room.next_part(1))
        QShortcut("Shift+F6", self, lambda: self.room.next_part(-1))

    # --- verbs ---------------------------------------------------------------------------------

    def open_workspace(self, code: str, record_id: str = "") -> None:
        """Show the workspace ``code`` (or the start page), and a record in it."""
        self.pages.open(code, record_id)

    def find(self) -> None:
        """Search every record and go to the one chosen."""
        session = self.desk.session
        if session is not None:
            pick(
                items_of(session.organisation), self.bar.find, self.pages.reveal, prompt=_("Find any record")
            )

    def show_history(self, record_id: str = "") -> None:
        """Show who changed what, of one record or of all, in a window beside this one."""
        from ui.history.window import HistoryWindow

        if self.desk.session is None:
            return
        if self.history is None:
            self.history = HistoryWindow(self.desk, self)
            self.history.go_to.connect(self.pages.reveal)
            self.history.name_wanted.connect(self.documents.save_version)
        self.history.open_on(record_id)

    # --- following -----------------------------------------------------------------------------

    def _on_session(self) -> None:
        session = self.desk.session
        self.commands.allow(session is not None)
        self.rail.allow(session is not None)
        self.pages.show_session(session)
        self.start.refresh()
        self._say_title()
        if session is None:
            self.open_workspace(START.code)

    def _on_page(self, code: str) -> None:
        self.rail.mark(code)
        self.room.show_parts()

    def _on_opened(self, workspace: str) -> None:
        if workspace == "situation":  # only the desk's own door asks for it
            from ui.happening_now import arrive

            arrive(self)
            return
        first = ENTRIES[0].code
        self.open_workspace(workspace if entry(workspace) else first)

    def _on_changes(self, changes: Changes) -> None:
        self.pages.on_changes(changes)
        gone = {record.id for record in changes.removed}
        if gone & set(self.desk.selection):
            self.desk.select(*(id_ for id_ in self.desk.selection if id_ not in gone), origin="window")
        self._say_title()

    def _on_selected(self, ids: tuple[str, ...], origin: str) -> None:
        self.pages.on_selection(ids, origin)
        self.commands["delete"].setEnabled(bool(ids))
        self.room.follow_choice()

    def _on_saved(self, saved: bool) -> None:
        session = self.desk.session
        problems = session.settle() if session is not None and not saved else []
        if problems:
            self.desk.refuse(Refused(problems))
        self._say_title()

    def _on_counted(self, errors: int, warnings: int, hints: int) -> None:
        parts = [
            ngettext("{n} error", "{n} errors", errors),
            ngettext("{n} warning", "{n} warnings", warnings),
            ngettext("{n} hint", "{n} hints", hints),
        ]
        self.counts.setText("  ·  ".join(parts) if self.desk.session else "")
        self.counts.setToolTip(f"{_('Problems')} (F8)")
        self.counts.setVisible(self.desk.session is not None)

    def _on_door(self, key: str) -> None:
        {
            "reference": self.documents.reference, "open": self.documents.ask_and_open, "new": self.ask,
            "exercise": self.practise, "now": self.happening_now,
        }[key]()  # fmt: skip

    def practise(self) -> None:
        """Go to the exercises of the open document, or of the reference agency."""
        if self.desk.session is None:
            self.documents.reference("exercise")
        else:
            self.open_workspace("exercise")

    def happening_now(self) -> None:
        """Ask on which model, or on which log, the desk is to be opened."""
        from ui.happening_now import HappeningNow

        self.now = HappeningNow(self)
        self.now.open()

    def to_the_desk(self, path: Path | None = None, log: Path | None = None, *, bare: bool = False) -> None:
        """Show the Situation desk with its log begun."""
        from ui.happening_now import to_the_desk

        to_the_desk(self, path, log, bare=bare)

    def ask(self) -> None:
        """Ask the fourteen questions of a first model."""
        self.wizard = Wizard(self, self.documents.build)
        self.wizard.open()

    def _say_title(self) -> None:
        session = self.desk.session
        self.bar.refresh()
        self.setWindowTitle(f"{session.title or _('Untitled')} – Uthållig" if session else "Uthållig")
        if session is None:
            self.hint.setText("")
            self.counts.setText("")
        else:
            self.hint.setText(ngettext("{n} record", "{n} records", len(session.organisation)))

    def _fill_recent(self) -> None:
        menu = self.commands.recent
        menu.clear()
        for path in self.settings.recent:
            menu.addAction(path.name, lambda path=path: self.documents.open(path)).setToolTip(str(path))
        if menu.isEmpty():
            menu.addAction(_("Nothing opened yet")).setEnabled(False)

    # --- look and language ---------------------------------------------------------------------

    def theme_to(self, name: str) -> None:
        """Change the theme and remember it."""
        self.settings.theme = name
        self._look(name=name)

    def zoom_to(self, zoom: int) -> None:
        """Change the size of everything and remember it."""
        self.settings.zoom = zoom
        self._look(zoom=zoom)

    def _look(self, name: str | None = None, zoom: int | None = None) -> None:
        """Change the look in one go; the pointer says that it takes a moment."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        self.setUpdatesEnabled(False)
        try:
            theme.use(name=name, zoom=zoom)
        finally:
            self.setUpdatesEnabled(True)
            QApplication.restoreOverrideCursor()

    def language_to(self, language: str) -> None:
        """Speak another language from now on."""
        self.settings.language = language
        words.set_language(language)
        speak_qt(language)
        self.retranslate()

    def retranslate(self) -> None:
        """Say every visible word in the language spoken now."""
        if self.history is not None:  # made anew when it is next asked for
            self.history.close()
            self.history.deleteLater()
            self.history = None
        self.commands.retranslate()
        self.rail.texts.refresh()
        self.start.refresh()
        self.problems.retranslate()
        self.inspector.retranslate()
        self.pages.retranslate()
        self.rail.fit()
        self._say_title()

    def refit(self) -> None:
        """Fit what the stylesheet cannot reach to the theme and zoom in force."""
        self.rail.fit()
        self.room.share()
        self.problems.fit()
        self.start.rebuild()
        self.inspector.retheme()
        self.pages.retheme()
        self.bar.refresh()

    # --- the window itself ---------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room.share()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.documents.close():
            event.ignore()
            return
        self.room.keep()
        event.accept()
        QTimer.singleShot(0, self.deleteLater)
