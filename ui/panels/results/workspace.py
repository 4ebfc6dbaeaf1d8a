"""The results workspace: what to run above, what it says below."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QTabWidget, QToolButton, QVBoxLayout, QWidget

from continuity.model.edits import Changes
from continuity.model.kinds import Function, Scenario, Stream
from continuity.words import N_, _
from ui.desk import Desk
from ui.panels.results.breaches_page import BreachesPage
from ui.panels.results.causes_page import CausesPage
from ui.panels.results.functions_page import FunctionsPage
from ui.panels.results.missed_page import MissedPage
from ui.panels.results.page import Page
from ui.panels.results.payments_page import PaymentsPage
from ui.panels.results.run_form import RunForm
from ui.panels.results.runs_page import RunsPage
from ui.panels.results.staff_page import StaffPage
from ui.panels.results.summary import SummaryPage
from ui.runs import said
from ui.runs.bar import RemarksNote, SideSwitch, StaleNote
from ui.runs.board import board_of
from ui.runs.film_bar import WHICH
from ui.runs.fit import fit_icons
from ui.runs.outcome import meta_of
from ui.runs.reel import reel_of
from ui.theme import theme
from ui.theme.icons import icon
from ui.workspace import Verb, Workspace

if TYPE_CHECKING:
    from continuity.session import Session

_PAGES: tuple[type[Page], ...] = (
    SummaryPage, FunctionsPage, PaymentsPage, MissedPage, BreachesPage, StaffPage, CausesPage, RunsPage,
)  # fmt: skip
_NAMED = ("function", "resource", "staff_group", "stream", "stage", "scenario", "measure", "agency")


class ResultsWorkspace(Workspace):
    """Follows the board of runs, wherever a run was started."""

    code = "results"
    title = N_("Results")
    hint = N_("What a run says: people, money, functions, causes")
    icon = "results"
    verb = Verb.TEST

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board = board_of(desk)
        self.form = RunForm(self.board)
        self.stale, self.side = StaleNote(self.board), SideSwitch(self.board)
        self.remarks = RemarksNote(self.board)
        self.what = QLabel()
        self.what.setProperty("role", "muted")
        self.what.setWordWrap(True)
        self.empty = QLabel()
        self.empty.setProperty("role", "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.reel = reel_of(desk)
        self.step = QToolButton()
        self.step.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.step.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.step.setIcon(icon("play"))
        menu = QMenu(self.step)
        for code, label in WHICH:
            menu.addAction(_(label), partial(self.follow, code))
        self.step.setMenu(menu)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.pages = [page(self.board) for page in _PAGES]
        self._shown_run = ""
        self._build()
        self.form.asked.connect(self.board.start)
        self.board.changed.connect(self._on_board)
        self._shortcuts()
        self.texts(self._say)
        fit_icons(self)

    def _build(self) -> None:
        for page in self.pages:
            self.tabs.addTab(page, "")
            page.go_to.connect(self.go_to)
        head = QHBoxLayout()
        head.setContentsMargins(theme.grid(2), 0, theme.grid(2), theme.grid(0.5))
        head.setSpacing(theme.grid(2))
        head.addWidget(self.what, 1)
        head.addWidget(self.step)
        head.addWidget(self.side)
        note = QVBoxLayout()
        note.setContentsMargins(theme.grid(2), 0, theme.grid(2), 0)
        note.setSpacing(theme.grid(0.5))
        note.addWidget(self.stale)
        note.addWidget(self.remarks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.grid(0.25))
        column.addWidget(self.form)
        column.addLayout(note)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        column.addWidget(self.empty, 1)

    def _shortcuts(self) -> None:
        for keys, handler in (("Ctrl+R", self.form.ask), ("Esc", self.board.cancel)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(handler)

    def _say(self) -> None:
        for place, page in enumerate(self.pages):
            self.tabs.setTabText(place, _(page.title))
        self.step.setText(_("Step through a run"))
        self.step.setToolTip(_("Follow one run on the map, with the clock"))
        for action, (_code, label) in zip(self.step.menu().actions(), WHICH, strict=True):
            action.setText(_(label))
        self.empty.setText(
            _("Nothing has been run yet. Choose a scenario above and run it: it takes a few seconds.")
        )

    # --- the document --------------------------------------------------------------------------

    def show_session(self, session: Session | None) -> None:
        self._shown_run = ""
        scenarios = session.organisation.all(Scenario) if session else ()
        self.form.measures.show_chosen(())
        self.form.show_scenario(scenarios[0].id if scenarios else "")
        self._on_board()

    def on_changes(self, changes: Changes) -> None:
        if changes.touches("scenario", "measure"):
            self.form.measures.show_chosen(self.form.measures.chosen)
            known = self.session is not None and self.session.organisation.get(self.form.scenario.key)
            if not known:
                self.form.show_scenario("")
        if changes.touches(*_NAMED):
            self._refresh_pages()

    def retranslate(self) -> None:
        super().retranslate()
        self.form.retranslate()
        for texts in (self.stale.texts, self.side.texts, self.remarks.texts):
            texts.refresh()
        for page in self.pages:
            page.retranslate()
        self._on_board()

    def retheme(self) -> None:
        fit_icons(self)
        self.form.date.fit()
        for page in self.pages:
            page.retheme()

    def reveal(self, record_id: str) -> bool:
        organisation = self.session.organisation if self.session else None
        record = organisation.get(record_id) if organisation else None
        if isinstance(record, Scenario):
            self.form.show_scenario(record_id)
            return True
        if isinstance(record, Function) and self.board.result is not None:
            functions = next(page for page in self.pages if isinstance(page, FunctionsPage))
            self.tabs.setCurrentWidget(functions)
            functions.choose(record_id)
            return True
        return isinstance(record, Stream)

    def follow(self, which: str) -> None:
        """Show the typical, bad or worst run on the map, minute by minute."""
        if self.board.result is not None and not self.board.coarse:
            self.reel.load(self.board.result, which)
            self.desk.go("map")

    # --- following the board -------------------------------------------------------------------

    def _on_board(self) -> None:
        outcome = self.board.outcome
        shown = outcome is not None and self.session is not None
        for widget in (self.tabs, self.what, self.step):
            widget.setVisible(shown)
        self.empty.setVisible(not shown)
        self.setFocusProxy(self.tabs if shown else self.form.scenario)
        if outcome is None or self.session is None:
            return
        self.step.setEnabled(not self.board.coarse)
        self.what.setText(said.what_was_run(self.session.organisation, outcome))
        self.what.setToolTip(_("Run {id}", id=meta_of(outcome).id))
        if meta_of(outcome).id != self._shown_run:
            self._shown_run = meta_of(outcome).id
            self.form.show_outcome(outcome)
        self._refresh_pages()

    def _refresh_pages(self) -> None:
        for page in self.pages:
            page.refresh()
