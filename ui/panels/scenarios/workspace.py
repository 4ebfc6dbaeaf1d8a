"""The scenarios workspace: the ladder at the left, the scenario chosen at the right."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from continuity.model.edits import Add, Changes, Group, amend
from continuity.model.kinds import KINDS, Element, Event, Scenario
from continuity.model.kinds.scenarios import STRAIN
from continuity.model.organisation import Organisation
from continuity.simulation.request import RunRequest
from continuity.words import N_, _
from ui.desk import Desk
from ui.making import duplicated, made, made_part
from ui.panels.scenarios.combine_dialog import CombineDialog
from ui.panels.scenarios.ladder import Ladder
from ui.panels.scenarios.library_dialog import LibraryDialog
from ui.panels.scenarios.shaping import Shaping
from ui.panels.scenarios.sheet import ScenarioSheet
from ui.panels.scenarios.sweep_dialog import SweepDialog
from ui.runs.bar import RunBar
from ui.runs.board import board_of
from ui.runs.fit import fit_icons
from ui.theme import theme
from ui.theme.icons import icon
from ui.workspace import Verb, Workspace

if TYPE_CHECKING:
    from continuity.session import Session

_REPLICATIONS = 1000


class ScenariosWorkspace(Workspace):
    """Fields are changed in the inspector, which follows what is chosen here."""

    code = "scenarios"
    title = N_("Scenarios")
    hint = N_("What could happen: planning assumptions that can be run")
    icon = "scenarios"
    verb = Verb.TEST

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board = board_of(desk)
        self.scenario = ""
        self.event_id = ""
        self.ladder, self.sheet = Ladder(), ScenarioSheet()
        self.progress = RunBar(self.board)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "muted")
        self.add = QPushButton()
        self.add.setIcon(icon("add"))
        self.copy = QPushButton()
        self.copy.setIcon(icon("duplicate"))
        self._build()
        self.setFocusProxy(self.ladder)
        self.texts(self._say)
        fit_icons(self)

    # --- building ------------------------------------------------------------------------------

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, theme.grid(1))
        column.setSpacing(theme.grid(1))
        column.addWidget(self.ladder, 1)
        line = QHBoxLayout()
        line.setContentsMargins(theme.grid(1), 0, theme.grid(1), 0)
        line.addWidget(self.add)
        line.addWidget(self.copy)
        line.addStretch(1)
        column.addLayout(line)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.grid(2), 0, theme.grid(2), 0)
        bar.addWidget(self.progress)
        beside.addLayout(bar)
        beside.addWidget(self.sheet, 1)
        beside.addWidget(self.empty, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([theme.px(250), theme.px(700)])
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.splitter)
        self.ladder.chosen.connect(self.show_scenario)
        self.ladder.removed.connect(self.remove)
        self.ladder.lifted.connect(self.lift)
        self.add.clicked.connect(self.add_scenario)
        self.copy.clicked.connect(self.from_library)
        self.sheet.wanted.connect(self._do)
        self.sheet.event_chosen.connect(self.choose_event)
        self.sheet.go_to.connect(self.go_to)
        self.shaping = Shaping(self)
        self.board.busy_changed.connect(lambda busy: self.sheet.buttons["run"].setEnabled(not busy))

    def _say(self) -> None:
        self.ladder.setAccessibleName(_("Scenarios by strain level"))
        self.add.setText(_("New scenario"))
        self.copy.setText(_("From the library"))
        self.empty.setText(
            _("No scenario yet. Add one, or copy one from the library, and describe what happens.")
        )

    # --- the document --------------------------------------------------------------------------

    def show_session(self, session: Session | None) -> None:
        self.scenario = self.event_id = ""
        self._fill()

    def on_changes(self, changes: Changes) -> None:
        if changes.touches("scenario", "event", "site", "function", "resource", "staff_group"):
            self._fill()

    def retranslate(self) -> None:
        super().retranslate()
        self.progress.texts.refresh()
        self.sheet.retranslate()
        self._fill()

    def retheme(self) -> None:
        fit_icons(self)
        self.ladder.setIndentation(theme.px(6))
        self.sheet.box.retheme()
        self.sheet.card.retheme()
        self.sheet.card.fit(self.sheet.viewport().width() - theme.grid(4))
        self._fill()

    def reveal(self, record_id: str) -> bool:
        organisation = self._organisation
        record = organisation.get(record_id) if organisation else None
        if isinstance(record, Event):
            self.show_scenario(record.scenario, record.id)
            return True
        if isinstance(record, Scenario):
            self.show_scenario(record.id)
            return True
        # What an event hits is shown in the inspector beside this page.
        return isinstance(record, Element)

    @property
    def _organisation(self) -> Organisation | None:
        return self.session.organisation if self.session else None

    def _fill(self) -> None:
        organisation = self._organisation
        self.ladder.fill(organisation)
        known = organisation is not None and organisation.of(Scenario, self.scenario) is not None
        self._show(self.scenario if known else self.ladder.first(), self.event_id)

    def _show(self, scenario_id: str, event_id: str = "") -> None:
        organisation = self._organisation
        scenario = organisation.of(Scenario, scenario_id) if organisation else None
        self.sheet.setVisible(scenario is not None)
        self.empty.setVisible(scenario is None)
        self.scenario = scenario.id if scenario else ""
        if scenario is None or organisation is None:
            return
        event = organisation.of(Event, event_id)
        self.event_id = event.id if event and event.scenario == scenario.id else ""
        self.ladder.show_chosen(scenario.id)
        self.sheet.show_scenario(organisation, scenario, self.event_id)
        assert self.session is not None
        self.sheet.trouble.show_scenario(self.session, scenario)

    # --- choosing ------------------------------------------------------------------------------

    def show_scenario(self, scenario: str, event: str = "") -> None:
        """Show a scenario (and one of its events), here and in the inspector."""
        self._show(scenario, event)
        if self.scenario:
            self.desk.select(self.event_id or self.scenario, origin=self.code)

    def choose_event(self, event: str) -> None:
        """Show what an event hits; the inspector shows its fields."""
        if self._organisation is not None:
            self.event_id = event
            self.sheet.show_event(self._organisation, event)
            self.desk.select(event, origin=self.code)

    # --- doing ---------------------------------------------------------------------------------

    def _do(self, code: str) -> None:
        {
            "run": self.run, "calendar": self.ask, "event": self.add_event,
            "duplicate": self.duplicate, "remove": self.remove, "sweep": self.sweep, "combine": self.combine,
        }[code]()  # fmt: skip

    def run(self) -> None:
        """Run the scenario without measures, and go to the results."""
        if self.scenario and self.board.start(RunRequest(self.scenario, replications=_REPLICATIONS)):
            self.desk.go("results")

    def ask(self) -> None:
        """Put the scenario as the question on the pay calendar."""
        self.desk.go("calendar", self.scenario)

    def lift(self, rungs: int) -> None:
        """Put the scenario on a harder rung of the ladder, or an easier one."""
        scenario = self._organisation.of(Scenario, self.scenario) if self._organisation else None
        if scenario is None:
            return
        levels = list(STRAIN)
        place = min(max(0, levels.index(scenario.strain) + rungs), len(levels) - 1)
        self.desk.edit(amend(scenario, strain=levels[place]), origin=self.code)

    def sweep(self) -> None:
        """Ask when in the month it would be worst for the scenario to begin."""
        scenario = self._organisation.of(Scenario, self.scenario) if self._organisation else None
        if scenario is not None:
            SweepDialog(self.desk, scenario, self).open()

    def combine(self) -> None:
        """Make one scenario of this one and others, and show it."""
        if self._organisation is not None:
            dialog = CombineDialog(self.desk, self.scenario, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self.show_scenario(dialog.made))
            dialog.open()

    def from_library(self) -> None:
        """Copy scenarios of the library, and show the first."""
        if self._organisation is not None:
            dialog = LibraryDialog(self.desk, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.accepted.connect(lambda: self.show_scenario(dialog.taken[0]))
            dialog.open()

    def add_scenario(self) -> None:
        """Add an empty scenario and show it."""
        if self._organisation is None:
            return
        record = made(self._organisation, KINDS["scenario"], name=_("New scenario"))
        if record is not None and self.desk.edit(Add(record), origin=self.code):
            self.show_scenario(record.id)

    def add_event(self) -> None:
        """Add an event at the end of the scenario, and choose it."""
        organisation = self._organisation
        scenario = organisation.of(Scenario, self.scenario) if organisation else None
        if organisation is None or scenario is None:
            return
        edit = made_part(organisation, KINDS["event"], scenario)
        if edit is not None and self.desk.edit(edit, origin=self.code):
            self.show_scenario(scenario.id, edit.record.id)

    def duplicate(self) -> None:
        """Copy the scenario with its events, and show the copy."""
        organisation = self._organisation
        scenario = organisation.of(Scenario, self.scenario) if organisation else None
        if organisation is None or scenario is None:
            return
        edit, copies = duplicated(organisation, [scenario])
        if self.desk.edit(_own_events(organisation, scenario, edit), origin=self.code):
            self.show_scenario(copies[0])

    def remove(self) -> None:
        """Delete the event that is chosen, else the scenario; undo brings it back."""
        organisation = self._organisation
        gone = self.event_id or self.scenario
        if organisation is None or not gone:
            return
        if self.desk.edit(organisation.removal([gone]), origin=self.code):
            self.event_id = ""
            self.desk.say(_("Deleted. Undo brings it back."), "done")
            self._fill()


def _own_events(organisation: Organisation, scenario: Scenario, edit: Group) -> Group:
    """Return the edit of a copy with its events waiting for one another, not for those copied."""
    copied = [one.record for one in edit.edits if isinstance(one, Add) and isinstance(one.record, Event)]
    pairs = zip(organisation.parts(scenario.id, Event), copied, strict=True)
    twin = {old.id: new.id for old, new in pairs}
    edits = []
    for one in edit.edits:
        record = one.record if isinstance(one, Add) else None
        if isinstance(record, Event) and record.after in twin:
            one = Add(dataclasses.replace(record, after=twin[record.after]))
        edits.append(one)
    return Group(edit.verb, tuple(edits))
