"""The weak points workspace: which scenario above, five questions below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from continuity.model.edits import Changes
from continuity.model.kinds import KINDS, Scenario
from continuity.session import Session
from continuity.words import N_, _
from ui.desk import Desk
from ui.panels.weak.achieved_page import AchievedPage
from ui.panels.weak.chances_page import ChancesPage
from ui.panels.weak.drivers_page import DriversPage
from ui.panels.weak.page import WeakPage
from ui.panels.weak.points_page import PointsPage
from ui.panels.weak.uncertain_page import UncertainPage
from ui.picker import Item
from ui.runs.board import board_of
from ui.runs.choosers import PickButton, scenario_items
from ui.runs.fit import fit_icons
from ui.runs.outcome import meta_of
from ui.theme import theme
from ui.workspace import Verb, Workspace

_PAGES: tuple[type[WeakPage], ...] = (DriversPage, PointsPage, ChancesPage, UncertainPage, AchievedPage)


class WeakWorkspace(Workspace):
    """Each page works in the background, and can be stopped."""

    code, title, icon, verb = "weak", N_("Weak points"), "weak", Verb.TEST
    hint = N_("What drives lost payments, what stands alone, which number to find out better, what is met")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.in_ = QLabel()
        self.scenario = PickButton(self._items, N_("Scenario"))
        self.scenario.picked.connect(self.show_scenario)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.pages = [page(desk, lambda: self.scenario.key) for page in _PAGES]
        for page in self.pages:
            self.tabs.addTab(page, "")
            page.go_to.connect(self.go_to)
        head = QHBoxLayout()
        head.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(0.5))
        head.setSpacing(theme.grid(1))
        head.addWidget(self.in_)
        head.addWidget(self.scenario, 1)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        self.setFocusProxy(self.tabs)
        for keys, handler in (("Ctrl+R", self.turn), ("Esc", self.stop)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(handler)
        self.texts(self._say)
        fit_icons(self)

    @property
    def current(self) -> WeakPage:
        """The page that is shown."""
        return self.pages[self.tabs.currentIndex()]

    def turn(self) -> None:
        """Begin the analysis of the page shown, or stop it."""
        self.current.job.turn()

    def stop(self) -> None:
        """Stop what the page shown is working out."""
        self.current.job.stop()

    # --- the document --------------------------------------------------------------------------

    def show_session(self, session: Session | None) -> None:
        for page in self.pages:
            page.clear()
        outcome = board_of(self.desk).outcome
        scenarios = session.organisation.all(Scenario) if session else ()
        known = {scenario.id for scenario in scenarios}
        ran = meta_of(outcome).scenario if outcome is not None else ""
        first = scenarios[0].id if scenarios else ""
        self.show_scenario(ran if ran in known else first)

    def on_changes(self, changes: Changes) -> None:
        if changes.touches("scenario"):
            self.show_scenario(self.scenario.key)
        if changes.touches(*KINDS):
            for page in self.pages:
                page.on_changes()

    def retranslate(self) -> None:
        super().retranslate()
        self.show_scenario(self.scenario.key)
        for page in self.pages:
            page.retranslate()

    def retheme(self) -> None:
        fit_icons(self)
        for page in self.pages:
            page.retheme()

    def reveal(self, record_id: str) -> bool:
        record = self.session.organisation.get(record_id) if self.session else None
        if isinstance(record, Scenario):
            self.show_scenario(record_id)
            return True
        return False

    def show_scenario(self, scenario_id: str) -> None:
        """Show the scenario in which the questions are asked."""
        organisation = self.session.organisation if self.session else None
        scenario = organisation.of(Scenario, scenario_id) if organisation else None
        if scenario is None:
            self.scenario.show_key("", _("Choose a scenario"), "scenario")
        else:
            self.scenario.show_key(scenario.id, f"{scenario.code} {scenario.name}", "scenario")

    def _items(self) -> list[Item]:
        return scenario_items(self.session.organisation) if self.session else []

    def _say(self) -> None:
        self.in_.setText(_("In the scenario"))
        for place, page in enumerate(self.pages):
            self.tabs.setTabText(place, _(page.title))
