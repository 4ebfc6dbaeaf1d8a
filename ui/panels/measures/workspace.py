"""The measures workspace: tick, compare, see what is gained and what each measure changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from continuity.model.edits import Add, Changes
from continuity.model.kinds import KINDS, Measure, Scenario
from continuity.model.organisation import Organisation
from continuity.simulation.request import RunRequest
from continuity.simulation.result import Comparison
from continuity.words import N_, _, current, ngettext
from ui.desk import Desk
from ui.making import made
from ui.panels.measures.budget_page import BudgetPage
from ui.panels.measures.changes import changes_said
from ui.panels.measures.gain import Gain
from ui.panels.measures.sets_page import SetsPage
from ui.panels.measures.table import MeasureTable
from ui.runs.bar import RunBar, StaleNote
from ui.runs.board import board_of
from ui.runs.choosers import PickButton, ReplicationsBox, scenario_items
from ui.runs.fit import fit_icons
from ui.runs.flow import FlowLayout
from ui.runs.outcome import meta_of
from ui.theme import theme
from ui.theme.icons import icon
from ui.workspace import Verb, Workspace

if TYPE_CHECKING:
    from continuity.session import Session


class MeasuresWorkspace(Workspace):
    """List above; below it what the chosen measure changes, and what those ticked give."""

    code = "measures"
    title = N_("Measures")
    hint = N_("What could be done about it, and what it would change")
    icon = "measures"
    verb = Verb.TEST

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board = board_of(desk)
        self.chosen = ""
        self._behind = True
        self.table, self.gain = MeasureTable(), Gain(self.board)
        self.progress, self.stale = RunBar(self.board), StaleNote(self.board)
        self.scenario = PickButton(self._items, N_("Scenario"))
        self.scenario_of_sets = PickButton(self._items, N_("Scenario"))
        self.sets, self.budget = SetsPage(desk, self.scenario_of_sets), BudgetPage(desk)
        self._build()
        self._wire()
        self.setFocusProxy(self.table)
        self.texts(self._say)
        fit_icons(self)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        self.times = ReplicationsBox()
        self.go, self.add = QPushButton(), QPushButton()
        self.go.setProperty("role", "primary")
        self.go.setIcon(icon("compare", "on_accent"))
        self.add.setIcon(icon("add"))
        self.in_, self.sum = QLabel(), QLabel()
        self.sum.setProperty("role", "muted")
        head = QFrame()
        column = QVBoxLayout(head)
        column.setContentsMargins(theme.grid(2), theme.grid(1), theme.grid(2), theme.grid(1))
        column.setSpacing(theme.grid(1))
        line = QWidget()
        flow = FlowLayout(line, theme.grid(1))
        for widget in (self.in_, self.scenario, self.times, self.go, self.add):
            flow.addWidget(widget)
        for widget in (line, self.progress, self.stale):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.grid(2), theme.grid(0.5), theme.grid(2), theme.grid(0.5))
        foot.addWidget(self.sum, 1)
        above = QWidget()
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self.table, 1)
        upper.addLayout(foot)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(above)
        self.splitter.addWidget(self._below())
        self.splitter.setSizes([theme.px(300), theme.px(330)])
        first = QWidget()
        page = QVBoxLayout(first)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(head)
        page.addWidget(self.splitter, 1)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for tab in (first, self.sets, self.budget):
            self.tabs.addTab(tab, "")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.tabs)

    def _below(self) -> QWidget:
        self.name, self.description, self.changes = QLabel(), QLabel(), QLabel()
        self.name.setProperty("role", "heading")
        self.caption = QLabel()
        self.caption.setProperty("role", "caption")
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.grid(2), theme.grid(1.5), theme.grid(2), theme.grid(1.5))
        column.setSpacing(theme.grid(1))
        column.addWidget(self.gain)
        for label in (self.name, self.description, self.caption, self.changes):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _wire(self) -> None:
        self.table.chosen.connect(self._on_chosen)
        self.table.measures.ticked.connect(lambda _on: self._sum())
        for button in (self.scenario, self.scenario_of_sets):
            button.picked.connect(self.show_scenario)
        self.go.clicked.connect(self.compare)
        self.add.clicked.connect(self.add_measure)
        self.board.changed.connect(self._on_board)
        self.board.busy_changed.connect(lambda _busy: self._sum())
        for keys, handler in (("Ctrl+R", self.compare), ("Esc", self.board.cancel)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(handler)

    def _say(self) -> None:
        self.table.setAccessibleName(_("Measures"))
        self.in_.setText(_("In the scenario"))
        self.go.setText(_("Compare"))
        self.go.setToolTip(_("Run without and with what is ticked, on the same draws (Ctrl+R)"))
        self.add.setText(_("New measure"))
        self.caption.setText(_("What it changes"))
        for place, title in enumerate((N_("Switch on and off"), SetsPage.title, BudgetPage.title)):
            self.tabs.setTabText(place, _(title))
        self._sum()

    # --- the document --------------------------------------------------------------------------

    def show_session(self, session: Session | None) -> None:
        self.chosen = ""
        self.table.measures.on = set()
        self._fill()
        scenarios = session.organisation.all(Scenario) if session else ()
        self.show_scenario(scenarios[0].id if scenarios else "")
        self.sets.show_document()
        self.budget.show_document(self.scenario.key)
        self._on_board()

    def on_changes(self, changes: Changes) -> None:
        if changes.touches("measure", "role"):
            self._fill()
        elif changes.touches(*KINDS):
            self._show_measure()
        if changes.touches("scenario"):
            self.show_scenario(self.scenario.key)
        for page in (self.sets, self.budget):
            page.on_changes()

    def retranslate(self) -> None:
        super().retranslate()
        for texts in (self.progress.texts, self.stale.texts):
            texts.refresh()
        self.times.say()
        for part in (self.gain, self.sets, self.budget):
            part.retranslate()
        self._fill()
        self.show_scenario(self.scenario.key)

    def retheme(self) -> None:
        fit_icons(self)
        self.table.fit()
        for part in (self.gain, self.sets, self.budget):
            part.retheme()

    def reveal(self, record_id: str) -> bool:
        if record_id in {m.id for m in self.table.measures.measures}:
            self.tabs.setCurrentIndex(0)
        return self.table.choose(record_id)

    @property
    def _organisation(self) -> Organisation | None:
        return self.session.organisation if self.session else None

    def _fill(self) -> None:
        self.table.measures.show(self._organisation)
        if not self.table.choose(self.chosen) and self.table.measures.measures:
            self.chosen = self.table.measures.measures[0].id
            self.table.choose(self.chosen)
        self._show_measure()
        self._sum()

    def _items(self) -> list:
        return scenario_items(self._organisation) if self._organisation else []

    # --- choosing ------------------------------------------------------------------------------

    def show_scenario(self, scenario_id: str) -> None:
        """Show the scenario in which the measures are compared."""
        organisation = self._organisation
        scenario = organisation.of(Scenario, scenario_id) if organisation else None
        for button in (self.scenario, self.scenario_of_sets):
            if scenario is None:
                button.show_key("", _("Choose a scenario"), "scenario")
            else:
                button.show_key(scenario.id, f"{scenario.code} {scenario.name}", "scenario")
        self._sum()

    def _on_chosen(self, measure: str) -> None:
        self.chosen = measure
        self._show_measure()
        if self.table.hasFocus():
            self.desk.select(measure, origin=self.code)

    def _show_measure(self) -> None:
        organisation = self._organisation
        measure = organisation.of(Measure, self.chosen) if organisation else None
        for label in (self.name, self.description, self.caption, self.changes):
            label.setVisible(measure is not None)
        if measure is None or organisation is None:
            return
        self.name.setText(measure.name)
        about = [measure.description, measure.legal_basis]
        self.description.setText("\n".join(part for part in about if part))
        self.description.setVisible(any(about))
        lines = changes_said(organisation, measure)
        if not lines:
            lines = [_("Nothing in the model: it is in place already, or its changes are not described.")]
        self.changes.setText("\n".join(f"• {line}" for line in lines))

    def _sum(self) -> None:
        """Say what is ticked and what it costs."""
        model, words = self.table.measures, current()
        on = [m for m in model.measures if m.id in model.on]
        self.go.setEnabled(bool(on) and bool(self.scenario.key) and not self.board.busy)
        if not on:
            self.sum.setText(_("Tick the measures to compare with doing nothing more."))
            return
        self.sum.setText(
            ngettext(
                "{n} measure on: {once} once, {yearly} per year",
                "{n} measures on: {once} once, {yearly} per year",
                len(on),
                once=words.sek(sum(m.cost_once for m in on)),
                yearly=words.sek(sum(m.cost_yearly for m in on)),
            )
        )

    # --- doing ---------------------------------------------------------------------------------

    def compare(self) -> None:
        """Run without and with the measures that are ticked."""
        on = self.table.measures.chosen
        if on and self.scenario.key:
            self.board.start(
                RunRequest(
                    self.scenario.key,
                    on,
                    compare=True,
                    replications=self.times.replications,
                    precision=self.times.precision,
                )
            )

    def add_measure(self) -> None:
        """Add an empty measure; its fields are filled in in the inspector."""
        organisation = self._organisation
        record = made(organisation, KINDS["measure"], name=_("New measure")) if organisation else None
        if record is not None and self.desk.edit(Add(record), origin=self.code):
            self.table.choose(record.id)
            self.desk.select(record.id, origin=self.code)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._behind:
            self._on_board()

    def _on_board(self) -> None:
        self._behind = not self.isVisible()  # nobody looks: later
        if self._behind:
            return
        outcome = self.board.outcome
        self.gain.refresh()
        if isinstance(outcome, Comparison):
            self.table.measures.tick(meta_of(outcome).measures)
            self.show_scenario(meta_of(outcome).scenario)
